"""Working calendars over the API: read by everybody, kept by admins, and what they are good for."""

from __future__ import annotations

from typing import Any

import pytest

from engine.commands.context import run_on
from engine.runtime.calls import Call
from engine.runtime.settings import save_workspace
from engine.store.database import Tx
from tests.api.publishing import PROPOSAL, Files, republish
from tests.calendars.test_uploads import NOTICE_2026
from tests.world import RECORDS, Client, World, refusal

MONTHS_AND_DAYS = [(month, day) for month in range(1, 13) for day in range(1, 29)]
FACTORY = {
    "title": {"zh-CN": "工厂", "en": "Factory"},
    "base": "CN",
    "workdays": [6, 1, 2, 3, 4, 5],
    "hours": [{"from": "08:00", "to": "12:00"}, {"from": "22:00", "to": "24:00"}],
    "holidays": ["2026-03-03", "2026-03-02"],
    "extra_workdays": ["2026-02-17"],
    "names": {"2026-03-02": "Stocktaking"},
}


async def put(client: Client, key: str, definition: object = FACTORY) -> Any:
    answer = await client.call("PUT", f"/api/calendars/{key}", definition)
    assert answer.is_success, answer.text
    return answer.json()


async def test_a_new_workspace_counts_by_the_chinese_calendar(world: World) -> None:
    member = await world.person("he.jie")
    listed = await member.get("/api/calendars")
    assert (listed["default"], [item["key"] for item in listed["items"]]) == ("cn", ["cn"])
    assert listed["items"][0]["base"] == "CN"
    assert listed["tables"]["CN"][-1]["holidays"][0] == {
        "name": {"zh-CN": "元旦", "en": "New Year's Day"},
        "from": "2026-01-01",
        "to": "2026-01-03",
        "extra_workdays": ["2026-01-04"],
    }
    workspace = (await member.get("/api/session"))["workspace"]
    sent, table = workspace["calendars"][0], workspace["tables"]["CN"]
    assert (workspace["default_calendar"], sent["key"], sent["workdays"]) == ("cn", "cn", [1, 2, 3, 4, 5])
    assert (sent["base"], sent["off"], sent["hours"]) == ("CN", [], [[540, 720], [810, 1080]])
    assert "2026-02-16" in table["off"]
    assert "2026-02-14" in table["extra"]


async def test_calendars_are_made_replaced_and_deleted(world: World) -> None:
    admin = await world.person("admin")
    made = await put(admin, "factory")
    assert made["workdays"] == [1, 2, 3, 4, 5, 6]
    assert made["holidays"] == ["2026-03-02", "2026-03-03"]
    assert made["names"] == {"2026-03-02": "Stocktaking"}
    await put(admin, "factory", {"title": "Plain"})
    listed = await admin.get("/api/calendars")
    assert [(item["key"], item["title"], item["base"]) for item in listed["items"]][1:] == [("factory", "Plain", None)]
    await admin.patch("/api/workspace", {"default_calendar": "factory"})
    refusal(await admin.call("DELETE", "/api/calendars/factory"), 409, "calendar_is_default")
    refusal(await admin.call("DELETE", "/api/calendars/nowhere"), 404, "calendar_not_found")
    await admin.patch("/api/workspace", {"default_calendar": "cn"})
    assert (await admin.call("DELETE", "/api/calendars/factory")).status_code == 204
    assert [item["key"] for item in (await admin.get("/api/calendars"))["items"]] == ["cn"]
    actions = [(item["action"], item["target_id"]) for item in (await admin.get("/api/audit"))["items"]]
    assert ("calendar.save", "factory") in actions
    assert ("calendar.delete", "factory") in actions


