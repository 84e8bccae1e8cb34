"""Deleting records: out of their tables into the recycle bin, with everything that is computed from them elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from engine.runtime.calls import Call
from engine.runtime.catalog import AppEntity
from engine.runtime.following import MAX_DEPENDENTS, Moved, follow
from engine.runtime.permissions import reading, require_delete
from engine.runtime.record_views import instant_text
from engine.runtime.records import InApproval, RecordNotFound
from engine.runtime.totals import count_change
from engine.runtime.versioning import VersionConflict
from engine.store.bin import Binned, put_into_bin, take_out
from engine.store.database import Tx
from engine.store.flows import has_running_instance
from engine.store.history import Change, Notice, append_audit, append_change, post_notices
from engine.store.records import Record

DELETED = "deleted"


@dataclass(frozen=True)
class Deletion:
    """A record that was deleted. `version`: that of its deletion; `until`: when it is purged from the bin."""

    id: str
    version: int
    deleted_at: str
    until: str


def kept_until(call: Call, deleted_at: datetime) -> datetime:
    """When a record deleted at this instant leaves the bin for good, by the workspace's retention."""
    return deleted_at + timedelta(days=call.workspace.bin_days)


async def delete_record(
    tx: Tx, call: Call, app_key: str, *, entity_key: str, record_id: str, seen_version: int
) -> Deletion:
    """Put a record into the recycle bin.

    Raises `RecordNotFound`, `NotAllowed`, `InApproval`, `VersionConflict`, `TooManyDependents`, `Problems`.
    """
    app, entity = call.catalog.entity(app_key, entity_key)
    seen = reading(call, app, entity)
    record = await entity.table.get(tx, record_id, access=seen.rows, lock=True)
    if record is None:
        raise RecordNotFound
    await require_delete(tx, call, app, entity=entity, record=record)
    if not call.principal.is_admin and await has_running_instance(tx, record_id):
        raise InApproval
    if record.version != seen_version:
        raise VersionConflict({}, seen=seen_version, current=record.version)
    await _put_away(tx, call, entity, record=record)
    version = record.version + 1
    return Deletion(record.id, version, instant_text(call.now), instant_text(kept_until(call, call.now)))


async def _put_away(tx: Tx, call: Call, entity: AppEntity, *, record: Record) -> None:
    content = await take_out(tx, entity.table.stored, record.id)
    if content is None:
        raise RecordNotFound
    version = record.version + 1
    await put_into_bin(tx, Binned(record.id, entity.id, version, call.now, call.actor_id, content))
    await note_fate(tx, call, entity, record_id=record.id, version=version, kind=DELETED)
    await append_audit(
        tx,
        call.audit("record.delete", "record", target_id=record.id, app=entity.app_key, entity=entity.key),
    )
    # a fault of a total is told of the record as a whole: nothing was entered
    await count_change(tx, call, entity, before=record, after=None, told=lambda _: "")
    await follow_whole(tx, call, entity, moved=Moved(record, None))


async def note_fate(
    tx: Tx,
    call: Call,
    entity: AppEntity,
    *,
    record_id: str,
    version: int,
    kind: str,
) -> None:
    """The version of a record that says it is gone, or here again, and the named event of it."""
    await append_change(
        tx,
        Change(
            entity_id=entity.id,
            record_id=record_id,
            version=version,
            at=call.now,
            actor_id=call.actor_id,
            kind=kind,
            changes={},
            application_version=entity.version,
        ),
    )
    await post_notices(
        tx,
        [
            Notice(
                id=next(call.ids),
                at=call.now,
                name=f"record.{kind}",
                entity_id=entity.id,
                record_id=record_id,
                payload={"version": version},
            )
        ],
    )


async def follow_whole(tx: Tx, call: Call, entity: AppEntity, *, moved: Moved) -> None:
    """Compute anew what others make of a record that is gone, or here again: all of its values count."""
    # a fault is told of the record as a whole: nothing was entered
    await follow(tx, call, entity, moved=[moved], most=MAX_DEPENDENTS, told=lambda _: "")
