"""Formulas, lookups, roll-ups and sums of rows over random entities stay right, whatever is written or published."""

from __future__ import annotations

import random
from typing import Any

import pytest

from engine.commands.upkeep import verify_all
from tests.api.linking import APP, RECORDS, Files, computed, edit, link, make, number, publish, record
from tests.world import Client, World

ENTITIES = ("first", "second", "third")
FUNCTIONS = ("count", "sum", "average", "min", "max")
MADE = 14
STEPS, PROOF_STEPS = 18, 400
SEEDS = range(4)


class Graph:
    """Random entities whose values are made of each other, each of what stands before it: there is no circle."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.links = {entity: [self.random.choice(ENTITIES) for _ in range(2)] for entity in ENTITIES}
        self.items = {entity: self.random.choice(ENTITIES) for entity in ENTITIES}
        self.fields: dict[str, list[dict[str, Any]]] = {entity: [] for entity in ENTITIES}
        self.columns: dict[str, list[dict[str, Any]]] = {entity: [] for entity in ENTITIES}
        self.names: dict[str, list[str]] = {entity: ["n"] for entity in ENTITIES}
        self.cells: dict[str, list[str]] = {entity: ["q"] for entity in ENTITIES}
        for position in range(MADE):
            entity = self.random.choice(ENTITIES)
            make_one = self.random.choice([self.formula, self.lookup, self.rollup, self.rollup, self.cell, self.total])
            make_one(entity, f"f{position}")

    def formula(self, entity: str, key: str) -> None:
        position = self.random.randrange(2)
        behind = self.random.choice(self.names[self.links[entity][position]])
        own = self.random.choice(self.names[entity])
        self.add(entity, computed(key, f"{{{own}}}-{{l{position}.{behind}}}+{self.random.randint(1, 9)}"))

    def lookup(self, entity: str, key: str) -> None:
        position = self.random.randrange(2)
        shown = self.random.choice(self.names[self.links[entity][position]])
        self.add(entity, {"key": key, "type": "lookup", "title": key, "link": f"l{position}", "field": shown})

    def rollup(self, entity: str, key: str) -> None:
        ways = [(child, f"l{at}") for child in ENTITIES for at in range(2) if self.links[child][at] == entity]
        ways += [(child, "rows.item") for child in ENTITIES if self.items[child] == entity]
        if not ways:
            return
        child, by = self.random.choice(ways)
        cells = [f"rows.{cell}" for cell in self.cells[child]] if by == "rows.item" else []
        function = self.random.choice(FUNCTIONS)
        field: dict[str, Any] = {"key": key, "type": "rollup", "title": key, "entity": child, "by": by}
        field["function"] = function
        if function != "count":
            field["field"] = self.random.choice([*self.names[child], *cells])
        if self.random.random() < 0.5:
            field["where"] = {"field": self.random.choice(self.names[child]), "op": "gt", "value": 0}
        self.add(entity, field)

    def cell(self, entity: str, key: str) -> None:
        target = self.items[entity]
        shown = self.random.choice(self.names[target])
        if self.random.random() < 0.5:
            made: dict[str, Any] = {"key": key, "type": "lookup", "title": key, "link": "item", "field": shown}
        else:
            made = computed(key, f"{{q}}*2+{{item.{shown}}}+{{{self.random.choice(self.names[entity])}}}") | {
                "digits": 18
            }
        self.columns[entity].append(made)
        self.cells[entity].append(key)

    def total(self, entity: str, key: str) -> None:
        self.add(entity, computed(key, f"SUM({{rows.{self.random.choice(self.cells[entity])}}})"))

    def add(self, entity: str, field: dict[str, Any]) -> None:
        self.fields[entity].append(field | ({"digits": 18} if "computed" in field else {}))
        self.names[entity].append(field["key"])

    def files(self) -> Files:
        found: Files = {"app.json": {"format": 1, "key": APP, "title": "Work"}}
        for entity in ENTITIES:
            rows = [number("q", digits=18), link("item", self.items[entity]), *self.columns[entity]]
            links = [link(f"l{position}", target) for position, target in enumerate(self.links[entity])]
            fields = [
                number("n", digits=18),
                *links,
                {"key": "rows", "type": "subform", "title": "rows", "fields": rows},
            ]
            found[f"entities/{entity}.json"] = {
                "key": entity,
                "title": entity,
                "fields": [*fields, *self.fields[entity]],
            }
        return found

    def change(self) -> None:
        """Make something else of a formula, or narrow a roll-up, or widen it."""
        made = [field for fields in self.fields.values() for field in fields if field["type"] != "lookup"]
        field = self.random.choice(made)
        if "computed" in field:
            field["computed"] += "+{n}"
        elif field.pop("where", None) is None:
            field["where"] = {"field": "n", "op": "lt", "value": 3}


class Writer:
    """Somebody who writes, deletes and restores whatever comes to his mind."""

    def __init__(self, graph: Graph, client: Client) -> None:
        self.graph, self.client, self.draw = graph, client, graph.random
        self.there: dict[str, list[str]] = {entity: [] for entity in ENTITIES}
        self.gone: list[tuple[str, str]] = []

    async def step(self) -> None:
        entity = self.draw.choice(ENTITIES)
        chance = self.draw.random()
        if chance < 0.12 and self.there[entity]:
            await self.delete(entity)
        elif chance < 0.24 and self.gone:
            await self.restore()
        elif chance < 0.5 or not self.there[entity]:
            self.there[entity].append(await make(self.client, entity, **self.values(entity)))
        else:
            changes = self.values(entity)
            kept = self.draw.sample(sorted(changes), self.draw.randint(1, len(changes)))
            record_id = self.draw.choice(self.there[entity])
            await edit(self.client, entity, record_id, **{key: changes[key] for key in kept})

    def values(self, entity: str) -> dict[str, object]:
        def target(key: str) -> str | None:
            return self.draw.choice([*self.there[key], None])

        links = {f"l{position}": target(key) for position, key in enumerate(self.graph.links[entity])}
        rows = [
            {"q": self.draw.randint(0, 5), "item": target(self.graph.items[entity])}
            for _ in range(self.draw.randint(0, 3))
        ]
        return {"n": self.draw.randint(-9, 9), "rows": rows, **links}

    async def delete(self, entity: str) -> None:
        record_id = self.there[entity].pop(self.draw.randrange(len(self.there[entity])))
        version = (await record(self.client, entity, record_id))["version"]
        address = f"{RECORDS}/{entity}/records/{record_id}"
        answer = await self.client.call("DELETE", address, None, if_match=str(version))
        assert answer.status_code < 300, answer.text
        self.gone.append((entity, record_id))

    async def restore(self) -> None:
        entity, record_id = self.gone.pop(self.draw.randrange(len(self.gone)))
        await self.client.post(f"{RECORDS}/{entity}/records/bin/{record_id}/restore")
        self.there[entity].append(record_id)


@pytest.mark.parametrize("seed", SEEDS)
async def test_stored_values_are_those_of_a_full_computation(world: World, seed: int, *, is_proof: bool) -> None:
    graph = Graph(seed)
    await publish(world, graph.files())
    writer = Writer(graph, await world.person("admin"))
    steps = PROOF_STEPS if is_proof else STEPS
    for position in range(1, steps + 1):
        await writer.step()
        if position % (steps // 2) == 0:
            graph.change()
            await publish(world, graph.files())
        assert (await verify_all(world.backend)).findings == (), (seed, position, graph.files())
