"""Records outside of flows: create, read, list, count, update, history, always through the access predicate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pydantic import JsonValue, TypeAdapter

from engine.errors import Rejection
from engine.forms.evaluate import failures
from engine.forms.local import GIVEN_STORED, LocalFormulas, local_formulas
from engine.forms.rights import hidden_paths
from engine.model.filters import Filter
from engine.model.values import RawJson
from engine.runtime.calls import Call
from engine.runtime.catalog import AppEntity
from engine.runtime.conflicts import refuse_overlap
from engine.runtime.flow_runs import instance_title
from engine.runtime.histories import changes_today, without_columns
from engine.runtime.linking import show_with_links, shown_links, titles_of
from engine.runtime.permissions import (
    Reading,
    create_rights,
    hidden_in_each,
    may_delete,
    reading,
    update_rights,
    writable_paths,
)
from engine.runtime.record_views import RecordView, instant_text, show_failures
from engine.runtime.saving import Entered, context_of, prepare
from engine.runtime.storing import store_change, store_record
from engine.runtime.versioning import Origin
from engine.store.database import Tx
from engine.store.flows import has_running_instance
from engine.store.history import AuditEntry, Change, append_audit
from engine.store.records import Record

MAX_PAGE = 200
_FILTER: TypeAdapter[Filter] = TypeAdapter(Filter)


@dataclass(frozen=True)
class Cause:
    """Why a record is changed. `regained`: files that it held before and may hold again."""

    origin: Origin
    regained: frozenset[str] = frozenset()


BY_HAND = Cause(Origin("updated"))


class RecordNotFound(Rejection):
    """No such record, or none that the caller may see."""

    code = "record_not_found"
    status = 404
    zh = "没有这条数据, 或无权查看"
    en = "There is no such record, or you may not see it"


class InApproval(Rejection):
    """A record whose flow is running is changed through its tasks only, or repaired by an admin."""

    code = "in_approval"
    status = 409
    zh = "数据正在审批中, 只能通过待办或由管理员修改"
    en = "The record is in approval and can only be changed through its tasks or by an admin"


@dataclass(frozen=True)
class RecordDetail:
    """A record and what the caller may do with it.

    `writable`: paths he may change outside of flows. `formulas`: what his browser may compute while he does, in the
    entity's own form; None where there is nothing to change. `failed`: the error values (`#DIV/0!`) for which computed
    values are missing, by JSON pointer. `deletable`: whether he may put it into the recycle bin.
    """

    record: RecordView
    writable: tuple[str, ...]
    hidden: tuple[str, ...]
    formulas: LocalFormulas | None
    failed: Mapping[str, str]
    deletable: bool


@dataclass(frozen=True)
class ChangeView:
    """One version of a record: old and new value of each visible field that changed, in JSON form."""

    version: int
    at: str
    actor_id: str | None
    kind: str
    changes: Mapping[str, Sequence[JsonValue]]
    source: Mapping[str, JsonValue] | None


@dataclass(frozen=True)
class HistoryView:
    """All versions, newest first. `links`: titles of linked records that the caller may read, by id."""

    items: Sequence[ChangeView]
    links: Mapping[str, str]


async def create_record(
    tx: Tx, call: Call, app_key: str, *, entity_key: str, values: Mapping[str, RawJson], record_id: str | None = None
) -> RecordView:
    """Make a record outside of flows. Raises `NotAllowed`, `Problems`, `IdTaken`."""
    app, entity = call.catalog.entity(app_key, entity_key)
    rights = create_rights(call, app, entity)
    written = await prepare(tx, call, entity, entered=Entered(values, rights))
    department = call.directory.main_department(call.member_id)
    record = await store_record(
        tx,
        call,
        entity,
        values=written.values,
        origin=Origin("created", rights=rights),
        record_id=record_id,
        created_by=call.actor_id,
        department_id=department,
    )
    return await show_with_links(tx, call, entity, record=record, hidden=hidden_paths(rights))


async def load_readable(tx: Tx, entity: AppEntity, *, seen: Reading, record_id: str) -> Record:
    """The record if the caller may see it. Raises `RecordNotFound`."""
    record = await entity.table.get(tx, record_id, access=seen.rows)
    if record is None:
        raise RecordNotFound
    return record


async def get_record(tx: Tx, call: Call, app_key: str, *, entity_key: str, record_id: str) -> RecordDetail:
    """One record with what the caller may do. Raises `RecordNotFound`."""
    app, entity = call.catalog.entity(app_key, entity_key)
    seen = reading(call, app, entity)
    record = await load_readable(tx, entity, seen=seen, record_id=record_id)
    hidden = (await hidden_in_each(tx, call, seen, records=[record]))[record.id]
    writable = await writable_paths(tx, call, app, entity=entity, record=record, hidden=hidden)
    deletable = await may_delete(tx, call, app, entity=entity, record=record)
    is_free = call.principal.is_admin or not (writable or deletable)
    if not is_free and await has_running_instance(tx, record.id):
        writable, deletable = (), False
    compiled, context = entity.compiled, context_of(call, record)
    formulas = local_formulas(compiled, entity.default_form, context, hidden=hidden, given=GIVEN_STORED)
    return RecordDetail(
        record=await show_with_links(tx, call, entity, record=record, hidden=hidden),
        writable=writable,
        hidden=tuple(sorted(hidden)),
        formulas=formulas if writable else None,
        failed=show_failures(failures(compiled, record.values, context), hidden=hidden),
        deletable=deletable,
    )


async def update_record(
    tx: Tx,
    call: Call,
    app_key: str,
    *,
    entity_key: str,
    record_id: str,
    values: Mapping[str, RawJson],
    seen_version: int,
    cause: Cause = BY_HAND,
) -> RecordView:
    """Change a record outside of flows.

    Raises `RecordNotFound`, `NotAllowed`, `InApproval`, `VersionConflict`, `Problems`. Edits of other fields than
    those changed since `seen_version` are merged.
    """
    app, entity = call.catalog.entity(app_key, entity_key)
    seen = reading(call, app, entity)
    record = await entity.table.get(tx, record_id, access=seen.rows, lock=True)
    if record is None:
        raise RecordNotFound
    hidden = (await hidden_in_each(tx, call, seen, records=[record]))[record.id]
    rights = await update_rights(tx, call, app, entity=entity, record=record, hidden=hidden)
    is_running = await has_running_instance(tx, record_id)
    if is_running and not call.principal.is_admin:
        raise InApproval
    await refuse_overlap(tx, call, entity, record=record, seen_version=seen_version, given=values, hidden=hidden)
    written = await prepare(tx, call, entity, entered=Entered(values, rights, stored=record, regained=cause.regained))
    after = await store_change(
        tx, call, entity, before=record, values=written.values, origin=replace(cause.origin, rights=rights)
    )
    if is_running and after.version != record.version:
        await append_audit(tx, _correction(call, entity, after))
    return await show_with_links(tx, call, entity, record=after, hidden=hidden)


def _correction(call: Call, entity: AppEntity, record: Record) -> AuditEntry:
    """An admin has written past the approval."""
    return call.audit(
        "record.correct",
        "record",
        target_id=record.id,
        app=entity.app_key,
        entity=entity.key,
        title=instance_title(call, entity, record),
    )


async def read_history(tx: Tx, call: Call, app_key: str, *, entity_key: str, record_id: str) -> HistoryView:
    """Who changed what and when, without fields that are hidden now. Raises `RecordNotFound`."""
    app, entity = call.catalog.entity(app_key, entity_key)
    seen = reading(call, app, entity)
    record = await load_readable(tx, entity, seen=seen, record_id=record_id)
    hidden = (await hidden_in_each(tx, call, seen, records=[record]))[record.id]
    changes = await changes_today(tx, call, entity, record_id=record.id)
    views = [_change_view(entity, change, hidden=hidden) for change in changes]
    sides = ({key: pair[side] for key, pair in view.changes.items()} for view in views for side in (0, 1))
    wanted = shown_links(entity, sides)
    return HistoryView(views, await titles_of(tx, call, app_key, wanted=wanted))


def _change_view(entity: AppEntity, change: Change, *, hidden: frozenset[str]) -> ChangeView:
    shown: dict[str, Sequence[JsonValue]] = {
        key: [without_columns(entity, key, side, hidden=hidden) for side in sides]
        for key, sides in change.changes.items()
        if key not in hidden
    }
    return ChangeView(
        change.version,
        instant_text(change.at),
        change.actor_id,
        change.kind,
        shown,
        None if change.source is None else {**change.source},
    )
