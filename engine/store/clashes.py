"""Stored records that stand in the way of something becoming unique, found before a version is published."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from engine.model.entities import Entity
from engine.model.field_types.subform import SubformField
from engine.model.fields import EntityField
from engine.model.uniques import Extent
from engine.store.database import Tx
from engine.store.entities import StoredEntity, StoredField, load_entities, match_stored

EXAMPLES = 5


@dataclass(frozen=True)
class Clash:
    """Values that repeat. `pointer`: where the entity's file asks that they do not; ids of some records with them."""

    entity: str
    pointer: str
    fields: tuple[str, ...]
    record_ids: tuple[str, ...]


@dataclass(frozen=True)
class _Wish:
    pointer: str
    fields: tuple[str, ...]
    extent: Extent


async def find_clashes(
    tx: Tx, application_id: str, entities: Iterable[Entity], *, before: Mapping[str, Entity]
) -> list[Clash]:
    """What publishing the entities would refuse of stored values; `before`: those of the version in use.

    What was unique already is not looked at again.
    """
    wanted = [entity for entity in entities if any(_wishes(entity))]
    if not wanted:
        return []
    known = await load_entities(tx, application_id)
    rows = await tx.fetch_all(
        "SELECT key FROM [entity_def] WHERE application_id = $1 AND is_hidden = 1", application_id
    )
    matched = match_stored(wanted, known, {row["key"] for row in rows})
    found: list[Clash] = []
    for entity in wanted:
        stored = matched.get(entity.key)
        if stored is None:
            continue
        fields = _stored_fields(entity, stored)
        kept = _kept(before.get(stored.key), stored)
        for wish in _wishes(entity):
            columns = [fields[path] for path in wish.fields if path in fields]
            is_kept = (frozenset(item.id for item in columns), wish.extent) in kept
            # a column that is new is empty in every record, and where one is empty nothing is compared
            if len(columns) == len(wish.fields) and not is_kept:
                ids = await _repeating(tx, stored, columns, extent=wish.extent)
                if ids:
                    found.append(Clash(entity.key, wish.pointer, wish.fields, tuple(ids)))
    return found


def _wishes(entity: Entity) -> Iterator[_Wish]:
    """All that is to be unique."""
    yield from _wishes_of(entity.fields, pointer="/fields", prefix="")
    for position, item in enumerate(entity.unique):
        yield _Wish(f"/unique/{position}", item.fields, item.extent)


def _wishes_of(fields: Sequence[EntityField], *, pointer: str, prefix: str) -> Iterator[_Wish]:
    """Single fields, or columns of the subform whose paths begin with the prefix."""
    for position, field in enumerate(fields):
        place, path = f"{pointer}/{position}", f"{prefix}{field.key}"
        if field.unique:
            yield _Wish(f"{place}/unique", (path,), "record" if prefix else "entity")
        if isinstance(field, SubformField):
            yield from _wishes_of(field.fields, pointer=f"{place}/fields", prefix=f"{path}.")


def _stored_fields(entity: Entity, stored: StoredEntity) -> dict[str, StoredField]:
    """The columns by path that exist already."""
    return dict(_matched(entity.fields, stored, parent_id="", prefix=""))


def _matched(
    fields: Sequence[EntityField], stored: StoredEntity, *, parent_id: str, prefix: str
) -> Iterator[tuple[str, StoredField]]:
    here = {item.key: item for item in stored.fields if item.parent_id == parent_id}
    own = match_stored(fields, here, {key for key, item in here.items() if item.is_hidden})
    for field in fields:
        place = own.get(field.key)
        if place is not None:
            yield f"{prefix}{field.key}", place
            if isinstance(field, SubformField):
                yield from _matched(field.fields, stored, parent_id=place.id, prefix=f"{prefix}{field.key}.")


def _kept(before: Entity | None, stored: StoredEntity) -> set[tuple[frozenset[str], Extent]]:
    """What was unique in the version in use, by ids of fields."""
    if before is None:
        return set()
    ids = stored.field_ids
    return {
        (frozenset(ids[path] for path in wish.fields), wish.extent)
        for wish in _wishes(before)
        if all(path in ids for path in wish.fields)
    }


async def _repeating(tx: Tx, stored: StoredEntity, fields: Sequence[StoredField], *, extent: Extent) -> list[str]:
    """Ids of some records whose values repeat, two for each value."""
    parent = fields[0].parent_id
    table, owner = (f"s_{parent}", "record_id") if parent else (f"r_{stored.id}", "id")
    names = [f'"{item.column.name}"' for item in fields]
    filled = " AND ".join(f"{name} IS NOT NULL" for name in names)
    # columns of an inner subform are compared within the row that it is in
    is_inner = any(item.id == parent and item.parent_id for item in stored.fields)
    group = ", ".join([*(["row_id" if is_inner else owner] if extent == "record" else []), *names])
    rows = await tx.fetch_all(
        f"SELECT min({owner}) AS low, max({owner}) AS high FROM [{table}] WHERE {filled}"
        f" GROUP BY {group} HAVING count(*) > 1 ORDER BY 1 LIMIT {EXAMPLES}"
    )
    return list(dict.fromkeys(row[name] for row in rows for name in ("low", "high")))
