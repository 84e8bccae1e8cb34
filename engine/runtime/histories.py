"""What happened to a record, under the keys of today: a rename keeps the history, a key used anew shows no other's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from pydantic import JsonValue

from engine.model.field_types.subform import SubformField
from engine.model.paths import last_of
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


def _rows(side: Json, path: str, *, paths: Mapping[str, str]) -> Json:
    """Rows of the subform that a version had at a path, with the keys of today for their cells."""
    if not isinstance(side, list):
        return side
    return [_row(row, path, paths=paths) if isinstance(row, dict) else row for row in side]


def _row(row: Mapping[str, Json], path: str, *, paths: Mapping[str, str]) -> Json:
    found: dict[str, Json] = {}
    for name, cell in row.items():
        inner = f"{path}.{name}"
        if name == ROW_ID:
            found[name] = cell
        elif inner in paths:
            # only the cells of an inner subform are lists of rows
            is_rows = isinstance(cell, list) and all(isinstance(item, dict) for item in cell)
            found[last_of(paths[inner])] = _rows(cell, inner, paths=paths) if is_rows else cell
    return found


def without_columns(entity: AppEntity, path: str, side: Json, *, hidden: frozenset[str]) -> JsonValue:
    """What one side of a change has at a path, without hidden columns where it is a subform."""
    if path not in entity.compiled.entity.subforms or not isinstance(side, list):
        return side
    return [
        {
            name: without_columns(entity, f"{path}.{name}", cell, hidden=hidden)
            for name, cell in row.items()
            if f"{path}.{name}" not in hidden
        }
        if isinstance(row, dict)
        else row
        for row in side
    ]
