"""Settings of the workspace: its title, time zone, language and working calendars."""

from __future__ import annotations

import zoneinfo
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Annotated, Self
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from engine.calendars.days import WorkCalendars, effective_calendar
from engine.errors import Rejection
from engine.model.base import FORMAT, Document, FormatNumber, Key, Language, Translated
from engine.model.calendars import STATUTORY, CalendarDefinition
from engine.runtime.holidays import STATUTORY_TITLE, builtin_calendar, holiday_years
from engine.store.database import Tx
from engine.store.marks import bump_mark
from engine.store.settings import load_settings, save_setting

DEFAULT_ZONE = "Asia/Shanghai"
ADDRESS = "address"
CALENDARS, FORMER_CALENDAR = "calendars", "calendar"
DEFAULT_KEY, FORMER_KEY = "cn", "main"
FORMER_TITLE = Translated(zh_cn="工作日历", en="Working calendar")
MAX_CALENDARS = 50
DEFAULT_BIN_DAYS, MAX_BIN_DAYS = 30, 3650


class UnknownZone(Rejection):
    """A time zone that the machine's zone database does not have."""

    code = "unknown_zone"
    status = 422
    zh = "没有时区 “{zone}”"
    en = "There is no time zone “{zone}”"


def _statutory() -> dict[Key, CalendarDefinition]:
    return {DEFAULT_KEY: CalendarDefinition(title=STATUTORY_TITLE, base=STATUTORY)}


class CalendarSettings(Document):
    """The working calendars of the workspace as they are stored; one of them is the default."""

    format: FormatNumber = FORMAT
    default: Key = DEFAULT_KEY
    calendars: Annotated[dict[Key, CalendarDefinition], Field(min_length=1, max_length=MAX_CALENDARS)] = Field(
        default_factory=_statutory
    )

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.default not in self.calendars:
            raise ValueError(self.default)
        return self


@dataclass(frozen=True)
class WorkspaceSettings:
    """What holds in the whole workspace. `bin_days`: for how long deleted records are kept."""

    title: str = "Formwright"
    zone_name: str = DEFAULT_ZONE
    language: Language = "zh-CN"
    calendars: CalendarSettings = field(default_factory=CalendarSettings)
    has_sample: bool = False
    bin_days: int = DEFAULT_BIN_DAYS

    @cached_property
    def zone(self) -> ZoneInfo:
        """The time zone."""
        return ZoneInfo(self.zone_name)

    @cached_property
    def work_calendars(self) -> WorkCalendars:
        """The working calendars in force; the key `CN` is always the built-in one."""
        made = {
            key: effective_calendar(definition, holiday_years(definition.base))
            for key, definition in self.calendars.calendars.items()
        }
        return WorkCalendars(made[self.calendars.default], {STATUTORY: builtin_calendar(STATUTORY), **made})


class SettingsChange(BaseModel):
    """What an admin changes; members that are absent stay as they are."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: Annotated[str, Field(min_length=1, max_length=100)] | None = None
    zone: Annotated[str, Field(min_length=1, max_length=64)] | None = None
    language: Language | None = None
    default_calendar: Key | None = None
    bin_days: Annotated[int, Field(ge=1, le=MAX_BIN_DAYS)] | None = None


async def read_workspace(tx: Tx) -> WorkspaceSettings:
    """The settings in force; what was never set has its default."""
    stored = await load_settings(tx)
    language, days = stored.get("language"), stored.get("bin_days")
    return WorkspaceSettings(
        title=str(stored.get("title") or "Formwright"),
        zone_name=str(stored.get("zone") or DEFAULT_ZONE),
        language="en" if language == "en" else "zh-CN",
        calendars=read_calendars(stored),
        has_sample=bool(stored.get("has_sample", False)),
        bin_days=days if isinstance(days, int) else DEFAULT_BIN_DAYS,
    )


def read_calendars(stored: Mapping[str, object]) -> CalendarSettings:
    """The calendars among stored settings; those of before there were several have one, `calendar`."""
    try:
        if CALENDARS in stored:
            return CalendarSettings.model_validate(stored[CALENDARS])
        if FORMER_CALENDAR in stored:
            return upgrade_calendar(stored[FORMER_CALENDAR])
    except ValidationError:
        return CalendarSettings()
    return CalendarSettings()


def upgrade_calendar(former: object) -> CalendarSettings:
    """The single calendar that a workspace had before there were several, as its only one. Raises ValidationError."""
    members = former if isinstance(former, dict) else {}
    only = CalendarDefinition.model_validate({"title": FORMER_TITLE, **members})
    return CalendarSettings(default=FORMER_KEY, calendars={FORMER_KEY: only})


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
