"""Bringing a database to this release: the system tables, by alembic, safely when several processes start at once."""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import sqlite3
from collections.abc import AsyncIterator, Iterator
from typing import Literal

import asyncpg
import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine
from sqlalchemy.pool import NullPool

from engine.errors import Rejection
from engine.resources import find
from engine.store.opening import SQLITE, sqlite_path
from engine.store.postgres import split_url

State = Literal["empty", "current", "older", "newer"]
CONNECT_SECONDS = 10
HEAD = "head"
LOCK_KEY = 0x464F524D  # "FORM"; serialises migrations of one PostgreSQL database


class NoWorkspace(Rejection):
    """A place where no workspace was ever set up."""

    code = "no_workspace"
    status = 503
    zh = "{place} 中没有工作区; 用 --data 指定它的数据目录, 或者用 formwright serve --setup 新建"
    en = "There is no workspace in {place}; name its data directory with --data, or make one: formwright serve --setup"


class DatabaseOlder(Rejection):
    """The database needs this release's migrations first."""

    code = "database_older"
    status = 503
    zh = "数据库版本较旧, 请先运行 formwright migrate"
    en = "The database is older than this release; run formwright migrate first"


class DatabaseNewer(Rejection):
    """A newer release wrote this database."""

    code = "database_newer"
    status = 503
    zh = "数据库由更新的版本创建, 请升级 Formwright"
    en = "The database was written by a newer release; upgrade Formwright"


class DatabaseUnusable(Rejection):
    """There is no database at this address, or not one that can be worked with."""

    code = "database_unusable"
    status = 503
    zh = "无法使用数据库: {reason}"
    en = "The database cannot be used: {reason}"


def _config(connection: sa.Connection | None = None, schema: str | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(find("migrations")))
    config.set_main_option("path_separator", "os")
    config.attributes.update(connection=connection, schema=schema)
    return config


def _state(connection: sa.Connection, schema: str | None) -> State:
    found = MigrationContext.configure(connection, opts={"version_table_schema": schema}).get_current_revision()
    script = ScriptDirectory.from_config(_config())
    if found is None:
        return "empty"
    if found == script.get_current_head():
        return "current"
    return "older" if found in {revision.revision for revision in script.walk_revisions()} else "newer"


def _upgrade(connection: sa.Connection, schema: str | None, revision: str) -> None:
    if _state(connection, schema) == "newer":
        raise DatabaseNewer
    command.upgrade(_config(connection, schema), revision)


def status(url: str) -> State:
    """How far the database is; a database without tables is `empty`. Call outside of a running event loop.

    Raises `DatabaseUnusable`.
    """
    if url.startswith(SQLITE):
        if not sqlite_path(url).exists():
            return "empty"
        with _sqlite(url) as connection:
            return _state(connection, None)
    return asyncio.run(_postgres_status(url))


def migrate(url: str, *, revision: str = HEAD) -> None:
    """Apply what is missing up to a revision, all or nothing. Call outside of a running event loop.

    Raises `DatabaseNewer`, `DatabaseUnusable`.
    """
    if not url.startswith(SQLITE):
        asyncio.run(_postgres_upgrade(url, revision))
        return
    path = sqlite_path(url)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DatabaseUnusable(reason=str(error)) from error
    with path.with_name(path.name + "-migrate").open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with _sqlite(url) as connection:
            _upgrade(connection, None, revision)
            connection.commit()


def place_of(url: str) -> str:
    """Where a database is, as it may be shown: the folder of a file, or the URL without its password."""
    if url.startswith(SQLITE):
        return str(sqlite_path(url).parent)
    scheme, _, rest = url.partition("://")
    return f"{scheme}://***@{rest.rpartition('@')[2]}" if "@" in rest else url


def require_current(url: str) -> None:
    """Make sure that the database fits this release; where there is none, none is made.

    Raises `NoWorkspace`, `DatabaseOlder`, `DatabaseNewer`, `DatabaseUnusable`.
    """
    match status(url):
        case "current":
            return
        case "empty":
            raise NoWorkspace(place=place_of(url))
        case "older":
            raise DatabaseOlder
        case "newer":
            raise DatabaseNewer


@contextlib.contextmanager
def _sqlite(url: str) -> Iterator[sa.Connection]:
    """A connection whose DDL is transactional: the driver itself must not open or close transactions."""
    path = sqlite_path(url)
    try:
        raw = sqlite3.connect(path, isolation_level=None, timeout=60)
    except sqlite3.Error as error:
        raise DatabaseUnusable(reason=f"{path}: {error}") from error
    try:
        raw.execute("PRAGMA journal_mode=WAL")
    except sqlite3.Error as error:
        raw.close()
        raise DatabaseUnusable(reason=f"{path}: {error}") from error
    engine = sa.create_engine("sqlite://", creator=lambda: raw, poolclass=NullPool)
    sa.event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()
        raw.close()


@contextlib.asynccontextmanager
async def _postgres(driver_url: str) -> AsyncIterator[AsyncConnection]:
    """A connection in a transaction; made by the driver itself, which knows every option of the address."""

    async def connect() -> asyncpg.Connection:
        try:
            return await asyncpg.connect(driver_url, timeout=CONNECT_SECONDS)
        except (OSError, ValueError, OverflowError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
            raise DatabaseUnusable(reason=str(error) or type(error).__name__) from error

    engine = create_async_engine("postgresql+asyncpg://", async_creator=connect, poolclass=NullPool)
    try:
        async with engine.begin() as connection:
            yield connection
    except sa.exc.DBAPIError as error:
        raise DatabaseUnusable(reason=str(error.orig)) from error
    finally:
        await engine.dispose()


async def _postgres_status(url: str) -> State:
    driver_url, schema = split_url(url)
    async with _postgres(driver_url) as connection:
        return await connection.run_sync(_state, schema)


async def _postgres_upgrade(url: str, revision: str) -> None:
    driver_url, schema = split_url(url)
    async with _postgres(driver_url) as connection:
        await connection.execute(sa.text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK_KEY})
        await connection.execute(sa.schema.CreateSchema(schema, if_not_exists=True))
        await connection.run_sync(_upgrade, schema, revision)
