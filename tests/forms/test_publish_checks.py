"""Formulas checked against their fields before they are published: what can never fit, and what Excel would convert."""

from __future__ import annotations

import pytest

from engine.forms.compile import CheckedEntity, check_entity, compile_entity
from engine.forms.layout import check_form
from engine.forms.scopes import entity_scope
from engine.model.entities import Entity
from engine.model.forms import Form

OPTIONS = [{"key": "a", "title": "A"}, {"key": "b", "title": "B", "retired": True}]
LINES: dict[str, object] = {
    "key": "lines",
    "type": "subform",
    "title": "行",
    "fields": [
        {"key": "item", "type": "text", "title": "项"},
        {"key": "done_on", "type": "date", "title": "日"},
    ],
}
GIVEN: list[dict[str, object]] = [
    {"key": "name", "type": "text", "title": "名"},
    {"key": "qty", "type": "number", "title": "数"},
    {"key": "kind", "type": "select", "title": "类", "options": OPTIONS},
    {"key": "owner", "type": "member", "title": "人"},
    {"key": "people", "type": "member", "multiple": True, "title": "人们"},
    {"key": "unit", "type": "department", "title": "部门"},
    {"key": "day", "type": "date", "title": "日"},
    {"key": "at", "type": "datetime", "title": "时"},
    {"key": "ok", "type": "boolean", "title": "是"},
    {"key": "tags", "type": "multi_select", "title": "标签", "options": OPTIONS},
    {"key": "papers", "type": "attachment", "title": "附件"},
    LINES,
]


def checked(**members: object) -> CheckedEntity:
    """An entity with one more field, `x`, of these members."""
    field = {"key": "x", "title": "X", **members}
    return check_entity(Entity.model_validate({"key": "thing", "title": "物", "fields": [*GIVEN, field]}))


def found(report: CheckedEntity, member: str) -> list[tuple[str, object]]:
    pointer = f"/fields/{len(GIVEN)}/{member}"
    assert {problem.path for problem in (*report.problems, *report.warnings)} <= {pointer}
    return [(problem.code, problem.params["position"]) for problem in report.problems]


ZH = {
    "number": "数字", "text": "文本", "boolean": "真假值", "date": "日期", "datetime": "日期时间", "option": "选项",
    "member": "成员", "list of any": "任意值列表", "list of member": "成员列表", "list of text": "文本列表",
    "list of date": "日期列表",
}  # fmt: skip
REFUSED = [
    ("number", "{name}", 1, "number", "text"),
    ("number", '  "5"', 3, "number", "text"),
    ("number", "{kind}", 1, "number", "option"),
    ("number", "{lines}", 1, "number", "list of any"),
    ("number", 'IF({ok},{qty},"none")', 15, "number", "text"),
    ("number", "IFERROR(SWITCH({qty},1,{qty},{name}),0)", 30, "number", "text"),
    ("text", "{qty}", 1, "text", "number"),
    ("text", "{day}", 1, "text", "date"),
    ("text", "{people}", 1, "text", "list of member"),
    ("text", "{owner}", 1, "text", "member"),
    ("text", 'SPLIT({name},",")', 1, "text", "list of text"),
    ("long_text", "{ok}", 1, "text", "boolean"),
    ("date", "{owner}", 1, "date", "member"),
    ("date", '"2026-01-01"', 1, "date", "text"),
    ("date", "{lines.done_on}", 1, "date", "list of date"),
    ("datetime", "{ok}", 1, "datetime", "boolean"),
    ("boolean", '"abc"', 1, "boolean", "text"),
    ("boolean", "{qty}", 1, "boolean", "number"),
]
FITS = [
    ("number", "{day}-{day}+1"),
    ("number", "{qty}/0"),
    ("number", "IF({ok},,{qty})"),
    ("number", "IFERROR({qty}/0,NA())"),
    ("number", "COUNTA({lines})"),
    ("text", "{qty}&{day}"),
    ("text", "{kind}"),
    ("text", 'IF({ok},"yes")'),
    ("long_text", 'JOIN({lines.item},",")'),
    ("date", "{day}+30"),
    ("date", "MAX({day},MIN({lines.done_on}))"),
    ("date", "EDATE({day},1)"),
    ("datetime", "{day}"),
    ("datetime", "MAX({day},{at})"),
    ("boolean", "OR({ok},{qty}>1)"),
]
CONVERTED = [
    ("number", "{name}*2", 1, "number", "text"),
    ("number", "ROUND({name},1)", 7, "number", "text"),
    ("number", "1+{kind}", 3, "number", "option"),
    ("number", "{ok}", 1, "number", "boolean"),
    ("number", "{day}", 1, "number", "date"),
    ("date", "{at}", 1, "date", "datetime"),
    ("date", "IF({ok},{day},{qty})", 15, "date", "number"),
    ("datetime", "{qty}", 1, "datetime", "number"),
]
LITERALS = [
    ({"type": "select", "options": OPTIONS}, '"nothing"', "unknown_option", 1),
    ({"type": "select", "options": OPTIONS}, '"b"', "retired_option", 1),
    ({"type": "select", "options": OPTIONS}, 'IF({ok},"a",IF({ok},"","c"))', "unknown_option", 24),
    ({"type": "multi_select", "options": OPTIONS}, '"c"', "unknown_option", 1),
    ({"type": "text", "max_length": 3}, '"four"', "too_long", 1),
    ({"type": "text", "pattern": "[0-9]+"}, '"four"', "pattern_mismatch", 1),
    ({"type": "number", "max": 5}, "6", "above_max", 1),
    ({"type": "number", "min": 5}, "IF({ok},5,4)", "below_min", 11),
]
GOOD_DEFAULTS: list[tuple[dict[str, object], str]] = [
    ({"type": "select", "options": OPTIONS}, '"a"'),
    ({"type": "select", "options": OPTIONS}, "{kind}"),
    ({"type": "select", "options": OPTIONS}, "{name}"),
    ({"type": "multi_select", "options": OPTIONS}, '"a"'),
    ({"type": "multi_select", "options": OPTIONS}, "{tags}"),
    ({"type": "member"}, "{owner}"),
    ({"type": "member", "multiple": True}, "{owner}"),
    ({"type": "member", "multiple": True}, "IF({ok},{people},{owner})"),
    ({"type": "department"}, "{unit}"),
    ({"type": "date"}, "TODAY()"),
    ({"type": "datetime"}, "NOW()"),
    ({"type": "number", "max": 5, "decimals": 1}, "5.04"),
]


