"""The workspace as admins keep it: its settings and its audit trail."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pydantic import JsonValue

from engine.runtime.calendars import alone, calendar_of, store_calendars
from engine.runtime.calls import Call, refresh
from engine.runtime.permissions import require_admin
from engine.runtime.recomputing import recompute_everything
from engine.runtime.record_views import instant_text
from engine.runtime.sessions import WorkspaceView, show_workspace
from engine.runtime.settings import SettingsChange, check_zone, read_workspace, save_workspace
from engine.runtime.totalling import rebuild_all
from engine.store.database import Tx
from engine.store.history import append_audit, list_audit

MAX_PAGE = 200
DEFAULT_CALENDAR = "default_calendar"


@dataclass(frozen=True)
class AuditView:
    """One entry: who did what to what; `origin_id` is the admin behind him."""

    id: str
    at: str
    actor_id: str | None
    origin_id: str | None
    action: str
    target_kind: str
    target_id: str | None
    details: Mapping[str, JsonValue]


@dataclass(frozen=True)
class AuditPage:
    """Part of the trail, latest first; `next` is the cursor of the following part."""

    items: Sequence[AuditView]
    next: str | None


async def change_settings(tx: Tx, call: Call, change: SettingsChange) -> WorkspaceView:
    """Change what is given. Raises `AdminsOnly`, `UnknownZone`, `CalendarNotFound`."""
    require_admin(call)
    call = await alone(tx, call)
    given = change.model_dump(mode="json", exclude_none=True)
    if change.zone is not None:
        check_zone(change.zone)
    if change.default_calendar is not None:
        calendar_of(call, change.default_calendar)
    if given:
        await save_workspace(tx, {key: value for key, value in given.items() if key != DEFAULT_CALENDAR})
        await _compute_anew(tx, call, change)
        await append_audit(tx, call.audit("workspace.change", "workspace", members=", ".join(sorted(given))))
    return show_workspace(replace(call, workspace=await read_workspace(tx)))


async def _compute_anew(tx: Tx, call: Call, change: SettingsChange) -> None:
    """What formulas made with the zone or the calendar of before is not right any more."""
    if change.zone is not None and change.zone != call.workspace.zone_name:
        # what is in which period now was written by nobody, whom a rule could refuse
        anew = replace(await refresh(tx, call), holds_totals=False)
        await recompute_everything(tx, anew)
        for app_key in anew.catalog.apps:
            await rebuild_all(tx, anew, app_key)
    if change.default_calendar is not None:
        calendars = call.workspace.calendars.model_copy(update={"default": change.default_calendar})
        await store_calendars(tx, call, calendars)


async def show_audit(tx: Tx, call: Call, *, cursor: str | None, limit: int) -> AuditPage:
    """The audit trail. Raises `AdminsOnly`."""
    require_admin(call)
    size = max(1, min(limit, MAX_PAGE))
    found = await list_audit(tx, before_id=cursor, limit=size + 1)
    items = [
        AuditView(
            entry.id,
            instant_text(entry.at),
            entry.actor_id,
            entry.origin_id,
            entry.action,
            entry.target_kind,
            entry.target_id,
            {**(entry.details or {})},
        )
        for entry in found[:size]
    ]
    return AuditPage(items, items[-1].id if len(found) > size else None)
