"""Loading an application or an organisation: every problem at once, with file, pointer and code."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from engine.errors import Problem
from engine.model.loading import load_application, load_org
from engine.model.values import Json
from tests.model.applications import APPLICATION_FOLDERS, ROOT, SMALL, drop, put, read_folder, small_files

Change = Callable[[dict[str, Json]], object]
ENTITY, FORM, VIEW = "entities/order.json", "forms/apply.json", "views/all.json"
SET, FLOW, RECORDS, APP = "permission_sets/finance.json", "flows/approval.json", "records/order.json", "app.json"
PLAY = "scenarios/approved.json"
TEXT = {"key": "extra", "type": "text", "title": "Extra"}
SECOND = {"key": "total", "type": "text", "title": "Total again", "was": "name"}


def nested(levels: int) -> Json:
    condition: Json = {"field": "name", "op": "empty"}
    for _ in range(levels):
        condition = {"not": condition}
    return condition


CASES: list[tuple[Change, str, str, str]] = [
    # the shape of a document
    (put(APP, "/title", 5), APP, "/title", "wrong_type"),
    (put(APP, "/title", {"zh-CN": "名"}), APP, "/title/en", "missing_member"),
    (put(APP, "/title", ""), APP, "/title", "text_too_short"),
    (put(APP, "/title", "x" * 501), APP, "/title", "text_too_long"),
    (put(APP, "/colour", "red"), APP, "/colour", "unknown_member"),
    (put(APP, "/key", "Small"), APP, "/key", "bad_key"),
    (put(APP, "/icon", "R O"), APP, "/icon", "bad_form"),
    (put(APP, "/menu", {}), APP, "/menu", "wrong_type"),
    (put(APP, "/menu/0/items", []), APP, "/menu/0/items", "too_few"),
    (put(APP, "/menu/0/items/0", {"form": "apply", "x": 1}), APP, "/menu/0/items/0/x", "unknown_member"),
    (put(APP, "/menu/0/items/0", {}), APP, "/menu/0/items/0/form", "missing_member"),
    (put(APP, "/needs/roles", {"Finance": {"title": "F"}}), APP, "/needs/roles/Finance", "bad_key"),
    (put(APP, "/format", 2), APP, "/format", "format_newer"),
    (put(APP, "/format", "1"), APP, "/format", "format_unknown"),
    (drop(APP, "/format"), APP, "/format", "missing_member"),
    (put(ENTITY, "/fields/1/type", "txt"), ENTITY, "/fields/1", "unknown_kind"),
    (drop(ENTITY, "/fields/1/type"), ENTITY, "/fields/1", "missing_kind"),
    (put(ENTITY, "/fields/1/requird", True), ENTITY, "/fields/1/requird", "unknown_member"),
    (put(ENTITY, "/fields/1/required", "yes"), ENTITY, "/fields/1/required", "wrong_type"),
    (put(ENTITY, "/fields/1/max_length", "80"), ENTITY, "/fields/1/max_length", "wrong_type"),
    (put(ENTITY, "/fields/1/max_length", 80.5), ENTITY, "/fields/1/max_length", "wrong_type"),
    (put(ENTITY, "/fields/1/max_length", 0), ENTITY, "/fields/1/max_length", "below_min"),
    (put(ENTITY, "/fields/1/max_length", 99999), ENTITY, "/fields/1/max_length", "above_max"),
    (put(ENTITY, "/fields/1/pattern", "(?=a)"), ENTITY, "/fields/1/pattern", "pattern_not_accepted"),
    (put(ENTITY, "/fields/0/required", True), ENTITY, "/fields/0/required", "member_not_applicable"),
    (put(ENTITY, "/fields/2/options", []), ENTITY, "/fields/2/options", "too_few"),
    (put(ENTITY, "/fields/2/options/0/key", "r d"), ENTITY, "/fields/2/options/0/key", "bad_form"),
    (put(ENTITY, "/fields/2/options/0/color", "bleu"), ENTITY, "/fields/2/options/0/color", "value_not_allowed"),
    (put(ENTITY, "/fields/7/fields/0/key", 1), ENTITY, "/fields/7/fields/0/key", "wrong_type"),
    (put(ENTITY, "/fields/7/fields/0/type", "serial"), ENTITY, "/fields/7/fields/0", "unknown_kind"),
    (put(ENTITY, "/fields/8/min", "x"), ENTITY, "/fields/8/min", "bad_number"),
    (put(ENTITY, "/fields/8/min", True), ENTITY, "/fields/8/min", "wrong_type"),
    (put(FORM, "/layout/0/items/1/fild", "name"), FORM, "/layout/0/items/1/fild", "unknown_member"),
    (put(FORM, "/layout/0/items/1", "a..b"), FORM, "/layout/0/items/1", "bad_field_path"),
    (put(FORM, "/layout/0/columns", 3), FORM, "/layout/0/columns", "above_max"),
    (put(VIEW, "/kind", "kanban"), VIEW, "/kind", "value_not_allowed"),
    (put(VIEW, "/filter/and/0/x", 1), VIEW, "/filter/and/0/x", "unknown_member"),
    (put(VIEW, "/filter/and/2/x", 1), VIEW, "/filter/and/2/x", "unknown_member"),
    (put(VIEW, "/filter/and/0/op", "like"), VIEW, "/filter/and/0/op", "value_not_allowed"),
    (put(VIEW, "/filter/and/1/or/0/value", {"last": "7"}), VIEW, "/filter/and/1/or/0/value/last", "bad_form"),
    (put(SET, "/to/0", {"role": "finance", "subtree": True}), SET, "/to/0/subtree", "unknown_member"),
    (put(SET, "/fields", {"*": "all"}), SET, "/fields/*", "value_not_allowed"),
    (put(FLOW, "/root/seq/1/approve/assign/0/rol", 1), FLOW, "/root/seq/1/approve/assign/0/rol", "unknown_member"),
    (drop(FLOW, "/root/seq/1/approve"), FLOW, "/root/seq/1", "unknown_block"),
    (put(RECORDS, "/0/at", "5 days ago"), RECORDS, "/0/at", "bad_form"),
    # names that documents use of each other
    (put(APP, "/menu/0/items/0/form", "aply"), APP, "/menu/0/items/0/form", "unknown_form"),
    (put(APP, "/menu/0/items/1/view", "none"), APP, "/menu/0/items/1/view", "unknown_view"),
    (put(ENTITY, "/key", "orders"), ENTITY, "/key", "file_name_differs"),
    (put(ENTITY, "/fields/-", {**TEXT, "key": "code"}), ENTITY, "/fields/10/key", "duplicate_key"),
    (put(ENTITY, "/fields/-", {**TEXT, "key": "updated_at"}), ENTITY, "/fields/10/key", "reserved_key"),
    (put(ENTITY, "/fields/-", {**TEXT, "key": "constructor"}), ENTITY, "/fields/10/key", "reserved_key"),
    (put(ENTITY, "/fields/7/fields/-", {**TEXT, "key": "prototype"}), ENTITY, "/fields/7/fields/2/key", "reserved_key"),
    (put(ENTITY, "/fields/-", {**TEXT, "was": "name"}), ENTITY, "/fields/10/was", "was_still_there"),
    (put(ENTITY, "/fields/-", {**TEXT, "was": "extra"}), ENTITY, "/fields/10/was", "was_still_there"),
    (put(ENTITY, "/fields/7/fields/0/was", "by"), ENTITY, "/fields/7/fields/0/was", "was_still_there"),
    (put(ENTITY, "/record_title", "{code} {nam}"), ENTITY, "/record_title", "unknown_field"),
    (put(ENTITY, "/rules/0/at/0", "lines.price"), ENTITY, "/rules/0/at/0", "unknown_field"),
    (put(ENTITY, "/indexes", [{"fields": ["code", "nowhere"]}]), ENTITY, "/indexes/0/fields/1", "unknown_field"),
    (put(ENTITY, "/indexes", [{"fields": ["code", "code"]}]), ENTITY, "/indexes/0/fields/1", "duplicate_key"),
    (put(ENTITY, "/indexes", [{"fields": ["lines"]}]), ENTITY, "/indexes/0/fields/0", "not_indexed"),
    (put(ENTITY, "/indexes", [{"fields": ["kind"]}] * 2), ENTITY, "/indexes/1/fields", "index_repeated"),
    (put(ENTITY, "/rules/-", SMALL[ENTITY]["rules"][0]), ENTITY, "/rules/1/key", "duplicate_key"),  # type: ignore[index,call-overload]
    (put(ENTITY, "/was", "order"), ENTITY, "/was", "was_still_there"),
    (put(FORM, "/entity", "ordr"), FORM, "/entity", "unknown_entity"),
    (put(FORM, "/flow", "approve"), FORM, "/flow", "unknown_flow"),
    (put(FORM, "/layout/0/items/0", "cod"), FORM, "/layout/0/items/0", "unknown_field"),
    (put(FORM, "/layout/0/items/1/field", "nam"), FORM, "/layout/0/items/1/field", "unknown_field"),
    (put(FORM, "/layout/0/items/0", "name"), FORM, "/layout/0/items/1/field", "named_twice"),
    (put(VIEW, "/columns/0", "lines.price"), VIEW, "/columns/0", "unknown_field"),
    (put(VIEW, "/columns/0", "created"), VIEW, "/columns/0", "unknown_field"),
    (put(VIEW, "/columns/0", "total"), VIEW, "/columns/1", "named_twice"),
    (put(VIEW, "/sort/0/field", "totl"), VIEW, "/sort/0/field", "unknown_field"),
    (put(VIEW, "/sort/0/field", "note"), VIEW, "/sort/0/field", "field_not_sortable"),
    (put(VIEW, "/filter/and/0/field", "knd"), VIEW, "/filter/and/0/field", "unknown_field"),
    (put(VIEW, "/filter/and/0/field", "lines.qty"), VIEW, "/filter/and/0/field", "field_not_filterable"),
    (put(VIEW, "/filter/and/0/op", "contains"), VIEW, "/filter/and/0/op", "operator_not_applicable"),
    (put(VIEW, "/filter/and/0/value", ["it"]), VIEW, "/filter/and/0/value/0", "unknown_option"),
    (put(VIEW, "/filter/and/0/value", "rd"), VIEW, "/filter/and/0/value", "filter_value_not_applicable"),
    (drop(VIEW, "/filter/and/0/value"), VIEW, "/filter/and/0/value", "filter_value_missing"),
    (put(VIEW, "/filter/and/2/not/value", ["2030-01-01"]), VIEW, "/filter/and/2/not/value", "filter_value_missing"),
    (put(VIEW, "/filter/and/2/not/value/1", "soon"), VIEW, "/filter/and/2/not/value/1", "bad_date"),
    (put(VIEW, "/filter", {"field": "owner", "op": "eq", "value": "li"}), VIEW, "/filter/value", "filter_reference"),
    (put(VIEW, "/filter", nested(8)), VIEW, "/filter", "filter_too_deep"),
    (put(VIEW, "/filter", {"or": [{"or": [nested(0)] * 51}] * 2}), VIEW, "/filter", "filter_too_long"),
    (put(SET, "/to/0/role", "finanse"), SET, "/to/0/role", "unknown_role"),
    (put(SET, "/fields/lines.price", "read"), SET, "/fields/lines.price", "unknown_field"),
    (put(SET, "/rows/value", "much"), SET, "/rows/value", "not_a_number"),
    (put(FLOW, "/root/seq/1/approve/assign/0/role", "x"), FLOW, "/root/seq/1/approve/assign/0/role", "unknown_role"),
    (put(FLOW, "/root/seq/2/trigger/entity", "x"), FLOW, "/root/seq/2/trigger/entity", "unknown_entity"),
    (put(FLOW, "/root/seq/2/trigger/map/x", "1"), FLOW, "/root/seq/2/trigger/map/x", "unknown_field"),
    (put(FLOW, "/root/seq/2/trigger/map/total", "1"), FLOW, "/root/seq/2/trigger/map/total", "field_not_writable"),
    (put(RECORDS, "/0/submit", "x"), RECORDS, "/0/submit", "unknown_form"),
    (put(RECORDS, "/0/values/nam", "x"), RECORDS, "/0/values/nam", "unknown_field"),
    (put(RECORDS, "/0/values/total", 5), RECORDS, "/0/values/total", "field_not_writable"),
    (put(RECORDS, "/0/values/lines/0/qty", "two"), RECORDS, "/0/values/lines/0/qty", "not_a_number"),
    (put(RECORDS, "/0/values/kind", "it"), RECORDS, "/0/values/kind", "unknown_option"),
    (put(PLAY, "/given/at", "2026-01-05T09:00"), PLAY, "/given/at", "bad_instant"),
    (put(PLAY, "/given/at", 5), PLAY, "/given/at", "bad_instant"),
    (put(PLAY, "/flow", "aproval"), PLAY, "/flow", "unknown_flow"),
    (put(PLAY, "/given/record/nam", 1), PLAY, "/given/record/nam", "unknown_field"),
    (put(PLAY, "/steps/0/data/nam", 1), PLAY, "/steps/0/data/nam", "unknown_field"),
    (put(PLAY, "/expect/record/nam", 1), PLAY, "/expect/record/nam", "unknown_field"),
    (put(PLAY, "/steps/0/expect/events/0", ["check"]), PLAY, "/steps/0/expect/events/0/1", "missing_member"),
    (put("records/ordr.json", "", []), "records/ordr.json", "", "unknown_entity"),
    (put("entitys/order.json", "", {}), "entitys/order.json", "", "unexpected_file"),
    (put("entities/a/order.json", "", {}), "entities/a/order.json", "", "unexpected_file"),
]  # fmt: skip


def places(problems: tuple[Problem, ...]) -> list[tuple[str | None, str | None, str]]:
    return [(problem.file, problem.path, problem.code) for problem in problems]


def test_the_small_application_has_no_problems() -> None:
    application, problems = load_application(small_files())
    assert problems == ()
    assert application is not None
    assert application.entities["order"].by_key["total"].computed == "SUM({lines.qty})"
    assert application.records["order"][0].values["name"] == "Desk"


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case[1]}{case[2]} {case[3]}")
def test_a_mistake_is_the_only_problem_and_is_reported_at_its_place(case: tuple[Change, str, str, str]) -> None:
    change, file, pointer, code = case
    application, problems = load_application(small_files(change))
    assert application is None
    assert places(problems) == [(file, pointer, code)]
    [problem] = problems
    assert problem.text("zh-CN") != problem.text("en")


@pytest.mark.parametrize(
    ("change", "suggestion"),
    [
        (put(ENTITY, "/fields/1/requird", True), "required"),
        (put(ENTITY, "/fields/8/decimal", 2), "decimals"),
        (put(ENTITY, "/fields/7/fields/0/decimal", 2), "decimals"),
        (put(ENTITY, "/fields/1/type", "txt"), "text"),
        (put(ENTITY, "/fields/2/options/0/color", "bleu"), "blue"),
        (put(FORM, "/layout/0/items/1", {"field": "name", "visible_wen": "1"}), "visible_when"),
        (put(FLOW, "/root/seq/1/approve/asign", []), "assign"),
        (put(FLOW, "/root/seq/1/approve/assign/0/rol", 1), "role"),
        (put(SET, "/to/0", {"department": "x", "subtre": True}), "subtree"),
        (put(RECORDS, "/0/value", {}), "values"),
        (put(FORM, "/flow", "aproval"), "approval"),
        (put(VIEW, "/columns/0", "creatd_at"), "created_at"),
        (put("entitys/order.json", "", {}), "entities"),
    ],
)
def test_a_misspelt_name_is_answered_with_the_nearest_one(change: Change, suggestion: str) -> None:
    _, [problem] = load_application(small_files(change))
    assert problem.params["suggestion"] == suggestion
    assert f"did you mean “{suggestion}”?" in problem.text("en")
    assert f"是否想写 “{suggestion}”" in problem.text("zh-CN")


def test_no_member_of_another_kind_is_suggested() -> None:
    _, [problem] = load_application(small_files(put(ENTITY, "/fields/1/decimal", 2)))
    assert "suggestion" not in problem.params


def test_problems_of_all_files_are_reported_at_once() -> None:
    def break_several(trees: dict[str, Json]) -> None:
        put(APP, "/menu/0/items/0/form", "none")(trees)
        put(ENTITY, "/fields/1/max_length", 0)(trees)
        put(ENTITY, "/fields/0/pattern", "A")(trees)
        put(VIEW, "/sort/0", {"field": "x", "up": 1})(trees)
        put(SET, "/to/0/role", "none")(trees)

    layout = b'"layout": [{"section": "S", "items": ["x"]}]'
    twice = b'{"key": "apply", "title": "A", "title": "B", "entity": "ordr", ' + layout + b"}"
    files = small_files(break_several) | {FORM: twice}
    application, problems = load_application(files)
    assert application is None
    assert places(problems) == [
        (ENTITY, "/fields/0/pattern", "serial_needs_counter"),
        (ENTITY, "/fields/1/max_length", "below_min"),
        (FORM, "/title", "json_duplicate_member"),
        (VIEW, "/sort/0/up", "unknown_member"),
        (APP, "/menu/0/items/0/form", "unknown_form"),
        (FORM, "/entity", "unknown_entity"),
        (VIEW, "/sort/0/field", "unknown_field"),
        (SET, "/to/0/role", "unknown_role"),
    ]


def test_a_document_that_cannot_be_read_is_not_called_missing() -> None:
    for broken in (ENTITY, FORM, VIEW, FLOW):
        _, problems = load_application(small_files() | {broken: b"{"})
        assert places(problems) == [(broken, "", "json_syntax")]


def test_without_its_own_document_an_application_is_checked_as_far_as_possible() -> None:
    files = small_files(put(FORM, "/entity", "none"))
    del files[APP]
    assert places(load_application(files)[1]) == [(APP, "", "file_missing"), (FORM, "/entity", "unknown_entity")]


def test_nothing_else_is_reported_of_a_newer_format() -> None:
    files = small_files(put(APP, "/format", 2)) | {FORM: b"{"}
    _, [problem] = load_application(files)
    assert (problem.code, problem.params["format"]) == ("format_newer", 2)


def test_files_that_are_no_part_of_an_application_are_left_alone() -> None:
    others = {"README.md": b"#", "log_map.json": b"{", "entities/.order.json": b"{", "print/a.docx": b""}
    application, problems = load_application(small_files() | others)
    assert problems == ()
    assert application is not None


@pytest.mark.parametrize("folder", APPLICATION_FOLDERS, ids=lambda folder: folder.name)
def test_the_applications_that_come_with_the_product_have_no_problems(folder: object) -> None:
    application, problems = load_application(read_folder(folder))  # type: ignore[arg-type]
    assert problems == ()
    assert application is not None


PERSON = {"account": "a", "name": "A", "department": "all"}
WHOLE = {"key": "all", "title": "All"}


def org(**members: object) -> dict[str, bytes]:
    tree: dict[str, object] = {
        "format": 1,
        "key": "org",
        "title": "Org",
        "departments": [{"key": "all", "title": "All", "heads": ["a"]}, {"key": "it", "title": "IT", "parent": "all"}],
        "members": [{"account": "a", "name": "A", "department": "all"}],
    }
    return {"org.json": json.dumps(tree | members).encode()}


@pytest.mark.parametrize(
    ("members", "pointer", "code"),
    [
        ({"format": 9}, "/format", "format_newer"),
        ({"admins": ["b"]}, "/admins/0", "unknown_account"),
        ({"roles": {"r": {"title": "R", "members": ["b"]}}}, "/roles/r/members/0", "unknown_account"),
        (
            {"members": [{"account": "a", "name": "A", "department": "x"}]},
            "/members/0/department",
            "unknown_department",
        ),
        (
            {"members": [{"account": "a", "name": "A", "department": "it", "supervisor": "a"}]},
            "/members/0/supervisor",
            "supervisor_cycle",
        ),
        (
            {"departments": [{"key": "all", "title": "All", "parent": "all"}]},
            "/departments/0/parent",
            "department_cycle",
        ),
        (
            {"departments": [{"key": "all", "title": "All"}, {"key": "all", "title": "All"}]},
            "/departments/1/key",
            "duplicate_key",
        ),
    ],
)
def test_a_mistake_in_an_organisation_is_reported_at_its_place(
    *, members: dict[str, object], pointer: str, code: str
) -> None:
    organisation, problems = load_org(org(**members))
    assert organisation is None
    assert places(problems) == [("org.json", pointer, code)]


def test_the_sample_organisation_has_no_problems() -> None:
    organisation, problems = load_org(read_folder(ROOT / "templates_library" / "org" / "sample"))
    assert problems == ()
    assert organisation is not None
    assert load_org(org())[1] == ()
    assert places(load_org({})[1]) == [("org.json", "", "file_missing")]
