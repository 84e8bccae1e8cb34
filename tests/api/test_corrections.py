"""Admins write records that are in approval: what made a node park is repaired, and the audit trail says by whom."""

from __future__ import annotations

import asyncio

import httpx2

from tests.api.publishing import FLOW, Files, republish
from tests.world import RECORDS, World, refusal

PROPOSALS = f"{RECORDS}/proposal/records"


def by_the_vendor(files: Files) -> None:
    """The amount's branch asks for a vendor that is a number."""
    files[FLOW]["root"]["seq"][2]["choice"]["branches"][0]["when"] = "VALUE({vendor})>=1"


def pmo_updates(files: Files) -> None:
    files["permission_sets/pmo.json"] |= {"actions": ["read", "update"], "fields": {"*": "write"}}


async def test_an_admin_repairs_the_value_that_parked_a_node(world: World) -> None:
    await republish(world, by_the_vendor)
    made = await world.submit(outsourced=True, vendor="ACME")
    instance_id, path = made["instance"]["id"], f"{PROPOSALS}/{made['record']['id']}"
    state = await world.act("wang.fang", instance_id)
    assert [node["node_key"] for node in state["current"] if node["incident"]] == ["by_amount"]
    admin = await world.person("admin")
    detail = await admin.get(path)
    assert "vendor" in detail["writable"]
    repaired = await admin.patch(path, {"values": {"vendor": "1"}}, if_match=f'"{detail["record"]["version"]}"')
    assert (repaired["values"]["vendor"], repaired["flow_status"]) == ("1", "running")
    state = await admin.post(f"/api/instances/{instance_id}/retry", {"activation": state["current"][0]["activation"]})
    assert {node["node_key"] for node in state["current"]} == {"fin", "legal"}
    entry = (await admin.get("/api/audit"))["items"][0]
    assert (entry["action"], entry["actor_id"]) == ("record.correct", world.members["admin"])
    assert (entry["target_kind"], entry["target_id"]) == ("record", made["record"]["id"])
    assert entry["details"]["title"].endswith("Data platform")
    change = (await admin.get(f"{path}/history"))["items"][0]
    assert (change["actor_id"], change["changes"]) == (world.members["admin"], {"vendor": ["ACME", "1"]})


async def test_others_who_may_update_wait_until_the_approval_is_over(world: World) -> None:
    await republish(world, pmo_updates)
    made = await world.submit()
    path, keeper = f"{PROPOSALS}/{made['record']['id']}", await world.person("feng.xue")
    assert (await keeper.get(path))["writable"] == []
    answer = await keeper.call("PATCH", path, {"values": {"name": "Else"}}, if_match='"2"')
    refusal(answer, 409, "in_approval")
    await (await world.person("zhang.wei")).post(f"/api/instances/{made['instance']['id']}/withdraw", {})
    detail = await keeper.get(path)
    assert "name" in detail["writable"]
    await keeper.patch(path, {"values": {"name": "Else"}}, if_match=f'"{detail["record"]["version"]}"')
    admin = await world.person("admin")
    assert "record.correct" not in [entry["action"] for entry in (await admin.get("/api/audit"))["items"]]


async def test_a_repair_that_changes_nothing_is_not_in_the_audit(world: World) -> None:
    made = await world.submit()
    path, admin = f"{PROPOSALS}/{made['record']['id']}", await world.person("admin")
    await admin.patch(path, {"values": {"name": "Data platform"}}, if_match='"2"')
    assert "record.correct" not in [entry["action"] for entry in (await admin.get("/api/audit"))["items"]]


async def both_at_once(world: World, **by_admin: str) -> tuple[str, tuple[httpx2.Response, ...]]:
    """An admin repairs fields while legal decides with a note: the record's address and both answers."""
    admin, legal = await world.person("admin"), await world.person("wu.qiang")
    made = await world.submit()
    await world.act("wang.fang", made["instance"]["id"])
    task = await world.task("wu.qiang", made["instance"]["id"])
    seen = (await legal.get(f"/api/tasks/{task}"))["record"]["version"]
    path = f"{PROPOSALS}/{made['record']['id']}"
    decision = {"action": "approve", "values": {"review_note": "by legal"}, "version": seen}
    answers = await asyncio.gather(
        admin.call("PATCH", path, {"values": by_admin}, if_match=f'"{seen}"'),
        legal.call("POST", f"/api/tasks/{task}/act", decision),
    )
    return path, answers


async def test_of_an_admin_and_an_approver_who_write_the_same_field_at_once_one_wins(world: World) -> None:
    for _ in range(3):
        _, answers = await both_at_once(world, review_note="by the admin")
        assert sorted(answer.status_code for answer in answers) == [200, 409], [answer.text for answer in answers]
        loser = next(answer for answer in answers if answer.status_code == 409)
        assert [item["path"] for item in refusal(loser, 409, "version_conflict")["errors"]] == ["/review_note"]


async def test_an_approver_who_writes_other_fields_than_an_admin_at_once_is_not_refused(world: World) -> None:
    for _ in range(3):
        path, answers = await both_at_once(world, cost_center="CC-1")
        assert [answer.status_code for answer in answers] == [200, 200], [answer.text for answer in answers]
        values = (await (await world.person("admin")).get(path))["record"]["values"]
        assert (values["review_note"], values["cost_center"]) == ("by legal", "CC-1")


async def test_a_row_sent_twice_is_named_and_nothing_is_stored(world: World) -> None:
    made = await world.submit()
    admin, path = await world.person("admin"), f"{PROPOSALS}/{made['record']['id']}"
    (row,) = made["record"]["values"]["lines"]
    again = {"id": row["id"], "item": "Again", "qty": 1, "price": 2}
    lines = [row, {"item": "New", "qty": 1, "price": 1}, again, again]
    answer = await admin.call("PATCH", path, {"values": {"lines": lines}}, if_match='"2"')
    errors = refusal(answer, 422, "invalid")["errors"]
    assert [(item["code"], item["path"]) for item in errors] == [
        ("row_repeated", "/lines/2/id"),
        ("row_repeated", "/lines/3/id"),
    ]
    assert (await admin.get(path))["record"]["values"]["lines"] == [row]
