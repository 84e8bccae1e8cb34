"""The built-in tables of public holidays, read once from the files that ship with the engine."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import PurePath

from engine.calendars.days import WorkCalendar, WorkCalendars, effective_calendar
from engine.model.base import Translated
from engine.model.calendars import STATUTORY, Base, CalendarDefinition, HolidayTable, HolidayYear
from engine.resources import find

FOLDER = PurePath("calendars")
STATUTORY_TITLE = Translated(zh_cn="中国法定工作日历", en="China, public holidays")


@cache
def holiday_years(base: Base | None) -> Sequence[HolidayYear]:
    """The years of a built-in table in order; none without a base."""
    if base is None:
        return ()
    file = find("templates_library") / FOLDER / f"{base}.json"
    return HolidayTable.model_validate_json(file.read_bytes()).years


@cache
def builtin_calendar(base: Base) -> WorkCalendar:
    """A built-in calendar with nothing added to it: `CN` is that of the Chinese State Council, Monday to Friday."""
    return effective_calendar(CalendarDefinition(title=STATUTORY_TITLE, base=base), holiday_years(base))


@cache
def builtin_calendars() -> WorkCalendars:
    """The calendars of a workspace that changed none."""
    statutory = builtin_calendar(STATUTORY)
    return WorkCalendars(statutory, {STATUTORY: statutory, STATUTORY.lower(): statutory})
