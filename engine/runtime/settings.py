"""Settings of the workspace: its title, time zone, language and working calendar."""

from __future__ import annotations

import zoneinfo
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from engine.errors import Rejection
from engine.model.base import Language
from engine.store.database import Tx
from engine.store.marks import bump_mark
from engine.store.settings import load_settings, save_setting

DEFAULT_ZONE = "Asia/Shanghai"
WORKDAYS = (1, 2, 3, 4, 5)
ADDRESS = "address"
Weekday = Annotated[int, Field(ge=1, le=7)]


class UnknownZone(Rejection):
    """A time zone that the machine's zone database does not have."""

    code = "unknown_zone"
    status = 422
    zh = "没有时区 “{zone}”"
    en = "There is no time zone “{zone}”"


class WorkCalendar(BaseModel):
    """Which days are worked: ISO weekdays (1 Monday), then single days off and days worked in spite of them."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    workdays: tuple[Weekday, ...] = WORKDAYS
    holidays: tuple[date, ...] = Field(default=(), max_length=5000)
    extra_workdays: tuple[date, ...] = Field(default=(), max_length=5000)

    def is_workday(self, day: date, /) -> bool:
        """Whether the day is a working day; an extra working day beats a holiday."""
        if day in self.extra_workdays:
            return True
        return day.isoweekday() in self.workdays and day not in self.holidays


@dataclass(frozen=True)
class WorkspaceSettings:
    """What holds in the whole workspace."""

    title: str = "Formwright"
    zone_name: str = DEFAULT_ZONE
    language: Language = "zh-CN"
    calendar: WorkCalendar = field(default_factory=WorkCalendar)
    has_sample: bool = False

    @cached_property
    def zone(self) -> ZoneInfo:
        """The time zone."""
        return ZoneInfo(self.zone_name)


class SettingsChange(BaseModel):
    """What an admin changes; members that are absent stay as they are."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: Annotated[str, Field(min_length=1, max_length=100)] | None = None
    zone: Annotated[str, Field(min_length=1, max_length=64)] | None = None
    language: Language | None = None
    calendar: WorkCalendar | None = None


_CALENDAR: TypeAdapter[WorkCalendar] = TypeAdapter(WorkCalendar)


async def read_workspace(tx: Tx) -> WorkspaceSettings:
    """The settings in force; what was never set has its default."""
    stored = await load_settings(tx)
    language = stored.get("language")
    return WorkspaceSettings(
        title=str(stored.get("title") or "Formwright"),
        zone_name=str(stored.get("zone") or DEFAULT_ZONE),
        language="en" if language == "en" else "zh-CN",
        calendar=_calendar(stored.get("calendar")),
        has_sample=bool(stored.get("has_sample", False)),
    )


def _calendar(stored: object) -> WorkCalendar:
    try:
        return _CALENDAR.validate_python(stored or {})
    except ValidationError:
        return WorkCalendar()


async def save_workspace(tx: Tx, changes: Mapping[str, object]) -> None:
    """Store members and tell caches."""
    for key, value in changes.items():
        await save_setting(tx, key, value)
    await bump_mark(tx, "settings")


async def note_address(tx: Tx, address: str) -> None:
    """Keep the address under which the workspace is served; no cache holds it."""
    if await find_address(tx) != address:
        await save_setting(tx, ADDRESS, address)


async def find_address(tx: Tx) -> str | None:
    """The address under which the workspace was served last, None if it never was."""
    found = (await load_settings(tx)).get(ADDRESS)
    return found if isinstance(found, str) else None


def check_zone(name: str) -> str:
    """The name, if the zone exists. Raises `UnknownZone`."""
    if name not in zoneinfo.available_timezones():
        raise UnknownZone(path="/zone", zone=name)
    return name
