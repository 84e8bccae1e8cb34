"""Records that a flow creates: what their fields refuse parks the flow, and it goes on when that was repaired."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from engine.commands.context import run_on
from engine.model.canonical import export_files
from engine.runtime.calls import Call
from engine.runtime.definitions import apply_application, check_files
from engine.store.database import Tx
from tests.world import APP, RECORDS, World

SMALL = [{"item": "Work", "category": "labor", "qty": 1, "price": 5000}]
PROJECT, FLOW = "entities/project.json", "flows/approve_proposal.json"
LINES = {
    "key": "lines",
    "type": "subform",
    "title": "Lines",
    "fields": [
        {"key": "item", "type": "text", "title": "Item"},
        {"key": "category", "type": "text", "title": "Category"},
        {"key": "qty", "type": "number", "decimals": 2, "title": "Quantity"},
        {"key": "price", "type": "number", "decimals": 2, "title": "Price"},
        {"key": "amount", "type": "number", "decimals": 2, "title": "Twice", "computed": "{qty}*{price}*2"},
    ],
}
Files = dict[str, Any]


async def republish(world: World, edit: Callable[[Files], object]) -> None:
    async def work(tx: Tx, call: Call) -> None:
        files = {
            path: json.loads(text) for path, text in export_files(call.catalog.app(APP).compiled.application).items()
        }
        edit(files)
        report = check_files({path: json.dumps(document).encode() for path, document in files.items()})
        assert report.application is not None, report.problems
        await apply_application(tx, call, report.application)

    await run_on(world.backend, work, is_write=True)


def member_of(files: Files, key: str) -> dict[str, object]:
    found: dict[str, object] = next(field for field in files[PROJECT]["fields"] if field["key"] == key)
    return found


def mapped(files: Files) -> dict[str, str]:
    found: dict[str, str] = files[FLOW]["root"]["seq"][-1]["trigger"]["map"]
    return found


async def parked(world: World, instance_id: str, language: str) -> Any:
    shown = (await (await world.person("admin", language)).get(f"/api/instances/{instance_id}"))["instance"]
    (current,) = shown["current"]
    return current


async def test_a_value_beyond_the_limits_of_its_field_parks_the_flow_until_they_fit(world: World) -> None:
    def narrow(files: Files) -> None:
        member_of(files, "name")["max_length"] = 5
        member_of(files, "budget")["max"] = 100
        mapped(files)["cost_center"] = 'REPT("x",41)'

    await republish(world, narrow)
    made = await world.submit(lines=SMALL)
    instance_id = made["instance"]["id"]
    assert (await world.act("wang.fang", instance_id))["status"] == "running"
    waiting = await parked(world, instance_id, "en")
    assert waiting["incident"] == (
        "The record could not be created: /name: At most 5 characters, this has 13; "
        "/budget: Must not be greater than 100; /cost_center: At most 40 characters, this has 41"
    )
    chinese = (await parked(world, instance_id, "zh-CN"))["incident"]
    assert chinese.startswith("无法创建数据: /name: 最多 5 个字符, 现有 13 个; /budget: 不能大于 100; ")

    def widen(files: Files) -> None:
        member_of(files, "name")["max_length"] = 120
        member_of(files, "budget")["max"] = 10_000
        member_of(files, "cost_center")["max_length"] = 41

    await republish(world, widen)
    admin = await world.person("admin")
    done = await admin.post(f"/api/instances/{instance_id}/retry", {"activation": waiting["activation"]})
    assert done["status"] == "approved"


async def test_rows_are_copied_as_rows_of_the_new_record(world: World) -> None:
    def copy(files: Files) -> None:
        files[PROJECT]["fields"].append(LINES)
        mapped(files)["lines"] = "{lines}"

    await republish(world, copy)
    made = await world.submit(lines=SMALL)
    assert (await world.act("wang.fang", made["instance"]["id"]))["status"] == "approved"
    admin = await world.person("admin")
    project = (await admin.get(f"{RECORDS}/project/records?sort=-created_at&limit=1"))["items"][0]
    shown = (await admin.get(f"{RECORDS}/project/records/{project['id']}"))["record"]["values"]["lines"]
    assert [(row["item"], row["category"], row["qty"], row["price"], row["amount"]) for row in shown] == [
        ("Work", "labor", 1, 5000, 10_000)
    ]
    assert shown[0]["id"] != made["record"]["values"]["lines"][0]["id"]


async def test_a_value_made_of_the_state_of_the_flow_follows_it(world: World) -> None:
    def add(files: Files) -> None:
        fields = files["entities/proposal.json"]["fields"]
        fields.append({"key": "spent", "type": "number", "title": "S", "computed": 'IF({flow_status}="approved",1,0)'})
        fields.append({"key": "twice", "type": "number", "title": "T", "computed": "{spent}*2"})

    await republish(world, add)
    made = await world.submit(lines=SMALL)
    admin = await world.person("admin")
    address = f"{RECORDS}/proposal/records/{made['record']['id']}"
    assert (await admin.get(address))["record"]["values"]["twice"] == 0
    assert (await world.act("wang.fang", made["instance"]["id"]))["status"] == "approved"
    shown = (await admin.get(address))["record"]
    assert (shown["values"]["spent"], shown["values"]["twice"]) == (1, 2)
