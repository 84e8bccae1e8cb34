"""Unique indexes over several fields or the columns of a subform: made at publish, and asked who holds the values."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from engine.model.entities import Entity
from engine.model.uniques import Combination
from engine.model.values import Scalar
from engine.store.columns import Column, writer
from engine.store.database import Dialect, Tx, UniqueViolation
from engine.store.entities import StoredEntity
from engine.store.indexes import ValuesRepeat


@dataclass(frozen=True)
class StoredUnique:
    """What may not repeat in a table. `owner`: the column with the record's id; `keys`: of the fields, or of the
    columns of the `subform`.
    """

    table: str
    subform: str
    owner: str
    keys: tuple[str, ...]
    columns: tuple[Column, ...]
    index: str

    def refused(self, violation: UniqueViolation) -> bool:
        """Whether this index was the one that refused a row."""
        names = {column.name for column in self.columns}
        return violation.constraint == self.index or (violation.table == self.table and set(violation.columns) == names)

    async def holder(self, tx: Tx, values: Mapping[str, Scalar], *, besides: str) -> str | None:
        """The id of a record other than `besides` that has these values; None: there is none."""
        pairs = zip(self.keys, self.columns, strict=True)
        given = [writer(column, tx.dialect)(values.get(key)) for key, column in pairs]
        if any(item is None for item in given):
            return None
        tests = [
            f"{_compared(column, tx.dialect)} = {_given(column, tx.dialect, number)}"
            for number, column in enumerate(self.columns, start=2)
        ]
        found = await tx.fetch_one(
            f"SELECT {self.owner} AS id FROM [{self.table}] WHERE {' AND '.join(tests)} AND {self.owner} <> $1 LIMIT 1",
            besides, *given,
        )  # fmt: skip
        return None if found is None else str(found["id"])


def _compared(column: Column, dialect: Dialect) -> str:
    # PostgreSQL refuses long index rows; a hash of each text is short
    is_hashed = dialect == "postgresql" and column.kind == "text"
    return f'md5("{column.name}")' if is_hashed else f'"{column.name}"'


def _given(column: Column, dialect: Dialect, number: int) -> str:
    is_hashed = dialect == "postgresql" and column.kind == "text"
    return f"md5(${number})" if is_hashed else f"${number}"


def unique_of(stored: StoredEntity, combination: Combination) -> StoredUnique | None:
    """Where a combination over all records is kept; None: it is about the rows of one record."""
    if combination.extent != "entity":
        return None
    fields = {item.id: item for item in stored.fields}
    parts = [fields[stored.field_ids[path]] for path in combination.fields]
    parent = parts[0].parent_id
    # in the authored order; another order is another index
    name = hashlib.sha256(" ".join(item.id for item in parts).encode()).hexdigest()[:16]
    return StoredUnique(
        table=f"s_{parent}" if parent else stored.table,
        subform=combination.subform,
        owner="record_id" if parent else "id",
        keys=tuple(item.key for item in parts),
        columns=tuple(item.column for item in parts),
        index=f"x_{parent or stored.id}_m_{name}",
    )


def field_unique(stored: StoredEntity, key: str) -> StoredUnique:
    """Where a single field that is unique is kept."""
    column = stored.columns[key]
    return StoredUnique(stored.table, "", "id", (key,), (column,), "")


async def publish_uniques(tx: Tx, stored: StoredEntity, entity: Entity) -> None:
    """Exactly the indexes that the entity's combinations ask for. Raises `ValuesRepeat`."""
    wanted = {item.index: item for item in (unique_of(stored, one) for one in entity.unique) if item is not None}
    owners = (stored.id, *(item.id for item in stored.fields if item.kind == "table"))
    there = await _indexes(tx, [f"x_{owner}_m_" for owner in owners])
    for name in sorted(there - wanted.keys()):
        await tx.execute(f"DROP INDEX IF EXISTS [{name}]")
    for name, item in wanted.items():
        if name in there:
            continue
        columns = ", ".join(_compared(column, tx.dialect) for column in item.columns)
        try:
            await tx.execute(f'CREATE UNIQUE INDEX "{name}" ON [{item.table}] ({columns})')
        except UniqueViolation:
            raise ValuesRepeat(field=", ".join(item.keys), records="…") from None


async def _indexes(tx: Tx, prefixes: Iterable[str]) -> set[str]:
    """Names of the indexes that begin so."""
    catalog, name = ("sqlite_master", "name") if tx.dialect == "sqlite" else ("pg_indexes", "indexname")
    found: set[str] = set()
    for prefix in prefixes:
        rows = await tx.fetch_all(
            f"SELECT {name} AS name FROM {catalog} WHERE substr({name}, 1, {len(prefix)}) = $1", prefix
        )
        found.update(row["name"] for row in rows)
    return found
