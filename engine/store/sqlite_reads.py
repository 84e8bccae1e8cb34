"""Reads on SQLite: on the event loop while they only seek, in two reader threads otherwise."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Protocol, TypeVar

from engine.store.database import MAX_TEXTS, Param, Row, Texts, Tx, Unit, run_after_commit


class ReadTx(Tx, Protocol):
    """A transaction that shows what it was asked to do once it is over."""

    after: list[Callable[[], None]]


T = TypeVar("T")
BUDGET_SECONDS = 0.005
REMEMBER_SECONDS = 60.0
STEPS = 500
THREADS = 2
# a handful of rows each, read by every request
SMALL_TABLES = frozenset({"version_mark", "setting"})


class _Opener(Protocol):
    def __call__(self, path: Path, *, read_only: bool = False) -> sqlite3.Connection: ...


class _Driver(Protocol):
    def __call__(self, unit: Unit[T], tx: Tx, /) -> T: ...


class _ToPool(BaseException):
    """Not for the loop: run the unit again in a reader thread."""


class Readers:
    """The read side of one file."""

    def __init__(
        self,
        path: Path,
        texts: Texts,
        *,
        open_connection: _Opener,
        make_tx: Callable[[sqlite3.Connection, Texts], ReadTx],
        drive: _Driver,
    ) -> None:
        self._path = path
        self._texts = texts
        self._open = open_connection
        self._make_tx = make_tx
        self._drive = drive
        self._inline = open_connection(path, read_only=True)
        self._seeks: set[str] = set()
        self._pool_until: dict[str, float] = {}
        self._deadline = 0.0
        self._local = threading.local()
        self._opened: list[sqlite3.Connection] = []
        self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix="sqlite-reader")
        self._inline.set_progress_handler(self._over_budget, STEPS)

    def _over_budget(self) -> int:
        return int(self._deadline > 0 and time.thread_time() > self._deadline)

    async def read(self, unit: Unit[T], *, single: bool) -> T:
        """The unit's result, from one snapshot."""
        try:
            return self._read_inline(unit, single=single)
        except _ToPool:
            loop = asyncio.get_running_loop()
            result, after = await loop.run_in_executor(self._pool, self._read_in_thread, unit)
            run_after_commit(after)
            return result

    def _read_inline(self, unit: Unit[T], *, single: bool) -> T:
        inner = self._make_tx(self._inline, self._texts)
        tx = _WatchedTx(inner, self)
        if not single:
            self._inline.execute("BEGIN")
        self._deadline = time.thread_time() + BUDGET_SECONDS
        try:
            result = self._drive(unit, tx)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorname != "SQLITE_INTERRUPT":
                raise
            self._to_pool(tx.last)
            raise _ToPool from None
        finally:
            self._deadline = 0.0
            if not single:
                self._inline.execute("COMMIT")
        run_after_commit(inner.after)
        return result

    def _read_in_thread(self, unit: Unit[T]) -> tuple[T, list[Callable[[], None]]]:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = self._local.connection = self._open(self._path, read_only=True)
            self._opened.append(connection)
        connection.execute("BEGIN")
        tx = self._make_tx(connection, self._texts)
        try:
            return self._drive(unit, tx), tx.after
        finally:
            with suppress(sqlite3.Error):
                connection.execute("COMMIT")

    def check(self, sql: str, args: tuple[Param, ...]) -> None:
        """Raise `_ToPool` when the text was slow or its plan is a scan; after a minute both are looked at again."""
        if sql in self._seeks:
            return
        until = self._pool_until.get(sql)
        if until is not None and time.monotonic() < until:
            raise _ToPool
        if not self._plan_seeks(sql, args):
            self._to_pool(sql)
            raise _ToPool
        if len(self._seeks) >= MAX_TEXTS:
            self._seeks.clear()
        self._seeks.add(sql)

    def _to_pool(self, sql: str) -> None:
        if len(self._pool_until) >= MAX_TEXTS:
            self._pool_until.clear()
        self._seeks.discard(sql)
        self._pool_until[sql] = time.monotonic() + REMEMBER_SECONDS

    def _plan_seeks(self, sql: str, args: tuple[Param, ...]) -> bool:
        try:
            rows = self._inline.execute("EXPLAIN QUERY PLAN " + self._texts.of(sql), args).fetchall()
        except sqlite3.Error:
            return True  # the statement itself will say what is wrong
        return not any(_is_scan(str(row["detail"])) for row in rows)

    def refresh_plans(self) -> None:
        """Forget every plan and every slow text."""
        self._seeks.clear()
        self._pool_until.clear()

    def close(self) -> None:
        """End the threads and connections."""
        self._pool.shutdown(wait=True)
        for connection in self._opened:
            connection.close()
        self._inline.close()


def _is_scan(detail: str) -> bool:
    if not detail.startswith("SCAN") or "CONSTANT ROW" in detail or detail.split()[1] in SMALL_TABLES:
        return False
    return "USING" not in detail or "VIRTUAL TABLE" in detail


class _WatchedTx:
    """The loop's transaction: asks before each statement whether it may run here."""

    def __init__(self, tx: Tx, readers: Readers) -> None:
        self._tx = tx
        self._readers = readers
        self.last = ""
        self.dialect = tx.dialect
        self.savepoint = tx.savepoint
        self.after_commit = tx.after_commit
        self.execute = tx.execute
        self.execute_many = tx.execute_many
        self.execute_all = tx.execute_all

    async def fetch_one(self, sql: str, *args: Param) -> Row | None:
        """The first row, or None."""
        self.last = sql
        self._readers.check(sql, args)
        return await self._tx.fetch_one(sql, *args)

    async def fetch_all(self, sql: str, *args: Param) -> list[Row]:
        """All rows."""
        self.last = sql
        self._readers.check(sql, args)
        return list(await self._tx.fetch_all(sql, *args))