@pytest.mark.parametrize(
    "text",
    [
        "2500-01-01,off,Too late",
        "0001-01-01,off,Too early",
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:99991231\nSUMMARY:x\nEND:VEVENT\nEND:VCALENDAR",
        "\n".join(f"{year}-{month:02}-{day:02},off" for year in range(2000, 2016) for month, day in MONTHS_AND_DAYS),
        "\n".join(f"{year}-01-01,off" for year in range(1950, 2100)),
    ],
    ids=["late", "early", "last of all", "many days", "many years"],
)
async def test_days_that_no_calendar_can_hold_leave_all_calendars_as_they_were(world: World, text: str) -> None:
    admin = await world.person("admin")
    await put(admin, "factory")
    before = await admin.get("/api/calendars")
    answer = await admin.call("POST", "/api/calendars/factory/holidays", {"text": text})
    assert refusal(answer, 422, "days_unusable")["path"] == "/text"
    assert await admin.get("/api/calendars") == before


async def test_what_is_wrong_with_a_calendar_is_said_in_its_place(world: World) -> None:
    admin = await world.person("admin")
    wrong = {
        "title": "Wrong",
        "workdays": [1, 8, 1],
        "hours": [{"from": "09:00", "to": "25:00"}],
        "holidays": ["2026-02-30", 5, "1767225600"],
    }
    error = refusal(await admin.call("PUT", "/api/calendars/wrong", wrong), 422, "invalid")
    assert {(item["path"], item["code"]) for item in error["errors"]} == {
        ("/workdays/1", "above_max"),
        ("/hours/0/to", "bad_form"),
        ("/holidays/0", "bad_date"),
        ("/holidays/1", "bad_date"),
        ("/holidays/2", "bad_date"),
    }
    wrong = {
        "title": "Wrong",
        "workdays": [1, 1],
        "hours": [{"from": "13:00", "to": "18:00"}, {"from": "09:00", "to": "12:00"}],
        "holidays": ["2026-02-16"],
        "extra_workdays": ["2026-02-16"],
    }
    error = refusal(await admin.call("PUT", "/api/calendars/wrong", wrong), 422, "invalid")
    assert {(item["path"], item["code"]) for item in error["errors"]} == {
        ("/workdays/1", "weekday_twice"),
        ("/hours/1", "hours_out_of_order"),
        ("/extra_workdays/0", "day_twice"),
    }
    refusal(await admin.call("PUT", "/api/calendars/wrong", {"title": "x", "workdays": []}), 422, "invalid")
    assert (await admin.call("PUT", "/api/calendars/Bad-Key", FACTORY)).status_code == 404


async def test_published_holidays_replace_the_years_they_are_for(world: World) -> None:
    admin = await world.person("admin")
    world.clock.set(world.clock.now().replace(year=2026))
    before = {**FACTORY, "base": None, "holidays": ["2025-12-31", "2026-07-01"], "extra_workdays": ["2026-05-02"]}
    await put(admin, "factory", before)
    sent = {"text": NOTICE_2026}
    found = await admin.post("/api/calendars/factory/holidays", sent)
    assert (found["years"], found["days_off"], found["extra_workdays"]) == ([2026], 33, 6)
    calendar = found["calendar"]
    assert calendar["holidays"][:2] == ["2025-12-31", "2026-01-01"]
    assert "2026-07-01" not in calendar["holidays"]
    assert calendar["extra_workdays"][0] == "2026-01-04"
    assert calendar["names"]["2026-10-01"] == "国庆节"
    assert calendar["loaded_years"] == [2026]
    refused = await admin.call("POST", "/api/calendars/factory/holidays", {"text": "2027-13-01,off"})
    assert refusal(refused, 422, "day_unreadable")["path"] == "/text"
    refusal(await admin.call("POST", "/api/calendars/none/holidays", sent), 404, "calendar_not_found")


async def test_years_whose_holidays_are_missing_are_named_until_they_are_loaded(world: World) -> None:
    admin = await world.person("admin")
    world.clock.set(world.clock.now().replace(year=2026, month=12))
    assert (await admin.get("/api/calendars"))["items"][0]["unknown_years"] == [2027]
    await admin.post("/api/calendars/cn/holidays", {"text": "2027-01-01,off,元旦"})
    assert (await admin.get("/api/calendars"))["items"][0]["unknown_years"] == []


