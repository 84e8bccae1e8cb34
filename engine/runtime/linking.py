"""What links lead to: values for formulas, titles for readers, and which records a person may choose."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from pydantic import JsonValue

from engine.forms.context import Context
from engine.forms.links import LinkNeeds
from engine.forms.rights import mask
from engine.formula.linked import NO_LINKS, Linked
from engine.model.entities import Entity
from engine.model.expressions import EVERYTHING
from engine.model.field_types.link import linked_ids
from engine.model.field_types.serial import SerialField
from engine.model.field_types.text import TextField
from engine.model.paths import is_among
from engine.model.rows import cells_at
from engine.model.values import Value, Values
from engine.runtime.calls import Call
from engine.runtime.catalog import AppEntity
from engine.runtime.permissions import reading
from engine.runtime.record_views import RecordView, show_record, title_of
from engine.store.database import Tx
from engine.store.records import Record, RecordTable


class HasTable(Protocol):
    """An entity, of today or of an earlier version."""

    @property
    def table(self) -> RecordTable:
        """Where its records lie."""


def ids_at(values: Values, path: str) -> Iterator[str]:
    """The ids that a link of a record holds, one or several, or those of a column of its rows."""
    for value in cells_at(values, path):
        yield from linked_ids(value)


async def follow_links(
    tx: Tx, needs: LinkNeeds, records: Sequence[Values], *, targets: Mapping[str, HasTable], lock: bool = False
) -> Linked:
    """What formulas of these records read through links: one statement for each link, however many records."""
    found: dict[str, dict[str, Value]] = {}
    reached: dict[str, set[str]] = {}
    for path, need in needs.items():
        outer, _, key = path.rpartition(".")
        if outer in reached:
            wanted = {item for source in reached[outer] for item in ids_at(found[source], key)}
        else:
            wanted = {item for values in records for item in ids_at(values, path)}
        reached[path] = set()
        target = targets.get(need.entity)
        if target is None or not wanted:
            continue
        # unfiltered: formulas compute with all there is; what is shown of it is masked by whom it is shown to
        new = await target.table.find(tx, wanted, access=EVERYTHING, keys=need.keys, lock=lock)
        reached[path] = set(new)
        for record_id, values in new.items():
            found.setdefault(record_id, {}).update(values)
    return Linked(frozenset(needs), found)


async def linked_of(tx: Tx, call: Call, entity: AppEntity, *, records: Sequence[Values], lock: bool = False) -> Linked:
    """What formulas about these records of the entity read through links."""
    needs = entity.compiled.linked
    if not needs:
        return NO_LINKS
    targets = call.catalog.app(entity.app_key).entities
    return await follow_links(tx, needs, records, targets=targets, lock=lock)


@dataclass(frozen=True)
class Choosable:
    """Records that may be chosen, by the `target` of the link."""

    ids: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def __call__(self, target: str, record_id: str) -> bool:
        """Whether a link that leads there may lead to the record."""
        return record_id in self.ids.get(target, ())


async def with_links(
    tx: Tx,
    call: Call,
    entity: AppEntity,
    *,
    context: Context,
    values: Values,
    stored: Values,
    changed: frozenset[str],
    lock: bool = False,
) -> Context:
    """The context of a record that the caller enters: what its links lead to, and what he may choose.

    What he chose and may not read has no values for him; a link that was `stored` at its path before keeps them.
    """
    paths = [path for path in entity.compiled.links if is_among(path, changed)]
    choosable: dict[str, frozenset[str]] = {}
    for key, ids in _by_target(entity, [values], paths).items():
        behind = call.catalog.target(entity.app_key, key)
        if behind is None:
            continue
        app, target = behind
        seen = reading(call, app, target)
        choosable[key] = frozenset(await target.table.find(tx, ids, access=seen.rows, keys=()))
    refused = {
        record_id
        for path in paths
        for record_id in set(ids_at(values, path)).difference(ids_at(stored, path))
        if record_id not in choosable.get(entity.compiled.links[path].target, ())
    }
    linked = await linked_of(tx, call, entity, records=[values], lock=lock)
    known = {record_id: item for record_id, item in linked.records.items() if record_id not in refused}
    return replace(context, linked=replace(linked, records=known), is_record=Choosable(choosable))


async def with_all_links(tx: Tx, call: Call, entity: AppEntity, *, context: Context, values: Values) -> Context:
    """The context of a record that the engine makes: it may link to whatever exists."""
    there: dict[str, frozenset[str]] = {}
    for key, ids in _by_target(entity, [values], entity.compiled.links).items():
        behind = call.catalog.target(entity.app_key, key)
        if behind is not None:
            # unfiltered: the flow fills the record in, not the person who happens to go on with it
            there[key] = frozenset(await behind[1].table.find(tx, ids, access=EVERYTHING, keys=()))
    linked = await linked_of(tx, call, entity, records=[values], lock=True)
    return replace(context, linked=linked, is_record=Choosable(there))


def _by_target(entity: AppEntity, records: Iterable[Values], paths: Iterable[str]) -> dict[str, set[str]]:
    """The ids that links of the records hold, by their `target`."""
    listed = list(records)
    found: dict[str, set[str]] = {}
    for path in paths:
        ids = {record_id for values in listed for record_id in ids_at(values, path)}
        if ids:
            found.setdefault(entity.compiled.links[path].target, set()).update(ids)
    return found


def title_keys(entity: Entity) -> tuple[str, ...]:
    """The fields that name a record, those of its title or else those one of which would do."""
    if entity.record_title is not None:
        return entity.title_fields
    return tuple(field.key for field in entity.fields if isinstance(field, TextField | SerialField))


async def titles_of(tx: Tx, call: Call, app_key: str, *, wanted: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Titles of the records that the caller may read, by id; `wanted`: ids by entity (`app/entity` for that of
    another application), one statement for each.

    A title leaves out what the caller may not see in some of the entity's records.
    """
    found: dict[str, str] = {}
    for key, ids in wanted.items():
        behind = call.catalog.target(app_key, key)
        if behind is None:
            continue
        app, target = behind
        seen = reading(call, app, target)
        keys = title_keys(target.compiled.entity)
        for record_id, values in (await target.table.find(tx, ids, access=seen.rows, keys=keys)).items():
            found[record_id] = title_of(call, target.compiled, mask(values, seen.hidden))
    return found


