"""Keeping stored values right: what is computed from a changed record, and everything after formulas changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from engine.errors import Rejection
from engine.forms.dependencies import Back, changed_entities
from engine.forms.evaluate import evaluate
from engine.formula.linked import Linked
from engine.model.expressions import EVERYTHING
from engine.model.values import Value, Values
from engine.query.sorts import Sort
from engine.runtime.calls import Call
from engine.runtime.catalog import AppEntity, InstalledApp
from engine.runtime.compiling import CompiledApplication
from engine.runtime.linking import linked_of
from engine.runtime.versioning import Origin, write_version
from engine.store.database import Tx
from engine.store.records import Record

MAX_DEPENDENTS = 10_000
BATCH = 200
RECOMPUTED = Origin("recomputed")


class TooManyDependents(Rejection):
    """One change that would compute too many records anew in one transaction."""

    code = "too_many_dependents"
    status = 422
    zh = "此修改会使超过 {max} 条关联它的数据需要重新计算, 不能在一次操作中完成"
    en = "More than {max} records that link here would have to be computed anew, which one change cannot do"


@dataclass
class _Wave:
    """Records computed anew and not stored yet. `before`: as they are stored; `now`: with their new values."""

    before: dict[str, Record] = field(default_factory=dict)
    now: dict[str, Record] = field(default_factory=dict)
    entities: dict[str, AppEntity] = field(default_factory=dict)


async def follow(
    tx: Tx,
    call: Call,
    entity: AppEntity,
    *,
    record_ids: Iterable[str],
    changed: frozenset[str],
    most: int | None,
) -> None:
    """Compute anew what other records make, through links, of fields that were `changed` in these stored records.

    Each record is stored once, after its values are settled. Raises `TooManyDependents` beyond `most` records,
    `Problems`.
    """
    app = call.catalog.app(entity.app_key)
    if not any((entity.key, key) in app.compiled.link_reads for key in changed):
        return
    wave = _Wave()
    changes: dict[str, dict[str, frozenset[str]]] = {entity.key: dict.fromkeys(record_ids, changed)}
    while changes:
        dirty = await _dirty(tx, app, changes=changes, most=most)
        changes = {}
        for key, marks in dirty.items():
            found = await _compute(tx, call, app.entity(key), marks=marks, wave=wave)
            if found:
                changes[key] = found
        if most is not None and len(wave.before) > most:
            raise TooManyDependents(max=most)
    for record_id, after in wave.now.items():
        await write_version(
            tx, call, wave.entities[record_id], before=wave.before[record_id], values=after.values, origin=RECOMPUTED
        )


async def _dirty(
    tx: Tx, app: InstalledApp, *, changes: Mapping[str, Mapping[str, frozenset[str]]], most: int | None
) -> dict[str, dict[str, set[str]]]:
    """The paths through links that have other values now, by entity and record."""
    by_read: dict[Back, set[str]] = {}
    for key, records in changes.items():
        for record_id, changed in records.items():
            for name in changed:
                for back in app.compiled.link_reads.get((key, name), ()):
                    by_read.setdefault(back, set()).add(record_id)
    found: dict[str, dict[str, set[str]]] = {}
    for back, ids in by_read.items():
        for record_id in await _users(tx, app, back, ids=ids, most=most):
            found.setdefault(back.entity, {}).setdefault(record_id, set()).add(back.path)
    return found


async def _users(tx: Tx, app: InstalledApp, back: Back, *, ids: Iterable[str], most: int | None) -> Iterable[str]:
    """The records from which the links of the way lead to these records. Raises `TooManyDependents`."""
    found = list(ids)
    limit = None if most is None else most + 1
    for hop in reversed(back.hops):
        found = await app.entity(hop.source).table.linking(tx, hop.field, found, limit=limit)
        if most is not None and len(found) > most:
            # the list was cut: whoever links to one that is not in it would keep a wrong value
            raise TooManyDependents(max=most)
    return found


async def _compute(
    tx: Tx, call: Call, entity: AppEntity, *, marks: Mapping[str, set[str]], wave: _Wave
) -> dict[str, frozenset[str]]:
    """Compute the records as far as the paths reach; the fields that have other values than before, by record."""
    new = [record_id for record_id in marks if record_id not in wave.before]
    # unfiltered: what is stored is right whoever caused it; it is shown to nobody here
    for record in await entity.table.load(tx, new, access=EVERYTHING):
        wave.before[record.id] = wave.now[record.id] = record
        wave.entities[record.id] = entity
    records = [wave.now[record_id] for record_id in marks if record_id in wave.now]
    linked = _overlaid(await linked_of(tx, call, entity, records=[item.values for item in records], lock=True), wave)
    found: dict[str, frozenset[str]] = {}
    for record in records:
        values = computed_values(call, entity, record, linked=linked, changed=frozenset(marks[record.id]))
        changed = record.changed_by(values)
        if changed:
            found[record.id] = changed
            wave.now[record.id] = replace(record, values=values)
    return found


def _overlaid(linked: Linked, wave: _Wave) -> Linked:
    """What links lead to, with the new values of records that are not stored yet."""
    records: dict[str, Values] = {}
    for record_id, values in linked.records.items():
        now = wave.now.get(record_id)
        known = {} if now is None else now.values
        records[record_id] = {key: known.get(key, value) for key, value in values.items()}
    return replace(linked, records=records)


def computed_values(
    call: Call, entity: AppEntity, record: Record, *, linked: Linked, changed: frozenset[str] | None = None
) -> dict[str, Value]:
    """The record's values with its computed ones as they must be; only those that the `changed` paths reach."""
    context = replace(call.form_context, system=record.system(), linked=linked)
    return evaluate(entity.compiled, record.values, context, changed=changed).values


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
        if entity.compiled.steps:
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
    linked = await linked_of(tx, call, entity, records=[record.values for record in records], lock=True)
    differing: dict[frozenset[str], list[str]] = {}
    for record in records:
        values = computed_values(call, entity, record, linked=linked)
        changed = record.changed_by(values)
        if changed:
            await write_version(tx, call, entity, before=record, values=values, origin=RECOMPUTED)
            differing.setdefault(changed, []).append(record.id)
    for changed, changed_ids in differing.items():
        await follow(tx, call, entity, record_ids=changed_ids, changed=changed, most=None)
    return sum(len(listed) for listed in differing.values())
