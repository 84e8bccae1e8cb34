"""Files of vectors: how cases are read, when one holds, and that those of the repository and the outside ones do."""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal

import pytest

from engine.commands.formula import load_cases
from engine.errors import Rejection
from engine.formula.values import ErrorValue, Result
from engine.formula.vectors import (
    Case,
    Json,
    UnreadableCase,
    agrees,
    case_fields,
    read_cases,
    run_case,
)
from engine.formula.wire import wire_value
from engine.runtime.holidays import builtin_calendars
from tests.conftest import skip_loudly
from tests.formula.vectors import OWN, shared_vectors

# the language compares text case-sensitively
DECIDED_OTHERWISE = ["F0065"]


def case(formula: str, **fields: Json) -> Case:
    return Case("1", formula, fields, {}, None)


def failing(cases: tuple[Case, ...]) -> dict[str, object]:
    found: dict[str, object] = {}
    for one in cases:
        try:
            result: object = run_case(one, builtin_calendars().by_key)
            if not agrees(result, one.expect):  # type: ignore[arg-type]
                found[one.id] = (one.formula, result)
        except Rejection as rejection:
            found[one.id] = (one.formula, str(rejection))
    return found


def test_the_vectors_of_the_repository_hold() -> None:
    cases = load_cases(OWN)
    assert len(cases) > 40
    assert len({one.id for one in cases}) == len(cases)
    assert failing(tuple(cases)) == {}


def test_the_outside_vectors_hold() -> None:
    file = shared_vectors()
    if file is None:
        skip_loudly("the outside formula vectors are absent")
    cases = load_cases(file)
    assert len(cases) == 290
    assert list(failing(tuple(cases))) == DECIDED_OTHERWISE


def test_fields_are_read_exactly_and_subforms_by_column() -> None:
    text = (
        '{"n": 0.10, "k": 7, "big": {"decimal": "1234567890123456789012345678901234"}, "none": null, "ok": true,'
        ' "d": {"date": "2026-01-31"}, "at": {"datetime": "2026-01-31T08:30:00"}, "tags": ["a", "b"],'
        ' "rows": [{"a": 1.5, "t": "x"}, {"a": null}]}'
    )
    fields = json.loads(text, parse_float=Decimal)
    scope, values = case_fields(Case("1", "1", fields, {}, None))
    assert {path: str(kind) for path, kind in scope.items()} == {
        "n": "number", "k": "number", "big": "number", "none": "any", "ok": "boolean", "d": "date", "at": "datetime",
        "tags": "list of text", "rows.a": "list of number", "rows.t": "list of text",
    }  # fmt: skip
    assert values == {
        "n": Decimal("0.10"), "k": Decimal(7), "big": Decimal(1234567890123456789012345678901234), "none": None,
        "ok": True, "d": date(2026, 1, 31), "at": datetime.fromisoformat("2026-01-31T08:30"), "tags": ("a", "b"),
        "rows.a": (Decimal("1.5"), None), "rows.t": ("x", None),
    }  # fmt: skip


def test_a_subform_without_rows_has_the_columns_that_the_formula_names() -> None:
    assert run_case(case("SUM({rows.a})+COUNTA({rows})", rows=[]), {}) == 0
    assert run_case(case("COUNTBLANK({rows.b})", rows=[{"a": 1}, {"a": 2}]), {}) == 2


@pytest.mark.parametrize(
    "raw",
    [
        {"money": "1"},
        {"decimal": "abc"},
        {"decimal": "NaN"},
        Decimal("Infinity"),
        {"date": "2026-02-30"},
        {"datetime": "soon"},
        [[1]],
        [{"date": 5}],
    ],
)
def test_a_form_of_value_that_is_not_known_is_named_by_its_field(raw: Json) -> None:
    with pytest.raises(UnreadableCase, match="amount"):
        run_case(case("1", amount=raw), {})


@pytest.mark.parametrize("document", [None, 5, "text", {}, {"vectors": "text"}, {"vectors": [1]}])
def test_a_document_without_cases_is_refused(document: Json) -> None:
    with pytest.raises(UnreadableCase):
        read_cases(document)


@pytest.mark.parametrize(
    ("result", "expect", "holds"),
    [
        (Decimal("2.50"), {"type": "number", "value": "2.5"}, True),
        (Decimal("0.3333333333333333"), {"type": "number", "value": "0.333333333333"}, True),
        (Decimal("0.3333333333323"), {"type": "number", "value": "0.333333333333"}, False),
        (Decimal("0.3333333333333333"), {"type": "number", "value": "0.333333333333", "exact": True}, False),
        (Decimal("100.9"), {"type": "number", "value": "100", "tol": 0.01}, True),
        (Decimal("101.1"), {"type": "number", "value": "100", "tol": Decimal("0.01")}, False),
        (Decimal(1), {"type": "boolean", "value": True}, False),
        (True, {"type": "number", "value": "1"}, False),
        (True, {"type": "boolean", "value": True}, True),
        ("1", {"type": "number", "value": "1"}, False),
        ("", {"type": "text", "value": ""}, True),
        (None, {"type": "text", "value": ""}, False),
        (None, {"type": "null"}, True),
        (ErrorValue.NA, {"type": "error", "value": "#N/A"}, True),
        (ErrorValue.NA, {"type": "error", "value": "#VALUE!"}, False),
        (date(2026, 1, 31), {"type": "date", "value": "2026-01-31"}, True),
        (datetime.fromisoformat("2026-01-31T08"), {"type": "date", "value": "2026-01-31"}, False),
        (datetime.fromisoformat("2026-01-31T08"), {"type": "datetime", "value": "2026-01-31T08:00:00"}, True),
        (("a", None), {"type": "list", "value": ["a", None]}, True),
        (Decimal(1), {"type": "number", "value": "one"}, False),
        (Decimal(1), {"type": "colour", "value": "red"}, False),
        (Decimal(1), {}, False),
    ],
)
def test_when_a_result_is_the_expected_one(result: Result, expect: dict[str, Json], *, holds: bool) -> None:
    assert agrees(result, expect) is holds


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (Decimal("1.50"), {"decimal": "1.5"}),
        (Decimal("-0.00"), {"decimal": "0"}),
        (Decimal("1E+20"), {"decimal": "100000000000000000000"}),
        (datetime.fromisoformat("2026-01-31T08:30:00.250"), {"datetime": "2026-01-31T08:30:00.250000"}),
        (date(2026, 1, 31), {"date": "2026-01-31"}),
        (ErrorValue.DIV0, {"error": "#DIV/0!"}),
        ((Decimal(1), None, "a", True), [{"decimal": "1"}, None, "a", True]),
    ],
)
def test_equal_values_are_equal_json(value: Result, written: object) -> None:
    assert wire_value(value) == written
