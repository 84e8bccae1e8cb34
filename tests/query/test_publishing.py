"""Formulas of views and permission sets are refused before they are published, at their pointer and place."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from pydantic import TypeAdapter

from engine.errors import Problems
from engine.formula import expressions
from engine.formula.values import NUMBER
from engine.model.application import assemble
from engine.model.apps import App
from engine.model.entities import Entity
from engine.model.filters import Filter
from engine.model.permission_sets import PermissionSet
from engine.model.views import View
from engine.query.context import QueryContext
from engine.query.filters import build_expression
from engine.query.queried import Queried
from engine.runtime.compiling import Checked, check_application

ENTITY = Entity.model_validate(
    {
        "key": "thing",
        "title": "Thing",
        "fields": [
            {"key": "name", "type": "text", "title": "Name"},
            {"key": "owner", "type": "member", "title": "Owner"},
            {"key": "amount", "type": "number", "title": "Amount", "decimals": 2},
            {"key": "huge", "type": "number", "title": "Huge", "digits": 18},
            {"key": "rate", "type": "number", "title": "Rate", "decimals": 8, "digits": 18},
            {"key": "start", "type": "date", "title": "Start"},
            {"key": "at", "type": "datetime", "title": "At"},
        ],
    }
)
AUTHORED: TypeAdapter[Filter] = TypeAdapter(Filter)
APP = App.model_validate({"format": 1, "key": "things", "title": "Things", "menu": []})


def check(*, rows: object = None, filter_: object = None, sort: object = ()) -> Checked:
    """The application with these rows of a permission set, and this filter and order of a view."""
    view = View.model_validate(
        {
            "key": "all",
            "entity": "thing",
            "kind": "grid",
            "title": "All",
            "columns": ["name"],
            "filter": filter_,
            "sort": sort,
        }
    )
    given = PermissionSet.model_validate(
        {
            "key": "some",
            "entity": "thing",
            "title": "Some",
            "to": [{"everyone": True}],
            "actions": ["read"],
            "rows": rows,
        }
    )
    folders = {"entities": {"thing": ENTITY}, "views": {"all": view}, "permission_sets": {"some": given}}
    return check_application(assemble(APP, folders))  # type: ignore[arg-type]  # dictionaries of documents


@pytest.mark.parametrize(
    ("formula", "code", "position"),
    [
        ("{amount} * 2 > 1", "formula_not_in_sql", 10),
        ("AND({amount} > 1, LEN({name}) > 1)", "formula_not_in_sql", 19),
        ("{huge} > {rate}", "formula_not_in_sql", 8),
        ("{huge} + {amount} > 0", "formula_not_in_sql", 8),
        ("{at} - 1 > NOW()", "formula_not_in_sql", 6),
        ("{start} + {amount} > TODAY()", "formula_not_in_sql", 9),
        ("{amount} + 1", "formula_type", 1),
        ("{amoun} > 1", "formula_unknown_field", None),
        ("{amount} >", "formula_syntax", 11),
    ],
)
def test_a_formula_of_rows_is_refused_at_its_place(formula: str, code: str, position: int | None) -> None:
    for checked, file, path in (
        (check(rows={"or": [{"formula": formula}]}), "permission_sets/some.json", "/rows/or/0/formula"),
        (check(filter_={"not": {"formula": formula}}), "views/all.json", "/filter/not/formula"),
    ):
        (problem,) = checked.problems
        assert (problem.code, problem.file, problem.path) == (code, file, path)
        if position is not None:
            assert problem.params["position"] == position


@pytest.mark.parametrize(
    ("formula", "code"),
    [
        ("{amount} * 2", "formula_not_in_sql"),
        ("{at}", None),
        ("{owner}", "sort_refused"),
        ("{amount} + 1", None),
        ("{start} + 1", None),
        ("{current.user}", None),
        ("{owner} = {current.user}", None),
        ("IF({amount} > 1, {at}, NOW())", "formula_not_in_sql"),
    ],
)
def test_a_formula_of_an_order_is_one_value_that_can_be_ordered(formula: str, code: str | None) -> None:
    problems = check(sort=[{"formula": formula, "desc": True}]).problems
    assert [(problem.code, problem.path) for problem in problems] == ([(code, "/sort/0/formula")] if code else [])


@pytest.mark.parametrize(
    "formula",
    [
        "{start} < TODAY() + 30",
        "{at} >= NOW() - 7",
        "{owner} = {current.user}",
        "{amount} > 1e300",
        "{huge} > 0.5",
        "WORKDAY(TODAY(), 5) > {start}",
        "{start} = EOMONTH(TODAY(), 0)",
        '{amount} > LEN("three") * 1000',
        'IF({name} = "", {amount}, {amount} + 1) <> -3',
    ],
)
def test_a_formula_that_databases_compute_is_taken(formula: str) -> None:
    assert check(rows={"formula": formula}, filter_={"formula": formula}).problems == ()


def test_what_is_converted_is_a_warning() -> None:
    (warning,) = check(filter_={"formula": 'VALUE("3") + "x" > {amount}'}).warnings
    assert (warning.code, warning.file, warning.path) == ("formula_converts", "views/all.json", "/filter/formula")


LONG = "OR(" + ",".join(["{amount}=1"] * 150) + ")"


@pytest.mark.parametrize("member", ["rows", "filter_"])
def test_the_formulas_of_one_filter_are_bounded_together(member: str) -> None:
    def problems(count: int) -> list[tuple[str, str | None]]:
        found = check(**{member: {"and": [{"formula": LONG}] * count}}).problems
        return [(item.code, item.path) for item in found]

    pointer = "/rows" if member == "rows" else "/filter"
    assert problems(4) == []
    assert problems(9)[-1] == ("list_formulas_too_large", f"{pointer}/and/8/formula")


def test_the_formulas_of_one_order_are_bounded_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(expressions, "MAX_TOGETHER", 800)
    found = check(sort=[{"formula": f"IF({LONG},{position},0)"} for position in range(2)]).problems
    assert [(item.code, item.path) for item in found] == [("list_formulas_too_large", "/sort/1/formula")]


def test_what_does_not_depend_on_the_record_has_one_budget_in_a_filter() -> None:
    steps = 'COUNTIF(SPLIT(REPT("a,",16000),","),"a")'
    one = {"formula": f"{{amount}}>{'+'.join([steps] * 2)}"}
    queried = Queried(ENTITY, {"amount": NUMBER}, {})
    context = QueryContext(now=datetime(2026, 3, 4, tzinfo=UTC), zone=ZoneInfo("UTC"), member_id="m")
    build_expression(AUTHORED.validate_python(one), queried, context)
    with pytest.raises(Problems) as refused:
        build_expression(AUTHORED.validate_python({"or": [one] * 8}), queried, context)
    assert {item.code for item in refused.value.errors} == {"formula_budget"}
