"""Roll-ups: what all records that link here come to, after every write of any of them, and never beyond a rule."""

from __future__ import annotations

import asyncio
import copy
import json
from typing import Any

import pytest

from engine.commands.upkeep import verify_all
from engine.errors import Problem
from engine.runtime.definitions import check_files
from tests.api.linking import (
    APP,
    RECORDS,
    Files,
    change,
    computed,
    edit,
    link,
    make,
    number,
    publish,
    record,
    text,
    values,
)
from tests.world import Client, World, refusal


def rollup(key: str, function: str, shown: str | None = None, **more: object) -> dict[str, object]:
    given = {"entity": "move", "by": "product", **({} if shown is None else {"field": shown}), **more}
    return {"key": key, "type": "rollup", "title": key, "function": function, **given}


KINDS = [{"key": "in", "title": "In"}, {"key": "out", "title": "Out"}]
FILES: Files = {
    "app.json": {"format": 1, "key": APP, "title": "Work"},
    "entities/maker.json": {
        "key": "maker",
        "title": "Maker",
        "fields": [
            text("name"),
            rollup("worth", "sum", "worth", entity="product", by="maker"),
            rollup("products", "count", entity="product", by="maker"),
        ],
        "rules": [{"key": "rich", "check": "{worth}<1000000", "message": "Too much"}],
    },
    "entities/product.json": {
        "key": "product",
        "title": "Product",
        "record_title": "{name}",
        "fields": [
            text("name"),
            link("maker", "maker"),
            number("price"),
            rollup("stock", "sum", "signed", sort=True),
            rollup("moves", "count"),
            rollup("out", "sum", "qty", where={"field": "kind", "op": "in", "value": ["out"]}),
            rollup("mean", "average", "qty"),
            rollup("least", "min", "qty"),
            rollup("last", "max", "day"),
            rollup("sold", "sum", "lines.qty", entity="order", by="lines.product"),
            computed("worth", "{stock}*{price}"),
        ],
        "rules": [{"key": "stocked", "check": "{stock}>=0", "message": {"zh-CN": "库存不足", "en": "Out of stock"}}],
    },
    "entities/move.json": {
        "key": "move",
        "title": "Move",
        "fields": [
            link("product", "product"),
            number("qty"),
            {"key": "kind", "type": "select", "title": "kind", "options": KINDS},
            {"key": "day", "type": "date", "title": "day"},
            computed("signed", 'IF({kind}="out",-{qty},{qty})'),
            {"key": "left", "type": "lookup", "title": "left", "link": "product", "field": "stock"},
        ],
    },
    "entities/order.json": {
        "key": "order",
        "title": "Order",
        "fields": [
            {
                "key": "lines",
                "type": "subform",
                "title": "lines",
                "fields": [link("product", "product"), number("qty")],
            },
        ],
    },
}


async def work(world: World) -> Client:
    await publish(world, copy.deepcopy(FILES))
    return await world.person("admin")


async def is_sound(world: World) -> bool:
    return (await verify_all(world.backend)).findings == ()


async def moved(admin: Client, product: str | None, qty: float, kind: str = "in", **more: object) -> str:
    return await make(admin, "move", product=product, qty=qty, kind=kind, **more)


async def test_a_new_record_has_its_roll_ups_of_nothing(world: World) -> None:
    admin = await work(world)
    found = await values(admin, "product", await make(admin, "product", name="Pen", price=2))
    assert (found["stock"], found["moves"], found["out"], found["worth"]) == (0, 0, 0, 0)
    assert (found["mean"], found["least"], found["last"]) == (None, None, None)
    assert await is_sound(world)


async def test_roll_ups_follow_every_write_of_what_they_are_made_of(world: World) -> None:
    admin = await work(world)
    maker = await make(admin, "maker", name="Acme")
    pen = await make(admin, "product", name="Pen", price=2, maker=maker)
    first = await moved(admin, pen, 10, day="2026-01-05")
    second = await moved(admin, pen, 3.25, "out", day="2026-02-05")
    found = await values(admin, "product", pen)
    assert (found["stock"], found["moves"], found["out"]) == (6.75, 2, 3.25)
    # the exact mean is 6.625
    assert (found["mean"], found["least"], found["last"]) == (6.63, 3.25, "2026-02-05")
    assert (await values(admin, "maker", maker))["worth"] == 13.5
    # what is rolled up reads the roll-up again
    assert (await values(admin, "move", first))["left"] == 6.75
    await edit(admin, "move", second, qty=2)
    assert (await values(admin, "product", pen))["stock"] == 8
    await edit(admin, "move", second, kind="in")
    assert (await values(admin, "product", pen))["stock"] == 12
    assert (await values(admin, "product", pen))["out"] == 0
    assert await is_sound(world)


