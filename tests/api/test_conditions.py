"""Formulas by which people filter: what each may name, and what is said of a draft."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api import linking
from tests.api.publishing import Files, republish
from tests.world import RECORDS, World, refusal

PROJECT = f"{RECORDS}/project/conditions"


async def names(world: World, person: str, address: str = PROJECT) -> set[str]:
    """Paths a person may name."""
    found = await (await world.person(person)).get(f"{address}/names")
    return {item["path"] for item in found["items"]}


async def judged(world: World, person: str, source: str, address: str = PROJECT) -> dict[str, Any]:
    """What is said of a draft of a person."""
    found: dict[str, Any] = await (await world.person(person)).post(f"{address}/check", {"source": source})
    return found


async def test_signed_out_sees_401(world: World) -> None:
    refusal(await world.anyone().call("GET", f"{PROJECT}/names"), 401, "sign_in_needed")
    refusal(await world.anyone().call("POST", f"{PROJECT}/check", {"source": "1"}), 401, "sign_in_needed")


async def test_a_member_may_name_what_he_sees_with_what_people_call_it(world: World) -> None:
    found = await (await world.person("he.jie")).get(f"{PROJECT}/names")
    by_path = {item["path"]: item for item in found["items"]}
    assert by_path["start"]["kind"] == "date"
    assert by_path["name"]["titles"][0]["zh-CN"] == "项目名称"
    assert {"current.user", "created_at"} <= set(by_path)
    assert "budget" not in by_path
    assert "budget" in await names(world, "admin")


@pytest.mark.parametrize("hidden", ["budget", "cost_center"])
async def test_a_hidden_field_is_told_of_as_one_that_there_is_not(world: World, hidden: str) -> None:
    for form in ("{%s}", "{%s}>1", "SUM({%s}, 1)>{start}", "{%s}*2>"):
        of_hidden = await judged(world, "he.jie", form % hidden)
        made_up = "q" * len(hidden)
        of_nothing = await judged(world, "he.jie", form % made_up)
        assert str(of_hidden).replace(hidden, made_up) == str(of_nothing)
        assert of_hidden["problems"]


async def test_no_suggestion_names_a_hidden_field(world: World) -> None:
    assert "budget" in str((await judged(world, "admin", "{budgett}>1"))["problems"][0]["params"]["suggestion"])
    assert (await judged(world, "he.jie", "{budgett}>1"))["problems"][0]["params"]["suggestion"] == ""


# a draft and the code of what is wrong with it, and the piece that it is about
WRONG = [
    ("{start}+", "formula_syntax", ""),
    ("{start}+1", "formula_type", "+"),
    ("{name}*2>1", "formula_not_in_sql", "*"),
    ("YEAR({created_at})=2026", "formula_not_in_sql", "YEAR"),
]


@pytest.mark.parametrize(("source", "code", "piece"), WRONG)
async def test_what_is_wrong_is_said_with_its_piece(world: World, source: str, code: str, piece: str) -> None:
    problem = (await judged(world, "he.jie", source))["problems"][0]
    assert (problem["code"], source[problem["offset"] : problem["end"]]) == (code, piece)
    assert problem["found"]


async def test_what_can_be_filtered_by_is_fine_and_what_is_doubtful_is_said(world: World) -> None:
    assert await judged(world, "he.jie", "{finish}>={start}") == {"problems": [], "warnings": []}


async def test_paths_through_links_stop_at_what_is_hidden_there(world: World) -> None:
    given = {
        entity: {"entity": entity, "to": [{"everyone": True}], "actions": ["read"], "fields": fields}
        for entity, fields in (("order", {"*": "read"}), ("project", {"*": "read", "secret": "hidden"}))
    }
    await linking.install(world, sets=given)
    address = f"{linking.RECORDS}/order/conditions"
    assert {"project.budget", "project.secret"} <= await names(world, "admin", address)
    seen = await names(world, "he.jie", address)
    assert "project.budget" in seen
    assert "project.secret" not in seen
    problem = (await judged(world, "he.jie", "{project.secret}>1", address))["problems"][0]
    assert problem["code"] == "formula_unknown_field"


async def test_a_permission_set_that_shows_a_field_shows_it_here(world: World) -> None:
    def shown(files: Files) -> None:
        files["permission_sets/project_everyone.json"]["fields"]["budget"] = "read"

    assert "budget" not in await names(world, "he.jie")
    await republish(world, shown)
    assert "budget" in await names(world, "he.jie")
    assert (await judged(world, "he.jie", "{budget}>1"))["problems"] == []


async def test_what_is_unknown_is_not_found(world: World) -> None:
    admin = await world.person("admin")
    refusal(await admin.call("GET", f"{RECORDS}/nothing/conditions/names"), 404, "entity_not_found")
