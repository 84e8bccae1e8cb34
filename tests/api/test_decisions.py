"""Decisions on the record that was seen: two people at once, rejections, and the boxes that hold them afterwards."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any, get_args

import httpx2

from engine.commands.context import run_on
from engine.flow.state import Status
from engine.runtime.calls import Call
from engine.runtime.tasks import DEEDS, Action, TaskClosed
from engine.store.database import Tx
from engine.store.directory import set_role_members
from engine.store.marks import bump_mark
from tests.world import FORM, RECORDS, World, refusal


async def in_review(world: World) -> Any:
    """A large proposal that waits for finance and legal, both on the same version of the record."""
    made = await world.submit()
    await world.act("wang.fang", made["instance"]["id"])
    return made


async def version_seen(world: World, account: str, task_id: str) -> int:
    version: int = (await (await world.person(account)).get(f"/api/tasks/{task_id}"))["record"]["version"]
    return version


async def decide_at_once(world: World, tasks: Mapping[str, str], sends: Mapping[str, object]) -> list[httpx2.Response]:
    """The answers to decisions of several people, sent together, in the order of `tasks`."""
    clients = {account: await world.person(account) for account in tasks}
    calls = [clients[account].call("POST", f"/api/tasks/{task}/act", sends[account]) for account, task in tasks.items()]
    return list(await asyncio.gather(*calls))


async def test_an_overlapping_decision_on_an_older_version_shows_both_sides(world: World) -> None:
    made = await in_review(world)
    instance_id = made["instance"]["id"]
    legal, task = await world.person("wu.qiang"), await world.task("wu.qiang", instance_id)
    seen = await version_seen(world, "wu.qiang", task)
    await world.act("gao.yuan", instance_id, values={"cost_center": "CC-1", "review_note": "Renegotiate"})
    send = {"action": "approve", "values": {"review_note": "Fine"}, "version": seen}
    error = refusal(await legal.call("POST", f"/api/tasks/{task}/act", send), 409, "version_conflict")
    assert error["params"] == {"seen": seen, "current": seen + 1}
    assert [(item["path"], item["params"]) for item in error["errors"]] == [
        ("/review_note", {"theirs": '"Renegotiate"', "yours": '"Fine"', "base": "null"})
    ]
    page = await legal.get(f"/api/tasks/{task}")
    assert (page["task"]["state"], page["record"]["values"]["review_note"]) == ("open", "Renegotiate")
    await legal.post(f"/api/tasks/{task}/act", {**send, "version": seen + 1})
    assert (await legal.get(f"/api/tasks/{task}"))["record"]["values"]["review_note"] == "Fine"


async def test_decisions_that_write_other_fields_are_merged(world: World) -> None:
    made = await in_review(world)
    instance_id = made["instance"]["id"]
    task = await world.task("gao.yuan", instance_id)
    seen = await version_seen(world, "gao.yuan", task)
    await world.act("wu.qiang", instance_id, values={"review_note": "Fine"})
    finance = await world.person("gao.yuan")
    send = {"action": "approve", "values": {"cost_center": "CC-1"}, "version": seen}
    await finance.post(f"/api/tasks/{task}/act", send)
    record = await (await world.person("admin")).get(f"{RECORDS}/proposal/records/{made['record']['id']}")
    assert record["record"]["values"]["cost_center"] == "CC-1"
    assert record["record"]["values"]["review_note"] == "Fine"


async def test_a_decision_without_values_is_not_held_up_by_edits(world: World) -> None:
    made = await in_review(world)
    instance_id = made["instance"]["id"]
    task = await world.task("wu.qiang", instance_id)
    seen = await version_seen(world, "wu.qiang", task)
    await world.act("gao.yuan", instance_id, values={"cost_center": "CC-1", "review_note": "Renegotiate"})
    legal = await world.person("wu.qiang")
    state = await legal.post(f"/api/tasks/{task}/act", {"action": "approve", "version": seen})
    assert [node["node_key"] for node in state["current"]] == ["committee"]


async def test_a_task_says_what_its_rejection_leads_to(world: World) -> None:
    made = await world.submit()
    instance_id = made["instance"]["id"]

    async def rejection(account: str) -> Any:
        page = await (await world.person(account)).get(f"/api/tasks/{await world.task(account, instance_id)}")
        return next(item for item in page["actions"] if item["action"] == "reject")

    first = await rejection("wang.fang")
    assert (first["effect"], first["back_to"]["key"], first["comment_required"]) == ("return", "apply", False)
    await world.act("wang.fang", instance_id)
    last = await rejection("wu.qiang")
    assert (last["effect"], last["back_to"]) == ("end", None)


async def test_a_vote_of_several_shows_its_rule_and_how_far_it_is(world: World) -> None:
    made = await in_review(world)
    instance_id = made["instance"]["id"]
    await world.act("wu.qiang", instance_id)
    state = await world.act("gao.yuan", instance_id, values={"cost_center": "CC-1"})
    (node,) = state["current"]
    tally = node["tally"]
    assert (tally["mode"], tally["percent"], tally["approved"], tally["rejected"]) == ("percent", 60, 0, 0)
    assert (tally["voters"], tally["needed"]) == (len(node["member_ids"]), -(-60 * tally["voters"] // 100))
    assert len(tally["veto_ids"]) == 1
    voter = next(
        account
        for account, member in world.members.items()
        if member in node["member_ids"] and member not in tally["veto_ids"]
    )
    state = await world.act(voter, instance_id)
    assert state["current"][0]["tally"]["approved"] == 1


async def test_a_conflict_tells_nothing_of_a_field_that_the_node_hides(world: World) -> None:
    made = await in_review(world)
    instance_id = made["instance"]["id"]
    task = await world.task("wu.qiang", instance_id)
    seen = await version_seen(world, "wu.qiang", task)
    await world.act("gao.yuan", instance_id, values={"cost_center": "canary-cost"})
    legal = await world.person("wu.qiang")
    send = {"action": "approve", "values": {"cost_center": "CC-1"}, "version": seen}
    answer = await legal.call("POST", f"/api/tasks/{task}/act", send)
    refusal(answer, 422, "invalid")
    assert "canary-cost" not in answer.text


async def test_a_version_that_does_not_exist_yet_is_refused(world: World) -> None:
    instance_id = (await world.submit())["instance"]["id"]
    task = await world.task("wang.fang", instance_id)
    head = await world.person("wang.fang")
    answer = await head.call("POST", f"/api/tasks/{task}/act", {"action": "approve", "version": 99})
    refusal(answer, 409, "version_conflict")
    answer = await head.call("POST", f"/api/tasks/{task}/act", {"action": "approve", "version": 0})
    assert refusal(answer, 422, "invalid")["errors"][0]["path"] == "/version"


async def test_where_to_return_is_refused_with_other_decisions(world: World) -> None:
    instance_id = (await world.submit())["instance"]["id"]
    task, head = await world.task("wang.fang", instance_id), await world.person("wang.fang")
    for action in ("approve", "reject"):
        send = {"action": action, "to": "apply", "resume": "direct"}
        error = refusal(await head.call("POST", f"/api/tasks/{task}/act", send), 422, "invalid")
        found = [(item["code"], item["path"], item["params"]["action"]) for item in error["errors"]]
        assert found == [("member_of_return", path, action) for path in ("/to", "/resume")]
    assert (await head.get(f"/api/tasks/{task}"))["task"]["state"] == "open"
    await head.post(f"/api/tasks/{task}/act", {"action": "return", "to": "apply", "resume": "direct"})


async def test_of_two_who_write_the_same_field_at_once_one_wins(world: World) -> None:
    for _ in range(3):
        instance_id = (await in_review(world))["instance"]["id"]
        tasks = {account: await world.task(account, instance_id) for account in ("gao.yuan", "wu.qiang")}
        seen = await version_seen(world, "wu.qiang", tasks["wu.qiang"])
        written = {
            "gao.yuan": {"cost_center": "CC-1", "review_note": "by finance"},
            "wu.qiang": {"review_note": "by legal"},
        }
        answers = await decide_at_once(
            world,
            tasks,
            {account: {"action": "approve", "values": written[account], "version": seen} for account in tasks},
        )
        winners = [account for account, answer in zip(tasks, answers, strict=True) if answer.status_code == 200]
        losers = [answer for answer in answers if answer.status_code != 200]
        assert len(winners) == 1, [answer.text for answer in answers]
        refusal(losers[0], 409, "version_conflict")
        page = await (await world.person("wu.qiang")).get(f"/api/tasks/{tasks['wu.qiang']}")
        assert page["record"]["values"]["review_note"] == written[winners[0]]["review_note"]


async def test_of_two_who_decide_the_same_node_at_once_one_wins(world: World) -> None:
    for _ in range(3):
        instance_id = (await in_review(world))["instance"]["id"]
        tasks = {account: await world.task(account, instance_id) for account in ("gao.yuan", "li.na")}
        answers = await decide_at_once(
            world, tasks, {account: {"action": "approve", "values": {"cost_center": account}} for account in tasks}
        )
        winners = [account for account, answer in zip(tasks, answers, strict=True) if answer.status_code == 200]
        assert len(winners) == 1, [answer.text for answer in answers]
        refusal(next(answer for answer in answers if answer.status_code != 200), 409, "task_not_open")
        view = await (await world.person("admin")).get(f"/api/instances/{instance_id}")
        votes = [entry for entry in view["timeline"] if entry["kind"] == "voted" and entry["node_key"] == "fin"]
        assert [vote["actor_id"] for vote in votes] == [world.members[winners[0]]]


async def give_legal_to_finance(world: World) -> str:
    """One person is all of finance and of legal; his account."""

    async def work(tx: Tx, call: Call) -> str:
        member_id = world.members["gao.yuan"]
        for key in ("finance", "legal"):
            await set_role_members(tx, call.directory.roles[key].id, [member_id])
        await bump_mark(tx, "directory")
        return call.directory.members[member_id].account

    return await run_on(world.backend, work, is_write=True)


async def test_who_holds_several_tasks_of_a_record_may_do_in_each_what_any_allows(world: World) -> None:
    account = await give_legal_to_finance(world)
    made = await in_review(world)
    client = await world.person(account)
    items = (await client.get("/api/inbox/todo"))["items"]
    tasks = {item["node_key"]: item["task_id"] for item in items if item["instance_id"] == made["instance"]["id"]}
    pages = {node: await client.get(f"/api/tasks/{task}") for node, task in tasks.items()}
    # legal alone does not see what finance must fill in, and need not fill it in
    assert {node: page["rights"]["cost_center"] for node, page in pages.items()} == {
        "fin": "required",
        "legal": "write",
    }
    assert "cost_center" in pages["legal"]["record"]["values"]
    typed = await client.post(f"{FORM}/evaluate", {"task_id": tasks["legal"], "values": {"cost_center": "CC-1"}})
    assert (typed["values"]["cost_center"], typed["errors"]) == ("CC-1", [])
    await client.post(f"/api/tasks/{tasks['legal']}/act", {"action": "approve", "values": {"cost_center": "CC-1"}})
    page = await client.get(f"/api/tasks/{tasks['fin']}")
    assert (page["rights"]["cost_center"], page["record"]["values"]["cost_center"]) == ("required", "CC-1")


async def test_what_only_the_other_task_requires_is_not_asked_for(world: World) -> None:
    account = await give_legal_to_finance(world)
    made = await in_review(world)
    client = await world.person(account)
    items = (await client.get("/api/inbox/todo"))["items"]
    tasks = {item["node_key"]: item["task_id"] for item in items if item["instance_id"] == made["instance"]["id"]}
    await client.post(f"/api/tasks/{tasks['legal']}/act", {"action": "approve"})
    error = refusal(await client.call("POST", f"/api/tasks/{tasks['fin']}/act", {"action": "approve"}), 422, "invalid")
    assert [item["path"] for item in error["errors"]] == ["/cost_center"]


def test_a_closed_task_says_who_did_what_in_words_of_either_language() -> None:
    closed = TaskClosed(by="王芳", decision="approve")
    assert (closed.text("zh-CN"), closed.text("en")) == (
        "待办已处理: 王芳 已同意",
        "The task is closed: 王芳 approved it",
    )
    gone = TaskClosed(by="", decision="withdrawn")
    assert (gone.text("zh-CN"), gone.text("en")) == (
        "待办已处理: 流程已撤回",
        "The task is closed: the flow was withdrawn",
    )
    assert DEEDS.keys() >= {*get_args(Action), *get_args(Status)}
