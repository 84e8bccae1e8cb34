"""A cursor that a list gave out is good for the next page: after rules were narrowed, and with texts of any length."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.publishing import republish
from tests.world import RECORDS, World, refusal

THINGS = f"{RECORDS}/thing/records"
OPTIONS = [{"key": key, "title": key} for key in ("a", "b", "c")]
FIELDS: list[dict[str, Any]] = [
    {"key": "name", "type": "text", "title": "Name", "sort": True},
    {"key": "score", "type": "number", "title": "Score", "sort": True},
    {"key": "kind", "type": "select", "title": "Kind", "sort": True, "options": OPTIONS},
    {"key": "twice", "type": "number", "title": "Twice", "sort": True, "max": 1, "computed": "{score}*2"},
    {"key": "memo", "type": "text", "title": "Memo", "sort": True, "max_length": 10000},
    {"key": "day", "type": "date", "title": "Day", "sort": True},
]
THING = {"key": "thing", "title": "Thing", "fields": FIELDS}
NARROWER: dict[str, dict[str, Any]] = {
    "name": {"max_length": 1},
    "score": {"max": 1},
    "kind": {"options": OPTIONS[:1]},
    "memo": {"max_length": 1},
}


def add(files: dict[str, Any]) -> None:
    files["entities/thing.json"] = THING


def narrow(files: dict[str, Any]) -> None:
    fields = [field | NARROWER.get(field["key"], {}) for field in FIELDS]
    files["entities/thing.json"] = THING | {"fields": fields}


async def fill(world: World) -> list[str]:
    """Seven records, by id."""
    admin = await world.person("admin")
    made = []
    for number in range(7):
        values = {
            "name": f"name {number % 3}",
            "score": number % 3,
            "kind": "abc"[number % 3],
            "memo": f"{'长' * 9000}{number % 3}",
            "day": None if number % 2 else f"2026-04-0{number % 3 + 1}",
        }
        made.append((await admin.post(THINGS, {"values": values}))["id"])
    return made


async def pages(world: World, sort: str) -> list[str]:
    admin = await world.person("admin")
    seen: list[str] = []
    cursor = ""
    for _ in range(9):
        page = await admin.get(f"{THINGS}?sort={sort}&limit=1{cursor}")
        seen += [item["id"] for item in page["items"]]
        if page["next"] is None:
            return seen
        assert len(page["next"]) <= 2000
        cursor = f"&cursor={page['next']}"
    raise AssertionError(f"pages of {sort} do not end")


async def test_pages_end_after_every_record_was_shown_once(world: World) -> None:
    await republish(world, add)
    made = await fill(world)
    for is_narrow in (False, True):
        if is_narrow:
            await republish(world, narrow)
        for key in ("name", "score", "kind", "twice", "memo", "day", "memo,-day", "-memo,name"):
            for sort in (key, f"-{key}".replace("--", "")):
                assert sorted(await pages(world, sort)) == sorted(made), f"{sort} narrow={is_narrow}"


@pytest.mark.parametrize("change", [{"memo": "moved"}, {"score": 9}])
async def test_the_place_of_a_long_text_goes_with_its_record(world: World, change: dict[str, object]) -> None:
    await republish(world, add)
    await fill(world)
    admin = await world.person("admin")
    page = await admin.get(f"{THINGS}?sort=memo&limit=2")
    path = f"{THINGS}?sort=memo&limit=2&cursor={page['next']}"
    following = [item["id"] for item in (await admin.get(path))["items"]]
    await admin.patch(f"{THINGS}/{page['items'][-1]['id']}", {"values": change}, if_match='"1"')
    answer = await admin.call("GET", path)
    if "memo" in change:
        refusal(answer, 400, "bad_cursor")
    else:
        assert [item["id"] for item in answer.json()["items"]] == following


async def test_the_place_of_a_record_that_a_person_may_not_see_is_refused(world: World) -> None:
    await republish(world, add)
    await fill(world)
    admin, other = await world.person("admin"), await world.person("he.jie")
    page = await admin.get(f"{THINGS}?sort=memo&limit=2")
    path = f"{THINGS}?sort=memo&limit=2&cursor={page['next']}"
    answer = await other.call("GET", path)
    assert answer.status_code in {400, 403}, answer.text
