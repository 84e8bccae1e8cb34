"""Counting and moving by working days, compared with walking over every day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from engine.calendars.days import (
    NoWorkingTime,
    WorkCalendar,
    WorkCalendars,
    effective_calendar,
    is_calendar_key,
    unknown_years,
)
from engine.model.calendars import CalendarDefinition, HolidayPeriod, HolidayYear

BEGIN = date(2026, 1, 1)
SPRING = HolidayYear(
    year=2026,
    holidays=(
        HolidayPeriod(
            name="Spring",
            first=date(2026, 2, 16),
            last=date(2026, 2, 18),
            extra_workdays=(date(2026, 2, 14), date(2026, 2, 28)),
        ),
    ),
)

days = st.integers(0, 120).map(lambda offset: BEGIN + timedelta(days=offset))
calendars = st.builds(
    WorkCalendar,
    workdays=st.frozensets(st.integers(1, 7), min_size=1),
    off=st.frozensets(days, max_size=30),
    extra=st.frozensets(days, max_size=30),
)


@given(calendars, days, days)
def test_counting_is_walking(calendar: WorkCalendar, first: date, last: date) -> None:
    walked = sum(calendar.is_workday(first + timedelta(days=step)) for step in range((last - first).days + 1))
    assert calendar.count(first, last) == walked


@given(calendars, days, st.integers(-60, 60))
@example(WorkCalendar(), date(2026, 1, 3), 1)
def test_moving_is_walking(calendar: WorkCalendar, start: date, count: int) -> None:
    current, left, step = start, abs(count), timedelta(days=1 if count > 0 else -1)
    while left:
        current += step
        left -= calendar.is_workday(current)
    assert calendar.shift(start, count) == current


@given(calendars, days, st.integers(1, 60))
def test_moving_then_counting_gives_the_number_back(calendar: WorkCalendar, start: date, count: int) -> None:
    reached = calendar.shift(start, count)
    assert calendar.is_workday(reached)
    assert calendar.count(start + timedelta(days=1), reached) == count


def test_a_calendar_without_a_working_day_ends_in_an_error_and_not_in_a_walk() -> None:
    never = WorkCalendar(workdays=frozenset(), extra=frozenset({date(2026, 1, 2)}))
    assert never.shift(BEGIN, 1) == date(2026, 1, 2)
    assert never.shift(BEGIN, 0) == BEGIN
    for count in (2, -1):
        with pytest.raises(NoWorkingTime):
            never.shift(BEGIN, count)
    with pytest.raises(NoWorkingTime):
        WorkCalendar().shift(date.max, 1)
    with pytest.raises(NoWorkingTime):
        WorkCalendar().shift(date(1, 1, 1), -1)


def test_long_spans_are_counted_at_once() -> None:
    assert WorkCalendar().count(date.min, date.max) == 2_608_615
    assert WorkCalendar().shift(date.min, 2_608_614) == date(9999, 12, 31)


@pytest.mark.parametrize(
    ("definition", "worked"),
    [
        (CalendarDefinition(title="base alone", base="CN"), "0214 0219 0220 0228"),
        (CalendarDefinition(title="own day off", base="CN", holidays=(date(2026, 2, 14),)), "0219 0220 0228"),
        (
            CalendarDefinition(title="own workday", base="CN", extra_workdays=(date(2026, 2, 17),)),
            "0214 0217 0219 0220 0228",
        ),
        (CalendarDefinition(title="six days", base="CN", workdays=(1, 2, 3, 4, 5, 6)), "0214 0219 0220 0221 0228"),
    ],
)  # fmt: skip
def test_own_days_beat_the_table_and_the_table_beats_weekdays(definition: CalendarDefinition, worked: str) -> None:
    calendar = effective_calendar(definition, (SPRING,))
    looked_at = [date(2026, 2, day) for day in (14, 15, 16, 17, 18, 19, 20, 21, 28)]
    assert " ".join(day.strftime("%m%d") for day in looked_at if calendar.is_workday(day)) == worked


def test_years_without_public_holidays_are_named() -> None:
    based = CalendarDefinition(title="China", base="CN")
    assert unknown_years(based, (SPRING,), around=2026) == (2027,)
    assert unknown_years(based, (SPRING,), around=2025) == (2025,)
    assert unknown_years(based.model_copy(update={"loaded_years": (2027,)}), (SPRING,), around=2026) == ()
    assert unknown_years(CalendarDefinition(title="Weekdays"), (), around=2026) == ()


def test_keys_of_calendars_are_no_dates() -> None:
    assert [text for text in ("CN", "cn", "factory_2", "2026-01-01", "", "US", "Factory") if is_calendar_key(text)] == [
        "CN",
        "cn",
        "factory_2",
    ]
    assert WorkCalendars().find("cn") is None
