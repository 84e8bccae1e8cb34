"""PostgreSQL behind the unit of work, over asyncpg: the one module that knows the driver."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Generator, Iterable, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Any, TypeVar, cast
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

import asyncpg

from engine.store.database import (
    MAX_WAITING,
    CommitFailed,
    DatabaseUnavailable,
    Dialect,
    ForeignAwait,
    ForeignKeyViolation,
    OutcomeUnknown,
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
    together,
)

T = TypeVar("T")
DEFAULT_SCHEMA = "formwright"
POOL_MAX = 16
STATEMENTS = 400  # prepared on each connection: lists have many shapes
ATTEMPTS = 12
ALONE_FROM = 4
TIMEOUTS = {"statement_timeout": "30000", "idle_in_transaction_session_timeout": "60000", "lock_timeout": "20000"}
CONNECT_SECONDS = 10
COMMAND_SECONDS = 60
PATIENCE_SECONDS = 15
HELD_SECONDS, HELD_MOST_SECONDS, HELD_AS_CONFLICT = 0.005, 0.08, 2
RETRIED = (
    asyncpg.exceptions.SerializationError,
    asyncpg.exceptions.DeadlockDetectedError,
    asyncpg.exceptions.InvalidCachedStatementError,
    asyncpg.exceptions.DatatypeMismatchError,
)
# a statement or a lock took longer than TIMEOUTS
TOO_SLOW = (asyncpg.exceptions.QueryCanceledError, asyncpg.exceptions.LockNotAvailableError)
LOST = (
    asyncpg.exceptions.PostgresConnectionError,
    asyncpg.exceptions.AdminShutdownError,
    asyncpg.exceptions.CrashShutdownError,
    asyncpg.exceptions.CannotConnectNowError,
    asyncpg.exceptions.TooManyConnectionsError,
    # the server's farewell on an idle connection was read, but its end was not yet
    asyncpg.exceptions.InternalClientError,
    OSError,
)


class RowsHeld(Exception):
    """Rows that somebody else changes were not waited for: he may wait for what this unit holds."""


def split_url(url: str) -> tuple[str, str]:
    """The URL a driver takes, and the PostgreSQL schema named by its `schema` parameter (default `formwright`)."""
    parts = urlsplit(url)
    query = parse_qsl(parts.query, keep_blank_values=True)
    schema = dict(query).get("schema", DEFAULT_SCHEMA)
    rest = urlencode([(name, value) for name, value in query if name != "schema"], quote_via=quote)
    return urlunsplit(parts._replace(scheme="postgresql", query=rest)), schema


class PostgresTx(Tx):
    """A transaction on one connection."""

    def __init__(self, connection: Any, texts: Texts) -> None:
        self._connection = connection
        self._texts = texts
        self.awaiting = False
        self._failed = False
        self.after: list[Callable[[], None]] = []

    @property
    def dialect(self) -> Dialect:
        """`postgresql`."""
        return "postgresql"

    @property
    def has_failed(self) -> bool:
        """Whether a statement failed outside of a savepoint: nothing of the unit can be kept."""
        return self._failed

    def _text(self, sql: str) -> str:
        if self._failed:
            raise UnitAborted
        return self._texts.of(sql)

    async def _ask(self, question: Awaitable[T]) -> T:
        self.awaiting = True
        try:
            return await question
        except asyncpg.exceptions.UniqueViolationError as error:
            self._failed = True
            raise _unique(error) from None
        except asyncpg.exceptions.ForeignKeyViolationError as error:
            self._failed = True
            raise ForeignKeyViolation(str(error)) from None
        except asyncpg.exceptions.InterfaceError as error:
            self._failed = True
            if self._connection.is_closed():
                raise ConnectionResetError(str(error)) from error
            raise
        except BaseException:
            self._failed = True
            raise
        finally:
            self.awaiting = False

    async def fetch_one(self, sql: str, *args: Param) -> Row | None:
        """The first row, or None."""
        return cast("Row | None", await self._ask(self._connection.fetchrow(self._text(sql), *args)))

    async def fetch_all(self, sql: str, *args: Param) -> Sequence[Row]:
        """All rows."""
        try:
            return cast("Sequence[Row]", await self._ask(self._connection.fetch(self._text(sql), *args)))
        except asyncpg.exceptions.LockNotAvailableError as error:
            if sql.endswith(" NOWAIT"):
                raise RowsHeld from error
            raise

    async def execute(self, sql: str, *args: Param) -> int:
        """Rows changed."""
        status: str = await self._ask(self._connection.execute(self._text(sql), *args))
        count = status.rpartition(" ")[2]
        return int(count) if count.isdigit() else 0

    async def execute_many(self, sql: str, rows: Iterable[Sequence[Param]]) -> None:
        """All rows in one pipelined round trip."""
        await self._ask(self._connection.executemany(self._text(sql), rows))

    async def execute_all(self, statements: Sequence[Statement]) -> None:
        """All of them as one statement."""
        sql, args = together(statements)
        await self.execute(sql, *args)

    @asynccontextmanager
    async def savepoint(self) -> AsyncIterator[None]:
        """A nested transaction."""
        if self._failed:
            raise UnitAborted
        nested = self._connection.transaction()
        await self._ask(nested.start())
        try:
            yield
        except GeneratorExit:
            # the unit is being closed and nothing can be awaited; the whole transaction will be rolled back
            raise
        except BaseException:
            self._failed = False
            await self._ask(nested.rollback())
            raise
        else:
            await self._ask(nested.commit())

    def after_commit(self, call: Callable[[], None]) -> None:
        """Run `call` once the transaction is committed."""
        self.after.append(call)


def _unique(error: Any) -> UniqueViolation:
    inside = str(error.detail or "").partition("(")[2].partition(")")[0]
    columns = tuple(name.strip().strip('"') for name in inside.split(",")) if inside else ()
    return UniqueViolation(
        table=str(error.table_name or ""), columns=columns, constraint=str(error.constraint_name or "")
    )


class _Driven(Awaitable[T]):
    """Awaits a unit and lets it suspend only inside its transaction, as on SQLite."""

    def __init__(self, unit: Unit[T], tx: PostgresTx) -> None:
        self._coroutine = cast("Coroutine[Any, Any, T]", unit(tx))
        self._tx = tx

    def __await__(self) -> Generator[Any, Any, T]:
        sent: Any = None
        thrown: BaseException | None = None
        while True:
            try:
                waited = self._coroutine.send(sent) if thrown is None else self._coroutine.throw(thrown)
            except StopIteration as stop:
                return cast("T", stop.value)
            if not self._tx.awaiting:
                self._coroutine.close()
                raise ForeignAwait("a unit of work may await only its transaction")
            try:
                sent, thrown = (yield waited), None
            except BaseException as error:  # noqa: BLE001  # passed on into the unit
                sent, thrown = None, error


class PostgresDatabase:
    """One workspace in one schema of a PostgreSQL database."""

    def __init__(self, url: str, *, max_waiting: int = MAX_WAITING) -> None:
        self._url, self.schema = split_url(url)
        self._texts = Texts("postgresql", self.schema)
        self._max_waiting = max_waiting
        self._closing = False
        self._pool: Any = None
        self._opening = asyncio.Lock()
        self._alone = asyncio.Lock()
        self._waiting = 0
        self._reading = 0
        self._running: set[asyncio.Task[Any]] = set()

    @property
    def dialect(self) -> Dialect:
        """`postgresql`."""
        return "postgresql"

    async def _ready(self) -> Any:
        if self._pool is None:
            async with self._opening:
                if self._pool is None:
                    self._pool = await asyncpg.create_pool(
                        self._url,
                        min_size=0,
                        max_size=POOL_MAX,
                        timeout=CONNECT_SECONDS,
                        command_timeout=COMMAND_SECONDS,
                        statement_cache_size=STATEMENTS,
                        server_settings={**TIMEOUTS, "application_name": "formwright"},
                        init=_prepare,
                        reset=_nothing_to_reset,
                    )
        return self._pool

    async def read(self, unit: Unit[T], *, single: bool = False) -> T:
        """Run on one snapshot."""
        if self._closing or self._reading >= self._max_waiting:
            raise Overloaded
        self._reading += 1
        try:
            return await self._retry(lambda: self._read_once(unit, single=single))
        finally:
            self._reading -= 1

    async def _read_once(self, unit: Unit[T], *, single: bool) -> T:
        pool = await self._ready()
        async with pool.acquire() as connection:
            tx = PostgresTx(connection, self._texts)
            if single:
                result = await _Driven(unit, tx)
            else:
                async with connection.transaction(isolation="repeatable_read", readonly=True):
                    result = await _Driven(unit, tx)
        run_after_commit(tx.after)
        return result

    async def write(self, unit: Unit[T]) -> T:
        """Run in one transaction; a caller that goes away does not cancel what has begun."""
        if self._closing or self._waiting >= self._max_waiting:
            raise Overloaded
        self._waiting += 1
        task = asyncio.ensure_future(self._retry(lambda: self._write_once(unit)))
        self._running.add(task)
        task.add_done_callback(self._finished)
        return await asyncio.shield(task)

    def _finished(self, task: asyncio.Task[Any]) -> None:
        self._waiting -= 1
        self._running.discard(task)
        if not task.cancelled():
            task.exception()  # read, so that a caller who went away leaves no warning

    async def _write_once(self, unit: Unit[T]) -> T:
        pool = await self._ready()
        async with pool.acquire() as connection:
            tx = PostgresTx(connection, self._texts)
            transaction = connection.transaction()
            await transaction.start()
            try:
                result = await _Driven(unit, tx)
                if tx.has_failed:
                    raise UnitAborted  # noqa: TRY301  # its COMMIT would roll back without a word
            except BaseException as error:
                # an error of the rollback must not replace the unit's own
                with suppress(asyncpg.PostgresError, asyncpg.InterfaceError, OSError):
                    await transaction.rollback()
                if isinstance(error, asyncpg.exceptions.DatatypeMismatchError):
                    # a publish gave a column another type since the statement was prepared
                    await connection.reload_schema_state()
                raise
            await self._commit(connection, transaction)
        run_after_commit(tx.after)
        return result

    async def _commit(self, connection: Any, transaction: Any) -> None:
        try:
            await transaction.commit()
        except RETRIED:
            raise
        except LOST:
            raise OutcomeUnknown from None
        except asyncpg.exceptions.InterfaceError:
            if connection.is_closed():
                raise OutcomeUnknown from None
            raise
        except asyncpg.PostgresError as error:
            raise CommitFailed from error

    async def _retry(self, attempt: Callable[[], Awaitable[T]]) -> T:
        """Attempts until one succeeds: conflicts a number of times, held rows and lost connections for some seconds."""
        loop = asyncio.get_running_loop()
        give_up = loop.time() + PATIENCE_SECONDS
        conflicts = losses = held = 0
        while True:
            try:
                if conflicts + held // HELD_AS_CONFLICT < ALONE_FROM - 1:
                    return await attempt()
                async with self._alone:
                    return await attempt()
            except RETRIED as error:
                conflicts += 1
                if conflicts == ATTEMPTS:
                    raise CommitFailed from error
            except RowsHeld as error:
                held += 1
                # never as long as the other one, who would begin anew at the same time
                pause = min(HELD_SECONDS * 2**held, HELD_MOST_SECONDS) * random.uniform(0.5, 1.0)  # noqa: S311  # no secret
                if loop.time() + pause > give_up:
                    raise Overloaded from error
                await asyncio.sleep(pause)
            except TOO_SLOW as error:
                raise Overloaded from error
            except LOST as error:
                losses += 1
                pause = min(0.05 * 2**losses, 1.0)
                if loop.time() + pause > give_up:
                    raise DatabaseUnavailable from error
                await asyncio.sleep(pause)

    def refresh_plans(self) -> None:
        """PostgreSQL keeps its own plans; there is nothing to forget."""

    async def close(self) -> None:
        """Finish what runs, then close the pool."""
        self._closing = True
        if self._running:
            await asyncio.gather(*self._running, return_exceptions=True)
        if self._pool is not None:
            await self._pool.close()


async def _prepare(connection: Any) -> None:
    for kind in ("json", "jsonb"):
        await connection.set_type_codec(kind, encoder=str, decoder=str, schema="pg_catalog", format="text")


async def _nothing_to_reset(connection: Any) -> None:
    """Units leave no settings, locks or cursors behind; an open transaction is ended by the pool itself."""
