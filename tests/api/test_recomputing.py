"""Stored values after any edits are those that computing everything anew gives, over random entities with links."""

from __future__ import annotations

import random
from typing import Any

import pytest

from engine.commands.context import run_on
from engine.commands.upkeep import verify_all
from engine.runtime import recomputing, storing
from engine.runtime.calls import Call
from engine.runtime.recomputing import recompute_everything, recompute_for_calendars
from engine.store.database import Tx
from tests.api.linking import APP, RECORDS, Files, change, computed, edit, field_of, install, link, make, number, record
from tests.api.linking import publish as publish_files
from tests.world import Client, World, refusal

ENTITIES = ("first", "second", "third")
STEPS, SEEDS = 25, range(4)


class Graph:
    """Random entities: what is computed reads only what stands before it, so that there are no circles."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.links = {entity: [self.random.choice(ENTITIES) for _ in range(2)] for entity in ENTITIES}
        self.items = {entity: self.random.choice(ENTITIES) for entity in ENTITIES}
        self.formulas: dict[tuple[str, str], str] = {}
        self.names: dict[str, list[str]] = {entity: ["n"] for entity in ENTITIES}
        for position in range(9):
            entity = self.random.choice(ENTITIES)
            if position % 4 == 3:
                self.add_row(entity, f"r{position}")
            else:
                self.add(entity, f"f{position}")

    def through(self, entity: str, hops: int) -> tuple[str, str]:
        """A way over links and the entity where it ends."""
        steps = []
        for _ in range(hops):
            position = self.random.randrange(2)
            steps.append(f"l{position}")
            entity = self.links[entity][position]
        return "".join(f"{step}." for step in steps), entity

    def term(self, entity: str) -> str:
        way, end = self.through(entity, self.random.randrange(4))
        name = self.random.choice(self.names[end])
        if name.startswith("rows."):
            return f"SUM({{{way}{name}}})"
        return f"{{{way}{name}}}"

    def add(self, entity: str, name: str) -> None:
        parts = [self.term(entity) for _ in range(self.random.randint(1, 3))]
        self.formulas[entity, name] = "+".join([*parts, str(self.random.randint(1, 9))])
        self.names[entity].append(name)

    def add_row(self, entity: str, name: str) -> None:
        """A column, made from what the row links to and from the record."""
        known = [key for key in self.names[self.items[entity]] if not key.startswith("rows.")]
        inner = f"{{item.{self.random.choice(known)}}}"
        self.formulas[entity, f"rows.{name}"] = f"{{q}}*2+{inner}+{self.term(entity)}"
        self.names[entity].append(f"rows.{name}")

    def files(self) -> Files:
        found: Files = {"app.json": {"format": 1, "key": APP, "title": "Work"}}
        for entity in ENTITIES:
            own = {name: text for (key, name), text in self.formulas.items() if key == entity}
            columns = [computed(name[5:], text) for name, text in own.items() if name.startswith("rows.")]
            rows = [number("q"), link("item", self.items[entity]), *columns]
            fields: list[dict[str, object]] = [number("n")]
            fields += [link(f"l{position}", target) for position, target in enumerate(self.links[entity])]
            fields.append({"key": "rows", "type": "subform", "title": "rows", "fields": rows})
            fields += [computed(name, text) for name, text in own.items() if not name.startswith("rows.")]
            for field in [*fields, *columns]:
                field |= {"digits": 18} if field.get("computed") else {}
            found[f"entities/{entity}.json"] = {"key": entity, "title": entity, "fields": fields}
        return found


async def some_edit(graph: Graph, client: Client, known: dict[str, list[str]]) -> None:
    draw = graph.random
    entity = draw.choice(ENTITIES)

    def target(key: str) -> str | None:
        return draw.choice([*known[key], None])

    changes: dict[str, object] = {"n": draw.randint(-9, 9)}
    for position, key in enumerate(graph.links[entity]):
        if draw.random() < 0.5:
            changes[f"l{position}"] = target(key)
    if draw.random() < 0.5:
        items = graph.items[entity]
        changes["rows"] = [{"q": draw.randint(0, 5), "item": target(items)} for _ in range(draw.randint(0, 3))]
    if not known[entity] or draw.random() < 0.3:
        known[entity].append(await make(client, entity, **changes))
    else:
        kept = draw.sample(sorted(changes), draw.randint(1, len(changes)))
        await edit(client, entity, draw.choice(known[entity]), **{key: changes[key] for key in kept})


async def is_sound(world: World) -> bool:
    return (await verify_all(world.backend)).findings == ()


@pytest.mark.parametrize("seed", SEEDS)
async def test_stored_values_are_those_of_a_full_computation(world: World, seed: int) -> None:
    graph = Graph(seed)
    await publish_files(world, graph.files())
    admin = await world.person("admin")
    known: dict[str, list[str]] = {entity: [] for entity in ENTITIES}
    for _ in range(STEPS):
        await some_edit(graph, admin, known)
        assert await is_sound(world), graph.formulas
    key = graph.random.choice(sorted(graph.formulas))
    graph.formulas[key] += "+{n}" if "." not in key[1] else "+{q}"
    await publish_files(world, graph.files())
    assert await is_sound(world), (key, graph.formulas)


async def orders(world: World, count: int) -> tuple[Client, str]:
    await install(world)
    admin = await world.person("admin")
    project = await make(admin, "project", name="Tower", budget=1)
    for _ in range(count):
        await make(admin, "order", name="o", project=project)
    return admin, project


async def test_one_change_reaches_so_many_records_and_no_more(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    admin, project = await orders(world, 3)
    monkeypatch.setattr(storing, "MAX_DEPENDENTS", 2)
    seen = await record(admin, "project", project)
    sent = {"values": {"secret": 5}}
    address = f"{RECORDS}/project/records/{project}"
    error = refusal(await admin.call("PATCH", address, sent, if_match=str(seen["version"])), 422, "too_many_dependents")
    assert error["params"] == {"max": 2}
    assert await record(admin, "project", project) == seen
    assert await is_sound(world)
    # what nobody reads through a link may change
    await edit(admin, "project", project, name="Bridge")


async def test_too_many_records_on_a_way_are_refused_as_well(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    await install(world)
    admin = await world.person("admin")
    customer = await make(admin, "customer", name="Acme", region="north")
    projects = [await make(admin, "project", name="p", customer=customer) for _ in range(4)]
    order = await make(admin, "order", name="o", project=max(projects))
    monkeypatch.setattr(storing, "MAX_DEPENDENTS", 2)
    # of the projects nothing is computed, and but one order is
    seen = await record(admin, "customer", customer)
    sent, address = {"values": {"region": "south"}}, f"{RECORDS}/customer/records/{customer}"
    refusal(await admin.call("PATCH", address, sent, if_match=str(seen["version"])), 422, "too_many_dependents")
    assert await is_sound(world)
    monkeypatch.undo()
    await edit(admin, "customer", customer, region="south")
    assert (await record(admin, "order", order))["values"]["place"] == "south"


async def test_publishing_computes_more_records_than_one_change_may(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await orders(world, 3)
    monkeypatch.setattr(storing, "MAX_DEPENDENTS", 2)
    monkeypatch.setattr(recomputing, "BATCH", 2)
    await change(world, lambda files: field_of(files, "project", "charged").update(computed="{budget}*5"))
    assert await is_sound(world)


async def counted(world: World, work: Any) -> int:
    found: list[int] = []

    async def unit(tx: Tx, call: Call) -> None:
        found.append(await work(tx, call))

    await run_on(world.backend, unit, is_write=True)
    return found[-1]


async def test_computing_everything_anew_changes_nothing(world: World) -> None:
    admin, project = await orders(world, 2)
    before = await record(admin, "project", project)
    assert await counted(world, recompute_everything) == 0
    assert await record(admin, "project", project) == before


async def test_a_changed_calendar_computes_what_counts_by_it(world: World) -> None:
    await install(world)
    admin = await world.person("admin")

    def add(files: Files) -> None:
        fields = files["entities/customer.json"]["fields"]
        fields += [{"key": "day", "type": "date", "title": "d"}, computed("days", "NETWORKDAYS({day},{day}+6)")]
        files["entities/project.json"]["fields"].append(computed("twice", "{customer.days}*2"))

    await change(world, add)
    customer = await make(admin, "customer", name="Acme", day="2026-03-02")
    project = await make(admin, "project", name="Tower", customer=customer)
    assert (await record(admin, "project", project))["values"]["twice"] == 10
    (shown,) = (await admin.get("/api/calendars"))["items"]
    body = {
        key: shown[key] for key in ("title", "base", "workdays", "hours", "extra_workdays", "names", "loaded_years")
    }
    await admin.call("PUT", f"/api/calendars/{shown['key']}", {**body, "holidays": ["2026-03-03"]})
    await counted(world, recompute_for_calendars)
    assert (await record(admin, "project", project))["values"]["twice"] == 8
    assert await is_sound(world)
