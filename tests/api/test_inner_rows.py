"""Rows in rows over the API: entered, changed in parts, hidden, in history, renamed, linked, and followed by sums."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.api.linking import APP, RECORDS, Files, change, edit, install, link, make, number, record, text, values
from tests.api.test_link_access import for_everyone
from tests.world import Client, World, refusal

PARTS: dict[str, Any] = {
    "key": "parts",
    "type": "subform",
    "title": {"zh-CN": "零件", "en": "Parts"},
    "max_rows": 3,
    "fields": [
        text("name", required=True),
        link("source", "project"),
        number("qty"),
        number("cost", computed="{qty}*{source.budget}*{rate}"),
    ],
}


def add_parts(files: Files) -> None:
    """The lines of orders get parts, with sums on every level."""
    fields = files["entities/order.json"]["fields"]
    lines = next(item for item in fields if item["key"] == "lines")
    lines["fields"] += [number("rate"), PARTS, number("made", computed="SUM({parts.cost})")]
    fields += [number("pieces", computed="SUM({lines.parts.qty})"), number("worth", computed="SUM({lines.made})")]


async def prepared(world: World, sets: dict[str, dict[str, object]] | None = None) -> tuple[Client, str, str]:
    """Admin, a project with a budget of 100, and an order with two lines that have parts of it."""
    await install(world, sets=sets or {})
    await change(world, add_parts)
    admin = await world.person("admin")
    project = await make(admin, "project", name="P", budget=100)
    parts = [{"name": "leg", "qty": 4, "source": project}, {"name": "top", "qty": 1}]
    lines = [{"qty": 1, "rate": 2, "parts": parts}, {"qty": 2, "rate": 1, "parts": [{"name": "bulb", "qty": 3}]}]
    return admin, project, await make(admin, "order", name="Desk", lines=lines)


async def test_rows_in_rows_are_computed_and_keep_their_ids(world: World) -> None:
    admin, _, order = await prepared(world)
    first = await values(admin, "order", order)
    assert [row["cost"] for row in first["lines"][0]["parts"]] == [800, 0]
    assert (first["lines"][0]["made"], first["pieces"], first["worth"]) == (800, 8, 800)
    one, two = first["lines"]
    leg, top = one["parts"]
    changed = [{"id": two["id"]}, {"id": one["id"], "parts": [{"id": top["id"], "qty": 5}, {"name": "new", "qty": 1}]}]
    await edit(admin, "order", order, lines=changed)
    after = await values(admin, "order", order)
    assert [row["id"] for row in after["lines"]] == [two["id"], one["id"]]
    assert after["lines"][0] == two
    assert [row["name"] for row in after["lines"][1]["parts"]] == ["top", "new"]
    assert after["lines"][1]["parts"][0]["id"] == top["id"]
    assert leg["id"] not in str(after)
    assert (after["pieces"], after["worth"]) == (9, 0)


async def test_what_lies_behind_a_link_of_an_inner_row_is_followed(world: World) -> None:
    admin, project, order = await prepared(world)
    await edit(admin, "project", project, budget=50)
    after = await values(admin, "order", order)
    assert (after["lines"][0]["parts"][0]["cost"], after["lines"][0]["made"], after["worth"]) == (400, 400, 400)
    shown = await record(admin, "order", order)
    assert shown["links"][project] == "P"


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ([{"name": "a"}, {"name": "b", "qty": "x"}], ("not_a_number", "/lines/0/parts/1/qty")),
        ([{"name": "a", "id": "f" * 24}], ("unknown_row", "/lines/0/parts/0/id")),
        ([{"name": str(n)} for n in range(4)], ("too_many_rows", "/lines/0/parts")),
        ([{"name": "a", "source": "f" * 24}], ("linked_record_unknown", "/lines/0/parts/0/source")),
        ([{"qty": 1}], ("required", "/lines/0/parts/0/name")),
        ([{"name": "a\0"}], ("json_bad_character", "/lines/0/parts/0/name")),
        (7, ("not_a_list", "/lines/0/parts")),
    ],
)
async def test_bad_input_is_refused_at_its_place_and_nothing_is_stored(
    world: World, parts: object, expected: tuple[str, str]
) -> None:
    admin, _, order = await prepared(world)
    before = await record(admin, "order", order)
    sent = {"values": {"lines": [{"id": before["values"]["lines"][0]["id"], "parts": parts}]}}
    answer = await admin.call("PATCH", f"{RECORDS}/order/records/{order}", sent, if_match=str(before["version"]))
    error = refusal(answer, answer.status_code, answer.json()["error"]["code"])
    assert answer.status_code in {400, 422}
    assert [(item["code"], item["path"].removeprefix("/values")) for item in error["errors"]] == [expected]
    assert await record(admin, "order", order) == before


async def test_hidden_inner_columns_never_leave_and_cannot_be_written(world: World) -> None:
    shown = {"*": "write", "lines.parts.qty": "hidden", "lines.parts.name": "read"}
    sets = {"order": for_everyone("order", {"*": "write"}), "project": for_everyone("project", {"*": "read"})}
    admin, _, order = await prepared(world, sets)

    def hide(files: Files) -> None:
        files["permission_sets/order.json"]["fields"] = shown

    await change(world, hide)
    other = await world.person("he.jie")
    seen = await record(other, "order", order)
    parts = seen["values"]["lines"][0]["parts"]
    assert [set(row) for row in parts] == [{"id", "name", "source"}, {"id", "name", "source"}]
    # what is made from it would tell it
    assert not {"pieces", "worth"} & seen["values"].keys()
    assert "made" not in seen["values"]["lines"][0]
    one, two = seen["values"]["lines"]
    await edit(admin, "order", order, lines=[{"id": one["id"], "parts": []}, {"id": two["id"]}])
    history = await other.call("GET", f"{RECORDS}/order/records/{order}/history")
    assert '"qty":4' not in history.text
    assert '"parts"' in history.text
    entity = (await other.get(f"/api/apps/{APP}"))["entities"]["order"]
    assert "cost" not in str(entity)
    line = (await values(other, "order", order))["lines"][1]
    version = str((await record(other, "order", order))["version"])
    for cell, place in (({"qty": 1}, "qty"), ({"name": "x"}, "name")):
        sent = {"values": {"lines": [{"id": line["id"], "parts": [{"id": line["parts"][0]["id"], **cell}]}]}}
        answer = await other.call("PATCH", f"{RECORDS}/order/records/{order}", sent, if_match=version)
        (item,) = refusal(answer, 422, "invalid")["errors"][:1]
        assert (item["code"], item["path"]) == ("field_not_writable", f"/lines/0/parts/0/{place}")


async def test_history_follows_renames_and_a_restored_column_has_its_cells(world: World) -> None:
    admin, _, order = await prepared(world)

    def rename(files: Files) -> None:
        tree = json.dumps(files["entities/order.json"])
        tree = tree.replace("parts.qty", "parts.amount").replace("{qty}*{source", "{amount}*{source")
        entity = files["entities/order.json"] = json.loads(tree)
        columns = inner_of(entity)["fields"]
        next(item for item in columns if item["key"] == "qty").update(key="amount", was="qty")
        columns[:] = [item for item in columns if item["key"] != "name"]

    await change(world, rename)
    after = await values(admin, "order", order)
    assert [row["amount"] for row in after["lines"][0]["parts"]] == [4, 1]
    assert "name" not in after["lines"][0]["parts"][0]
    history = await admin.get(f"{RECORDS}/order/records/{order}/history")
    assert history["items"][-1]["changes"]["lines"][1][0]["parts"][0]["amount"] == 4
    row = after["lines"][0]
    await edit(admin, "order", order, lines=[{"id": row["id"], "parts": [{"id": row["parts"][1]["id"], "amount": 7}]}])

    def restore(files: Files) -> None:
        inner_of(files["entities/order.json"])["fields"].append(text("name"))

    await change(world, restore)
    (line,) = (await values(admin, "order", order))["lines"]
    assert [(part["name"], part["amount"]) for part in line["parts"]] == [("top", 7)]


def inner_of(entity: dict[str, Any]) -> dict[str, Any]:
    lines = next(item for item in entity["fields"] if item["key"] == "lines")
    found: dict[str, Any] = next(item for item in lines["fields"] if item["key"] == "parts")
    return found


async def test_a_form_is_evaluated_with_new_rows_in_new_rows(world: World) -> None:
    admin, project, _ = await prepared(world)
    parts = [{"name": "x", "qty": 2, "source": project}]
    sent = {"values": {"name": "N", "lines": [{"rate": 3, "parts": parts}]}}
    answer = await admin.post(f"/api/apps/{APP}/forms/order/evaluate", sent)
    assert answer["values"]["lines"][0]["parts"][0]["cost"] == 600
    assert (answer["values"]["pieces"], answer["values"]["worth"]) == (2, 600)


async def test_a_later_edit_of_the_same_rows_conflicts_and_shows_both_sides(world: World) -> None:
    admin, _, order = await prepared(world)
    seen = await record(admin, "order", order)
    one = seen["values"]["lines"][0]["id"]
    await edit(admin, "order", order, lines=[{"id": one, "parts": [{"name": "theirs"}]}])
    sent = {"values": {"lines": [{"id": one, "parts": [{"name": "mine"}]}]}}
    answer = await admin.call("PATCH", f"{RECORDS}/order/records/{order}", sent, if_match=str(seen["version"]))
    (item,) = refusal(answer, 409, "version_conflict")["errors"]
    assert item["path"] == "/lines"
    assert "theirs" in item["message"]
    assert "mine" in item["message"]
