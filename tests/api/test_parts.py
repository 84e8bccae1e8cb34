"""Values of several parts over the API: entered whole, filtered, sorted and computed with by their parts."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

import pytest

from tests.api.publishing import PROPOSAL, Files, field, republish
from tests.world import FORM, RECORDS, World

PROPOSALS = f"{RECORDS}/proposal/records"
JANUARY = {"start": "2026-01-01", "end": "2026-01-31"}
SPRING = {"start": "2026-01-20", "end": "2026-04-30"}


def edit(files: Files) -> None:
    """Proposals get a period, a place and an address, and are listed by them."""
    files[PROPOSAL]["fields"] += [
        field("period", type="date_range"),
        field("home", type="address"),
        field("place", type="location"),
        field("length", type="number", computed="{period.end}-{period.start}+1"),
    ]
    lines = next(item for item in files[PROPOSAL]["fields"] if item["key"] == "lines")
    lines["fields"].append(field("span", type="date_range"))
    files["views/by_period.json"] = {
        "key": "by_period", "entity": "proposal", "kind": "grid", "title": "By period",
        "columns": ["name", "period.start", "home.city"],
        "filter": {"field": "period.end", "op": "ge", "value": "2026-01-01"},
        "sort": [{"field": "period.start", "desc": True}],
    }  # fmt: skip


async def names(world: World, *, account: str = "admin", **query: Any) -> list[str]:
    """The names of the proposals that a list shows, page by page."""
    client = await world.person(account)
    texts = {key: value if isinstance(value, str) else json.dumps(value) for key, value in query.items()}
    address = "&".join(f"{key}={quote(text)}" for key, text in texts.items())
    found: list[str] = []
    cursor = ""
    while True:
        page = await client.get(f"{PROPOSALS}?limit=1&{address}{cursor}")
        found += [item["values"]["name"] for item in page["items"]]
        if page["next"] is None:
            return [name for name in found if len(name) == 1]  # without those of the sample
        cursor = f"&cursor={quote(page['next'])}"


async def filled(world: World) -> None:
    await republish(world, edit)
    await world.submit(name="A", period=JANUARY, home={"province": "北京市"}, place={"longitude": -1.5, "latitude": 2})
    await world.submit(name="B", period=SPRING, home={"city": "苏州市", "detail": "北京路 1 号"})
    await world.submit(name="C", place={"longitude": 116.397428, "latitude": 39.90923, "address": "天安门"})


FILTERS: list[tuple[Any, list[str]]] = [
    ({"field": "period.start", "op": "le", "value": "2026-01-01"}, ["A"]),
    ({"field": "period.end", "op": "between", "value": ["2026-04-01", "2026-04-30"]}, ["B"]),
    ({"field": "period.start", "op": "empty"}, ["C"]),
    ({"field": "period", "op": "empty"}, ["C"]),
    ({"field": "period", "op": "not_empty"}, ["A", "B"]),
    ({"field": "period", "op": "contains", "value": "2026-01-25"}, ["A", "B"]),
    ({"field": "period", "op": "not_contains", "value": "2026-01-05"}, ["B", "C"]),
    ({"field": "period", "op": "contains", "value": {"today": 36000}}, []),
    ({"field": "period", "op": "overlaps", "value": ["2026-02-01", "2026-02-01"]}, ["B"]),
    ({"field": "period", "op": "overlaps", "value": ["2025-01-01", "2026-01-20"]}, ["A", "B"]),
    ({"field": "home.province", "op": "eq", "value": "北京市"}, ["A"]),
    ({"field": "home", "op": "contains", "value": "北京"}, ["A", "B"]),
    ({"field": "home.detail", "op": "starts_with", "value": "北京"}, ["B"]),
    ({"field": "place.longitude", "op": "lt", "value": -1.4999995}, ["A"]),
    ({"field": "place.longitude", "op": "eq", "value": 116.397428}, ["C"]),
    ({"field": "place.address", "op": "contains", "value": "安"}, ["C"]),
    ({"formula": "{period.end}-{period.start}>40"}, ["B"]),
    ({"formula": 'AND(ISBLANK({period}),{place.address}="天安门")'}, ["C"]),
]


async def test_lists_are_filtered_by_parts_and_by_the_whole(world: World) -> None:
    await filled(world)
    for wanted, expected in FILTERS:
        assert await names(world, filter=wanted, sort="name") == expected, wanted


async def test_lists_are_sorted_by_parts_page_by_page(world: World) -> None:
    await filled(world)
    assert await names(world, sort="period.start") == ["C", "A", "B"]
    assert await names(world, sort="-period.end") == ["B", "A", "C"]
    assert await names(world, sort="place.latitude,name") == ["B", "A", "C"]
    assert await names(world, sort="-home.city,-name") == ["B", "C", "A"]
    assert await names(world, view="by_period") == ["B", "A"]


async def test_what_is_computed_from_a_part_follows_the_value(world: World) -> None:
    await republish(world, edit)
    made = await world.submit(period=JANUARY)
    assert made["record"]["values"]["length"] == 31
    admin = await world.person("admin")
    path = f"{PROPOSALS}/{made['record']['id']}"
    version = made["record"]["version"]
    after = await admin.patch(path, {"values": {"period": {**JANUARY, "end": "2026-01-02"}}}, if_match=f'"{version}"')
    assert after["values"]["length"] == 2
    change = (await admin.get(f"{path}/history"))["items"][0]["changes"]
    assert change["period"] == [JANUARY, {**JANUARY, "end": "2026-01-02"}]


async def test_wrong_values_are_told_at_their_field_and_nothing_is_stored(world: World) -> None:
    await republish(world, edit)
    client = await world.person("zhang.wei")
    line = {"item": "W", "category": "labor", "qty": 1, "price": 5000, "span": {"start": "2026-01-02"}}
    values = {
        "period": {"start": "2026-02-01", "end": "2026-01-01"},
        "home": {"street": "x"},
        "place": {"longitude": 500, "latitude": 0},
        "lines": [line],
    }
    answer = await client.call("POST", f"{FORM}/submissions", {"values": world.proposal(**values)})
    assert answer.status_code == 422
    assert {(item["path"], item["code"]) for item in answer.json()["error"]["errors"]} == {
        ("/period", "range_reversed"), ("/home", "unknown_part"), ("/place", "above_max"),
        ("/lines/0/span", "range_incomplete"),
    }  # fmt: skip
    assert await names(world) == []


async def test_a_hidden_field_hides_its_parts(world: World) -> None:
    def hide(files: Files) -> None:
        files["permission_sets/shy.json"] = {
            "key": "shy", "entity": "proposal", "title": "Shy", "to": [{"everyone": True}],
            "actions": ["read"], "fields": {"*": "read", "period": "hidden"},
        }  # fmt: skip
        for path in [path for path in files if path.startswith("permission_sets/") and "shy" not in path]:
            if files[path]["entity"] == "proposal":
                del files[path]

    await filled(world)
    await republish(world, hide)
    client = await world.person("xu.peng")
    for query in (
        {"filter": json.dumps({"field": "period.start", "op": "le", "value": "2026-01-01"})},
        {"filter": json.dumps({"field": "period", "op": "contains", "value": "2026-01-01"})},
        {"filter": json.dumps({"formula": "{period.start}<TODAY()"})},
        {"sort": "period.start"},
        {"sort": json.dumps([{"formula": "{period.end}-1"}])},
    ):
        answer = await client.call("GET", f"{PROPOSALS}?" + "&".join(f"{k}={quote(v)}" for k, v in query.items()))
        assert (answer.status_code, answer.json()["error"]["code"]) == (403, "field_hidden"), query
    shown = (await client.get(PROPOSALS))["items"]
    assert shown
    assert all("period" not in item["values"] and "length" not in item["values"] for item in shown)


@pytest.mark.parametrize(
    "wanted",
    [
        {"field": "period.middle", "op": "empty"},
        {"field": "period", "op": "lt", "value": "2026-01-01"},
        {"field": "period", "op": "overlaps", "value": "2026-01-01"},
        {"field": "period", "op": "contains", "value": "soon"},
        {"field": "lines.span.start", "op": "empty"},
        {"field": "home", "op": "contains", "value": 5},
    ],
)
async def test_what_cannot_be_asked_of_parts_is_refused(world: World, wanted: Any) -> None:
    await republish(world, edit)
    client = await world.person("admin")
    answer = await client.call("GET", f"{PROPOSALS}?filter={quote(json.dumps(wanted))}")
    assert answer.status_code == 422
