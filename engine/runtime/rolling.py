"""Roll-ups: what they are made of by SQL, and the records whose roll-ups a write changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from engine.errors import Rejection
from engine.forms.rollups import Rollup
from engine.formula.closures import exactly
from engine.formula.fields import fitted, fitting
from engine.formula.values import ErrorValue
from engine.model.expressions import EVERYTHING
from engine.model.values import Scalar, Value, Values
from engine.query.filters import build_expression
from engine.runtime.calls import Call
from engine.runtime.catalog import AppEntity, InstalledApp
from engine.runtime.linking import ids_at
from engine.store.database import Tx
from engine.store.records import Record
from engine.store.rollups import Wanted


class RollupTooLarge(Rejection):
    """A sum with more digits than its field can hold."""

    code = "rollup_too_large"
    status = 422
    zh = "“{field}” 的汇总结果超出可保存的位数"
    en = "What “{field}” adds up to has more digits than can be stored"


async def rolled_up(
    tx: Tx, call: Call, entity: AppEntity, *, rollup: Rollup, record_ids: Sequence[str]
) -> dict[str, Value]:
    """What a roll-up comes to for each of these records of the entity, by what is stored now.

    Raises `RollupTooLarge`.
    """
    authored = rollup.authored
    child = call.catalog.app(entity.app_key).entity(authored.entity)
    where = EVERYTHING
    if authored.where is not None:
        where = build_expression(authored.where, child.queried, call.query_context)
    wanted = Wanted(authored.by, authored.function, authored.field, where)
    found = await child.table.rollups.take(tx, wanted, record_ids)
    return {
        record_id: _held(call, rollup, found[record_id]) if record_id in found else rollup.initial
        for record_id in record_ids
    }


def _held(call: Call, rollup: Rollup, value: Scalar) -> Value:
    """Least and greatest values are those of a record; sums and averages are fitted to the field."""
    if rollup.authored.function in {"min", "max"}:
        return value
    with exactly():
        held = fitted(fitting(rollup.field), value, call.workspace.zone)  # type: ignore[arg-type]  # a number
    if isinstance(held, ErrorValue):
        raise RollupTooLarge(field=rollup.key)
    return held


async def with_rollups(tx: Tx, call: Call, entity: AppEntity, *, records: Sequence[Record]) -> list[Record]:
    """The records with their roll-ups as they must be; values made from these are not computed anew."""
    ids = [record.id for record in records]
    made: dict[str, dict[str, Value]] = {record_id: {} for record_id in ids}
    for rollup in entity.compiled.rollups:
        for record_id, value in (await rolled_up(tx, call, entity, rollup=rollup, record_ids=ids)).items():
            made[record_id][rollup.key] = value
    return [replace(record, values={**record.values, **made[record.id]}) for record in records]


async def hold_rolled_into(tx: Tx, call: Call, entity: AppEntity, *, states: Iterable[Values], is_first: bool) -> None:
    """Lock the records that records of the entity in these states are rolled up into.

    `is_first`: the unit holds nothing yet, so that it may wait for them; else it begins anew while they are held.
    """
    app = call.catalog.app(entity.app_key)
    ways = app.compiled.rolled_into(entity.key)
    if not ways:
        return
    listed = list(states)
    wanted: dict[str, set[str]] = {}
    for into in ways:
        wanted.setdefault(into.entity, set()).update(item for values in listed for item in ids_at(values, into.by))
    for key in sorted(wanted):
        await app.entity(key).table.rollups.hold(tx, wanted[key], waits=is_first)


def parents_of(
    app: InstalledApp, entity_key: str, *, changed: Iterable[str], states: Iterable[Values]
) -> Mapping[tuple[str, str, str], set[str]]:
    """The records whose roll-ups a record counts in, or did, by entity, roll-up and the link that leads there."""
    reads = app.compiled.rollup_reads
    listed = list(states)
    found: dict[tuple[str, str, str], set[str]] = {}
    for into in {into for name in changed for into in reads.get((entity_key, name), ())}:
        ids = {item for values in listed for item in ids_at(values, into.by)}
        if ids:
            found[into.entity, into.key, into.by] = ids
    return found
