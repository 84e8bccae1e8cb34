"""What the boxes of each person hold after a request was approved or rejected."""

from __future__ import annotations

from typing import Any

from tests.world import APP, RECORDS, World, refusal


async def box(world: World, account: str, name: str) -> list[Any]:
    """The items of this test's requests; the sample has some of its own."""
    client = await world.person(account)
    items: list[Any] = (await client.get(f"/api/inbox/{name}?limit=200&q=Boxed"))["items"]
    return items


async def ids(world: World, account: str, name: str) -> list[str]:
    return [item["instance_id"] for item in await box(world, account, name)]


async def approve_small(world: World, informed: tuple[str, ...] = ()) -> Any:
    """A small proposal that the department head approves: then the PMO and the named people are informed."""
    lines = [{"item": "Work", "category": "labor", "qty": 1, "price": 5000}]
    made = await world.submit(name="Boxed small", lines=lines, stakeholders=[world.members[item] for item in informed])
    await world.act("wang.fang", made["instance"]["id"], comment="Go")
    return made


async def test_a_rejection_with_its_comment_ends_the_request(world: World) -> None:
    made = await world.submit(name="Boxed")
    instance_id = made["instance"]["id"]
    await world.act("wang.fang", instance_id, comment="Fine with me")
    state = await world.act("wu.qiang", instance_id, "reject", comment="The contract is missing")
    assert (state["status"], state["current"]) == ("rejected", [])
    applicant = await world.person("zhang.wei")
    view = await applicant.get(f"/api/instances/{instance_id}")
    votes = {entry["node_key"]: entry for entry in view["timeline"] if entry["kind"] == "voted"}
    assert (votes["dept"]["decision"], votes["dept"]["comment"]) == ("approve", "Fine with me")
    assert (votes["legal"]["decision"], votes["legal"]["comment"]) == ("reject", "The contract is missing")
    assert votes["legal"]["actor_id"] == world.members["wu.qiang"]
    assert view["timeline"][-1]["decision"] == "rejected"
    assert view["instance"]["ended_at"] is not None
    record = await applicant.get(f"{RECORDS}/proposal/records/{made['record']['id']}")
    assert record["record"]["flow_status"] == "rejected"
    # the tasks of the others are gone, and what follows an approval did not happen
    assert await ids(world, "gao.yuan", "todo") == await ids(world, "li.na", "todo") == []
    assert await ids(world, "gao.yuan", "handled") == []
    assert await ids(world, "feng.xue", "copied") == []
    path = f'{RECORDS}/project/records?filter={{"field":"name","op":"eq","value":"Boxed"}}'
    assert (await (await world.person("admin")).get(path))["items"] == []


async def test_a_rejected_task_can_be_decided_no_more(world: World) -> None:
    instance_id = (await world.submit(name="Boxed"))["instance"]["id"]
    await world.act("wang.fang", instance_id)
    task = await world.task("gao.yuan", instance_id)
    await world.act("wu.qiang", instance_id, "reject", comment="No")
    finance = await world.person("gao.yuan")
    send = {"action": "approve", "values": {"cost_center": "CC-1"}}
    refusal(await finance.call("POST", f"/api/tasks/{task}/act", send), 409, "task_not_open")
    page = await finance.get(f"/api/tasks/{task}")
    assert (page["task"]["state"], page["actions"]) == ("cancelled", [])


async def test_a_rejection_that_the_flow_turns_into_a_return_says_why_to_the_applicant(world: World) -> None:
    instance_id = (await world.submit(name="Boxed"))["instance"]["id"]
    state = await world.act("wang.fang", instance_id, "reject", comment="Say what it is for")
    assert (state["status"], [node["node_key"] for node in state["current"]]) == ("running", ["apply"])
    (item,) = await box(world, "zhang.wei", "todo")
    assert (item["instance_id"], item["node_key"], item["is_returned"]) == (instance_id, "apply", True)
    (started,) = await box(world, "zhang.wei", "started")
    assert (started["node_key"], started["is_returned"]) == (None, True)
    timeline = (await (await world.person("zhang.wei")).get(f"/api/instances/{instance_id}"))["timeline"]
    assert [entry["comment"] for entry in timeline if entry["comment"]] == ["Say what it is for"]
    (handled,) = await box(world, "wang.fang", "handled")
    assert (handled["instance_id"], handled["decision"], handled["status"]) == (instance_id, "reject", "running")
    assert handled["is_returned"]
    await world.act("zhang.wei", instance_id, "submit")
    assert [item["is_returned"] for item in await box(world, "zhang.wei", "started")] == [False]


