"""The index rows of links to many records, kept in step with the records in the same transaction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from engine.model.rows import rows_at
from engine.model.values import Value
from engine.store.database import Tx
from engine.store.entities import StoredEntity


@dataclass(frozen=True)
class _Kept:
    """One indexed field, or column of the subform at the path `key`."""

    key: str
    column: str | None
    table: str

    def lines(self, record_id: str, values: Mapping[str, Value]) -> Iterator[tuple[object, ...]]:
        if self.column is None:
            yield from ((record_id, position, target) for position, target in enumerate(_ids(values.get(self.key))))
            return
        for row in rows_at(values, self.key):
            for position, target in enumerate(_ids(row.values.get(self.column))):
                yield record_id, row.id, position, target

    @property
    def insert(self) -> str:
        if self.column is None:
            return f"INSERT INTO [{self.table}] (record_id, position, target_id) VALUES ($1, $2, $3)"
        return f"INSERT INTO [{self.table}] (record_id, row_id, position, target_id) VALUES ($1, $2, $3, $4)"


def _ids(value: Value) -> Iterable[str]:
    return [item for item in value if isinstance(item, str)] if isinstance(value, tuple) else ()


class LinkRows:
    """Writes the index tables of one entity; false where it has no link to many."""

    def __init__(self, kept: Iterable[_Kept]) -> None:
        self._kept = tuple(kept)

    @staticmethod
    def of(stored: StoredEntity) -> LinkRows:
        """Those of an entity's fields and columns in use."""
        found = [
            _Kept(key, None, column.index_table) for key, column in stored.columns.items() if column.kind == "links"
        ]
        found += [
            _Kept(key, name, column.index_table)
            for key, subform in stored.subforms.items()
            for name, column in subform.columns.items()
            if column.kind == "links"
        ]
        return LinkRows(found)

    def __bool__(self) -> bool:
        return bool(self._kept)

    async def add(self, tx: Tx, record_id: str, values: Mapping[str, Value]) -> None:
        """Index a record that was just inserted."""
        await self.add_all(tx, [(record_id, values)])

    async def add_all(self, tx: Tx, records: Iterable[tuple[str, Mapping[str, Value]]]) -> None:
        """Index records that were just inserted: one call of the database for each field."""
        listed = list(records)
        for kept in self._kept:
            lines = [line for record_id, values in listed for line in kept.lines(record_id, values)]
            if lines:
                await tx.execute_many(kept.insert, lines)

    async def replace(self, tx: Tx, record_id: str, *, old: Mapping[str, Value], new: Mapping[str, Value]) -> None:
        """Index a record anew as far as its links or rows differ."""
        for kept in self._kept:
            lines = list(kept.lines(record_id, new))
            if lines == list(kept.lines(record_id, old)):
                continue
            await tx.execute(f"DELETE FROM [{kept.table}] WHERE record_id = $1", record_id)
            if lines:
                await tx.execute_many(kept.insert, lines)
