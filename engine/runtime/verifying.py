"""Whether what is stored hangs together: invariants of the tables, and every flow replayed from its events."""

from __future__ import annotations

from dataclasses import dataclass

from engine.flow.apply import fold
from engine.flow.events import load_events
from engine.flow.state import Instance, load_instance
from engine.model.canonical import hash_of
from engine.model.expressions import EVERYTHING
from engine.query.sorts import Sort
from engine.runtime.calls import Call
from engine.runtime.catalog import AppEntity
from engine.runtime.following import computed_values
from engine.runtime.linking import linked_of
from engine.runtime.rolling import with_rollups
from engine.store.applications import list_documents
from engine.store.database import Tx
from engine.store.drift import find_drift
from engine.store.flows import find_instance, list_events, list_tasks
from engine.store.verify import Finding, check_entity, check_system_tables, list_instance_ids

CHUNK = 200


@dataclass(frozen=True)
class Verified:
    """How much was looked at, and everything that is broken."""

    entities: int
    instances: int
    findings: tuple[Finding, ...]


async def verify_tables(tx: Tx, call: Call) -> tuple[Finding, ...]:
    """Invariants of system tables and record tables."""
    found = await check_system_tables(tx)
    found += [
        Finding("a_version_is_what_was_published", f"{version.application_id}/{version.number}")
        for version in await list_documents(tx)
        if hash_of(version.document) != version.hash
    ]
    for _, entity in call.catalog.by_entity.values():
        found += await check_entity(tx, entity.table.stored)
    return tuple(found)


async def verify_computed(tx: Tx, call: Call, entity: AppEntity, *, after: str) -> tuple[list[str], list[Finding]]:
    """The next 200 records of an entity behind an id: those looked at, and computed values that are not right."""
    # unfiltered: whether everything hangs together concerns every record
    page = await entity.table.page(tx, access=EVERYTHING, sorts=(Sort("id"),), after=(after,), limit=CHUNK)
    linked = await linked_of(tx, call, entity, records=[record.values for record in page])
    found: list[Finding] = []
    for record, fresh in zip(page, await with_rollups(tx, call, entity, records=page), strict=True):
        values = computed_values(call, entity, fresh, linked=linked)
        found += [
            Finding("computed_values_are_what_formulas_make", f"{entity.app_key}/{entity.key}/{record.id}/{key}")
            for key in sorted(record.changed_by(values))
        ]
    return [record.id for record in page], found


async def verify_instances(tx: Tx, *, after: str) -> tuple[list[str], list[Finding]]:
    """The next 200 instances behind an id: those looked at, and what is broken about them."""
    ids = await list_instance_ids(tx, after=after, limit=CHUNK)
    found: list[Finding] = []
    for instance_id in ids:
        found += await _verify_instance(tx, instance_id)
    return ids, found


async def _verify_instance(tx: Tx, instance_id: str) -> list[Finding]:
    stored = await find_instance(tx, instance_id)
    if stored is None:
        return [Finding("instance_is_there", instance_id)]
    snapshot = load_instance(stored.snapshot)
    found = []
    if _replayed([event.payload for event in await list_events(tx, instance_id)]) != snapshot:
        found.append(Finding("snapshot_is_what_the_events_make", instance_id))
    if (snapshot.status, snapshot.seq) != (stored.status, stored.seq):
        found.append(Finding("row_says_what_the_snapshot_says", instance_id))
    tasks = await list_tasks(tx, instance_id)
    is_open = {(task.number, task.member_id, task.node_key) for task in tasks if task.state == "open"}
    if is_open != {(task.number, task.member, task.node) for task in snapshot.tasks.values()}:
        found.append(Finding("open_tasks_are_those_of_the_snapshot", instance_id))
    return found


def _replayed(payloads: list[str]) -> Instance | None:
    """What the events make; None when they do not fit together."""
    try:
        return fold(load_events(payloads))
    except (LookupError, ValueError):
        return None


async def find_drifts(tx: Tx, call: Call) -> list[str]:
    """Columns that published definitions need and the tables do not have, as `table.column`."""
    found: list[str] = []
    for _, entity in call.catalog.by_entity.values():
        found += await find_drift(tx, entity.table.stored)
    return found
