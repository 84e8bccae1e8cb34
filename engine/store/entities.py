"""The physical tables of published entities: one per entity, one per subform, columns named by immutable ids."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal, TypeVar

from engine.errors import Rejection
from engine.model.entities import Entity
from engine.model.field_types.number import NumberBase
from engine.model.field_types.subform import SubformField
from engine.model.fields import ColumnField, EntityField
from engine.model.renames import former_keys
from engine.model.values import SYSTEM_FIELDS, ColumnKind
from engine.store.child_tables import create_child_table
from engine.store.columns import Column, sql_type, with_parts
from engine.store.database import Tx
from engine.store.indexes import index_field, index_links, index_pair, publish_indexes
from engine.store.link_index import LinkIndex, become_many, become_one, create_index, fill_index
from engine.store.search_index import SearchIndex


class ColumnKindChanged(Rejection):
    """A field whose new type cannot live in its column."""

    code = "type_change_unsupported"
    status = 422
    zh = "字段 “{field}” 的类型或小数位数不能这样修改; 请新建字段"
    en = "The type or the decimals of the field “{field}” cannot be changed so; add a new field"


@dataclass(frozen=True)
class StoredField:
    """A field or column as stored. `parent_id` is empty for fields of the entity itself."""

    id: str
    parent_id: str
    key: str
    kind: ColumnKind
    scale: int
    is_hidden: bool
    is_searched: bool = False

    @property
    def column(self) -> Column:
        """The column that holds its values."""
        return Column(f"f_{self.id}", self.kind, self.scale)

    @property
    def is_own_column(self) -> bool:
        """Whether it is a column of the record's own row: no column of rows, no subform, no list that is only read."""
        return not self.parent_id and self.kind not in {"table", "none"}

    def table_in(self, entity_id: str) -> str:
        """The table of which it is a column."""
        return f"s_{self.parent_id}" if self.parent_id else f"r_{entity_id}"

    def search_index(self, entity_id: str) -> SearchIndex:
        """The search index of a text."""
        return SearchIndex(self.id, self.table_in(entity_id), self.column.name)

    def link_index(self, entity_id: str) -> LinkIndex:
        """The index table of a link to many."""
        return LinkIndex(self.table_in(entity_id), self.column, is_of_rows=bool(self.parent_id))


@dataclass(frozen=True)
class StoredSubform:
    """The child table of a subform. `archived`: columns of removed fields, whose cells stay with their rows.

    `owner`: the column that says whose the rows are, the record's or those of the row they are in. `hidden`: tables of
    removed subforms in the rows.
    """

    id: str
    key: str
    table: str
    columns: Mapping[str, Column]
    archived: tuple[Column, ...] = ()
    owner: Literal["record_id", "row_id"] = "record_id"
    hidden: tuple[str, ...] = ()

    @cached_property
    def read_columns(self) -> Mapping[str, Column]:
        """Columns and the parts of their values, by path."""
        return with_parts(self.columns)


