"""A length of time."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import cached_property
from typing import ClassVar, Literal

from pydantic import Field

from engine.model.base import Fault, Translated
from engine.model.field_types.number import MinAboveMax, NumberBase, NumberForm

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

    def faults(self) -> Iterator[Fault]:
        yield from super().faults()
        if self.max is not None and self.min > self.max:
            yield MinAboveMax(path="/min", low="min", high="max")