async def test_what_moves_away_counts_there_no_more(world: World) -> None:
    admin = await work(world)
    pen, ink = [await make(admin, "product", name=name, price=2) for name in ("Pen", "Ink")]
    move = await moved(admin, pen, 10)
    await edit(admin, "move", move, product=ink, qty=4)
    first, second = await values(admin, "product", pen), await values(admin, "product", ink)
    assert (first["stock"], first["moves"], second["stock"], second["moves"]) == (0, 0, 4, 1)
    await edit(admin, "move", move, product=None)
    assert (await values(admin, "product", ink))["moves"] == 0
    assert await is_sound(world)


async def test_what_is_deleted_counts_no_more_until_it_is_back(world: World) -> None:
    admin = await work(world)
    maker = await make(admin, "maker", name="Acme")
    pen = await make(admin, "product", name="Pen", price=2, maker=maker)
    move = await moved(admin, pen, 10)
    seen = await record(admin, "move", move)
    await admin.call("DELETE", f"{RECORDS}/move/records/{move}", None, if_match=str(seen["version"]))
    assert (await values(admin, "product", pen))["stock"] == 0
    assert (await values(admin, "maker", maker))["worth"] == 0
    assert await is_sound(world)
    await admin.post(f"{RECORDS}/move/records/bin/{move}/restore")
    assert (await values(admin, "product", pen))["stock"] == 10
    assert (await values(admin, "maker", maker))["worth"] == 20
    assert await is_sound(world)


async def test_a_record_that_comes_back_counts_what_links_to_it_meanwhile(world: World) -> None:
    admin = await work(world)
    pen = await make(admin, "product", name="Pen", price=2)
    move = await moved(admin, pen, 10)
    seen = await record(admin, "product", pen)
    await admin.call("DELETE", f"{RECORDS}/product/records/{pen}", None, if_match=str(seen["version"]))
    await edit(admin, "move", move, qty=7)
    await admin.post(f"{RECORDS}/product/records/bin/{pen}/restore")
    assert (await values(admin, "product", pen))["stock"] == 7
    assert (await values(admin, "move", move))["left"] == 7
    assert await is_sound(world)


async def test_rows_are_rolled_up_by_their_own_link(world: World) -> None:
    admin = await work(world)
    pen, ink = [await make(admin, "product", name=name) for name in ("Pen", "Ink")]
    rows = [{"product": pen, "qty": 2}, {"product": ink, "qty": 5}, {"product": pen, "qty": 1}]
    order = await make(admin, "order", lines=rows)
    assert (await values(admin, "product", pen))["sold"] == 3
    await edit(admin, "order", order, lines=rows[:2])
    assert (await values(admin, "product", pen))["sold"] == 2
    await edit(admin, "order", order, lines=[])
    assert (await values(admin, "product", ink))["sold"] == 0
    assert await is_sound(world)


async def test_a_write_that_breaks_a_rule_about_a_roll_up_is_refused(world: World) -> None:
    admin = await work(world)
    pen = await make(admin, "product", name="Pen", price=2)
    await moved(admin, pen, 10)
    sent = {"values": {"product": pen, "qty": 11, "kind": "out"}}
    error = refusal(await admin.call("POST", f"{RECORDS}/move/records", sent), 422, "invalid")
    (fault,) = error["errors"]
    assert (fault["code"], fault["path"], fault["message"]) == ("rule_broken", "/product", "Out of stock")
    assert (await values(admin, "product", pen))["moves"] == 1
    out = await moved(admin, pen, 10, "out")
    seen = await record(admin, "move", out)
    changes = {"values": {"qty": 10.5}}
    address = f"{RECORDS}/move/records/{out}"
    refusal(await admin.call("PATCH", address, changes, if_match=str(seen["version"])), 422, "invalid")
    assert await is_sound(world)


async def test_a_rule_holds_over_several_steps(world: World) -> None:
    admin = await work(world)
    maker = await make(admin, "maker", name="Acme")
    pen = await make(admin, "product", name="Pen", price=1000, maker=maker)
    sent = {"values": {"product": pen, "qty": 1000, "kind": "in"}}
    error = refusal(await admin.call("POST", f"{RECORDS}/move/records", sent), 422, "invalid")
    assert [(item["path"], item["message"]) for item in error["errors"]] == [("/product", "Too much")]
    # what is no roll-up of the maker's still may not be written
    sent = {"values": {"name": "Gold", "price": 1}}
    assert (await admin.call("POST", f"{RECORDS}/product/records", sent)).status_code == 201
    assert await is_sound(world)


