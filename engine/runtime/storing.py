"""Changing stored records, with all that is computed from them elsewhere."""

from __future__ import annotations

from dataclasses import replace

from engine.model.values import Values
from engine.runtime.calls import Call
from engine.runtime.catalog import AppEntity
from engine.runtime.following import FLOW_STATUS, MAX_DEPENDENTS, Moved, computed_values, follow
from engine.runtime.linking import linked_of
from engine.runtime.versioning import Origin, store_new, write_version
from engine.store.database import Tx
from engine.store.records import Record


async def store_record(
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
    """Make a record; those it is rolled up into follow. Raises `IdTaken`, `Problems`, `TooManyDependents`."""
    record = await store_new(
        tx,
        call,
        entity,
        values=values,
        origin=origin,
        record_id=record_id,
        created_by=created_by,
        department_id=department_id,
    )
    followed = await follow(tx, call, entity, moved=[Moved(None, record)], most=MAX_DEPENDENTS, told=origin.told)
    return followed.get(record.id, record)


async def store_change(
    tx: Tx,
    call: Call,
    entity: AppEntity,
    *,
    before: Record,
    values: Values,
    origin: Origin,
    flow_status: str | None = None,
) -> Record:
    """Save the next version, or give back the old one when nothing differs; other records follow.

    Raises `VersionConflict`, `Problems`, `TooManyDependents`.
    """
    if flow_status is not None and flow_status != before.flow_status:
        values = await _under_status(tx, call, entity, record=replace(before, flow_status=flow_status), values=values)
    after = await write_version(tx, call, entity, before=before, values=values, origin=origin, flow_status=flow_status)
    followed = await follow(tx, call, entity, moved=[Moved(before, after)], most=MAX_DEPENDENTS, told=origin.told)
    return followed.get(after.id, after)


async def _under_status(tx: Tx, call: Call, entity: AppEntity, *, record: Record, values: Values) -> Values:
    """The values with what is computed from the state of the record's flow."""
    record = replace(record, values={**record.values, **values})
    linked = await linked_of(tx, call, entity, records=[record.values], lock=True)
    return computed_values(call, entity, record, linked=linked, changed=frozenset({FLOW_STATUS}))
