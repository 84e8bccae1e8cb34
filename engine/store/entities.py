"""The physical tables of published entities: one per entity, one per subform, columns named by immutable ids."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from engine.errors import Rejection
from engine.model.entities import Entity
from engine.model.field_types.number import NumberField
from engine.model.field_types.subform import SubformField
from engine.model.fields import ColumnField, EntityField
from engine.model.values import SYSTEM_FIELDS, ColumnKind
from engine.store.columns import Column, sql_type
from engine.store.database import Tx


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

    @property
    def column(self) -> Column:
        """The column that holds its values."""
        return Column(f"f_{self.id}", self.kind, self.scale)


@dataclass(frozen=True)
class StoredSubform:
    """The child table of a subform."""

    id: str
    key: str
    table: str
    columns: Mapping[str, Column]


@dataclass(frozen=True)
class StoredEntity:
    """Where the records of an entity lie. `columns` by field key, `subforms` by field key; hidden fields are absent."""

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
    def subforms(self) -> Mapping[str, StoredSubform]:
        """Child tables by field key."""
        return {
            item.key: StoredSubform(
                id=item.id,
                key=item.key,
                table=f"s_{item.id}",
                columns={
                    inner.key: inner.column
                    for inner in self.fields
                    if inner.parent_id == item.id and not inner.is_hidden
                },
            )
            for item in self.fields
            if item.kind == "table" and not item.is_hidden
        }


def _is_plain(item: StoredField) -> bool:
    return not item.parent_id and item.kind != "table" and not item.is_hidden


async def load_entities(tx: Tx, application_id: str) -> dict[str, StoredEntity]:
    """All entities of an application by key, hidden ones too."""
    rows = await tx.fetch_all("SELECT id, key FROM [entity_def] WHERE application_id = $1", application_id)
    fields = await tx.fetch_all(
        "SELECT f.id, f.entity_id, f.parent_id, f.key, f.kind, f.scale, f.is_hidden FROM [field_def] f"
        " JOIN [entity_def] e ON e.id = f.entity_id WHERE e.application_id = $1 ORDER BY f.id",
        application_id,
    )
    by_entity: dict[str, list[StoredField]] = {}
    for row in fields:
        stored = StoredField(row["id"], row["parent_id"], row["key"], row["kind"], row["scale"], bool(row["is_hidden"]))
        by_entity.setdefault(row["entity_id"], []).append(stored)
    return {
        row["key"]: StoredEntity(row["id"], application_id, row["key"], tuple(by_entity.get(row["id"], ())))
        for row in rows
    }


async def publish_entities(
    tx: Tx, application_id: str, entities: Iterable[Entity], *, ids: Iterator[str]
) -> dict[str, StoredEntity]:
    """Make the tables fit the entities: add, rename, hide, restore. Raises `ColumnKindChanged`."""
    before = await load_entities(tx, application_id)
    kept: set[str] = set()
    for entity in entities:
        stored = before.get(entity.key) or (before.get(entity.was) if entity.was else None)
        entity_id = stored.id if stored is not None else next(ids)
        if stored is None:
            await tx.execute(
                "INSERT INTO [entity_def] (id, application_id, key, is_hidden) VALUES ($1, $2, $3, 0)",
                entity_id, application_id, entity.key,
            )  # fmt: skip
            await _create_table(tx, entity_id)
        else:
            await tx.execute("UPDATE [entity_def] SET key = $2, is_hidden = 0 WHERE id = $1", entity_id, entity.key)
        kept.add(entity_id)
        await _publish_fields(tx, entity_id, entity, known=stored.fields if stored else (), ids=ids)
    for stored in before.values():
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
    await _index(tx, entity_id, "created_by", columns=("created_by", "id"))


async def _index(tx: Tx, entity_id: str, name: str, *, columns: tuple[str, ...], unique: bool = False) -> None:
    kind = "UNIQUE INDEX" if unique else "INDEX"
    # empty comes first ascending; SQLite sorts so by itself, PostgreSQL must be told for the index to serve
    nulls = " NULLS FIRST" if tx.dialect == "postgresql" and not unique else ""
    listed = ", ".join(f'"{column}"{nulls}' for column in columns)
    await tx.execute(f'CREATE {kind} IF NOT EXISTS "x_{entity_id}_{name}" ON [r_{entity_id}] ({listed})')


async def _publish_fields(
    tx: Tx, entity_id: str, entity: Entity, *, known: tuple[StoredField, ...], ids: Iterator[str]
) -> None:
    kept: set[str] = set()
    for item in entity.fields:
        stored = await _publish_field(tx, entity_id, item, parent_id="", known=known, ids=ids)
        kept.add(stored.id)
        if isinstance(item, SubformField):
            for column in item.fields:
                inner = await _publish_field(tx, entity_id, column, parent_id=stored.id, known=known, ids=ids)
                kept.add(inner.id)
        else:
            await _index_field(tx, entity_id, item, stored=stored)
    for stored in known:
        if stored.id not in kept and not stored.is_hidden:
            await tx.execute("UPDATE [field_def] SET is_hidden = 1 WHERE id = $1", stored.id)


async def _index_field(tx: Tx, entity_id: str, item: EntityField, *, stored: StoredField) -> None:
    if item.unique:
        await _index(tx, entity_id, f"u_{stored.id}", columns=(stored.column.name,), unique=True)
    elif item.sort or item.search:
        await _index(tx, entity_id, f"f_{stored.id}", columns=(stored.column.name, "id"))


def find_stored(item: EntityField | ColumnField, parent_id: str, known: Iterable[StoredField]) -> StoredField | None:
    """The stored field of an authored one: by its key, else by the key it had."""
    here = {stored.key: stored for stored in known if stored.parent_id == parent_id}
    return here.get(item.key) or (here.get(item.was) if item.was else None)


def column_shape(item: EntityField | ColumnField) -> tuple[ColumnKind, int]:
    """Kind and scale of the column a field needs."""
    return item.column_kind, item.decimals if isinstance(item, NumberField) else 0


async def _publish_field(
    tx: Tx,
    entity_id: str,
    item: EntityField | ColumnField,
    *,
    parent_id: str,
    known: tuple[StoredField, ...],
    ids: Iterator[str],
) -> StoredField:
    kind, scale = column_shape(item)
    stored = find_stored(item, parent_id, known)
    if stored is not None:
        if stored.kind != kind or scale > stored.scale:
            raise ColumnKindChanged(field=item.key)
        await tx.execute("UPDATE [field_def] SET key = $2, is_hidden = 0 WHERE id = $1", stored.id, item.key)
        return stored
    made = StoredField(next(ids), parent_id, item.key, kind, scale, is_hidden=False)
    await tx.execute(
        "INSERT INTO [field_def] (id, entity_id, parent_id, key, kind, scale, is_hidden)"
        " VALUES ($1, $2, $3, $4, $5, $6, 0)",
        made.id, entity_id, parent_id, made.key, kind, scale,
    )  # fmt: skip
    if kind == "table":
        await _create_subform(tx, made.id)
    else:
        table = f"s_{parent_id}" if parent_id else f"r_{entity_id}"
        await tx.execute(f'ALTER TABLE [{table}] ADD COLUMN "{made.column.name}" {sql_type(made.column, tx.dialect)}')
    return made


async def _create_subform(tx: Tx, field_id: str) -> None:
    text, number = (sql_type(Column("", kind), tx.dialect) for kind in ("reference", "integer"))
    await tx.execute(
        f"CREATE TABLE [s_{field_id}]"
        f" (id {text} PRIMARY KEY NOT NULL, record_id {text} NOT NULL, position {number} NOT NULL)"
    )
    await tx.execute(f'CREATE INDEX "x_{field_id}_record" ON [s_{field_id}] (record_id, position)')


async def find_drift(tx: Tx, entity: StoredEntity) -> list[str]:
    """Columns that should exist and do not, as `table.column`."""
    wanted = {entity.table: {item.column.name for item in entity.fields if not item.parent_id and item.kind != "table"}}
    wanted[entity.table] |= set(SYSTEM_FIELDS)
    for item in entity.fields:
        if item.kind == "table":
            inner = {child.column.name for child in entity.fields if child.parent_id == item.id}
            wanted[f"s_{item.id}"] = {"id", "record_id", "position"} | inner
    missing = []
    for table, columns in wanted.items():
        present = await _columns_of(tx, table)
        missing += [f"{table}.{column}" for column in sorted(columns - present)]
    return missing


async def _columns_of(tx: Tx, table: str) -> set[str]:
    if tx.dialect == "sqlite":
        rows = await tx.fetch_all("SELECT name FROM pragma_table_info($1)", table)
    else:
        # ids are unique over all schemas, so the name alone finds the table
        rows = await tx.fetch_all(
            "SELECT column_name AS name FROM information_schema.columns WHERE table_name = $1", table
        )
    return {row["name"] for row in rows}
