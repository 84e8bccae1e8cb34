"""Lookups: what a linked record holds, shown in the type it has there, for whom it may be seen, and never stale."""

from __future__ import annotations

import copy
import json

import pytest

from engine.commands.upkeep import verify_all
from engine.errors import Problem
from engine.runtime.definitions import check_files
from tests.api.linking import APP, RECORDS, Files, change, computed, edit, link, make, number, publish, text, values
from tests.world import Client, World, refusal

OPTIONS = [{"key": "a", "title": "A", "color": "red"}, {"key": "old", "title": "Old", "retired": True}]


def lookup(key: str, through: str, shown: str, **more: object) -> dict[str, object]:
    return {"key": key, "type": "lookup", "title": key, "link": through, "field": shown, **more}


FILES: Files = {
    "app.json": {"format": 1, "key": APP, "title": "Work"},
    "entities/customer.json": {
        "key": "customer",
        "title": "Customer",
        "record_title": "{name}",
        "fields": [
            text("name", pattern="[A-Z].*"),
            number("rate", unit="%", min=1),
            {"key": "level", "type": "select", "title": "level", "options": OPTIONS},
            {"key": "tags", "type": "multi_select", "title": "tags", "options": OPTIONS},
            {"key": "since", "type": "datetime", "title": "since"},
            {"key": "keeper", "type": "member", "title": "keeper", "multiple": True},
            link("parent", "customer"),
            {"key": "code", "type": "serial", "title": "code", "pattern": "C-{seq:3}"},
            number("secret"),
            lookup("above", "parent", "rate"),
        ],
    },
    "entities/order.json": {
        "key": "order",
        "title": "Order",
        "fields": [
            text("name"),
            link("customer", "customer"),
            lookup("who", "customer", "name", search=True),
            lookup("rate", "customer", "rate", sort=True),
            lookup("level", "customer", "level"),
            lookup("tags", "customer", "tags"),
            lookup("since", "customer", "since"),
            lookup("keeper", "customer", "keeper"),
            lookup("parent", "customer", "parent"),
            lookup("code", "customer", "code"),
            lookup("above", "customer", "above"),
            lookup("told", "customer", "secret"),
            lookup("made", "customer", "created_at"),
            computed("twice", "{rate}*2"),
            {
                "key": "lines",
                "type": "subform",
                "title": "lines",
                "fields": [
                    link("of", "customer"),
                    number("qty"),
                    lookup("price", "of", "rate"),
                    computed("amount", "{qty}*{price}"),
                ],
            },
            computed("total", "SUM({lines.amount})"),
        ],
    },
}
SETS: dict[str, dict[str, object]] = {
    "order": {"entity": "order", "to": [{"everyone": True}], "actions": ["read", "create", "update"]},
    "customer": {
        "entity": "customer",
        "to": [{"everyone": True}],
        "actions": ["read"],
        "fields": {"*": "read", "secret": "hidden"},
    },
}


async def work(world: World) -> Client:
    files = copy.deepcopy(FILES)
    for key, given in SETS.items():
        files[f"permission_sets/{key}.json"] = {"key": key, "title": key, **given}
    await publish(world, files)
    return await world.person("admin")


async def is_sound(world: World) -> bool:
    return (await verify_all(world.backend)).findings == ()


async def test_a_lookup_shows_what_the_linked_record_holds(world: World) -> None:
    admin = await work(world)
    keeper = next(iter(world.members.values()))
    top = await make(admin, "customer", name="Top", rate=7)
    customer = await make(
        admin,
        "customer",
        name="Acme",
        rate=2.5,
        level="a",
        tags=["a"],
        # this wall-clock time is there twice in many zones
        since="2026-10-25T01:30:00.123Z",
        keeper=[keeper],
        parent=top,
        secret=9,
    )
    order = await make(admin, "order", name="o", customer=customer, lines=[{"of": top, "qty": 3}])
    found = await values(admin, "order", order)
    assert found["who"] == "Acme"
    assert found["rate"] == 2.5
    assert found["level"] == "a"
    assert found["tags"] == ["a"]
    assert found["since"] == "2026-10-25T01:30:00.123Z"
    assert found["keeper"] == [keeper]
    assert found["parent"] == top
    assert found["code"] == "C-002"
    assert found["above"] == 7
    assert found["told"] == 9
    assert found["made"].endswith("Z")
    assert found["twice"] == 5
    assert found["lines"][0]["price"] == 7
    assert found["total"] == 21
    assert await is_sound(world)


async def test_a_lookup_follows_every_change_of_what_it_shows(world: World) -> None:
    admin = await work(world)
    top = await make(admin, "customer", name="Top", rate=7)
    customer = await make(admin, "customer", name="Acme", rate=2, parent=top)
    order = await make(admin, "order", name="o", customer=customer, lines=[{"of": customer, "qty": 3}])
    await edit(admin, "customer", top, rate=8)
    await edit(admin, "customer", customer, rate=4, level="a")
    found = await values(admin, "order", order)
    assert (found["above"], found["rate"], found["level"], found["twice"], found["total"]) == (8, 4, "a", 8, 12)
    await edit(admin, "order", order, customer=None)
    found = await values(admin, "order", order)
    assert (found["above"], found["rate"], found["level"], found["total"]) == (None, None, None, 12)
    assert await is_sound(world)


