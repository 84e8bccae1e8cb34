"""Columns that somebody may not see, and rows that link to records he may not read: no answer to a guess, no loss."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.linking import APP, RECORDS, Files, change, computed, edit, install, make, record, values
from tests.api.test_link_access import ALL, for_everyone
from tests.world import Client, World, refusal

BUDGET = 100


async def ordered(world: World, sets: dict[str, dict[str, object]]) -> tuple[Client, Client, str]:
    """Admin and somebody else, and an order that has one line for a project."""
    await install(world, sets=sets)
    admin = await world.person("admin")
    project = await make(admin, "project", name="P", budget=BUDGET)
    order = await make(admin, "order", name="Steel", lines=[{"item": project, "qty": 1}])
    return admin, await world.person("he.jie"), order


@pytest.mark.parametrize("guess", [BUDGET, BUDGET + 1])
async def test_no_guess_of_a_hidden_computed_column_is_answered(world: World, guess: int) -> None:
    hidden = {"*": "write", "lines.amount": "hidden"}
    sets = {"project": for_everyone("project", ALL), "order": for_everyone("order", hidden)}
    _, other, order = await ordered(world, sets)
    seen = await record(other, "order", order)
    row = seen["values"]["lines"][0]
    assert "amount" not in row
    sent: dict[str, Any] = {"values": {"lines": [{"id": row["id"], "amount": guess}]}}
    answer = await other.call("PATCH", f"{RECORDS}/order/records/{order}", sent, if_match=str(seen["version"]))
    error = refusal(answer, 422, "invalid")
    assert [(item["code"], item["path"]) for item in error["errors"]] == [("field_not_writable", "/lines/0/amount")]


async def test_a_row_keeps_what_is_made_through_its_link_whoever_writes_another_cell(world: World) -> None:
    mine = {"field": "created_by", "op": "is_me"}
    sets = {
        "customer": for_everyone("customer", ALL),
        "project": for_everyone("project", ALL, rows=mine),
        "order": for_everyone("order", ALL),
    }
    admin, other, order = await ordered(world, sets)
    row = (await values(other, "order", order))["lines"][0]
    await edit(other, "order", order, lines=[{"id": row["id"], "item": row["item"], "qty": 3}])
    shown = await values(admin, "order", order)
    assert (shown["lines"][0]["amount"], shown["total"]) == (3 * BUDGET, 3 * BUDGET)


async def test_a_link_that_a_row_holds_tells_nothing_at_another_place(world: World) -> None:
    mine = {"field": "created_by", "op": "is_me"}
    sets = {
        "customer": for_everyone("customer", ALL),
        "project": for_everyone("project", ALL, rows=mine),
        "order": for_everyone("order", ALL),
    }
    admin, other, order = await ordered(world, sets)
    row = (await values(other, "order", order))["lines"][0]
    await edit(admin, "project", row["item"], secret=987654)
    sent = {"record_id": order, "values": {"project": row["item"], "lines": [{**row, "qty": 3}]}}
    answer = await other.call("POST", f"/api/apps/{APP}/forms/order/evaluate", sent)
    assert [(item["code"], item["path"]) for item in answer.json()["errors"]] == [("linked_record_unknown", "/project")]
    assert "987654" not in answer.text


async def test_faults_of_what_is_hidden_are_told_of_the_record(world: World) -> None:
    await install(world, sets={"order": for_everyone("order", {"*": "write", "spent": "hidden"})})

    def add(files: Files) -> None:
        entity = files["entities/order.json"]
        entity["fields"].append(computed("root", "SQRT({spent}-50)"))
        entity["rules"].append({"key": "much", "check": "{spent}>90", "at": ["spent", "root"], "message": "Too little"})

    await change(world, add)
    other = await world.person("he.jie")
    answer = await other.call("POST", f"{RECORDS}/order/records", {"values": {"name": "Steel"}})
    error = refusal(answer, 422, "invalid")
    assert [(item["code"], item["path"]) for item in error["errors"]] == [("formula_error", ""), ("rule_broken", "")]
    opened = (await other.get(f"/api/apps/{APP}/forms/order"))["entity"]
    assert opened["rules"] == []
    assert (await (await world.person("admin")).get(f"/api/apps/{APP}/forms/order"))["entity"]["rules"]
