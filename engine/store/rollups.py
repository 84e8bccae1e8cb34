"""What is rolled up: counts, sums and bounds over the records that link to others, exact on both databases."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from engine.model.expressions import EVERYTHING, Expression
from engine.model.field_types.rollup import RollupFunction
from engine.model.values import Scalar
from engine.store.columns import Column, reader
from engine.store.database import Dialect, Tx
from engine.store.database import Row as DatabaseRow
from engine.store.entities import StoredEntity
from engine.store.expressions import Conditions
from engine.store.parameters import Parameters

IN_LIMIT = 500
# a sum of whole numbers is taken in two halves: of all of them together SQLite would not hold it
_HALF = 10**9


@dataclass(frozen=True)
class Wanted:
    """`function` over the field at the path `of`, of the records that `where` admits and `by` links."""

    by: str
    function: RollupFunction
    of: str | None = None
    where: Expression = EVERYTHING


@dataclass(frozen=True)
class _Source:
    """Where the links lie: what stands behind FROM, and the column that names the record they lead to."""

    tables: str
    target: str


class Rollups:
    """Rolls up the records of one entity."""

    def __init__(self, stored: StoredEntity, conditions: Conditions, dialect: Dialect) -> None:
        self._stored = stored
        self._conditions = conditions
        self._dialect = dialect

    async def take(self, tx: Tx, wanted: Wanted, targets: Sequence[str]) -> dict[str, Scalar]:
        """The value for each of these records to which any link; an average is not rounded to anything yet."""
        found: dict[str, Scalar] = {}
        source = self._source(wanted.by)
        for start in range(0, len(targets), IN_LIMIT):
            parameters = Parameters()
            places = ", ".join(parameters.add(record_id) for record_id in targets[start : start + IN_LIMIT])
            where = "" if wanted.where == EVERYTHING else f" AND {self._conditions.build(wanted.where, parameters)}"
            text = (
                f"SELECT {source.target} AS target, {self._made(wanted)} FROM {source.tables}"
                f" WHERE {source.target} IN ({places}){where} GROUP BY {source.target}"
            )
            for row in await tx.fetch_all(text, *parameters.values):
                found[row["target"]] = self._read(wanted, row)
        return found

    async def hold(self, tx: Tx, ids: Iterable[str], *, waits: bool) -> None:
        """Let nobody else roll up into these records of the entity before this transaction ends.

        Without `waits` the unit begins anew while somebody does.
        """
        listed = sorted(set(ids))
        if self._dialect == "sqlite":
            return
        suffix = "" if waits else " NOWAIT"
        for start in range(0, len(listed), IN_LIMIT):
            parameters = Parameters()
            places = ", ".join(parameters.add(record_id) for record_id in listed[start : start + IN_LIMIT])
            chosen = f"SELECT r.id FROM [{self._stored.table}] r WHERE r.id IN ({places}) ORDER BY r.id"
            await tx.fetch_all(f"{chosen} FOR UPDATE{suffix}", *parameters.values)

    def _source(self, by: str) -> _Source:
        key, _, column = by.partition(".")
        table = f"[{self._stored.table}] r"
        links = self._stored.subforms[key].columns[column] if column else self._stored.columns[key]
        rows = f" JOIN [{self._stored.subforms[key].table}] s" if column else ""
        if links.kind != "links":
            if not column:
                return _Source(table, f'r."{links.name}"')
            return _Source(f"{table}{rows} ON s.record_id = r.id", f's."{links.name}"')
        joined = f"{table} JOIN [{links.index_table}] l ON l.record_id = r.id"
        return _Source(f"{joined}{rows} ON s.id = l.row_id" if column else joined, "l.target_id")

    def _column(self, of: str) -> tuple[str, Column]:
        key, _, name = of.partition(".")
        column = self._stored.subforms[key].columns[name] if name else self._stored.columns[key]
        return f'{"s" if name else "r"}."{column.name}"', column

    def _made(self, wanted: Wanted) -> str:
        if wanted.of is None:
            return "count(*) AS n"
        name, _ = self._column(wanted.of)
        if wanted.function in {"min", "max"}:
            return f"{wanted.function}({name}) AS value"
        if self._dialect == "sqlite":
            return f"count({name}) AS n, sum({name} / {_HALF}) AS high, sum({name} % {_HALF}) AS low"
        return f"count({name}) AS n, sum({name}) AS value"

    def _read(self, wanted: Wanted, row: DatabaseRow) -> Scalar:
        if wanted.of is None:
            return Decimal(row["n"])
        _, column = self._column(wanted.of)
        if wanted.function in {"min", "max"}:
            return reader(column, self._dialect)(row["value"])
        count = Decimal(row["n"])
        if not count:
            return Decimal(0) if wanted.function == "sum" else None
        if self._dialect == "sqlite":
            total = Decimal(row["high"] * _HALF + row["low"]).scaleb(-column.scale)
        else:
            total = Decimal(row["value"])
        return total if wanted.function == "sum" else total / count
