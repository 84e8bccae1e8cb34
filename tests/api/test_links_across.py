"""Links into another application: chosen, titled and listed under the reader's right over there."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest

from engine.commands.context import run_on
from engine.commands.upkeep import verify_all
from engine.errors import Problems
from engine.model.loading import load_application
from engine.runtime.calls import Call
from engine.runtime.definitions import plan_application
from engine.store.database import Tx
from tests.api.linking import APP, FILES, RECORDS, Files, install, link, make, publish, text
from tests.api.test_link_access import ALL, for_everyone
from tests.api.test_related import related
from tests.world import Client, World, refusal

OTHER = "crm"
TICKETS = f"/api/apps/{OTHER}/entities/ticket/records"
MISSING = "0" * 24


def crm(*more: dict[str, object], sets: Mapping[str, Mapping[str, object]] | None = None) -> Files:
    """Tickets about projects of the other application."""
    fields = [text("name", required=True), link("project", "project", app=APP), *more]
    files: Files = {
        "app.json": {"format": 1, "key": OTHER, "title": "CRM"},
        "entities/ticket.json": {"key": "ticket", "title": "Ticket", "record_title": "{name}", "fields": fields},
    }
    for key, given in (sets or {}).items():
        files[f"permission_sets/{key}.json"] = {"key": key, "title": key, **given}
    return files


MANY = link("others", "project", app=APP, multiple=True)
ROWS: dict[str, object] = {
    "key": "lines",
    "type": "subform",
    "title": "lines",
    "fields": [link("item", "project", app=APP), text("note")],
}


async def installed(world: World, sets: Mapping[str, Mapping[str, object]] | None = None) -> Client:
    await install(world, sets=sets)
    await publish(world, crm(MANY, ROWS, sets={"ticket": for_everyone("ticket", ALL)}))
    return await world.person("admin")


async def ticket(client: Client, **values: object) -> str:
    made: str = (await client.post(TICKETS, {"values": {"name": "t", **values}}))["id"]
    return made


async def test_records_of_another_application_are_linked_and_titled(world: World) -> None:
    admin = await installed(world)
    tower, bridge = await make(admin, "project", name="Tower"), await make(admin, "project", name="Bridge")
    made = await ticket(admin, project=tower, others=[bridge, tower], lines=[{"item": bridge}])
    detail = (await admin.get(f"{TICKETS}/{made}"))["record"]
    assert detail["values"]["project"] == tower
    assert detail["links"] == {tower: "Tower", bridge: "Bridge"}
    page = await admin.get(f'{TICKETS}?filter={{"field":"others","op":"has_any","value":["{bridge}"]}}')
    assert page["items"][0]["links"] == {tower: "Tower", bridge: "Bridge"}
    asked = {"expand": ["project", "others"]}
    found = await admin.post(f"{TICKETS}/query", asked)
    assert {item["title"] for item in found["linked"].values()} == {"Tower", "Bridge"}
    assert (await verify_all(world.backend)).findings == ()


async def test_what_is_linked_is_there_and_of_the_entity_over_there(world: World) -> None:
    admin = await installed(world)
    customer = await make(admin, "customer", name="Acme")
    own = await ticket(admin)
    for wrong in (MISSING, customer, own):
        sent = {"values": {"name": "x", "project": wrong, "others": [wrong], "lines": [{"item": wrong}]}}
        error = refusal(await admin.call("POST", TICKETS, sent), 422, "invalid")
        assert [(item["code"], item["path"]) for item in error["errors"]] == [
            ("linked_record_unknown", "/project"),
            ("linked_record_unknown", "/others"),
            ("linked_record_unknown", "/lines/0/item"),
        ]


async def test_the_right_over_there_decides(world: World) -> None:
    rows = {"field": "name", "op": "ne", "value": "canary"}
    admin = await installed(world, {"project": for_everyone("project", {"*": "read"}, rows=rows)})
    other = await world.person("he.jie")
    tower, canary = await make(admin, "project", name="Tower"), await make(admin, "project", name="canary")
    made = await ticket(admin, project=canary, others=[tower, canary])
    answer = await other.call("GET", f"{TICKETS}/{made}")
    assert answer.json()["record"]["links"] == {tower: "Tower"}
    assert "canary" not in answer.text
    sent = {"values": {"name": "x", "project": canary}}
    refusal(await other.call("POST", TICKETS, sent), 422, "invalid")
    assert await ticket(other, project=tower)


async def test_who_reads_nothing_over_there_chooses_nothing(world: World) -> None:
    admin = await installed(world)
    other = await world.person("he.jie")
    tower = await make(admin, "project", name="canary")
    made = await ticket(admin, project=tower)
    answer = await other.call("GET", f"{TICKETS}/{made}")
    assert (answer.status_code, "canary" in answer.text) == (200, False), answer.text
    refusal(await other.call("POST", TICKETS, {"values": {"name": "x", "project": tower}}), 422, "invalid")


async def with_list(world: World, files: Files) -> None:
    """Projects list their tickets."""
    found: Files = {}

    async def look(_tx: Tx, call: Call) -> None:
        document = call.catalog.app(APP).compiled.application.entities["project"]
        found["fields"] = document.model_dump(mode="json", by_alias=True, exclude_unset=True)["fields"]

    await run_on(world.backend, look, is_write=False)
    project = {
        **files["entities/project.json"],
        "fields": [*found["fields"], related("tickets", "ticket", "project", app=OTHER)],
    }
    await publish(world, {**files, "entities/project.json": project})


async def test_the_other_side_is_listed_here(world: World) -> None:
    files = {**FILES, "permission_sets/p.json": {"key": "p", "title": "p", **for_everyone("project", ALL)}}
    await publish(world, files)
    rows = {"field": "name", "op": "ne", "value": "canary"}
    await publish(world, crm(sets={"ticket": for_everyone("ticket", {"*": "read"}, rows=rows)}))
    await with_list(world, files)
    admin, other = await world.person("admin"), await world.person("he.jie")
    tower = await make(admin, "project", name="Tower")
    await ticket(admin, name="canary", project=tower)
    await ticket(admin, name="open", project=tower)
    place = f"{RECORDS}/project/records/{tower}/related/tickets"
    seen = await other.get(place)
    assert [item["values"]["name"] for item in seen["items"]] == ["open"]
    assert seen["items"][0]["links"] == {tower: "Tower"}
    assert (await other.get(f"{place}/count"))["count"] == 1
    assert (await admin.get(f"{place}/count"))["count"] == 2
    gone = crm()
    gone["entities/ticket.json"]["key"] = "issue"
    gone["entities/issue.json"] = gone.pop("entities/ticket.json")
    await publish(world, gone)
    refusal(await admin.call("GET", place), 404, "related_unavailable")


async def planned(world: World, files: Files) -> Any:
    """The warnings of a plan, or what it refuses."""

    async def work(tx: Tx, call: Call) -> Any:
        application, _ = load_application({path: json.dumps(document).encode() for path, document in files.items()})
        assert application is not None
        try:
            return [(item.code, item.path) for item in (await plan_application(tx, call, application)).warnings]
        except Problems as problems:
            return [(item.code, item.file, item.path) for item in problems.errors]

    return await run_on(world.backend, work, is_write=True)


@pytest.mark.parametrize(
    ("field", "code", "path"),
    [
        (link("x", "project", app="nowhere"), "unknown_app", "/fields/2/app"),
        (link("x", "nothing", app=APP), "unknown_entity", "/fields/2/entity"),
        ({**ROWS, "fields": [link("x", "nothing", app=APP)]}, "unknown_entity", "/fields/2/fields/0/entity"),
        (related("x", "order", "project", app=APP), "not_a_link_here", "/fields/2/by"),
        (related("x", "order", "nothing", app=APP), "unknown_field", "/fields/2/by"),
    ],
)
async def test_what_the_other_application_lacks_is_refused(
    world: World, field: dict[str, object], code: str, path: str
) -> None:
    await install(world)
    assert await planned(world, crm(field)) == [(code, "entities/ticket.json", path)]


async def test_an_application_does_not_name_itself(world: World) -> None:
    await install(world)
    with pytest.raises(AssertionError, match="is this application itself"):
        await publish(world, crm(link("x", "ticket", app=OTHER)))


async def test_formulas_do_not_read_through_such_a_link(world: World) -> None:
    await install(world)
    sum_of: dict[str, object] = {"key": "s", "type": "number", "title": "s", "computed": "{project.budget}*2"}
    with pytest.raises(AssertionError, match=r"There is no field project\.budget"):
        await publish(world, crm(sum_of))


def without_projects() -> Files:
    """The other application with nothing but customers."""
    return {key: FILES[key] for key in ("app.json", "entities/customer.json")}


async def test_an_entity_that_goes_leaves_links_unavailable_until_it_is_back(world: World) -> None:
    await install(world)
    await publish(world, crm())
    admin = await world.person("admin")
    tower = await make(admin, "project", name="Tower")
    made = await ticket(admin, project=tower)
    assert ("linked_from_elsewhere", "/key") in await planned(world, without_projects())
    await publish(world, without_projects())
    detail = (await admin.get(f"{TICKETS}/{made}"))["record"]
    assert (detail["values"]["project"], detail["links"]) == (tower, {})
    # what is stored stays, and the rest of the record can be changed
    seen = {"values": {"name": "other", "project": tower}}
    await admin.patch(f"{TICKETS}/{made}", seen, if_match="1")
    refusal(await admin.call("POST", TICKETS, {"values": {"name": "x", "project": tower}}), 422, "invalid")
    assert (await admin.get(TICKETS))["items"][0]["links"] == {}
    # the application that has the link goes on, with a warning
    assert await planned(world, crm(text("more"))) == [("unknown_entity", "/fields/1/entity")]
    await publish(world, FILES)
    assert (await admin.get(f"{TICKETS}/{made}"))["record"]["links"] == {tower: "Tower"}


async def test_a_link_follows_an_entity_that_was_renamed_over_there(world: World) -> None:
    await install(world)
    await publish(world, crm())
    admin = await world.person("admin")
    tower = await make(admin, "project", name="Tower")
    made = await ticket(admin, project=tower)
    deal = {**FILES["entities/project.json"], "key": "deal", "was": "project"}
    renamed = {**without_projects(), "entities/deal.json": deal}
    await publish(world, renamed)
    assert (await admin.get(f"{TICKETS}/{made}"))["record"]["links"] == {}
    to_deals = crm()
    to_deals["entities/ticket.json"]["fields"][1]["entity"] = "deal"
    await publish(world, to_deals)
    assert (await admin.get(f"{TICKETS}/{made}"))["record"]["links"] == {tower: "Tower"}
    to_customers = crm()
    to_customers["entities/ticket.json"]["fields"][1]["entity"] = "customer"
    assert await planned(world, to_customers) == [
        ("type_change_unsupported", "entities/ticket.json", "/fields/1/entity")
    ]


async def test_a_link_does_not_change_the_application(world: World) -> None:
    await install(world)
    await publish(world, crm())
    own = crm()
    own["entities/ticket.json"]["fields"][1] = link("project", "ticket")
    assert [code for code, *_ in await planned(world, own)] == ["type_change_unsupported"]
