"""What the caller may do with records: grants of permission sets, the row predicate, and the fields of each record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol, TypeAlias

from engine.access.grants import is_granted
from engine.access.predicate import (
    Access,
    Action,
    FieldAccess,
    Grant,
    Holds,
    NotAllowed,
    allows,
    hidden_by,
    read_access,
    writable_rights,
)
from engine.errors import Rejection
from engine.forms.rights import Right, Rights
from engine.forms.rollups import path_beyond
from engine.model.expressions import EVERYTHING, NOTHING, Expression
from engine.model.filters import Filter, depends_on_time
from engine.model.paths import is_among
from engine.model.permission_sets import PermissionSet
from engine.model.system_fields import SYSTEM_FIELD_TYPES
from engine.model.values import Value
from engine.query.context import QueryContext
from engine.query.filters import build_expression
from engine.query.match import matches, reads_links
from engine.query.queried import Seen
from engine.runtime.calls import Call
from engine.runtime.catalog import AppEntity, InstalledApp, Standing
from engine.store.database import Tx
from engine.store.history import reader_sources
from engine.store.records import Record

NOWHERE: frozenset[str] = frozenset()
MAX_STANDINGS = 10_000
# row conditions that only the database knows, with the ids of the records in question for which they hold
Asked: TypeAlias = Mapping[Expression, frozenset[str]]


class Readable(Protocol):
    """A record as far as it is asked what may be seen of it."""

    @property
    def id(self) -> str: ...
    @property
    def whole(self) -> Mapping[str, Value]:
        """All values by key, those of system fields too."""


class AdminsOnly(Rejection):
    """Something only admins may do."""

    code = "admins_only"
    status = 403
    zh = "仅管理员可以操作"
    en = "Only admins may do this"


def require_admin(call: Call) -> None:
    """Raises `AdminsOnly` unless the caller is an admin."""
    if not call.principal.is_admin:
        raise AdminsOnly


@dataclass(frozen=True)
class Reading:
    """What the caller may see of an entity.

    `hidden`: paths hidden in some row, so that no filter, sort or count may use them. `by_node`: for each source
    through which people take part in a flow, what its node hides. `everything`: every path, which a source hides
    of which nothing is known.
    """

    access: Access
    hidden: frozenset[str]
    by_node: Mapping[str, frozenset[str]]
    everything: frozenset[str]
    entity: AppEntity

    @property
    def rows(self) -> Expression:
        """The predicate of rows that may be read."""
        return self.access.rows

    @property
    def hidden_always(self) -> frozenset[str]:
        """Paths that no row shows."""
        return self.access.hidden_always

    def hidden_in(self, record: Readable, *, sources: Iterable[str], member_id: str, asked: Asked) -> frozenset[str]:
        """Paths hidden in one record that the predicate admits; `sources`: why the member is among its readers."""
        if self.access.is_admin:
            return NOWHERE
        through = list(sources)
        holds = _holding(record, readers=frozenset({member_id}) if through else NOWHERE, asked=asked)
        hidden = self.access.hidden_in(holds)
        own = self.access.layers[0]
        granted = any(holds(layer.rows) for layer in self.access.layers if layer != own)
        if granted or not through:
            return hidden
        return hidden | frozenset.intersection(*(self.by_node.get(source, self.everything) for source in through))


async def _ask(tx: Tx, entity: AppEntity, expressions: Iterable[Expression], *, records: Sequence[Readable]) -> Asked:
    """For which of the records the row conditions hold that only the database knows."""
    ids = [record.id for record in records]
    found: dict[Expression, frozenset[str]] = {}
    for rows in dict.fromkeys(expressions):
        if reads_links(rows):
            # unfiltered: the records were read by the predicate, of which this is a part
            found[rows] = await entity.table.admitted(tx, ids, access=rows)
    return found


def _holding(record: Readable, *, readers: frozenset[str], asked: Asked) -> Holds:
    """Whether row conditions hold for the record."""
    values = record.whole
    return lambda rows: record.id in asked[rows] if rows in asked else matches(rows, values, readers=readers)


def grants_of(call: Call, app: InstalledApp, entity: AppEntity) -> tuple[Grant, ...]:
    """The permission sets of an entity that apply to the caller."""
    return _standing(call, app, entity).grants


def _standing(call: Call, app: InstalledApp, entity: AppEntity) -> Standing:
    """What the caller's permission sets give him; kept until definitions or the organisation change."""
    known = call.standings.get((entity.id, call.principal))
    if known is not None:
        return known
    given = _given(call, app, entity)
    grants = _grants(call, entity, given)
    beyond = hidden_behind(call, app, entity)
    found = Standing(grants, read_access(call.principal, grants, entity.compiled.inputs, beyond=beyond), beyond)
    if not any(item.rows is not None and _moves(entity, item.rows) for item in given):
        if len(call.standings) >= MAX_STANDINGS:
            call.standings.clear()
        call.standings[entity.id, call.principal] = found
    return found