async def test_sums_are_exact_where_all_of_them_are_too_large_for_the_database(world: World) -> None:
    files = copy.deepcopy(FILES)
    files["entities/move.json"]["fields"][1] |= {"digits": 18, "decimals": 0}
    files["entities/move.json"]["fields"][4] |= {"digits": 18, "decimals": 0}
    products = files["entities/product.json"]
    products["fields"] = [item for item in products["fields"] if item["key"] not in {"out", "worth"}]
    files["entities/maker.json"] |= {"fields": [text("name")], "rules": []}
    await publish(world, files)
    admin = await world.person("admin")
    pen = await make(admin, "product", name="Pen")
    much = "900000000000000001"
    for kind in ("in", "out") * 6:
        await make(admin, "move", product=pen, qty=much, kind=kind)
    found = await values(admin, "product", pen)
    assert (found["stock"], found["mean"]) == ("0", much)
    assert await is_sound(world)


async def test_a_sum_beyond_its_digits_is_refused(world: World) -> None:
    admin = await work(world)
    pen = await make(admin, "product", name="Pen")
    await moved(admin, pen, 9_999_999_999_999)
    sent = {"values": {"product": pen, "qty": 9_999_999_999_999, "kind": "in"}}
    refusal(await admin.call("POST", f"{RECORDS}/move/records", sent), 422, "rollup_too_large")
    assert await is_sound(world)


async def test_writers_at_once_lose_nothing(world: World) -> None:
    admin = await work(world)
    pen, ink = [await make(admin, "product", name=name, price=1) for name in ("Pen", "Ink")]
    await asyncio.gather(*(moved(admin, pen if number % 2 else ink, 1) for number in range(16)))
    found = [(await values(admin, "product", product))["stock"] for product in (pen, ink)]
    assert found == [8, 8]
    # of sixteen that take one, eight may
    answers = await asyncio.gather(
        *(
            admin.call("POST", f"{RECORDS}/move/records", {"values": {"product": pen, "qty": 1, "kind": "out"}})
            for _ in range(16)
        )
    )
    assert sorted(answer.status_code for answer in answers) == [201] * 8 + [422] * 8
    assert (await values(admin, "product", pen))["stock"] == 0
    assert await is_sound(world)


async def test_writers_move_records_between_the_same_two_at_once(world: World) -> None:
    admin = await work(world)
    pen, ink = [await make(admin, "product", name=name, price=1) for name in ("Pen", "Ink")]
    moves = [await moved(admin, pen if number % 2 else ink, 1) for number in range(8)]

    async def swap(position: int) -> None:
        seen = await record(admin, "move", moves[position])
        sent = {"values": {"product": ink if position % 2 else pen}}
        answer = await admin.call(
            "PATCH", f"{RECORDS}/move/records/{moves[position]}", sent, if_match=str(seen["version"])
        )
        assert answer.status_code in {200, 409}, answer.text

    await asyncio.gather(*(swap(position) for position in range(8)))
    assert await is_sound(world)


async def test_nobody_enters_a_roll_up(world: World) -> None:
    admin = await work(world)
    sent = {"values": {"name": "Pen", "stock": 5}}
    error = refusal(await admin.call("POST", f"{RECORDS}/product/records", sent), 422, "invalid")
    assert [item["path"] for item in error["errors"]] == ["/stock"]


async def test_records_are_filtered_and_sorted_by_a_roll_up(world: World) -> None:
    admin = await work(world)
    for name, qty in (("Pen", 3), ("Ink", 8), ("Cap", 5)):
        await moved(admin, await make(admin, "product", name=name), qty)
    found = (await admin.get(f"{RECORDS}/product/records?sort=-stock"))["items"]
    assert [item["values"]["name"] for item in found] == ["Ink", "Cap", "Pen"]
    asked = '{"field":"stock","op":"gt","value":4}'
    assert (await admin.get(f"{RECORDS}/product/records/count?filter={asked}"))["count"] == 2


async def test_publishing_another_roll_up_fills_it_in(world: World) -> None:
    admin = await work(world)
    maker = await make(admin, "maker", name="Acme")
    pen = await make(admin, "product", name="Pen", price=2, maker=maker)
    await moved(admin, pen, 10)

    def add(files: Files) -> None:
        files["entities/product.json"]["fields"].append(rollup("ins", "sum", "qty"))
        files["entities/product.json"]["fields"][10]["computed"] = "{ins}*{price}*10"

    await change(world, add)
    assert (await values(admin, "product", pen))["ins"] == 10
    assert (await values(admin, "maker", maker))["worth"] == 200
    assert await is_sound(world)

    def narrow(files: Files) -> None:
        where = {"field": "kind", "op": "in", "value": ["out"]}
        files["entities/product.json"]["fields"][-1]["where"] = where

    await change(world, narrow)
    assert (await values(admin, "product", pen))["ins"] == 0
    assert (await values(admin, "maker", maker))["worth"] == 0
    assert await is_sound(world)