async def test_the_record_that_a_flow_made_is_named_to_those_who_may_see_it(world: World) -> None:
    made = await approve_small(world)

    async def created(account: str) -> Any:
        path = f"/api/instances/{made['instance']['id']}"
        timeline = (await (await world.person(account)).get(path))["timeline"]
        return next(entry for entry in timeline if entry["kind"] == "record_created")

    entry = await created("admin")
    assert (entry["record_entity"], entry["record_title"][-11:]) == ("project", "Boxed small")


async def test_handled_by_me_holds_what_i_decided_with_my_decision(world: World) -> None:
    first = (await approve_small(world))["instance"]["id"]
    second = (await world.submit(name="Boxed large"))["instance"]["id"]
    task = await world.task("wang.fang", second)
    await world.act("wang.fang", second)
    await world.act("wu.qiang", second, "reject", comment="No")
    items = await box(world, "wang.fang", "handled")
    assert [(item["instance_id"], item["status"]) for item in items] == [(second, "rejected"), (first, "approved")]
    assert [(item["node_key"], item["decision"]) for item in items] == [("dept", "approve")] * 2
    assert items[0]["task_id"] == task
    assert items[0]["node_title"] == {"zh-CN": "部门负责人审批", "en": "Department head"}
    assert (items[0]["app"], items[0]["entity"], items[0]["initiator_id"]) == (
        APP,
        "proposal",
        world.members["zhang.wei"],
    )
    assert items[0]["title"].endswith("Boxed large")
    # in the order of decision, not of opening; nobody else handled it
    assert items[0]["at"] > items[1]["at"] >= items[1]["opened_at"]
    assert await ids(world, "wu.qiang", "handled") == [second]
    assert await ids(world, "he.jie", "handled") == await ids(world, "li.na", "handled") == []
    # submitting is the applicant's own work at the first node
    assert {item["node_key"] for item in await box(world, "zhang.wei", "handled")} <= {"apply"}


async def test_started_by_me_holds_my_requests_with_where_they_are(world: World) -> None:
    small = await approve_small(world)
    running = await world.submit(name="Boxed running")
    withdrawn = await world.submit(name="Boxed withdrawn")
    applicant = await world.person("zhang.wei")
    await applicant.post(f"/api/instances/{withdrawn['instance']['id']}/withdraw", {"comment": "Too early"})
    found = {item["instance_id"]: item for item in await box(world, "zhang.wei", "started")}
    assert {key: item["status"] for key, item in found.items()} == {
        small["instance"]["id"]: "approved",
        running["instance"]["id"]: "running",
        withdrawn["instance"]["id"]: "withdrawn",
    }
    item = found[running["instance"]["id"]]
    assert item["record_id"] == running["record"]["id"]
    assert item["title"] == running["record"]["title"]
    assert (item["task_id"], item["decision"]) == (None, None)
    assert await ids(world, "wang.fang", "started") == await ids(world, "admin", "started") == []


async def test_cced_holds_what_i_was_informed_of_until_i_read_it(world: World) -> None:
    made = await approve_small(world, informed=("he.jie",))
    instance_id = made["instance"]["id"]
    other = await world.person("he.jie")
    before = (await other.get("/api/inbox/counts"))["copied"]
    (item,) = await box(world, "he.jie", "copied")
    assert (item["instance_id"], item["node_key"], item["status"], item["read"]) == (
        instance_id,
        "notify",
        "approved",
        False,
    )
    assert item["title"].endswith("Boxed small")
    assert await ids(world, "feng.xue", "copied") == [instance_id]
    assert await ids(world, "zhang.wei", "copied") == await ids(world, "wang.fang", "copied") == []
    record = await other.get(f"{RECORDS}/proposal/records/{made['record']['id']}")
    assert record["record"]["values"]["name"] == "Boxed small"
    await other.post(f"/api/instances/{instance_id}/read", {})
    (item,) = await box(world, "he.jie", "copied")
    assert item["read"] is True
    assert (await other.get("/api/inbox/counts"))["copied"] == before - 1
    # one person's reading is not another's
    (item,) = await box(world, "feng.xue", "copied")
    assert item["read"] is False


async def test_a_box_is_paged_without_gaps(world: World) -> None:
    made = [(await world.submit(name=f"Boxed {number}"))["instance"]["id"] for number in range(5)]
    applicant = await world.person("zhang.wei")
    seen: list[str] = []
    cursor = ""
    while True:
        page = await applicant.get(f"/api/inbox/started?limit=2&q=Boxed{cursor}")
        seen += [item["instance_id"] for item in page["items"]]
        if page["next"] is None:
            break
        cursor = f"&cursor={page['next']}"
    assert seen == made[::-1]
