"""Random formulas over random records come to the same value on the server and in the page, equal to the digit."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice
from random import Random
from zoneinfo import ZoneInfo

from engine.calendars.days import days_off, make_up_days
from engine.formula.check import Compiled, compile_formula
from engine.formula.environment import Environment
from engine.formula.functions.registry import FUNCTIONS
from engine.formula.syntax import Call, Node, parts
from engine.formula.values import FormulaBudgetExceeded, FormulaRejected
from engine.formula.vectors import NOW
from engine.formula.wire import wire_formula, wire_value
from engine.model.calendars import STATUTORY
from engine.runtime.holidays import builtin_calendars, holiday_years
from tests.interpreters.page import Page
from tests.interpreters.random_formulas import SCOPE, Making, Record, smallest, source_of

FORMULAS, FORMULAS_PROOF = 3_000, 120_000
AT_ONCE = 500
SHOWN = 12
ZONES = tuple(map(ZoneInfo, ("Asia/Shanghai", "Europe/Berlin", "America/St_Johns", "Pacific/Apia", "UTC")))
SEED = int(os.environ.get("FORMWRIGHT_FORMULA_SEED", "20260105"))


@dataclass(frozen=True)
class Made:
    """A formula that means something, with a record."""

    tree: Node
    record: Record
    compiled: Compiled
    zone: ZoneInfo


def made(seed: int) -> Iterator[Made]:
    """Endlessly many; formulas that publishing refuses are left out."""
    making = Making(Random(seed))
    while True:
        tree = making.formula()
        try:
            compiled = compile_formula(source_of(tree), SCOPE)
        except FormulaRejected:
            continue
        yield Made(tree, making.record(), compiled, making.random.choice(ZONES))


def on_the_server(one: Made) -> object:
    env = Environment(one.record.__getitem__, now=NOW, zone=one.zone, calendars=builtin_calendars())
    try:
        return wire_value(one.compiled.evaluate(env))
    except FormulaBudgetExceeded:
        return {"broken": "budget"}


def asked(one: Made) -> Mapping[str, object]:
    """What the page is asked."""
    return {
        "tree": wire_formula(one.compiled).tree,
        "values": {path: wire_value(one.record[path]) for path in one.compiled.references},
        "now": NOW.astimezone(one.zone).replace(tzinfo=None).isoformat(),
        "zone": one.zone.key,
        **({"calendars": calendars()} if one.compiled.uses_calendar else {}),
    }


@cache
def calendars() -> Mapping[str, object]:
    """The built-in calendar as the page gets it."""
    years = holiday_years(STATUTORY)
    table = {"off": sorted(days_off(years)), "extra": sorted(make_up_days(years))}
    return {"default_calendar": STATUTORY, "calendars": [], "tables": {STATUTORY: table}}


def both(page: Page, batch: Sequence[Made]) -> Iterator[tuple[Made, object, object]]:
    answers = page.answers([asked(one) for one in batch])
    for one, found in zip(batch, answers, strict=True):
        yield one, on_the_server(one), found


def report(page: Page, one: Made) -> str:
    """The smallest formula and record that still differ, with both values."""

    def with_tree(tree: Node) -> Made:
        return replace(one, tree=tree, compiled=compile_formula(source_of(tree), SCOPE))

    def differ(tree: Node) -> bool:
        try:
            smaller = with_tree(tree)
        except FormulaRejected:
            return False
        return on_the_server(smaller) != page.answers([asked(smaller)])[0]

    tree, record = smallest(one.tree, one.record, differ)
    least = with_tree(tree)
    values = json.dumps({path: wire_value(value) for path, value in record.items()}, ensure_ascii=False)
    server, found = on_the_server(least), page.answers([asked(least)])[0]
    return f"{source_of(tree)}  over {values}  in {one.zone.key}\n    server {server!r}\n    page   {found!r}"


def test_random_formulas_come_to_the_same_on_both_sides(page: Page, *, is_proof: bool) -> None:
    count = FORMULAS_PROOF if is_proof else FORMULAS
    source = islice(made(SEED), count)
    different: list[Made] = []
    while batch := list(islice(source, AT_ONCE)):
        different += [one for one, server, found in both(page, batch) if server != found]
    reports = sorted({report(page, one) for one in different[: SHOWN * 4]}, key=len)
    assert not different, f"{len(different)} of {count} differ, such as\n" + "\n".join(reports[:SHOWN])


def functions_in(node: Node) -> Iterator[str]:
    if isinstance(node, Call):
        yield FUNCTIONS[node.name].main_name
    for part in parts(node):
        yield from functions_in(part)


def test_the_random_formulas_use_every_function_and_mostly_come_to_a_value() -> None:
    batch = list(islice(made(SEED), FORMULAS))
    used = {name for one in batch for name in functions_in(one.tree)}
    assert used == {function.main_name for function in FUNCTIONS.values()}
    values = [on_the_server(one) for one in batch]
    failed = sum(isinstance(value, dict) and "error" in value for value in values)
    assert failed < FORMULAS * 0.6
