"""Whoever may not read a record sees nothing of it through links: no title, no values, and he cannot choose it."""

from __future__ import annotations

from collections.abc import Mapping

from tests.api.linking import APP, RECORDS, install, make, record
from tests.world import Client, World, refusal

TITLE, SECRET, NORTH = "canary-title", 987654, "canary-north"
ALL = {"*": "write"}


def for_everyone(entity: str, fields: Mapping[str, str], *, rows: object = None) -> dict[str, object]:
    rules = {} if rows is None else {"rows": rows}
    actions = ["read", "create", "update"]
    return {"entity": entity, "to": [{"everyone": True}], "actions": actions, "fields": fields, **rules}


async def prepared(world: World, sets: Mapping[str, Mapping[str, object]]) -> tuple[Client, Client, str, str]:
    """Admin and somebody else, a project and an order for it."""
    await install(world, sets=sets)
    admin = await world.person("admin")
    customer = await make(admin, "customer", name="canary-customer", region=NORTH, rate=2)
    project = await make(admin, "project", name=TITLE, customer=customer, budget=100, secret=SECRET)
    order = await make(admin, "order", name="Steel", project=project, spent=1, lines=[{"item": project, "qty": 1}])
    return admin, await world.person("he.jie"), project, order


async def everything(client: Client, order: str, project: str) -> str:
    """All that the order's pages and lists say to somebody, and what he gets of the project."""
    answers = [
        await client.call("GET", path)
        for path in (
            f"{RECORDS}/order/records/{order}",
            f"{RECORDS}/order/records",
            f"{RECORDS}/order/records/{order}/history",
            f"{RECORDS}/project/choices",
            f"{RECORDS}/project/choices?q=canary",
            f"{RECORDS}/project/choices?ids={project}",
        )
    ]
    answers.append(
        await client.call("POST", f"/api/apps/{APP}/forms/order/evaluate", {"values": {}, "record_id": order})
    )
    answers.append(await client.call("POST", f"/api/apps/{APP}/forms/order/evaluate", {"values": {"project": project}}))
    questions: list[tuple[str, object]] = [
        ("query", {"expand": ["project", "lines.item"]}),
        ("aggregate", {"group": [{"field": "project"}]}),
        ("aggregate", {"group": [{"key": "name", "formula": "{project.name}"}]}),
        ("aggregate", {"measures": [{"key": "most", "function": "max", "formula": "{project.secret}"}]}),
        ("pivot", {"down": [{"field": "project"}], "across": [{"key": "r", "formula": "{project.customer.region}"}]}),
        ("distinct", {"of": {"field": "project"}}),
        ("aggregate", {"rows": "lines", "group": [{"field": "lines.item"}]}),
    ]
    answers += [await client.call("POST", f"{RECORDS}/order/records/{path}", body) for path, body in questions]
    return "".join(answer.text for answer in answers)


async def test_who_may_read_the_target_sees_all(world: World) -> None:
    sets = {key: for_everyone(key, ALL) for key in ("customer", "project", "order")}
    _, other, project, order = await prepared(world, sets)
    seen = await everything(other, order, project)
    assert all(word in seen for word in (TITLE, str(SECRET), NORTH))
    assert (await record(other, "order", order))["links"] == {project: TITLE}


async def test_who_may_not_read_the_target_sees_nothing_of_it(world: World) -> None:
    _, other, project, order = await prepared(world, {"order": for_everyone("order", ALL)})
    seen = await everything(other, order, project)
    assert "Steel" in seen
    assert not [word for word in (TITLE, str(SECRET), NORTH, "canary-customer") if word in seen]
    shown = await record(other, "order", order)
    # the link itself is a field of the order
    assert (shown["values"]["project"], shown["links"]) == (project, {})
    assert not {"left", "place", "told", "named", "total"} & shown["values"].keys()
    assert [row.keys() & {"amount", "share", "item"} for row in shown["values"]["lines"]] == [{"item"}]


