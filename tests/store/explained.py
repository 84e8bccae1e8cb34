"""What a database does with each statement of a unit."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager

from engine.store.database import Dialect, Param, Row, Tx


class Explained:
    """A transaction that notes the plan of every query; on PostgreSQL an index is used wherever one can be."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx
        self.plans: list[str] = []

    @property
    def dialect(self) -> Dialect:
        return self._tx.dialect

    async def _explain(self, sql: str, args: tuple[Param, ...]) -> None:
        if self.dialect == "sqlite":
            self.plans += [str(row["detail"]) for row in await self._tx.fetch_all(f"EXPLAIN QUERY PLAN {sql}", *args)]
            return
        for kind in ("seqscan", "bitmapscan", "hashjoin", "mergejoin"):
            await self._tx.execute(f"SET LOCAL enable_{kind} = off")
        self.plans += [str(row[0]) for row in await self._tx.fetch_all(f"EXPLAIN {sql}", *args)]

    async def fetch_one(self, sql: str, *args: Param) -> Row | None:
        await self._explain(sql, args)
        return await self._tx.fetch_one(sql, *args)

    async def fetch_all(self, sql: str, *args: Param) -> Sequence[Row]:
        await self._explain(sql, args)
        return await self._tx.fetch_all(sql, *args)

    async def execute(self, sql: str, *args: Param) -> int:
        return await self._tx.execute(sql, *args)

    async def execute_many(self, sql: str, rows: object) -> None:
        raise NotImplementedError

    async def execute_all(self, statements: object) -> None:
        raise NotImplementedError

    def savepoint(self) -> AbstractAsyncContextManager[None]:
        return self._tx.savepoint()

    def after_commit(self, call: object) -> None:
        raise NotImplementedError
