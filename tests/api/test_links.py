"""Links between records: choosing, titles, values through links, and stored values that stay right."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest

from engine.commands.context import run_on
from engine.commands.upkeep import verify_all
from engine.errors import Problems
from engine.model.values import Value
from engine.runtime.calls import Call
from engine.store.database import Tx
from engine.store.records import RecordTable
from tests.api.linking import APP, RECORDS, Files, change, computed, edit, field_of, install, link, make, record, values
from tests.world import Client, World, refusal

MISSING = "0" * 24


@pytest.fixture
async def admin(world: World) -> Client:
    await install(world)
    return await world.person("admin")


async def stock(client: Client) -> tuple[str, str, str]:
    """A customer, a project of his, an order for it."""
    customer = await make(client, "customer", name="Acme", region="North", rate=2)
    project = await make(client, "project", name="Tower", customer=customer, budget=100, secret=7)
    lines = [{"item": project, "qty": 3}, {"qty": 1}]
    order = await make(client, "order", name="Steel", project=project, spent=50, lines=lines)
    return customer, project, order


def amounts(shown: Any) -> list[object]:
    return [row["amount"] for row in shown["lines"]]


async def sound(world: World) -> None:
    """Nothing stored differs from what would be computed now."""
    assert (await verify_all(world.backend)).findings == ()


async def test_formulas_read_through_links(world: World, admin: Client) -> None:
    _, _, order = await stock(admin)
    shown = await values(admin, "order", order)
    assert (shown["left"], shown["place"], shown["told"]) == (150, "North", 7)
    assert amounts(shown) == [300, 0]
    assert shown["total"] == 450
    assert [row["share"] for row in shown["lines"]] == [2, 0]
    await sound(world)


async def test_a_link_travels_as_an_id_and_is_shown_with_its_title(admin: Client) -> None:
    customer, project, order = await stock(admin)
    detail = await record(admin, "order", order)
    assert detail["values"]["project"] == project
    assert detail["links"] == {project: "Tower"}
    page = await admin.get(f"{RECORDS}/project/records")
    assert [(item["values"]["customer"], item["links"]) for item in page["items"]] == [(customer, {customer: "Acme"})]
    await edit(admin, "order", order, project=None)
    history = await admin.get(f"{RECORDS}/order/records/{order}/history")
    assert history["items"][0]["changes"]["project"] == [project, None]
    assert history["links"] == {project: "Tower"}


async def test_an_unfilled_link_has_nothing_behind_it(admin: Client) -> None:
    shown = await values(admin, "order", await make(admin, "order", name="Loose"))
    assert (shown["left"], shown["place"], shown["total"]) == (0, None, 0)


@pytest.mark.parametrize("wrong", [MISSING, "entity"])
async def test_a_link_leads_to_a_record_of_its_entity(admin: Client, wrong: str) -> None:
    customer, _, _ = await stock(admin)
    target = customer if wrong == "entity" else wrong
    sent = {"values": {"name": "x", "project": target, "lines": [{"item": target}]}}
    error = refusal(await admin.call("POST", f"{RECORDS}/order/records", sent), 422, "invalid")
    assert [(item["code"], item["path"]) for item in error["errors"]] == [
        ("linked_record_unknown", "/project"),
        ("linked_record_unknown", "/lines/0/item"),
    ]


async def test_records_are_filtered_by_what_they_link_to(admin: Client) -> None:
    _, project, order = await stock(admin)
    await make(admin, "order", name="Loose")

    async def found(condition: str) -> list[str]:
        page = await admin.get(f"{RECORDS}/order/records?filter={condition}")
        return [item["values"]["name"] for item in page["items"]]

    assert order
    assert await found(f'{{"field":"project","op":"eq","value":"{project}"}}') == ["Steel"]
    assert await found(f'{{"field":"project","op":"in","value":["{project}"]}}') == ["Steel"]
    assert await found('{"field":"project","op":"empty"}') == ["Loose"]


async def test_a_form_computes_through_links_while_it_is_filled_in(admin: Client) -> None:
    _, project, _ = await stock(admin)
    form = f"/api/apps/{APP}/forms/order/evaluate"
    seen = await admin.post(form, {"values": {"name": "n", "project": project, "spent": 120}})
    assert seen["values"]["left"] == 80
    assert "spent" not in seen["hidden"]
    assert [(item["code"], item["path"]) for item in seen["errors"]] == [("rule_broken", "/spent")]
    empty = await admin.post(form, {"values": {"name": "n"}})
    assert "spent" in empty["hidden"]
    unknown = await admin.post(form, {"values": {"name": "n", "project": MISSING}})
    assert [item["code"] for item in unknown["errors"]] == ["linked_record_unknown"]


async def test_a_change_is_followed_by_all_that_is_made_of_it(world: World, admin: Client) -> None:
    customer, project, order = await stock(admin)
    await edit(admin, "customer", customer, rate=3, region="South")
    assert (await values(admin, "project", project))["charged"] == 300
    shown = await values(admin, "order", order)
    assert (shown["left"], shown["place"], shown["total"]) == (250, "South", 550)
    await edit(admin, "project", project, budget=200)
    shown = await values(admin, "order", order)
    assert (shown["left"], amounts(shown), shown["total"]) == (550, [600, 0], 1150)
    await sound(world)


async def test_a_record_that_follows_gets_one_version_by_nobody(admin: Client) -> None:
    customer, _, order = await stock(admin)
    before = await record(admin, "order", order)
    await edit(admin, "customer", customer, rate=3, region="South")
    after = await record(admin, "order", order)
    assert after["version"] == before["version"] + 1
    assert after["updated_by"] is None
    (change_, *_) = (await admin.get(f"{RECORDS}/order/records/{order}/history"))["items"]
    assert (change_["kind"], change_["actor_id"]) == ("recomputed", None)
    assert change_["changes"].keys() == {"left", "total", "place", "lines"}


async def test_what_does_not_reach_a_record_leaves_it_alone(admin: Client) -> None:
    customer, project, order = await stock(admin)
    before = await record(admin, "order", order)
    await edit(admin, "project", project, name="Bridge")
    await edit(admin, "customer", customer, name="Emca")
    assert (await record(admin, "order", order))["version"] == before["version"]


async def test_an_edit_of_other_fields_is_merged_with_what_followed(admin: Client) -> None:
    customer, _, order = await stock(admin)
    seen = await record(admin, "order", order)
    await edit(admin, "customer", customer, rate=3)
    sent = {"values": {"name": "Iron"}}
    await admin.patch(f"{RECORDS}/order/records/{order}", sent, if_match=str(seen["version"]))
    shown = await values(admin, "order", order)
    assert (shown["name"], shown["left"]) == ("Iron", 250)


async def test_changed_formulas_compute_what_is_stored_anew(world: World, admin: Client) -> None:
    customer, project, order = await stock(admin)

    def double(files: Files) -> None:
        field_of(files, "project", "charged")["computed"] = "{budget}*{customer.rate}*2"
        files["entities/customer.json"]["fields"].append(computed("twice", "{rate}*2"))

    await change(world, double)
    assert (await values(admin, "customer", customer))["twice"] == 4
    assert (await values(admin, "project", project))["charged"] == 400
    assert (await values(admin, "order", order))["left"] == 350
    await sound(world)


async def test_a_version_that_computes_the_same_touches_no_record(world: World, admin: Client) -> None:
    _, _, order = await stock(admin)
    before = await record(admin, "order", order)
    await change(world, lambda files: field_of(files, "order", "left").update(title="Rest"))
    assert await record(admin, "order", order) == before


async def test_a_stored_value_that_is_not_right_is_found(world: World, admin: Client) -> None:
    _, _, order = await stock(admin)

    async def spoil(tx: Tx, call: Call) -> None:
        entity = call.catalog.app(APP).entity("order")
        column = entity.table.stored.columns["left"].name
        await tx.execute(f'UPDATE [r_{entity.id}] SET "{column}" = 1 WHERE id = $1', order)

    await run_on(world.backend, spoil, is_write=True)
    found = [(item.invariant, item.subject) for item in (await verify_all(world.backend)).findings]
    assert ("computed_values_are_what_formulas_make", f"{APP}/order/{order}/left") in found


async def test_a_record_may_link_to_one_of_its_own_entity(world: World, admin: Client) -> None:
    await change(
        world, lambda files: files["entities/order.json"]["fields"].append(computed("before", "{after.spent}+1"))
    )
    first = await make(admin, "order", name="One", spent=1)
    second = await make(admin, "order", name="Two", after=first)
    await edit(admin, "order", first, after=first, spent=5)
    assert (await values(admin, "order", first))["before"] == 6
    assert (await values(admin, "order", second))["before"] == 6
    await sound(world)


async def test_a_cycle_through_links_is_refused_with_its_way(world: World, admin: Client) -> None:
    def turn(files: Files) -> None:
        fields = files["entities/project.json"]["fields"]
        fields += [link("main", "order"), computed("extra", "{main.left}")]
        field_of(files, "project", "charged")["computed"] = "{budget}+{extra}"

    with pytest.raises(AssertionError) as refused:
        await change(world, turn)
    assert "order.left → project.charged → project.extra → order.left" in str(refused.value)


async def test_a_link_does_not_change_its_entity(world: World, admin: Client) -> None:
    with pytest.raises(Problems) as refused:
        await change(world, lambda files: field_of(files, "order", "after").update(entity="customer"))
    assert [(item.code, item.path) for item in refused.value.errors] == [
        ("type_change_unsupported", "/fields/2/entity")
    ]


async def test_links_follow_an_entity_that_gets_another_key(world: World, admin: Client) -> None:
    _, project, order = await stock(admin)

    def rename(files: Files) -> None:
        document = files.pop("entities/project.json")
        files["entities/scheme.json"] = {**document, "key": "scheme", "was": "project"}
        field_of(files, "order", "project")["entity"] = "scheme"
        field_of(files, "order", "lines")["fields"][0]["entity"] = "scheme"

    await change(world, rename)
    assert (await record(admin, "order", order))["links"] == {project: "Tower"}
    await edit(admin, "scheme", project, budget=10)
    assert (await values(admin, "order", order))["left"] == -30
    await sound(world)


async def test_the_picker_finds_records_by_the_words_of_their_titles(admin: Client) -> None:
    for name in ("Tower north", "Tower south", "Bridge"):
        await make(admin, "project", name=name)
    address = f"{RECORDS}/project/choices"
    assert [item["title"] for item in (await admin.get(address))["items"]] == ["Bridge", "Tower south", "Tower north"]
    found = (await admin.get(f"{address}?q=north Tower"))["items"]
    assert [item["title"] for item in found] == ["Tower north"]
    named = await admin.get(f"{address}?ids={found[0]['id']},{MISSING}")
    assert named == {"items": found, "more": False}


async def test_the_picker_says_that_there_is_more(admin: Client) -> None:
    for count in range(21):
        await make(admin, "project", name=f"P{count}")
    found = await admin.get(f"{RECORDS}/project/choices")
    assert (len(found["items"]), found["more"]) == (20, True)


async def test_a_page_asks_once_for_the_titles_of_an_entity(admin: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("One", "Two", "Three"):
        project = await make(admin, "project", name=name)
        await make(admin, "order", name=name, project=project, lines=[{"item": project}])
    asked: list[int] = []
    find = RecordTable.find

    async def counted(table: RecordTable, tx: Tx, ids: Iterable[str], **more: Any) -> dict[str, dict[str, Value]]:
        listed = list(ids)
        asked.append(len(listed))
        return await find(table, tx, listed, **more)

    monkeypatch.setattr(RecordTable, "find", counted)
    page = await admin.get(f"{RECORDS}/order/records")
    assert [list(item["links"].values()) for item in page["items"]] == [["Three"], ["Two"], ["One"]]
    assert asked == [3]


async def test_a_query_brings_the_records_behind_expanded_links(world: World) -> None:
    await install(world)
    admin = await world.person("admin")
    first, second = [await make(admin, "project", name=name, budget=10) for name in ("First", "Second")]
    order = await make(admin, "order", name="O", project=first, spent=1, lines=[{"item": second, "qty": 1}])
    page = await admin.post(f"{RECORDS}/order/records/query", {"expand": ["lines.item"], "columns": ["name"]})
    assert page["linked"].keys() == {second}
    assert page["linked"][second]["values"]["name"] == "Second"
    assert [(item["id"], item["values"], item["links"]) for item in page["items"]] == [(order, {"name": "O"}, {})]
    page = await admin.post(f"{RECORDS}/order/records/query", {"expand": ["project", "lines.item"]})
    assert page["linked"].keys() == {first, second}
    assert page["items"][0]["links"] == {first: "First", second: "Second"}
    groups = await admin.post(f"{RECORDS}/order/records/aggregate", {"group": [{"field": "project"}]})
    assert groups["links"] == {first: "First"}