@dataclass(frozen=True)
class StoredEntity:
    """Where the records of an entity lie. `columns` by field key, `subforms` by path; hidden fields are absent."""

    id: str
    application_id: str
    key: str
    fields: tuple[StoredField, ...] = field(default=(), compare=False)

    @property
    def table(self) -> str:
        """The name of its table."""
        return f"r_{self.id}"

    @cached_property
    def columns(self) -> Mapping[str, Column]:
        """Columns by field key, those of system fields first."""
        own = {item.key: item.column for item in self.fields if _is_plain(item)}
        return {**{key: Column(key, kind) for key, kind in SYSTEM_FIELDS.items()}, **own}

    @cached_property
    def read_columns(self) -> Mapping[str, Column]:
        """Columns and the parts of their values, by path."""
        return with_parts(self.columns)

    @cached_property
    def subforms(self) -> Mapping[str, StoredSubform]:
        """Child tables by path (`lines`, `lines.parts`), those of outer subforms first."""
        return {path: self._subform(item) for path, item in self._shown.items() if item.kind == "table"}

    def _subform(self, item: StoredField) -> StoredSubform:
        inside = self._inside.get(item.id, ())
        plain = [inner for inner in inside if inner.kind != "table"]
        return StoredSubform(
            id=item.id,
            key=item.key,
            table=f"s_{item.id}",
            columns={inner.key: inner.column for inner in plain if not inner.is_hidden},
            archived=tuple(inner.column for inner in plain if inner.is_hidden),
            owner="row_id" if item.parent_id else "record_id",
            hidden=tuple(f"s_{inner.id}" for inner in inside if inner.kind == "table" and inner.is_hidden),
        )

    @cached_property
    def _inside(self) -> Mapping[str, list[StoredField]]:
        """What is in each subform, by its id; fields of the entity itself under an empty one."""
        found: dict[str, list[StoredField]] = {}
        for item in self.fields:
            found.setdefault(item.parent_id, []).append(item)
        return found

    @cached_property
    def _shown(self) -> Mapping[str, StoredField]:
        """What is not hidden by path, those outside first."""
        found: dict[str, StoredField] = {}
        waiting = [("", "")]
        while waiting:
            parent_id, prefix = waiting.pop(0)
            for item in self._inside.get(parent_id, ()):
                if not item.is_hidden:
                    found[f"{prefix}{item.key}"] = item
                    if item.kind == "table":
                        waiting.append((item.id, f"{prefix}{item.key}."))
        return found

    @cached_property
    def link_indexes(self) -> tuple[LinkIndex, ...]:
        """The index tables of links to many that are in use."""
        return tuple(item.link_index(self.id) for item in self.fields if item.kind == "links" and not item.is_hidden)

    @cached_property
    def search_indexes(self) -> Mapping[str, SearchIndex]:
        """The search indexes by field key."""
        return {item.key: item.search_index(self.id) for item in self.fields if item.is_searched and _is_plain(item)}

    @cached_property
    def field_ids(self) -> Mapping[str, str]:
        """Ids of fields and columns by path (`budget`, `lines.price`), without hidden ones."""
        return {path: item.id for path, item in self._shown.items()}

    def under(self, field_ids: Mapping[str, str]) -> StoredEntity:
        """The same tables under other keys: fields and columns by path, hidden ones too where they are named.

        Paths that name nothing are left out.
        """
        known = {item.id: item for item in self.fields}
        found: list[StoredField] = []
        for path, field_id in field_ids.items():
            parent, _, column = path.rpartition(".")
            item = known.get(field_id)
            if item is not None and item.parent_id == field_ids.get(parent, ""):
                found.append(replace(item, key=column, is_hidden=False))
        return replace(self, fields=tuple(found))


def _is_plain(item: StoredField) -> bool:
    return item.is_own_column and not item.is_hidden


async def load_entities(tx: Tx, application_id: str) -> dict[str, StoredEntity]:
    """All entities of an application by key, hidden ones too."""
    rows = await tx.fetch_all("SELECT id, key FROM [entity_def] WHERE application_id = $1", application_id)
    fields = await tx.fetch_all(
        "SELECT f.id, f.entity_id, f.parent_id, f.key, f.kind, f.scale, f.is_hidden, f.is_searched FROM [field_def] f"
        " JOIN [entity_def] e ON e.id = f.entity_id WHERE e.application_id = $1 ORDER BY f.id",
        application_id,
    )
    by_entity: dict[str, list[StoredField]] = {}
    for row in fields:
        stored = StoredField(
            row["id"], row["parent_id"], row["key"], row["kind"], row["scale"],
            bool(row["is_hidden"]), bool(row["is_searched"]),
        )  # fmt: skip
        by_entity.setdefault(row["entity_id"], []).append(stored)
    return {
        row["key"]: StoredEntity(row["id"], application_id, row["key"], tuple(by_entity.get(row["id"], ())))
        for row in rows
    }


_Stored = TypeVar("_Stored", StoredEntity, StoredField)


def match_stored(
    wanted: Iterable[Entity | EntityField | ColumnField], known: Mapping[str, _Stored], hidden: Collection[str]
) -> dict[str, _Stored]:
    """What is stored for each wanted key: what is in use and has the key or had it, else what was hidden under it."""
    formers = former_keys([key for key in known if key not in hidden], {item.key: item.was for item in wanted})
    places = {key: key if former is None and key in hidden else former for key, former in formers.items()}
    return {key: known[place] for key, place in places.items() if place is not None}


