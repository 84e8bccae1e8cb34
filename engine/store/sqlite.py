"""SQLite behind the unit of work: one writer thread with group commit, reads beside it."""

from __future__ import annotations

import asyncio
import fcntl
import sqlite3
import threading
import time
from collections import deque
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, TypeVar, cast

from engine.store.database import (
    MAX_WAITING,
    CommitFailed,
    Dialect,
    ForeignAwait,
    ForeignKeyViolation,
    Overloaded,
    Param,
    Row,
    Statement,
    Texts,
    Tx,
    UniqueViolation,
    Unit,
    UnitAborted,
    run_after_commit,
)
from engine.store.sqlite_reads import Readers

T = TypeVar("T")
GROUP_UNITS = 64
GROUP_SECONDS = 0.020
BUSY_MS = 30_000
# the storage's fault, not the unit's: the disk is full, cannot be read or written, or another program holds the file
STORAGE_FAULTS = {
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_CANTOPEN,
}


def connect(path: Path, *, read_only: bool = False) -> sqlite3.Connection:
    """A connection with the settings every one of ours has."""
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, cached_statements=512)
    connection.row_factory = sqlite3.Row
    for pragma in (f"busy_timeout={BUSY_MS}", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("PRAGMA cache_size=-16000")
    if read_only:
        connection.execute("PRAGMA query_only=ON")
    return connection


class SqliteTx(Tx):
    """A transaction on one connection; its coroutines never suspend."""

    def __init__(self, connection: sqlite3.Connection, texts: Texts) -> None:
        self._connection = connection
        self._texts = texts
        self._depth = 0
        self._failed = False
        self.after: list[Callable[[], None]] = []

    @property
    def dialect(self) -> Dialect:
        """`sqlite`."""
        return "sqlite"

    @property
    def has_failed(self) -> bool:
        """Whether a statement failed outside of a savepoint: nothing of the unit may be kept."""
        return self._failed

    def _run(self, sql: str, args: Sequence[Param]) -> sqlite3.Cursor:
        if self._failed:
            raise UnitAborted
        try:
            return self._connection.execute(self._texts.of(sql), args)
        except sqlite3.IntegrityError as error:
            self._failed = True
            raise _integrity(error) from None
        except sqlite3.Error:
            self._failed = True
            raise

    async def fetch_one(self, sql: str, *args: Param) -> Row | None:
        """The first row, or None."""
        return cast("Row | None", self._run(sql, args).fetchone())

    async def fetch_all(self, sql: str, *args: Param) -> Sequence[Row]:
        """All rows."""
        return self._run(sql, args).fetchall()

    async def execute(self, sql: str, *args: Param) -> int:
        """Rows changed."""
        return max(0, self._run(sql, args).rowcount)

    async def execute_many(self, sql: str, rows: Iterable[Sequence[Param]]) -> None:
        """One statement after the other: there is no round trip to save."""
        for row in rows:
            self._run(sql, row)

    async def execute_all(self, statements: Sequence[Statement]) -> None:
        """One statement after the other."""
        for sql, args in statements:
            self._run(sql, args)

    @asynccontextmanager
    async def savepoint(self) -> AsyncIterator[None]:
        """A nested savepoint."""
        if self._failed:
            raise UnitAborted
        self._depth += 1
        name = f"inner_{self._depth}"
        self._connection.execute(f"SAVEPOINT {name}")
        try:
            yield
        except BaseException:
            # an error such as a full disk may have ended the whole transaction already
            if self._connection.in_transaction:
                self._connection.execute(f"ROLLBACK TO {name}")
                self._connection.execute(f"RELEASE {name}")
                self._failed = False
            raise
        else:
            self._connection.execute(f"RELEASE {name}")
        finally:
            self._depth -= 1

    def after_commit(self, call: Callable[[], None]) -> None:
        """Run `call` on the loop once the group is committed."""
        self.after.append(call)


def _integrity(error: sqlite3.IntegrityError) -> Exception:
    name = error.sqlite_errorname
    if name in {"SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY"}:
        named = str(error).rpartition(": ")[2].split(", ")
        pairs = [item.partition(".") for item in named]
        return UniqueViolation(table=pairs[0][0], columns=tuple(column for _, _, column in pairs))
    if name == "SQLITE_CONSTRAINT_FOREIGNKEY":
        return ForeignKeyViolation(str(error))
    return error


def _for_caller(error: BaseException) -> BaseException:
    """A fault of the storage as a rejection that says so; every other error as it is."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if not isinstance(error, sqlite3.Error) or code not in STORAGE_FAULTS:
        return error
    rejection = CommitFailed()
    rejection.__cause__ = error
    return rejection


def drive(unit: Unit[T], tx: Tx) -> T:
    """Run a unit whose awaits never suspend to its end; raises `ForeignAwait` when one does."""
    coroutine = cast("Coroutine[Any, Any, T]", unit(tx))
    try:
        coroutine.send(None)
    except StopIteration as stop:
        return cast("T", stop.value)
    coroutine.close()
    raise ForeignAwait("a unit of work may await only its transaction")


@dataclass
class _Waiting:
    unit: Unit[Any]
    future: asyncio.Future[Any]
    loop: asyncio.AbstractEventLoop
    result: object = None
    error: BaseException | None = None
    after: list[Callable[[], None]] = field(default_factory=list)


class _Turnstile:
    """Fair turns between the processes that write one file: who waits holds the turnstile, who writes the gate."""

    def __init__(self, path: Path) -> None:
        self._turnstile: IO[bytes] = path.with_name(path.name + "-turnstile").open("wb")
        self._gate: IO[bytes] = path.with_name(path.name + "-gate").open("wb")

    @contextmanager
    def turn(self) -> Any:  # a context manager without a value
        fcntl.flock(self._turnstile, fcntl.LOCK_EX)
        try:
            fcntl.flock(self._gate, fcntl.LOCK_EX)
        finally:
            fcntl.flock(self._turnstile, fcntl.LOCK_UN)
        try:
            yield
        finally:
            fcntl.flock(self._gate, fcntl.LOCK_UN)

    def close(self) -> None:
        self._turnstile.close()
        self._gate.close()


class SqliteDatabase:
    """One SQLite file."""

    def __init__(self, path: Path, *, max_waiting: int = MAX_WAITING) -> None:
        self._path = path
        self._max_waiting = max_waiting
        self._texts = Texts("sqlite")
        self._queue: deque[_Waiting] = deque()
        self._wake = threading.Condition()
        self._closing = False
        self._connection = connect(path)
        self._turnstile = _Turnstile(path)
        self._readers = Readers(path, self._texts, open_connection=connect, make_tx=SqliteTx, drive=drive)
        self._thread = threading.Thread(target=self._work, name="sqlite-writer", daemon=True)
        self._thread.start()

    @property
    def dialect(self) -> Dialect:
        """`sqlite`."""
        return "sqlite"

    async def read(self, unit: Unit[T], *, single: bool = False) -> T:
        """Inline while it only seeks and stays within its budget, else in a reader thread."""
        return await self._readers.read(unit, single=single)

    async def write(self, unit: Unit[T]) -> T:
        """Join the next group; answered after its commit."""
        loop = asyncio.get_running_loop()
        waiting = _Waiting(unit, loop.create_future(), loop)
        with self._wake:
            if self._closing or len(self._queue) >= self._max_waiting:
                raise Overloaded
            self._queue.append(waiting)
            self._wake.notify()
        return cast("T", await waiting.future)

    def refresh_plans(self) -> None:
        """Forget what is known of statements."""
        self._readers.refresh_plans()

    async def close(self) -> None:
        """Finish what waits, then end."""
        with self._wake:
            self._closing = True
            self._wake.notify()
        await asyncio.to_thread(self._thread.join)
        self._readers.close()
        self._connection.close()
        self._turnstile.close()

    def _work(self) -> None:
        while True:
            with self._wake:
                while not self._queue and not self._closing:
                    self._wake.wait()
                if not self._queue:
                    return
            try:
                with self._turnstile.turn():
                    self._group()
            except BaseException as error:  # noqa: BLE001  # the writer must outlive any failure; callers get it
                self._rollback()
                self._fail_all(error)

    def _fail_all(self, error: BaseException) -> None:
        with self._wake:
            failed, self._queue = self._queue, deque()
        for waiting in failed:
            waiting.error = _for_caller(error)
        _answer(failed)

    def _group(self) -> None:
        group: list[_Waiting] = []
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            self._fill(group)
            is_whole = self._connection.in_transaction and self._commit()
        except BaseException:  # noqa: BLE001  # whoever was taken from the queue must get an answer
            self._rollback()
            is_whole = False
        if is_whole:
            _answer(group)
        else:
            self._redo(group)

    def _fill(self, group: list[_Waiting]) -> None:
        deadline = time.perf_counter() + GROUP_SECONDS
        while len(group) < GROUP_UNITS and (waiting := self._next()) is not None:
            group.append(waiting)
            self._unit(waiting)
            if not self._connection.in_transaction or time.perf_counter() > deadline:
                break

    def _next(self) -> _Waiting | None:
        with self._wake:
            while self._queue:
                waiting = self._queue.popleft()
                if not waiting.future.cancelled():
                    return waiting
        return None

    def _unit(self, waiting: _Waiting) -> None:
        tx = SqliteTx(self._connection, self._texts)
        waiting.result = waiting.error = None
        waiting.after = []
        self._connection.execute("SAVEPOINT unit")
        try:
            waiting.result = drive(waiting.unit, tx)
            if tx.has_failed:
                raise UnitAborted  # noqa: TRY301  # as PostgreSQL would: its transaction is lost
        except BaseException as error:  # noqa: BLE001  # every error is the caller's answer; neighbours stay whole
            waiting.error = error
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK TO unit")
                self._connection.execute("RELEASE unit")
        else:
            waiting.after = tx.after
            self._connection.execute("RELEASE unit")

    def _commit(self) -> bool:
        try:
            self._connection.execute("COMMIT")
        except sqlite3.Error:
            self._rollback()
            return False
        return True

    def _rollback(self) -> None:
        if self._connection.in_transaction:
            with suppress(sqlite3.Error):
                self._connection.execute("ROLLBACK")

    def _redo(self, group: list[_Waiting]) -> None:
        """Nothing of the group was applied: each unit again, alone, so that one fault does not hit its neighbours."""
        for waiting in group:
            try:
                self._connection.execute("BEGIN IMMEDIATE")
                self._unit(waiting)
                applied = self._connection.in_transaction and self._commit()
            except BaseException as error:  # noqa: BLE001  # as above
                self._rollback()
                applied, waiting.error = False, error
            if not applied and waiting.error is None:
                waiting.error = CommitFailed()
        _answer(group)


def _answer(group: Iterable[_Waiting]) -> None:
    by_loop: dict[asyncio.AbstractEventLoop, list[_Waiting]] = {}
    for waiting in group:
        by_loop.setdefault(waiting.loop, []).append(waiting)
    for loop, waiters in by_loop.items():
        with suppress(RuntimeError):  # the loop is closed: nobody waits any more
            loop.call_soon_threadsafe(_deliver, waiters)


def _deliver(waiters: list[_Waiting]) -> None:
    for waiting in waiters:
        if waiting.error is None:
            run_after_commit(waiting.after)
        if waiting.future.done():
            continue
        if waiting.error is not None:
            waiting.future.set_exception(_for_caller(waiting.error))
        else:
            waiting.future.set_result(waiting.result)
