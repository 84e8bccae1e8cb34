"""A calendar day."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import ClassVar, Literal

from engine.model.bad_values import BadDate
from engine.model.base import Translated
from engine.model.expressions import Operator
from engine.model.field_types.base import FieldBase
from engine.model.field_types.number import ORDERED_OPERATORS
from engine.model.values import ColumnKind, Json, RawJson, Value

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class DateField(FieldBase):
    """A calendar day, the same in every zone."""

    type_title: ClassVar[Translated] = Translated(zh_cn="日期", en="Date")
    type_description: ClassVar[Translated] = Translated(
        zh_cn="日历上的一天, 不随时区变化", en="A day of the calendar, the same in every time zone"
    )
    type_column_kind: ClassVar[ColumnKind] = "day"
    type_plain_json: ClassVar[bool] = True
    type_operators: ClassVar[tuple[Operator, ...]] = ORDERED_OPERATORS
    refused_members: ClassVar[frozenset[str]] = frozenset({"search"})

    type: Literal["date"] = "date"

    def parse_filled(self, raw: RawJson) -> Value:
        if not isinstance(raw, str) or not _DAY.fullmatch(raw):
            raise BadDate
        try:
            return date.fromisoformat(raw)
        except ValueError as error:
            raise BadDate from error

    def dump(self, value: Value) -> Json:
        return value.isoformat() if isinstance(value, date) and not isinstance(value, datetime) else None
