"""Versions of records on their way into the store: values, serial numbers, files, history and the named event."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field, replace

from pydantic import JsonValue

from engine.errors import Problem, Problems, Rejection
from engine.forms.rights import Rights
from engine.forms.unread import paths_to
from engine.model.field_types.serial import SerialField
from engine.model.rows import with_ids
from engine.model.values import Json, RawJson, Value, Values
from engine.runtime.calls import Call
from engine.runtime.catalog import AppEntity
from engine.runtime.record_files import keep_files
from engine.runtime.totals import count_change
from engine.runtime.uniques import IdTaken, refuse_duplicate
from engine.store.database import Statement, Tx, UniqueViolation
from engine.store.history import Change, Notice, change_row, keep_all, next_serial, notice_row
from engine.store.records import Record


class ChangedByOther(Rejection):
    """A field that two people changed at once; `theirs`, `yours` and `base`, what it was before, are JSON texts."""

    code = "changed_by_other"
    status = 409
    zh = "原为 {base}, 他人改为 {theirs}, 您改为 {yours}"
    en = "It was {base}; somebody else wrote {theirs}, you wrote {yours}"


class VersionConflict(Problems):
    """Somebody else saved the record in the meantime; `errors` hold both sides of each field."""

    code = "version_conflict"
    status = 409
    zh = "数据已被他人修改 (现为第 {current} 版, 您看到的是第 {seen} 版)"
    en = "The record was changed by somebody else (now version {current}, you saw {seen})"

    def __init__(self, sides: Mapping[str, tuple[JsonValue, RawJson, JsonValue]], *, seen: int, current: int) -> None:
        self.errors = tuple(
            Problem.of(ChangedByOther(theirs=_text(theirs), yours=_text(yours), base=_text(base)), path=f"/{key}")
            for key, (theirs, yours, base) in sides.items()
        )
        Rejection.__init__(self, seen=seen, current=current)


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)


@dataclass(frozen=True)
class Origin:
    """Where a write comes from: a form, the API, a flow's node. Kept with the history.

    `rights`: those of whoever entered it, from whom faults keep what he does not see.
    """

    kind: str
    source: Mapping[str, Json] = field(default_factory=dict)
    rights: Rights | None = None

    @property
    def is_of_person(self) -> bool:
        """Whether somebody wrote, and not the engine that computes anew."""
        return self.kind != "recomputed"

    def told(self, pointer: str) -> str:
        """Where a fault of that place is told: of the record, where the place is hidden or nobody entered anything."""
        if not self.is_of_person:
            return ""
        rights = self.rights or {}
        return "" if any(rights.get(path) == "hidden" for path in paths_to(pointer)) else pointer


def with_row_ids(call: Call, values: Values) -> dict[str, Value]:
    """The values with an id for every row of a subform, and for those inside."""
    return {key: with_ids(value, lambda: next(call.ids)) for key, value in values.items()}


async def number_new(
    tx: Tx,
    call: Call,
    entity: AppEntity,
    *,
    new: Sequence[tuple[str | None, Values]],
    created_by: str | None,
    department_id: str | None,
) -> list[Record]:
    """New records with ids and serial numbers, in the order given; they are still to be stored."""
    serials = await _serials(tx, call, entity, count=len(new))
    return [
        Record(
            id=record_id or next(call.ids),
            version=1,
            created_at=call.now,
            created_by=created_by,
            created_department=department_id,
            updated_at=call.now,
            updated_by=created_by,
            values={**with_row_ids(call, values), **{key: numbers[place] for key, numbers in serials.items()}},
        )
        for place, (record_id, values) in enumerate(new)
    ]


async def store_new(
    tx: Tx,
    call: Call,
    entity: AppEntity,
    *,
    values: Values,
    origin: Origin,
    record_id: str | None = None,
    created_by: str | None = None,
    department_id: str | None = None,
) -> Record:
    """Insert a record with its serial numbers and first history entry. Raises `IdTaken`, `Problems`."""
    (record,) = await number_new(
        tx, call, entity, new=[(record_id, values)], created_by=created_by, department_id=department_id
    )
    # an id names one record of all entities: the history refuses that of another entity's
    remembered = _remembered(call, entity, before=None, after=record, origin=origin)
    may_repeat = record_id is not None or entity.compiled.entity.may_repeat
    try:
        async with tx.savepoint() if may_repeat else nullcontext():
            await entity.table.insert(tx, record, beside=remembered)
    except UniqueViolation as violation:
        if not may_repeat:
            raise IdTaken(path="/id", id=record.id) from None
        await refuse_duplicate(tx, call, entity, violation=violation, record=record, told=origin.told)
    await keep_files(tx, entity, record)
    await count_change(tx, call, entity, before=None, after=record, told=origin.told)
    return record


async def stage_version(tx: Tx, call: Call, entity: AppEntity, *, before: Record, values: Values) -> Record:
    """Let the database have values of a version that `write_version` will save. Raises `Problems`."""
    staged = replace(before, values={**before.values, **values})
    try:
        async with tx.savepoint():
            await entity.table.update(tx, before, staged)
    except UniqueViolation as violation:
        await refuse_duplicate(tx, call, entity, violation=violation, record=staged, told=lambda _: "")
    return staged


async def write_version(
    tx: Tx,
    call: Call,
    entity: AppEntity,
    *,
    before: Record,
    values: Values,
    origin: Origin,
    flow_status: str | None = None,
    staged: Record | None = None,
) -> Record:
    """Save the next version, or give back the old one when nothing differs. Raises `VersionConflict`, `Problems`.

    What the engine computed anew was written by nobody. `staged`: what the database has of it by now.
    """
    status = flow_status or before.flow_status
    changed = {key: value for key, value in with_row_ids(call, values).items() if value != before.values.get(key)}
    if not changed and status == before.flow_status:
        if staged is not None:
            await entity.table.update(tx, staged, before)
        return before
    after = replace(
        before,
        version=before.version + 1,
        updated_at=call.now,
        updated_by=call.actor_id if origin.is_of_person else None,
        flow_status=status,
        values={**before.values, **changed},
    )
    try:
        async with tx.savepoint():
            if not await entity.table.update(tx, before if staged is None else staged, after):
                raise VersionConflict({}, seen=before.version, current=before.version + 1)
    except UniqueViolation as violation:
        await refuse_duplicate(tx, call, entity, violation=violation, record=after, told=origin.told)
    await keep_files(tx, entity, after, changed=frozenset(changed))
    await keep_all(tx, _remembered(call, entity, before=before, after=after, origin=origin))
    await count_change(tx, call, entity, before=before, after=after, told=origin.told)
    return after


async def _serials(tx: Tx, call: Call, entity: AppEntity, *, count: int) -> dict[str, list[Value]]:
    """The next `count` numbers of every serial field, by the day in the workspace's zone."""
    day = call.now.astimezone(call.workspace.zone).date()
    ids = {item.key: item.id for item in entity.table.stored.fields if not item.parent_id}
    found: dict[str, list[Value]] = {}
    for key, item in entity.compiled.entity.by_key.items():
        if isinstance(item, SerialField):
            last = await next_serial(tx, ids[key], item.period(day), count=count)
            found[key] = [item.render(day=day, count=number) for number in range(last - count + 1, last + 1)]
    return found


