"""The child tables of subforms: rows of records, and rows of those rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from engine.model.rows import rows_of
from engine.model.values import Row, Value
from engine.store.columns import Reader, Writer, reader, writer
from engine.store.database import Dialect, Tx
from engine.store.database import Row as DatabaseRow
from engine.store.entities import StoredSubform

IN_LIMIT = 500


class Subform:
    """Statements and conversions of one child table. `inner`: those of the subforms in its rows, by column key."""

    def __init__(self, stored: StoredSubform, dialect: Dialect, *, inner: Mapping[str, Subform]) -> None:
        self.key = stored.key
        self.table = stored.table
        self.inner = inner
        self._owner = stored.owner
        columns = stored.columns
        self._readers: list[tuple[str, str, Reader]] = [
            (key, column.name, reader(column, dialect)) for key, column in columns.items()
        ]
        self._writers: list[tuple[str, Writer]] = [(key, writer(column, dialect)) for key, column in columns.items()]
        self._archived = [column.name for column in stored.archived]
        self.hidden = stored.hidden
        owners = ["record_id"] if stored.owner == "record_id" else ["record_id", stored.owner]
        listed = [*owners, "position", *(f'"{column.name}"' for column in columns.values())]
        names = ", ".join(["id", *listed])
        places = ", ".join(f"${number}" for number in range(1, len(listed) + 2))
        self._select = f"SELECT {names} FROM [{self.table}] WHERE record_id"
        self._insert = f"INSERT INTO [{self.table}] ({names}) VALUES ({places})"
        self._order = ", ".join([*owners, "position"])
        self.delete = f"DELETE FROM [{self.table}] WHERE record_id = $1"
        kept = ", ".join(["id", *(f'"{name}"' for name in self._archived)])
        self._select_archived = f"SELECT {kept} FROM [{self.table}] WHERE record_id = $1"
        settings = ", ".join(f'"{name}" = ${number}' for number, name in enumerate(self._archived, start=2))
        self.restore = f"UPDATE [{self.table}] SET {settings} WHERE id = $1"

    async def rows_of(self, tx: Tx, ids: Sequence[str]) -> dict[str, list[Row]]:
        """The rows of these records in their order, by record: one statement for up to 500, one for each inner one."""
        inner = {key: await subform.rows_of(tx, ids) for key, subform in self.inner.items()}
        found: dict[str, list[Row]] = {}
        for start in range(0, len(ids), IN_LIMIT):
            chunk = ids[start : start + IN_LIMIT]
            places = ", ".join(f"${number}" for number in range(1, len(chunk) + 1))
            text = f"{self._select} IN ({places}) ORDER BY {self._order}"
            for raw in await tx.fetch_all(text, *chunk):
                found.setdefault(raw[self._owner], []).append(self._row(raw, inner))
        return found

    def _row(self, raw: DatabaseRow, inner: Mapping[str, Mapping[str, list[Row]]]) -> Row:
        cells: dict[str, Value] = {key: read(raw[name]) for key, name, read in self._readers}
        for key, rows in inner.items():
            cells[key] = tuple(rows.get(raw["id"], ()))
        return Row(raw["id"], cells)

    async def insert(self, tx: Tx, record_id: str, rows: Value) -> None:
        """Store the rows of a record, which must have ids, and those inside them."""
        await self.insert_many(tx, [(record_id, rows)])

    async def insert_many(self, tx: Tx, given: Sequence[tuple[str, Value]]) -> None:
        """Store the rows of several records, which must have ids: one call of the database for each table."""
        await self.insert_lists(tx, [((record_id,), rows_of(rows)) for record_id, rows in given])

    async def insert_lists(self, tx: Tx, lists: Sequence[tuple[tuple[str, ...], list[Row]]]) -> None:
        """Store lists of rows, each with the id of its record, and of the row it is in if it is in one."""
        lines = [
            [row.id, *owners, position, *self._cells(row)]
            for owners, rows in lists
            for position, row in enumerate(rows)
        ]
        if not lines:
            return
        await tx.execute_many(self._insert, lines)
        for key, subform in self.inner.items():
            inside = [
                ((owners[0], row.id or ""), rows_of(row.values.get(key))) for owners, rows in lists for row in rows
            ]
            await subform.insert_lists(tx, inside)

    def _cells(self, row: Row) -> list[object]:
        # columns hold no rows, which lie in tables of their own
        return [write(row.values.get(key)) for key, write in self._writers]  # type: ignore[arg-type]

    async def replace(self, tx: Tx, record_id: str, rows: Value) -> None:
        """Store other rows; those that stay keep their cells of removed columns, and what a removed subform held."""
        tables = list(self.tables())
        archived = [(table, await table.archived_cells(tx, record_id)) for table in tables]
        for table in tables:
            await tx.execute(table.delete, record_id)
        await self.insert(tx, record_id, rows)
        for table, cells in archived:
            if cells:
                await tx.execute_many(table.restore, cells)
            for hidden in table.hidden:
                await tx.execute(
                    f"DELETE FROM [{hidden}] WHERE record_id = $1 AND row_id NOT IN"
                    f" (SELECT id FROM [{table.table}] WHERE record_id = $1)",
                    record_id,
                )

    def tables(self) -> list[Subform]:
        return [self, *(table for inner in self.inner.values() for table in inner.tables())]

    async def archived_cells(self, tx: Tx, record_id: str) -> list[list[object]]:
        """Cells of removed columns as the database holds them, each line with the id of its row first."""
        if not self._archived:
            return []
        found = await tx.fetch_all(self._select_archived, record_id)
        return [[raw["id"], *(raw[name] for name in self._archived)] for raw in found]


def nested(stored: Mapping[str, StoredSubform], dialect: Dialect) -> dict[str, Subform]:
    """The tables of an entity's subforms by key, with those of inner ones in them; `stored`: all by path."""
    inner: dict[str, dict[str, Subform]] = {}
    found: dict[str, Subform] = {}
    # what is inside comes first
    for path, item in sorted(stored.items(), key=lambda pair: -pair[0].count(".")):
        outer, _, key = path.rpartition(".")
        made = Subform(item, dialect, inner=inner.get(path, {}))
        if outer:
            inner.setdefault(outer, {})[key] = made
        else:
            found[key] = made
    return {path: found[path] for path in stored if path in found}
