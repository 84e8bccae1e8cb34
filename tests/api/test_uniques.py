"""What must not repeat: combinations of fields, columns within a record's rows and over all records."""

from __future__ import annotations

import asyncio
import copy
from typing import Any

import pytest

from engine.errors import Problems
from tests.api.linking import APP, RECORDS, Files, change, edit, link, make, number, publish, text
from tests.world import Client, World, refusal

FILES: Files = {
    "app.json": {"format": 1, "key": APP, "title": "Work"},
    "entities/room.json": {
        "key": "room",
        "title": "Room",
        "record_title": "{name}",
        "fields": [text("name", required=True)],
    },
    "entities/booking.json": {
        "key": "booking",
        "title": "Booking",
        "record_title": "{note}",
        "fields": [
            text("note"),
            link("room", "room"),
            {"key": "day", "type": "date", "title": "day"},
            {"key": "is_main", "type": "boolean", "title": "is_main"},
            {
                "key": "lines",
                "type": "subform",
                "title": "lines",
                "fields": [text("item", unique=True), text("serial"), number("size"), text("color")],
            },
        ],
        "unique": [
            {"key": "one_a_day", "fields": ["room", "day"]},
            {"key": "one_main", "fields": ["note", "is_main"], "message": {"zh-CN": "已有主用", "en": "Taken"}},
            {"key": "serials", "fields": ["lines.serial"], "within": "entity"},
            {"key": "sizes", "fields": ["lines.size", "lines.color"]},
        ],
    },
}
BOOKING = f"{RECORDS}/booking/records"


async def install(world: World, **sets: object) -> Client:
    files = copy.deepcopy(FILES)
    for key, given in sets.items():
        files[f"permission_sets/{key}.json"] = {"key": key, "title": key, **given}  # type: ignore[dict-item]
    await publish(world, files)
    return await world.person("admin")


def places(error: Any) -> list[tuple[str, str]]:
    return [(item["code"], item["path"]) for item in error["errors"]]


async def refused(client: Client, **values: object) -> Any:
    return refusal(await client.call("POST", BOOKING, {"values": values}), 422, "invalid")


async def test_a_combination_is_taken_once_and_every_field_says_by_whom(world: World) -> None:
    admin = await install(world)
    room = await make(admin, "room", name="Blue")
    first = await make(admin, "booking", note="Standup", room=room, day="2026-01-05")
    await make(admin, "booking", room=room, day="2026-01-06")
    error = await refused(admin, room=room, day="2026-01-05")
    assert places(error) == [("not_unique", "/room"), ("not_unique", "/day")]
    assert error["errors"][0]["params"] == {"record": "Standup", "record_id": first}
    assert "Standup" in error["errors"][0]["message"]


async def test_a_combination_with_an_empty_part_is_not_compared(world: World) -> None:
    admin = await install(world)
    room = await make(admin, "room", name="Blue")
    for _ in range(2):
        await make(admin, "booking", room=room)
        await make(admin, "booking", day="2026-01-05")


async def test_a_change_into_a_taken_combination_is_refused_and_out_of_it_frees_it(world: World) -> None:
    admin = await install(world)
    first = await make(admin, "booking", note="A", is_main=True)
    second = await make(admin, "booking", note="A", is_main=False)
    sent = {"values": {"is_main": True}}
    error = refusal(await admin.call("PATCH", f"{BOOKING}/{second}", sent, if_match="1"), 422, "invalid")
    assert places(error) == [("not_unique", "/note"), ("not_unique", "/is_main")]
    assert error["errors"][0]["message"].startswith("Taken")
    await edit(admin, "booking", first, note="B")
    await edit(admin, "booking", second, is_main=True)


async def test_who_may_not_read_the_other_record_is_not_told_of_it(world: World) -> None:
    mine = {"field": "created_by", "op": "is_me"}
    given = {"to": [{"everyone": True}], "actions": ["create", "read"], "rows": mine, "fields": {"*": "write"}}
    admin = await install(
        world,
        rooms={**{key: item for key, item in given.items() if key != "rows"}, "entity": "room"},
        bookings={**given, "entity": "booking"},
    )
    room = await make(admin, "room", name="Blue")
    await make(admin, "booking", note="Secret", room=room, day="2026-01-05")
    error = await refused(await world.person("zhang.wei"), room=room, day="2026-01-05")
    assert places(error) == [("not_unique", "/room"), ("not_unique", "/day")]
    assert error["errors"][0]["params"] == {}
    assert "Secret" not in str(error)


