"""A time of day."""

from __future__ import annotations

import re
from typing import ClassVar, Literal

from engine.model.bad_values import BadTime
from engine.model.base import Translated
from engine.model.cell_times import read_clock
from engine.model.cells import CellNames
from engine.model.expressions import Operator
from engine.model.field_types.base import FieldBase
from engine.model.field_types.number import ORDERED_OPERATORS
from engine.model.values import Json, RawJson, Value

_CLOCK = re.compile(r"((?:[01][0-9]|2[0-3]):[0-5][0-9])(:[0-5][0-9])?")
_HOUR, _MINUTE = 3600, 60


class TimeField(FieldBase):
    """A time of the 24-hour clock, of no day and no zone. Kept as text, which is in the order of the clock."""

    type_title: ClassVar[Translated] = Translated(zh_cn="时间", en="Time")
    type_description: ClassVar[Translated] = Translated(zh_cn="一天中的时刻", en="A time of day")
    type_plain_json: ClassVar[bool] = True
    type_operators: ClassVar[tuple[Operator, ...]] = ORDERED_OPERATORS
    refused_members: ClassVar[frozenset[str]] = frozenset({"search"})

    type: Literal["time"] = "time"
    precision: Literal["minute", "second"] = "minute"

    def parse_filled(self, raw: RawJson) -> Value:
        found = _CLOCK.fullmatch(raw) if isinstance(raw, str) else None
        if found is None:
            raise BadTime(example=self.at(9 * _HOUR + 30 * _MINUTE))
        if self.precision == "second":
            return f"{found[1]}{found[2] or ':00'}"
        if found[2] not in {None, ":00"}:
            raise BadTime(example=self.at(9 * _HOUR + 30 * _MINUTE))
        return found[1]

    def at(self, second: int) -> str:
        """The value at a second of the day; seconds that the field does not keep are dropped."""
        minutes, seconds = divmod(second, _MINUTE)
        shown = f"{minutes // 60:02d}:{minutes % 60:02d}"
        return f"{shown}:{seconds:02d}" if self.precision == "second" else shown

    def read_filled_cell(self, text: str, names: CellNames) -> RawJson:  # noqa: ARG002 - both languages at once
        return read_clock(text)

    def dump(self, value: Value) -> Json:
        return value if isinstance(value, str) else None
