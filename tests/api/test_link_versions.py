"""Flows that decide by values behind links go on after fields, links, columns and entities got other keys."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from engine.commands.upkeep import verify_all
from tests.api.publishing import (
    FLOW,
    PROJECT,
    PROPOSAL,
    Files,
    edit_flow,
    field,
    remove_fields,
    rename,
    rename_column,
    republish,
)
from tests.world import FORM, RECORDS, World

Edit = Callable[[Files], None]
NUMBER = {"type": "number", "decimals": 2}


def add_links(files: Files) -> None:
    """Proposals link to an earlier project, and everything that has formulas reads its budget."""
    files[PROPOSAL]["fields"] += [
        {"key": "prior", "type": "link", "title": "prior", "entity": "project"},
        field("prior_cost", **NUMBER, computed="{prior.budget}+1"),
    ]
    _lines(files).append(field("share", **NUMBER, computed="{qty}+{prior.budget}"))
    files["views/all_proposals.json"]["filter"] = {"formula": "{prior.budget}>1"}
    files["views/all_proposals.json"]["sort"] = [{"formula": "{prior.budget}", "desc": True}]
    files["permission_sets/pmo.json"]["rows"] = {"formula": "{prior.budget}>1"}
    _decide_by("AND({prior.budget}>1,{prior_cost}>1,SUM({lines.share})>1)")(files)


def _lines(files: Files) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = next(item for item in files[PROPOSAL]["fields"] if item["key"] == "lines")["fields"]
    return found


def _decide_by(source: str) -> Edit:
    def change(block: Any) -> None:
        if block["key"] in {"large", "middle"}:
            block["when"] = source if block["key"] == "large" else "FALSE()"

    return edit_flow(change)


def _replace(old: str, new: str) -> Edit:
    def edit(files: Files) -> None:
        for path, document in files.items():
            files[path] = json.loads(json.dumps(document).replace(old, new))

    return edit


def rename_budget(files: Files) -> None:
    def fill(block: Any) -> None:
        if "trigger" in block:
            block["trigger"]["map"]["cost"] = block["trigger"]["map"].pop("budget")

    _replace("prior.budget", "prior.cost")(files)
    rename("project", "budget", "cost")(files)
    edit_flow(fill)(files)


def rename_link(files: Files) -> None:
    rename("proposal", "prior", "earlier")(files)
    _replace("{prior.budget}", "{earlier.budget}")(files)


def rename_project(files: Files) -> None:
    files["entities/job.json"] = {**files.pop(PROJECT), "key": "job", "was": "project"}
    _replace('"entity": "project"', '"entity": "job"')(files)


def reuse(path: str, *, of_lines: bool = False, **new: object) -> Edit:
    """Something new under a key that was given up; nothing is decided by it that was meant for the old."""

    def edit(files: Files) -> None:
        if path not in files:
            del files["entities/job.json"]["was"]
            files[path] = {"key": "project", "title": "x", "record_title": "{budget}", "fields": [new]}
        else:
            fields = _lines(files) if of_lines else files[path]["fields"]
            for item in fields:
                item.pop("was", None)
            fields.append(new)
        _decide_by("FALSE()")(files)

    return edit


@pytest.mark.parametrize(
    "edits",
    [
        [rename_budget, reuse(PROJECT, **field("budget", **NUMBER))],
        [rename_link, reuse(PROPOSAL, key="prior", type="link", title="x", entity="proposal")],
        [rename("proposal", "prior_cost", "cost"), reuse(PROPOSAL, **field("prior_cost", **NUMBER))],
        [rename_column("lines", "share", "part"), reuse(PROPOSAL, of_lines=True, **field("share"))],
        [rename_project, reuse(PROJECT, **field("budget", **NUMBER))],
    ],
    ids=["field", "link", "computed field", "column", "entity"],
)
async def test_what_a_flow_decides_by_behind_links_keeps_its_meaning(world: World, edits: list[Edit]) -> None:
    await republish(world, add_links)
    admin = await world.person("admin")
    project = (await admin.get(f"{RECORDS}/project/records?limit=1"))["items"][0]
    assert project["values"]["budget"] > 1
    applicant = await world.person("zhang.wei")
    made = await applicant.post(f"{FORM}/submissions", {"values": world.proposal(prior=project["id"])})

    async def listed(account: str, view: str = "") -> list[str]:
        items = (await (await world.person(account)).get(f"{RECORDS}/proposal/records?limit=200{view}"))["items"]
        return [item["id"] for item in items]

    assert await listed("admin", "&view=all_proposals") == [made["record"]["id"]]
    rows = await listed("feng.xue")
    await republish(world, *edits)
    assert await listed("admin", "&view=all_proposals") == [made["record"]["id"]]
    assert await listed("feng.xue") == rows
    state = await world.act("wang.fang", made["instance"]["id"])
    assert [(node["node_key"], node["incident"]) for node in state["current"]] == [("fin", None), ("legal", None)]
    assert (await verify_all(world.backend)).findings == ()


def remove_project(files: Files) -> None:
    """Projects are gone, and with them whatever read them."""
    files["app.json"]["menu"].pop(1)
    for path in [path for path, document in files.items() if path == PROJECT or document.get("entity") == "project"]:
        del files[path]
    for key in ("filter", "sort"):
        del files["views/all_proposals.json"][key]
    del files["permission_sets/pmo.json"]["rows"]
    remove_fields("proposal", "prior", "prior_cost")(files)
    _lines(files).pop()
    files[FLOW]["root"]["seq"] = [block for block in files[FLOW]["root"]["seq"] if "trigger" not in block]
    _decide_by("FALSE()")(files)


async def test_a_condition_about_records_of_an_entity_that_is_gone_parks_the_flow(world: World) -> None:
    await republish(world, add_links)
    admin = await world.person("admin")
    project = (await admin.get(f"{RECORDS}/project/records?limit=1"))["items"][0]
    applicant = await world.person("zhang.wei")
    made = await applicant.post(f"{FORM}/submissions", {"values": world.proposal(prior=project["id"])})
    await republish(world, remove_project)
    state = await world.act("wang.fang", made["instance"]["id"])
    assert [node["node_key"] for node in state["current"]] == ["by_amount"]
    assert "#REF!" in state["current"][0]["incident"]
