"""Whole forms come to the same computed values in the page as on the server: rounded, cut, in order, row by row."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random

from engine.forms.compile import CompiledEntity, check_entity
from engine.forms.context import Context
from engine.forms.evaluate import evaluate
from engine.forms.local import GIVEN_NEW, local_formulas
from engine.formula.check import compile_formula
from engine.formula.syntax import Node
from engine.formula.values import FormulaBudgetExceeded, FormulaRejected
from engine.formula.vectors import NOW, ZONE
from engine.model.entities import Entity
from engine.model.field_types.datetime import dump_instant
from engine.model.field_types.subform import SubformField
from engine.model.fields import EntityField
from engine.model.values import Row, Scalar, Value, Values
from tests.interpreters.page import Page, running_page
from tests.interpreters.random_formulas import DAYS, SCOPE, TEXTS, Making, source_of

FORMS, FORMS_PROOF = 60, 500
RECORDS = 10
SEED = 20260105
MEMBERS = ("a" * 24, "b" * 24)
CONTEXT = Context(now=NOW, zone=ZONE)
ENTERED: Mapping[str, Mapping[str, object]] = {
    "n": {"type": "number", "decimals": 2},
    "m": {"type": "number", "decimals": 8, "digits": 18},
    "i": {"type": "number"},
    "t": {"type": "text"},
    "u": {"type": "long_text"},
    "b": {"type": "boolean"},
    "d": {"type": "date"},
    "e": {"type": "date"},
    "at": {"type": "datetime"},
    "kind": {"type": "select", "options": [{"key": key, "title": key} for key in ("a", "b", "x")]},
    "clock": {"type": "time"},
    "long": {"type": "duration"},
    "stars": {"type": "rating"},
    "way": {"type": "progress", "decimals": 1},
    "who": {"type": "member"},
    "tags": {"type": "multi_select", "options": [{"key": key, "title": key} for key in ("x", "y", "z")]},
}
COLUMNS: Mapping[str, Mapping[str, object]] = {
    "amount": {"type": "number", "decimals": 2},
    "qty": {"type": "number", "decimals": 3},
    "name": {"type": "text"},
    "ok": {"type": "boolean"},
    "day": {"type": "date"},
    "at": {"type": "datetime"},
}
COMPUTED: Sequence[Mapping[str, object]] = (
    {"type": "number", "decimals": 2},
    {"type": "number", "decimals": 0},
    {"type": "number", "decimals": 8, "digits": 18},
    {"type": "text", "max_length": 5},
    {"type": "long_text"},
    {"type": "boolean"},
    {"type": "date"},
    {"type": "datetime"},
    {"type": "time"},
    {"type": "time", "precision": "second"},
    {"type": "duration", "min": -100},
    {"type": "rating"},
    {"type": "progress", "decimals": 2},
)
# in a row its own columns stand for fields of the record
IN_ROW = {"{n}": "{amount}", "{i}": "{qty}", "{t}": "{name}", "{b}": "{ok}", "{d}": "{day}"}


def _members(key: str, members: Mapping[str, object]) -> dict[str, object]:
    return {"key": key, "title": key, **members}


def entity_with(computed: Sequence[Mapping[str, object]], columns: Sequence[Mapping[str, object]]) -> Entity:
    lines = [*(_members(key, members) for key, members in COLUMNS.items()), *columns]
    fields = [
        *(_members(key, members) for key, members in ENTERED.items()),
        _members("lines", {"type": "subform", "fields": lines}),
        *computed,
    ]
    return Entity.model_validate({"key": "thing", "title": "Thing", "fields": fields})


def formulas(making: Making) -> Iterator[str]:
    """Texts that mean something over the fields of the form."""
    while True:
        tree: Node = making.formula()
        source = source_of(tree)
        if "{x}" in source or "{mixed}" in source:
            continue
        try:
            compiled = compile_formula(source, SCOPE)
        except FormulaRejected:
            continue
        if not compiled.uses_clock and not compiled.uses_calendar:
            yield source


def random_form(random: Random) -> CompiledEntity:
    """A form with computed fields and columns; a field may be made from those before it."""
    source = formulas(Making(random))
    computed: list[dict[str, object]] = []
    for place in range(8):
        text = next(source)
        for before in random.sample(computed, min(2, len(computed))):
            text = text.replace("{n}" if before["type"] == "number" else "{t}", f"{{{before['key']}}}", 1)
        computed.append({**_members(f"c{place}", random.choice(COMPUTED)), "computed": text})
    columns = []
    for place in range(2):
        text = next(source)
        for outer, inner in IN_ROW.items():
            text = text.replace(outer, inner) if random.random() < 0.8 else text
        columns.append({**_members(f"k{place}", random.choice(COMPUTED)), "computed": text})
    while True:
        checked = check_entity(entity_with(computed, columns))
        if not checked.is_broken:
            return checked.compiled
        computed, columns = _sound(computed, checked.problems), _sound(columns, checked.problems)


def _sound(fields: list[dict[str, object]], problems: Sequence[object]) -> list[dict[str, object]]:
    """One formula less: another kind of an earlier field may leave one without meaning."""
    return fields[:-1] if problems else fields


def random_record(random: Random, making: Making) -> Values:
    """Canonical values, many of them empty."""
    kinds = {key: str(members["type"]) for key, members in ENTERED.items()}
    values: dict[str, Value] = {key: _value(random, key, kind) for key, kind in kinds.items()}
    rows = [
        Row(None, {key: _value(random, key, str(members["type"])) for key, members in COLUMNS.items()})
        for _ in range(random.choice((0, 1, 2, 4)))
    ]
    return {**values, "lines": tuple(rows) or None}


def _value(random: Random, key: str, kind: str) -> Scalar:
    if random.random() < 0.15:
        return None
    match kind:
        case "number":
            decimals = int(str({**ENTERED, **COLUMNS}[key].get("decimals", 0)))
            most = random.choice((10, 1000, 10**6, 10**14))
            return Decimal(f"{random.randint(-most, most)}E-{decimals}")
        case "boolean":
            return random.random() < 0.5
        case "date":
            return (
                random.choice(DAYS) if random.random() < 0.5 else date(2024, 1, 1) + timedelta(random.randint(0, 900))
            )
        case "datetime":
            return datetime(2024, 1, 1, tzinfo=UTC) + timedelta(milliseconds=random.randint(0, 10**11))
        case "time":
            return f"{random.randrange(24):02d}:{random.randrange(60):02d}"
        case "duration" | "rating" | "progress":
            return Decimal(random.randrange(6))
        case "select" | "member":
            return random.choice(("a", "b", "x") if kind == "select" else MEMBERS)
        case "multi_select":
            return tuple(sorted(random.sample(("x", "y", "z"), random.randint(1, 3))))
        case _:
            return random.choice([text for text in TEXTS if text])


def sent(compiled: CompiledEntity, values: Values) -> dict[str, object]:
    """The record as JSON, with the ids that a page gives to new rows."""
    found = {field.key: field.dump(values.get(field.key)) for field in compiled.entity.fields if not field.computed}
    rows = found["lines"] or []
    assert isinstance(rows, list)
    return {
        **found,
        "lines": [{**row, "id": f"new-{place}"} for place, row in enumerate(rows) if isinstance(row, dict)],
    }


def on_the_server(compiled: CompiledEntity, values: Values) -> object:
    try:
        evaluated = evaluate(compiled, values, CONTEXT)
    except FormulaBudgetExceeded:
        return None
    by_key: Mapping[str, EntityField] = compiled.entity.by_key
    fields: dict[str, object] = {}
    cells: dict[str, object] = {}
    for step in compiled.steps:
        if step.subform is None:
            fields[step.path] = by_key[step.path].dump(evaluated.values.get(step.path))
        else:
            rows: tuple[Row, ...] = evaluated.values["lines"] or ()  # type: ignore[assignment]
            dumped = [step.field.dump(row.values.get(step.field.key)) for row in rows]
            cells[step.path] = {f"new-{place}": value for place, value in enumerate(dumped)}
    failed = {pointer: error.value for pointer, error in evaluated.errors.items()}
    return {"fields": fields, "cells": cells, "failed": failed}


def asked(compiled: CompiledEntity, values: Values) -> dict[str, object]:
    return {
        "entity": compiled.entity.model_dump(mode="json", by_alias=True),
        "formulas": local_formulas(compiled, None, CONTEXT, hidden=frozenset(), given=GIVEN_NEW),
        "values": sent(compiled, values),
        "now": dump_instant(NOW),
        "zone": ZONE.key,
    }


def differences(compiled: CompiledEntity, server: object, found: object) -> list[str]:
    """What differs, each with its formula."""
    sides = [side if isinstance(side, dict) else {} for side in (server, found)]
    reports = []
    for step in compiled.steps:
        group = "fields" if step.subform is None else "cells"
        first, second = (side.get(group, {}).get(step.path, "missing") for side in sides)
        if first != second:
            reports.append(
                f"{step.path} ({step.field.type}) = {step.formula.source}\n  server {first}\n  page   {second}"
            )
    return reports


def test_forms_come_to_the_same_values_in_the_page(*, is_proof: bool) -> None:
    random = Random(SEED)
    reports: list[str] = []
    count = FORMS_PROOF if is_proof else FORMS
    with running_page("forms") as page:
        for _ in range(count):
            reports += compared(page, random)
            if len(reports) > 10:
                break
    assert not reports, "\n".join(reports[:10])


def compared(page: Page, random: Random) -> list[str]:
    """Differences over some records of one random form."""
    compiled = random_form(random)
    making = Making(random)
    records = [random_record(random, making) for _ in range(RECORDS)]
    reports = []
    answers = page.answers([asked(compiled, values) for values in records])
    for values, found in zip(records, answers, strict=True):
        server = on_the_server(compiled, values)
        if server is not None and server != found:
            shown = json.dumps(sent(compiled, values), ensure_ascii=False)
            told = differences(compiled, server, found) or [f"server {server}\npage   {found}"]
            reports.append(f"over {shown}\n" + "\n".join(told[:2]))
    return reports


def test_a_subform_is_part_of_every_form() -> None:
    compiled = random_form(Random(SEED))
    assert any(isinstance(field, SubformField) for field in compiled.entity.fields)
    assert len(compiled.steps) > 5