def _moves(entity: AppEntity, rows: Filter) -> bool:
    """Whether the same rule may admit other records tomorrow."""
    return depends_on_time(rows) or entity.queried.moves(rows)


def _given(call: Call, app: InstalledApp, entity: AppEntity) -> list[PermissionSet]:
    return [
        item
        for item in app.compiled.application.permission_sets.values()
        if item.entity == entity.key and is_granted(call.principal, item.to, call.directory)
    ]


def _grants(call: Call, entity: AppEntity, given: Iterable[PermissionSet]) -> tuple[Grant, ...]:
    return tuple(Grant(frozenset(item.actions), _rows(call, entity, item.rows), item.fields) for item in given)


def hidden_behind(call: Call, app: InstalledApp, entity: AppEntity) -> frozenset[str]:
    """Paths through links to fields that the caller sees in no record, or to records none of which he is let read.

    Computed values that are made from them are hidden from him too, as far as nothing names them.
    """
    if call.principal.is_admin or not entity.compiled.reads_others:
        return NOWHERE
    grants = {
        key: [item for item in _grants(call, other, _given(call, app, other)) if "read" in item.actions]
        for key, other in app.entities.items()
    }
    unseen = {key: frozenset[str]() for key in app.entities}
    while True:
        beyond = {key: _behind(other, unseen) for key, other in app.entities.items()}
        found = {
            key: _in_no_row([item for item in grants[key] if item.rows != NOTHING], other, beyond=beyond[key])
            for key, other in app.entities.items()
        }
        # what is hidden may hide more, behind links that lead on; never less
        if found == unseen:
            return beyond[entity.key]
        unseen = found


def _in_no_row(grants: Sequence[Grant], entity: AppEntity, *, beyond: frozenset[str]) -> frozenset[str]:
    inputs = entity.compiled.inputs
    if not grants:
        return frozenset(inputs) | SYSTEM_FIELD_TYPES.keys()
    return frozenset.intersection(*(hidden_by(grant, inputs, beyond=beyond) for grant in grants))


