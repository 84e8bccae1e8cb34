"""Rules over many records: totals are moved by every write, and no write carries one beyond its bounds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from engine.errors import Problem, Problems
from engine.forms.totals import Bounds, CompiledTotal, Source
from engine.model.base import label_template
from engine.model.expressions import EVERYTHING
from engine.model.values import Value, Values
from engine.query.filters import build_expression
from engine.query.match import matches
from engine.runtime.calls import Call
from engine.runtime.catalog import AppEntity, InstalledApp
from engine.store.database import Tx
from engine.store.records import Record
from engine.store.totals import add_to_total, counters_about

CODE = "total_broken"
Told = Callable[[str], str]


@dataclass
class _Move:
    """What one write adds to a group, and the places of its numbers."""

    total: CompiledTotal
    group: str
    delta: Decimal = Decimal(0)
    pointers: list[str] = field(default_factory=list)


def rule_id(app: InstalledApp, total: CompiledTotal) -> str:
    """The name of a total's counters; other keys of its entity keep it."""
    return f"{app.entity(total.entity).id}.{total.total.key}"


def scale_of(app: InstalledApp, total: CompiledTotal) -> int:
    """How many decimals the total is kept with."""
    scales = [0]
    for source in total.sources:
        stored = app.entity(source.entity).table.stored
        columns = stored.subforms[source.subform].columns if source.subform else stored.columns
        if source.amount is not None:
            scales.append(columns[source.amount].scale)
    return max(scales)


def shares(call: Call, app: InstalledApp, source: Source, *, record: Record) -> dict[str, tuple[Decimal, list[str]]]:
    """What a record adds to each group of a source, and where its numbers stand."""
    values: dict[str, Value] = {**record.values, **record.system()}
    if source.where is not None:
        condition = build_expression(source.where, app.entity(source.entity).queried, call.query_context)
        if not matches(condition, values):
            return {}
    found = source.groups(values, call.workspace.zone)
    return {group: (share.amount * source.sign, share.pointers) for group, share in found.items()}


async def count_change(
    tx: Tx, call: Call, entity: AppEntity, *, before: Record | None, after: Record | None, told: Told
) -> None:
    """Move the totals by what a record adds now and added before, and hold their bounds.

    To be called when the record is stored; None: it is new, or it is gone. Raises `Problems` at the places of the
    record, as `told`, where a total would go beyond its bounds, `TotalTooLarge`.
    """
    app = call.catalog.app(entity.app_key)
    counted = app.compiled.counted.get(entity.key)
    if counted:
        moves = _moves(call, app, counted, before=before, after=after)
        await _move(tx, call, app, moves=moves, told=told)
    if before is not None and after is not None:
        await _hold_bounds(tx, call, entity, before=before.values, after=after, told=told)


async def hold_restored(tx: Tx, call: Call, entity: AppEntity, *, record: Record, told: Told) -> None:
    """Hold the bounds that read a record which is there again. Raises `Problems`."""
    await _hold_bounds(tx, call, entity, before=None, after=record, told=told)


def _moves(
    call: Call,
    app: InstalledApp,
    counted: Iterable[tuple[CompiledTotal, Source]],
    *,
    before: Record | None,
    after: Record | None,
) -> list[_Move]:
    """In the order in which the counters are locked, the same for every write."""
    found: dict[tuple[str, str], _Move] = {}
    for total, source in counted:
        rule = rule_id(app, total)
        for record, sign in ((before, -1), (after, 1)):
            for group, (amount, pointers) in (
                {} if record is None else shares(call, app, source, record=record)
            ).items():
                move = found.setdefault((rule, group), _Move(total, group))
                move.delta += sign * amount
                # of a record that left the group only what it was tells where
                move.pointers = pointers if sign > 0 or not move.pointers else move.pointers
    return [found[key] for key in sorted(found) if found[key].delta]


async def _move(tx: Tx, call: Call, app: InstalledApp, *, moves: list[_Move], told: Told) -> None:
    bounds = await _bounds(tx, call, app, moves=moves)
    problems: list[Problem] = []
    for move in moves:
        total = move.total
        value = await add_to_total(
            tx,
            rule_id(app, total),
            group=move.group,
            delta=move.delta,
            target_id=total.target_of(move.group),
            scale=scale_of(app, total),
        )
        limits = bounds[id(move)]
        # what is out of bounds already may come nearer to them
        if limits.is_above(value) if move.delta > 0 else limits.is_below(value):
            problems += _broken(total, move.pointers, told)
    if problems and call.holds_totals:
        raise Problems(problems)


async def _bounds(tx: Tx, call: Call, app: InstalledApp, *, moves: Iterable[_Move]) -> dict[int, Bounds]:
    """The bounds of each group. Nobody changes the records they read before this transaction ends."""
    listed = list(moves)
    wanted: dict[str, dict[str, set[str]]] = {}
    for move in listed:
        target = move.total.target_of(move.group)
        if target is not None:
            wanted.setdefault(move.total.target, {}).setdefault(target, set()).update(move.total.reads)
    found: dict[str, Values] = {}
    for key in sorted(wanted):
        keys = frozenset[str]().union(*wanted[key].values())
        # unfiltered: a bound is the same whoever writes; it is shown to nobody
        found |= await app.entity(key).table.find(tx, wanted[key], access=EVERYTHING, keys=keys, lock=True)
    return {
        id(move): move.total.bounds(move.group, found.get(move.total.target_of(move.group) or ""), call.form_context)
        for move in listed
    }


async def _hold_bounds(
    tx: Tx, call: Call, entity: AppEntity, *, before: Values | None, after: Record, told: Told
) -> None:
    """Hold the bounds that are made of a record that changes; whoever counts with them waits for it."""
    app = call.catalog.app(entity.app_key)
    problems: list[Problem] = []
    for total in app.compiled.bounding.get(entity.key, ()):
        changed = [key for key in sorted(total.reads) if before is None or before.get(key) != after.values.get(key)]
        if changed and call.holds_totals:
            for counter in await counters_about(tx, rule_id(app, total), after.id, scale=scale_of(app, total)):
                now, was = (total.bounds(counter.group, side, call.form_context) for side in (after.values, before))
                if now.breaks_anew(counter.value, was):
                    problems += _broken(total, [f"/{key}" for key in changed], told)
                    break
    if problems:
        raise Problems(problems)


def _broken(total: CompiledTotal, pointers: Iterable[str], told: Told) -> Iterator[Problem]:
    zh, en = (label_template(total.total.message, language) for language in ("zh-CN", "en"))
    for pointer in dict.fromkeys(map(told, pointers)):
        yield Problem(code=CODE, zh=zh, en=en, path=pointer, params={"rule": total.total.key})
