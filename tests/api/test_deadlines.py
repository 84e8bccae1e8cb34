"""Deadlines of tasks over the API: where they are shown, to whom, and to-dos by deadline."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from tests.api.publishing import FLOW, Files, republish
from tests.world import RECORDS, World, refusal

NO_DEADLINE = object()
MONDAY = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)  # ten in the morning in Shanghai


async def publish_with(
    world: World, *, deadline: object = None, calendar: str | None = None, needs: object = None
) -> None:
    """Publish the flow with another deadline of its first approval and another calendar."""

    def edit(files: Files) -> None:
        files[FLOW]["policies"].pop("calendar", None)
        if calendar is not None:
            files[FLOW]["policies"]["calendar"] = calendar
        if needs is not None:
            files["app.json"]["needs"]["calendars"] = needs
        node = next(block for block in files[FLOW]["root"]["seq"] if block["key"] == "dept")["approve"]
        node.pop("deadline", None)
        if deadline is not NO_DEADLINE:
            node["deadline"] = deadline or {"after": "P1D", "time": "working"}

    await republish(world, edit)


async def first_item(world: World, account: str, query: str = "") -> Any:
    return (await (await world.person(account)).get(f"/api/inbox/todo{query}"))["items"][0]


async def test_a_task_is_due_by_working_time_wherever_it_is_shown(world: World) -> None:
    world.clock.set(MONDAY)
    instance_id = (await world.submit())["instance"]["id"]
    item = await first_item(world, "wang.fang")
    assert item["due_at"] == "2026-03-03T02:00:00.000Z"
    client = await world.person("wang.fang")
    page = await client.get(f"/api/tasks/{item['task_id']}")
    assert page["task"]["due_at"] == item["due_at"]
    current = page["flow"]["instance"]["current"]
    assert [(node["node_key"], node["due_at"]) for node in current] == [("dept", item["due_at"])]
    # three working days later: too late, which the history shows
    world.clock.set(MONDAY + timedelta(days=3))
    await world.act("wang.fang", instance_id)
    view = await (await world.person("zhang.wei")).get(f"/api/instances/{instance_id}")
    voted = [entry for entry in view["timeline"] if entry["node_key"] == "dept"]
    assert [(entry["due_at"], entry["at"] > entry["due_at"]) for entry in voted] == [(item["due_at"], True)]
    assert [node["due_at"] for node in view["instance"]["current"]] == ["2026-03-09T02:01:00.000Z"] * 2


async def test_a_change_of_the_calendar_leaves_open_tasks_alone_and_holds_for_new_ones(world: World) -> None:
    world.clock.set(MONDAY)
    await world.submit(name="first")
    admin = await world.person("admin")
    await admin.call("PUT", "/api/calendars/cn", {"title": "x", "holidays": ["2026-03-03", "2026-03-04"]})
    await publish_with(world)
    await world.submit(name="second")
    client = await world.person("wang.fang")
    found = {item["title"]: item["due_at"] for item in (await client.get("/api/inbox/todo"))["items"]}
    assert [due for title, due in found.items() if "first" in title] == ["2026-03-03T02:00:00.000Z"]
    assert [due for title, due in found.items() if "second" in title] == ["2026-03-05T02:00:00.000Z"]


async def test_to_dos_are_listed_by_deadline_page_by_page(world: World) -> None:
    names = ["soon", "later", "none", "next"]
    for name, days in zip(names, (0, 7, 1, 1), strict=True):
        world.clock.set(MONDAY + timedelta(days=days))
        if name == "none":
            await publish_with(world, deadline=NO_DEADLINE)
        await world.submit(name=name)
        if name == "none":
            await publish_with(world)
    client = await world.person("wang.fang")
    found: list[str] = []
    cursor = ""
    while True:
        page = await client.get(f"/api/inbox/todo?order=due&limit=1{cursor}")
        found += [item["title"] for item in page["items"]]
        if page["next"] is None:
            break
        cursor = f"&cursor={page['next']}"
    # the sample has to-dos of its own
    listed = [name for title in found for name in names if name in title]
    assert listed == ["soon", "next", "later", "none"]
    assert len((await client.get("/api/inbox/todo?order=due&q=soon"))["items"]) == 1
    refusal(await client.call("GET", "/api/inbox/started?order=due"), 422, "order_not_of_box")
    refusal(await client.call("GET", "/api/inbox/todo?order=due&cursor=eA"), 400, "bad_cursor")


async def test_a_deadline_that_a_field_says_is_shown_to_its_owner_only(world: World) -> None:
    await publish_with(world, deadline={"field": "finish"})
    made = await world.submit(finish="2026-08-31")
    item = await first_item(world, "wang.fang")
    assert item["due_at"] == "2026-08-31T10:00:00.000Z"
    owner = await (await world.person("wang.fang")).get(f"/api/instances/{made['instance']['id']}")
    other = await (await world.person("zhang.wei")).get(f"/api/instances/{made['instance']['id']}")
    assert [view["instance"]["current"][0]["due_at"] for view in (owner, other)] == [item["due_at"], None]
    assert (await (await world.person("zhang.wei")).get(f"{RECORDS}/proposal/records"))["items"]


async def test_a_calendar_that_is_needed_is_made_with_the_application_and_stays(world: World) -> None:
    await publish_with(world, calendar="factory", needs={"factory": {"title": "工厂", "base": "CN"}})
    admin = await world.person("admin")
    listed = (await admin.get("/api/calendars"))["items"]
    assert [(item["key"], item["title"], item["base"]) for item in listed] == [
        ("cn", listed[0]["title"], "CN"),
        ("factory", "工厂", "CN"),
    ]
    refusal(await admin.call("DELETE", "/api/calendars/factory"), 409, "calendar_in_use")
    world.clock.set(MONDAY)
    await world.submit()
    assert (await first_item(world, "wang.fang"))["due_at"] == "2026-03-03T02:00:00.000Z"


async def test_a_day_at_the_end_of_time_stops_the_flow_with_the_calendar_named(world: World) -> None:
    admin = await world.person("admin")
    around = {"title": "x", "workdays": [1, 2, 3, 4, 5, 6, 7], "hours": [{"from": "00:00", "to": "24:00"}]}
    await admin.call("PUT", "/api/calendars/cn", around)
    await publish_with(world, deadline={"field": "finish"})
    made = await world.submit(finish="9999-12-31")
    path = f"/api/instances/{made['instance']['id']}"
    stopped = (await admin.get(path))["instance"]["current"][0]
    assert "“cn” has too little working time" in stopped["incident"]
    await admin.call("PUT", "/api/calendars/cn", {**around, "hours": [{"from": "09:00", "to": "18:00"}]})
    await admin.post(f"{path}/retry", {"activation": stopped["activation"]})
    item = await first_item(world, "wang.fang", "?order=due")
    assert (await first_item(world, "wang.fang", "?order=due&q=Data"))["due_at"] == "9999-12-31T10:00:00.000Z", item