async def test_the_one_calendar_of_before_is_kept(world: World) -> None:
    async def store(tx: Tx, _call: Call) -> None:
        former = {"workdays": [1, 2, 3], "holidays": ["2026-01-01"], "extra_workdays": ["2026-01-03"]}
        await save_workspace(tx, {"calendar": former})

    await run_on(world.backend, store, is_write=True)
    admin = await world.person("admin")
    listed = await admin.get("/api/calendars")
    assert (listed["default"], len(listed["items"])) == ("main", 1)
    only = listed["items"][0]
    assert (only["workdays"], only["holidays"], only["extra_workdays"]) == ([1, 2, 3], ["2026-01-01"], ["2026-01-03"])
    assert only["base"] is None
    # what is saved from now on is what counts
    await put(admin, "factory")
    assert [item["key"] for item in (await admin.get("/api/calendars"))["items"]] == ["main", "factory"]


async def test_there_is_an_end_to_the_number_of_calendars(world: World) -> None:
    admin = await world.person("admin")
    calendars = {f"c{number}": {"title": "x"} for number in range(50)}

    async def store(tx: Tx, _call: Call) -> None:
        await save_workspace(tx, {"calendars": {"format": 1, "default": "c0", "calendars": calendars}})

    await run_on(world.backend, store, is_write=True)
    refusal(await admin.call("PUT", "/api/calendars/more", {"title": "x"}), 409, "too_many_calendars")
    await put(admin, "c1")


async def test_stored_values_follow_the_calendars_they_were_counted_by(world: World) -> None:
    def edit(files: Files) -> None:
        files[PROPOSAL]["fields"] += [
            {"key": "worked", "type": "number", "title": "工作日", "computed": "NETWORKDAYS({start},{finish})"},
            {
                "key": "shifts",
                "type": "number",
                "title": "班次",
                "computed": 'IFERROR(NETWORKDAYS({start},{finish},"factory"),-1)',
            },
        ]

    await republish(world, edit)
    made = await world.submit(start="2026-09-28", finish="2026-10-11")
    admin = await world.person("admin")
    place = f"{RECORDS}/proposal/records/{made['record']['id']}"

    async def counted() -> tuple[int, int]:
        values = (await admin.get(place))["record"]["values"]
        return values["worked"], values["shifts"]

    assert await counted() == (6, -1)
    await put(admin, "factory", {"title": "Seven days", "workdays": [1, 2, 3, 4, 5, 6, 7]})
    assert await counted() == (6, 14)
    await admin.post("/api/calendars/cn/holidays", {"text": "2026-10-09,off,桥假"})
    assert await counted() == (5, 14)
    await admin.patch("/api/workspace", {"default_calendar": "factory"})
    assert await counted() == (14, 14)
    await admin.patch("/api/workspace", {"default_calendar": "cn"})
    await admin.call("DELETE", "/api/calendars/factory")
    assert await counted() == (5, -1)


async def test_stored_values_follow_a_calendar_that_an_application_brings_later(world: World) -> None:
    source = 'IFERROR(NETWORKDAYS({start},{finish},"factory"),-1)'
    column = {"key": "shifts", "type": "number", "title": "班次", "computed": source}

    def name_it(files: Files) -> None:
        files[PROPOSAL]["fields"].append(column)

    def need_it(files: Files) -> None:
        files["app.json"]["needs"]["calendars"] = {"factory": {"title": "Factory"}}

    await republish(world, name_it)
    made = await world.submit(start="2026-09-28", finish="2026-10-11")
    place = f"{RECORDS}/proposal/records/{made['record']['id']}"
    admin = await world.person("admin")
    assert (await admin.get(place))["record"]["values"]["shifts"] == -1
    await republish(world, need_it)
    assert (await admin.get(place))["record"]["values"]["shifts"] == 10
