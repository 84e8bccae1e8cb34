"""What fields are made from and who uses them, over the whole application; and flows that read through links."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.linking import APP, RECORDS, Files, change, edit, field_of, install, link, make, publish
from tests.api.linking import FILES as LINKED
from tests.world import Client, World

FLOW: Files = {
    "key": "check",
    "entity": "order",
    "title": "Check",
    "root": {
        "key": "main",
        "seq": [
            {"key": "start", "title": "Start", "initiate": {"fields": {"*": "write"}}},
            {
                "key": "size",
                "choice": {
                    "branches": [
                        {
                            "key": "big",
                            "title": "Big",
                            "when": "{project.budget}>=100",
                            "block": {"key": "boss", "approve": {"assign": [{"by": "member", "member": "chen.jing"}]}},
                        },
                        {
                            "key": "own",
                            "title": "Own",
                            "when": "{project.owner}={current.user}",
                            "block": {"key": "peer", "approve": {"assign": [{"by": "member", "member": "li.na"}]}},
                        },
                    ],
                    "default": {"key": "nothing", "seq": []},
                },
            },
            {
                "key": "follow",
                "title": "Follow",
                "trigger": {
                    "do": "create_record",
                    "entity": "order",
                    "map": {"name": '{name}&"!"', "project": "{project}", "spent": "{project.customer.rate}"},
                },
            },
        ],
    },
}


def with_flow(files: Files) -> None:
    files["flows/check.json"] = FLOW
    files["forms/order.json"]["flow"] = "check"


@pytest.fixture
async def admin(world: World) -> Client:
    await install(world)
    await change(world, with_flow)
    return await world.person("admin")


async def found(client: Client, entity: str) -> dict[str, Any]:
    answer = await client.get(f"{RECORDS}/{entity}/dependencies")
    return {item["path"]: item for item in answer["items"]}


def uses(item: Any) -> list[tuple[str, str, str]]:
    return [(use["kind"], use["file"], use["pointer"]) for use in item["used_by"]]


def names(fields: Any) -> list[str]:
    return [f"{field['entity']}.{field['path']}" for field in fields]


async def test_every_place_that_reads_a_field_is_named(admin: Client) -> None:
    budget = (await found(admin, "project"))["budget"]
    assert uses(budget) == [
        ("computed", "entities/order.json", "/fields/4/fields/2/computed"),
        ("rule", "entities/order.json", "/rules/0/check"),
        ("visibility", "forms/order.json", "/layout/0/items/3/visible_when"),
        ("computed", "entities/project.json", "/fields/5/computed"),
        ("flow_condition", "flows/check.json", "/root/seq/1/choice/branches/0/when"),
    ]
    assert [use["titles"] for use in budget["used_by"]][-1] == ["Check", "Big"]
    # each behind what it is made of
    assert names(budget["reaches"]) == [
        "order.lines.amount",
        "project.charged",
        "order.left",
        "order.lines.share",
        "order.total",
    ]


async def test_a_computed_field_says_what_it_is_made_from(admin: Client) -> None:
    items = await found(admin, "order")
    assert names(items["left"]["depends_on"]) == ["order.project", "order.spent", "project.charged"]
    assert names(items["place"]["depends_on"]) == ["customer.region", "order.project", "project.customer"]
    assert items["place"]["depends_on"][0]["titles"] == ["Customer", "region"]
    assert [(use["kind"], use["source"]) for use in items["left"]["formulas"]] == [
        ("computed", "{project.charged}-{spent}")
    ]
    assert items["lines.amount"]["titles"] == ["lines", "amount"]
    assert (items["lines.amount"]["kind"], items["lines.amount"]["is_list"]) == ("number", True)


async def test_a_link_is_used_by_what_reads_through_it(admin: Client) -> None:
    project = (await found(admin, "order"))["project"]
    kinds = {use["kind"] for use in project["used_by"]}
    assert kinds == {"computed", "rule", "visibility", "flow_condition", "flow_value"}
    owner = (await found(admin, "project"))["owner"]
    assert uses(owner) == [("flow_condition", "flows/check.json", "/root/seq/1/choice/branches/1/when")]


async def test_views_permissions_titles_and_people_of_flows_are_uses(world: World) -> None:
    files = {**LINKED}
    files["views/orders.json"] = {
        **LINKED["views/orders.json"],
        "filter": {"and": [{"field": "spent", "op": "ge", "value": 1}, {"formula": "{spent}>{left}"}]},
        "sort": [{"field": "spent", "desc": True}],
        "columns": ["name", "spent"],
    }
    files["permission_sets/all.json"] = {
        "key": "all",
        "title": "All",
        "entity": "order",
        "to": [{"everyone": True}],
        "actions": ["read"],
        "rows": {"field": "created_by", "op": "is_me"},
        "fields": {"*": "read"},
    }
    await publish(world, files)
    items = await found(await world.person("admin"), "order")
    assert [use["kind"] for use in items["name"]["used_by"]] == ["record_title", "view_column"]
    places = [place for place in uses(items["spent"]) if place[1].startswith("views/")]
    assert places == [
        ("view_column", "views/orders.json", "/columns/1"),
        ("view_filter", "views/orders.json", "/filter/and/0"),
        ("view_filter", "views/orders.json", "/filter/and/1/formula"),
        ("view_sort", "views/orders.json", "/sort/0"),
    ]
    assert uses(items["created_by"]) == [("permission_rows", "permission_sets/all.json", "/rows")]


async def submitted(world: World, project: str) -> Any:
    await change(
        world,
        lambda files: files.update(
            {
                f"permission_sets/{key}.json": {
                    "key": key,
                    "title": key,
                    "entity": key,
                    "to": [{"everyone": True}],
                    "actions": ["read"],
                    "fields": {"*": "read"},
                }
                for key in ("project", "customer", "order")
            }
        ),
    )
    wei = await world.person("zhang.wei")
    return await wei.post(f"/api/apps/{APP}/forms/order/submissions", {"values": {"name": "n", "project": project}})


async def test_a_flow_decides_by_what_lies_behind_a_link(world: World, admin: Client) -> None:
    big = await make(admin, "project", name="Big", budget=100)
    made = await submitted(world, big)
    assert [item["node_key"] for item in made["instance"]["current"]] == ["boss"]


async def test_a_flow_compares_with_the_person_who_acts(world: World, admin: Client) -> None:
    mine = await make(admin, "project", name="Mine", owner=world.members["zhang.wei"])
    others = await make(admin, "project", name="Other", owner=world.members["li.na"])
    assert [item["node_key"] for item in (await submitted(world, mine))["instance"]["current"]] == ["peer"]
    assert (await submitted(world, others))["instance"]["status"] == "approved"


async def test_a_flow_copies_a_link_and_values_from_behind_it(world: World, admin: Client) -> None:
    customer = await make(admin, "customer", name="Acme", rate=3)
    project = await make(admin, "project", name="Small", customer=customer, budget=10)
    assert (await submitted(world, project))["instance"]["status"] == "approved"
    page = await admin.get(f"{RECORDS}/order/records")
    (made,) = [item for item in page["items"] if item["values"]["name"] == "n!"]
    assert (made["values"]["project"], made["values"]["spent"], made["values"]["left"]) == (project, 3, 27)


async def test_a_flow_that_runs_reads_through_links_under_the_keys_it_began_with(world: World, admin: Client) -> None:
    customer = await make(admin, "customer", name="Acme", rate=3)
    project = await make(admin, "project", name="Big", customer=customer, budget=100)
    made = await submitted(world, project)

    def rename(files: Files) -> None:
        del files["flows/check.json"], files["forms/order.json"]["flow"]
        field_of(files, "order", "project").update(key="scheme", was="project")
        field_of(files, "customer", "rate").update(key="factor", was="rate")
        text = files["entities/project.json"]["fields"][5]
        text["computed"] = "{budget}*{customer.factor}"
        for field in files["entities/order.json"]["fields"]:
            if "computed" in field:
                field["computed"] = field["computed"].replace("{project.", "{scheme.")
        files["entities/order.json"]["rules"] = []
        files["forms/order.json"]["layout"] = [{"section": "O", "items": ["name", "scheme"]}]

    await change(world, rename)
    await edit(admin, "project", project, budget=50)
    assert (await world.act("chen.jing", made["instance"]["id"]))["status"] == "approved"
    page = await admin.get(f"{RECORDS}/order/records")
    (copied,) = [item for item in page["items"] if item["values"]["name"] == "n!"]
    assert (copied["values"]["scheme"], copied["values"]["spent"]) == (project, 3)


async def test_a_link_copied_to_a_link_of_another_entity_is_refused(world: World, admin: Client) -> None:
    def cross(files: Files) -> None:
        files["entities/order.json"]["fields"].append(link("client", "customer"))
        files["flows/check.json"]["root"]["seq"][2]["trigger"]["map"]["client"] = "{project}"

    with pytest.raises(AssertionError, match="/root/seq/2/trigger/map/client"):
        await change(world, cross)
