"""Formulas sent along with forms: each person gets those over what he may read, wherever a form is drawn to enter."""

from __future__ import annotations

import json
from typing import Any

from tests.api.publishing import PROPOSAL, Files, field, republish
from tests.world import APP, FORM, RECORDS, World

CANARY = "987654321"
PLAIN = ["lines.amount", "budget", "days"]


def with_secret_formulas(files: Files) -> None:
    """Proposals compute from the cost centre, which applicants and legal do not see, and show a field by it."""
    fields = files[PROPOSAL]["fields"]
    # named by the applicant's node: the value is his to see, the formula is not
    fields.append(field("grade", computed=f'IF({{cost_center}}="{CANARY}","A","B")'))
    fields.append(field("grade_twice", computed="{grade}&{grade}"))
    fields.append(field("extra"))
    layout = files["forms/apply.json"]["layout"]
    layout[5]["items"] += ["grade", "grade_twice", {"field": "extra", "visible_when": f'{{cost_center}}="{CANARY}"'}]
    apply = files["flows/approve_proposal.json"]["root"]["seq"][0]["initiate"]
    apply["fields"] |= {"grade": "read", "grade_twice": "read", "extra": "write"}


def paths(view: Any) -> list[str]:
    return [step["path"] for step in view["formulas"]["steps"]]


def shown_by(view: Any) -> list[str]:
    return [item["field"] for item in view["formulas"]["visible"]]


async def test_a_new_form_brings_its_formulas_and_the_servers_time(world: World) -> None:
    view = await (await world.person("zhang.wei")).get(FORM)
    assert paths(view) == PLAIN
    assert shown_by(view) == ["vendor"]
    assert view["formulas"]["now"] == world.clock.now().strftime("%Y-%m-%dT%H:%M:%S.000Z")
    amount = view["formulas"]["steps"][0]
    assert (amount["subform"], amount["formula"]["references"]) == ("lines", ["price", "qty"])
    assert amount["formula"]["tree"]["name"] == "ROUND"


async def test_formulas_over_a_hidden_field_stay_on_the_server(world: World) -> None:
    await republish(world, with_secret_formulas)
    view = await (await world.person("zhang.wei")).get(FORM)
    assert paths(view) == PLAIN
    assert shown_by(view) == ["vendor"]
    told = json.dumps(view["formulas"])
    assert CANARY not in told
    assert "cost_center" not in told
    # the server goes on computing them for him
    answer = await (await world.person("zhang.wei")).post(f"{FORM}/evaluate", {"values": {}})
    assert answer["values"]["grade_twice"] == "BB"


async def test_a_task_brings_the_formulas_of_its_node(world: World) -> None:
    await republish(world, with_secret_formulas)
    instance = (await world.submit())["instance"]["id"]
    await world.act("wang.fang", instance)
    legal, finance = await world.person("wu.qiang"), await world.person("gao.yuan")
    theirs = await legal.get(f"/api/tasks/{await world.task('wu.qiang', instance)}")
    assert paths(theirs) == PLAIN
    assert CANARY not in json.dumps(theirs["formulas"])
    path = f"/api/tasks/{await world.task('gao.yuan', instance)}"
    mine = await finance.get(path)
    assert paths(mine) == [*PLAIN, "grade", "grade_twice"]
    assert shown_by(mine) == ["vendor", "extra"]
    await world.act("gao.yuan", instance, values={"cost_center": "C1"})
    assert (await finance.get(path))["formulas"] is None


async def test_a_record_brings_formulas_to_those_who_may_change_it(world: World) -> None:
    def edit(files: Files) -> None:
        with_secret_formulas(files)
        files["permission_sets/pmo.json"] |= {
            "actions": ["read", "update"],
            "fields": {"*": "write", "cost_center": "hidden"},
        }

    await republish(world, edit)
    made = await world.submit()
    path = f"{RECORDS}/proposal/records/{made['record']['id']}"
    keeper, admin = await world.person("feng.xue"), await world.person("admin")
    assert paths(await admin.get(path)) == [*PLAIN, "grade", "grade_twice"]
    # while it is in approval it is changed through tasks only
    assert (await keeper.get(path))["formulas"] is None
    await (await world.person("zhang.wei")).post(f"/api/instances/{made['instance']['id']}/withdraw", {})
    view = await keeper.get(path)
    assert paths(view) == PLAIN
    assert CANARY not in json.dumps(view["formulas"])
    assert (await (await world.person("zhang.wei")).get(path))["formulas"] is None


async def test_a_record_without_a_form_brings_formulas_too(world: World) -> None:
    def edit(files: Files) -> None:
        files["entities/project.json"]["fields"].append(field("line", computed="{name}&{cost_center}"))
        del files["forms/project.json"]
        files["app.json"]["menu"] = [
            {**group, "items": [item for item in group["items"] if item.get("form") != "project"]}
            for group in files["app.json"]["menu"]
        ]

    await republish(world, edit)
    admin = await world.person("admin")
    made = await admin.post(f"/api/apps/{APP}/entities/project/records", {"values": {"name": "P"}})
    view = await admin.get(f"{RECORDS}/project/records/{made['id']}")
    assert paths(view) == ["line"]
    assert view["formulas"]["visible"] == []


async def test_an_evaluation_says_why_a_value_is_missing_to_those_who_may_know(world: World) -> None:
    def edit(files: Files) -> None:
        number: dict[str, Any] = {"type": "number", "decimals": 2}
        lines = next(item for item in files[PROPOSAL]["fields"] if item["key"] == "lines")
        lines["fields"].append(field("each", computed="{price}/{qty}", **number))
        files[PROPOSAL]["fields"] += [
            field("a_day", computed="{budget}/{days}", **number),
            field("secret", computed="1/LEN({cost_center})", **number),
        ]

    await republish(world, edit)
    values = {"lines": [{"price": 1, "qty": 2}, {"price": 1}]}
    answer = await (await world.person("zhang.wei")).post(f"{FORM}/evaluate", {"values": values})
    assert answer["failed"] == {"/a_day": "#DIV/0!", "/lines/1/each": "#DIV/0!"}
    assert answer["values"]["a_day"] is None


async def test_a_record_and_a_task_say_why_values_are_missing(world: World) -> None:
    def edit(files: Files) -> None:
        fields = files[PROPOSAL]["fields"]
        number: dict[str, Any] = {"type": "number", "decimals": 2}
        lines = next(item for item in fields if item["key"] == "lines")
        lines["fields"].append(field("each", computed="{price}/{qty}", **number))
        fields.append(field("share", computed="1/LEN({cost_center})", **number))

    await republish(world, edit)
    lines = [{"item": "a", "qty": 1, "price": 2000000}, {"item": "b", "qty": 0, "price": 1}]
    made = await world.submit(lines=lines)
    instance, path = made["instance"]["id"], f"{RECORDS}/proposal/records/{made['record']['id']}"
    admin, applicant = await world.person("admin"), await world.person("zhang.wei")
    each = {"/lines/1/each": "#DIV/0!"}
    assert (await applicant.get(path))["failed"] == each
    assert (await admin.get(path))["failed"] == each | {"/share": "#DIV/0!"}
    task = await world.task("wang.fang", instance)
    head = await world.person("wang.fang")
    assert (await head.get(f"/api/tasks/{task}"))["failed"] == each | {"/share": "#DIV/0!"}
    # what is as it was stored is missing for the same reason while something else is typed
    answer = await admin.post(f"{FORM}/evaluate", {"values": {"name": "x"}, "record_id": made["record"]["id"]})
    assert answer["failed"] == each | {"/share": "#DIV/0!"}
