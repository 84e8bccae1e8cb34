"""Instances, rights and histories of earlier versions mean the same after fields were renamed, removed, re-used."""

from __future__ import annotations

import json
from typing import Any

import pytest

from engine.commands.context import run_on
from engine.runtime.calls import Call
from engine.store.database import Tx
from tests.api.publishing import (
    FLOW,
    PROJECT,
    PROPOSAL,
    Files,
    edit_flow,
    field,
    remove_fields,
    remove_flow,
    rename,
    rename_column,
    republish,
)
from tests.world import RECORDS, World

PROPOSALS = f"{RECORDS}/proposal/records"
PROJECTS = f"{RECORDS}/project/records"
SMALL = [{"item": "W", "category": "labor", "qty": 1, "price": 5000}]


def where(instance: Any) -> list[str]:
    return [node["node_key"] for node in instance["current"]]


def people(world: World, instance: Any) -> dict[str, str]:
    """Who works where."""
    accounts = {member: account for account, member in world.members.items()}
    return {node["node_key"]: accounts[node["member_ids"][0]] for node in instance["current"] if node["member_ids"]}


async def approve(world: World, instance: Any, node: str) -> Any:
    return await world.act(people(world, instance)[node], instance["id"])


def without_budget(files: Files) -> None:
    remove_fields("proposal", "budget")(files)
    files[PROPOSAL]["rules"] = [rule for rule in files[PROPOSAL]["rules"] if rule["key"] != "budget_positive"]
    text = (
        json.dumps(files[FLOW]).replace("{budget}", "SUM({lines.amount})").replace('"basis": ["budget", ', '"basis": [')
    )
    files[FLOW] = json.loads(text)


@pytest.mark.parametrize(
    "edits",
    [
        [without_budget],
        [rename("proposal", "budget", "cost")],
        [rename("proposal", "budget", "cost"), rename("proposal", "cost", "total_cost")],
    ],
    ids=["removed", "renamed", "renamed twice"],
)
async def test_a_condition_of_an_earlier_version_reads_the_field_it_meant(world: World, edits: Any) -> None:
    made = await world.submit()
    await republish(world, *edits)
    state = await approve(world, made["instance"], "dept")
    assert where(state) == ["fin", "legal"]


async def test_a_condition_of_an_earlier_version_reads_the_column_it_meant(world: World) -> None:
    def by_lines(block: Any) -> None:
        if "when" in block:
            block["when"] = block["when"].replace("{budget}", "SUM({lines.amount})")

    await republish(world, edit_flow(by_lines))
    made = await world.submit()

    def rename_amount(files: Files) -> None:
        rename_column("lines", "amount", "total")(files)

    await republish(world, rename_amount)
    state = await approve(world, made["instance"], "dept")
    assert where(state) == ["fin", "legal"]


async def test_a_field_that_takes_over_a_key_is_not_read_for_the_old_one(world: World) -> None:
    made = await world.submit()

    def reuse(files: Files) -> None:
        rename("proposal", "budget", "cost")(files)

    def again(files: Files) -> None:
        for item in files[PROPOSAL]["fields"]:
            item.pop("was", None)
        files[PROPOSAL]["fields"].append(field("budget", type="number", decimals=2))

    await republish(world, reuse, again)
    state = await approve(world, made["instance"], "dept")
    assert where(state) == ["fin", "legal"]


async def forget_ids(world: World, path: str) -> None:
    """The first version knows nothing of a path any more; of none at all without one."""

    async def work(tx: Tx, _: Call) -> None:
        row = await tx.fetch_one("SELECT field_ids FROM [application_version] WHERE number = 1")
        assert row is not None
        content = json.loads(row["field_ids"])
        if path:
            del content["proposal"]["fields"][path]
        else:
            del content["proposal"]
        await tx.execute("UPDATE [application_version] SET field_ids = $1 WHERE number = 1", json.dumps(content))

    await run_on(world.backend, work, is_write=True)
    world.backend.caches.versions._field_ids.clear()


async def test_what_cannot_be_found_any_more_parks_the_flow(world: World) -> None:
    made = await world.submit()
    await forget_ids(world, "budget")
    await republish(world, rename("proposal", "budget", "cost"))
    state = await approve(world, made["instance"], "dept")
    assert where(state) == ["by_amount"]
    assert "#REF!" in state["current"][0]["incident"]


async def test_people_of_a_lost_field_park_the_flow_instead_of_nobody(world: World) -> None:
    made = await world.submit(lines=SMALL)
    await forget_ids(world, "stakeholders")
    await republish(world, rename("proposal", "stakeholders", "informed"))
    state = await approve(world, made["instance"], "dept")
    assert where(state) == ["notify"]
    assert "stakeholders" in state["current"][0]["incident"]


