"""Which days are worked: counting and moving by working days without walking over them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from engine.model.calendars import CALENDAR_NAME_PATTERN, OFFICE_HOURS, CalendarDefinition, HolidayYear, minutes

MONDAY_TO_FRIDAY = frozenset({1, 2, 3, 4, 5})
DAYS_A_WEEK = 7
_KEY = re.compile(CALENDAR_NAME_PATTERN)


class NoWorkingTime(ValueError):
    """The calendar has no working day, or no working hours, in the direction asked for."""


@dataclass(frozen=True)
class WorkCalendar:
    """ISO weekdays that are worked, days `off` in spite of them, `extra` days worked in spite of all.

    `hours`: stretches of work of every working day in minutes since midnight, in order.
    """

    workdays: frozenset[int] = MONDAY_TO_FRIDAY
    off: frozenset[date] = frozenset()
    extra: frozenset[date] = frozenset()
    hours: tuple[tuple[int, int], ...] = tuple((minutes(item.start), minutes(item.end)) for item in OFFICE_HOURS)

    def is_workday(self, day: date, /) -> bool:
        """Whether the day is worked."""
        return day in self.extra or (day.isoweekday() in self.workdays and day not in self.off)

    def count(self, first: date, last: date) -> int:
        """Working days from `first` to `last`, both included; 0 if they are reversed."""
        return max(0, self._before(last.toordinal() + 1) - self._before(first.toordinal()))

    def shift(self, start: date, days: int) -> date:
        """The working day `days` working days after `start`, before it if negative; `start` itself for 0.

        Raises `NoWorkingTime` when there are not so many.
        """
        if days == 0:
            return start
        if days > 0:
            wanted = self._before(start.toordinal() + 1) + days
            return self._least(start.toordinal(), date.max.toordinal(), wanted)
        wanted = self._before(start.toordinal()) + days + 1
        if wanted < 1:
            raise NoWorkingTime
        return self._least(0, start.toordinal(), wanted)

    def _least(self, low: int, high: int, wanted: int) -> date:
        """The first day by whose end `wanted` working days have passed since the year 1."""
        if self._before(high + 1) < wanted:
            raise NoWorkingTime
        step = 1
        while low + step < high and self._before(low + step + 1) < wanted:
            low, step = low + step, step * 2
        high = min(high, low + step)
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if self._before(middle + 1) < wanted else (low, middle)
        return date.fromordinal(high)

    def _before(self, ordinal: int) -> int:
        """Working days since the year 1 before a day; the first of January of the year 1 was a Monday."""
        weeks, rest = divmod(ordinal - 1, DAYS_A_WEEK)
        by_weekday = weeks * len(self.workdays) + self._in_week[rest]
        return by_weekday + bisect_left(self._gained, ordinal) - bisect_left(self._lost, ordinal)

    @cached_property
    def _in_week(self) -> tuple[int, ...]:
        return tuple(sum(day <= rest for day in self.workdays) for rest in range(DAYS_A_WEEK))

    @cached_property
    def _gained(self) -> list[int]:
        return sorted(day.toordinal() for day in self.extra if day.isoweekday() not in self.workdays)

    @cached_property
    def _lost(self) -> list[int]:
        return sorted(day.toordinal() for day in self.off - self.extra if day.isoweekday() in self.workdays)


@dataclass(frozen=True)
class WorkCalendars:
    """The calendars of a workspace: the one in force where none is named, and all by their keys."""

    default: WorkCalendar = field(default_factory=WorkCalendar)
    by_key: Mapping[str, WorkCalendar] = field(default_factory=dict)

    @property
    def default_key(self) -> str:
        """What the calendar in force where none is named is called; nothing if it has no key."""
        return next((key for key, calendar in self.by_key.items() if calendar is self.default), "")

    def find(self, key: str, /) -> WorkCalendar | None:
        """The calendar of this key."""
        return self.by_key.get(key)


def is_calendar_key(text: str) -> bool:
    """Whether a text has the form of a calendar's key; no day is written so."""
    return _KEY.fullmatch(text) is not None


def period_days(first: date, last: date) -> Iterable[date]:
    """Every day from first to last, both included."""
    return (first + timedelta(days=offset) for offset in range((last - first).days + 1))


def days_off(years: Iterable[HolidayYear]) -> frozenset[date]:
    """All days off of a table."""
    periods = (period for year in years for period in year.holidays)
    return frozenset(day for period in periods for day in period_days(period.first, period.last))


def make_up_days(years: Iterable[HolidayYear]) -> frozenset[date]:
    """All days of a table that are worked to make up for a holiday."""
    return frozenset(day for year in years for period in year.holidays for day in period.extra_workdays)


def effective_calendar(definition: CalendarDefinition, years: Iterable[HolidayYear]) -> WorkCalendar:
    """The calendar in force: the table of its base (`years`), overlaid by its own days."""
    table = tuple(years)
    own_off, own_extra = frozenset(definition.holidays), frozenset(definition.extra_workdays)
    return WorkCalendar(
        workdays=frozenset(definition.workdays),
        off=(days_off(table) - own_extra) | own_off,
        extra=(make_up_days(table) - own_off) | own_extra,
        hours=tuple((minutes(item.start), minutes(item.end)) for item in definition.hours),
    )


def unknown_years(definition: CalendarDefinition, years: Iterable[HolidayYear], *, around: int) -> tuple[int, ...]:
    """Which of the year `around` and the next one have no public holidays yet; a calendar without base needs none."""
    if definition.base is None:
        return ()
    known = {year.year for year in years} | {*definition.loaded_years}
    return tuple(year for year in (around, around + 1) if year not in known)
