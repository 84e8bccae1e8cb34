"""Stored values are right, whoever writes while definitions or calendars change; nobody's change is lost."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Mapping

from engine.commands.context import run_on
from engine.commands.upkeep import verify_all
from engine.runtime.calls import Call
from engine.runtime.records import create_record
from engine.store.database import Tx
from engine.store.opening import SQLITE
from engine.store.postgres import split_url
from tests.api.linking import APP, RECORDS, Files, change, computed, field_of, install, make, values
from tests.store.outside import connected
from tests.world import Client, World, refusal

FORMULAS = f"/api/apps/{APP}/entities/project/formulas"
CHARGED = {"kind": "computed", "field": "charged"}
PAUSES = 40
WRITERS, WRITES = 16, 5


async def written_while(
    world: World, changes: Awaitable[object], *, entity: str, given: Mapping[str, str | int]
) -> str:
    """The id of a record that somebody is about to write when the change begins."""
    has_begun, is_changed = asyncio.Event(), asyncio.Event()

    async def write(tx: Tx, call: Call) -> str:
        has_begun.set()
        for _ in range(PAUSES if tx.dialect == "postgresql" else 0):
            if is_changed.is_set():
                break
            await tx.fetch_one("SELECT pg_sleep(0.05)")
        return (await create_record(tx, call, APP, entity_key=entity, values=given)).id

    writing = asyncio.ensure_future(run_on(world.backend, write, is_write=True))
    await has_begun.wait()
    await changes
    is_changed.set()
    return await writing


async def test_a_record_written_during_publication_is_computed_by_the_new_formula(world: World) -> None:
    await install(world)
    admin = await world.person("admin")
    customer = await make(admin, "customer", name="Acme", rate=2)

    def edit(files: Files) -> None:
        field_of(files, "project", "charged")["computed"] = "{budget}*{customer.rate}+1000"

    given: dict[str, str | int] = {"name": "Tower", "customer": customer, "budget": 5}
    project = await written_while(world, change(world, edit), entity="project", given=given)
    assert (await values(admin, "project", project))["charged"] == 1010


async def test_a_record_written_while_a_calendar_changes_is_computed_by_the_new_one(world: World) -> None:
    await install(world)
    admin = await world.person("admin")

    def add(files: Files) -> None:
        fields = files["entities/customer.json"]["fields"]
        fields += [{"key": "day", "type": "date", "title": "d"}, computed("days", "NETWORKDAYS({day},{day}+6)")]

    await change(world, add)
    closed = {"title": "Ours", "holidays": ["2026-03-03"]}
    given: dict[str, str | int] = {"name": "Acme", "day": "2026-03-02"}
    changes = admin.call("PUT", "/api/calendars/cn", closed)
    customer = await written_while(world, changes, entity="customer", given=given)
    assert (await values(admin, "customer", customer))["days"] == 4


async def test_of_two_formulas_saved_at_once_one_is_refused(world: World) -> None:
    await install(world)
    admin = await world.person("admin")
    seen = (await admin.get(FORMULAS))["version"]

    async def save(client: Client, source: str) -> tuple[int, str]:
        answer = await client.call("PUT", FORMULAS, {"place": CHARGED, "source": source, "seen_version": seen})
        if answer.status_code != 200:
            refusal(answer, 409, "definition_conflict")
        return answer.status_code, source

    saved = await asyncio.gather(save(admin, "{budget}*2"), save(admin, "{budget}*3"))
    kept = [source for status, source in saved if status == 200]
    assert sorted(status for status, _ in saved) == [200, 409]
    items = (await admin.get(FORMULAS))["items"]
    assert [item["source"] for item in items if CHARGED.items() <= item["place"].items()] == kept


async def test_values_are_right_after_many_wrote_records_and_what_these_link_to_at_once(world: World) -> None:
    await install(world)
    admin = await world.person("admin")
    customers = [await make(admin, "customer", name="Acme", rate=rate) for rate in range(2)]
    projects = [await make(admin, "project", name="Tower", customer=customers[n % 2], budget=n) for n in range(4)]
    orders = [await make(admin, "order", name="Order", project=projects[n % 4], spent=0) for n in range(12)]

    async def write(seed: int) -> set[int]:
        draw, statuses = random.Random(seed), set[int]()
        for _ in range(WRITES):
            entity, record_id, given = draw.choice(
                [
                    ("customer", draw.choice(customers), {"rate": draw.randint(1, 9)}),
                    ("project", draw.choice(projects), {"budget": draw.randint(1, 99)}),
                    ("order", draw.choice(orders), {"project": draw.choice(projects)}),
                ]
            )
            address = f"{RECORDS}/{entity}/records/{record_id}"
            version = (await admin.get(address))["record"]["version"]
            answer = await admin.call("PATCH", address, {"values": given}, if_match=str(version))
            statuses.add(answer.status_code)
        return statuses

    statuses = await asyncio.gather(*[write(seed) for seed in range(WRITERS)])
    assert set().union(*statuses) <= {200, 409}
    assert (await verify_all(world.backend)).findings == ()


async def test_who_needs_a_linked_record_that_somebody_changes_waits_with_nothing_held(
    world: World, sample_url: str
) -> None:
    if sample_url.startswith(SQLITE):
        return  # it has one writer at a time
    await install(world)
    admin = await world.person("admin")
    customer = await make(admin, "customer", name="Acme", rate=2)
    attempts: list[str] = []
    is_repeated = asyncio.Event()

    async def write(tx: Tx, call: Call) -> None:
        attempts.append(call.catalog.app(APP).entity("customer").table.stored.table)
        if len(attempts) > 1:
            is_repeated.set()
        await create_record(tx, call, APP, entity_key="project", values={"name": "Tower", "customer": customer})

    await run_on(world.backend, write, is_write=True)
    async with connected(sample_url) as other, other.transaction():
        await other.execute(f"SELECT id FROM {split_url(sample_url)[1]}.{attempts.pop()} FOR UPDATE")
        writing = asyncio.ensure_future(run_on(world.backend, write, is_write=True))
        async with asyncio.timeout(20):
            await is_repeated.wait()
    await writing
