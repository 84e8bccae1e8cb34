"""How long something may take, as authors write it: days, hours and minutes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated

from pydantic import StringConstraints

SPAN_PATTERN = r"^P([0-9]{1,3}D)?(T([0-9]{1,4}H)?([0-9]{1,6}M)?)?$"
SpanText = Annotated[str, StringConstraints(pattern=SPAN_PATTERN)]
MAX_SPAN = timedelta(days=366)
_SPAN = re.compile(r"P(?=[0-9T])(?:([0-9]+)D)?(?:T(?=[0-9])(?:([0-9]+)H)?(?:([0-9]+)M)?)?")


@dataclass(frozen=True)
class Span:
    """Days, and time on top of them."""

    days: int
    time: timedelta

    @property
    def is_in_bounds(self) -> bool:
        """At least a minute, at most a year."""
        return timedelta(0) < timedelta(days=self.days) + self.time <= MAX_SPAN


def read_span(text: str) -> Span:
    """An ISO 8601 duration of days, hours and minutes, such as `P1DT4H`. Raises ValueError."""
    found = _SPAN.fullmatch(text)
    if found is None:
        raise ValueError(text)
    days, hours, whole_minutes = (int(part or 0) for part in found.groups())
    return Span(days, timedelta(hours=hours, minutes=whole_minutes))
