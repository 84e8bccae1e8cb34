"""An earlier version of an application over the records of today: ids tell what became of its keys (flow.md §1.8)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from engine.flow.compiled import CompiledFlow
from engine.flow.views import node_rights
from engine.forms.compile import CompiledEntity
from engine.forms.rights import Authored, Rights, carry_over, hidden_paths, named_paths, resolve_rights
from engine.store.applications import EntityIds
from engine.store.database import Dialect
from engine.store.entities import StoredEntity
from engine.store.records import RecordTable

NOTHING: frozenset[str] = frozenset()


def source_of(flow_key: str, node_key: str) -> str:
    """How a reader row names the node that brought a person in."""
    return f"{flow_key}/{node_key}"


def authored_rights(flow: CompiledFlow, node_key: str) -> Authored:
    """The rights at a node; nodes without people see what the initiator may."""
    node = flow.nodes.get(node_key)
    return node_rights(flow, node_key if node is not None and node.is_task else flow.initiate)


@dataclass(frozen=True)
class EntityVersion:
    """An entity as one version defined it, with what became of it. `now` is the entity of today.

    `paths`: path of today by the path of that version, for what is still there. `table`: the records under the keys
    of that version, removed fields too. `is_renamed`: whether these keys mean something else today. `lost`: paths of
    which nothing is known any more.
    """

    then: CompiledEntity
    now: CompiledEntity
    paths: Mapping[str, str]
    table: RecordTable
    is_renamed: bool
    lost: frozenset[str]

    @cached_property
    def keys_then(self) -> Mapping[str, str]:
        """The key of that version by the key of today; fields that were added since are absent."""
        return {now: then for then, now in self.paths.items() if "." not in then}

    def rights(self, authored: Authored, *, seen: frozenset[str] = NOTHING) -> Rights:
        """The rights that the version gives to the fields of today.

        Fields it does not know are hidden; those in `seen` may be read.
        """
        return carry_over(resolve_rights(self.then, authored), authored, paths=self.paths, now=self.now, seen=seen)


def entity_version(
    then: CompiledEntity, now: CompiledEntity, *, ids: EntityIds, stored: StoredEntity, dialect: Dialect
) -> EntityVersion:
    """What became of an entity whose keys named `ids`."""
    paths = paths_today(ids, stored)
    former = stored.under({path: field_id for path, field_id in ids.fields.items() if path in then.inputs})
    return EntityVersion(
        then=then,
        now=now,
        paths={path: paths[path] for path in then.inputs if path in paths},
        table=RecordTable(former, dialect),
        is_renamed=any(paths.get(path) != path for path in then.inputs),
        lost=frozenset(then.inputs) - former.field_ids.keys(),
    )


def paths_today(ids: EntityIds, stored: StoredEntity) -> dict[str, str]:
    """What the paths of a version are called today, those that are still there."""
    today = {field_id: path for path, field_id in stored.field_ids.items()}
    return {path: today[field_id] for path, field_id in ids.fields.items() if field_id in today}


@dataclass(frozen=True)
class FlowVersion:
    """A flow as it was when an instance started. `entity` is None for the version of today, whose keys are those used.

    `hidden_today`: what the nodes of today hide, by source; it rules fields that the version does not know.
    """

    flow: CompiledFlow
    now: CompiledEntity
    entity: EntityVersion | None
    hidden_today: Mapping[str, frozenset[str]]

    @cached_property
    def _rights(self) -> dict[str, Rights]:
        return {}

    def rights(self, node_key: str) -> Rights:
        """The rights at a node over the fields of today."""
        found = self._rights.get(node_key)
        if found is None:
            found = self._rights[node_key] = self._resolve(node_key)
        return found

    def named(self, node_key: str) -> frozenset[str]:
        """The paths of today that the author gave a right at the node one by one."""
        named = named_paths(authored_rights(self.flow, node_key))
        if self.entity is None:
            return named
        return frozenset(self.entity.paths[path] for path in named if path in self.entity.paths)

    def _resolve(self, node_key: str) -> Rights:
        authored = authored_rights(self.flow, node_key)
        if self.entity is None:
            return resolve_rights(self.now, authored)
        everything = frozenset(self.now.inputs)
        hidden = self.hidden_today.get(source_of(self.flow.key, node_key), everything)
        return self.entity.rights(authored, seen=everything - hidden)

    @cached_property
    def hidden_from_some(self) -> frozenset[str]:
        """Paths of today that some node hides from its people."""
        return NOTHING.union(*(hidden_paths(self.rights(key)) for key in self.flow.nodes))

    @property
    def lost(self) -> frozenset[str]:
        """Paths that the flow may name and nothing is known of."""
        return NOTHING if self.entity is None else self.entity.lost

    def keys_then(self, keys: Iterable[str]) -> frozenset[str]:
        """What the flow calls fields of today; it does not know those that were added since."""
        if self.entity is None:
            return frozenset(keys)
        return frozenset(self.entity.keys_then[key] for key in keys if key in self.entity.keys_then)


def hidden_formerly(
    versions: Iterable[tuple[EntityVersion, CompiledFlow]], node_key: str, now: CompiledEntity
) -> frozenset[str]:
    """What a node that is gone hides from those it brought in: all that one of its versions hid or none knew."""
    hidden, unknown = NOTHING, frozenset(now.inputs)
    for version, flow in versions:
        known = frozenset(version.paths.values())
        hidden |= hidden_paths(version.rights(authored_rights(flow, node_key))) & known
        unknown -= known
    return hidden | unknown