async def test_the_page_gets_a_lookup_as_a_field_of_the_type_it_shows(world: World) -> None:
    admin = await work(world)
    fields = {item["key"]: item for item in (await admin.get(f"/api/apps/{APP}"))["entities"]["order"]["fields"]}
    assert fields["rate"]["type"] == "number"
    assert fields["rate"]["unit"] == "%"
    assert fields["rate"].get("min") is None
    assert fields["rate"]["derived"] == "lookup"
    assert fields["level"]["options"][0]["color"] == "red"
    assert fields["parent"]["entity"] == "customer"
    assert fields["code"]["type"] == "text"
    assert fields["lines"]["fields"][2]["type"] == "number"


async def test_a_lookup_is_written_as_authored(world: World) -> None:
    await work(world)
    found: Files = {}
    await change(world, lambda files: found.update(copy.deepcopy(files)))
    assert found["entities/order.json"]["fields"][3] == lookup("rate", "customer", "rate", sort=True)


async def test_records_are_filtered_and_sorted_by_a_lookup(world: World) -> None:
    admin = await work(world)
    orders = {}
    for rate in (3, 1, 2):
        customer = await make(admin, "customer", name=f"N{rate}", rate=rate, level="a" if rate > 1 else None)
        orders[await make(admin, "order", name=str(rate), customer=customer)] = rate
    sorted_ones = (await admin.get(f"{RECORDS}/order/records?sort=-rate"))["items"]
    assert [orders[item["id"]] for item in sorted_ones] == [3, 2, 1]
    chosen = '{"and":[{"field":"level","op":"in","value":["a"]},{"field":"rate","op":"lt","value":3}]}'
    found = (await admin.get(f"{RECORDS}/order/records?filter={chosen}"))["items"]
    assert [orders[item["id"]] for item in found] == [2]


async def test_nobody_enters_a_lookup(world: World) -> None:
    admin = await work(world)
    sent = {"values": {"name": "o", "rate": 5, "lines": [{"price": 1}]}}
    error = refusal(await admin.call("POST", f"{RECORDS}/order/records", sent), 422, "invalid")
    assert {item["path"] for item in error["errors"]} == {"/rate", "/lines/0/price"}
    assert (await admin.get(f"{RECORDS}/order/records"))["items"] == []


async def test_who_may_not_see_the_field_does_not_see_the_lookup(world: World) -> None:
    admin = await work(world)
    customer = await make(admin, "customer", name="Acme", secret=9, rate=2)
    order = await make(admin, "order", name="o", customer=customer)
    member = await world.person(next(account for account in world.members if account != "admin"))
    found = await values(member, "order", order)
    assert "told" not in found
    assert found["rate"] == 2
    asked = '{"field":"told","op":"eq","value":9}'
    refusal(await member.call("GET", f"{RECORDS}/order/records?filter={asked}"), 403, "field_hidden")


async def test_publishing_another_lookup_fills_it_in(world: World) -> None:
    admin = await work(world)
    customer = await make(admin, "customer", name="Acme", rate=2)
    order = await make(admin, "order", name="o", customer=customer)

    def add(files: Files) -> None:
        files["entities/order.json"]["fields"].append(lookup("again", "customer", "name"))

    await change(world, add)
    assert (await values(admin, "order", order))["again"] == "Acme"

    def turn(files: Files) -> None:
        files["entities/order.json"]["fields"][-1]["field"] = "code"

    await change(world, turn)
    assert (await values(admin, "order", order))["again"] == "C-001"
    assert await is_sound(world)


def problems_with(*fields: dict[str, object]) -> list[Problem]:
    """What is wrong with the orders when they have these fields too."""
    files = copy.deepcopy(FILES)
    files["entities/order.json"]["fields"] += fields
    return list(check_files({path: json.dumps(document).encode() for path, document in files.items()}).problems)


@pytest.mark.parametrize(
    ("field", "code", "path"),
    [
        (lookup("x", "nowhere", "name"), "unknown_field", "/link"),
        (lookup("x", "name", "name"), "lookup_needs_link", "/link"),
        (lookup("x", "parent", "name"), "lookup_needs_link", "/link"),
        (lookup("x", "customer", "nothing"), "unknown_field", "/field"),
        (lookup("x", "customer", "updated_at"), "saving_in_computed", "/field"),
        (lookup("x", "customer", "tags", sort=True), "member_not_applicable", "/sort"),
        (lookup("x", "customer", "name", required=True), "member_not_applicable", "/required"),
        (number("x", derived="lookup"), "member_not_applicable", "/derived"),
        (computed("x", "{parent.rate}"), "formula_unknown_field", "/computed"),
    ],
)
def test_a_lookup_that_has_no_meaning_is_refused(field: dict[str, object], code: str, path: str) -> None:
    place = len(FILES["entities/order.json"]["fields"])
    assert (code, f"/fields/{place}{path}") in [(item.code, item.path) for item in problems_with(field)]


def test_a_lookup_of_rows_is_refused() -> None:
    found = problems_with(link("next", "order"), lookup("x", "next", "lines"))
    assert [item.code for item in found] == ["lookup_cannot_show"]


def test_lookups_that_show_each_other_are_refused_with_their_way() -> None:
    found = problems_with(link("next", "order"), lookup("x", "next", "y"), lookup("y", "next", "x"))
    told = [item.text("en") for item in found if item.code == "derived_in_circle"]
    assert told[0].endswith("order.x → order.y → order.x")