async def with_titles(tx: Tx, call: Call, entity: AppEntity, *, views: Sequence[RecordView]) -> list[RecordView]:
    """The records with the titles of those that they link to, as far as the caller may read them."""
    if not entity.compiled.links:
        return list(views)
    wanted = shown_links(entity, (view.values for view in views))
    titles = await titles_of(tx, call, entity.app_key, wanted=wanted)
    gone = await _gone(tx, call, entity.app_key, wanted=wanted, titles=titles)
    made = []
    for view in views:
        ids = frozenset[str]().union(*shown_links(entity, [view.values]).values())
        links = {record_id: titles[record_id] for record_id in sorted(ids & titles.keys())}
        made.append(replace(view, links=links, deleted=tuple(sorted(ids & gone))))
    return made


async def _gone(
    tx: Tx, call: Call, app_key: str, *, wanted: Mapping[str, Iterable[str]], titles: Mapping[str, str]
) -> frozenset[str]:
    """Those of the ids that no record has any more; asked only of ids without a title."""
    found: set[str] = set()
    for key, ids in wanted.items():
        untold = set(ids) - titles.keys()
        behind = call.catalog.target(app_key, key)
        if untold and behind is not None:
            # unfiltered: whether it is deleted is told of a link that the caller sees, and nothing else of it
            found |= untold - (await behind[1].table.find(tx, untold, access=EVERYTHING, keys=())).keys()
    return frozenset(found)


async def show_with_links(
    tx: Tx, call: Call, entity: AppEntity, *, record: Record, hidden: frozenset[str]
) -> RecordView:
    """The record without what is hidden, with the titles of those that it links to."""
    view = show_record(call, entity, record, hidden=hidden)
    return (await with_titles(tx, call, entity, views=[view]))[0]


def shown_links(entity: AppEntity, shown: Iterable[Mapping[str, JsonValue]]) -> dict[str, set[str]]:
    """The ids in values that are shown, by the `target` of the links."""
    found: dict[str, set[str]] = {}
    for values in shown:
        for path, link in entity.compiled.links.items():
            for cell in _shown_at(values, path):
                if ids := linked_ids(cell):
                    found.setdefault(link.target, set()).update(ids)
    return found


def _shown_at(values: Mapping[str, JsonValue], path: str) -> Iterator[JsonValue]:
    """What is at a path of values in JSON form, in every row."""
    key, _, rest = path.partition(".")
    cells = values.get(key)
    if not rest:
        yield cells
    elif isinstance(cells, list):
        for row in cells:
            if isinstance(row, dict):
                yield from _shown_at(row, rest)
