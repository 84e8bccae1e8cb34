"""Working time: instants moved by working days and hours, and the working time between two instants.

Working hours are wall-clock times of a zone; what lies between them is counted as it really passes, so an interval
in which clocks are put forward is shorter by an hour.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from engine.calendars.days import NoWorkingTime, WorkCalendar
from engine.model.spans import Span

MIDNIGHT = 24 * 60
FARTHEST = timedelta(days=100 * 366)


@dataclass(frozen=True)
class WorkTime:
    """A calendar in a zone."""

    calendar: WorkCalendar
    zone: ZoneInfo

    def next_working(self, at: datetime) -> datetime:
        """The instant itself if it is in working time, otherwise the beginning of the next. Raises `NoWorkingTime`."""
        begin, _ = next(self._from(at))
        return max(begin, at.astimezone(UTC))

    def add(self, at: datetime, span: Span) -> datetime:
        """The instant so much working time later. Raises `NoWorkingTime`, also where a century has too little of it.

        Work that comes outside of working time begins with the next. A day is a working day: the same time of day,
        so many working days later. Hours and minutes count within working time only, and may end exactly where a
        stretch of work ends.
        """
        current = self.next_working(at)
        if span.days:
            wall = current.astimezone(self.zone)
            moved = self.calendar.shift(wall.date(), span.days)
            current = datetime.combine(moved, wall.time(), self.zone).astimezone(UTC)
        left = span.time
        if not left:
            return current
        for begin, end in self._from(current):
            # minutes a week would be added up for a thousand years, while everybody waits
            if begin - current > FARTHEST:
                break
            available = end - max(begin, current)
            if left <= available:
                return max(begin, current) + left
            left -= available
        raise NoWorkingTime

    def add_elapsed(self, at: datetime, span: Span) -> datetime:
        """The instant so much later by the calendar on the wall: the same time of day after days, then hours."""
        wall = at.astimezone(self.zone)
        moved = datetime.combine(wall.date() + timedelta(days=span.days), wall.time(), self.zone)
        return moved.astimezone(UTC) + span.time

    def between(self, start: datetime, end: datetime) -> timedelta:
        """The working time from start to end; negative if they are reversed."""
        if end < start:
            return -self.between(end, start)
        total = timedelta(0)
        try:
            for begin, stop in self._from(start):
                if begin >= end:
                    break
                total += min(stop, end) - max(begin, start)
        except NoWorkingTime:
            return total
        return total

    def end_of(self, day: date) -> datetime:
        """When work ends on a day; on a day that is not worked its last minute."""
        stretches = list(self._of(day)) if self.calendar.is_workday(day) else []
        if stretches:
            return stretches[-1][1]
        return datetime.combine(day, time(23, 59), self.zone).astimezone(UTC)

    def _from(self, at: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Stretches of work that end after the instant, in order, without end. Raises `NoWorkingTime`."""
        if not any(begin < end for begin, end in self.calendar.hours):
            raise NoWorkingTime
        day = at.astimezone(self.zone).date()
        if not self.calendar.is_workday(day):
            day = self.calendar.shift(day, 1)
        while True:
            for begin, end in self._of(day):
                if end > at:
                    yield begin, end
            day = self.calendar.shift(day, 1)

    def _of(self, day: date) -> Iterator[tuple[datetime, datetime]]:
        """The day's stretches of work; one that a change of clocks leaves out is left out."""
        for begin, end in self.calendar.hours:
            first, last = self._instant(day, begin), self._instant(day, end)
            if first < last:
                yield first, last

    def _instant(self, day: date, minute: int) -> datetime:
        try:
            if minute == MIDNIGHT:
                day, minute = day + timedelta(days=1), 0
            return datetime.combine(day, time(minute // 60, minute % 60), self.zone).astimezone(UTC)
        except OverflowError:
            raise NoWorkingTime from None
