"""What the page says of formulas in the databases is so: each example is computed by them, or refused."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from engine.forms.scopes import entity_scope
from engine.formula.check import compile_formula
from engine.formula.columns import Beyond
from engine.formula.expressions import Given, condition
from engine.formula.not_in_sql import FormulaNotInSql
from engine.model.entities import Entity
from engine.model.filters import MAX_CONDITIONS
from tests.docs.functions_table import PAGE

WRITTEN = PAGE.read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^\| `([^`]+)` \| (?:可以|不可以) / (yes|no) \|", WRITTEN, re.MULTILINE)
ENTITY = Entity.model_validate(
    {
        "key": "proposal",
        "title": "Proposal",
        "fields": [
            {"key": "name", "type": "text", "title": "Name"},
            {"key": "start", "type": "date", "title": "Start"},
            {"key": "finish", "type": "date", "title": "Finish"},
            {"key": "budget", "type": "number", "title": "Budget", "decimals": 2},
            {"key": "huge", "type": "number", "title": "Huge", "digits": 18},
            {"key": "fine", "type": "number", "title": "Fine", "digits": 18, "decimals": 8},
            {"key": "owner", "type": "member", "title": "Owner"},
            {"key": "project", "type": "link", "title": "Project", "entity": "proposal"},
            {
                "key": "lines",
                "type": "subform",
                "title": "Lines",
                "fields": [{"key": "amount", "type": "number", "title": "Amount", "decimals": 2}],
            },
        ],
    }
)
GIVEN = Given(
    datetime(2026, 3, 2, 1, 0, tzinfo=UTC),
    ZoneInfo("Asia/Shanghai"),
    values={"current.user": None, "current.department": None},
    beyond=Beyond({"proposal": ENTITY}),
)


def test_there_are_examples_of_both() -> None:
    assert {verdict for _, verdict in EXAMPLES} == {"yes", "no"}
    assert len(EXAMPLES) > 10


@pytest.mark.parametrize(("formula", "verdict"), EXAMPLES)
def test_an_example_is_computed_or_refused(formula: str, verdict: str) -> None:
    compiled = compile_formula(formula, entity_scope(ENTITY, {"proposal": ENTITY}))
    try:
        condition(compiled, ENTITY, GIVEN)
    except FormulaNotInSql:
        assert verdict == "no"
    else:
        assert verdict == "yes"


def test_the_limits_are_named() -> None:
    assert f"{MAX_CONDITIONS} 个条件" in WRITTEN
    assert "2,000 字符" in WRITTEN
