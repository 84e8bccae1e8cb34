"""Formulas as admins edit them: what may be named, drafts with every problem at its place, publishing a change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from engine.formula.functions import FUNCTIONS
from engine.formula.signatures import GROUP_TITLES, group_of
from tests.api import linking
from tests.api.publishing import remove_fields, republish
from tests.world import APP, FORM, RECORDS, World, refusal

FORMULAS = f"{RECORDS}/proposal/formulas"
BUDGET = {"kind": "computed", "field": "budget"}
AMOUNT = {"kind": "computed", "field": "lines.amount"}


async def checked(world: World, source: str, place: object = None, language: str = "en") -> Any:
    admin = await world.person("admin", language)
    return await admin.post(f"{FORMULAS}/check", {"source": source, "place": place})


def marked(found: Any, source: str, member: str = "problems") -> list[tuple[str, str]]:
    """The codes with the pieces of text that they are about."""
    return [(item["code"], source[item["offset"] : item["end"]]) for item in found[member]]


async def version(world: World) -> int:
    found: int = (await (await world.person("admin")).get(FORMULAS))["version"]
    return found


async def saved(world: World, place: object, source: str | None, **more: object) -> Any:
    admin = await world.person("admin")
    send = {"place": place, "source": source, "seen_version": await version(world), **more}
    return await admin.call("PUT", FORMULAS, send)


async def formula_at(world: World, place: Mapping[str, object]) -> str | None:
    items = (await (await world.person("admin")).get(FORMULAS))["items"]
    found: str | None = next(
        item["source"]
        for item in items
        if {key: value for key, value in item["place"].items() if value is not None} == place
    )
    return found


async def test_every_function_is_listed_with_names_of_its_parameters_in_both_languages(world: World) -> None:
    found = await (await world.person("he.jie")).get("/api/formula/functions")
    assert [item["name"] for item in found["items"]] == list(FUNCTIONS)
    groups = {group["key"] for group in found["groups"]}
    for item in found["items"]:
        assert item["group"] in groups
        assert item["help"]["zh-CN"]
        assert all(parameter["title"]["zh-CN"] != parameter["title"]["en"] for parameter in item["parameters"])
    shown = next(item for item in found["items"] if item["name"] == "SUBSTITUTE")
    assert [parameter["title"]["zh-CN"] for parameter in shown["parameters"]] == [
        "文本", "旧文本", "新文本", "第几处"
    ]  # fmt: skip
    assert [parameter["optional"] for parameter in shown["parameters"]] == [False, False, False, True]


def test_every_group_has_a_title() -> None:
    for function in FUNCTIONS.values():
        assert group_of(function) in GROUP_TITLES


async def test_places_and_paths_are_listed_by_title(world: World) -> None:
    found = await (await world.person("admin")).get(FORMULAS)
    budget = next(
        item for item in found["items"] if item["place"] == {**dict.fromkeys(("rule", "form", "section")), **BUDGET}
    )
    assert (budget["source"], budget["wants"], budget["titles"]) == (
        "SUM({lines.amount})", "number", [{"zh-CN": "预算合计", "en": "Total budget"}]
    )  # fmt: skip
    scope = {item["path"]: item for item in found["scope"]}
    assert (scope["lines.amount"]["kind"], scope["lines.amount"]["is_list"]) == ("number", True)
    assert len(scope["lines.amount"]["titles"]) == 2
    assert all(title != path for path, item in scope.items() for title in item["titles"])
    assert scope["created_by"]["titles"] == [{"zh-CN": "创建人", "en": "Created by"}]
    assert {item["path"] for item in found["rows"]["lines"]} == {"item", "category", "qty", "price", "amount"}
    assert await formula_at(world, {"kind": "rule", "rule": "budget_positive"}) == "{budget}>0"
    shown = {"kind": "visibility", "form": "apply", "section": 3, "field": "vendor"}
    assert await formula_at(world, shown) == "{outsourced}"


async def test_a_draft_that_can_be_read_comes_back_as_its_tree(world: World) -> None:
    found = await checked(world, "ROUND({qty}*{price},2)", AMOUNT)
    assert (found["kind"], found["references"], found["problems"], found["warnings"]) == (
        "number", ["price", "qty"], [], []
    )  # fmt: skip
    assert found["formula"]["tree"]["name"] == "ROUND"
    assert found["formula"]["tree"]["takes"] == ["number", "number"]


@pytest.mark.parametrize(
    ("place", "source", "expected"),
    [
        (None, "", [("formula_syntax", "")]),
        (None, '1+"open', [("formula_syntax", '"open')]),
        (None, "1+*2", [("formula_syntax", "*")]),
        (None, "SUMM(1)+{bugdet}", [("formula_unknown_function", "SUMM"), ("formula_unknown_field", "{bugdet}")]),
        (None, "{lines}+{attachments}", [("formula_type", "{lines}"), ("formula_type", "{attachments}")]),
        (None, "“𠮷”&LEN()", [("formula_argument_count", "LEN")]),
        (None, "1" * 9000, [("formula_too_large", "1" * 9000)]),
        (BUDGET, '"text"', [("formula_type", '"text"')]),
        (BUDGET, "TODAY()-{start}+NOW()", [("clock_in_computed", "TODAY"), ("clock_in_computed", "NOW")]),
        (AMOUNT, "{budget}", [("computed_cycle", "{budget}")]),
        (BUDGET, "IF({current.user}={owner},1,0)", [("person_in_computed", "{current.user}")]),
        (BUDGET, "1+{version}", [("saving_in_computed", "{version}")]),
        ({"kind": "default", "field": "kind"}, '"no_such"', [("unknown_option", '"no_such"')]),
        ({"kind": "rule", "rule": "dates"}, "{name}", [("formula_type", "{name}")]),
        ({"kind": "computed", "field": "item"}, "1", []),
    ],
)  # fmt: skip
async def test_everything_wrong_with_a_draft_is_said_at_its_place(
    world: World, place: object, source: str, expected: list[tuple[str, str]]
) -> None:
    admin = await world.person("admin")
    answer = await admin.call("POST", f"{FORMULAS}/check", {"source": source, "place": place})
    if place == {"kind": "computed", "field": "item"}:
        refusal(answer, 404, "formula_place_not_found")
        return
    assert marked(answer.json(), source) == expected


async def test_a_message_is_in_the_language_of_the_caller(world: World) -> None:
    zh = (await checked(world, "{lines}+1", language="zh-CN"))["problems"][0]
    assert (zh["expected"], zh["found"]) == ("数字", "任意值列表")
    en = (await checked(world, "{lines}+1"))["problems"][0]
    assert (en["expected"], en["found"]) == ("number", "list of any")


async def test_what_excel_converts_is_a_warning_and_the_tree_is_there(world: World) -> None:
    source = "{name}*2"
    found = await checked(world, source, BUDGET)
    assert marked(found, source, "warnings") == [("formula_converts", "{name}")]
    assert found["formula"] is not None
    assert found["problems"] == []


async def test_members_that_exclude_each_other_are_told_before_publishing(world: World) -> None:
    found = await checked(world, '"IT"', {"kind": "computed", "field": "name"})
    assert [item["code"] for item in found["problems"]] == ["computed_conflict"]  # the name is required


async def test_a_saved_formula_is_in_force_and_a_new_version(world: World) -> None:
    before = await version(world)
    answer = await saved(world, BUDGET, "SUM({lines.amount})*2")
    assert answer.json() == {"version": before + 1, "warnings": []}
    assert await formula_at(world, BUDGET) == "SUM({lines.amount})*2"
    made = await world.submit()
    assert made["record"]["values"]["budget"] == 3_000_000


async def test_the_same_formula_makes_no_version(world: World) -> None:
    before = await version(world)
    assert (await saved(world, BUDGET, "SUM({lines.amount})")).json()["version"] == before
    assert await version(world) == before


async def test_a_default_and_a_condition_are_added_and_taken_away(world: World) -> None:
    default = {"kind": "default", "field": "outsourced"}
    shown = {"kind": "visibility", "form": "apply", "section": 1, "field": "goal"}
    for place, source in ((default, "TRUE"), (shown, "NOT(ISEMPTY({goals}))")):
        assert (await saved(world, place, source)).status_code == 200
        assert await formula_at(world, place) == source
    form = await (await world.person("zhang.wei")).get(FORM)
    assert form["values"]["outsourced"] is True
    for place in (default, shown):
        assert (await saved(world, place, None)).status_code == 200
        assert await formula_at(world, place) is None
    layout = (await (await world.person("admin")).get(f"/api/apps/{APP}"))["forms"]["apply"]["layout"]
    assert layout[1]["items"] == ["goals", "goal"]


async def test_a_change_of_the_application_in_the_meantime_is_a_conflict_with_both_sides(world: World) -> None:
    seen = await version(world)
    await saved(world, BUDGET, "SUM({lines.amount})*2")
    admin = await world.person("admin")
    answer = await admin.call("PUT", FORMULAS, {"place": BUDGET, "source": "0", "seen_version": seen})
    error = refusal(answer, 409, "definition_conflict")
    assert error["params"] == {"seen": seen, "current": seen + 1}
    assert error["errors"][0]["params"] == {"theirs": "SUM({lines.amount})*2", "yours": "0"}
    assert await formula_at(world, BUDGET) == "SUM({lines.amount})*2"


async def test_a_place_that_another_version_took_away_is_a_conflict_too(world: World) -> None:
    seen = await version(world)
    await republish(world, remove_fields("project", "stage"))
    admin = await world.person("admin")
    send = {"place": {"kind": "default", "field": "stage"}, "source": '"running"', "seen_version": seen}
    answer = await admin.call("PUT", f"{RECORDS}/project/formulas", send)
    assert refusal(answer, 409, "definition_conflict")["errors"][0]["params"]["theirs"] == ""
    answer = await admin.call("PUT", f"{RECORDS}/project/formulas", {**send, "seen_version": seen + 1})
    refusal(answer, 404, "formula_place_not_found")


@pytest.mark.parametrize(
    ("place", "source", "code", "path"),
    [
        (BUDGET, "SUM({lines.amount}", "formula_syntax", "/source"),
        (BUDGET, "", "text_too_short", "/source"),
        (BUDGET, "1" * 9000, "text_too_long", "/source"),
        (BUDGET, "{name}&1", "formula_type", "/source"),
        ({"kind": "computed", "field": "name"}, '"x"', "computed_conflict", "/entities/proposal/fields/1/required"),
        ({"kind": "rule", "rule": "dates"}, None, "missing_member", "/source"),
    ],
)
async def test_what_does_not_publish_is_refused_with_its_place(
    world: World, place: object, source: str | None, code: str, path: str
) -> None:
    before = await version(world)
    errors = refusal(await saved(world, place, source), 422, "invalid")["errors"]
    assert (code, path) in [(item["code"], item["path"]) for item in errors]
    assert await version(world) == before


@pytest.mark.parametrize(
    ("send", "path"),
    [
        ({}, "/place"),
        ({"place": {"kind": "nowhere"}, "source": "1", "seen_version": 1}, "/place/kind"),
        ({"place": BUDGET, "source": 1, "seen_version": 1}, "/source"),
        ({"place": BUDGET, "source": "1", "seen_version": 0}, "/seen_version"),
        ({"place": BUDGET, "source": "1", "seen_version": 1, "note": ""}, "/note"),
        ({"place": {**BUDGET, "extra": 1}, "source": "1", "seen_version": 1}, "/place/extra"),
    ],
)
async def test_a_bad_body_is_refused_with_its_place(world: World, send: object, path: str) -> None:
    admin = await world.person("admin")
    errors = refusal(await admin.call("PUT", FORMULAS, send), 422, "invalid")["errors"]
    assert path in [item["path"] for item in errors]


@pytest.mark.parametrize("account", ["zhang.wei", "feng.xue"])
async def test_only_admins_see_check_or_change_formulas(world: World, account: str) -> None:
    person = await world.person(account)
    send = {"place": BUDGET, "source": "1", "seen_version": 1}
    refusal(await person.call("GET", FORMULAS), 403, "admins_only")
    refusal(await person.call("PUT", FORMULAS, send), 403, "admins_only")
    refusal(await person.call("POST", f"{FORMULAS}/check", {"source": "1"}), 403, "admins_only")
    assert (await world.anyone().call("GET", "/api/formula/functions")).status_code == 401


async def test_what_is_unknown_is_not_found(world: World) -> None:
    admin = await world.person("admin")
    refusal(await admin.call("GET", "/api/apps/nothing/entities/proposal/formulas"), 404, "app_not_found")
    refusal(await admin.call("GET", f"{RECORDS}/nothing/formulas"), 404, "entity_not_found")


async def test_history_says_what_was_changed_by_whom(world: World) -> None:
    await saved(world, BUDGET, "0", note="空预算")
    await saved(world, BUDGET, "1")
    entries = (await (await world.person("admin")).get("/api/audit"))["items"]
    made = [item for item in entries if item["action"] == "application.publish" and item["actor_id"]]
    assert [item["actor_id"] for item in made[:2]] == [world.members["admin"]] * 2


async def test_paths_through_links_are_listed_with_the_titles_on_their_way(world: World) -> None:
    await linking.install(world)
    found = await (await world.person("admin")).get(f"{linking.RECORDS}/order/formulas")
    scope = {item["path"]: item for item in found["scope"]}
    assert scope["project"]["kind"] == "record"
    listed = list(scope)
    assert listed.index("project.budget") < listed.index("project.created_at")
    assert scope["project.customer.region"]["titles"] == ["project", "customer", "region"]
    assert scope["project.customer.rate"]["kind"] == "number"
    assert scope["after.project.customer.name"]["kind"] == "text"
    assert not [path for path in scope if path.startswith("after.after.after.after.")]
    rows = {item["path"]: item for item in found["rows"]["lines"]}
    assert (rows["item.budget"]["titles"], rows["item.customer.rate"]["titles"]) == (
        ["item", "budget"], ["item", "customer", "rate"]
    )  # fmt: skip
    assert all(path.partition(".")[0] in {"item", "qty", "amount", "share"} for path in rows)


async def test_a_draft_through_links_is_checked_with_the_other_entities(world: World) -> None:
    await linking.install(world)
    admin = await world.person("admin")
    place = {"kind": "computed", "field": "left"}
    source = "{project.customer.rate}+{project.nothing}"
    found = await admin.post(f"{linking.RECORDS}/order/formulas/check", {"source": source, "place": place})
    assert marked(found, source) == [("formula_unknown_field", "{project.nothing}")]
    source = "{after.left}"
    found = await admin.post(f"{linking.RECORDS}/order/formulas/check", {"source": source, "place": place})
    assert [item["code"] for item in found["problems"]] == ["computed_cycle"]
