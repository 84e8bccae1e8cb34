"""Bringing an earlier state of a record back: its values of then are written as a new version."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pydantic import JsonValue

from engine.errors import Rejection
from engine.forms.rights import WRITABLE, Rights
from engine.model.field_types.attachment import AttachmentField
from engine.model.field_types.subform import SubformField
from engine.model.fields import EntityField
from engine.model.rows import rows_of
from engine.model.values import Json, RawJson, Row
from engine.runtime.calls import Call
from engine.runtime.catalog import AppEntity
from engine.runtime.histories import changes_today, without_columns
from engine.runtime.permissions import hidden_in_each, reading, update_rights
from engine.runtime.record_views import RecordView
from engine.runtime.records import Cause, RecordNotFound, update_record
from engine.runtime.versioning import Origin
from engine.store.database import Tx
from engine.store.history import Change, list_changes
from engine.store.records import Record

REVERTED = "reverted"


class VersionNotFound(Rejection):
    """A version that the record never had, or that it has now."""

    code = "version_not_found"
    status = 404
    zh = "没有可恢复的第 {version} 版"
    en = "There is no earlier version {version} of the record"


@dataclass(frozen=True)
class Reversion:
    """What restoring a version would change: value now and value then of each field, in JSON form.

    `kept`: fields that differ and that the caller may not write. `gone`: keys of fields that the entity has no more.
    """

    version: int
    changes: Mapping[str, Sequence[JsonValue]]
    kept: Sequence[str]
    gone: Sequence[str]


@dataclass(frozen=True)
class Reverted:
    """The record as it is now, and what could not be brought back."""

    record: RecordView
    kept: Sequence[str]
    gone: Sequence[str]


@dataclass(frozen=True)
class _Plan:
    shown: Reversion
    raw: Mapping[str, RawJson]
    files: frozenset[str]


async def preview_reversion(
    tx: Tx, call: Call, app_key: str, *, entity_key: str, record_id: str, version: int
) -> Reversion:
    """What restoring would change. Raises `RecordNotFound`, `VersionNotFound`, `NotAllowed`."""
    return (
        await _plan(tx, call, app_key, entity_key=entity_key, record_id=record_id, version=version, lock=False)
    ).shown


async def revert_record(
    tx: Tx, call: Call, app_key: str, *, entity_key: str, record_id: str, version: int, seen_version: int
) -> Reverted:
    """Write the values of a version again, those that the caller may write.

    Raises as `update_record`, and `VersionNotFound`.
    """
    plan = await _plan(tx, call, app_key, entity_key=entity_key, record_id=record_id, version=version, lock=True)
    view = await update_record(
        tx,
        call,
        app_key,
        entity_key=entity_key,
        record_id=record_id,
        values=plan.raw,
        seen_version=seen_version,
        cause=Cause(Origin(REVERTED, {"version": version}), plan.files),
    )
    return Reverted(view, plan.shown.kept, plan.shown.gone)


async def _plan(
    tx: Tx, call: Call, app_key: str, *, entity_key: str, record_id: str, version: int, lock: bool
) -> _Plan:
    app, entity = call.catalog.entity(app_key, entity_key)
    seen = reading(call, app, entity)
    record = await entity.table.get(tx, record_id, access=seen.rows, lock=lock)
    if record is None:
        raise RecordNotFound
    hidden = (await hidden_in_each(tx, call, seen, records=[record]))[record.id]
    rights = await update_rights(tx, call, app, entity=entity, record=record, hidden=hidden)
    if not 1 <= version < record.version:
        raise VersionNotFound(path="/version", version=version)
    changes = await changes_today(tx, call, entity, record_id=record.id)
    then = _values_then(changes, version)
    raw: dict[str, RawJson] = {}
    shown: dict[str, Sequence[JsonValue]] = {}
    kept: list[str] = []
    for key, field in entity.compiled.entity.by_key.items():
        if key not in then or key in hidden or field.is_made or field.type == "serial":
            continue
        now = field.dump(record.values.get(key))
        side = _as_entered(field, then[key], record=record, rights=rights)
        if side == _as_entered(field, now, record=record, rights=rights):
            continue
        if rights.get(key) not in WRITABLE:
            kept.append(key)
            continue
        raw[key] = side
        shown[key] = [without_columns(entity, key, item, hidden=hidden) for item in (now, then[key])]
    gone = await _gone(tx, entity, record_id=record.id, version=version, known=changes)
    files = frozenset(_file_ids(entity, raw))
    return _Plan(Reversion(version, shown, kept, gone), raw, files)


def _values_then(changes: Sequence[Change], version: int) -> dict[str, Json]:
    """What the fields held that were changed since, under their keys of today: the newest change comes first."""
    then: dict[str, Json] = {}
    for change in changes:
        if change.version > version:
            then.update({key: old for key, (old, _) in change.changes.items()})
    return then


def _as_entered(field: EntityField, side: Json, *, record: Record, rights: Rights) -> RawJson:
    """A value of the history as it can be entered: rows that are gone are new ones, without what is computed in them
    and what the caller may not write.
    """
    if not isinstance(field, SubformField) or not isinstance(side, list):
        return side
    return _rows_entered(field, side, rows_of(record.values.get(field.key)), path=field.key, rights=rights)


def _rows_entered(
    field: SubformField, side: Sequence[Json], now: Sequence[Row], *, path: str, rights: Rights
) -> list[RawJson]:
    """Rows of the subform at a path; `now`: the rows among which they would be."""
    there = {row.id: row for row in now}
    found: list[RawJson] = []
    for row in side:
        if isinstance(row, dict):
            before = there.get(str(row.get("id")))
            cells: dict[str, RawJson] = {} if before is None else {"id": before.id}
            for key, cell in row.items():
                column = field.columns.get(key)
                inner = f"{path}.{key}"
                if isinstance(column, SubformField) and isinstance(cell, list):
                    inside = rows_of(None if before is None else before.values.get(key))
                    cells[key] = _rows_entered(column, cell, inside, path=inner, rights=rights)
                elif column is not None and column.computed is None and rights.get(inner) in WRITABLE:
                    cells[key] = cell
            found.append(cells)
    return found


async def _gone(tx: Tx, entity: AppEntity, *, record_id: str, version: int, known: Sequence[Change]) -> tuple[str, ...]:
    """Keys of fields that were changed since and that the entity does not have any more."""
    today = {change.version: change.changes for change in known}
    found: set[str] = set()
    for change in await list_changes(tx, entity.id, record_id):
        if change.version > version and len(change.changes) > len(today[change.version]):
            found |= change.changes.keys() - entity.compiled.entity.by_key.keys() - {"flow_status"}
    return tuple(sorted(found))


def _file_ids(entity: AppEntity, raw: Mapping[str, RawJson]) -> list[str]:
    """Files that the record held then: it may hold them again, at their places."""
    return list(_files_in(entity.compiled.entity.by_key, raw))


def _files_in(fields: Mapping[str, EntityField], raw: Mapping[str, RawJson]) -> Iterator[str]:
    for key, value in raw.items():
        field = fields.get(key)
        if isinstance(field, AttachmentField):
            yield from _ids_in(value)
        elif isinstance(field, SubformField) and isinstance(value, list):
            for row in value:
                if isinstance(row, Mapping):
                    yield from _files_in(field.columns, row)


def _ids_in(value: RawJson) -> list[str]:
    items = value if isinstance(value, list) else []
    return [str(item["id"]) for item in items if isinstance(item, Mapping) and "id" in item]
