"""Formulas of lists and permission sets that read through links: what somebody may not read there is not there."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

from tests.api.linking import RECORDS, edit, install, make
from tests.api.test_link_access import ALL, for_everyone
from tests.world import Client, World, refusal

ORDERS = f"{RECORDS}/order/records"


def asked(**query: object) -> str:
    texts = {name: value if isinstance(value, str) else json.dumps(value) for name, value in query.items()}
    return f"{ORDERS}?{urlencode(texts)}"


async def names(client: Client, **query: object) -> list[str]:
    """The names of the orders found, in order."""
    return [item["values"]["name"] for item in (await client.get(asked(**query)))["items"]]


async def stock(world: World, **sets: dict[str, object]) -> Client:
    """Two customers, a project for each, an order for each project, and one for none."""
    await install(world, sets=sets)
    admin = await world.person("admin")
    for name, region, budget in (("A", "North", 100), ("B", "South", 200)):
        customer = await make(admin, "customer", name=f"customer {name}", region=region, rate=2)
        owner = world.members["he.jie" if name == "A" else "zhang.wei"]
        project = await make(
            admin, "project", name=f"project {name}", customer=customer, budget=budget, secret=budget, owner=owner
        )
        lines = [{"qty": budget}, {"qty": 1}]
        order = await make(admin, "order", name=name, project=project, spent=1, lines=lines)
        await make(admin, "order", name=f"{name}2", after=order)
    return admin


async def test_lists_are_chosen_and_ordered_through_links(world: World) -> None:
    admin = await stock(world)
    assert await names(admin, filter={"formula": "{project.budget} > 150"}) == ["B"]
    assert await names(admin, filter={"formula": '{project.customer.region} = "North"'}) == ["A"]
    assert sorted(await names(admin, filter={"formula": "ISEMPTY({project.budget})"})) == ["A2", "B2"]
    assert await names(admin, filter={"formula": "SUM({after.lines.qty}) = 201"}) == ["B2"]
    assert sorted(await names(admin, filter={"formula": "COUNTA({after.lines}) = 2"})) == ["A2", "B2"]
    assert (await names(admin, sort=[{"formula": "{project.customer.region}", "desc": True}]))[:2] == ["B", "A"]
    ordered: list[str] = []
    cursor: dict[str, str] = {}
    while True:
        sort = [{"formula": "-{project.budget}"}, {"field": "name", "desc": True}]
        page: Any = await admin.get(asked(sort=sort, limit="1", **cursor))
        ordered += [item["values"]["name"] for item in page["items"]]
        if page["next"] is None:
            break
        cursor = {"cursor": page["next"]}
    assert ordered == ["B", "A", "B2", "A2"]


async def test_a_record_that_may_not_be_read_is_as_if_it_were_not_linked(world: World) -> None:
    mine = {"formula": "{owner} = {current.user}"}
    sets = {key: for_everyone(key, ALL) for key in ("customer", "order")}
    admin = await stock(world, project=for_everyone("project", ALL, rows=mine), **sets)
    someone = await world.person("he.jie")
    for formula, seen in (
        ("{project.budget} >= 100", ["A"]),
        ('{project.customer.region} = "South"', []),
        ("{project.budget} < 150", ["A", "A2", "B", "B2"]),
        ('AND({project.name} = "", NOT(ISEMPTY({project})))', ["B"]),
    ):
        assert sorted(await names(someone, filter={"formula": formula})) == seen, formula
    assert len(await names(admin, filter={"formula": "{project.budget} >= 100"})) == 2
    # the values that order records are not told either
    by_budget = [{"formula": "-{project.budget}"}, {"field": "name"}]
    assert await names(someone, sort=by_budget) == ["A", "A2", "B", "B2"]
    assert await names(admin, sort=by_budget) == ["B", "A", "A2", "B2"]


async def test_a_field_that_is_hidden_behind_a_link_is_refused(world: World) -> None:
    sets = {key: for_everyone(key, ALL) for key in ("customer", "order")}
    await stock(world, project=for_everyone("project", {"*": "write", "secret": "hidden"}), **sets)
    someone = await world.person("he.jie")
    refusal(await someone.call("GET", asked(filter={"formula": "{project.secret} > 1"})), 403, "field_hidden")
    refusal(await someone.call("GET", asked(sort=[{"formula": "{project.secret}"}])), 403, "field_hidden")
    answer = await someone.call("GET", asked(filter={"formula": "{project.secrets} > 1"}))
    assert "project.secret?" not in answer.text
    assert await names(someone, filter={"formula": "{project.budget} > 150"}) == ["B"]


async def test_nothing_is_found_through_records_of_which_none_may_be_read(world: World) -> None:
    await stock(world, order=for_everyone("order", ALL))
    someone = await world.person("he.jie")
    assert await names(someone, filter={"formula": "{project.budget} > 1"}) == []


async def test_a_permission_set_gives_rows_and_fields_through_links(world: World) -> None:
    sets = {key: for_everyone(key, ALL) for key in ("customer", "project")}
    owner = {"formula": "{project.owner} = {current.user}"}
    admin = await stock(world, own=for_everyone("order", ALL, rows=owner), **sets)
    reader = for_everyone("order", {"*": "read", "spent": "hidden"})
    await install(
        world, sets={**sets, "own": for_everyone("order", ALL, rows=owner), "all": {**reader, "actions": ["read"]}}
    )
    someone = await world.person("he.jie")
    shown = {item["values"]["name"]: item for item in (await someone.get(ORDERS))["items"]}
    # in his project's order he sees everything and may write, in others not what the set for all hides
    assert {name: "spent" in item["values"] for name, item in shown.items()} == {
        "A": True,
        "A2": False,
        "B": False,
        "B2": False,
    }
    await edit(someone, "order", shown["A"]["id"], spent=2)
    answer = await someone.call("PATCH", f"{ORDERS}/{shown['B']['id']}", {"values": {"name": "x"}}, if_match='"1"')
    refusal(answer, 403, "not_allowed")
    detail = await someone.get(f"{ORDERS}/{shown['B']['id']}")
    assert detail["writable"] == []
    # the rule follows the project
    await edit(admin, "project", shown["A"]["values"]["project"], owner=world.members["zhang.wei"])
    after = await someone.get(f"{ORDERS}/{shown['A']['id']}")
    assert "spent" not in after["record"]["values"]
    assert after["writable"] == []
