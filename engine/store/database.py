"""The unit of work: one coroutine that awaits only its transaction, run by either database.

SQL text uses `$1` parameters and `[table]` names on both databases; each text is translated once and cached.
A unit may run more than once (a read that overran, a serialization failure, the redo of a failed group), so
ids, times and randomness are drawn before it and nothing outside `tx` changes but through `after_commit`.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Iterable, Sequence
from contextlib import AbstractAsyncContextManager
from functools import lru_cache
from typing import Any, Literal, Protocol, TypeAlias, TypeVar

from engine.errors import Rejection

T = TypeVar("T")
Dialect = Literal["sqlite", "postgresql"]
Param: TypeAlias = object
MAX_WAITING = 10_000
MAX_TEXTS = 4_000


# an SQL text with its parameters
Statement: TypeAlias = tuple[str, Sequence[Param]]


class Row(Protocol):
    """A row of an answer, by position or by column name."""

    def __getitem__(self, key: int | str, /) -> Any: ...


class Tx(Protocol):
    """The only thing a unit may await."""

    @property
    def dialect(self) -> Dialect: ...

    async def fetch_one(self, sql: str, *args: Param) -> Row | None:
        """The first row, or None."""

    async def fetch_all(self, sql: str, *args: Param) -> Sequence[Row]:
        """All rows."""

    async def execute(self, sql: str, *args: Param) -> int:
        """Rows changed."""

    async def execute_many(self, sql: str, rows: Iterable[Sequence[Param]]) -> None:
        """The same statement for every row of parameters, in one round trip where the database can."""

    async def execute_all(self, statements: Sequence[Statement]) -> None:
        """Insertions none of which sees the rows of another, in one round trip where the database can."""

    def savepoint(self) -> AbstractAsyncContextManager[None]:
        """Undo what is inside when it raises; the only place to catch a failed statement."""

    def after_commit(self, call: Callable[[], None]) -> None:
        """Run `call` once the transaction is durable: caches and wake-ups, never business effects."""


Unit: TypeAlias = Callable[[Tx], Awaitable[T]]


class Database(Protocol):
    """One workspace's storage."""

    @property
    def dialect(self) -> Dialect: ...

    async def read(self, unit: Unit[T], *, single: bool = False) -> T:
        """Run on one snapshot; `single`: the unit is one statement and needs no transaction around it."""

    async def write(self, unit: Unit[T]) -> T:
        """Run in one transaction; answered, also with a rejection, after the commit."""

    def refresh_plans(self) -> None:
        """Forget what is known of statements: the schema or the statistics changed."""

    async def close(self) -> None:
        """End all connections; waiting units are refused."""


class UniqueViolation(Exception):
    """A unique index refused a row. `columns` as the database names them; `constraint` on PostgreSQL only."""

    def __init__(self, *, table: str, columns: tuple[str, ...], constraint: str = "") -> None:
        self.table = table
        self.columns = columns
        self.constraint = constraint
        super().__init__(f"{table}: {', '.join(columns)}")


class ForeignKeyViolation(Exception):
    """A row refers to one that does not exist, or is referred to."""


class ForeignAwait(Exception):
    """A unit awaited something else than its transaction: a bug of the caller, found on both databases."""


class UnitAborted(Exception):
    """The unit went on after a failed statement outside a savepoint."""


class CommitFailed(Rejection):
    """The commit was refused; nothing of the unit was applied and it may be sent again."""

    code = "commit_failed"
    status = 503
    zh = "保存失败, 未作任何修改, 请重试"
    en = "Saving failed; nothing was changed, please try again"


class OutcomeUnknown(Rejection):
    """The connection was lost during the commit; ask again with the same idempotency key."""

    code = "outcome_unknown"
    status = 503
    zh = "与数据库的连接中断, 结果未知; 请用同一个幂等键重试"
    en = "The connection to the database was lost; repeat the request with the same idempotency key"


class Overloaded(Rejection):
    """Too many units wait."""

    code = "overloaded"
    status = 503
    zh = "系统繁忙, 请稍后重试"
    en = "The system is busy, please try again"


class DatabaseUnavailable(Rejection):
    """The database cannot be reached."""

    code = "database_unavailable"
    status = 503
    zh = "无法连接数据库"
    en = "The database cannot be reached"


_PLACE = re.compile(r"\$(\d+)")
_TOKEN = re.compile(r"'(?:[^']|'')*'|\$(\d+)|\[([a-z][a-z0-9_]*)\]")


def translate(sql: str, *, dialect: Dialect, schema: str) -> str:
    """The text a driver takes: `[name]` becomes a quoted table name, `$1` becomes `?1` on SQLite."""

    def replace(match: re.Match[str]) -> str:
        number, name = match.group(1), match.group(2)
        if name is not None:
            return f'"{name}"' if dialect == "sqlite" else f'"{schema}"."{name}"'
        if number is not None and dialect == "sqlite":
            return f"?{number}"
        return match.group(0)

    return _TOKEN.sub(replace, sql)


def together(statements: Sequence[Statement]) -> tuple[str, list[Param]]:
    """Several insertions as one statement, for databases whose common table expressions may write."""
    texts: list[str] = []
    values: list[Param] = []
    for sql, args in statements:
        texts.append(_moved(sql, len(values)))
        values += args
    parts = ", ".join(f"w{number} AS ({text})" for number, text in enumerate(texts[:-1], start=1))
    return f"WITH {parts} {texts[-1]}" if parts else texts[-1], values


@lru_cache(maxsize=MAX_TEXTS)
def _moved(sql: str, by: int) -> str:
    """The text with the numbers of its places moved."""
    return _PLACE.sub(lambda match: f"${int(match.group(1)) + by}", sql) if by else sql


class Texts:
    """Translated statements of one database; emptied when full, because filters have shapes without end."""

    def __init__(self, dialect: Dialect, schema: str = "") -> None:
        self._dialect = dialect
        self._schema = schema
        self._known: dict[str, str] = {}

    def of(self, sql: str) -> str:
        """The text that the driver takes."""
        text = self._known.get(sql)
        if text is None:
            if len(self._known) >= MAX_TEXTS:
                self._known.clear()
            text = self._known[sql] = translate(sql, dialect=self._dialect, schema=self._schema)
        return text


def run_after_commit(calls: Iterable[Callable[[], None]]) -> None:
    """Run what waited for a commit; a failure goes to the event loop, not to the caller, whose write is done."""
    for call in calls:
        try:
            call()
        except Exception as error:  # noqa: BLE001  # nothing may change the outcome of a commit
            context = {"message": "a call after a commit failed", "exception": error}
            asyncio.get_running_loop().call_exception_handler(context)
