"""Links to many records: entered, shown with titles, filtered by, kept whatever becomes of the records."""

from __future__ import annotations

from typing import Any

import pytest

from engine.commands.upkeep import verify_all
from engine.errors import Problems
from tests.api.linking import APP, RECORDS, Files, change, edit, field_of, install, link, make, record, values
from tests.api.test_link_access import ALL, for_everyone
from tests.world import Client, World, refusal

MISSING = "0" * 24


def with_many(files: Files) -> None:
    """Orders name several customers, their lines several projects."""
    files["entities/order.json"]["fields"].append(link("customers", "customer", multiple=True, max_items=3))
    field_of(files, "order", "lines")["fields"].append(link("others", "project", multiple=True))


@pytest.fixture
async def admin(world: World) -> Client:
    await install(world)
    await change(world, with_many)
    return await world.person("admin")


async def customers(client: Client, *names: str) -> list[str]:
    return [await make(client, "customer", name=name) for name in names]


async def names_found(client: Client, condition: str) -> list[str]:
    page = await client.get(f"{RECORDS}/order/records?sort=name&filter={condition}")
    return [item["values"]["name"] for item in page["items"]]


async def sound(world: World) -> None:
    assert (await verify_all(world.backend)).findings == ()


async def test_several_records_are_linked_in_order_and_shown_with_titles(world: World, admin: Client) -> None:
    a, b, c = await customers(admin, "A", "B", "C")
    project = await make(admin, "project", name="Tower")
    order = await make(admin, "order", name="o", customers=[c, a, c], lines=[{"others": [project]}])
    shown = await record(admin, "order", order)
    assert shown["values"]["customers"] == [c, a]
    assert shown["links"] == {a: "A", c: "C", project: "Tower"}
    await edit(admin, "order", order, customers=[b, c])
    page = await admin.get(f"{RECORDS}/order/records")
    assert page["items"][0]["links"] == {b: "B", c: "C", project: "Tower"}
    history = await admin.get(f"{RECORDS}/order/records/{order}/history")
    assert history["items"][0]["changes"]["customers"] == [[c, a], [b, c]]
    assert history["links"].items() >= {a: "A", b: "B", c: "C"}.items()
    await edit(admin, "order", order, customers=[])
    assert (await values(admin, "order", order))["customers"] is None
    await sound(world)


async def test_a_page_costs_one_statement_for_each_entity_linked_to(world: World, admin: Client) -> None:
    ids = await customers(admin, "A", "B", "C")
    for number in range(4):
        await make(admin, "order", name=f"o{number}", customers=ids[: number % 3 + 1])
    page = await admin.get(f"{RECORDS}/order/records?sort=name")
    assert [len(item["links"]) for item in page["items"]] == [1, 2, 3, 1]


async def test_orders_are_filtered_by_the_records_they_link_to(admin: Client) -> None:
    a, b, c = await customers(admin, "A", "B", "C")
    await make(admin, "order", name="1", customers=[a, b])
    await make(admin, "order", name="2", customers=[b])
    await make(admin, "order", name="3")
    assert await names_found(admin, f'{{"field":"customers","op":"has_any","value":["{a}","{c}"]}}') == ["1"]
    assert await names_found(admin, f'{{"field":"customers","op":"has_any","value":["{b}"]}}') == ["1", "2"]
    assert await names_found(admin, f'{{"field":"customers","op":"has_all","value":["{a}","{b}"]}}') == ["1"]
    assert await names_found(admin, '{"field":"customers","op":"empty"}') == ["3"]
    assert await names_found(admin, f'{{"not":{{"field":"customers","op":"has_any","value":["{a}"]}}}}') == ["2", "3"]
    wrong = f'{RECORDS}/order/records?filter={{"field":"customers","op":"eq","value":"{a}"}}'
    refusal(await admin.call("GET", wrong), 422, "invalid")


BAD: list[tuple[Any, str]] = [
    ([MISSING], "linked_record_unknown"),
    (["x"], "bad_id"),
    ([None], "bad_id"),
    ([["0"]], "bad_id"),
    ({"a": 1}, "not_a_list"),
    (5, "not_a_list"),
    (True, "not_a_list"),
    ([f"{number:024x}" for number in range(4)], "too_many_items"),
]


@pytest.mark.parametrize(("sent", "code"), BAD)
async def test_what_is_no_list_of_records_is_refused(admin: Client, sent: object, code: str) -> None:
    answer = await admin.call("POST", f"{RECORDS}/order/records", {"values": {"name": "n", "customers": sent}})
    error = refusal(answer, 422, "invalid")
    assert [(item["code"], item["path"]) for item in error["errors"]] == [(code, "/customers")]
    assert (await admin.get(f"{RECORDS}/order/records"))["items"] == []


