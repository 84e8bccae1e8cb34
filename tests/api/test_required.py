"""What must be filled in: always, on a condition, and only where the form shows it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.linking import RECORDS, link, make, number, publish, text
from tests.world import Client, World, refusal

THINGS = f"{RECORDS}/thing/records"
KIND = {"key": "kind", "type": "select", "title": "kind", "options": [{"key": "a", "title": "a"}]}
LINES = {
    "key": "lines",
    "type": "subform",
    "title": "lines",
    "min_rows": 1,
    "fields": [text("item", required=True), number("qty"), text("why", required_when="AND({qty}>5,{strict})")],
}


def entity(*fields: dict[str, Any]) -> dict[str, Any]:
    return {"key": "thing", "title": "thing", "fields": list(fields)}


async def install(world: World, *fields: dict[str, Any], layout: list[object] | None = None) -> Client:
    files: dict[str, Any] = {
        "app.json": {"format": 1, "key": "work", "title": "Work"},
        "entities/thing.json": entity(*fields),
        "entities/rank.json": {"key": "rank", "title": "rank", "fields": [text("name"), number("level")]},
    }
    if layout is not None:
        form = {"key": "thing", "entity": "thing", "title": "f", "layout": [{"section": "s", "items": layout}]}
        files["forms/thing.json"] = form
    await publish(world, files)
    return await world.person("admin")


async def faults(client: Client, **values: object) -> list[tuple[str, str]]:
    answer = await client.call("POST", THINGS, {"values": values})
    if answer.status_code == 201:
        return []
    return [(item["code"], item["path"]) for item in refusal(answer, 422, "invalid")["errors"]]


async def test_a_field_is_required_while_its_condition_holds(world: World) -> None:
    admin = await install(world, number("size"), text("why", required_when="{size}>50"))
    assert await faults(admin, size=51) == [("required", "/why")]
    assert await faults(admin, size=51, why="so") == []
    assert await faults(admin, size=50) == []
    assert await faults(admin) == []


async def test_a_condition_may_read_through_links(world: World) -> None:
    admin = await install(world, link("rank", "rank"), text("why", required_when="{rank.level}>3"))
    high, low = [await make(admin, "rank", name="r", level=level) for level in (4, 3)]
    assert await faults(admin, rank=high) == [("required", "/why")]
    assert await faults(admin, rank=low) == []


async def test_a_column_is_required_in_the_rows_where_its_condition_holds(world: World) -> None:
    strict = {"key": "strict", "type": "boolean", "title": "strict"}
    admin = await install(world, strict, LINES)
    rows = [{"item": "a", "qty": 6}, {"item": "b", "qty": 5}, {"item": "c", "qty": 7, "why": "so"}]
    assert await faults(admin, strict=True, lines=rows) == [("required", "/lines/0/why")]
    assert await faults(admin, strict=False, lines=rows) == []


async def test_a_condition_made_of_what_cannot_be_read_asks_for_nothing(world: World) -> None:
    admin = await install(world, number("size"), text("why", required_when="ISBLANK({size})"))
    assert await faults(admin, size="much") == [("not_a_number", "/size")]


async def test_what_the_form_hides_is_not_required(world: World) -> None:
    strict = {"key": "strict", "type": "boolean", "title": "strict"}
    hidden = {"field": "lines", "visible_when": 'NOT({kind}="a")'}
    extra = {"field": "extra", "visible_when": 'NOT({kind}="a")'}
    admin = await install(
        world, KIND, strict, text("extra", required_when="TRUE()"), LINES, layout=["kind", hidden, extra]
    )
    assert await faults(admin) == [("required", "/extra"), ("too_few_rows", "/lines")]
    assert await faults(admin, kind="a") == []
    assert await faults(admin, kind="a", lines=[{"qty": 1}]) == []
    assert await faults(admin, lines=[{"qty": 1}], extra="x") == [("required", "/lines/0/item")]


async def test_the_form_is_told_what_is_required_now(world: World) -> None:
    fields = [number("size"), text("why", required_when="{size}>50")]
    admin = await install(world, *fields, layout=["size", "why"])
    address = "/api/apps/work/forms/thing/evaluate"
    assert (await admin.post(address, {"values": {"size": 51}}))["required"] == ["why"]
    assert (await admin.post(address, {"values": {"size": 1}}))["required"] == []


@pytest.mark.parametrize("day", ["2025-12-31", "2027-01-01"])
async def test_days_beyond_their_limits_are_refused_and_may_be_asked_for(world: World, day: str) -> None:
    admin = await install(
        world, {"key": "day", "type": "date", "title": "day", "min": "2026-01-01", "max": "2026-12-31"}
    )
    assert await faults(admin, day=day) == [("below_min" if day < "2026" else "above_max", "/day")]
    assert await faults(admin, day="2026-12-31") == []
    found = await admin.get(f'{THINGS}?filter={{"field":"day","op":"ne","value":"{day}"}}')
    assert len(found["items"]) == 1
