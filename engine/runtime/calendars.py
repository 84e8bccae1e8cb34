"""The working calendars of the workspace as people read them and admins keep them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pydantic import ValidationError

from engine.calendars.days import unknown_years
from engine.calendars.published import DaysUnusable
from engine.calendars.uploads import read_published
from engine.errors import Rejection
from engine.model.base import Label
from engine.model.calendars import (
    FIRST_YEAR,
    LAST_YEAR,
    MAX_DAYS,
    STATUTORY,
    Base,
    CalendarDefinition,
    HolidayYear,
    NeededCalendar,
    WorkInterval,
)
from engine.runtime.calls import Call, refresh
from engine.runtime.holidays import holiday_years
from engine.runtime.permissions import require_admin
from engine.runtime.recomputing import recompute_for_calendars
from engine.runtime.settings import CALENDARS, MAX_CALENDARS, CalendarSettings, save_workspace
from engine.store.database import Tx
from engine.store.history import append_audit
from engine.store.marks import lock_mark


class CalendarNotFound(Rejection):
    """The workspace has no calendar of this key."""

    code = "calendar_not_found"
    status = 404
    zh = "没有工作日历 “{calendar}”"
    en = "There is no working calendar “{calendar}”"


class CalendarIsDefault(Rejection):
    """The calendar that holds where none is named cannot be taken away."""

    code = "calendar_is_default"
    status = 409
    zh = "默认工作日历不能删除, 请先将另一个设为默认"
    en = "The default working calendar cannot be deleted; make another one the default first"


class CalendarInUse(Rejection):
    """An application needs the calendar."""

    code = "calendar_in_use"
    status = 409
    zh = "应用 “{app}” 需要此工作日历, 不能删除"
    en = "The application “{app}” needs this working calendar, so it cannot be deleted"


class TooManyCalendars(Rejection):
    """There are as many as there may be."""

    code = "too_many_calendars"
    status = 409
    zh = "最多 {max} 个工作日历"
    en = "There may be at most {max} working calendars"


@dataclass(frozen=True)
class CalendarView:
    """A working calendar as authored. `unknown_years`: this year or the next, if its holidays are not known yet."""

    key: str
    title: Label
    base: Base | None
    workdays: Sequence[int]
    hours: Sequence[WorkInterval]
    holidays: Sequence[date]
    extra_workdays: Sequence[date]
    names: Mapping[str, Label]
    loaded_years: Sequence[int]
    unknown_years: Sequence[int]


@dataclass(frozen=True)
class CalendarList:
    """All calendars as they were made, the key of the default one, and the built-in tables they stand on."""

    default: str
    items: Sequence[CalendarView]
    tables: Mapping[Base, Sequence[HolidayYear]]


@dataclass(frozen=True)
class UploadView:
    """What an upload brought: the years it was for, and how many days."""

    calendar: CalendarView
    years: Sequence[int]
    days_off: int
    extra_workdays: int


def list_calendars(call: Call) -> CalendarList:
    """Every member may read them: deadlines and formulas are counted by them."""
    found = call.workspace.calendars
    items = [_view(call, definition, key=key) for key, definition in found.calendars.items()]
    return CalendarList(found.default, items, {STATUTORY: holiday_years(STATUTORY)})


def _view(call: Call, definition: CalendarDefinition, *, key: str) -> CalendarView:
    around = call.now.astimezone(call.workspace.zone).year
    return CalendarView(
        key=key,
        title=definition.title,
        base=definition.base,
        workdays=definition.workdays,
        hours=definition.hours,
        holidays=definition.holidays,
        extra_workdays=definition.extra_workdays,
        names={day.isoformat(): name for day, name in definition.names.items()},
        loaded_years=definition.loaded_years,
        unknown_years=unknown_years(definition, holiday_years(definition.base), around=around),
    )


def calendar_of(call: Call, key: str) -> CalendarDefinition:
    """A calendar by key. Raises `CalendarNotFound`."""
    found = call.workspace.calendars.calendars.get(key)
    if found is None:
        raise CalendarNotFound(calendar=key[:100])
    return found


async def put_calendar(tx: Tx, call: Call, definition: CalendarDefinition, *, key: str) -> CalendarView:
    """Make a calendar, or replace one. Raises `AdminsOnly`, `TooManyCalendars`."""
    require_admin(call)
    call = await alone(tx, call)
    kept = _sorted(definition)
    found = call.workspace.calendars.calendars
    if key not in found and len(found) >= MAX_CALENDARS:
        raise TooManyCalendars(max=MAX_CALENDARS)
    await _save(tx, call, {**found, key: kept})
    await append_audit(tx, call.audit("calendar.save", "calendar", target_id=key))
    return _view(call, kept, key=key)


def _sorted(definition: CalendarDefinition) -> CalendarDefinition:
    days = {*definition.holidays, *definition.extra_workdays}
    return definition.model_copy(
        update={
            "workdays": tuple(sorted(definition.workdays)),
            "holidays": tuple(sorted({*definition.holidays})),
            "extra_workdays": tuple(sorted({*definition.extra_workdays})),
            "names": {day: definition.names[day] for day in sorted(days) if day in definition.names},
            "loaded_years": tuple(sorted({*definition.loaded_years})),
        }
    )


async def delete_calendar(tx: Tx, call: Call, key: str) -> None:
    """Take a calendar away. Raises `AdminsOnly`, `CalendarNotFound`, `CalendarIsDefault`, `CalendarInUse`."""
    require_admin(call)
    call = await alone(tx, call)
    calendar_of(call, key)
    found = call.workspace.calendars
    if key == found.default:
        raise CalendarIsDefault
    for app in call.catalog.apps.values():
        if key in app.compiled.application.app.needs.calendars:
            raise CalendarInUse(app=app.key)
    rest = {other: definition for other, definition in found.calendars.items() if other != key}
    await _save(tx, call, rest)
    await append_audit(tx, call.audit("calendar.delete", "calendar", target_id=key))


async def upload_days(tx: Tx, call: Call, key: str, *, text: str, year: int | None) -> UploadView:
    """Take over published holidays; in the years they are for they replace what the calendar had entered itself.

    Raises `AdminsOnly`, `CalendarNotFound`, a subclass of `UploadRejected`.
    """
    require_admin(call)
    call = await alone(tx, call)
    before = calendar_of(call, key)
    published = read_published(text, year=year)
    off = {day for day in before.holidays if day.year not in published.years} - published.extra
    extra = {day for day in before.extra_workdays if day.year not in published.years} - published.off
    changed = before.model_copy(
        update={
            "holidays": tuple(off | published.off),
            "extra_workdays": tuple(extra | published.extra),
            "names": {**before.names, **published.names},
            "loaded_years": (*before.loaded_years, *published.years),
        }
    )
    view = await put_calendar(tx, call, _holding(changed), key=key)
    return UploadView(view, sorted(published.years), len(published.off), len(published.extra))


def _holding(changed: CalendarDefinition) -> CalendarDefinition:
    """The calendar, if it is one that can be read again once it is stored. Raises `DaysUnusable`."""
    try:
        return CalendarDefinition.model_validate(_sorted(changed).model_dump(mode="json", by_alias=True))
    except ValidationError as error:
        place = "/".join(str(step) for step in error.errors(include_url=False, include_input=False)[0]["loc"])
        raise DaysUnusable(path="/text", place=place, first=FIRST_YEAR, last=LAST_YEAR, max=MAX_DAYS) from None


async def _save(tx: Tx, call: Call, calendars: Mapping[str, CalendarDefinition]) -> None:
    settings = CalendarSettings(default=call.workspace.calendars.default, calendars=dict(calendars))
    await store_calendars(tx, call, settings)


async def alone(tx: Tx, call: Call) -> Call:
    """The call on the settings as they are when nobody else can change them: all calendars are stored as one."""
    await lock_mark(tx, "settings")
    return await refresh(tx, call)


async def store_calendars(tx: Tx, call: Call, settings: CalendarSettings) -> None:
    """Keep other calendars, and compute anew what formulas made with those of before."""
    await save_workspace(tx, {CALENDARS: settings.model_dump(mode="json", by_alias=True)})
    after = await refresh(tx, call)
    if after.workspace.work_calendars != call.workspace.work_calendars:
        await recompute_for_calendars(tx, after)


async def provide_calendars(tx: Tx, call: Call, needed: Mapping[str, NeededCalendar]) -> None:
    """Make the calendars that an application needs and the workspace lacks; formulas that named them count by them."""
    if needed:
        call = await alone(tx, call)
    found = call.workspace.calendars
    missing = {
        key: CalendarDefinition(title=need.title, base=need.base)
        for key, need in needed.items()
        if key not in found.calendars
    }
    if missing:
        await _save(tx, call, {**found.calendars, **missing})