async def test_a_trigger_of_an_earlier_version_fills_the_field_it_meant(world: World) -> None:
    made = await world.submit(lines=SMALL)

    def rename_code(files: Files) -> None:
        rename("project", "proposal_code", "origin")(files)
        files[FLOW] = json.loads(json.dumps(files[FLOW]).replace('"proposal_code"', '"origin"'))

    await republish(world, rename_code)
    state = await approve(world, made["instance"], "dept")
    assert state["status"] == "approved"
    projects = await (await world.person("admin")).get(f"{PROJECTS}?limit=1")
    assert projects["items"][0]["values"]["origin"] == made["record"]["values"]["code"]


async def test_a_value_without_a_place_parks_the_trigger(world: World) -> None:
    made = await world.submit(lines=SMALL)

    def drop(files: Files) -> None:
        remove_fields("project", "proposal_code")(files)
        edit_flow(lambda block: block.get("trigger", {}).get("map", {}).pop("proposal_code", None))(files)

    await republish(world, drop)
    state = await approve(world, made["instance"], "dept")
    assert where(state) == ["create_project"]
    assert "proposal_code" in state["current"][0]["incident"]
    await republish(world, lambda files: files[PROJECT]["fields"].append(field("proposal_code", max_length=40)))
    admin = await world.person("admin")
    activation = state["current"][0]["activation"]
    again = await admin.post(f"/api/instances/{state['id']}/retry", {"activation": activation})
    assert again["status"] == "approved"


async def with_a_note(world: World) -> Any:
    """A proposal that went back to the applicant with a note that he must not see."""
    made = await world.submit()
    state = await approve(world, made["instance"], "dept")
    values = {"review_note": "CANARY"}
    await world.act(people(world, state)["legal"], state["id"], "return", to="apply", values=values)
    return made


async def test_a_renamed_field_stays_hidden_from_tasks_of_earlier_versions(world: World) -> None:
    made = await with_a_note(world)
    applicant = await world.person("zhang.wei")
    task = f"/api/tasks/{await world.task('zhang.wei', made['instance']['id'])}"
    await republish(world, rename("proposal", "review_note", "remark"))
    page = await applicant.get(task)
    assert page["rights"]["remark"] == "hidden"
    assert "CANARY" not in json.dumps(page)
    answer = await applicant.call("POST", f"{task}/act", {"action": "submit", "values": {"remark": "mine"}})
    assert answer.status_code == 422


async def test_rights_of_a_renamed_field_go_with_it(world: World) -> None:
    made = await world.submit()
    state = await approve(world, made["instance"], "dept")
    await republish(world, rename("proposal", "cost_center", "centre"))
    finance = people(world, state)["fin"]
    page = await (await world.person(finance)).get(f"/api/tasks/{await world.task(finance, state['id'])}")
    assert page["rights"]["centre"] == "required"
    await world.act(finance, state["id"], values={"centre": "CC1"})


async def test_an_approval_rests_on_the_field_it_meant(world: World) -> None:
    def rest_on_goal(block: Any) -> None:
        if block["key"] == "dept":
            block["approve"]["basis"] = ["goal"]

    await republish(world, edit_flow(rest_on_goal))
    made = await world.submit()
    state = await approve(world, made["instance"], "dept")
    legal = people(world, state)["legal"]
    await republish(world, rename("proposal", "goal", "purpose"))
    await world.act(legal, state["id"], "return", to="apply", resume="direct")
    state = await world.act("zhang.wei", state["id"], "submit", values={"purpose": "Another one"})
    assert where(state) == ["dept"]


async def test_of_an_entity_that_a_version_did_not_have_nothing_is_written_and_nothing_decided(world: World) -> None:
    made = await world.submit()
    await forget_ids(world, "")
    await republish(world, rename("proposal", "budget", "cost"))
    head = people(world, made["instance"])["dept"]
    page = await (await world.person(head)).get(f"/api/tasks/{await world.task(head, made['instance']['id'])}")
    assert set(page["rights"].values()) == {"read"}
    state = await world.act(head, made["instance"]["id"])
    assert where(state) == ["by_amount"]


async def test_a_field_that_the_version_does_not_know_is_read_as_its_node_shows_it_today(world: World) -> None:
    made = await world.submit()

    def add(files: Files) -> None:
        files[PROPOSAL]["fields"] += [field("shown"), field("kept_back")]

        def hide(block: Any) -> None:
            if block["key"] == "dept":
                block["approve"]["fields"] = {"*": "write", "kept_back": "hidden"}

        edit_flow(hide)(files)

    await republish(world, add)
    head = people(world, made["instance"])["dept"]
    page = await (await world.person(head)).get(f"/api/tasks/{await world.task(head, made['instance']['id'])}")
    assert (page["rights"]["shown"], page["rights"]["kept_back"]) == ("read", "hidden")


def rename_first_node(files: Files) -> None:
    files[FLOW] = json.loads(json.dumps(files[FLOW]).replace('"apply"', '"request"'))