async def test_records_nobody_may_read_are_not_chosen_but_stay(world: World) -> None:
    rows = {"field": "name", "op": "ne", "value": "Secret"}
    await install(
        world,
        sets={"order": for_everyone("order", ALL), "customer": for_everyone("customer", {"*": "read"}, rows=rows)},
    )
    await change(world, with_many)
    admin, other = await world.person("admin"), await world.person("he.jie")
    a, secret, more = await customers(admin, "A", "Secret", "Secret")
    order = await make(admin, "order", name="o", customers=[secret])
    assert (await record(other, "order", order))["links"] == {}
    # beside one that is not his to read he adds another, in any order
    await edit(other, "order", order, customers=[a, secret])
    assert (await values(admin, "order", order))["customers"] == [a, secret]
    seen = await record(other, "order", order)
    answer = await other.call(
        "PATCH",
        f"{RECORDS}/order/records/{order}",
        {"values": {"customers": [a, more]}},
        if_match=str(seen["version"]),
    )
    assert [item["code"] for item in refusal(answer, 422, "invalid")["errors"]] == ["linked_record_unknown"]


async def publish_problems(world: World, multiple: bool) -> list[tuple[str, str | None]]:
    try:
        await change(world, lambda files: field_of(files, "order", "project").update(multiple=multiple))
    except Problems as problems:
        return [(item.code, item.path) for item in problems.errors]
    return []


def without_formulas(files: Files) -> None:
    """Nothing reads through the project of an order."""
    entity = files["entities/order.json"]
    dropped = {"left", "total", "place", "told", "named", "customers"}
    entity["fields"] = [field for field in entity["fields"] if field["key"] not in dropped]
    lines = field_of(files, "order", "lines")
    lines["fields"] = [column for column in lines["fields"] if column["key"] != "share"]
    entity["rules"] = []
    files.pop("forms/order.json")


async def test_formulas_do_not_read_through_several_links(world: World, admin: Client) -> None:
    assert admin
    with pytest.raises(AssertionError, match=r"/fields/5/computed.*There is no field project\.charged"):
        await publish_problems(world, multiple=True)


async def test_one_link_becomes_several_and_back_when_no_record_holds_more(world: World, admin: Client) -> None:
    tower, bridge = await make(admin, "project", name="Tower"), await make(admin, "project", name="Bridge")
    order = await make(admin, "order", name="o", project=tower)
    await change(world, without_formulas)
    assert await publish_problems(world, multiple=True) == []
    assert (await values(admin, "order", order))["project"] == [tower]
    await edit(admin, "order", order, project=[tower, bridge])
    history = await admin.get(f"{RECORDS}/order/records/{order}/history")
    assert [item["changes"]["project"] for item in history["items"]] == [[[tower], [tower, bridge]], [None, tower]]
    assert history["links"].items() >= {tower: "Tower", bridge: "Bridge"}.items()
    await sound(world)
    assert await publish_problems(world, multiple=False) == [("link_holds_several", "/fields/1/multiple")]
    assert (await values(admin, "order", order))["project"] == [tower, bridge]
    await edit(admin, "order", order, project=[bridge])
    assert await publish_problems(world, multiple=False) == []
    assert (await values(admin, "order", order))["project"] == bridge
    await sound(world)


async def test_one_id_sent_to_a_link_of_several_counts_as_a_list(admin: Client) -> None:
    (a,) = await customers(admin, "A")
    order = await make(admin, "order", name="o", customers=a)
    assert (await values(admin, "order", order))["customers"] == [a]


async def test_a_form_reads_how_many_are_linked(world: World) -> None:
    await install(world)

    def counted(files: Files) -> None:
        with_many(files)
        files["entities/order.json"]["rules"].append(
            {"key": "some", "check": "COUNTA({customers})>=2", "at": ["customers"], "message": "Two at least"}
        )

    await change(world, counted)
    admin = await world.person("admin")
    a, b = await customers(admin, "A", "B")
    form = f"/api/apps/{APP}/forms/order/evaluate"
    one = await admin.post(form, {"values": {"name": "n", "customers": [a]}})
    assert [item["code"] for item in one["errors"]] == ["rule_broken"]
    two = await admin.post(form, {"values": {"name": "n", "customers": [a, b]}})
    assert two["errors"] == []


async def test_links_have_defaults(world: World) -> None:
    await install(world)

    def with_defaults(files: Files) -> None:
        with_many(files)
        fields = files["entities/order.json"]["fields"]
        fields.append(link("payer", "customer", default="{project.customer}"))
        lines = field_of(files, "order", "lines")["fields"]
        lines[0]["default"] = "{project}"
        lines.append(link("payers", "customer", multiple=True, default="{project.customer}"))

    await change(world, with_defaults)
    admin = await world.person("admin")
    (acme,) = await customers(admin, "Acme")
    tower = await make(admin, "project", name="Tower", customer=acme)
    order = await make(admin, "order", name="o", project=tower, lines=[{"qty": 1}])
    shown = await values(admin, "order", order)
    assert (shown["lines"][0]["item"], shown["lines"][0]["payers"]) == (tower, [acme])
    await sound(world)


async def test_a_default_leads_to_the_same_entity(world: World) -> None:
    await install(world)
    with pytest.raises(AssertionError, match="/default"):
        await change(
            world,
            lambda files: files["entities/order.json"]["fields"].append(link("payer", "customer", default="{project}")),
        )