async def test_who_may_not_see_what_is_rolled_up_does_not_see_the_roll_up(world: World) -> None:
    files = copy.deepcopy(FILES)
    sets: dict[str, Any] = {
        "product": {"entity": "product", "actions": ["read"], "fields": {"*": "read"}},
        "move": {"entity": "move", "actions": ["read"], "fields": {"*": "read", "qty": "hidden"}},
    }
    for key, given in sets.items():
        files[f"permission_sets/{key}.json"] = {"key": key, "title": key, "to": [{"everyone": True}], **given}
    await publish(world, files)
    admin = await world.person("admin")
    pen = await make(admin, "product", name="Pen", price=2)
    await moved(admin, pen, 10)
    member = await world.person(next(account for account in world.members if account != "admin"))
    found = await values(member, "product", pen)
    assert found["moves"] == 1
    for key in ("stock", "out", "mean", "least", "worth", "sold"):
        assert key not in found


async def test_a_roll_up_and_what_is_made_of_it_name_each_other_as_dependencies(world: World) -> None:
    admin = await work(world)
    found = {
        item["path"]: item for item in (await admin.get(f"/api/apps/{APP}/entities/product/dependencies"))["items"]
    }
    assert {(item["entity"], item["path"]) for item in found["stock"]["depends_on"]} == {
        ("move", "product"),
        ("move", "signed"),
    }
    assert {(item["entity"], item["path"]) for item in found["stock"]["reaches"]} == {
        ("product", "worth"),
        ("maker", "worth"),
        ("move", "left"),
    }


def problems_with(field: dict[str, object], entity: str = "product") -> list[Problem]:
    files = copy.deepcopy(FILES)
    files[f"entities/{entity}.json"]["fields"].append(field)
    return list(check_files({path: json.dumps(document).encode() for path, document in files.items()}).problems)


@pytest.mark.parametrize(
    ("field", "code", "path"),
    [
        (rollup("x", "count", entity="nothing"), "unknown_entity", "/entity"),
        (rollup("x", "count", by="nothing"), "unknown_field", "/by"),
        (rollup("x", "count", by="qty"), "rollup_needs_link", "/by"),
        (rollup("x", "count", entity="product", by="maker"), "rollup_needs_link", "/by"),
        (rollup("x", "sum"), "rollup_needs_field", "/field"),
        (rollup("x", "count", "qty"), "member_not_applicable", "/field"),
        (rollup("x", "sum", "nothing"), "unknown_field", "/field"),
        (rollup("x", "sum", "day"), "rollup_cannot_take", "/field"),
        (rollup("x", "max", "kind"), "rollup_cannot_take", "/field"),
        (rollup("x", "max", "updated_at"), "rollup_cannot_take", "/field"),
        (rollup("x", "count", where={"field": "day", "op": "lt", "value": {"today": 0}}), "rollup_moves", "/where"),
        (rollup("x", "count", where={"field": "created_by", "op": "is_me"}), "rollup_moves", "/where"),
        (rollup("x", "count", where={"formula": "{qty}>1"}), "rollup_moves", "/where/formula"),
        (rollup("x", "count", where={"field": "no", "op": "empty"}), "unknown_field", "/where/field"),
        (rollup("x", "count", required=True), "member_not_applicable", "/required"),
    ],
)
def test_a_roll_up_that_has_no_meaning_is_refused(field: dict[str, object], code: str, path: str) -> None:
    place = len(FILES["entities/product.json"]["fields"])
    assert (code, f"/fields/{place}{path}") in [(item.code, item.path) for item in problems_with(field)]


def test_a_roll_up_of_what_is_made_from_it_is_refused_with_its_way() -> None:
    files = copy.deepcopy(FILES)
    files["entities/move.json"]["fields"].append(computed("circle", "{product.round}+1"))
    files["entities/product.json"]["fields"].append(rollup("round", "sum", "circle"))
    report = check_files({path: json.dumps(document).encode() for path, document in files.items()})
    (told,) = [item.text("zh-CN") for item in report.problems if item.code == "computed_cycle"]
    assert told.endswith("move.circle → product.round → move.circle")


async def test_an_earlier_state_comes_back_with_the_roll_ups_of_today(world: World) -> None:
    admin = await work(world)
    pen = await make(admin, "product", name="Pen", price=2)
    await edit(admin, "product", pen, price=3)
    await moved(admin, pen, 10)
    seen = await record(admin, "product", pen)
    address = f"{RECORDS}/product/records/{pen}/restore"
    answer = await admin.call("POST", address, {"version": 1}, if_match=str(seen["version"]))
    assert answer.status_code < 300, answer.text
    found = await values(admin, "product", pen)
    assert (found["price"], found["stock"], found["worth"]) == (2, 10, 20)
    assert await is_sound(world)
