"""Deleting records: the recycle bin, coming back under the same id, purging, and what others make of it."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from engine.commands.purging import purge_all_expired
from engine.commands.upkeep import verify_all
from tests.api.linking import RECORDS, change, field_of, install, make, record, values
from tests.world import RECORDS as SAMPLE
from tests.world import Client, World, refusal

PROPOSALS = f"{SAMPLE}/proposal/records"
CUSTOMERS, PROJECTS, ORDERS = (f"{RECORDS}/{key}/records" for key in ("customer", "project", "order"))
ANYONE: dict[str, object] = {"to": [{"everyone": True}], "fields": {"*": "write"}}


@pytest.fixture
async def admin(world: World) -> Client:
    await install(world)
    return await world.person("admin")


async def delete(client: Client, address: str, record_id: str, version: int = 1) -> Any:
    answer = await client.call("DELETE", f"{address}/{record_id}", if_match=f'"{version}"')
    assert answer.status_code == 200, answer.text
    return answer.json()


async def binned(client: Client, address: str) -> list[Any]:
    found: list[Any] = (await client.get(f"{address}/bin"))["items"]
    return found


async def outbox(world: World, record_id: str) -> list[str]:
    async def unit(tx: Any) -> list[str]:
        rows = await tx.fetch_all("SELECT name FROM [outbox] WHERE record_id = $1 ORDER BY id", record_id)
        return [row["name"] for row in rows]

    return await world.backend.database.read(unit)


async def sound(world: World) -> None:
    assert (await verify_all(world.backend)).findings == ()


async def test_a_deleted_record_is_in_no_list_but_in_the_bin(world: World, admin: Client) -> None:
    customer = await make(admin, "customer", name="Acme", rate=2)
    told = await delete(admin, CUSTOMERS, customer)
    assert (told["id"], told["version"]) == (customer, 2)
    assert (await admin.get(f"{CUSTOMERS}/count"))["count"] == 0
    refusal(await admin.call("GET", f"{CUSTOMERS}/{customer}"), 404, "record_not_found")
    refusal(await admin.call("PATCH", f"{CUSTOMERS}/{customer}", {"values": {}}, if_match="1"), 404, "record_not_found")
    (item,) = await binned(admin, CUSTOMERS)
    assert (item["title"], item["deleted_by"], item["version"]) == ("Acme", world.members["admin"], 2)
    assert (item["deleted_at"], item["until"]) == ("2026-03-02T01:00:00.000Z", "2026-04-01T01:00:00.000Z")
    assert await binned(admin, PROJECTS) == []
    await sound(world)


async def test_it_comes_back_under_its_id_with_all_it_had(world: World, admin: Client) -> None:
    project = await make(admin, "project", name="Tower", budget=12.5)
    order = await make(admin, "order", name="Steel", lines=[{"item": project, "qty": 2}, {"qty": 3}])
    before = await values(admin, "order", order)
    await delete(admin, ORDERS, order)
    await admin.post(f"{ORDERS}/bin/{order}/restore")
    back = await record(admin, "order", order)
    assert (back["version"], back["values"]) == (3, before)
    history = (await admin.get(f"{ORDERS}/{order}/history"))["items"]
    assert [(item["version"], item["kind"]) for item in history] == [(3, "restored"), (2, "deleted"), (1, "created")]
    assert await outbox(world, order) == ["record.created", "record.deleted", "record.restored"]
    assert await binned(admin, ORDERS) == []
    await sound(world)


async def test_the_version_that_was_seen_must_be_said_and_be_the_last(admin: Client) -> None:
    customer = await make(admin, "customer", name="Acme")
    refusal(await admin.call("DELETE", f"{CUSTOMERS}/{customer}"), 428, "version_missing")
    error = refusal(await admin.call("DELETE", f"{CUSTOMERS}/{customer}", if_match='"7"'), 409, "version_conflict")
    assert error["params"] == {"seen": 7, "current": 1}
    assert (await admin.get(f"{CUSTOMERS}/count"))["count"] == 1


async def test_what_links_to_it_shows_it_as_deleted_and_is_computed_without_it(world: World, admin: Client) -> None:
    customer = await make(admin, "customer", name="Acme", rate=2, region="North")
    project = await make(admin, "project", name="Tower", budget=100, customer=customer)
    order = await make(admin, "order", name="Steel", project=project, spent=50)
    assert (await values(admin, "order", order))["left"] == 150
    await delete(admin, CUSTOMERS, customer)
    shown = await record(admin, "project", project)
    assert (shown["links"], shown["deleted"], shown["values"]["customer"]) == ({}, [customer], customer)
    assert shown["values"]["charged"] == 0
    assert (await values(admin, "order", order))["left"] == -50
    await sound(world)
    await admin.post(f"{CUSTOMERS}/bin/{customer}/restore")
    shown = await record(admin, "project", project)
    assert (shown["links"], shown["deleted"]) == ({customer: "Acme"}, [])
    assert (await values(admin, "order", order))["left"] == 150
    await sound(world)


async def test_what_it_computes_from_others_is_right_when_it_is_back(world: World, admin: Client) -> None:
    customer = await make(admin, "customer", name="Acme", rate=2)
    project = await make(admin, "project", name="Tower", budget=100, customer=customer)
    await delete(admin, PROJECTS, project)
    await admin.patch(f"{CUSTOMERS}/{customer}", {"values": {"rate": 3}}, if_match="1")
    await admin.post(f"{PROJECTS}/bin/{project}/restore")
    assert (await values(admin, "project", project))["charged"] == 300
    await sound(world)


async def test_a_unique_value_that_is_taken_meanwhile_keeps_it_in_the_bin(world: World, admin: Client) -> None:
    await change(world, lambda files: field_of(files, "customer", "name").update(unique=True))
    customer = await make(admin, "customer", name="Acme")
    await delete(admin, CUSTOMERS, customer)
    other = await make(admin, "customer", name="Acme")
    error = refusal(await admin.call("POST", f"{CUSTOMERS}/bin/{customer}/restore"), 409, "values_taken")
    assert [(item["code"], item["path"]) for item in error["errors"]] == [("not_unique", "/name")]
    assert [item["id"] for item in await binned(admin, CUSTOMERS)] == [customer]
    await delete(admin, CUSTOMERS, other)
    await admin.post(f"{CUSTOMERS}/bin/{customer}/restore")
    await sound(world)


async def test_what_a_removed_field_held_comes_back_with_the_field(world: World, admin: Client) -> None:
    order = await make(admin, "order", name="Steel", spent=7, lines=[{"qty": 2}])
    whole: dict[str, Any] = {}

    def without(files: Any) -> None:
        files.pop("forms/order.json")
        entity = files["entities/order.json"]
        entity["fields"] = [item for item in entity["fields"] if item["key"] in {"name", "project"}]
        entity["rules"] = []

    await change(world, lambda files: whole.update({key: dict(item) for key, item in files.items()}))
    await change(world, without)
    await delete(admin, ORDERS, order)
    await admin.post(f"{ORDERS}/bin/{order}/restore")
    await change(world, lambda files: files.update(whole))
    found = await values(admin, "order", order)
    assert (found["spent"], found["lines"][0]["qty"]) == (7, 2)


async def test_links_to_many_are_found_again_whatever_they_became_meanwhile(world: World, admin: Client) -> None:
    first, second = [await make(admin, "project", name=name) for name in ("A", "B")]
    order = await make(admin, "order", name="Steel", after=None, project=first, lines=[{"item": second, "qty": 1}])

    def several(files: Any) -> None:
        files.pop("forms/order.json")
        entity = files["entities/order.json"]
        entity["fields"] = [item for item in entity["fields"] if item["key"] in {"name", "project", "lines"}]
        lines = next(item for item in entity["fields"] if item["key"] == "lines")
        lines["fields"] = [{**item, "multiple": True} for item in lines["fields"] if item["key"] == "item"]
        field_of(files, "order", "project")["multiple"] = True
        entity["rules"] = []

    await delete(admin, ORDERS, order)
    await change(world, several)
    await admin.post(f"{ORDERS}/bin/{order}/restore")
    found = await values(admin, "order", order)
    assert (found["project"], [row["item"] for row in found["lines"]]) == ([first], [[second]])
    await sound(world)
    await delete(admin, ORDERS, order, 3)
    await sound(world)
    await admin.post(f"{ORDERS}/bin/{order}/restore")
    assert (await values(admin, "order", order))["project"] == [first]
    await sound(world)


async def test_its_id_stays_taken(admin: Client) -> None:
    customer = await make(admin, "customer", name="Acme")
    await delete(admin, CUSTOMERS, customer)
    send = {"id": customer, "values": {"name": "Other"}}
    refusal(await admin.call("POST", CUSTOMERS, send), 409, "id_taken")
    assert (await admin.call("DELETE", f"{CUSTOMERS}/bin/{customer}")).status_code == 204
    refusal(await admin.call("POST", CUSTOMERS, send), 409, "id_taken")


async def test_deleting_takes_the_action_and_its_rows(world: World) -> None:
    rows = {"field": "region", "op": "eq", "value": "North"}
    sets = {
        "all": {**ANYONE, "entity": "customer", "actions": ["read", "create", "update"]},
        "north": {**ANYONE, "entity": "customer", "actions": ["delete"], "rows": rows},
    }
    await install(world, sets=sets)
    member, admin = await world.person("zhang.wei"), await world.person("admin")
    north = await make(member, "customer", name="N", region="North")
    south = await make(member, "customer", name="S", region="South")
    assert (await member.get(f"{CUSTOMERS}/{north}"))["deletable"] is True
    assert (await member.get(f"{CUSTOMERS}/{south}"))["deletable"] is False
    refusal(await member.call("DELETE", f"{CUSTOMERS}/{south}", if_match="1"), 403, "not_allowed")
    await delete(member, CUSTOMERS, north)
    await delete(admin, CUSTOMERS, south)
    assert [item["id"] for item in await binned(member, CUSTOMERS)] == [north]
    assert {item["id"] for item in await binned(admin, CUSTOMERS)} == {north, south}
    refusal(await member.call("POST", f"{CUSTOMERS}/bin/{south}/restore"), 404, "not_in_bin")
    refusal(await member.call("DELETE", f"{CUSTOMERS}/bin/{north}"), 403, "admins_only")
    await change(world, lambda files: files.pop("permission_sets/north.json"))
    refusal(await member.call("POST", f"{CUSTOMERS}/bin/{north}/restore"), 403, "not_allowed")
    assert {item["id"] for item in await binned(admin, CUSTOMERS)} == {north, south}
    assert (await admin.get(f"{CUSTOMERS}/count"))["count"] == 0


async def test_while_a_flow_runs_only_an_admin_may_delete_and_the_flow_rests(world: World) -> None:
    made = await world.submit(name="Big plan")
    record_id, instance_id = made["record"]["id"], made["instance"]["id"]
    admin, boss = await world.person("admin"), await world.person("wang.fang")
    version = (await admin.get(f"{PROPOSALS}/{record_id}"))["record"]["version"]
    task_id = await world.task("wang.fang", instance_id)
    todo = (await boss.get("/api/inbox/counts"))["todo"]
    await delete(admin, PROPOSALS, record_id, version)
    assert (await boss.get("/api/inbox/counts"))["todo"] == todo - 1
    listed = (await boss.get("/api/inbox/todo?limit=200"))["items"]
    assert instance_id not in {item["instance_id"] for item in listed}
    assert (await boss.call("POST", f"/api/tasks/{task_id}/act", {"action": "approve"})).status_code == 404
    assert (await boss.call("GET", f"/api/instances/{instance_id}")).status_code == 404
    await sound(world)
    await admin.post(f"{PROPOSALS}/bin/{record_id}/restore")
    await boss.post(f"/api/tasks/{task_id}/act", {"action": "approve"})
    await sound(world)


async def test_purging_leaves_no_value_anywhere_but_that_it_was_there(world: World) -> None:
    made = await world.submit(name="Secret plan")
    record_id = made["record"]["id"]
    admin = await world.person("admin")
    version = (await admin.get(f"{PROPOSALS}/{record_id}"))["record"]["version"]
    await delete(admin, PROPOSALS, record_id, version)
    assert (await admin.call("DELETE", f"{PROPOSALS}/bin/{record_id}")).status_code == 204
    refusal(await admin.call("POST", f"{PROPOSALS}/bin/{record_id}/restore"), 404, "not_in_bin")

    async def unit(tx: Any) -> list[str]:
        told = await tx.fetch_all("SELECT changes FROM [record_history] WHERE record_id = $1", record_id)
        for table in ("flow_instance", "task", "record_reader", "file_use", "record_bin"):
            assert await tx.fetch_all(f"SELECT 1 FROM [{table}] WHERE record_id = $1", record_id) == []
        return [row["changes"] for row in told]

    assert set(await world.backend.database.read(unit)) == {"{}"}
    actions = [(item["action"], item["target_id"]) for item in (await admin.get("/api/audit"))["items"][:2]]
    assert actions == [("record.purge", record_id), ("record.delete", record_id)]
    assert (await outbox(world, record_id))[-1] == "record.purged"
    await sound(world)


async def test_the_bin_is_emptied_of_what_is_older_than_the_workspace_keeps(world: World, admin: Client) -> None:
    assert (await admin.patch("/api/workspace", {"bin_days": 7}))["bin_days"] == 7
    for wrong in (0, 3651):
        refusal(await admin.call("PATCH", "/api/workspace", {"bin_days": wrong}), 422, "invalid")
    old = await make(admin, "customer", name="Old")
    await delete(admin, CUSTOMERS, old)
    world.clock.advance(timedelta(days=6))
    young = await make(admin, "customer", name="Young")
    await delete(admin, CUSTOMERS, young)
    assert await purge_all_expired(world.backend) == 0
    world.clock.advance(timedelta(days=1, minutes=1))
    assert await purge_all_expired(world.backend) == 1
    assert [item["id"] for item in await binned(admin, CUSTOMERS)] == [young]
    await sound(world)


async def test_the_bin_is_read_page_by_page(world: World, admin: Client) -> None:
    made = [await make(admin, "customer", name=f"C{number}") for number in range(5)]
    for record_id in made:
        await delete(admin, CUSTOMERS, record_id)
    found, cursor = [], ""
    while True:
        page = await admin.get(f"{CUSTOMERS}/bin?limit=2{cursor}")
        found += [item["id"] for item in page["items"]]
        if page["next"] is None:
            break
        cursor = f"&cursor={page['next']}"
    assert found == made[::-1]
    refusal(await admin.call("GET", f"{CUSTOMERS}/bin?cursor=x"), 400, "bad_cursor")


@pytest.mark.parametrize("clients", [2, 12])
async def test_of_many_who_delete_or_restore_at_once_one_does(world: World, admin: Client, clients: int) -> None:
    customer = await make(admin, "customer", name="Acme")
    address = f"{CUSTOMERS}/{customer}"
    answers = await asyncio.gather(*(admin.call("DELETE", address, if_match='"1"') for _ in range(clients)))
    assert sorted(answer.status_code for answer in answers) == [200, *[404] * (clients - 1)]
    back = await asyncio.gather(*(admin.call("POST", f"{CUSTOMERS}/bin/{customer}/restore") for _ in range(clients)))
    assert sorted(answer.status_code for answer in back) == [200, *[404] * (clients - 1)]
    await sound(world)


async def test_a_deletion_sent_again_with_its_key_is_answered_as_before(admin: Client) -> None:
    customer = await make(admin, "customer", name="Acme")
    sent = [
        await admin.call("DELETE", f"{CUSTOMERS}/{customer}", if_match='"1"', idempotency_key="once") for _ in range(2)
    ]
    assert [answer.status_code for answer in sent] == [200, 200]
    assert sent[0].json() == sent[1].json()
    assert [answer.headers.get("idempotent-replayed") for answer in sent] == [None, "true"]
