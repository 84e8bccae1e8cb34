"""Another program on the same database: it writes, or holds what writers need."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager

import asyncpg

from engine.store.database import Tx
from engine.store.opening import SQLITE, open_database, sqlite_path
from engine.store.postgres import DEFAULT_SCHEMA, split_url


def write_meanwhile(url: str, sql: str) -> None:
    """Another server process writes and commits while the calling unit is under way."""

    async def write() -> None:
        database = open_database(url)

        async def unit(tx: Tx) -> None:
            await tx.execute(sql)

        try:
            await database.write(unit)
        finally:
            await database.close()

    with ThreadPoolExecutor(1) as other:
        other.submit(asyncio.run, write()).result()


@asynccontextmanager
async def writers_wait(url: str, table: str) -> AsyncIterator[None]:
    """Nobody else writes the table inside."""
    if url.startswith(SQLITE):
        connection = sqlite3.connect(sqlite_path(url), isolation_level=None)
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        finally:
            connection.execute("ROLLBACK")
            connection.close()
        return
    async with connected(url) as other, other.transaction():
        await other.execute(f"LOCK TABLE {DEFAULT_SCHEMA}.{table}")
        yield


@asynccontextmanager
async def connected(url: str) -> AsyncIterator[asyncpg.Connection]:
    """A connection to PostgreSQL of the test's own."""
    connection = await asyncpg.connect(split_url(url)[0])
    try:
        yield connection
    finally:
        await connection.close()