async def _free_keys(tx: Tx, table: str, *, known: Mapping[str, _Stored], found: Mapping[str, _Stored]) -> None:
    """Take away keys that others are about to get; what stays hidden without its key is kept under its id."""
    for key, stored in known.items():
        if key in found and found[key].id != stored.id:
            await tx.execute(f"UPDATE [{table}] SET key = $2 WHERE id = $1", stored.id, f"~{stored.id}")


async def publish_entities(
    tx: Tx, application_id: str, entities: Iterable[Entity], *, ids: Iterator[str]
) -> dict[str, StoredEntity]:
    """Make the tables fit the entities: add, rename, hide, restore. Raises `ColumnKindChanged`, `ValuesRepeat`."""
    wanted = tuple(entities)
    known = await load_entities(tx, application_id)
    rows = await tx.fetch_all(
        "SELECT key FROM [entity_def] WHERE application_id = $1 AND is_hidden = 1", application_id
    )
    found = match_stored(wanted, known, {row["key"] for row in rows})
    new = {
        entity.key: StoredEntity(next(ids), application_id, entity.key) for entity in wanted if entity.key not in found
    }
    await _free_keys(tx, "entity_def", known=known, found={**found, **new})
    for key, made in new.items():
        await tx.execute(
            "INSERT INTO [entity_def] (id, application_id, key, is_hidden) VALUES ($1, $2, $3, 0)",
            made.id, application_id, key,
        )  # fmt: skip
        await _create_table(tx, made.id)
    for entity in wanted:
        stored = found.get(entity.key) or new[entity.key]
        await tx.execute("UPDATE [entity_def] SET key = $2, is_hidden = 0 WHERE id = $1", stored.id, entity.key)
        await _publish_fields(tx, stored.id, entity, known=stored.fields, ids=ids)
    kept = {stored.id for stored in found.values()}
    for stored in known.values():
        if stored.id not in kept:
            await tx.execute("UPDATE [entity_def] SET is_hidden = 1 WHERE id = $1", stored.id)
    return await load_entities(tx, application_id)


async def _create_table(tx: Tx, entity_id: str) -> None:
    columns = ", ".join(
        f'"{key}" {sql_type(Column(key, kind), tx.dialect)}'
        + (" PRIMARY KEY NOT NULL" if key == "id" else " NOT NULL" if key == "version" else "")
        for key, kind in SYSTEM_FIELDS.items()
    )
    await tx.execute(f"CREATE TABLE [r_{entity_id}] ({columns})")
    await index_pair(tx, entity_id, "created_by", columns=("created_by", "id"))


async def _publish_fields(
    tx: Tx, entity_id: str, entity: Entity, *, known: tuple[StoredField, ...], ids: Iterator[str]
) -> None:
    found = await _publish_columns(tx, entity_id, entity.fields, parent_id="", known=known, ids=ids)
    kept = {stored.id for stored in found.values()}
    for item in entity.fields:
        stored = found[item.key]
        if isinstance(item, SubformField):
            kept |= await _publish_rows(tx, entity_id, item, stored=stored, known=known, ids=ids)
        else:
            await index_field(tx, entity_id, item, column=stored.column)
    columns = {key: key for key in SYSTEM_FIELDS} | {key: stored.column.name for key, stored in found.items()}
    await publish_indexes(tx, entity_id, entity, columns=columns)
    await _publish_search(tx, entity_id, entity, known=known, found=found)
    for stored in known:
        if stored.id not in kept and not stored.is_hidden:
            await tx.execute("UPDATE [field_def] SET is_hidden = 1 WHERE id = $1", stored.id)


async def _publish_search(
    tx: Tx, entity_id: str, entity: Entity, *, known: Sequence[StoredField], found: Mapping[str, StoredField]
) -> None:
    """A search index for each text that asks for one, and for no other."""
    wanted = {
        found[item.key].id: found[item.key]
        for item in entity.fields
        if item.search and item.column_kind == "text" and "contains" in item.operators
    }
    for stored in known:
        if stored.is_searched and stored.id not in wanted:
            await stored.search_index(entity_id).drop(tx)
            await tx.execute("UPDATE [field_def] SET is_searched = 0 WHERE id = $1", stored.id)
    for stored in wanted.values():
        if not stored.is_searched:
            await stored.search_index(entity_id).create(tx)
            await tx.execute("UPDATE [field_def] SET is_searched = 1 WHERE id = $1", stored.id)


