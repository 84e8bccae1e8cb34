"""Index tables of links to many records: made, filled from the records, taken away, compared with them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from engine.store.columns import Column, sql_type
from engine.store.database import Tx


@dataclass(frozen=True)
class LinkIndex:
    """The index of one field, or of a column of rows: the table `source` and the column in which the links lie."""

    source: str
    column: Column
    is_of_rows: bool

    @property
    def table(self) -> str:
        """`l_` and the id of the field."""
        return self.column.index_table

    @property
    def owners(self) -> tuple[str, ...]:
        """What stands in front of position and target: the record, and in rows also the row."""
        return ("record_id", "row_id") if self.is_of_rows else ("record_id",)

    @property
    def _owner(self) -> str:
        """The same in the source table `h`."""
        return "h.record_id, h.id" if self.is_of_rows else "h.id"

    def listed(self, tx: Tx) -> str:
        """The index as the records say it should be, as a statement."""
        name = f'h."{self.column.name}"'
        if tx.dialect == "sqlite":
            return (
                f"SELECT {self._owner}, e.key AS position, e.value AS target_id"
                f" FROM [{self.source}] h, json_each({name}) e WHERE {name} IS NOT NULL"
            )
        return (
            f"SELECT {self._owner}, e.place - 1 AS position, e.target AS target_id FROM [{self.source}] h,"
            f" LATERAL jsonb_array_elements_text({name}) WITH ORDINALITY AS e (target, place)"
        )


async def create_index(tx: Tx, index: LinkIndex) -> None:
    """Make the table, empty."""
    text, number = (sql_type(Column("", kind), tx.dialect) for kind in ("reference", "integer"))
    owners = "".join(f"{name} {text} NOT NULL, " for name in index.owners)
    key = "row_id" if index.is_of_rows else "record_id"
    await tx.execute(
        f"CREATE TABLE [{index.table}]"
        f" ({owners}position {number} NOT NULL, target_id {text} NOT NULL, PRIMARY KEY ({key}, position))"
    )
    await tx.execute(f'CREATE INDEX "x_{index.table}_target" ON [{index.table}] (target_id, record_id)')
    if index.is_of_rows:
        await tx.execute(f'CREATE INDEX "x_{index.table}_record" ON [{index.table}] (record_id)')


async def fill_index(tx: Tx, index: LinkIndex) -> None:
    """Write the index anew from the records."""
    await tx.execute(f"DELETE FROM [{index.table}]")
    columns = ", ".join([*index.owners, "position", "target_id"])
    await tx.execute(f"INSERT INTO [{index.table}] ({columns}) {index.listed(tx)}")


async def find_differing(tx: Tx, index: LinkIndex, *, limit: int) -> list[str]:
    """Records of which the index says something else than their own column."""
    columns = ", ".join([*index.owners, "position", "target_id"])
    kept, wanted = f"SELECT {columns} FROM [{index.table}]", index.listed(tx)
    rows = await tx.fetch_all(
        f"SELECT DISTINCT record_id FROM (SELECT * FROM ({kept} EXCEPT {wanted}) a"
        f" UNION ALL SELECT * FROM ({_named(wanted, index)} EXCEPT {kept}) b) d ORDER BY record_id LIMIT {limit:d}"
    )
    return [row["record_id"] for row in rows]


def _named(wanted: str, index: LinkIndex) -> str:
    """The first part of a union names its columns."""
    first = "h.record_id, h.id AS row_id" if index.is_of_rows else "h.id AS record_id"
    return wanted.replace("h.record_id, h.id" if index.is_of_rows else "h.id", first, 1)


async def find_several(tx: Tx, index: LinkIndex, *, limit: int) -> list[str]:
    """Records that hold more than one link in the column."""
    rows = await tx.fetch_all(
        f"SELECT DISTINCT record_id FROM [{index.table}] WHERE position > 0 ORDER BY record_id LIMIT {limit:d}"
    )
    return [row["record_id"] for row in rows]


async def become_many(tx: Tx, index: LinkIndex, *, former: Iterable[str]) -> None:
    """Turn a column of single links into lists; `former`: the names that its own indexes may have."""
    for name in former:
        await tx.execute(f"DROP INDEX IF EXISTS [{name}]")
    column = f'"{index.column.name}"'
    if tx.dialect == "sqlite":
        await tx.execute(f"UPDATE [{index.source}] SET {column} = json_array({column}) WHERE {column} IS NOT NULL")
    else:
        lists = f"CASE WHEN {column} IS NULL THEN NULL ELSE jsonb_build_array({column}) END"
        await tx.execute(f"ALTER TABLE [{index.source}] ALTER COLUMN {column} TYPE JSONB USING {lists}")
    await create_index(tx, index)
    await fill_index(tx, index)


async def become_one(tx: Tx, index: LinkIndex) -> None:
    """Turn a column of lists, none of which has more than one item, into single links."""
    column = f'"{index.column.name}"'
    if tx.dialect == "sqlite":
        first = f"json_extract({column}, '$[0]')"
        await tx.execute(f"UPDATE [{index.source}] SET {column} = {first} WHERE {column} IS NOT NULL")
    else:
        kind = sql_type(Column("", "reference"), tx.dialect)
        await tx.execute(f"ALTER TABLE [{index.source}] ALTER COLUMN {column} TYPE {kind} USING {column}->>0")
    await tx.execute(f"DROP TABLE [{index.table}]")
