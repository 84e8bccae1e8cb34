"""The recycle bin: what was deleted, put back under the same id, or purged for good."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import NoReturn

from engine.errors import Problems, Rejection
from engine.forms.rights import mask
from engine.forms.unread import paths_to
from engine.model.expressions import EVERYTHING
from engine.model.values import Scalar
from engine.query.cursors import BadCursor
from engine.runtime.calls import Call
from engine.runtime.catalog import AppEntity, InstalledApp
from engine.runtime.deleting import follow_whole, kept_until, note_fate
from engine.runtime.following import RECOMPUTED, Moved, computed_values
from engine.runtime.linking import linked_of, show_with_links
from engine.runtime.permissions import hidden_in_each, reading, require_admin, require_delete
from engine.runtime.record_views import RecordView, instant_text, title_of
from engine.runtime.rolling import with_rollups
from engine.runtime.totals import count_change, hold_restored
from engine.runtime.uniques import NotUnique, refuse_duplicate
from engine.runtime.versioning import write_version
from engine.store.bin import (
    Binned,
    BinPlace,
    binned_values,
    find_binned,
    forget_record,
    list_binned,
    list_expired,
    put_back,
    take_from_bin,
)
from engine.store.columns import instant_to_int, int_to_instant
from engine.store.database import Tx, UniqueViolation
from engine.store.history import Change, Notice, append_audit, append_change, post_notices
from engine.store.records import Record

MAX_PAGE = 200
PURGED_AT_ONCE = 100
RESTORED = "restored"
PURGED = "purged"
_CURSOR = re.compile(r"([0-9]{1,17})-([0-9a-f]{24})")


class NotInBin(Rejection):
    """A record that is not in the bin, or was put there by somebody else."""

    code = "not_in_bin"
    status = 404
    zh = "回收站中没有这条数据, 或无权查看"
    en = "There is no such record in the recycle bin, or you may not see it"


class ValuesTaken(Problems):
    """A record that cannot come back as it is: others have its unique values by now; `errors` name the fields."""

    code = "values_taken"
    status = 409
    zh = "无法恢复: 不允许重复的值已被其他数据使用"
    en = "It cannot be restored: other records have its unique values by now"


@dataclass(frozen=True)
class BinItem:
    """A deleted record. `version`: that of its deletion; `until`: when it is purged.

    `title`: without what is hidden from the reader in some records.
    """

    id: str
    title: str
    version: int
    deleted_at: str
    deleted_by: str | None
    until: str


@dataclass(frozen=True)
class BinPage:
    """Part of the bin, what was deleted last first; `next` is the cursor of the following part."""

    items: Sequence[BinItem]
    next: str | None


@dataclass(frozen=True)
class Purged:
    """What was removed for good; the files nobody else has are to be removed from the storage too."""

    records: int
    file_ids: tuple[str, ...]


async def list_bin(tx: Tx, call: Call, app_key: str, *, entity_key: str, cursor: str | None, limit: int) -> BinPage:
    """What the caller deleted of an entity; for admins what anybody did. Raises `BadCursor`."""
    app, entity = call.catalog.entity(app_key, entity_key)
    hidden = reading(call, app, entity).hidden
    size = max(1, min(limit, MAX_PAGE))
    deleted_by = None if call.principal.is_admin else call.member_id
    found = await list_binned(tx, entity.id, deleted_by=deleted_by, before=_place(cursor), limit=size + 1)
    items = [_item(call, entity, binned, hidden=hidden) for binned in found[:size]]
    return BinPage(items, _cursor(found[size - 1]) if len(found) > size else None)


def _item(call: Call, entity: AppEntity, binned: Binned, *, hidden: frozenset[str]) -> BinItem:
    values = mask(binned_values(entity.table.stored, binned), hidden)
    return BinItem(
        id=binned.record_id,
        title=title_of(call, entity.compiled, values),
        version=binned.version,
        deleted_at=instant_text(binned.deleted_at),
        deleted_by=binned.deleted_by,
        until=instant_text(kept_until(call, binned.deleted_at)),
    )


def _cursor(binned: Binned) -> str:
    return f"{instant_to_int(binned.deleted_at)}-{binned.record_id}"


def _place(cursor: str | None) -> BinPlace | None:
    if cursor is None:
        return None
    found = _CURSOR.fullmatch(cursor)
    if found is None:
        raise BadCursor
    return BinPlace(int_to_instant(int(found.group(1))), found.group(2))


async def restore_deleted(tx: Tx, call: Call, app_key: str, *, entity_key: str, record_id: str) -> RecordView:
    """Put a record back under its id, as its next version, with its computed values as they must be now.

    Raises `NotInBin`, `NotAllowed`, `ValuesTaken`, `TooManyDependents`, `Problems`.
    """
    app, entity = call.catalog.entity(app_key, entity_key)
    binned = await find_binned(tx, entity.id, record_id)
    if binned is None or not (call.principal.is_admin or binned.deleted_by == call.member_id):
        raise NotInBin
    record = await _bring_back(tx, call, app, entity=entity, binned=binned)
    await follow_whole(tx, call, entity, moved=Moved(None, record))
    await append_audit(
        tx,
        call.audit("record.restore", "record", target_id=record.id, app=entity.app_key, entity=entity.key),
    )
    seen = reading(call, app, entity)
    hidden = (await hidden_in_each(tx, call, seen, records=[record]))[record.id]
    return await show_with_links(tx, call, entity, record=record, hidden=hidden)


async def _bring_back(tx: Tx, call: Call, app: InstalledApp, *, entity: AppEntity, binned: Binned) -> Record:
    version = binned.version + 1
    changed: dict[str, Scalar] = {"version": Decimal(version), "updated_at": call.now, "updated_by": call.actor_id}
    try:
        async with tx.savepoint():
            await put_back(tx, entity.table.stored, binned, system=changed)
    except UniqueViolation as violation:
        await _refuse_taken(tx, call, entity, violation=violation, binned=binned)
    # unfiltered: it was put back a moment ago, and whether the caller may do that is asked of the record itself
    record = await entity.table.get(tx, binned.record_id, access=EVERYTHING)
    if record is None:
        raise NotInBin
    await require_delete(tx, call, app, entity=entity, record=record)
    await take_from_bin(tx, record.id)
    await note_fate(tx, call, entity, record_id=record.id, version=version, kind=RESTORED)
    told = _told(call, entity)
    await count_change(tx, call, entity, before=None, after=record, told=told)
    await hold_restored(tx, call, entity, record=record, told=told)
    return await _computed_anew(tx, call, entity, record=record)


async def _computed_anew(tx: Tx, call: Call, entity: AppEntity, *, record: Record) -> Record:
    """The record with what formulas make of it now: what it links to may have changed while it was away."""
    (fresh,) = await with_rollups(tx, call, entity, records=[record])
    linked = await linked_of(tx, call, entity, records=[record.values], lock=True)
    values = computed_values(call, entity, fresh, linked=linked)
    try:
        return await write_version(tx, call, entity, before=record, values=values, origin=RECOMPUTED)
    except Problems as problems:
        raise _as_taken(problems) from None


def _told(call: Call, entity: AppEntity) -> Callable[[str], str]:
    """Where a fault is told: of the record as a whole, where its place is hidden from the caller in some record."""
    hidden = reading(call, call.catalog.app(entity.app_key), entity).hidden
    return lambda pointer: pointer if hidden.isdisjoint(paths_to(pointer)) else ""


async def _refuse_taken(
    tx: Tx, call: Call, entity: AppEntity, *, violation: UniqueViolation, binned: Binned
) -> NoReturn:
    values = binned_values(entity.table.stored, binned)
    at, by = binned.deleted_at, binned.deleted_by
    record = Record(binned.record_id, binned.version, at, by, None, at, by, values=values)
    try:
        await refuse_duplicate(
            tx,
            call,
            entity,
            violation=violation,
            record=record,
            told=_told(call, entity),
        )
    except Problems as problems:
        raise _as_taken(problems) from None


def _as_taken(problems: Problems) -> Problems:
    """What is unique and taken is a conflict with another record, not a fault of what was sent."""
    is_taken = all(problem.code == NotUnique.code for problem in problems.errors)
    return ValuesTaken(problems.errors) if is_taken else problems


async def purge_record(tx: Tx, call: Call, app_key: str, *, entity_key: str, record_id: str) -> Purged:
    """Remove a record of the bin for good. Raises `AdminsOnly`, `NotInBin`."""
    require_admin(call)
    _, entity = call.catalog.entity(app_key, entity_key)
    binned = await find_binned(tx, entity.id, record_id)
    if binned is None:
        raise NotInBin
    file_ids = await _purge(tx, call, binned)
    await append_audit(
        tx,
        call.audit("record.purge", "record", target_id=record_id, app=entity.app_key, entity=entity.key),
    )
    return Purged(1, tuple(file_ids))


async def purge_expired(tx: Tx, call: Call) -> Purged:
    """Remove what has been in the bins for longer than the workspace keeps it, a hundred records at most."""
    before = call.now - timedelta(days=call.workspace.bin_days)
    found = await list_expired(tx, before=before, limit=PURGED_AT_ONCE)
    file_ids: list[str] = []
    for binned in found:
        file_ids += await _purge(tx, call, binned)
    if found:
        await append_audit(tx, call.audit("bin.purge", "workspace", records=len(found)))
    return Purged(len(found), tuple(file_ids))


async def _purge(tx: Tx, call: Call, binned: Binned) -> list[str]:
    version = binned.version + 1
    file_ids = await forget_record(tx, binned)
    await append_change(
        tx,
        Change(
            entity_id=binned.entity_id,
            record_id=binned.record_id,
            version=version,
            at=call.now,
            actor_id=call.actor_id,
            kind=PURGED,
            changes={},
        ),
    )
    notice = Notice(
        id=next(call.ids),
        at=call.now,
        name=f"record.{PURGED}",
        entity_id=binned.entity_id,
        record_id=binned.record_id,
        payload={"version": version},
    )
    await post_notices(tx, [notice])
    return file_ids
