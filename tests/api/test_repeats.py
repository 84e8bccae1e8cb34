"""Requests sent again, one after the other or at the same time: one effect, one answer."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx2
import pytest

from tests.world import FORM, RECORDS, Client, World, refusal

PROJECTS = f"{RECORDS}/project/records"
PROPOSALS = f"{RECORDS}/proposal/records"
TIMES = 20


async def at_once(client: Client, path: str, sends: list[Any], **headers: str) -> list[httpx2.Response]:
    """The answers to requests that are sent together."""
    return list(await asyncio.gather(*(client.call("POST", path, send, **headers) for send in sends)))


def the_one_answer(answers: list[httpx2.Response], status: int) -> Any:
    """The answer that every request got."""
    assert {answer.status_code for answer in answers} == {status}, [answer.text for answer in answers]
    assert len({answer.content for answer in answers}) == 1
    return answers[0].json()


async def titles(world: World, name: str) -> list[str]:
    """The ids of projects of that name."""
    path = f'{PROJECTS}?filter={{"field":"name","op":"eq","value":"{name}"}}'
    return [item["id"] for item in (await (await world.person("admin")).get(path))["items"]]


async def test_a_decision_sent_at_once_with_one_key_is_made_once_and_answered_to_all(world: World) -> None:
    instance_id = (await world.submit())["instance"]["id"]
    task = await world.task("wang.fang", instance_id)
    head = await world.person("wang.fang")
    answers = await at_once(head, f"/api/tasks/{task}/act", [{"action": "approve"}] * TIMES, idempotency_key="k")
    assert the_one_answer(answers, 200)["status"] == "running"
    timeline = (await head.get(f"/api/instances/{instance_id}"))["timeline"]
    assert [entry["node_key"] for entry in timeline if entry["kind"] == "voted"] == ["apply", "dept"]


async def test_a_submission_sent_at_once_with_one_key_makes_one_record(world: World) -> None:
    applicant = await world.person("zhang.wei")
    before = (await applicant.get(f"{RECORDS}/proposal/records/count"))["count"]
    send = {"values": world.proposal(), "comment": "please"}
    made = the_one_answer(await at_once(applicant, f"{FORM}/submissions", [send] * TIMES, idempotency_key="k"), 201)
    assert made["record"]["values"]["code"] == "LX-202603-0001"
    assert (await applicant.get(f"{RECORDS}/proposal/records/count"))["count"] == before + 1
    assert (await world.submit())["record"]["values"]["code"] == "LX-202603-0002"


@pytest.mark.parametrize("key", [None, "k"])
async def test_a_record_sent_at_once_with_its_own_id_is_made_once(world: World, key: str | None) -> None:
    admin, chosen = await world.person("admin"), "b" * 24
    headers = {} if key is None else {"idempotency_key": key}
    send = {"id": chosen, "values": {"name": "At once"}}
    assert the_one_answer(await at_once(admin, PROJECTS, [send] * TIMES, **headers), 201)["id"] == chosen
    assert await titles(world, "At once") == [chosen]


async def test_an_own_id_is_recognised_under_any_key(world: World) -> None:
    admin, chosen = await world.person("admin"), "c" * 24
    send = {"id": chosen, "values": {"name": "Any key"}}
    calls = [admin.call("POST", PROJECTS, send, idempotency_key=f"k{number % 7}") for number in range(TIMES)]
    answers = await asyncio.gather(*calls, *(admin.call("POST", PROJECTS, send) for _ in range(5)))
    made = the_one_answer(list(answers), 201)
    assert await admin.post(PROJECTS, send) == made
    assert await admin.post(PROJECTS, send, idempotency_key="later") == made
    assert await admin.post(PROJECTS, send, idempotency_key="later") == made
    assert await titles(world, "Any key") == [chosen]


async def test_an_own_id_with_another_body_is_taken(world: World) -> None:
    admin, chosen = await world.person("admin"), "d" * 24
    await admin.post(PROJECTS, {"id": chosen, "values": {"name": "First"}}, idempotency_key="k1")
    other = {"id": chosen, "values": {"name": "Second"}}
    for headers in ({}, {"idempotency_key": "k2"}):
        error = refusal(await admin.call("POST", PROJECTS, other, **headers), 409, "id_taken")
        assert (error["path"], error["params"]) == ("/id", {"id": chosen})
    refusal(await admin.call("POST", PROJECTS, other, idempotency_key="k1"), 422, "idempotency_key_reused")
    # a refusal leaves its key free
    await admin.post(PROJECTS, {"values": {"name": "Third"}}, idempotency_key="k2")
    assert await titles(world, "Second") == []


async def test_different_bodies_at_once_with_one_key_make_one_record(world: World) -> None:
    admin = await world.person("admin")
    sends = [{"values": {"name": f"Several {number}"}} for number in range(TIMES)]
    answers = await at_once(admin, PROJECTS, sends, idempotency_key="k")
    winners = [number for number, answer in enumerate(answers) if answer.status_code == 201]
    assert len(winners) == 1
    for answer in answers:
        if answer.status_code != 201:
            refusal(answer, 422, "idempotency_key_reused")
    found = [await titles(world, f"Several {number}") for number in range(TIMES)]
    assert [number for number, ids in enumerate(found) if ids] == winners


async def test_a_refusal_is_not_kept(world: World) -> None:
    admin = await world.person("admin")
    answers = await at_once(admin, PROJECTS, [{"values": {"name": ""}}] * TIMES, idempotency_key="k")
    for answer in answers:
        refusal(answer, 422, "invalid")
    made = await admin.post(PROJECTS, {"values": {"name": "Mended"}}, idempotency_key="k")
    assert await titles(world, "Mended") == [made["id"]]


async def test_a_key_belongs_to_its_person_and_its_route(world: World) -> None:
    admin, keeper = await world.person("admin"), await world.person("feng.xue")
    send = {"values": {"name": "Scope"}}
    first = await admin.post(PROJECTS, send, idempotency_key="k")
    second = await keeper.post(PROJECTS, send, idempotency_key="k")
    assert first["id"] != second["id"]
    third = await admin.post("/api/apps/project_initiation/forms/project/submissions", send, idempotency_key="k")
    assert third["record"]["id"] not in {first["id"], second["id"]}
    assert len(await titles(world, "Scope")) == 3


async def test_two_people_who_choose_the_same_id_at_once_get_one_record(world: World) -> None:
    admin, keeper = await world.person("admin"), await world.person("feng.xue")
    send = {"id": "e" * 24, "values": {"name": "Same id"}}
    calls = [client.call("POST", PROJECTS, send) for client in (admin, keeper) for _ in range(5)]
    answers = await asyncio.gather(*calls)
    sides = [{answer.status_code for answer in part} for part in (answers[:5], answers[5:])]
    assert sides in ([{201}, {409}], [{409}, {201}])
    assert await titles(world, "Same id") == ["e" * 24]


async def test_an_id_of_another_entitys_record_is_taken(world: World) -> None:
    admin, applicant = await world.person("admin"), await world.person("zhang.wei")
    await admin.post(PROJECTS, {"id": "a" * 24, "values": {"name": "First"}})
    for client, path in ((admin, PROPOSALS), (applicant, f"{FORM}/submissions")):
        send = {"id": "a" * 24, "values": world.proposal(name="Second")}
        error = refusal(await client.call("POST", path, send), 409, "id_taken")
        assert (error["path"], error["params"]) == ("/id", {"id": "a" * 24})
    assert (await admin.get(f"{PROJECTS}/{'a' * 24}"))["record"]["values"]["name"] == "First"
    refusal(await admin.call("GET", f"{PROPOSALS}/{'a' * 24}"), 404, "record_not_found")


async def test_of_two_entities_that_are_given_one_id_at_once_one_gets_it(world: World) -> None:
    admin = await world.person("admin")
    for digit in "0123":
        project = {"id": digit * 24, "values": {"name": "Same id"}}
        proposal = {"id": digit * 24, "values": world.proposal()}
        answers = await asyncio.gather(admin.call("POST", PROJECTS, project), admin.call("POST", PROPOSALS, proposal))
        assert sorted(answer.status_code for answer in answers) == [201, 409], [answer.text for answer in answers]


@pytest.mark.parametrize("key", ["", "k" * 201, "a\tb"])
async def test_a_key_that_cannot_be_kept_is_refused(world: World, key: str) -> None:
    admin = await world.person("admin")
    answer = await admin.call("POST", PROJECTS, {"values": {"name": "n"}}, idempotency_key=key)
    refusal(answer, 400, "bad_idempotency_key")
