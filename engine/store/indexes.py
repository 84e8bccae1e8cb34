"""Indexes of the record tables: those that fields ask for, and those over several fields that entities declare."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Literal

from engine.errors import Rejection
from engine.model.checks.entities import MAX_INDEXED_LENGTH
from engine.model.entities import Entity
from engine.model.field_types.link import LinkField
from engine.model.field_types.subform import SubformField
from engine.model.field_types.text import TextBase
from engine.model.fields import EntityField
from engine.store.columns import Column
from engine.store.database import Tx, UniqueViolation


class ValuesTooLong(Rejection):
    """Stored texts of a field that allowed more in former times."""

    code = "values_too_long"
    status = 422
    zh = "字段 “{field}” 已有超过 {max} 个字符的值, 不能用于索引"
    en = "The field “{field}” has values of more than {max} characters and cannot be in an index"


class ValuesRepeat(Rejection):
    """A field that is to be unique and has the same value in several records."""

    code = "values_repeat"
    status = 422
    zh = "“{field}” 已有重复的值, 不能设为不重复: {records}"
    en = "Several records have the same value of “{field}”, which cannot be made unique: {records}"


async def index_pair(tx: Tx, entity_id: str, name: str, *, columns: tuple[str, str]) -> None:
    """Index a column and the id behind it."""
    # empty comes first ascending; SQLite sorts so by itself, PostgreSQL must be told for the index to serve;
    # the id is never empty and is sorted by as it is
    nulls = " NULLS FIRST" if tx.dialect == "postgresql" else ""
    first, last = columns
    await tx.execute(
        f'CREATE INDEX IF NOT EXISTS "x_{entity_id}_{name}" ON [r_{entity_id}] ("{first}"{nulls}, "{last}")'
    )


async def index_links(tx: Tx, item: SubformField, *, subform_id: str, names: Mapping[str, tuple[str, str]]) -> None:
    """Rows are found by the records they link to; `names`: id and column of each column of the rows."""
    for column in item.fields:
        if isinstance(column, LinkField) and not column.multiple:
            field_id, name = names[column.key]
            await tx.execute(
                f'CREATE INDEX IF NOT EXISTS "x_{subform_id}_l_{field_id}" ON [s_{subform_id}] ("{name}", record_id)'
            )


async def index_field(tx: Tx, entity_id: str, item: EntityField, *, column: Column) -> None:
    """Exactly the index that the field asks for: `u` unique, `h` unique by hash, `f` for its order."""
    field_id = column.name.removeprefix("f_")
    wanted = await _wanted_index(tx, entity_id, item, column=column)
    for kind in "uhf":
        if kind != wanted:
            await tx.execute(f"DROP INDEX IF EXISTS [x_{entity_id}_{kind}_{field_id}]")
    name = f"{wanted}_{field_id}"
    match wanted:
        case "f":
            await index_pair(tx, entity_id, name, columns=(column.name, "id"))
        case "u" | "h":
            what = f'"{column.name}"' if wanted == "u" else f'md5("{column.name}")'
            try:
                await tx.execute(
                    f'CREATE UNIQUE INDEX IF NOT EXISTS "x_{entity_id}_{name}" ON [r_{entity_id}] ({what})'
                )
            except UniqueViolation:
                raise ValuesRepeat(field=item.key, records="…") from None


async def _wanted_index(tx: Tx, entity_id: str, item: EntityField, *, column: Column) -> Literal["u", "h", "f"] | None:
    is_link = isinstance(item, LinkField) and not item.multiple
    if not (item.unique or item.sort or item.search or is_link):
        return None
    is_short = not isinstance(item, TextBase) or item.longest <= MAX_INDEXED_LENGTH
    if is_short and column.kind == "text" and tx.dialect == "postgresql":
        # values from when the field allowed more
        is_short = (
            await tx.fetch_one(
                f'SELECT 1 AS found FROM [r_{entity_id}] WHERE length("{column.name}") > {MAX_INDEXED_LENGTH} LIMIT 1'
            )
            is None
        )
    if item.unique:
        return "u" if is_short or tx.dialect == "sqlite" else "h"
    return "f" if is_short else None


async def publish_indexes(tx: Tx, entity_id: str, entity: Entity, *, columns: Mapping[str, str]) -> None:
    """Exactly the indexes that are declared; `columns`: names by key, those of system fields too."""
    wanted = {_name(entity_id, named): named for named in _declared(entity, columns)}
    for name in await _present(tx, entity_id):
        if name not in wanted:
            await tx.execute(f"DROP INDEX IF EXISTS [{name}]")
    await _refuse_long(tx, entity_id, entity, columns=columns)
    # as lists are ordered: empty first; SQLite sorts so by itself
    nulls = " NULLS FIRST" if tx.dialect == "postgresql" else ""
    for name, named in wanted.items():
        listed = ", ".join(f'"{column}"{nulls}' for column in named)
        await tx.execute(f'CREATE INDEX IF NOT EXISTS "{name}" ON [r_{entity_id}] ({listed}, "id")')


async def _refuse_long(tx: Tx, entity_id: str, entity: Entity, *, columns: Mapping[str, str]) -> None:
    """Texts from when a field allowed more would not fit into an index of PostgreSQL. Raises `ValuesTooLong`."""
    if tx.dialect == "sqlite":
        return
    for key in {key for index in entity.indexes for key in index.fields}:
        if isinstance(entity.by_key.get(key), TextBase):
            text = (
                f'SELECT 1 AS found FROM [r_{entity_id}] WHERE length("{columns[key]}") > {MAX_INDEXED_LENGTH} LIMIT 1'
            )
            if await tx.fetch_one(text) is not None:
                raise ValuesTooLong(field=key, max=MAX_INDEXED_LENGTH)


def _declared(entity: Entity, columns: Mapping[str, str]) -> list[tuple[str, ...]]:
    return [tuple(columns[key] for key in index.fields if key != "id") for index in entity.indexes]


def _name(entity_id: str, columns: tuple[str, ...]) -> str:
    digest = hashlib.sha256(",".join(columns).encode()).hexdigest()[:16]
    return f"{_prefix(entity_id)}{digest}"


def _prefix(entity_id: str) -> str:
    return f"x_{entity_id}_c_"


async def _present(tx: Tx, entity_id: str) -> list[str]:
    """The names of the indexes there are."""
    prefix = _prefix(entity_id)
    if tx.dialect == "sqlite":
        text = "SELECT name FROM sqlite_master WHERE type = 'index' AND substr(name, 1, length($1)) = $1"
    else:
        # ids are unique over all schemas, so the name alone finds the index
        text = "SELECT indexname AS name FROM pg_indexes WHERE starts_with(indexname, $1)"
    return [row["name"] for row in await tx.fetch_all(text, prefix)]
