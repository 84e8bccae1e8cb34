"""What happened to a record, under the keys of today: a rename keeps the history, a key used anew shows no other's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from pydantic import JsonValue

from engine.model.field_types.subform import SubformField
from engine.model.values import Json
from engine.runtime.calls import Call
from engine.runtime.catalog import AppEntity
from engine.store.database import Tx
from engine.store.history import Change, list_changes

# what history names beside fields
FLOW_STATUS = "flow_status"
ROW_ID = "id"


async def changes_today(tx: Tx, call: Call, entity: AppEntity, *, record_id: str) -> list[Change]:
    """All versions of a record, newest first, without fields and columns that were removed since.

    The caller has proved that the record may be read.
    """
    found = []
    paths: dict[int, Mapping[str, str]] = {}
    for change in await list_changes(tx, entity.id, record_id):
        number = change.application_version or entity.version
        if number not in paths:
            paths[number] = await call.caches.paths_today(tx, entity, number=number)
        found.append(replace(change, changes=_renamed(entity, change.changes, paths=paths[number])))
    return found


def _renamed(
    entity: AppEntity, changes: Mapping[str, tuple[Json, Json]], *, paths: Mapping[str, str]
) -> dict[str, tuple[Json, Json]]:
    found: dict[str, tuple[Json, Json]] = {}
    for key, (old, new) in changes.items():
        if key == FLOW_STATUS:
            found[key] = (old, new)
        elif key in paths:
            today = paths[key]
            if isinstance(entity.compiled.entity.by_key[today], SubformField):
                found[today] = (_rows(old, key, paths=paths), _rows(new, key, paths=paths))
            else:
                found[today] = (old, new)
    return found


def _rows(side: Json, key: str, *, paths: Mapping[str, str]) -> Json:
    if not isinstance(side, list):
        return side
    return [
        {
            name if name == ROW_ID else paths[f"{key}.{name}"].partition(".")[2]: cell
            for name, cell in row.items()
            if name == ROW_ID or f"{key}.{name}" in paths
        }
        if isinstance(row, dict)
        else row
        for row in side
    ]


def without_columns(entity: AppEntity, key: str, side: Json, *, hidden: frozenset[str]) -> JsonValue:
    """One side of a change without the columns of rows that are hidden."""
    if not isinstance(entity.compiled.entity.by_key.get(key), SubformField) or not isinstance(side, list):
        return side
    return [
        {name: cell for name, cell in row.items() if f"{key}.{name}" not in hidden} if isinstance(row, dict) else row
        for row in side
    ]
