"""What is entered at random, by rights, into new forms and stored records comes to the same on both sides."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from itertools import islice
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import orjson
import pytest

from engine.forms.context import Context
from engine.forms.entry import read_entry
from engine.forms.evaluate import Evaluated, evaluate, visible_fields
from engine.forms.local import GIVEN_NEW, GIVEN_STORED, LocalFormulas, local_formulas
from engine.forms.rights import hidden_paths, mask
from engine.forms.switches import evaluate_new
from engine.forms.unread import paths_to
from engine.model.field_types.subform import SubformField
from engine.model.values import Row
from engine.runtime.holidays import builtin_calendars
from engine.runtime.submissions import without_hidden
from tests.interpreters.page import running_page
from tests.interpreters.random_entries import PEOPLE, Case, Drawn, Making, everything, templates
from tests.interpreters.test_differential import calendars

ENTRIES, ENTRIES_PROOF = 1_000, 20_000
AT_ONCE = 250
SHOWN = 8
SEED = int(os.environ.get("FORMWRIGHT_FORMULA_SEED", "20260105"))
# a zone whose clocks change
ZONE = ZoneInfo("Europe/Berlin")
DRAWN = [everything(), *templates()]


def context() -> Context:
    """New records and stored ones, both made by the first person."""
    made = Context(datetime(2026, 3, 29, 10, 30, tzinfo=UTC), ZONE, calendars=builtin_calendars(), member_id=PEOPLE[0])
    return made.for_new_record(created_by=PEOPLE[0], department_id=PEOPLE[1])


CONTEXT = context()


def formulas_of(case: Case) -> LocalFormulas:
    given = GIVEN_NEW if case.stored is None else GIVEN_STORED
    hidden = hidden_paths(case.rights)
    return local_formulas(case.drawn.compiled, case.drawn.form, CONTEXT, hidden=hidden, given=given)


def asked(case: Case) -> Mapping[str, object]:
    """What the page is asked."""
    hidden, entity = hidden_paths(case.rights), case.drawn.compiled.entity
    stored = None if case.stored is None else mask(case.stored, hidden)
    return {
        "entity": without_hidden(entity, hidden),
        "form": case.drawn.form.form,
        "rights": case.rights,
        "formulas": formulas_of(case),
        "stored": stored if stored is None else {key: entity.by_key[key].dump(stored[key]) for key in stored},
        "held": case.held,
        "workspace": {"zone": ZONE.key, **calendars()},
    }


def on_the_server(case: Case, sent: Mapping[str, Any]) -> Evaluated:
    entry = read_entry(case.drawn.compiled, sent, rights=case.rights, stored=case.stored)
    if case.stored is not None:
        return evaluate(case.drawn.compiled, entry.values, CONTEXT, changed=entry.changed, unread=entry.unread)
    return evaluate_new(
        case.drawn.compiled, entry.values, CONTEXT, form=case.drawn.form, rights=case.rights, unread=entry.unread
    )


def expected(case: Case, sent: Mapping[str, Any]) -> dict[str, object]:
    """What the page must come to: of the formulas it was given."""
    entity, formulas, evaluated = case.drawn.compiled.entity, formulas_of(case), on_the_server(case, sent)
    paths = {step.path for step in formulas.steps}
    shown = visible_fields(case.drawn.form, evaluated.values, CONTEXT)
    return {
        "fields": {path: entity.by_key[path].dump(evaluated.values.get(path)) for path in paths if "." not in path},
        "cells": {path: _cells(case.drawn, path, evaluated) for path in paths if "." in path},
        "failed": {
            pointer: error.value
            for pointer, error in evaluated.errors.items()
            if not paths.isdisjoint(list(paths_to(pointer))[-1:])
        },
        "shown": {item.field: item.field in shown for item in formulas.visible},
    }


def _cells(drawn: Drawn, path: str, evaluated: Evaluated) -> list[object]:
    key, _, column = path.partition(".")
    field, rows = drawn.compiled.entity.by_key[key], evaluated.values.get(key)
    assert isinstance(field, SubformField)
    made = rows if isinstance(rows, tuple) else ()
    return [field.columns[column].dump(row.values.get(column)) for row in made if isinstance(row, Row)]


def exactly(content: object) -> bytes:
    """As text, so that 1, 1.0 and true are three things."""
    return orjson.dumps(content, option=orjson.OPT_SORT_KEYS)


def cases() -> Iterator[Case]:
    making = Making(Random(SEED), CONTEXT)
    while True:
        yield making.case(making.random.choice(DRAWN))


def differences(case: Case, found: object) -> list[str]:
    """The parts of an answer of the page that are not what the server comes to."""
    assert isinstance(found, dict)
    sent = found["sent"]
    wanted = expected(case, sent)
    return [
        f"{case.drawn.form.form.key} {part}: server {wanted[part]}, page {found[part]}, for {sent}"
        for part in wanted
        if exactly(wanted[part]) != exactly(found[part])
    ]


def test_entries_come_to_the_same_on_both_sides(*, is_proof: bool) -> None:
    source = islice(cases(), ENTRIES_PROOF if is_proof else ENTRIES)
    different: list[str] = []
    with running_page("entries") as page:
        while batch := list(islice(source, AT_ONCE)):
            lines = [orjson.loads(orjson.dumps(asked(case), default=_encoded)) for case in batch]
            for case, found in zip(batch, page.answers(lines), strict=True):
                different += differences(case, found)
    assert not different, f"{len(different)} differ, such as\n" + "\n".join(different[:SHOWN])


def _encoded(content: object) -> object:
    return content.model_dump(mode="json", by_alias=True)  # type: ignore[attr-defined]  # documents, nothing else


@pytest.mark.parametrize("drawn", DRAWN, ids=[drawn.form.form.key for drawn in DRAWN])
def test_the_page_is_given_nearly_all_formulas_of_who_sees_everything(drawn: Drawn) -> None:
    case = Case(drawn, dict.fromkeys(drawn.compiled.inputs, "write"), None, {})
    left = {step.path for step in drawn.compiled.steps} - {step.path for step in formulas_of(case).steps}
    assert left <= {"coded", "to_mail", "reach", "told", "label_code"}
