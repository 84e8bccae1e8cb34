"""What a new version changes, and what the stored records do not allow."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from engine.model.application import Application
from engine.model.diff import check_changes, diff_applications
from engine.model.loading import load_application
from engine.model.values import Json
from tests.model.applications import drop, put, small_files

Change = Callable[[dict[str, Json]], object]
ENTITY, FORM, VIEW, SET = "entities/order.json", "forms/apply.json", "views/all.json", "permission_sets/finance.json"
NOTE: dict[str, Json] = {"key": "note", "type": "long_text", "title": "Note"}
NEW_FIELD: dict[str, Json] = {"key": "extra", "type": "text", "title": "Extra"}
LINES: dict[str, Json] = {"key": "lines", "type": "subform", "title": "Lines"}
QTY: dict[str, Json] = {"key": "qty", "type": "number", "title": "Quantity"}
BY: dict[str, Json] = {"key": "by", "type": "member", "title": "By"}


def loaded(change: Change | None = None) -> Application:
    application, problems = load_application(small_files(change))
    assert application is not None, problems
    return application


def changes(new: Change, old: Change | None = None) -> list[str]:
    return [change.text("en") for change in diff_applications(loaded(old), loaded(new))]


def swap_two_fields(trees: dict[str, Json]) -> None:
    fields = trees[ENTITY]["fields"]  # type: ignore[index, call-overload]
    fields[3], fields[4] = fields[4], fields[3]  # type: ignore[index]


def without_note(trees: dict[str, Json]) -> None:
    trees[ENTITY]["fields"].pop()  # type: ignore[index, call-overload, union-attr]
    trees["scenarios/approved.json"]["steps"] = []  # type: ignore[index, call-overload]


def rename_entity(trees: dict[str, Json]) -> None:
    entity = trees.pop(ENTITY)
    trees["entities/purchase.json"] = {**entity, "key": "purchase", "was": "order"}  # type: ignore[dict-item]
    trees["records/purchase.json"] = trees.pop("records/order.json")
    for file in (FORM, VIEW, SET, "flows/approval.json"):
        put(file, "/entity", "purchase")(trees)
    put("flows/approval.json", "/root/seq/2/trigger/entity", "purchase")(trees)


def rename_column(trees: dict[str, Json]) -> None:
    put(ENTITY, "/fields/7", LINES | {"fields": [QTY | {"min": 0}, BY | {"key": "who", "was": "by"}]})(trees)
    put("records/order.json", "", [])(trees)


def rename_view(trees: dict[str, Json]) -> None:
    trees["views/every.json"] = {**trees.pop(VIEW), "key": "every", "was": "all"}  # type: ignore[dict-item]
    put("app.json", "/menu/0/items/1/view", "every")(trees)


CASES: list[tuple[Change, list[str]]] = [
    (put("app.json", "/icon", "rocket"), ["changed app.json: icon"]),
    (put("app.json", "/$schema", "y"), []),
    (put("records/order.json", "", []), []),
    (put(ENTITY, "/title", "Purchase"), ["changed entities/order: title"]),
    (put(ENTITY, "/rules", []), ["changed entities/order: rules"]),
    (put(ENTITY, "/fields/-", NEW_FIELD), ["added entities/order/extra"]),
    (without_note, ["hidden entities/order/note", "changed scenarios/approved: steps"]),
    (put(ENTITY, "/fields/9/max_length", 50), ["changed entities/order/note: max_length"]),
    (put(ENTITY, "/fields/9", NOTE | {"max_length": 10_000}), []),
    (put(ENTITY, "/fields/1/type", "long_text"), ["changed entities/order/name: type, max_length"]),
    (swap_two_fields, ["changed entities/order: order"]),
    (
        rename_column,
        ["changed entities/order/lines/qty: min", "renamed entities/order/lines/who (was by)"],
    ),
    (put(ENTITY, "/fields/7", LINES | {"fields": [BY, QTY]}), ["changed entities/order/lines: order"]),
    (put(FORM, "/layout/0/columns", 1), ["changed forms/apply: layout"]),
    (put(VIEW, "/filter", None), ["changed views/all: filter"]),
    (drop(SET, ""), ["removed permission_sets/finance"]),
    (put("flows/approval.json", "/policies", {"dedupe": "any"}), ["changed flows/approval: policies"]),
    (rename_view, ["changed app.json: menu", "renamed views/every (was all)"]),
    (
        rename_entity,
        [
            "renamed entities/purchase (was order)",
            "changed forms/apply: entity",
            "changed flows/approval: entity, root",
            "changed views/all: entity",
            "changed permission_sets/finance: entity",
        ],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("change", "expected"), CASES)
def test_a_difference_is_named_once_with_its_members(change: Change, expected: list[str]) -> None:
    assert changes(change) == expected


def test_the_same_application_has_no_differences() -> None:
    assert diff_applications(loaded(), loaded()) == ()


def test_everything_is_added_where_nothing_was() -> None:
    found = diff_applications(None, loaded())
    assert {change.effect for change in found} == {"added"}
    assert {change.kind for change in found} == {
        "app", "entity", "field", "column", "form", "flow", "view", "permission_set", "scenario",
    }  # fmt: skip
    assert "entities/order/lines/qty" in {change.path for change in found}


def test_a_rename_is_reported_once_and_keeps_what_else_changed() -> None:
    renamed = put(ENTITY, "/fields/4", {"key": "person", "was": "owner", "type": "member", "title": "Person"})

    def rename_everywhere(trees: dict[str, Json]) -> None:
        renamed(trees)
        put(VIEW, "/filter", None)(trees)
        put("records/order.json", "", [])(trees)

    assert changes(rename_everywhere) == [
        "renamed entities/order/person (was owner): title",
        "changed views/all: filter",
    ]
    assert diff_applications(loaded(rename_everywhere), loaded(rename_everywhere)) == ()


REFUSED: list[tuple[Change, str, str]] = [
    (put(ENTITY, "/fields/9/type", "text"), "/fields/9/type", "type_change_unsupported"),
    (put(ENTITY, "/fields/3/type", "datetime"), "/fields/3/type", "type_change_unsupported"),
    (put(ENTITY, "/fields/5/multiple", True), "/fields/5/multiple", "type_change_unsupported"),
    (put(ENTITY, "/fields/8/decimals", 3), "/fields/8/decimals", "decimals_up_unsupported"),
    (put(ENTITY, "/fields/7/fields/0/decimals", 1), "/fields/7/fields/0/decimals", "decimals_up_unsupported"),
    (put(ENTITY, "/fields/9", NOTE | {"key": "due_note", "was": "due"}), "/fields/9/type", "type_change_unsupported"),
]


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: f"{case[1]} {case[2]}")
def test_a_change_that_stored_records_do_not_allow_is_refused_at_its_place(case: tuple[Change, str, str]) -> None:
    change, pointer, code = case

    def apply(trees: dict[str, Json]) -> None:
        change(trees)
        for file in (VIEW, "scenarios/approved.json"):
            trees.pop(file)
        put("app.json", "/menu", [])(trees)
        fields = trees[ENTITY]["fields"]  # type: ignore[index, call-overload]
        if fields[9]["key"] == "due_note":  # type: ignore[index, call-overload]
            fields[3] = {"key": "later", "type": "date", "title": "Later"}  # type: ignore[index]

    [problem] = check_changes(loaded(), loaded(apply))
    assert (problem.file, problem.path, problem.code) == (ENTITY, pointer, code)
    assert problem.text("zh-CN") != problem.text("en")


def test_changes_that_keep_every_stored_value_are_allowed() -> None:
    def widen(trees: dict[str, Json]) -> None:
        put(ENTITY, "/fields/1/type", "long_text")(trees)
        put(ENTITY, "/fields/8/decimals", 0)(trees)
        put(ENTITY, "/fields/-", NEW_FIELD)(trees)

    assert check_changes(loaded(), loaded(widen)) == ()
    assert check_changes(None, loaded()) == ()


def test_a_block_keeps_its_kind_in_all_versions() -> None:
    flow = "flows/approval.json"
    handled = put(flow, "/root/seq/1", {"key": "check", "handle": {"assign": [{"by": "role", "role": "finance"}]}})
    (problem,) = check_changes(loaded(), loaded(handled))
    assert (problem.file, problem.path, problem.code) == (flow, "/root/seq/1", "block_kind_changed")
    assert problem.text("en") == (
        "“check” is of the kind approve in the published version and cannot become handle; give the block another key"
    )
    assert check_changes(loaded(handled), loaded(put(flow, "/title", "Other"))) != ()
    assert check_changes(loaded(), loaded(put(flow, "/root/seq/1/key", "other"))) == ()
    assert check_changes(None, loaded(handled)) == ()
