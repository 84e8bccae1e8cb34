"""Whatever way a record is written, the same entry is accepted or refused with the same faults at the same places."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import httpx2
import pytest

from tests.api.linking import APP, RECORDS, make, publish
from tests.api.rule_entries import THINGS, Entries, files
from tests.world import Client, World

FORMS = f"/api/apps/{APP}/forms"
Faults = list[tuple[str, str]]
Way = Callable[[World, Client, dict[str, Any]], Awaitable[Faults]]
SEEDS, COUNT = range(3), 14
# what decides about groups and about values that others have: known when it is stored, not when it is looked at
OF_STORING = frozenset({"not_unique", "total_broken"})
BASE: dict[str, Any] = {"name": "base", "lines": [{"item": "base", "qty": 3}]}


def faults_of(answer: httpx2.Response) -> Faults:
    if answer.status_code < 300:
        return []
    error = answer.json()["error"]
    assert (answer.status_code, error["code"]) == (422, "invalid"), error
    return sorted((item["code"], item["path"]) for item in error["errors"])


async def by_api(_world: World, admin: Client, entry: dict[str, Any]) -> Faults:
    return faults_of(await admin.call("POST", THINGS, {"values": entry}))


async def by_edit(_world: World, admin: Client, entry: dict[str, Any]) -> Faults:
    record_id = await make(admin, "thing", **BASE)
    return faults_of(await admin.call("PATCH", f"{THINGS}/{record_id}", {"values": entry}, if_match="1"))


async def by_form(_world: World, admin: Client, entry: dict[str, Any]) -> Faults:
    return faults_of(await admin.call("POST", f"{FORMS}/thing/submissions", {"values": entry}))


async def by_form_with_flow(_world: World, admin: Client, entry: dict[str, Any]) -> Faults:
    return faults_of(await admin.call("POST", f"{FORMS}/with_flow/submissions", {"values": entry}))


async def by_draft(_world: World, admin: Client, entry: dict[str, Any]) -> Faults:
    draft = await admin.post(f"{FORMS}/thing/drafts", {"values": entry})
    kept = (await admin.get(f"/api/drafts/{draft['id']}"))["values"]
    sent = {"values": kept, "draft_id": draft["id"]}
    return faults_of(await admin.call("POST", f"{FORMS}/thing/submissions", sent))


async def task_of(world: World, admin: Client) -> tuple[str, str]:
    made = await admin.post(f"{FORMS}/with_flow/submissions", {"values": BASE})
    return await world.task("admin", made["instance"]["id"]), made["record"]["id"]


async def by_task(world: World, admin: Client, entry: dict[str, Any]) -> Faults:
    task_id, _ = await task_of(world, admin)
    sent = {"action": "approve", "values": entry, "version": 1}
    return faults_of(await admin.call("POST", f"/api/tasks/{task_id}/act", sent))


async def by_looking(_world: World, admin: Client, entry: dict[str, Any]) -> Faults:
    found = await admin.post(f"{FORMS}/thing/evaluate", {"values": entry})
    return sorted((item["code"], item["path"]) for item in found["errors"])


async def by_looking_at_task(world: World, admin: Client, entry: dict[str, Any]) -> Faults:
    task_id, _ = await task_of(world, admin)
    found = await admin.post(f"{FORMS}/with_flow/evaluate", {"values": entry, "task_id": task_id})
    return sorted((item["code"], item["path"]) for item in found["errors"])


WAYS: dict[str, Way] = {
    "edit": by_edit,
    "form": by_form,
    "form with flow": by_form_with_flow,
    "draft": by_draft,
    "task": by_task,
}
LOOKS: dict[str, Way] = {"form": by_looking, "task": by_looking_at_task}


async def installed(world: World) -> Client:
    await publish(world, files())
    admin = await world.person("admin")
    await make(admin, "thing", **{**BASE, "code": "taken"})
    return admin


def entries(world: World, seed: int) -> list[dict[str, Any]]:
    source = Entries(seed, [world.members["admin"], world.members["zhang.wei"]])
    return [source.any() for _ in range(COUNT)]


@pytest.mark.parametrize("seed", SEEDS)
async def test_no_way_to_write_goes_round_a_rule(world: World, seed: int) -> None:
    admin = await installed(world)
    seen: set[str] = set()
    for number, entry in enumerate(entries(world, seed)):

        def numbered(way: str, number: int = number, entry: dict[str, Any] = entry) -> dict[str, Any]:
            # each way has a group of its own, which an accepted entry fills
            return {**entry, "lot": f"{seed} {number} {way}"}

        told = await by_api(world, admin, numbered("api"))
        seen |= {code for code, _ in told}
        for name, way in WAYS.items():
            assert await way(world, admin, numbered(name)) == told, (name, entry)
        looked = [item for item in told if item[0] not in OF_STORING]
        for name, way in LOOKS.items():
            assert await way(world, admin, numbered(name)) == looked, (name, entry)
    assert len(seen) >= 8, seen


async def test_every_fault_is_found_by_some_entry(world: World) -> None:
    admin = await installed(world)
    found: set[str] = set()
    for seed in range(10, 25):
        for number, entry in enumerate(entries(world, seed)):
            found |= {code for code, _ in await by_api(world, admin, {**entry, "lot": f"{seed} {number}"})}
    assert found >= {
        "required", "too_long", "pattern_mismatch", "below_min", "above_max", "too_many_decimals", "unknown_option",
        "retired_option", "not_a_member", "rule_broken", "repeated_in_rows", "too_few_rows", "too_many_rows",
        "unknown_field", "not_unique", "total_broken", "bad_date",
    }  # fmt: skip


@pytest.mark.parametrize("seed", SEEDS)
async def test_what_a_flow_makes_obeys_the_same_rules(world: World, seed: int) -> None:
    admin = await installed(world)
    outcomes: set[bool] = set()
    for number, entry in enumerate(entries(world, seed)):
        lot = f"{seed} {number}"
        sent = {"values": {**entry, "lot": f"{lot} flow"}}
        answer = await admin.call("POST", f"{FORMS}/plain/submissions", sent)
        if answer.status_code == 422:
            # not even the entity without rules takes it
            continue
        told = await by_api(world, admin, {**entry, "lot": f"{lot} api"})
        assert answer.status_code == 201, answer.text
        shown = (await admin.get(f"/api/instances/{answer.json()['instance']['id']}"))["instance"]
        assert (shown["status"] == "approved") == (told == []), (entry, told, shown)
        outcomes.add(told == [])
    assert outcomes == {True, False}


async def test_defaults_are_the_same_on_every_way(world: World) -> None:
    changed = files()
    fields = {field["key"]: field for field in changed["entities/thing.json"]["fields"]}
    fields["lot"]["default"] = '"none"'
    fields["size"]["default"] = "7"
    fields["lines"]["fields"][1]["default"] = 'IF({item}="x",5,2)'
    await publish(world, changed)
    admin = await world.person("admin")
    sent = {"values": {"name": "abc", "size": None, "lines": [{"item": "x"}, {"item": "y", "qty": None}]}}
    made = [
        await admin.post(THINGS, sent),
        (await admin.post(f"{FORMS}/thing/submissions", sent))["record"],
        (await admin.post(f"{FORMS}/with_flow/submissions", sent))["record"],
    ]
    for record in made:
        values = (await admin.get(f"{RECORDS}/thing/records/{record['id']}"))["record"]["values"]
        assert (values["lot"], values["size"]) == ("none", None)
        assert [row["qty"] for row in values["lines"]] == [5, None]


async def test_a_default_that_its_field_refuses_is_a_fault_where_it_is_not_replaced(world: World) -> None:
    changed = files()
    changed["entities/thing.json"]["fields"][2]["default"] = "50*2"
    await publish(world, changed)
    admin = await world.person("admin")
    entry = {**BASE, "owner": world.members["admin"]}
    assert await by_api(world, admin, entry) == [("above_max", "/size")]
    assert await by_form(world, admin, entry) == [("above_max", "/size")]
    assert await by_looking(world, admin, entry) == [("above_max", "/size")]
    assert await by_api(world, admin, {**entry, "size": 1}) == []
