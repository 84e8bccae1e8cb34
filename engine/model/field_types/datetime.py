"""A moment in time."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import ClassVar, Literal

from engine.model.bad_values import BadInstant
from engine.model.base import Translated
from engine.model.cell_times import read_moment, write_moment
from engine.model.cells import CellNames
from engine.model.expressions import Operator
from engine.model.field_types.base import FieldBase
from engine.model.field_types.number import ORDERED_OPERATORS
from engine.model.values import ColumnKind, Json, RawJson, Value

_INSTANT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,9})?)?([Zz]|[+-][0-9]{2}:[0-9]{2})"
)
_MILLISECOND = 1000


def parse_instant(raw: RawJson) -> datetime:
    """The UTC instant of RFC 3339 text, cut to milliseconds. Raises `BadInstant`, also when the zone is missing."""
    if not isinstance(raw, str) or not _INSTANT.fullmatch(raw):
        raise BadInstant
    try:
        instant = datetime.fromisoformat(raw.upper()).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise BadInstant from error
    return to_milliseconds(instant)


def to_milliseconds(instant: datetime) -> datetime:
    """The instant without what is smaller than a millisecond: what people see of it is all that is kept."""
    return instant.replace(microsecond=instant.microsecond // _MILLISECOND * _MILLISECOND)


def dump_instant(instant: datetime) -> str:
    """RFC 3339 in UTC with milliseconds."""
    return instant.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


class DateTimeField(FieldBase):
    """A moment in time, stored in UTC with milliseconds and shown in the zone of the workspace."""

    type_title: ClassVar[Translated] = Translated(zh_cn="日期时间", en="Date and time")
    type_description: ClassVar[Translated] = Translated(
        zh_cn="一个时刻, 按工作区时区显示", en="A moment in time, shown in the zone of the workspace"
    )
    type_column_kind: ClassVar[ColumnKind] = "instant"
    type_plain_json: ClassVar[bool] = True
    type_operators: ClassVar[tuple[Operator, ...]] = ORDERED_OPERATORS
    refused_members: ClassVar[frozenset[str]] = frozenset({"search"})

    type: Literal["datetime"] = "datetime"

    def parse_filled(self, raw: RawJson) -> Value:
        return parse_instant(raw)

    def write_cell(self, value: Value, names: CellNames) -> str:
        return write_moment(value, names.zone) if isinstance(value, datetime) else ""

    def read_filled_cell(self, text: str, names: CellNames) -> RawJson:
        return read_moment(text, names.zone)

    def dump(self, value: Value) -> Json:
        return dump_instant(value) if isinstance(value, datetime) else None
