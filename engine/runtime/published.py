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
        for key, ids in (await self.field_ids(tx, application_id, number)).items():
            if ids.id == stored.id and key in then.entities:
                return entity_version(
                    then.entities[key], now.entities[stored.key], ids=ids, stored=stored, dialect=self.dialect
                )
        return None

    async def former_hidden(
        self, tx: Tx, app: StoredApplication, *, compiled: CompiledApplication, tables: Mapping[str, StoredEntity]
    ) -> dict[str, dict[str, frozenset[str]]]:
        """What nodes hide that only earlier versions of the application had: by entity key, by source."""
        today = await self._nodes(tx, app.id, app.version)
        found: dict[_Place, list[tuple[EntityVersion, CompiledFlow]]] = {}
        hidden: dict[str, dict[str, frozenset[str]]] = {key: {} for key in compiled.entities}
        for key, now in compiled.entities.items():
            for number in range(1, app.version):
                gone = [place for place in await self._nodes(tx, app.id, number) - today if place[0] == tables[key].id]
                if not gone:
                    continue
                version, flows = await self._readable(tx, app, number, now=compiled, stored=tables[key])
                for place in gone:
                    if version is None:
                        hidden[key][source_of(*place[1:])] = frozenset(now.inputs)
                    else:
                        found.setdefault(place, []).append((version, flows[place[1]]))
            for (entity_id, flow_key, node_key), versions in found.items():
                if entity_id == tables[key].id:
                    hidden[key].setdefault(source_of(flow_key, node_key), hidden_formerly(versions, node_key, now))
        return hidden

    async def _readable(
        self, tx: Tx, app: StoredApplication, number: int, *, now: CompiledApplication, stored: StoredEntity
    ) -> tuple[EntityVersion | None, Mapping[str, CompiledFlow]]:
        """A version of an entity and the flows; None where this release finds fault with the version."""
        try:
            version = await self.entity(tx, app.id, number, now=now, stored=stored)
            return version, (await self.compiled(tx, app.id, number)).flows
        except Problems:
            return None, {}

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