async def _publish_rows(
    tx: Tx,
    entity_id: str,
    subform: SubformField,
    *,
    stored: StoredField,
    known: tuple[StoredField, ...],
    ids: Iterator[str],
) -> set[str]:
    """Make the tables of a subform and of those in its rows fit; gives the ids of all columns that are used."""
    inner = await _publish_columns(tx, entity_id, subform.fields, parent_id=stored.id, known=known, ids=ids)
    kept = {column.id for column in inner.values()}
    names = {key: (made.id, made.column.name) for key, made in inner.items()}
    await index_links(tx, subform, subform_id=stored.id, names=names)
    for item in subform.inner:
        kept |= await _publish_rows(tx, entity_id, item, stored=inner[item.key], known=known, ids=ids)
    return kept


async def _publish_columns(
    tx: Tx,
    entity_id: str,
    items: Sequence[EntityField | ColumnField],
    *,
    parent_id: str,
    known: tuple[StoredField, ...],
    ids: Iterator[str],
) -> dict[str, StoredField]:
    """The fields of an entity or the columns of a subform, as stored from now on, by key."""
    here = {stored.key: stored for stored in known if stored.parent_id == parent_id}
    found = match_stored(items, here, {key for key, stored in here.items() if stored.is_hidden})
    new: dict[str, StoredField] = {}
    for item in items:
        kind, scale = column_shape(item)
        stored = found.get(item.key)
        if stored is None:
            new[item.key] = StoredField(next(ids), parent_id, item.key, kind, scale, is_hidden=False)
        elif not is_link_change(stored, kind) and (stored.kind != kind or scale > stored.scale):
            raise ColumnKindChanged(field=item.key)
    await _free_keys(tx, "field_def", known=here, found={**found, **new})
    for item in items:
        if (stored := found.get(item.key)) is None:
            continue
        await tx.execute("UPDATE [field_def] SET key = $2, is_hidden = 0 WHERE id = $1", stored.id, item.key)
        found[item.key] = await _fit_links(tx, entity_id, stored, kind=item.column_kind)
    for made in new.values():
        await _add_column(tx, entity_id, made)
    return {**found, **new}


def column_shape(item: EntityField | ColumnField) -> tuple[ColumnKind, int]:
    """Kind and scale of the column a field needs."""
    return item.column_kind, item.number_form.decimals if isinstance(item, NumberBase) else 0


async def _add_column(tx: Tx, entity_id: str, made: StoredField) -> None:
    await tx.execute(
        "INSERT INTO [field_def] (id, entity_id, parent_id, key, kind, scale, is_hidden)"
        " VALUES ($1, $2, $3, $4, $5, $6, 0)",
        made.id, entity_id, made.parent_id, made.key, made.kind, made.scale,
    )  # fmt: skip
    if made.kind == "table":
        await create_child_table(tx, made.id, is_inner=bool(made.parent_id))
    elif made.kind != "none":
        table = made.table_in(entity_id)
        await tx.execute(f'ALTER TABLE [{table}] ADD COLUMN "{made.column.name}" {sql_type(made.column, tx.dialect)}')
    if made.kind == "links":
        await create_index(tx, made.link_index(entity_id))


def is_link_change(stored: StoredField, kind: ColumnKind) -> bool:
    """Whether a link becomes one to many, or the other way round."""
    return {stored.kind, kind} == {"reference", "links"}


async def _fit_links(tx: Tx, entity_id: str, stored: StoredField, *, kind: ColumnKind) -> StoredField:
    """A field as it is from now on: between one link and several the column is converted, its index is made right."""
    index = stored.link_index(entity_id)
    if not is_link_change(stored, kind):
        # what happened while the field was hidden did not reach its index
        if stored.kind == "links" and stored.is_hidden:
            await fill_index(tx, index)
        return stored
    if kind == "links":
        prefix = f"x_{stored.parent_id}_l" if stored.parent_id else f"x_{entity_id}"
        kinds = ("",) if stored.parent_id else ("_u", "_f")
        await become_many(tx, index, former=[f"{prefix}{each}_{stored.id}" for each in kinds])
    else:
        await become_one(tx, index)
    await tx.execute("UPDATE [field_def] SET kind = $2 WHERE id = $1", stored.id, kind)
    return replace(stored, kind=kind)
