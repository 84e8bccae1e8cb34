"""What only SQLite has: groups of units, a full disk, reads on the loop and beside it, several writers of one file."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest

from engine.store.database import CommitFailed, Tx
from engine.store.migrate import migrate
from engine.store.sqlite import SqliteDatabase
from tests.store.outside import writers_wait

INSERT = "INSERT INTO [setting] (key, value) VALUES ($1, $2)"


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sqlite") / "formwright.db"
    migrate(f"sqlite://{path}")
    return path


@pytest.fixture
def path(template: Path, tmp_path: Path) -> Path:
    copy = tmp_path / "formwright.db"
    copy.write_bytes(template.read_bytes())
    return copy


@pytest.fixture
async def sqlite(path: Path) -> AsyncIterator[SqliteDatabase]:
    database = SqliteDatabase(path)
    try:
        yield database
    finally:
        await database.close()


def insert(key: str, value: str = '"x"') -> Callable[[Tx], Awaitable[None]]:
    async def unit(tx: Tx) -> None:
        await tx.execute(INSERT, key, value)

    return unit


async def keys(database: SqliteDatabase) -> set[str]:
    async def unit(tx: Tx) -> set[str]:
        return {row["key"] for row in await tx.fetch_all("SELECT key FROM [setting]")}

    return await database.read(unit)


async def limit_pages(database: SqliteDatabase, pages: int) -> None:
    """The file cannot grow beyond so many pages more: what a full disk does to SQLite."""

    async def unit(tx: Tx) -> None:
        row = await tx.fetch_one("PRAGMA page_count")
        assert row is not None
        await tx.fetch_one(f"PRAGMA max_page_count={row[0] + pages}")

    await database.write(unit)


async def test_a_full_disk_refuses_what_does_not_fit_and_heals(sqlite: SqliteDatabase, path: Path) -> None:
    await sqlite.write(insert("first"))
    await limit_pages(sqlite, 4)
    async with writers_wait(f"sqlite://{path}", "setting"):
        group = [
            asyncio.ensure_future(sqlite.write(unit))
            for unit in (insert("a"), insert("big", "x" * 1_000_000), insert("b"))
        ]
        await asyncio.sleep(0)
    outcomes = await asyncio.gather(*group, return_exceptions=True)
    assert [type(outcome) for outcome in outcomes] == [type(None), CommitFailed, type(None)]
    assert isinstance(outcomes[1], CommitFailed)
    assert "full" in str(outcomes[1].__cause__)
    assert await keys(sqlite) == {"first", "a", "b"}
    await limit_pages(sqlite, 1_000_000)
    await sqlite.write(insert("big", "x" * 1_000_000))
    assert "big" in await keys(sqlite)


async def test_a_writer_who_goes_away_while_waiting_writes_nothing(sqlite: SqliteDatabase, path: Path) -> None:
    async with writers_wait(f"sqlite://{path}", "setting"):
        gone, stays = (asyncio.ensure_future(sqlite.write(insert(key))) for key in ("gone", "stays"))
        await asyncio.sleep(0)
        gone.cancel()
        await asyncio.gather(gone, return_exceptions=True)
    await stays
    assert await keys(sqlite) == {"stays"}


async def test_seeks_run_on_the_loop_and_scans_beside_it(sqlite: SqliteDatabase) -> None:
    def where(sql: str) -> Callable[[Tx], Awaitable[str]]:
        async def unit(tx: Tx) -> str:
            await tx.fetch_all(sql)
            return threading.current_thread().name

        return unit

    loop = threading.current_thread().name
    assert await sqlite.read(where("SELECT id FROM [task] WHERE id = 'x'")) == loop
    assert await sqlite.read(where("SELECT name, version FROM [version_mark]")) == loop
    for _ in range(2):
        assert (await sqlite.read(where("SELECT id FROM [task] WHERE comment = 'x'"))).startswith("sqlite-reader")


async def test_a_read_beyond_its_budget_is_done_again_beside_the_loop(sqlite: SqliteDatabase) -> None:
    async def fill(tx: Tx) -> None:
        rows = [(str(number), "1") for number in range(1500)]
        await tx.execute_many(INSERT, rows)
        await tx.execute_many("INSERT INTO [version_mark] (name, version) VALUES ($1, $2)", rows)

    await sqlite.write(fill)
    threads: list[str] = []

    async def unit(tx: Tx) -> int:
        threads.append(threading.current_thread().name)
        row = await tx.fetch_one("SELECT count(*) AS n FROM [setting], [version_mark]")
        return 0 if row is None else int(row["n"])

    assert await sqlite.read(unit) == 1500**2
    assert [name.startswith("sqlite-reader") for name in threads] == [False, True]
    assert await sqlite.read(unit) == 1500**2
    assert len(threads) == 4  # the loop gave it away at once
    sqlite.refresh_plans()


async def test_two_servers_write_one_file(sqlite: SqliteDatabase, path: Path) -> None:
    other = SqliteDatabase(path)

    async def bump(tx: Tx) -> None:
        await tx.execute(
            "INSERT INTO [version_mark] AS m (name, version) VALUES ('settings', 1)"
            " ON CONFLICT (name) DO UPDATE SET version = m.version + 1"
        )

    async def count(tx: Tx) -> int:
        row = await tx.fetch_one("SELECT version FROM [version_mark]")
        return 0 if row is None else int(row["version"])

    try:
        await asyncio.gather(*(database.write(bump) for _ in range(100) for database in (sqlite, other)))
        assert (await sqlite.read(count), await other.read(count)) == (200, 200)
    finally:
        await other.close()
