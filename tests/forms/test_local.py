"""Which formulas the browser is given: those whose every input its person may read, and no word of the others."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import orjson
import pytest

from engine.forms.compile import CompiledEntity, compile_entity
from engine.forms.context import Context
from engine.forms.layout import CompiledForm, compile_form
from engine.forms.local import LocalFormulas, local_formulas
from engine.formula.parser import MAX_DEPTH, MAX_HEIGHT
from engine.model.entities import Entity
from engine.model.forms import Form

NOTHING: frozenset[str] = frozenset()
MEMBER = "a" * 24
CONTEXT = Context(
    datetime(2026, 1, 5, 1, 0, tzinfo=UTC),
    ZoneInfo("Asia/Shanghai"),
    system={"created_by": MEMBER, "version": Decimal(7)},
)


def number(key: str, computed: str | None = None, **more: object) -> dict[str, object]:
    return {"key": key, "type": "number", "title": key, **({} if computed is None else {"computed": computed}), **more}


@pytest.fixture(scope="module")
def offer() -> CompiledEntity:
    lines = [number("qty", default="{base}+1"), number("price", default="77"), number("amount", "{qty}*{price}")]
    fields: list[dict[str, Any]] = [
        number("total", "SUM({lines.amount})"),
        number("base"),
        number("cost"),
        {"key": "lines", "type": "subform", "title": "lines", "fields": lines},
        number("margin", "IF({total}>4242,{total}-{cost},0)"),
        number("share", "{margin}/{total}"),
        number("age", "IF(ISBLANK({created_by}),0,1)"),
        {"key": "note", "type": "text", "title": "note"},
        {"key": "code", "type": "text", "title": "code", "pattern": "[A-Z]+"},
        {"key": "coded", "type": "text", "title": "coded", "computed": "{code}&1"},
        {"key": "remark", "type": "text", "title": "remark"},
    ]
    return compile_entity(Entity.model_validate({"key": "offer", "title": "Offer", "fields": fields}))


@pytest.fixture(scope="module")
def form(offer: CompiledEntity) -> CompiledForm:
    items = ["total", {"field": "note", "visible_when": "{share}>0.5"}, {"field": "remark", "visible_when": "{base}>1"}]
    layout = [
        {"section": "Plain", "items": ["base", "cost", "lines"]},
        {"section": "More", "visible_when": "{total}>0", "items": items},
    ]
    return compile_form(Form.model_validate({"key": "f", "entity": "offer", "title": "F", "layout": layout}), offer)


def given(offer: CompiledEntity, form: CompiledForm | None, *hidden: str) -> LocalFormulas:
    return local_formulas(offer, form, CONTEXT, hidden=frozenset(hidden), given=())


def paths(formulas: LocalFormulas) -> list[str]:
    return [step.path for step in formulas.steps]


def test_steps_come_in_the_order_in_which_they_are_computed(offer: CompiledEntity, form: CompiledForm) -> None:
    found = given(offer, form)
    assert paths(found) == ["lines.amount", "total", "margin", "share"]
    assert [step.subform for step in found.steps] == ["lines", None, None, None]
    shown = {item.field: [condition.references for condition in item.conditions] for item in found.visible}
    assert shown == {"total": [("total",)], "note": [("total",), ("share",)], "remark": [("total",), ("base",)]}
    assert [step.path for step in found.row_defaults] == ["lines.qty", "lines.price"]


def test_without_a_form_nothing_is_said_about_what_is_shown(offer: CompiledEntity) -> None:
    assert given(offer, None).visible == ()


@pytest.mark.parametrize(
    ("hidden", "steps", "visible"),
    [
        ("cost", ["lines.amount", "total"], {"total", "remark"}),
        ("margin", ["lines.amount", "total"], {"total", "remark"}),
        ("total", ["lines.amount"], NOTHING),
        ("note", ["lines.amount", "total", "margin", "share"], {"total", "remark"}),
        ("lines.price", [], NOTHING),
        ("lines", [], NOTHING),
    ],
)
def test_what_is_made_from_a_hidden_value_is_left_to_the_server(
    offer: CompiledEntity, form: CompiledForm, hidden: str, steps: list[str], visible: set[str]
) -> None:
    found = given(offer, form, hidden)
    assert paths(found) == steps
    assert {item.field for item in found.visible} == visible
    assert f'"{hidden}"' not in orjson.dumps(found).decode()


def test_neither_key_nor_number_of_a_formula_over_hidden_values_goes_out(
    offer: CompiledEntity, form: CompiledForm
) -> None:
    assert "4242" in orjson.dumps(given(offer, form)).decode()
    told = orjson.dumps(given(offer, form, "cost", "lines.price")).decode()
    assert not [word for word in ("4242", "cost", "margin", "share", "price", "77") if word in told]


def test_a_default_made_from_a_hidden_value_is_left_out(offer: CompiledEntity, form: CompiledForm) -> None:
    assert [step.path for step in given(offer, form, "base").row_defaults] == ["lines.price"]


def test_what_the_engine_keeps_is_given_where_it_is_asked_for(offer: CompiledEntity, form: CompiledForm) -> None:
    found = local_formulas(offer, form, CONTEXT, hidden=NOTHING, given=("created_by", "flow_status"))
    assert "age" in paths(found)
    assert found.given == {"created_by": MEMBER}
    assert found.now == "2026-01-05T01:00:00.000Z"


def test_the_trees_are_made_once(offer: CompiledEntity, form: CompiledForm) -> None:
    first, second = given(offer, form), given(offer, form, "cost")
    assert first.steps[0].formula is second.steps[0].formula
    assert first.visible[0].conditions[0] is second.visible[0].conditions[0]


@pytest.mark.parametrize(
    "source",
    ["+".join(["1"] * (MAX_HEIGHT - 1)), "IF(TRUE," * (MAX_DEPTH - 1) + "1" + ",2)" * (MAX_DEPTH - 1)],
    ids=["chain", "nested"],
)
def test_the_deepest_formula_can_be_sent(source: str) -> None:
    entity = compile_entity(
        Entity.model_validate({"key": "deep", "title": "Deep", "fields": [number("n", source)], "rules": []})
    )
    answer = {"a": {"formulas": local_formulas(entity, None, CONTEXT, hidden=NOTHING, given=())}}
    assert orjson.loads(orjson.dumps(answer))