@pytest.mark.parametrize("edit", [remove_flow, rename_first_node])
async def test_what_is_gone_of_a_flow_shows_nothing_that_its_nodes_hid(world: World, edit: Any) -> None:
    made = await with_a_note(world)
    applicant = await world.person("zhang.wei")
    path = f"{PROPOSALS}/{made['record']['id']}"
    before = await applicant.get(path)
    await republish(world, edit)
    after = await applicant.get(path)
    assert after["hidden"] == before["hidden"]
    assert after["record"]["values"] == before["record"]["values"]
    assert "CANARY" not in json.dumps(await applicant.get(f"{path}/history"))
    condition = json.dumps({"field": "review_note", "op": "eq", "value": "CANARY"})
    assert (await applicant.call("GET", f"{PROPOSALS}?filter={condition}")).status_code in {403, 422}


async def test_a_reader_of_an_unknown_source_sees_no_field(world: World) -> None:
    made = await with_a_note(world)

    async def work(tx: Tx, _: Call) -> None:
        await tx.execute("UPDATE [record_reader] SET source = 'never/was'")

    await run_on(world.backend, work, is_write=True)
    shown = await (await world.person("zhang.wei")).get(f"{PROPOSALS}/{made['record']['id']}")
    assert shown["record"]["values"] == {}


async def test_history_goes_with_a_renamed_field(world: World) -> None:
    admin = await world.person("admin")
    made = await admin.post(PROJECTS, {"values": {"name": "P", "cost_center": "CC1"}})

    def rename_centre(files: Files) -> None:
        rename("project", "cost_center", "centre")(files)
        files[FLOW] = json.loads(
            json.dumps(files[FLOW]).replace('"cost_center": "{cost_center}"', '"centre": "{cost_center}"')
        )

    await republish(world, rename_centre)
    history = await admin.get(f"{PROJECTS}/{made['id']}/history")
    assert history["items"][0]["changes"]["centre"] == [None, "CC1"]
    stale = await admin.patch(f"{PROJECTS}/{made['id']}", {"values": {"centre": "CC2"}}, if_match='"1"')
    assert stale["version"] == 2
    answer = await admin.call("PATCH", f"{PROJECTS}/{made['id']}", {"values": {"centre": "CC3"}}, if_match='"1"')
    assert answer.status_code == 409


async def test_history_of_renamed_columns_goes_with_them(world: World) -> None:
    made = await world.submit()

    def rename_item(files: Files) -> None:
        rename_column("lines", "item", "what")(files)

    await republish(world, rename_item)
    admin = await world.person("admin")
    history = await admin.get(f"{PROPOSALS}/{made['record']['id']}/history")
    (row,) = history["items"][-1]["changes"]["lines"][1]
    assert row["what"] == "Work"
    assert "item" not in row


async def test_a_key_used_anew_shows_no_history_of_the_field_that_had_it(world: World) -> None:
    def with_notes(fields: list[Any], hidden: str) -> Any:
        def edit(files: Files) -> None:
            files["entities/note.json"] = {"key": "note", "title": "N", "fields": [field("name"), *fields]}
            files["permission_sets/notes.json"] = {
                "key": "notes", "entity": "note", "title": "N", "to": [{"everyone": True}], "actions": ["read"],
                "fields": {"*": "read", hidden: "hidden"},
            }  # fmt: skip

        return edit

    await republish(world, with_notes([field("pay")], "pay"))
    admin, other = await world.person("admin"), await world.person("zhang.wei")
    made = await admin.post(f"{RECORDS}/note/records", {"values": {"name": "n", "pay": "CANARY"}})
    await republish(
        world,
        with_notes([field("secret", was="pay")], "secret"),
        with_notes([field("secret"), field("pay")], "secret"),
    )
    history = await other.get(f"{RECORDS}/note/records/{made['id']}/history")
    assert "CANARY" not in json.dumps(history)
    whole = await admin.get(f"{RECORDS}/note/records/{made['id']}/history")
    assert whole["items"][0]["changes"]["secret"] == [None, "CANARY"]
    assert "pay" not in whole["items"][0]["changes"]


async def test_cells_of_a_removed_column_outlive_edits_of_their_rows(world: World) -> None:
    made = await world.submit(lines=[{**SMALL[0], "category": "service"}])
    category: list[Any] = []

    def drop(files: Files) -> None:
        lines = next(item for item in files[PROPOSAL]["fields"] if item["key"] == "lines")
        category.extend(item for item in lines["fields"] if item["key"] == "category")
        lines["fields"] = [item for item in lines["fields"] if item["key"] != "category"]

    def restore(files: Files) -> None:
        next(item for item in files[PROPOSAL]["fields"] if item["key"] == "lines")["fields"] += category

    await republish(world, drop)
    head = people(world, made["instance"])["dept"]
    await world.act(head, made["instance"]["id"], "return", to="apply")
    (row,) = made["record"]["values"]["lines"]
    lines = [{"id": row["id"], "item": "X", "qty": 2, "price": 10}, {"item": "Y", "qty": 1, "price": 1}]
    await world.act("zhang.wei", made["instance"]["id"], "submit", values={"lines": lines})
    await republish(world, restore)
    shown = await (await world.person("admin")).get(f"{PROPOSALS}/{made['record']['id']}")
    assert [line["category"] for line in shown["record"]["values"]["lines"]] == ["service", None]
