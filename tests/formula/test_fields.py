"""Fields as formulas see them: one meaning of a formula, whoever evaluates it, and results that fit their field."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from engine.flow.formulas import Formula, Moment
from engine.forms.context import Context
from engine.forms.evaluate import environment, lookup_in
from engine.forms.scopes import entity_scope
from engine.formula.check import compile_formula
from engine.formula.environment import Environment
from engine.formula.fields import computing, fitting, from_formula
from engine.formula.values import DATE, DATETIME, ErrorValue, FormulaValue, Kind
from engine.model.entities import Entity
from engine.model.field_types.datetime import DateTimeField
from engine.model.field_types.number import NumberField
from engine.model.field_types.text import TextField
from engine.model.fields import EntityField
from engine.model.values import FileRef, Row, Values

ZONE, NOW = ZoneInfo("Asia/Shanghai"), datetime(2026, 1, 5, 1, 0, tzinfo=UTC)
OPTIONS = [{"key": "a", "title": "A"}, {"key": "b", "title": "B"}]
ORDER = Entity.model_validate(
    {
        "key": "order",
        "title": "单",
        "fields": [
            {
                "key": "lines",
                "type": "subform",
                "title": "明细",
                "fields": [
                    {"key": "tags", "type": "multi_select", "title": "标签", "options": OPTIONS},
                    {"key": "amt", "type": "number", "title": "金额"},
                    {"key": "paper", "type": "attachment", "title": "附件"},
                ],
            },
            {"key": "at", "type": "datetime", "title": "时间"},
            {"key": "papers", "type": "attachment", "title": "附件"},
            {
                "key": "none",
                "type": "subform",
                "title": "空",
                "fields": [{"key": "n", "type": "number", "title": "数"}],
            },
        ],
    }
)
PAPER = FileRef("f" * 24, "offer.pdf", 10, "application/pdf")
RECORD: Values = {
    "lines": (
        Row("1" * 24, {"tags": ("a",), "amt": Decimal(5), "paper": (PAPER,)}),
        Row("2" * 24, {"tags": None, "amt": Decimal(7)}),
        Row(None, {"tags": ("a", "b"), "amt": None}),
        Row("4" * 24, {"tags": ("a",), "amt": Decimal(11)}),
    ),
    "at": datetime(2026, 1, 4, 17, 30, tzinfo=UTC),
    "papers": (PAPER, PAPER),
    "none": None,
}
NUMBER, TEXT = NumberField(key="n", title="数", decimals=2), TextField(key="t", title="文", max_length=200)
MEANINGS: list[tuple[str, EntityField, object]] = [
    ("COUNTA({lines})", NUMBER, Decimal(4)),
    ("IF(ISEMPTY({lines}),1,2)", NUMBER, Decimal(2)),
    ("IF(ISEMPTY({none}),1,2)", NUMBER, Decimal(1)),
    ("COUNTA({none.n})+SUM({none.n})", NUMBER, Decimal(0)),
    ("COUNTA({lines.tags})", NUMBER, Decimal(3)),
    ('SUMIF({lines.tags},"a",{lines.amt})', NUMBER, Decimal(16)),
    ('SUMIF({lines.tags},"a,b",{lines.amt})+AVERAGE({lines.amt})', NUMBER, Decimal("7.67")),
    ('JOIN({lines.tags},";")', TEXT, "a;a,b;a"),
    ('JOIN({papers}," ")', TEXT, "offer.pdf offer.pdf"),
    ("COUNTA({lines.paper})", NUMBER, Decimal(1)),
    ('TEXT({at},"yyyy-mm-dd hh:mm")', TEXT, "2026-01-05 01:30"),
    ("HOUR({at})", NUMBER, Decimal(1)),
]


@pytest.mark.parametrize(("formula", "field", "meaning"), MEANINGS, ids=[case[0] for case in MEANINGS])
def test_a_formula_means_the_same_in_a_form_and_in_a_flow(formula: str, field: EntityField, meaning: object) -> None:
    context = Context(NOW, ZONE)
    in_form = compile_formula(formula, entity_scope(ORDER)).evaluate(environment(lookup_in(RECORD, context), context))
    in_flow = Formula(compile_formula(formula, entity_scope(ORDER)), field).evaluate(RECORD, Moment(NOW, ZONE))
    assert (from_formula(field, in_form, zone=ZONE), in_flow) == (meaning, meaning)


@pytest.mark.parametrize(
    ("kind", "value", "zone"),
    [(DATE, date(1, 1, 1), "Asia/Shanghai"), (DATETIME, datetime(9999, 12, 31, 22), "America/New_York")],  # noqa: DTZ001
)
def test_a_time_that_no_clock_of_the_world_shows_is_an_error_value(kind: Kind, value: FormulaValue, zone: str) -> None:
    """Its instant lies outside of the calendar."""
    formula, target = compile_formula("{at}", {"at": kind}), DateTimeField(key="at", title="at")
    env = Environment({"at": value}.__getitem__, now=NOW, zone=ZoneInfo(zone))
    assert computing(formula, fitting(target))(env) is ErrorValue.NUM
    assert from_formula(target, formula.evaluate(env), zone=ZoneInfo(zone)) is ErrorValue.NUM
