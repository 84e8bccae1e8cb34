"""Keeping stored values right: what is computed from a changed record, and everything after formulas changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from engine.forms.dependencies import changed_entities
from engine.model.expressions import EVERYTHING
from engine.query.sorts import Sort
from engine.runtime.calls import Call
from engine.runtime.catalog import AppEntity, InstalledApp
from engine.runtime.compiling import CompiledApplication
from engine.runtime.following import RECOMPUTED, Moved, computed_values, follow
from engine.runtime.linking import linked_of
from engine.runtime.rolling import with_rollups
from engine.runtime.versioning import write_version
from engine.store.database import Tx

BATCH = 200


async def recompute_changed(tx: Tx, call: Call, app_key: str, *, before: CompiledApplication) -> int:
    """Compute anew what a version that was just published computes in another way than the one before."""
    changed = changed_entities(before.entities, call.catalog.app(app_key).compiled.entities)
    return await recompute_entities(tx, call, app_key, entity_keys=changed)


async def recompute_for_calendars(tx: Tx, call: Call) -> int:
    """Compute anew what formulas make with working calendars; for when one of these has changed."""
    total = 0
    for app in call.catalog.apps.values():
        keys = [
            key
            for key, entity in app.entities.items()
            if any(step.formula.uses_calendar for step in entity.compiled.steps)
        ]
        total += await recompute_entities(tx, call, app.key, entity_keys=keys)
    return total


async def recompute_everything(tx: Tx, call: Call) -> int:
    """Compute every stored value anew; for when the time zone has changed."""
    total = 0
    for app in call.catalog.apps.values():
        total += await recompute_entities(tx, call, app.key, entity_keys=app.entities)
    return total


async def recompute_entities(tx: Tx, call: Call, app_key: str, *, entity_keys: Iterable[str]) -> int:
    """Compute all records of these entities anew, and what others make of them; how many were not right.

    In batches, inside the caller's transaction. For changed formulas, and for calendars that formulas use.
    """
    app = call.catalog.app(app_key)
    wanted = set(entity_keys)
    total = 0
    for key in _sources_first(app, wanted):
        entity = app.entity(key)
        if entity.compiled.steps or entity.compiled.rollups:
            total += await _recompute_entity(tx, call, entity)
    return total


def _sources_first(app: InstalledApp, wanted: set[str]) -> Sequence[str]:
    """The entities in the order in which the first of their fields can be computed; each is stored seldom twice."""
    ordered = dict.fromkeys(place.entity for place in app.compiled.graph.order if place.entity in wanted)
    return [*ordered, *sorted(wanted - ordered.keys())]


async def _recompute_entity(tx: Tx, call: Call, entity: AppEntity) -> int:
    total, after = 0, ""
    while True:
        # unfiltered: what is stored is right whoever may see it; nothing is shown here
        page = await entity.table.page(tx, access=EVERYTHING, sorts=(Sort("id"),), after=(after,), limit=BATCH)
        if not page:
            return total
        after = page[-1].id
        total += await _recompute_records(tx, call, entity, ids=[record.id for record in page])


async def _recompute_records(tx: Tx, call: Call, entity: AppEntity, *, ids: Iterable[str]) -> int:
    # unfiltered: as above, and nobody changes them meanwhile
    records = await entity.table.load(tx, ids, access=EVERYTHING)
    fresh = await with_rollups(tx, call, entity, records=records)
    linked = await linked_of(tx, call, entity, records=[record.values for record in records], lock=True)
    moved: list[Moved] = []
    for record, now in zip(records, fresh, strict=True):
        values = computed_values(call, entity, now, linked=linked)
        if record.changed_by(values):
            after = await write_version(tx, call, entity, before=record, values=values, origin=RECOMPUTED)
            moved.append(Moved(record, after))
    await follow(tx, call, entity, moved=moved, most=None)
    return len(moved)
