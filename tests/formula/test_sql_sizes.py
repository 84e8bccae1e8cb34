"""Formulas for databases: however they nest, terms are made in time that grows with them, and never become large."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from engine.forms.scopes import entity_scope
from engine.formula import expressions
from engine.formula.check import compile_formula
from engine.formula.expressions import MAX_TERMS, Given, condition
from engine.formula.not_in_sql import FormulaNotInSql
from engine.model.terms import Added, Scales, Term
from tests.formula.generating import ENTITY

SCOPE = entity_scope(ENTITY, {})
GIVEN = Given(datetime(2026, 1, 1, tzinfo=UTC), ZoneInfo("UTC"))
NUMBER = next(field.key for field in ENTITY.fields if field.type == "number")
DAY = next(field.key for field in ENTITY.fields if field.type == "date")


def term_of(source: str) -> Term:
    return condition(compile_formula(source, SCOPE), ENTITY, GIVEN)


def nested(template: str, times: int, inner: str) -> str:
    for _ in range(times):
        inner = template.replace("_", inner)
    return inner


def test_every_part_of_a_sum_is_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    made = 0

    def counted(left: Term, right: Term, *, minus: bool = False) -> Added:
        nonlocal made
        made += 1
        assert made <= 14
        return Added(left, right, minus=minus)

    monkeypatch.setattr(expressions, "Added", counted)
    assert Scales().weigh(term_of("+".join([f"{{{NUMBER}}}"] * 15) + ">1")).count < MAX_TERMS
    assert made == 14


@pytest.mark.parametrize(
    "source",
    [
        nested("(_<>{" + NUMBER + "})", 60, "{" + NUMBER + "}"),
        nested("IF(_>{" + DAY + "},_+1,{" + DAY + "})", 7, "{" + DAY + "}") + ">TODAY()",
        "AND(" + ",".join([f"{{{NUMBER}}}>1"] * 600) + ")",
        "+".join([f"({{{DAY}}}-TODAY())"] * 140) + ">1",
    ],
    ids=["comparisons", "days", "truths", "sums"],
)
def test_what_would_become_too_large_is_refused_at_its_place(source: str) -> None:
    with pytest.raises(FormulaNotInSql) as caught:
        term_of(source)
    assert "size" in caught.value.text("en")
