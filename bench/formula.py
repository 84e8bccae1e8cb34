"""Compare formulas with simpleeval and with Python written by hand, on a form of ten computed fields.

    python -m bench.formula [--seconds N] [--rounds N] [--rows N]

All take turns in one process and do the same: each takes an order as it is stored, computes every row and field with
decimals of 34 digits, rounds numbers to the decimals of their fields and yields all values anew. `form` is what the
engine does for a record that is stored, budget of steps and error values included; `formulas` are its formulas alone.
simpleeval gets functions with the same rules, once with its expressions parsed before and once as texts. How a process
happens to hash moves the ratios by a tenth. Also printed: how long parsing and checking one formula takes, over the
formulas of this form and of all templates.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bench import order
from engine.forms.compile import compile_entity
from engine.forms.context import Context
from engine.forms.evaluate import evaluate
from engine.formula.check import Scope, compile_formula
from engine.formula.closures import exactly
from engine.formula.environment import Environment
from engine.formula.fields import to_formula
from engine.model.entities import Entity
from engine.model.values import Row

ROOT = Path(__file__).resolve().parents[1]
BATCH = 50
ZONE = ZoneInfo("Asia/Shanghai")
CONTEXT = Context(now=datetime(2026, 1, 5, 1, tzinfo=UTC), zone=ZONE)


def contenders(rows: int) -> Mapping[str, Callable[[], object]]:
    """What takes turns: each call computes the whole form once."""
    compiled, record = order.entity(), order.record(rows)
    parsed, texts = (order.WithSimpleeval.build(parsed_before=flag) for flag in (True, False))
    return {
        "form": lambda: evaluate(compiled, record, CONTEXT),
        "formulas": bare_formulas(rows),
        "simpleeval, parsed before": lambda: parsed.run(record),
        "simpleeval, from texts": lambda: texts.run(record),
        "by hand": lambda: order.by_hand(record),
    }


def bare_formulas(rows: int) -> Callable[[], object]:
    """The formulas alone over values that are there already, without fields to fit them to."""
    compiled, record = order.entity(), order.record(rows)
    done = evaluate(compiled, record, CONTEXT).values
    lines: tuple[Row, ...] = done["lines"]  # type: ignore[assignment]
    values = {path: to_formula(value, ZONE) for path, value in done.items()}
    for column in ("kind", "amount"):
        values[f"lines.{column}"] = tuple(line.values[column] for line in lines)  # type: ignore[misc]
    whole = [step.formula for step in compiled.steps if step.subform is None]
    amount = next(step.formula for step in compiled.steps if step.subform is not None)

    def run() -> None:
        env = Environment(values.__getitem__, now=CONTEXT.now, zone=ZONE)
        with exactly():
            for line in lines:
                env.look_in(values.__getitem__, line.values)
                amount.value(env)
            env.look_in(values.__getitem__, values)
            for formula in whole:
                formula.value(env)

    return run


def measure(run: Callable[[], object], seconds: float) -> float:
    """Calls a second of the processor's time."""
    count, start = 0, time.process_time()
    while (gone := time.process_time() - start) < seconds:
        for _ in range(BATCH):
            run()
        count += BATCH
    return count / gone


def library_formulas() -> Iterator[tuple[str, Scope]]:
    """Every formula of the templates' entities and of the order form, with what it may name."""
    documents = [json.loads(file.read_text("utf-8")) for file in (ROOT / "templates_library").rglob("entities/*.json")]
    entities = [compile_entity(Entity.model_validate(document)) for document in documents]
    for compiled in (order.entity(), *entities):
        yield from ((rule.rule.check, compiled.scope) for rule in compiled.rules)
        yield from ((formula.source, compiled.scope) for formula in compiled.defaults.values())
        for step in compiled.steps:
            scope = compiled.scope if step.subform is None else compiled.row_scope(step.subform)
            yield step.formula.source, scope


def compile_times() -> list[float]:
    """Milliseconds of parsing and checking, for each formula the median of several times."""
    return [
        statistics.median(_milliseconds(lambda source=source, scope=scope: compile_formula(source, scope)))  # type: ignore[misc]
        for source, scope in library_formulas()
    ]


def _milliseconds(run: Callable[[], object]) -> list[float]:
    found = []
    for _ in range(15):
        start = time.process_time()
        run()
        found.append((time.process_time() - start) * 1000)
    return found


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=0.5, help="time for each turn")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--rows", type=int, default=5, help="rows of the subform")
    given = parser.parse_args()
    runs = contenders(given.rows)
    rates: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(given.rounds):
        for name, run in runs.items():
            rates[name].append(measure(run, given.seconds))
    middle = {name: statistics.median(found) for name, found in rates.items()}
    for name, rate in middle.items():
        print(f"{name:<28}{rate:>9,.0f} forms/s")
    for ours in ("form", "formulas"):
        for other in list(runs)[2:]:
            print(f"{ours} / {other:<28}{middle[ours] / middle[other]:>6.2f}")
    times = compile_times()
    print(f"parse and check, of {len(times)} formulas: {statistics.median(times):.3f} ms, slowest {max(times):.3f} ms")


if __name__ == "__main__":
    main()