async def test_rows_of_one_record_do_not_repeat_a_column(world: World) -> None:
    admin = await install(world)
    rows = [{"item": "a"}, {"item": "b"}, {"item": "a"}, {}, {}, {"item": "A"}]
    error = await refused(admin, lines=rows)
    assert places(error) == [("repeated_in_rows", "/lines/2/item")]
    assert error["errors"][0]["params"] == {"row": 1}
    await make(admin, "booking", lines=[{"item": "a"}, {"item": "A"}])
    await make(admin, "booking", lines=[{"item": "a"}])


async def test_rows_of_one_record_do_not_repeat_a_combination(world: World) -> None:
    admin = await install(world)
    error = await refused(admin, lines=[{"size": 1, "color": "red"}, {"size": 1}, {"size": 1.0, "color": "red"}])
    assert places(error) == [("repeated_in_rows", "/lines/2/size"), ("repeated_in_rows", "/lines/2/color")]


async def test_a_column_is_unique_over_the_rows_of_all_records(world: World) -> None:
    admin = await install(world)
    first = await make(admin, "booking", note="One", lines=[{"serial": "s1"}, {"serial": "s2"}])
    error = await refused(admin, lines=[{"serial": "s3"}, {"serial": "s2"}])
    assert places(error) == [("not_unique", "/lines/1/serial")]
    assert error["errors"][0]["params"]["record_id"] == first
    error = await refused(admin, lines=[{"serial": "s9"}, {"serial": "s9"}])
    assert places(error) == [("repeated_in_rows", "/lines/1/serial")]
    # the rows of a record may change places with each other
    await edit(admin, "booking", first, lines=[{"serial": "s2"}, {"serial": "s1"}])


async def test_of_writers_at_once_exactly_one_gets_the_combination(world: World) -> None:
    admin = await install(world)
    room = await make(admin, "room", name="Blue")
    sent = {"values": {"room": room, "day": "2026-01-05", "lines": [{"serial": "s1"}]}}
    answers = await asyncio.gather(*(admin.call("POST", BOOKING, sent) for _ in range(8)))
    assert sorted(answer.status_code for answer in answers) == [201] + [422] * 7


async def test_stored_repetitions_keep_a_combination_from_being_published(world: World) -> None:
    admin = await install(world)
    ids = [await make(admin, "booking", note="Twin", lines=[{"color": "red"}, {"color": "red"}]) for _ in range(2)]

    def demand(files: Files) -> None:
        entity = files["entities/booking.json"]
        entity["unique"].append({"key": "colors", "fields": ["lines.color"], "within": "entity"})
        entity["fields"][0]["unique"] = True
        entity["fields"][4]["fields"][3]["unique"] = True

    with pytest.raises(Problems) as caught:
        await change(world, demand)
    told = {(item.code, item.path): item.params["records"] for item in caught.value.errors}
    assert {code for code, _ in told} == {"values_repeat"}
    assert {path for _, path in told} == {"/unique/4", "/fields/0/unique", "/fields/4/fields/3/unique"}
    assert all(f"“Twin” ({record_id})" in str(named) for named in told.values() for record_id in ids)


async def test_a_combination_that_is_gone_binds_nobody(world: World) -> None:
    admin = await install(world)
    room = await make(admin, "room", name="Blue")
    await make(admin, "booking", room=room, day="2026-01-05")

    def give_up(files: Files) -> None:
        del files["entities/booking.json"]["unique"][0]

    await change(world, give_up)
    await make(admin, "booking", room=room, day="2026-01-05")


async def test_a_combination_goes_on_under_new_keys_of_its_fields(world: World) -> None:
    admin = await install(world)
    await make(admin, "booking", note="A", is_main=True)

    def rename(files: Files) -> None:
        entity = files["entities/booking.json"]
        entity["fields"][3] |= {"key": "main", "was": "is_main"}
        entity["unique"][1]["fields"] = ["note", "main"]

    await change(world, rename)
    assert places(await refused(admin, note="A", main=True)) == [("not_unique", "/note"), ("not_unique", "/main")]


async def test_long_texts_are_compared_whole(world: World) -> None:
    admin = await install(world)
    await make(admin, "booking", note="x" * 200, is_main=True, lines=[{"serial": "界" * 190}])
    await make(admin, "booking", note="x" * 199 + "y", is_main=True, lines=[{"serial": "界" * 189}])
    assert places(await refused(admin, lines=[{"serial": "界" * 190}])) == [("not_unique", "/lines/0/serial")]
