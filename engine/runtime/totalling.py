"""Totals made from all records: when a version is published, and to compare with those that writes have kept."""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal

from engine.errors import Problem, Problems, Rejection
from engine.forms.totals import Bounds, CompiledTotal, parsed_part
from engine.model.expressions import EVERYTHING
from engine.model.field_types.link import LinkField
from engine.model.field_types.number import plain
from engine.model.values import Value
from engine.query.sorts import Sort
from engine.runtime.calls import Call
from engine.runtime.catalog import InstalledApp
from engine.runtime.linking import titles_of
from engine.runtime.record_views import value_text
from engine.runtime.totals import rule_id, scale_of, shares
from engine.store.database import Tx
from engine.store.totals import Counter, forget_totals, list_counters, replace_totals
from engine.store.verify import Finding

BATCH = 500
EXAMPLES = 5


class TotalsBroken(Rejection):
    """Stored records that break a rule which is to be published."""

    code = "totals_broken"
    status = 422
    zh = "已有数据不符合合计规则 “{rule}”: {groups}"
    en = "Stored records break the rule “{rule}”: {groups}"


async def rebuild_changed(tx: Tx, call: Call, app_key: str, *, before: InstalledApp) -> bool:
    """Make the totals of rules anew that count otherwise than before; whether any rule has changed."""
    app = call.catalog.app(app_key)
    old = {rule_id(before, total): total for total in before.compiled.totals}
    new = {rule_id(app, total): total for total in app.compiled.totals}
    await forget_totals(tx, old.keys() - new.keys())
    kept = {rule for rule in new.keys() & old.keys() if _making(app, new[rule]) == _making(before, old[rule])}
    await _rebuild(tx, call, app, totals=[total for rule, total in new.items() if rule not in kept])
    return any(rule not in old or old[rule].total != total.total for rule, total in new.items()) or kept != new.keys()


async def rebuild_all(tx: Tx, call: Call, app_key: str) -> None:
    """Make all totals of an application anew; for when days begin at another time, or records were taken away."""
    app = call.catalog.app(app_key)
    await _rebuild(tx, call, app, totals=app.compiled.totals)


def _making(app: InstalledApp, total: CompiledTotal) -> str:
    """How a total is made: what is counted in which columns, and which records its bounds read."""
    own = total.total.model_dump(mode="json", exclude={"key", "message", "existing", "at_least", "at_most"})
    ids = [
        (app.entity(source.entity).id, app.entity(source.entity).table.stored.field_ids.get(path, path))
        for source in total.sources
        for path in source.paths
    ]
    return repr((own, ids, scale_of(app, total), total.link))


async def _rebuild(tx: Tx, call: Call, app: InstalledApp, *, totals: Sequence[CompiledTotal]) -> None:
    for total in totals:
        made = await _made(tx, call, app, total=total)
        counters = [Counter(group, value, total.target_of(group)) for group, value in sorted(made.items())]
        await replace_totals(tx, rule_id(app, total), counters, scale=scale_of(app, total))


async def _made(tx: Tx, call: Call, app: InstalledApp, *, total: CompiledTotal) -> dict[str, Decimal]:
    """What all records add up to, by group."""
    found: dict[str, Decimal] = {}
    for source in total.sources:
        table, after = app.entity(source.entity), ""
        while True:
            # unfiltered: a total is that of all records, whoever may see them
            page = await table.table.page(tx, access=EVERYTHING, sorts=(Sort("id"),), after=(after,), limit=BATCH)
            for record in page:
                for group, (amount, _) in shares(call, app, source, record=record).items():
                    found[group] = found.get(group, Decimal(0)) + amount
            if len(page) < BATCH:
                break
            after = page[-1].id
    return {group: value for group, value in found.items() if value}


async def _kept(tx: Tx, app: InstalledApp, total: CompiledTotal) -> dict[str, Decimal]:
    """The totals that writes have kept, but for those that are nothing."""
    found: dict[str, Decimal] = {}
    after = ""
    while True:
        counters, after = await list_counters(tx, rule_id(app, total), after=after, scale=scale_of(app, total))
        found |= {counter.group: counter.value for counter in counters if counter.value}
        if not after:
            return found


async def refuse_broken(tx: Tx, call: Call, app_key: str) -> None:
    """Raises `Problems` with groups that are out of bounds, for every rule that does not allow it."""
    app = call.catalog.app(app_key)
    problems = []
    for total in app.compiled.totals:
        if total.total.existing == "allow":
            continue
        broken = await _out_of_bounds(tx, call, app, total=total)
        if broken:
            named = await _named(tx, call, app, total=total, groups=broken[:EXAMPLES])
            more = [] if len(broken) <= EXAMPLES else [f"… ({len(broken)})"]
            position = app.compiled.entities[total.entity].entity.totals.index(total.total)
            fault = TotalsBroken(rule=total.total.key, groups="; ".join([*named, *more]))
            problems.append(Problem.of(fault, path=f"/totals/{position}", file=f"entities/{total.entity}.json"))
    if problems:
        raise Problems(problems)


async def _out_of_bounds(
    tx: Tx, call: Call, app: InstalledApp, *, total: CompiledTotal
) -> list[tuple[str, Decimal, Bounds]]:
    """Groups of a rule with their totals and the bounds that these are beyond."""
    kept = await _kept(tx, app, total)
    targets: dict[str, dict[str, Value]] = {}
    if total.link is not None:
        ids = {target for target in map(total.target_of, kept) if target is not None}
        # unfiltered: bounds are the same for everybody
        targets = await app.entity(total.target).table.find(tx, ids, access=EVERYTHING, keys=total.reads)
    found = []
    for group, value in sorted(kept.items()):
        bounds = total.bounds(group, targets.get(total.target_of(group) or ""), call.form_context)
        if bounds.is_broken(value):
            found.append((group, value, bounds))
    return found


async def _named(
    tx: Tx, call: Call, app: InstalledApp, *, total: CompiledTotal, groups: Sequence[tuple[str, Decimal, Bounds]]
) -> list[str]:
    """The groups as people know them, with their totals: `Tower, 2026: 120`."""
    parts = total.sources[0].parts
    linked: dict[str, set[str]] = {}
    for group, _, _ in groups:
        for part, item in zip(parts, json.loads(group), strict=True):
            if isinstance(part.field, LinkField):
                linked.setdefault(part.field.target, set()).add(item)
    titles = await titles_of(tx, call, app.key, wanted=linked)
    made = []
    for group, value, _ in groups:
        words = [
            str(item)
            if part.period is not None
            else titles.get(item)
            or value_text(part.field, parsed_part(part.field, item), directory=call.directory, language=call.language)
            for part, item in zip(parts, json.loads(group), strict=True)
        ]
        made.append(f"{', '.join(words)}: {plain(value)}" if words else plain(value))
    return made


async def verify_totals(tx: Tx, call: Call, app_key: str) -> list[Finding]:
    """Totals that are not those of the records, and those that are out of bounds."""
    app = call.catalog.app(app_key)
    found: list[Finding] = []
    for total in app.compiled.totals:
        subject = f"{app_key}/{total.entity}/{total.total.key}"
        kept, made = await _kept(tx, app, total), await _made(tx, call, app, total=total)
        found += [
            Finding("totals_are_those_of_the_records", f"{subject}/{group}")
            for group in sorted(kept.keys() | made.keys())
            if kept.get(group) != made.get(group)
        ]
        if total.total.existing != "allow":
            broken = await _out_of_bounds(tx, call, app, total=total)
            found += [Finding("totals_are_within_their_bounds", f"{subject}/{group}") for group, _, _ in broken]
    return found
