"""An application whose records link to each other: orders of projects, which belong to customers."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Mapping
from typing import Any

from engine.commands.context import run_on
from engine.model.canonical import export_files
from engine.runtime.calls import Call
from engine.runtime.definitions import apply_application, check_files
from engine.store.database import Tx
from tests.world import Client, World

APP = "work"
RECORDS = f"/api/apps/{APP}/entities"
Files = dict[str, Any]


def number(key: str, **more: object) -> dict[str, object]:
    return {"key": key, "type": "number", "title": key, "decimals": 2, **more}


def text(key: str, **more: object) -> dict[str, object]:
    return {"key": key, "type": "text", "title": key, **more}


def link(key: str, entity: str, **more: object) -> dict[str, object]:
    return {"key": key, "type": "link", "title": key, "entity": entity, **more}


def computed(key: str, source: str) -> dict[str, object]:
    return number(key, computed=source)


FILES: Files = {
    "app.json": {"format": 1, "key": APP, "title": "Work"},
    "entities/customer.json": {
        "key": "customer",
        "title": "Customer",
        "record_title": "{name}",
        "fields": [text("name", required=True), text("region"), number("rate")],
    },
    "entities/project.json": {
        "key": "project",
        "title": "Project",
        "record_title": "{name}",
        "fields": [
            text("name", required=True),
            link("customer", "customer"),
            number("budget"),
            number("secret"),
            {"key": "owner", "type": "member", "title": "owner"},
            computed("charged", "{budget}*{customer.rate}"),
        ],
    },
    "entities/order.json": {
        "key": "order",
        "title": "Order",
        "record_title": "{name}",
        "fields": [
            text("name", required=True),
            link("project", "project"),
            link("after", "order"),
            number("spent"),
            {
                "key": "lines",
                "type": "subform",
                "title": "lines",
                "fields": [
                    link("item", "project"),
                    number("qty"),
                    computed("amount", "{qty}*{item.budget}"),
                    computed("share", "{amount}/{left}"),
                ],
            },
            computed("left", "{project.charged}-{spent}"),
            computed("total", "SUM({lines.amount})+{left}"),
            text("place", computed="{project.customer.region}"),
            computed("told", "{project.secret}"),
            computed("named", "{project.secret}+1"),
        ],
        "rules": [
            {
                "key": "enough",
                "check": "OR(ISBLANK({project}),{spent}<={project.budget})",
                "at": ["spent"],
                "message": "Too much",
            }
        ],
    },
    "forms/order.json": {
        "key": "order",
        "entity": "order",
        "title": "Order",
        "layout": [
            {
                "section": "Order",
                "items": [
                    "name",
                    "project",
                    "after",
                    {"field": "spent", "visible_when": "NOT(ISBLANK({project.budget}))"},
                    "lines",
                    "left",
                    "told",
                    "named",
                ],
            }
        ],
    },
    "views/orders.json": {"key": "orders", "entity": "order", "title": "Orders", "kind": "grid", "columns": ["name"]},
}


async def publish(world: World, files: Files) -> None:
    async def work(tx: Tx, call: Call) -> None:
        report = check_files({path: json.dumps(document).encode() for path, document in files.items()})
        if report.application is None:
            raise AssertionError([(item.file, item.path, item.text("en")) for item in report.problems])
        await apply_application(tx, call, report.application)

    await run_on(world.backend, work, is_write=True)


async def install(world: World, *, sets: Mapping[str, Mapping[str, object]] | None = None) -> None:
    """Publish it, with permission sets by key."""
    files = copy.deepcopy(FILES)
    for key, given in (sets or {}).items():
        files[f"permission_sets/{key}.json"] = {"key": key, "title": key, **given}
    await publish(world, files)


async def change(world: World, edit: Callable[[Files], object]) -> None:
    """Publish the application after an edit of its files."""
    found: Files = {}

    async def look(_tx: Tx, call: Call) -> None:
        files = export_files(call.catalog.app(APP).compiled.application)
        found.update({path: json.loads(text) for path, text in files.items()})

    await run_on(world.backend, look, is_write=False)
    edit(found)
    await publish(world, found)


def field_of(files: Files, entity: str, key: str) -> dict[str, Any]:
    found: dict[str, Any] = next(item for item in files[f"entities/{entity}.json"]["fields"] if item["key"] == key)
    return found


async def make(client: Client, entity: str, **values: object) -> str:
    """The id of a new record."""
    made: str = (await client.post(f"{RECORDS}/{entity}/records", {"values": values}))["id"]
    return made


async def record(client: Client, entity: str, record_id: str) -> Any:
    return (await client.get(f"{RECORDS}/{entity}/records/{record_id}"))["record"]


async def values(client: Client, entity: str, record_id: str) -> Any:
    return (await record(client, entity, record_id))["values"]


async def edit(client: Client, entity: str, record_id: str, **changes: object) -> Any:
    seen = await record(client, entity, record_id)
    address = f"{RECORDS}/{entity}/records/{record_id}"
    return await client.patch(address, {"values": changes}, if_match=str(seen["version"]))