def _behind(entity: AppEntity, unseen: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """The paths of the entity that lead, on their way or at their end, to what is not seen."""
    found = {
        path_beyond(item.authored.entity, path)
        for item in entity.compiled.rollups
        for path in item.reads
        if not unseen[item.authored.entity].isdisjoint((path, path.partition(".")[0]))
    }
    for way in (way for step in entity.compiled.steps for way in step.ways):
        if is_among(way.rest, unseen[way.hops[-1].target]):
            found.add(way.path)
        found |= {hop.path for hop in way.hops[1:] if hop.field in unseen[hop.source]}
    return frozenset(found)


def _rows(call: Call, entity: AppEntity, authored: Filter | None) -> Expression:
    return EVERYTHING if authored is None else build_expression(authored, entity.queried, call.query_context)


def reading(call: Call, app: InstalledApp, entity: AppEntity) -> Reading:
    """What the caller may read of the entity."""
    if call.principal.is_admin:
        return Reading(read_access(call.principal, (), {}), NOWHERE, {}, NOWHERE, entity)
    access = _standing(call, app, entity).access
    everywhere = [layer.hidden for layer in access.layers[1:] if layer.rows == EVERYTHING]
    by_nodes = entity.hidden_from_some
    if everywhere:
        by_nodes &= frozenset.intersection(*everywhere)
    return Reading(access, access.hidden | by_nodes, entity.node_hidden, entity.everything, entity)


def asking(call: Call, app: InstalledApp) -> QueryContext:
    """What filters and orders of the caller refer to; behind links he sees what he may read there."""

    def behind(entity_key: str) -> Seen:
        seen = reading(call, app, app.entity(entity_key))
        return Seen(seen.rows, seen.hidden)

    return replace(call.query_context, behind=behind)


async def hidden_in_each(
    tx: Tx, call: Call, seen: Reading, *, records: Iterable[Readable]
) -> dict[str, frozenset[str]]:
    """Paths hidden in each record, by record id: one statement for all of them, none for admins."""
    listed = list(records)
    if call.principal.is_admin or not seen.hidden:
        return dict.fromkeys((record.id for record in listed), NOWHERE)
    sources = await reader_sources(tx, call.member_id, [record.id for record in listed])
    asked = await _ask(tx, seen.entity, (layer.rows for layer in seen.access.layers), records=listed)
    return {
        record.id: seen.hidden_in(record, sources=sources.get(record.id, ()), member_id=call.member_id, asked=asked)
        for record in listed
    }


def create_rights(call: Call, app: InstalledApp, entity: AppEntity) -> Rights:
    """What may be entered into a new record outside of flows. Raises `NotAllowed`."""
    given = allows(call.principal, grants_of(call, app, entity), "create")
    beyond = behind_links(call, app, entity)
    written = writable_rights(given, entity.compiled.inputs, hidden=_unseen(given, entity, beyond=beyond))
    return _fixed(entity, written)


def behind_links(call: Call, app: InstalledApp, entity: AppEntity) -> frozenset[str]:
    """As `hidden_behind`, remembered."""
    return NOWHERE if call.principal.is_admin else _standing(call, app, entity).beyond


def _unseen(given: tuple[Grant, ...] | None, entity: AppEntity, *, beyond: frozenset[str]) -> frozenset[str]:
    """Paths that every grant hides."""
    if given is None:
        return NOWHERE
    return frozenset.intersection(*(hidden_by(grant, entity.compiled.inputs, beyond=beyond) for grant in given))


async def _granted(
    tx: Tx, call: Call, app: InstalledApp, *, entity: AppEntity, record: Record, action: Action
) -> tuple[Grant, ...] | None:
    """The grants that give the action on a record, None for admins. Raises `NotAllowed`."""
    grants = grants_of(call, app, entity)
    asked = await _ask(tx, entity, (grant.rows for grant in grants), records=[record])
    return allows(call.principal, grants, action, holds=_holding(record, readers=NOWHERE, asked=asked))


async def require_delete(tx: Tx, call: Call, app: InstalledApp, *, entity: AppEntity, record: Record) -> None:
    """Whether the caller may delete the record, which is what restoring it takes too. Raises `NotAllowed`."""
    await _granted(tx, call, app, entity=entity, record=record, action="delete")


async def may_delete(tx: Tx, call: Call, app: InstalledApp, *, entity: AppEntity, record: Record) -> bool:
    """Whether `require_delete` lets the caller pass."""
    try:
        await require_delete(tx, call, app, entity=entity, record=record)
    except NotAllowed:
        return False
    return True


async def update_rights(
    tx: Tx, call: Call, app: InstalledApp, *, entity: AppEntity, record: Record, hidden: frozenset[str]
) -> Rights:
    """What may be changed in a record outside of flows. Raises `NotAllowed`."""
    given = await _granted(tx, call, app, entity=entity, record=record, action="update")
    return _fixed(entity, writable_rights(given, entity.compiled.inputs, hidden=hidden))


async def writable_paths(
    tx: Tx, call: Call, app: InstalledApp, *, entity: AppEntity, record: Record, hidden: frozenset[str]
) -> tuple[str, ...]:
    """What the caller could change in the record outside of flows, in order."""
    try:
        rights = await update_rights(tx, call, app, entity=entity, record=record, hidden=hidden)
    except NotAllowed:
        return ()
    return tuple(sorted(path for path, right in rights.items() if right == "write"))


def may_create(call: Call, app: InstalledApp, entity: AppEntity) -> bool:
    """Whether the caller may make records outside of flows."""
    try:
        create_rights(call, app, entity)
    except NotAllowed:
        return False
    return True


def _fixed(entity: AppEntity, rights: Mapping[str, FieldAccess]) -> Rights:
    """Computed and serial fields are never written."""
    found: dict[str, Right] = {}
    for path, right in rights.items():
        field = entity.compiled.entity.field_at(path)
        is_fixed = field is not None and (field.is_made or field.type == "serial")
        found[path] = "read" if is_fixed and right == "write" else right
    return found
