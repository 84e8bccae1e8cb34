"""Bringing a database to this release: the system tables, by alembic, safely when several processes start at once."""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import sqlite3
from collections.abc import Iterator
from typing import Literal

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from engine.errors import Rejection
from engine.resources import find
from engine.store.opening import SQLITE, sqlite_path
from engine.store.postgres import split_url

State = Literal["empty", "current", "older", "newer"]
LOCK_KEY = 0x464F524D  # "FORM"; serialises migrations of one PostgreSQL database


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


def _upgrade(connection: sa.Connection, schema: str | None) -> None:
    if _state(connection, schema) == "newer":
        raise DatabaseNewer
    command.upgrade(_config(connection, schema), "head")


def status(url: str) -> State:
    """How far the database is; a database without tables is `empty`. Call outside of a running event loop."""
    if url.startswith(SQLITE):
        if not sqlite_path(url).exists():
            return "empty"
        with _sqlite(url) as connection:
            return _state(connection, None)
    return asyncio.run(_postgres_status(url))


def migrate(url: str) -> None:
    """Apply what is missing, all or nothing; raises `DatabaseNewer`. Call outside of a running event loop."""
    if not url.startswith(SQLITE):
        asyncio.run(_postgres_upgrade(url))
        return
    path = sqlite_path(url)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.with_name(path.name + "-migrate").open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with _sqlite(url) as connection:
            _upgrade(connection, None)
            connection.commit()


def require_current(url: str) -> None:
    """Raise `DatabaseOlder` or `DatabaseNewer` unless the database fits this release."""
    match status(url):
        case "current":
            return
        case "newer":
            raise DatabaseNewer
        case _:
            raise DatabaseOlder


@contextlib.contextmanager
def _sqlite(url: str) -> Iterator[sa.Connection]:
    """A connection whose DDL is transactional: the driver itself must not open or close transactions."""
    raw = sqlite3.connect(sqlite_path(url), isolation_level=None, timeout=60)
    raw.execute("PRAGMA journal_mode=WAL")
    engine = sa.create_engine("sqlite://", creator=lambda: raw, poolclass=NullPool)
    sa.event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()
        raw.close()


async def _postgres_status(url: str) -> State:
    driver_url, schema = split_url(url)
    engine = create_async_engine(driver_url.replace("postgresql:", "postgresql+asyncpg:", 1), poolclass=NullPool)
    try:
        async with engine.connect() as connection:
            return await connection.run_sync(_state, schema)
    finally:
        await engine.dispose()


async def _postgres_upgrade(url: str) -> None:
    driver_url, schema = split_url(url)
    engine = create_async_engine(driver_url.replace("postgresql:", "postgresql+asyncpg:", 1), poolclass=NullPool)
    try:
        async with engine.begin() as connection:
            await connection.execute(sa.text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK_KEY})
            await connection.execute(sa.schema.CreateSchema(schema, if_not_exists=True))
            await connection.run_sync(_upgrade, schema)
    finally:
        await engine.dispose()
