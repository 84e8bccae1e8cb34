"""Indexes over several fields of an entity, as its definition declares them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from engine.errors import Rejection
from engine.model.checks.entities import MAX_INDEXED_LENGTH
from engine.model.entities import Entity
from engine.model.field_types.text import TextField
from engine.store.database import Tx


class ValuesTooLong(Rejection):
    """Stored texts of a field that allowed more in former times."""

    code = "values_too_long"
    status = 422
    zh = "字段 “{field}” 已有超过 {max} 个字符的值, 不能用于索引"
    en = "The field “{field}” has values of more than {max} characters and cannot be in an index"


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
        if isinstance(entity.by_key.get(key), TextField):
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
