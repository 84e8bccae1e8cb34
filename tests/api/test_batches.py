"""Many operations in one request, writing by a unique key, and earlier states of records that are brought back."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

import pytest

from engine.commands.upkeep import verify_all
from tests.api.linking import RECORDS, Files, change, field_of, install, make, record, values
from tests.world import Client, World, refusal

CUSTOMERS, PROJECTS, ORDERS = (f"{RECORDS}/{key}/records" for key in ("customer", "project", "order"))


@pytest.fixture
async def admin(world: World) -> Client:
    await install(world)
    await change(world, unique_names)
    return await world.person("admin")


def unique_names(files: Files) -> None:
    field_of(files, "customer", "name")["unique"] = True
    entity = files["entities/project.json"]
    entity["unique"] = [{"key": "once", "fields": ["name", "budget"]}]


async def sound(world: World) -> None:
    assert (await verify_all(world.backend)).findings == ()


async def batch(client: Client, mode: str, operations: Sequence[object], address: str = CUSTOMERS) -> Any:
    return await client.post(f"{address}/batch", {"mode": mode, "operations": operations})


def created(**given: object) -> dict[str, object]:
    return {"create": {"values": given}}


async def names(client: Client) -> list[str]:
    page = await client.get(f"{CUSTOMERS}?sort=name&limit=200")
    return [item["values"]["name"] for item in page["items"]]


async def test_all_operations_of_a_batch_are_done_in_their_order(world: World, admin: Client) -> None:
    old = await make(admin, "customer", name="Old")
    gone = await make(admin, "customer", name="Gone")
    answer = await batch(
        admin,
        "all",
        [
            created(name="New"),
            {"update": {"id": old, "version": 1, "values": {"name": "Newer"}}},
            {"delete": {"id": gone, "version": 1}},
            {"restore": {"id": gone}},
            {"upsert": {"match": ["name"], "values": {"name": "Newer", "rate": 3}}},
            {"upsert": {"match": ["name"], "values": {"name": "Fresh"}}},
        ],
    )
    assert [item["done"] for item in answer["items"]] == [
        "created", "updated", "deleted", "restored", "updated", "created",
    ]  # fmt: skip
    assert (answer["done"], answer["failed"], answer["items"][4]["version"]) == (6, 0, 3)
    assert await names(admin) == ["Fresh", "Gone", "New", "Newer"]
    await sound(world)


async def test_a_batch_of_all_or_nothing_names_what_cannot_be_done_and_does_nothing(admin: Client) -> None:
    send = {
        "mode": "all",
        "operations": [
            created(name="A"),
            created(rate=1),
            created(name="A"),
            {"delete": {"id": "0" * 24, "version": 1}},
            {"upsert": {"match": ["region"], "values": {"name": "B"}}},
        ],
    }
    error = refusal(await admin.call("POST", f"{CUSTOMERS}/batch", send), 422, "batch_refused")
    assert [(item["code"], item["path"]) for item in error["errors"]] == [
        ("required", "/operations/1/create/values/name"),
        ("not_unique", "/operations/2/create/values/name"),
        ("record_not_found", "/operations/3/delete"),
        ("key_not_unique", "/operations/4/upsert/match"),
    ]
    assert await names(admin) == []


async def test_a_batch_of_each_reports_every_row_and_keeps_the_good_ones(world: World, admin: Client) -> None:
    operations = [created(name=f"C{number % 150}") for number in range(300)] + [created(rate=1)]
    answer = await batch(admin, "each", operations)
    assert (answer["done"], answer["failed"]) == (150, 151)
    assert [item["index"] for item in answer["items"]] == list(range(301))
    failed = answer["items"][150]
    assert (failed["status"], failed["done"]) == (422, None)
    assert [(item["code"], item["path"]) for item in failed["errors"]] == [("not_unique", "/create/values/name")]
    assert len(await names(admin)) == 150
    history = await admin.get(f"{CUSTOMERS}/{answer['items'][0]['id']}/history")
    assert [(item["kind"], item["changes"]["name"]) for item in history["items"]] == [("created", [None, "C0"])]
    await sound(world)


async def test_rows_of_a_batch_may_link_to_each_other(world: World, admin: Client) -> None:
    first = "a" * 24
    answer = await batch(
        admin,
        "each",
        [
            {"create": {"id": first, "values": {"name": "first", "lines": [{"qty": 1}, {"qty": 2}]}}},
            created(name="second", after=first),
        ],
        ORDERS,
    )
    assert answer["failed"] == 0
    assert (await values(admin, "order", answer["items"][1]["id"]))["after"] == first
    assert [row["qty"] for row in (await values(admin, "order", first))["lines"]] == [1, 2]
    await sound(world)


async def test_operations_that_are_none_are_refused_with_their_places(admin: Client) -> None:
    for operation, path in (
        ({}, "/operations/0"),
        ({"create": {"values": {}}, "delete": {"id": "0" * 24, "version": 1}}, "/operations/0"),
        ({"update": {"id": "0" * 24, "values": {}}}, "/operations/0/update/version"),
        ({"drop": {}}, "/operations/0/drop"),
    ):
        send: dict[str, object] = {"mode": "each", "operations": [operation]}
        error = refusal(await admin.call("POST", f"{CUSTOMERS}/batch", send), 422, "invalid")
        assert [item["path"] for item in error["errors"]] == [path]
    for operations in ([], [created(name="x")] * 1001):
        send = {"mode": "each", "operations": operations}
        refusal(await admin.call("POST", f"{CUSTOMERS}/batch", send), 422, "invalid")


async def test_a_batch_sent_again_with_its_key_is_answered_as_before(admin: Client) -> None:
    for mode in ("each", "all"):
        send: dict[str, Any] = {"mode": mode, "operations": [created(name=f"{mode} {number}") for number in range(3)]}
        sent = [await admin.call("POST", f"{CUSTOMERS}/batch", send, idempotency_key=mode) for _ in range(2)]
        assert sent[0].json() == sent[1].json()
        assert [answer.headers.get("idempotent-replayed") for answer in sent] == [None, "true"]
        send["operations"] = [created(name="other")]
        again = await admin.call("POST", f"{CUSTOMERS}/batch", send, idempotency_key=mode)
        refusal(again, 422, "idempotency_key_reused")
    assert len(await names(admin)) == 6


async def test_the_operations_of_a_member_are_those_his_permissions_give(world: World) -> None:
    given = {"to": [{"everyone": True}], "fields": {"*": "write"}, "entity": "customer"}
    await install(world, sets={"one": {**given, "actions": ["read", "create"]}})
    member = await world.person("zhang.wei")
    made = await batch(member, "each", [created(name="A")])
    record_id = made["items"][0]["id"]
    answer = await batch(
        member,
        "each",
        [
            {"update": {"id": record_id, "version": 1, "values": {"name": "B"}}},
            {"delete": {"id": record_id, "version": 1}},
            {"restore": {"id": record_id}},
            {"purge": {"id": record_id}},
        ],
    )
    assert [item["status"] for item in answer["items"]] == [403, 403, 404, 403]


async def test_a_combination_of_fields_recognises_a_record_too(admin: Client) -> None:
    for budget in (1, 1, 2):
        send = {"match": ["budget", "name"], "values": {"name": "Tower", "budget": budget, "secret": budget}}
        await admin.post(f"{PROJECTS}/upsert", send)
    assert (await admin.get(f"{PROJECTS}/count"))["count"] == 2
    for key, code in ((["name"], "key_not_unique"), (["budget", "name"], "invalid")):
        send = {"match": key, "values": {"name": "Tower"}}
        error = refusal(await admin.call("POST", f"{PROJECTS}/upsert", send), 422, code)
    assert [(item["code"], item["path"]) for item in error["errors"]] == [("key_incomplete", "/budget")]


@pytest.mark.parametrize("clients", [2, 20])
async def test_one_key_written_by_many_at_once_is_one_record_with_every_write(
    world: World, admin: Client, clients: int
) -> None:
    async def write(number: int) -> int:
        send = {"match": ["name"], "values": {"name": "Acme", "rate": number}}
        return (await admin.call("POST", f"{CUSTOMERS}/upsert", send)).status_code

    assert set(await asyncio.gather(*(write(number) for number in range(1, clients + 1)))) == {200}
    (item,) = (await admin.get(CUSTOMERS))["items"]
    assert item["version"] == clients
    await sound(world)


async def test_an_earlier_state_is_written_again_as_a_new_version(world: World, admin: Client) -> None:
    lines = [{"qty": 1}, {"qty": 2}]
    order = await make(admin, "order", name="Steel", spent=5, lines=lines)
    kept = (await values(admin, "order", order))["lines"][0]
    await admin.patch(f"{ORDERS}/{order}", {"values": {"name": "Iron", "lines": [kept]}}, if_match="1")
    await admin.patch(f"{ORDERS}/{order}", {"values": {"spent": 6}}, if_match="2")
    preview = await admin.get(f"{ORDERS}/{order}/history/1")
    assert (set(preview["changes"]), preview["kept"], preview["gone"]) == ({"name", "spent", "lines"}, [], [])
    assert preview["changes"]["name"] == ["Iron", "Steel"]
    answer = await admin.post(f"{ORDERS}/{order}/restore", {"version": 1}, if_match="3")
    found = answer["record"]["values"]
    assert (found["name"], found["spent"], [row["qty"] for row in found["lines"]]) == ("Steel", 5, [1, 2])
    assert found["lines"][0]["id"] == kept["id"]
    last = (await admin.get(f"{ORDERS}/{order}/history"))["items"][0]
    assert (last["version"], last["kind"], last["source"]) == (4, "reverted", {"version": 1})
    await sound(world)


async def test_restoring_names_fields_that_are_gone_and_those_that_may_not_be_written(world: World) -> None:
    fields = {"*": "write", "rate": "read"}
    given = {"to": [{"everyone": True}], "fields": fields, "entity": "customer", "actions": ["read", "update"]}
    await install(world, sets={"one": given})
    admin, member = await world.person("admin"), await world.person("zhang.wei")
    customer = await make(admin, "customer", name="Acme", region="North", rate=1)
    await admin.patch(
        f"{CUSTOMERS}/{customer}", {"values": {"name": "Best", "region": "South", "rate": 2}}, if_match="1"
    )

    def without_region(files: Files) -> None:
        entity = files["entities/customer.json"]
        entity["fields"] = [item for item in entity["fields"] if item["key"] != "region"]
        order = files["entities/order.json"]
        order["fields"] = [item for item in order["fields"] if item["key"] != "place"]

    await change(world, without_region)
    answer = await member.post(f"{CUSTOMERS}/{customer}/restore", {"version": 1}, if_match="2")
    assert (answer["kept"], answer["gone"]) == (["rate"], ["region"])
    assert (answer["record"]["values"]["name"], answer["record"]["values"]["rate"]) == ("Acme", 2)


async def test_restoring_is_an_update_with_its_conflicts(admin: Client) -> None:
    customer = await make(admin, "customer", name="Acme")
    address = f"{CUSTOMERS}/{customer}"
    await admin.patch(address, {"values": {"name": "Best"}}, if_match="1")
    refusal(await admin.call("POST", f"{address}/restore", {"version": 1}), 428, "version_missing")
    for version in (2, 9):
        again = await admin.call("POST", f"{address}/restore", {"version": version}, if_match="2")
        refusal(again, 404, "version_not_found")
    error = refusal(
        await admin.call("POST", f"{address}/restore", {"version": 1}, if_match="1"), 409, "version_conflict"
    )
    (item,) = error["errors"]
    assert item["params"] == {"theirs": '"Best"', "yours": '"Acme"', "base": '"Acme"'}
    await make(admin, "customer", name="Acme")
    refusal(await admin.call("POST", f"{address}/restore", {"version": 1}, if_match="2"), 422, "invalid")
    assert (await record(admin, "customer", customer))["version"] == 2
