"""Published versions as a process has read them. They never change, so they are kept for good."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from pydantic import JsonValue

from engine.errors import Problems
from engine.flow.compiled import CompiledFlow
from engine.model.canonical import parse_application
from engine.runtime.compiling import CompiledApplication, compile_application
from engine.runtime.versions import EntityVersion, entity_version, hidden_formerly, source_of
from engine.store.applications import EntityIds, StoredApplication, load_document, load_field_ids
from engine.store.database import Dialect, Tx
from engine.store.entities import StoredEntity, load_entities

# a node of a flow: entity id, flow key, node key
_Place: TypeAlias = tuple[str, str, str]
_Version: TypeAlias = tuple[str, int]


@dataclass
class Versions:
    """What was read of versions, by application id and number."""

    dialect: Dialect
    _compiled: dict[_Version, CompiledApplication] = field(default_factory=dict)
    _field_ids: dict[_Version, Mapping[str, EntityIds]] = field(default_factory=dict)
    _places: dict[_Version, frozenset[_Place]] = field(default_factory=dict)

    async def compiled(self, tx: Tx, application_id: str, number: int) -> CompiledApplication:
        """A version, compiled. Raises `Problems` if this release finds fault with it."""
        known = self._compiled.get((application_id, number))
        if known is not None:
            return known
        compiled = compile_application(parse_application(await load_document(tx, application_id, number)))

        def keep() -> None:
            self._compiled[application_id, number] = compiled

        tx.after_commit(keep)
        return compiled

    async def field_ids(self, tx: Tx, application_id: str, number: int) -> Mapping[str, EntityIds]:
        """What the keys of a version name, by entity key."""
        known = self._field_ids.get((application_id, number))
        if known is not None:
            return known
        found = await load_field_ids(tx, application_id, number)
        if not found:
            # published by an older release that still runs: its keys are those of today
            tables = await load_entities(tx, application_id)
            return {key: EntityIds(table.id, table.field_ids) for key, table in tables.items()}

        def keep() -> None:
            self._field_ids[application_id, number] = found

        tx.after_commit(keep)
        return found

    async def entity(
        self, tx: Tx, application_id: str, number: int, *, now: CompiledApplication, stored: StoredEntity
    ) -> EntityVersion | None:
        """What a version knew of an entity of today; None: it had none."""
        then = await self.compiled(tx, application_id, number)
        return self._entity(then, await self.field_ids(tx, application_id, number), now=now, stored=stored)

    async def flow_entity(
        self,
        tx: Tx,
        application_id: str,
        flow: CompiledFlow,
        *,
        number: int,
        now: CompiledApplication,
        stored: StoredEntity,
    ) -> EntityVersion:
        """What the version of a flow knew of the entity of its records; of one it did not have all is lost."""
        found = await self.entity(tx, application_id, number, now=now, stored=stored)
        if found is not None:
            return found
        then = (await self.compiled(tx, application_id, number)).entities[flow.entity]
        nothing = EntityIds(stored.id, {})
        return entity_version(then, now.entities[stored.key], ids=nothing, stored=stored, dialect=self.dialect)

    def _entity(
        self,
        then: CompiledApplication,
        field_ids: Mapping[str, EntityIds],
        *,
        now: CompiledApplication,
        stored: StoredEntity,
    ) -> EntityVersion | None:
        for key, ids in field_ids.items():
            if ids.id == stored.id and key in then.entities:
                return entity_version(
                    then.entities[key], now.entities[stored.key], ids=ids, stored=stored, dialect=self.dialect
                )
        return None

    async def former_hidden(
        self, tx: Tx, app: StoredApplication, *, compiled: CompiledApplication, tables: Mapping[str, StoredEntity]
    ) -> dict[str, dict[str, frozenset[str]]]:
        """What nodes hide that only earlier versions of the application had: by entity key, by source."""
        entities = {tables[key].id: key for key in compiled.entities}
        today = await self._nodes(tx, app.id, app.version)
        found: dict[_Place, list[tuple[EntityVersion, CompiledFlow]]] = {}
        broken: set[_Place] = set()
        for number in range(1, app.version):
            gone = [place for place in await self._nodes(tx, app.id, number) - today if place[0] in entities]
            if not gone:
                continue
            then = await self._readable(tx, app.id, number)
            ids = await self.field_ids(tx, app.id, number)
            for entity_id in {place[0] for place in gone}:
                stored = tables[entities[entity_id]]
                version = None if then is None else self._entity(then, ids, now=compiled, stored=stored)
                for place in (place for place in gone if place[0] == entity_id):
                    if then is None or version is None:
                        broken.add(place)
                    else:
                        found.setdefault(place, []).append((version, then.flows[place[1]]))
        hidden: dict[str, dict[str, frozenset[str]]] = {key: {} for key in compiled.entities}
        for place in found.keys() | broken:
            entity_id, flow_key, node_key = place
            entity = compiled.entities[entities[entity_id]]
            paths = frozenset(entity.inputs) if place in broken else hidden_formerly(found[place], node_key, entity)
            hidden[entities[entity_id]][source_of(flow_key, node_key)] = paths
        return hidden

    async def _readable(self, tx: Tx, application_id: str, number: int) -> CompiledApplication | None:
        """A version, compiled; None where this release finds fault with it."""
        try:
            return await self.compiled(tx, application_id, number)
        except Problems:
            return None

    async def _nodes(self, tx: Tx, application_id: str, number: int) -> frozenset[_Place]:
        """The nodes of all flows of a version, read from its document as it is."""
        known = self._places.get((application_id, number))
        if known is not None:
            return known
        ids = await self.field_ids(tx, application_id, number)
        files = json.loads(await load_document(tx, application_id, number))["files"]
        flows = [document for path, document in files.items() if path.startswith("flows/")]
        found = frozenset(
            (ids[flow["entity"]].id, flow["key"], key)
            for flow in flows
            if flow["entity"] in ids
            for key in _block_keys(flow["root"])
        )

        def keep() -> None:
            self._places[application_id, number] = found

        tx.after_commit(keep)
        return found


def _block_keys(tree: JsonValue) -> Iterator[str]:
    """Keys of blocks at any depth; a branch, which holds its block, is none."""
    if isinstance(tree, list):
        for item in tree:
            yield from _block_keys(item)
    elif isinstance(tree, dict):
        if "key" in tree and "block" not in tree:
            yield str(tree["key"])
        for item in tree.values():
            yield from _block_keys(item)
