"""Rows in rows: parsed with pointers, merged by ids, computed in order, hidden, and refused by name."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError

from engine.errors import Problems
from engine.forms.compile import CompiledEntity
from engine.forms.context import Context
from engine.forms.dependencies import dependency_graph
from engine.forms.entry import read_entry, refuse_claims, value_at
from engine.forms.evaluate import Evaluated, evaluate, failures
from engine.forms.rights import Authored, hidden_paths, mask, resolve_rights
from engine.forms.validate import Submission, validate
from engine.model.entities import Entity
from engine.model.field_types.subform import MAX_ROWS_INSIDE, SubformField
from engine.model.rows import rows_of
from engine.model.shape_problems import shape_problems
from engine.model.values import RawJson, Row, Value
from tests.forms.inner import LINES, ORDER, PARTS, order, with_parts

CONTEXT = Context(datetime(2026, 1, 5, 1, 0, tzinfo=UTC), ZoneInfo("Asia/Shanghai"))
COMPILED = order()
FULL: Mapping[str, RawJson] = {
    "rate": 2,
    "lines": [
        {"item": "Desk", "price": 10, "parts": [{"name": "leg", "qty": 4}, {"name": "top", "qty": 1}]},
        {"item": "Chair", "price": "1.50", "parts": [{"name": "leg", "qty": 3}]},
        {"item": "Lamp", "price": 5},
    ],
}
LINE, OTHER, LEG, TOP = "1" * 24, "2" * 24, "a" * 24, "b" * 24


def entered(
    raw: Mapping[str, RawJson],
    *,
    authored: Authored | None = None,
    stored: Mapping[str, Value] | None = None,
    compiled: CompiledEntity = COMPILED,
) -> tuple[Evaluated, list[tuple[str, str | None]]]:
    """What was evaluated, and all problems as code and pointer."""
    rights = resolve_rights(compiled, authored or {"*": "write"})
    entry = read_entry(compiled, raw, rights=rights, stored=stored)
    found = evaluate(compiled, entry.values, CONTEXT, unread=entry.unread)
    faults = validate(Submission(compiled, found, stored or {}, rights=rights), CONTEXT)
    claims = refuse_claims(entry.claimed, found.values, unread=found.unread)
    return found, [(item.code, item.path) for item in (*entry.problems, *claims, *faults)]


def stored_order() -> dict[str, Value]:
    """An order with two lines, the first with two parts."""
    leg = Row(LEG, {"name": "leg", "qty": Decimal(4), "fit": None, "cost": Decimal(80), "share": Decimal("0.8")})
    top = Row(TOP, {"name": "top", "qty": Decimal(1), "fit": True, "cost": Decimal(20), "share": Decimal("0.2")})
    first: dict[str, Value] = {
        "item": "Desk",
        "price": Decimal(10),
        "parts": (leg, top),
        "amount": Decimal(100),
        "count": Decimal(2),
    }
    second: dict[str, Value] = {
        "item": "Lamp",
        "price": Decimal(5),
        "parts": None,
        "amount": Decimal(0),
        "count": Decimal(0),
    }
    return {"rate": Decimal(2), "lines": (Row(LINE, first), Row(OTHER, second))}


def cell(values: Mapping[str, Value], pointer: str) -> Value:
    return value_at(values, pointer)


def test_formulas_see_their_row_the_row_around_it_and_the_record() -> None:
    found, problems = entered(FULL)
    assert problems == []
    assert [cell(found.values, f"/lines/0/parts/{n}/cost") for n in (0, 1)] == [Decimal(80), Decimal(20)]
    assert [cell(found.values, f"/lines/0/parts/{n}/share") for n in (0, 1)] == [Decimal("0.8"), Decimal("0.2")]
    assert cell(found.values, "/lines/1/parts/0/cost") == Decimal(9)
    assert [cell(found.values, f"/lines/{n}/amount") for n in (0, 1, 2)] == [Decimal(100), Decimal(9), Decimal(0)]
    assert [cell(found.values, f"/lines/{n}/count") for n in (0, 1, 2)] == [Decimal(2), Decimal(1), Decimal(0)]
    assert (found.values["total"], found.values["pieces"]) == (Decimal(109), Decimal(8))
    assert found.values["names"] == "leg/top/leg"


def test_a_change_of_an_inner_cell_reaches_the_sums_above() -> None:
    stored = {**stored_order(), "total": Decimal(100), "pieces": Decimal(5)}
    raw: RawJson = [{"id": LINE, "parts": [{"id": LEG, "qty": 5}, {"id": TOP}]}, {"id": OTHER}]
    rights = resolve_rights(COMPILED, {"*": "write"})
    entry = read_entry(COMPILED, {"lines": raw}, rights=rights, stored=stored)
    assert {"lines", "lines.parts", "lines.parts.qty"} == entry.changed
    found = evaluate(COMPILED, entry.values, CONTEXT, changed=entry.changed)
    assert (found.values["total"], found.values["pieces"]) == (Decimal(120), Decimal(6))
    assert cell(found.values, "/lines/0/parts/0/name") == "leg"
    assert [row.id for row in rows_of(cell(found.values, "/lines/0/parts"))] == [LEG, TOP]


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ([{"name": "leg"}, {"name": "top", "qty": "x"}], [("not_a_number", "/lines/1/parts/1/qty")]),
        ([{"name": "leg", "colour": 1}], [("unknown_column", "/lines/1/parts/0/colour")]),
        ([{"name": "leg", "id": LEG}], [("unknown_row", "/lines/1/parts/0/id")]),
        ([{"name": "leg", "id": "x"}], [("bad_id", "/lines/1/parts/0/id")]),
        ([1], [("bad_row", "/lines/1/parts/0")]),
        ("x", [("not_a_list", "/lines/1/parts")]),
        ([{"name": str(n)} for n in range(5)], [("too_many_rows", "/lines/1/parts")]),
        ([{"qty": 1}], [("required", "/lines/1/parts/0/name")]),
        ([{"name": "leg"}, {"name": "leg"}], [("repeated_in_rows", "/lines/1/parts/1/name")]),
        ([{"name": "leg", "qty": 1, "share": 7}], [("field_not_writable", "/lines/1/parts/0/share")]),
    ],
)
def test_every_fault_of_an_inner_row_is_at_its_pointer(parts: RawJson, expected: list[tuple[str, str]]) -> None:
    _, problems = entered({"lines": [{"item": "Desk"}, {"item": "Chair", "parts": parts}]})
    assert problems == expected


def test_the_same_name_in_another_row_does_not_repeat() -> None:
    _, problems = entered({"lines": [{"parts": [{"name": "leg"}]}, {"parts": [{"name": "leg"}]}]})
    assert problems == []


def test_an_inner_row_of_another_row_is_not_known() -> None:
    raw: RawJson = [{"id": LINE, "parts": []}, {"id": OTHER, "parts": [{"id": LEG, "name": "leg"}]}]
    _, problems = entered({"lines": raw}, stored=stored_order())
    assert problems == [("unknown_row", "/lines/1/parts/0/id")]


def test_what_is_not_named_of_a_row_stays() -> None:
    found, problems = entered({"lines": [{"id": OTHER}, {"id": LINE, "item": "Table"}]}, stored=stored_order())
    assert problems == []
    assert [row.id for row in rows_of(found.values["lines"])] == [OTHER, LINE]
    assert [row.id for row in rows_of(cell(found.values, "/lines/1/parts"))] == [LEG, TOP]


def test_an_inner_subform_may_ask_for_rows() -> None:
    parts = {**PARTS, "min_rows": 2}
    lines = {**LINES, "fields": [parts if item is PARTS else item for item in LINES["fields"]]}
    compiled = order(fields=[lines if item is LINES else item for item in ORDER["fields"]])
    raw: RawJson = [{"item": "Desk"}, {"item": "Lamp", "parts": [{"name": "bulb"}]}]
    _, problems = entered({"lines": raw}, compiled=compiled)
    assert problems == [("too_few_rows", "/lines/0/parts"), ("too_few_rows", "/lines/1/parts")]


def test_rows_inside_are_bounded_over_the_whole_record() -> None:
    wide = SubformField.model_validate({**LINES, "max_rows": 500, "fields": [{**PARTS, "max_rows": 500}]})
    raw: list[RawJson] = [{"parts": [{"name": str(n)} for n in range(400)]} for _ in range(13)]
    rows, problems = wide.parse_rows(raw)
    assert rows == ()
    assert [(item.code, item.path, item.params) for item in problems] == [
        ("too_many_rows_inside", "", {"max": MAX_ROWS_INSIDE, "count": 5200})
    ]
    fields = [{**LINES, "key": key, "max_rows": 500, "fields": [{**PARTS, "max_rows": 500, "fields": [
        {"key": "name", "type": "text", "title": "Part"}]}]} for key in ("one", "two")]  # fmt: skip
    compiled = order(fields=fields)
    _, found = entered({"one": raw[:7], "two": raw[:7]}, compiled=compiled)
    assert found == [("too_many_rows_inside", "/two")]


def test_rights_of_inner_columns_are_kept() -> None:
    authored: Authored = {
        "*": "write",
        "lines": {"*": "write", "parts": {"*": "read", "qty": "write", "share": "hidden"}},
    }
    rights = resolve_rights(COMPILED, authored)
    assert {path: rights[path] for path in rights if path.startswith("lines.parts")} == {
        "lines.parts": "read", "lines.parts.name": "read", "lines.parts.qty": "write", "lines.parts.fit": "read",
        "lines.parts.cost": "read", "lines.parts.share": "hidden",
    }  # fmt: skip
    raw: RawJson = [{"id": LINE, "parts": [{"id": LEG, "qty": 2, "name": "arm", "share": 1}, {"id": TOP}]}]
    _, problems = entered({"lines": raw}, authored=authored, stored=stored_order())
    expected = [("field_not_writable", "/lines/0/parts/0/name"), ("field_not_writable", "/lines/0/parts/0/share")]
    assert problems == expected
    more: RawJson = [{"id": LINE, "parts": [{"id": LEG}]}]
    _, problems = entered({"lines": more}, authored=authored, stored=stored_order())
    assert problems == [("field_not_writable", "/lines/0/parts")]


def test_what_is_hidden_of_inner_rows_does_not_leave() -> None:
    authored: Authored = {"*": "read", "lines": {"*": "read", "parts": {"*": "read", "qty": "hidden"}}}
    hidden = hidden_paths(resolve_rights(COMPILED, authored))
    # what is made from it would tell it
    assert hidden == {
        "lines.parts.qty", "lines.parts.cost", "lines.parts.share", "lines.amount", "total", "pieces",
    }  # fmt: skip
    shown = mask(stored_order(), hidden)
    row = rows_of(shown["lines"])[0]
    assert [set(inner.values) for inner in rows_of(row.values["parts"])] == [{"name", "fit"}, {"name", "fit"}]
    without = mask(stored_order(), frozenset({"lines.parts"}))
    assert "parts" not in rows_of(without["lines"])[0].values


def test_an_unread_inner_cell_leaves_alone_what_is_not_made_from_it() -> None:
    raw: RawJson = [
        {"price": 1, "parts": [{"name": "leg", "qty": "x"}, {"name": "top", "qty": 1}]},
        {"price": 1, "parts": [{"name": "leg", "qty": 2}]},
    ]
    found, problems = entered({"rate": 1, "lines": raw})
    assert problems == [("not_a_number", "/lines/0/parts/0/qty")]
    unread = found.unread.pointers
    assert {"/lines/0/parts/0/cost", "/lines/0/parts/1/share", "/lines/0/amount", "/total", "/pieces"} <= unread
    assert unread.isdisjoint({"/lines/0/parts/1/cost", "/lines/1/parts/0/share", "/lines/1/amount", "/names"})
    assert cell(found.values, "/lines/1/amount") == Decimal(2)


def test_error_values_are_told_at_the_inner_cell() -> None:
    compiled = with_parts({"key": "root", "type": "number", "decimals": 2, "title": "Root", "computed": "SQRT({qty})"})
    found, problems = entered({"lines": [{"parts": [{"name": "leg", "qty": -1}]}]}, compiled=compiled)
    assert problems == [("formula_error", "/lines/0/parts/0/root")]
    assert "/lines/0/parts/0/root" in failures(compiled, found.values, CONTEXT)


def test_a_cycle_through_both_levels_is_refused_with_its_path() -> None:
    back = {"key": "back", "type": "number", "title": "Back", "computed": "{sum}"}
    above = {"key": "sum", "type": "number", "title": "Sum", "computed": "SUM({parts.back})"}
    lines = {**LINES, "fields": [{**PARTS, "fields": [*PARTS["fields"][:3], back]}, above]}
    with pytest.raises(Problems) as caught:
        order(fields=[lines])
    (problem,) = caught.value.errors
    assert (problem.code, problem.path) == ("computed_cycle", "/fields/0/fields/0/fields/3/computed")
    assert problem.params == {"cycle": "lines.parts.back → lines.sum → lines.parts.back"}


def test_the_graph_of_an_application_knows_rows_in_rows() -> None:
    graph = dependency_graph({"order": COMPILED})
    order_of = [place.path for place in graph.order]
    assert order_of.index("lines.parts.cost") < order_of.index("lines.amount") < order_of.index("total")
    (reads,) = (needs for place, needs in graph.needs.items() if place.path == "pieces")
    assert {place.path for place in reads} == {"lines.parts.qty", "lines.parts", "lines"}


def test_rows_of_several_rows_have_no_name_as_a_whole() -> None:
    assert "lines.parts" not in COMPILED.scope
    assert "parts" in COMPILED.row_scope("lines")
    assert {"qty", "price", "rate", "parts.qty", "lines.parts.qty"} <= set(COMPILED.row_scope("lines.parts"))


def test_a_third_level_is_refused_by_name() -> None:
    third = {"key": "bits", "type": "subform", "title": "Bits", "fields": [{"key": "x", "type": "text", "title": "X"}]}
    lines = {**LINES, "fields": [{**PARTS, "fields": [*PARTS["fields"], third]}]}
    with pytest.raises(ValidationError) as caught:
        Entity.model_validate({**ORDER, "fields": [lines]})
    tree = json.loads(json.dumps({**ORDER, "fields": [lines]}))
    problems = shape_problems(Entity, caught.value, tree)
    assert [(item.code, item.path) for item in problems] == [("subform_too_deep", "/fields/0/fields/0/fields/5/type")]