@pytest.mark.parametrize(("kind", "formula", "position", "expected", "actual"), REFUSED)
def test_a_result_that_never_fits_the_field_is_refused_at_its_place(
    kind: str, formula: str, position: int, expected: str, actual: str
) -> None:
    report = checked(type=kind, computed=formula)
    assert found(report, "computed") == [("formula_type", position)]
    (problem,) = report.problems
    assert problem.text("en") == f"At character {position} of the formula: expected {expected}, found {actual}"
    assert problem.text("zh-CN") == f"公式第 {position} 个字符处: 应为 {ZH[expected]}, 实为 {ZH[actual]}"


@pytest.mark.parametrize(("kind", "formula"), FITS)
def test_what_fits_or_may_fit_is_accepted_without_a_word(kind: str, formula: str) -> None:
    report = checked(type=kind, computed=formula)
    assert (report.problems, report.warnings) == ((), ())


@pytest.mark.parametrize(("kind", "formula", "position", "expected", "actual"), CONVERTED)
def test_what_excel_converts_is_a_warning(kind: str, formula: str, position: int, expected: str, actual: str) -> None:
    report = checked(type=kind, computed=formula)
    assert found(report, "computed") == []
    (warning,) = report.warnings
    assert (warning.code, warning.params["position"]) == ("formula_converts", position)
    assert (warning.params["expected"], warning.params["found"]) == (expected, actual)


@pytest.mark.parametrize(("field", "formula", "code", "position"), LITERALS)
def test_a_default_that_the_field_cannot_hold_is_refused(
    field: dict[str, object], formula: str, code: str, position: int
) -> None:
    assert found(checked(**field, default=formula), "default") == [(code, position)]


@pytest.mark.parametrize(("field", "formula"), GOOD_DEFAULTS)
def test_a_default_that_the_field_can_hold_is_accepted(field: dict[str, object], formula: str) -> None:
    report = checked(**field, default=formula)
    assert (report.problems, report.warnings) == ((), ())


def test_references_fit_references_of_their_own_kind_only() -> None:
    assert found(checked(type="member", default="{people}"), "default") == [("formula_type", 1)]
    assert found(checked(type="member", default="{unit}"), "default") == [("formula_type", 1)]
    assert found(checked(type="department", default='"rd"'), "default") == [("formula_type", 1)]


def test_columns_rules_and_conditions_are_checked_too() -> None:
    column = {"key": "sum", "type": "number", "title": "和", "computed": "{item}"}
    rule = {"key": "r", "check": 'IF({ok},{qty}>1,"no")', "message": "x"}
    lines = {**LINES, "fields": [{"key": "item", "type": "text", "title": "项"}, column]}
    entity = Entity.model_validate({"key": "t", "title": "t", "fields": [*GIVEN[:-1], lines], "rules": [rule]})
    problems = check_entity(entity).problems
    assert [(problem.code, problem.path) for problem in problems] == [
        ("formula_type", f"/fields/{len(GIVEN) - 1}/fields/1/computed"),
        ("formula_type", "/rules/0/check"),
    ]
    section = {"section": "s", "visible_when": "{qty}", "items": [{"field": "ok", "visible_when": "{name}+1>2"}]}
    form = Form.model_validate({"key": "f", "entity": "t", "title": "f", "layout": [section]})
    report = check_form(form, entity_scope(entity))
    assert [(problem.code, problem.path) for problem in (*report.problems, *report.warnings)] == [
        ("formula_type", "/layout/0/visible_when"),
        ("formula_converts", "/layout/0/items/0/visible_when"),
    ]


def test_a_version_published_before_results_were_checked_stays_usable() -> None:
    entity = Entity.model_validate(
        {
            "key": "t",
            "title": "t",
            "fields": [*GIVEN, {"key": "x", "type": "number", "title": "x", "computed": "{name}"}],
        }
    )
    assert check_entity(entity).problems
    assert "x" in compile_entity(entity).computed
