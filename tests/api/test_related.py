"""Related lists: who links here, live, under the right of whoever asks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from engine.commands.upkeep import verify_all
from tests.api.linking import RECORDS, Files, change, edit, field_of, install, link, make, record
from tests.api.test_link_access import ALL, for_everyone
from tests.world import Client, World, refusal

MISSING = "0" * 24


def related(key: str, entity: str, by: str, **more: object) -> dict[str, object]:
    return {"key": key, "type": "related", "title": key, "entity": entity, "by": by, **more}


def with_lists(files: Files) -> None:
    """Projects list their orders, by the order itself, by its rows, and by a link to many in either."""
    files["entities/order.json"]["fields"].append(link("others", "project", multiple=True))
    field_of(files, "order", "lines")["fields"].append(link("spares", "project", multiple=True))
    files["entities/project.json"]["fields"] += [
        related("orders", "order", "project", columns=["name", "spent"]),
        related("items", "order", "lines.item"),
        related("in_others", "order", "others"),
        related("in_spares", "order", "lines.spares"),
    ]


async def installed(world: World, sets: Mapping[str, Mapping[str, object]] | None = None) -> Client:
    await install(world, sets=sets)
    await change(world, with_lists)
    return await world.person("admin")


@pytest.fixture
async def admin(world: World) -> Client:
    return await installed(world)


def place(project: str, key: str = "orders") -> str:
    return f"{RECORDS}/project/records/{project}/related/{key}"


async def names(client: Client, project: str, key: str = "orders", query: str = "") -> list[str]:
    page = await client.get(f"{place(project, key)}?{query}")
    return [item["values"]["name"] for item in page["items"]]


async def test_each_kind_of_link_has_its_other_side(world: World, admin: Client) -> None:
    tower, bridge = await make(admin, "project", name="Tower"), await make(admin, "project", name="Bridge")
    await make(admin, "order", name="1", project=tower, others=[bridge])
    await make(admin, "order", name="2", project=tower, lines=[{"item": bridge, "spares": [tower, bridge]}])
    await make(admin, "order", name="3", project=bridge, others=[tower, bridge], lines=[{"item": tower}])
    assert await names(admin, tower, query="sort=name") == ["1", "2"]
    assert await names(admin, bridge) == ["3"]
    assert await names(admin, tower, "items") == ["3"]
    assert await names(admin, bridge, "items") == ["2"]
    assert await names(admin, bridge, "in_others", "sort=name") == ["1", "3"]
    assert await names(admin, tower, "in_spares") == ["2"]
    assert (await verify_all(world.backend)).findings == ()


async def test_it_is_live(admin: Client) -> None:
    tower, bridge = await make(admin, "project", name="Tower"), await make(admin, "project", name="Bridge")
    order = await make(admin, "order", name="1", project=tower)
    await edit(admin, "order", order, project=bridge)
    assert (await names(admin, tower), await names(admin, bridge)) == ([], ["1"])
    assert (await admin.get(f"{place(bridge)}/count"))["count"] == 1


async def test_it_is_asked_for_as_other_lists_are(admin: Client) -> None:
    tower = await make(admin, "project", name="Tower", budget=1000)
    for number in range(5):
        await make(admin, "order", name=str(number), project=tower, spent=number)
    first = await admin.get(f"{place(tower)}?sort=-spent&limit=2")
    assert [item["values"]["name"] for item in first["items"]] == ["4", "3"]
    assert await names(admin, tower, query=f"sort=-spent&limit=2&cursor={first['next']}") == ["2", "1"]
    condition = '{"field":"spent","op":"ge","value":3}'
    assert await names(admin, tower, query=f"sort=spent&filter={condition}") == ["3", "4"]
    assert (await admin.get(f"{place(tower)}/count?filter={condition}"))["count"] == 2
    assert first["items"][0]["links"][tower] == "Tower"


async def test_nothing_of_it_is_in_the_record_and_nothing_is_entered(admin: Client) -> None:
    tower = await make(admin, "project", name="Tower", orders=None)
    shown = await record(admin, "project", tower)
    assert "orders" not in shown["values"]
    sent = {"values": {"name": "x", "orders": [MISSING]}}
    answer = await admin.call("POST", f"{RECORDS}/project/records", sent)
    assert [(item["code"], item["path"]) for item in refusal(answer, 422, "invalid")["errors"]] == [
        ("not_entered", "/orders")
    ]
    for query in ('filter={"field":"orders","op":"not_empty"}', "sort=orders"):
        assert (await admin.call("GET", f"{RECORDS}/project/records?{query}")).status_code == 422


async def test_what_is_no_related_list_is_not_there(admin: Client) -> None:
    tower = await make(admin, "project", name="Tower")
    for key in ("customer", "nothing"):
        refusal(await admin.call("GET", place(tower, key)), 404, "related_not_found")
    refusal(await admin.call("GET", place(MISSING)), 404, "record_not_found")
    refusal(await admin.call("GET", f"{place(tower)}?filter={{}}"), 422, "invalid")


PROJECTS = for_everyone("project", ALL)


async def test_a_list_has_what_the_reader_may_read(world: World) -> None:
    rows = {"field": "name", "op": "ne", "value": "canary"}
    fields = {"*": "read", "spent": "hidden"}
    admin = await installed(world, {"project": PROJECTS, "order": for_everyone("order", fields, rows=rows)})
    other = await world.person("he.jie")
    tower = await make(admin, "project", name="Tower")
    await make(admin, "order", name="canary", project=tower)
    await make(admin, "order", name="open", project=tower, spent=0)
    assert await names(other, tower) == ["open"]
    assert (await other.get(f"{place(tower)}/count"))["count"] == 1
    page = await other.get(place(tower))
    assert "spent" not in page["items"][0]["values"]
    refusal(await other.call("GET", f"{place(tower)}?sort=spent"), 403, "field_hidden")


async def test_who_reads_none_of_the_others_sees_an_empty_list(world: World) -> None:
    admin = await installed(world, {"project": PROJECTS})
    other = await world.person("he.jie")
    tower = await make(admin, "project", name="Tower")
    await make(admin, "order", name="canary", project=tower)
    answer = await other.call("GET", place(tower))
    assert answer.status_code in {200, 403}
    assert "canary" not in answer.text


async def test_who_may_not_read_the_record_gets_no_list(world: World) -> None:
    admin = await installed(world, {"order": for_everyone("order", ALL)})
    other = await world.person("he.jie")
    tower = await make(admin, "project", name="Tower")
    refusal(await other.call("GET", place(tower)), 404, "record_not_found")


@pytest.mark.parametrize(
    "sets",
    [
        {"project": for_everyone("project", {"*": "write", "orders": "hidden"}), "order": for_everyone("order", ALL)},
        {"project": PROJECTS, "order": for_everyone("order", {"*": "write", "project": "hidden"})},
    ],
    ids=["the list", "the link"],
)
async def test_a_hidden_side_tells_nothing(world: World, sets: Mapping[str, Mapping[str, object]]) -> None:
    await install(world, sets={})
    await change(world, with_lists)
    await change(
        world,
        lambda files: files.update(
            {f"permission_sets/{key}.json": {"key": key, "title": key, **given} for key, given in sets.items()}
        ),
    )
    admin, other = await world.person("admin"), await world.person("he.jie")
    tower = await make(admin, "project", name="Tower")
    await make(admin, "order", name="canary", project=tower)
    for address in (place(tower), f"{place(tower)}/count"):
        refusal(await other.call("GET", address), 403, "field_hidden")


async def problems(world: World, field: dict[str, object]) -> Any:
    def add(files: Files) -> None:
        files["entities/project.json"]["fields"].append(field)

    with pytest.raises(AssertionError) as raised:
        await change(world, add)
    return [(path, text) for _, path, text in raised.value.args[0]]


@pytest.mark.parametrize(
    ("field", "path", "text"),
    [
        (related("r", "nowhere", "project"), "/fields/6/entity", "There is no entity"),
        (related("r", "order", "nothing"), "/fields/6/by", "The entity has no field"),
        (related("r", "order", "name"), "/fields/6/by", "is no link of the entity"),
        (related("r", "order", "after"), "/fields/6/by", "is no link of the entity"),
        (related("r", "order", "project", columns=["nothing"]), "/fields/6/columns/0", "The entity has no field"),
        (related("r", "order", "project", required=True), "/fields/6/required", "has no “required”"),
    ],
)
async def test_what_does_not_fit_is_refused(world: World, field: dict[str, object], path: str, text: str) -> None:
    await install(world)
    found = await problems(world, field)
    assert [(place, text in said) for place, said in found] == [(path, True)]


async def test_formulas_views_and_titles_do_not_use_it(world: World, admin: Client) -> None:
    assert admin

    def use(files: Files) -> None:
        files["entities/project.json"]["record_title"] = "{orders}"
        files["entities/project.json"]["fields"].append(
            {"key": "count", "type": "number", "title": "c", "computed": "COUNTA({orders})"}
        )
        files["views/p.json"] = {"key": "p", "entity": "project", "title": "p", "kind": "grid", "columns": ["orders"]}

    with pytest.raises(AssertionError) as raised:
        await change(world, use)
    paths = {path for _, path, _ in raised.value.args[0]}
    assert paths == {"/record_title", "/columns/0", "/fields/10/computed"}


async def test_it_goes_and_comes_back_with_its_permissions(world: World, admin: Client) -> None:
    tower = await make(admin, "project", name="Tower")
    await make(admin, "order", name="1", project=tower)

    def rename(files: Files) -> None:
        field_of(files, "project", "orders").update(key="tasks", was="orders")

    await change(world, rename)
    assert await names(admin, tower, "tasks") == ["1"]
    await change(
        world,
        lambda files: files["entities/project.json"].update(
            fields=[field for field in files["entities/project.json"]["fields"] if field["type"] != "related"]
        ),
    )
    refusal(await admin.call("GET", place(tower, "tasks")), 404, "related_not_found")
    assert (await verify_all(world.backend)).findings == ()


async def test_a_record_with_lists_goes_into_the_bin_and_comes_back(world: World, admin: Client) -> None:
    tower = await make(admin, "project", name="Tower")
    order = await make(admin, "order", name="1", project=tower, others=[tower], lines=[{"spares": [tower]}])
    assert (await admin.call("DELETE", f"{RECORDS}/order/records/{order}", if_match="1")).is_success
    assert (await names(admin, tower), await names(admin, tower, "in_others")) == ([], [])
    assert (await admin.call("POST", f"{RECORDS}/order/records/bin/{order}/restore")).is_success
    assert await names(admin, tower, "in_spares") == ["1"]
    assert (await admin.call("DELETE", f"{RECORDS}/project/records/{tower}", if_match="1")).is_success
    shown = await record(admin, "order", order)
    assert (shown["values"]["others"], shown["links"], shown["deleted"]) == ([tower], {}, [tower])
    assert (await admin.call("POST", f"{RECORDS}/project/records/bin/{tower}/restore")).is_success
    assert await names(admin, tower, "in_others") == ["1"]
    assert (await verify_all(world.backend)).findings == ()