def _remembered(
    call: Call, entity: AppEntity, *, before: Record | None, after: Record, origin: Origin
) -> list[Statement]:
    """History and the named event of one stored version, as statements."""
    change, notice = traces_of(call, entity, before=before, after=after, origin=origin)
    return [change_row(change), notice_row(notice)]


def traces_of(
    call: Call, entity: AppEntity, *, before: Record | None, after: Record, origin: Origin
) -> tuple[Change, Notice]:
    """History and the named event of one stored version."""
    by_key = entity.compiled.entity.by_key
    old: Values = {} if before is None else before.values
    changes: dict[str, tuple[Json, Json]] = {
        key: (by_key[key].dump(old.get(key)), by_key[key].dump(value))
        for key, value in after.values.items()
        if key in by_key and value != old.get(key)
    }
    former = None if before is None else before.flow_status
    if after.flow_status != former:
        changes["flow_status"] = (former, after.flow_status)
    change = Change(
        entity_id=entity.id,
        record_id=after.id,
        version=after.version,
        at=call.now,
        actor_id=call.actor_id if origin.is_of_person else None,
        kind=origin.kind,
        changes=changes,
        source=origin.source or None,
        application_version=entity.version,
    )
    notice = Notice(
        id=next(call.ids),
        at=call.now,
        name="record.created" if before is None else "record.updated",
        entity_id=entity.id,
        record_id=after.id,
        payload={"version": after.version, "fields": [*sorted(changes)]},
    )
    return change, notice