async def test_values_made_from_a_field_that_is_hidden_there_are_hidden_here(world: World) -> None:
    sets = {
        "customer": for_everyone("customer", ALL),
        "project": for_everyone("project", {"*": "write", "secret": "hidden"}),
        "order": for_everyone("order", {"*": "write", "named": "read"}),
    }
    _, other, project, order = await prepared(world, sets)
    shown = (await record(other, "order", order))["values"]
    assert "told" not in shown
    # what the grant names it shows, as with fields of the entity itself
    assert shown["named"] == SECRET + 1
    assert (shown["left"], shown["place"]) == (199, NORTH)
    seen = await everything(other, order, project)
    assert f'"told":{SECRET}' not in seen.replace(" ", "")
    refusal(
        await other.call("GET", f'{RECORDS}/order/records?filter={{"field":"told","op":"empty"}}'), 403, "field_hidden"
    )
    refusal(await other.call("GET", f"{RECORDS}/order/records?sort=told"), 403, "field_hidden")


async def test_what_is_hidden_two_links_away_is_hidden_here(world: World) -> None:
    sets = {
        "customer": for_everyone("customer", {"*": "read", "rate": "hidden", "region": "hidden"}),
        "project": for_everyone("project", ALL),
        "order": for_everyone("order", ALL),
    }
    _, other, _, order = await prepared(world, sets)
    shown = (await record(other, "order", order))["values"]
    # charged is made of the rate, left of charged, total of left
    assert not {"place", "left", "total"} & shown.keys()
    assert shown["told"] == SECRET


async def test_rows_decide_whose_titles_are_shown_and_what_may_be_chosen(world: World) -> None:
    mine = {"field": "created_by", "op": "is_me"}
    sets = {
        "customer": for_everyone("customer", ALL),
        "project": for_everyone("project", ALL, rows=mine),
        "order": for_everyone("order", ALL),
    }
    _, other, project, order = await prepared(world, sets)
    shown = await record(other, "order", order)
    assert shown["links"] == {}
    own = await make(other, "project", name="Mine", budget=5)
    found = await other.get(f"{RECORDS}/project/choices")
    assert [item["id"] for item in found["items"]] == [own]
    assert (await other.get(f"{RECORDS}/project/choices?ids={project},{own}"))["items"] == found["items"]
    assert (await other.get(f"{RECORDS}/project/choices?q=canary"))["items"] == []
    sent = {"values": {"name": "x", "project": project}}
    error = refusal(await other.call("POST", f"{RECORDS}/order/records", sent), 422, "invalid")
    assert [(item["code"], item["path"]) for item in error["errors"]] == [("linked_record_unknown", "/project")]
    live = await other.post(f"/api/apps/{APP}/forms/order/evaluate", {"values": {"name": "x", "project": project}})
    assert [item["code"] for item in live["errors"]] == ["linked_record_unknown"]
    assert (live["values"]["told"], live["values"]["left"]) == (None, 0)


async def test_a_stored_link_is_kept_by_who_may_not_read_it(world: World) -> None:
    mine = {"field": "created_by", "op": "is_me"}
    sets = {
        "customer": for_everyone("customer", ALL),
        "project": for_everyone("project", ALL, rows=mine),
        "order": for_everyone("order", ALL),
    }
    admin, other, project, order = await prepared(world, sets)
    seen = await record(other, "order", order)
    sent = {"values": {"name": "Iron", "project": project}}
    await other.patch(f"{RECORDS}/order/records/{order}", sent, if_match=str(seen["version"]))
    shown = (await record(admin, "order", order))["values"]
    # stored values are made with all there is, whoever saves
    assert (shown["name"], shown["project"], shown["told"], shown["left"]) == ("Iron", project, SECRET, 199)


async def test_titles_leave_out_what_is_hidden(world: World) -> None:
    sets = {
        "project": for_everyone("project", {"*": "read", "name": "hidden"}),
        "order": for_everyone("order", ALL),
    }
    _, other, project, order = await prepared(world, sets)
    assert (await record(other, "order", order))["links"] == {project: ""}
    assert TITLE not in await everything(other, order, project)
    # and nobody finds a record by words that he may not see
    assert (await other.get(f"{RECORDS}/project/choices?q=canary"))["items"] == []
