"""A length of time."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import cached_property
from typing import ClassVar, Literal

from pydantic import Field

from engine.model.bad_values import BadDuration
from engine.model.base import Fault, Translated
from engine.model.cells import CellNames
from engine.model.field_types.number import MinAboveMax, NumberBase, NumberForm
from engine.model.lengths_of_time import duration_text, read_duration
from engine.model.values import RawJson, Value

# about 31,700 years
_DIGITS = 12
LONGEST_DURATION = 10**_DIGITS - 1


class DurationField(NumberBase):
    """A length of time in whole seconds; `display` says how it is written, `min` and `max` are seconds."""

    type_title: ClassVar[Translated] = Translated(zh_cn="时长", en="Duration")
    type_description: ClassVar[Translated] = Translated(zh_cn="一段时间的长度", en="A length of time")

    type: Literal["duration"] = "duration"
    display: Literal["h:mm", "h:mm:ss", "m:ss", "d h:mm"] = "h:mm"
    min: int = Field(default=0, ge=-LONGEST_DURATION, le=LONGEST_DURATION)
    max: int | None = Field(default=None, ge=-LONGEST_DURATION, le=LONGEST_DURATION)

    @cached_property
    def number_form(self) -> NumberForm:
        most = None if self.max is None else Decimal(self.max)
        return NumberForm(decimals=0, digits=_DIGITS, least=Decimal(self.min), most=most)

    def write_cell(self, value: Value, names: CellNames) -> str:
        day = "天" if names.language == "zh-CN" else "d"
        return duration_text(int(value), self.display, day=day) if isinstance(value, Decimal) else ""

    def read_filled_cell(self, text: str, names: CellNames) -> RawJson:  # noqa: ARG002 - both languages at once
        seconds = read_duration(text, self.display)
        if seconds is None:
            raise BadDuration
        return str(seconds)

    def faults(self) -> Iterator[Fault]:
        yield from super().faults()
        if self.max is not None and self.min > self.max:
            yield MinAboveMax(path="/min", low="min", high="max")
