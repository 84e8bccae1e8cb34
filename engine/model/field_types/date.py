"""A calendar day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Annotated, ClassVar, Literal

from pydantic import StringConstraints

from engine.model.bad_values import AboveMax, BadDate, BelowMin
from engine.model.base import Fault, Translated
from engine.model.cell_times import read_day
from engine.model.cells import CellNames
from engine.model.expressions import Operator
from engine.model.field_types.base import FieldBase
from engine.model.field_types.number import ORDERED_OPERATORS, MinAboveMax
from engine.model.values import BadValue, ColumnKind, Json, RawJson, Value

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


Day = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]


class BoundOfDays(Fault):
    code = "bound_of_days"
    zh = "“{member}” 不是日历上的一天"
    en = "“{member}” is no day of the calendar"


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


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
    min: Day | None = None
    max: Day | None = None

    def parse_filled(self, raw: RawJson) -> Value:
        if not isinstance(raw, str) or not _DAY.fullmatch(raw):
            raise BadDate
        try:
            return date.fromisoformat(raw)
        except ValueError as error:
            raise BadDate from error

    def refusal_of(self, value: Value) -> BadValue | None:
        if not isinstance(value, date):
            return None
        day = value.isoformat()
        if self.min is not None and day < self.min:
            return BelowMin(min=self.min)
        return AboveMax(max=self.max) if self.max is not None and day > self.max else None

    def faults(self) -> Iterator[Fault]:
        yield from super().faults()
        for member, bound in (("min", self.min), ("max", self.max)):
            if bound is not None and not _is_day(bound):
                yield BoundOfDays(path=f"/{member}", member=member)
        if self.min is not None and self.max is not None and self.min > self.max:
            yield MinAboveMax(path="/min", low="min", high="max")

    def read_filled_cell(self, text: str, names: CellNames) -> RawJson:  # noqa: ARG002 - the same in every language
        return read_day(text)

    def dump(self, value: Value) -> Json:
        return value.isoformat() if isinstance(value, date) and not isinstance(value, datetime) else None
