"""What other records make of those that change: through links from them, and by rolling up those that link to them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from engine.errors import Problem, Problems, Rejection
from engine.forms.dependencies import Back
from engine.forms.evaluate import evaluate
from engine.forms.validate import broken_rules
from engine.formula.linked import Linked
from engine.model.expressions import EVERYTHING
from engine.model.system_fields import SYSTEM_FIELD_TYPES
from engine.model.values import Value, Values
from engine.runtime.calls import Call
from engine.runtime.catalog import AppEntity, InstalledApp
from engine.runtime.linking import linked_of
from engine.runtime.rolling import parents_of, rolled_up
from engine.runtime.versioning import Origin, stage_version, write_version
from engine.store.database import Tx
from engine.store.records import Record

MAX_DEPENDENTS = 10_000
RECOMPUTED = Origin("recomputed")
FLOW_STATUS = "flow_status"
Told = Callable[[str], str]


class TooManyDependents(Rejection):
    """One change that would compute too many records anew in one transaction."""

    code = "too_many_dependents"
    status = 422
    zh = "此修改会使超过 {max} 条关联它的数据需要重新计算, 不能在一次操作中完成"
    en = "More than {max} records that link here would have to be computed anew, which one change cannot do"


@dataclass(frozen=True)
class Moved:
    """A record as it was, and as it is stored now; None: it was not there, or is gone."""

    before: Record | None
    after: Record | None

    @property
    def id(self) -> str:
        """The id of the record."""
        return next(record.id for record in self.states)

    @property
    def states(self) -> tuple[Record, ...]:
        """What it was and is."""
        return tuple(record for record in (self.before, self.after) if record is not None)

    def changed(self, entity: AppEntity) -> frozenset[str]:
        """The keys of its fields and system fields that are others now."""
        if self.before is None or self.after is None:
            return frozenset(entity.compiled.entity.by_key) | SYSTEM_FIELD_TYPES.keys()
        status = {FLOW_STATUS} if self.before.flow_status != self.after.flow_status else set()
        return self.before.changed_by(self.after.values) | status

    @property
    def is_new(self) -> bool:
        """Whether nobody can have linked to it before."""
        return self.before is None and self.after is not None and self.after.version == 1


# by record: the keys of its fields that are others now
_Changes = Mapping[str, Mapping[str, frozenset[str]]]


@dataclass
class _Wave:
    """Records computed anew and not stored yet. `before`: as they are stored; `now`: with their new values.

    `staged`: those whose new values the database has already, for roll-ups to be made of. `causes`: where in what was
    written stands why a record is computed anew.
    """

    moved: Mapping[str, Moved]
    before: dict[str, Record] = field(default_factory=dict)
    now: dict[str, Record] = field(default_factory=dict)
    staged: dict[str, Record] = field(default_factory=dict)
    entities: dict[str, AppEntity] = field(default_factory=dict)
    causes: dict[str, str] = field(default_factory=dict)

    def states(self, record_id: str) -> Iterator[Values]:
        """All values a record had or has, as far as this change is about it."""
        if record_id in self.moved:
            yield from (record.values for record in self.moved[record_id].states)
        if record_id in self.now:
            yield self.before[record_id].values
            yield self.now[record_id].values

    def note_cause(self, record_id: str, *, source: str, pointer: str) -> None:
        """Why it is computed anew: what was written itself, or what lies behind that."""
        self.causes.setdefault(record_id, self.causes.get(source, pointer if source in self.moved else ""))


# records of an entity to be computed anew: paths through links with other values, and roll-ups, by record
_Marks = dict[str, set[str]]


async def follow(
    tx: Tx,
    call: Call,
    entity: AppEntity,
    *,
    moved: Sequence[Moved],
    most: int | None,
    told: Told = str,
) -> Mapping[str, Record]:
    """Compute anew what other records make of these that were written, and give back all that were computed.

    Each record is stored once, after its values are settled. Raises `TooManyDependents` beyond `most` records,
    `RollupTooLarge`, and `Problems` where a rule about a roll-up would not hold, at the place of the link, as `told`.
    Without `most`, when definitions or surroundings have changed, rules are not asked.
    """
    app = call.catalog.app(entity.app_key)
    changes: _Changes = {entity.key: {item.id: item.changed(entity) for item in moved}}
    if not _are_read(app, changes):
        return {}
    wave = _Wave({item.id: item for item in moved})
    while changes:
        links = await _dirty(tx, app, wave, changes=changes, most=most)
        rollups = await _rolled_into(tx, call, app, wave=wave, changes=changes)
        changes = {
            key: found
            for key in dict.fromkeys([*links, *rollups])
            if (
                found := await _compute(
                    tx, call, app.entity(key), links=links.get(key, {}), rollups=rollups.get(key, {}), wave=wave
                )
            )
        }
        if most is not None and len(wave.before) > most:
            raise TooManyDependents(max=most)
    if most is not None:
        await _hold_rules(tx, call, wave, told=told)
    return await _write(tx, call, wave)


def _are_read(app: InstalledApp, changes: _Changes) -> bool:
    compiled = app.compiled
    return any(
        (key, name) in compiled.link_reads or (key, name) in compiled.rollup_reads
        for key, records in changes.items()
        for names in records.values()
        for name in names
    )


async def _write(tx: Tx, call: Call, wave: _Wave) -> dict[str, Record]:
    written = {}
    for record_id, now in wave.now.items():
        written[record_id] = await write_version(
            tx,
            call,
            wave.entities[record_id],
            before=wave.before[record_id],
            values=now.values,
            origin=RECOMPUTED,
            staged=wave.staged.get(record_id),
        )
    return written


async def _dirty(
    tx: Tx, app: InstalledApp, wave: _Wave, *, changes: _Changes, most: int | None
) -> dict[str, dict[str, set[str]]]:
    """The paths through links that have other values now, by entity and record."""
    by_read: dict[Back, set[str]] = {}
    for key, records in changes.items():
        for record_id, changed in records.items():
            if record_id in wave.moved and wave.moved[record_id].is_new and record_id not in wave.now:
                continue
            for name in changed:
                for back in app.compiled.link_reads.get((key, name), ()):
                    by_read.setdefault(back, set()).add(record_id)
    found: dict[str, dict[str, set[str]]] = {}
    for back, ids in by_read.items():
        for record_id in await _users(tx, app, back, ids=ids, most=most):
            found.setdefault(back.entity, {}).setdefault(record_id, set()).add(back.path)
            wave.note_cause(record_id, source=next(iter(ids)), pointer="")
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


async def _rolled_into(
    tx: Tx, call: Call, app: InstalledApp, *, wave: _Wave, changes: _Changes
) -> dict[str, dict[str, set[str]]]:
    """The roll-ups that have other values now, by entity and record; what they are made of is in the database."""
    found: dict[str, dict[str, set[str]]] = {}
    sources = set()
    for key, records in changes.items():
        for record_id, changed in records.items():
            parents = parents_of(app, key, changed=changed, states=wave.states(record_id))
            for (into, rollup, by), ids in parents.items():
                sources.add(key)
                for parent in ids:
                    found.setdefault(into, {}).setdefault(parent, set()).add(rollup)
                    wave.note_cause(parent, source=record_id, pointer=f"/{by.partition('.')[0]}")
    for record_id, now in wave.now.items():
        if wave.entities[record_id].key in sources:
            known = wave.staged.get(record_id, wave.before[record_id])
            wave.staged[record_id] = await stage_version(
                tx, call, wave.entities[record_id], before=known, values=now.values
            )
    return found


async def _compute(
    tx: Tx,
    call: Call,
    entity: AppEntity,
    *,
    links: Mapping[str, set[str]],
    rollups: Mapping[str, set[str]],
    wave: _Wave,
) -> dict[str, frozenset[str]]:
    """Compute the records as far as paths and roll-ups reach; the fields that have other values now, by record."""
    ids = dict.fromkeys([*links, *rollups])
    new = [record_id for record_id in ids if record_id not in wave.before]
    # unfiltered: what is stored is right whoever caused it; it is shown to nobody here. Who holds a record that others
    # link to may be waiting for these, so that those that are rolled up never wait for it
    for record in await entity.table.load(tx, new, access=EVERYTHING, waits=not rollups):
        wave.before[record.id] = wave.now[record.id] = record
        wave.entities[record.id] = entity
    former = {record_id: wave.now[record_id] for record_id in ids if record_id in wave.now}
    records = await _rolled_anew(tx, call, entity, records=former, rollups=rollups)
    linked = _overlaid(await linked_of(tx, call, entity, records=[item.values for item in records], lock=True), wave)
    found: dict[str, frozenset[str]] = {}
    for record in records:
        marks = frozenset(links.get(record.id, ())) | rollups.get(record.id, set())
        values = computed_values(call, entity, record, linked=linked, changed=marks)
        changed = former[record.id].changed_by(values)
        if changed:
            found[record.id] = changed
            wave.now[record.id] = replace(record, values=values)
    return found


async def _rolled_anew(
    tx: Tx, call: Call, entity: AppEntity, *, records: Mapping[str, Record], rollups: Mapping[str, set[str]]
) -> list[Record]:
    """The records with those of their roll-ups that have other values now."""
    made: dict[str, dict[str, Value]] = {record_id: {} for record_id in records}
    for rollup in entity.compiled.rollups:
        ids = [record_id for record_id in records if rollup.key in rollups.get(record_id, ())]
        found = await rolled_up(tx, call, entity, rollup=rollup, record_ids=ids) if ids else {}
        for record_id, value in found.items():
            made[record_id][rollup.key] = value
    return [replace(record, values={**record.values, **made[record.id]}) for record in records.values()]


def _overlaid(linked: Linked, wave: _Wave) -> Linked:
    """What links lead to, with the new values of records that are not stored yet."""
    records: dict[str, Values] = {}
    for record_id, values in linked.records.items():
        now = wave.now.get(record_id)
        known = {} if now is None else now.values
        records[record_id] = {key: known.get(key, value) for key, value in values.items()}
    return replace(linked, records=records)


async def _hold_rules(tx: Tx, call: Call, wave: _Wave, *, told: Told) -> None:
    """Raises `Problems` where a rule that reads what was rolled up does not hold with the new values."""
    problems: list[Problem] = []
    for record_id, now in wave.now.items():
        entity = wave.entities[record_id]
        changed = wave.before[record_id].changed_by(now.values)
        asked = [
            rule
            for rule in entity.compiled.rolled_rules
            if any(path.partition(".")[0] in changed for path in rule.formula.references)
        ]
        if asked:
            linked = _overlaid(await linked_of(tx, call, entity, records=[now.values], lock=True), wave)
            context = replace(call.form_context, system=now.system(), linked=linked)
            problems += broken_rules(asked, now.values, context, pointer=told(wave.causes.get(record_id, "")))
    if problems:
        raise Problems(problems)


def computed_values(
    call: Call, entity: AppEntity, record: Record, *, linked: Linked, changed: frozenset[str] | None = None
) -> dict[str, Value]:
    """The record's values with its computed ones as they must be; only those that the `changed` paths reach."""
    context = replace(call.form_context, system=record.system(), linked=linked)
    return evaluate(entity.compiled, record.values, context, changed=changed).values
