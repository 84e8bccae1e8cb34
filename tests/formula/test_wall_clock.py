"""Instants found by the time they show: exact where clocks are set back and forward, and at the calendar's ends."""

from __future__ import annotations

import operator
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from engine.formula.coercion import to_wall_clock
from engine.formula.wall_clock import Spans, instants_showing
from engine.model.terms import Comparison

SIGNS: dict[Comparison, Callable[[object, object], bool]] = {
    "=": operator.eq,
    "<>": operator.ne,
    "<": operator.lt,  # type: ignore[dict-item]
    "<=": operator.le,  # type: ignore[dict-item]
    ">": operator.gt,  # type: ignore[dict-item]
    ">=": operator.ge,  # type: ignore[dict-item]
}
TICK = timedelta(microseconds=1)
# zone and a time around which its clock is changed, or not
PLACES = [
    ("Europe/Berlin", "2025-10-26T02:30"),
    ("Europe/Berlin", "2025-10-26T03:00"),
    ("Europe/Berlin", "2025-03-30T02:30"),
    ("Asia/Shanghai", "1991-09-15T01:00"),
    ("Asia/Shanghai", "1901-01-01T00:00"),
    ("Asia/Shanghai", "2026-01-05T09:00"),
    ("Pacific/Apia", "2011-12-30T12:00"),
    ("Australia/Lord_Howe", "2025-04-06T01:45"),
    ("UTC", "2026-01-05T09:00"),
]


def lies_in(instant: datetime, spans: Spans) -> bool:
    return any((first is None or first <= instant) and (end is None or instant < end) for first, end in spans)


@pytest.mark.parametrize(("name", "text"), PLACES)
def test_the_instants_are_those_whose_clock_compares_so(name: str, text: str) -> None:
    zone, wall = ZoneInfo(name), datetime.fromisoformat(text)
    middle = wall.replace(tzinfo=UTC)
    near = [middle + timedelta(minutes=15 * step) for step in range(-120, 121)]
    instants = [instant + shift for instant in near for shift in (-TICK, timedelta(), TICK)]
    for sign, holds in SIGNS.items():
        spans = instants_showing(sign, wall, zone)
        for instant in instants:
            assert lies_in(instant, spans) is holds(to_wall_clock(instant, zone), wall), (sign, instant)


@pytest.mark.parametrize("name", ["Asia/Shanghai", "America/New_York"])
def test_times_at_the_ends_of_the_calendar_are_compared(name: str) -> None:
    zone = ZoneInfo(name)
    early, late = datetime(1, 1, 5, tzinfo=UTC), datetime(9999, 12, 27, tzinfo=UTC)
    first, last = datetime.min, datetime.max  # noqa: DTZ901  # wall clock
    for instant in (early, late):
        assert lies_in(instant, instants_showing(">", first, zone))
        assert lies_in(instant, instants_showing("<", last, zone))
        assert not lies_in(instant, instants_showing(">", last, zone))
        assert not lies_in(instant, instants_showing("=", first, zone))
