"""Working calendars as authored: weekdays, working hours, days off and make-up days, and tables of public holidays."""

from __future__ import annotations

import re
from datetime import date, time
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, StringConstraints, model_validator

from engine.model.base import KEY_PATTERN, Document, DocumentFile, Fault, Faults, FormatNumber, Label

MAX_DAYS = 5000
FIRST_YEAR, LAST_YEAR = 1900, 2200
STATUTORY: Literal["CN"] = "CN"

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

Base = Literal["CN"]
Weekday = Annotated[int, Field(ge=1, le=7)]
Year = Annotated[int, Field(ge=FIRST_YEAR, le=LAST_YEAR)]
StartTime = Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
EndTime = Annotated[str, StringConstraints(pattern=r"^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$")]


class NotADay(Fault):
    code = "bad_date"
    zh = "应为日期, 如 2026-01-31"
    en = "Must be a date such as 2026-01-31"


class HoursOutOfOrder(Fault):
    code = "hours_out_of_order"
    zh = "工作时段须按先后排列, 互不重叠, 结束晚于开始"
    en = "Working hours follow one another without overlap, each ending after it begins"


class WeekdayTwice(Fault):
    code = "weekday_twice"
    zh = "星期 {day} 重复"
    en = "Weekday {day} is given twice"


class DayTwice(Fault):
    code = "day_twice"
    zh = "{day} 不能既放假又上班"
    en = "{day} cannot be both a day off and a working day"


class PeriodReversed(Fault):
    code = "period_reversed"
    zh = "放假的结束日期早于开始日期, 或长达一个月以上"
    en = "The holiday ends before it begins, or lasts longer than a month"


def _iso_day(value: object) -> object:
    """A day is text; numbers are not taken for seconds since 1970, nor texts of digits."""
    if isinstance(value, date) or (isinstance(value, str) and _DAY.fullmatch(value)):
        return value
    raise NotADay


Day = Annotated[date, BeforeValidator(_iso_day)]


class WorkInterval(Document):
    """One stretch of work within a day, wall-clock times of the workspace's zone; `24:00` is the end of the day."""

    start: StartTime = Field(alias="from")
    end: EndTime = Field(alias="to")


OFFICE_HOURS = (
    WorkInterval(start="09:00", end="12:00"),
    WorkInterval(start="13:30", end="18:00"),
)


class CalendarDefinition(Document):
    """A working calendar. ISO weekdays (1 Monday), then the table of `base`, then single days that beat both.

    `names`: what single days are called. `loaded_years`: years whose holidays were entered beyond those of `base`.
    """

    title: Label
    base: Base | None = None
    workdays: Annotated[tuple[Weekday, ...], Field(min_length=1, max_length=7)] = (1, 2, 3, 4, 5)
    hours: Annotated[tuple[WorkInterval, ...], Field(min_length=1, max_length=8)] = OFFICE_HOURS
    holidays: Annotated[tuple[Day, ...], Field(max_length=MAX_DAYS)] = ()
    extra_workdays: Annotated[tuple[Day, ...], Field(max_length=MAX_DAYS)] = ()
    names: Annotated[dict[Day, Label], Field(max_length=MAX_DAYS)] = Field(default_factory=dict)
    loaded_years: Annotated[tuple[Year, ...], Field(max_length=100)] = ()

    @model_validator(mode="after")
    def _check(self) -> Self:
        faults: list[Fault] = []
        for index, weekday in enumerate(self.workdays):
            if weekday in self.workdays[:index]:
                faults.append(WeekdayTwice(path=f"/workdays/{index}", day=weekday))
        end = ""
        for index, interval in enumerate(self.hours):
            if not end <= interval.start < interval.end:
                faults.append(HoursOutOfOrder(path=f"/hours/{index}"))
            end = interval.end
        off = frozenset(self.holidays)
        for index, day in enumerate(self.extra_workdays):
            if day in off:
                faults.append(DayTwice(path=f"/extra_workdays/{index}", day=day.isoformat()))
        if faults:
            raise Faults(tuple(faults))
        return self


class HolidayPeriod(Document):
    """A holiday from its first to its last day off, with the days that are worked to make up for it."""

    name: Label
    first: Day = Field(alias="from")
    last: Day = Field(alias="to")
    extra_workdays: Annotated[tuple[Day, ...], Field(max_length=31)] = ()

    @model_validator(mode="after")
    def _check(self) -> Self:
        if not 0 <= (self.last - self.first).days <= 31:  # noqa: PLR2004  # a month
            raise PeriodReversed(path="/to")
        return self


class HolidayYear(Document):
    """The public holidays of one year."""

    year: Year
    holidays: Annotated[tuple[HolidayPeriod, ...], Field(min_length=1, max_length=100)]


class HolidayTable(DocumentFile):
    """Public holidays of several years: the built-in table, and what is uploaded for later years."""

    format: FormatNumber
    years: Annotated[tuple[HolidayYear, ...], Field(min_length=1, max_length=100)]


class NeededCalendar(Document):
    """A working calendar that an application needs; one that the workspace lacks is made as described here."""

    title: Label
    base: Base | None = None


# the key of one of the workspace's, or of the built-in one
CALENDAR_NAME_PATTERN = rf"{KEY_PATTERN}|^{STATUTORY}$"
CalendarName = Annotated[str, StringConstraints(pattern=CALENDAR_NAME_PATTERN)]


def minutes(clock: str) -> int:
    """`09:30` as minutes since midnight."""
    if clock == "24:00":
        return 24 * 60
    moment = time.fromisoformat(clock)
    return moment.hour * 60 + moment.minute
