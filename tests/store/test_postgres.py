"""What only PostgreSQL has: connections that are lost, limits of the pool, time limits, addresses with options."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import asyncpg
import pytest

from engine.store.database import DatabaseUnavailable, OutcomeUnknown, Overloaded, Tx
from engine.store.marks import hold_marks, lock_mark
from engine.store.migrate import migrate, status
from engine.store.opening import open_database
from engine.store.postgres import POOL_MAX, PostgresDatabase, split_url
from tests.conftest import Templates
from tests.store.outside import connected

INSERT = "INSERT INTO [setting] (key, value) VALUES ($1, $2)"
END_MYSELF = "SELECT pg_terminate_backend(pg_backend_pid())"


@pytest.fixture
def url(templates: Templates, tmp_path: Path, pytestconfig: pytest.Config) -> Iterator[str]:
    if pytestconfig.getoption("--database") == "sqlite":
        pytest.skip("not wanted")
    made = templates.fresh("postgresql", "empty", tmp_path)
    yield made
    templates.drop(made)


@pytest.fixture
async def postgres(url: str) -> AsyncIterator[PostgresDatabase]:
    database = PostgresDatabase(url)
    try:
        yield database
    finally:
        await database.close()


async def keys(database: PostgresDatabase) -> set[str]:
    async def unit(tx: Tx) -> set[str]:
        return {row["key"] for row in await tx.fetch_all("SELECT key FROM [setting]")}

    return await database.read(unit)


async def test_a_connection_lost_before_the_commit_is_tried_again(postgres: PostgresDatabase) -> None:
    attempts: list[int] = []

    async def unit(tx: Tx) -> str:
        attempts.append(1)
        await tx.execute(INSERT, "a", "1")
        if len(attempts) == 1:
            await tx.fetch_one(END_MYSELF)
        return "done"

    assert await postgres.write(unit) == "done"
    assert len(attempts) == 2
    assert await keys(postgres) == {"a"}


async def test_connections_that_were_lost_while_idle_are_replaced(postgres: PostgresDatabase, url: str) -> None:
    assert await keys(postgres) == set()
    async with connected(url) as other:
        await other.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    assert await keys(postgres) == set()


async def test_a_connection_lost_during_the_commit_leaves_the_outcome_unknown(
    postgres: PostgresDatabase, url: str
) -> None:
    async with connected(url) as other:
        await other.execute(
            f"CREATE FUNCTION formwright.dying() RETURNS trigger LANGUAGE plpgsql AS"
            f" $$ BEGIN PERFORM ({END_MYSELF}); RETURN NULL; END $$"
        )
        await other.execute(
            "CREATE CONSTRAINT TRIGGER at_commit AFTER INSERT ON formwright.setting"
            " DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION formwright.dying()"
        )
    attempts: list[int] = []

    async def unit(tx: Tx) -> None:
        attempts.append(1)
        await tx.execute(INSERT, "a", "1")

    with pytest.raises(OutcomeUnknown):
        await postgres.write(unit)
    assert len(attempts) == 1
    assert await keys(postgres) == set()


async def test_a_wrong_parameter_is_a_bug_and_not_an_outage(postgres: PostgresDatabase) -> None:
    attempts: list[int] = []

    async def unit(tx: Tx) -> None:
        attempts.append(1)
        await tx.execute(INSERT, 5, "1")

    with pytest.raises(asyncpg.exceptions.DataError, match="expected str"):
        await postgres.write(unit)
    assert len(attempts) == 1


async def test_who_waits_too_long_for_a_lock_is_told_to_come_again(postgres: PostgresDatabase, url: str) -> None:
    async def unit(tx: Tx) -> None:
        await tx.fetch_one("SELECT set_config('lock_timeout', '50ms', true)")
        await tx.execute(INSERT, "a", "1")

    async with connected(url) as other, other.transaction():
        await other.execute("LOCK TABLE formwright.setting")
        with pytest.raises(Overloaded):
            await postgres.write(unit)
    await postgres.write(unit)


async def waiting_for(url: str, table: str) -> None:
    """Until somebody waits for a lock of the table."""
    text = "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = $1::text::regclass"
    async with connected(url) as other, asyncio.timeout(20):
        while await other.fetchval(text, f"formwright.{table}") == 0:
            pass


async def test_writers_that_come_later_do_not_overtake_who_locks_a_mark(postgres: PostgresDatabase, url: str) -> None:
    async def publish(tx: Tx) -> None:
        await hold_marks(tx)
        await lock_mark(tx, "definitions")

    await postgres.write(hold_marks)
    async with connected(url) as later, connected(url) as former:
        transaction = former.transaction()
        await transaction.start()
        await former.execute("SELECT * FROM formwright.version_mark FOR KEY SHARE")
        publishing = asyncio.ensure_future(postgres.write(publish))
        await waiting_for(url, "version_mark")
        await later.execute("SET lock_timeout = '50ms'")
        with pytest.raises(asyncpg.exceptions.LockNotAvailableError):
            await later.execute("SELECT * FROM formwright.version_mark FOR KEY SHARE")
        await transaction.rollback()
        await publishing


async def test_rows_that_somebody_changes_are_asked_for_anew_with_nothing_held(
    postgres: PostgresDatabase, url: str
) -> None:
    attempts: list[int] = []
    again = asyncio.Event()

    async def unit(tx: Tx) -> None:
        attempts.append(1)
        if len(attempts) > 1:
            again.set()
        await tx.execute(INSERT, f"a{len(attempts)}", "1")
        await tx.fetch_all("SELECT key FROM [setting] WHERE key = $1 FOR SHARE NOWAIT", "held")

    async with connected(url) as other:
        await other.execute("INSERT INTO formwright.setting (key, value) VALUES ('held', '1')")
        transaction = other.transaction()
        await transaction.start()
        await other.execute("SELECT * FROM formwright.setting WHERE key = 'held' FOR UPDATE")
        writing = asyncio.ensure_future(postgres.write(unit))
        async with asyncio.timeout(20):
            await again.wait()
        await transaction.rollback()
        await writing
    assert await keys(postgres) == {"held", f"a{len(attempts)}"}


async def test_a_process_keeps_to_its_share_of_connections(postgres: PostgresDatabase, url: str) -> None:
    async def unit(tx: Tx) -> None:
        await tx.fetch_all("SELECT pg_sleep(0.01)")

    await asyncio.gather(*(postgres.read(unit) for _ in range(POOL_MAX * 4)))
    async with connected(url) as other:
        count = await other.fetchval(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND application_name = 'formwright'"
        )
    assert 1 < count <= POOL_MAX


async def test_too_many_waiting_readers_are_refused(url: str) -> None:
    database = PostgresDatabase(url, max_waiting=3)

    async def slow(tx: Tx) -> None:
        await tx.fetch_all("SELECT pg_sleep(0.2)")

    try:
        waiting = [asyncio.ensure_future(database.read(slow)) for _ in range(3)]
        await asyncio.sleep(0)
        with pytest.raises(Overloaded):
            await database.read(slow)
        waiting[0].cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
        await asyncio.gather(*(database.read(slow) for _ in range(3)))
    finally:
        await database.close()


async def test_a_caller_who_goes_away_cancels_a_read_and_not_a_write(postgres: PostgresDatabase) -> None:
    async def writing(tx: Tx) -> None:
        await tx.execute(INSERT, "kept", "1")

    async def reading(tx: Tx) -> None:
        await tx.fetch_all("SELECT pg_sleep(600)")

    writer, reader = asyncio.ensure_future(postgres.write(writing)), asyncio.ensure_future(postgres.read(reading))
    await asyncio.sleep(0)
    writer.cancel()
    reader.cancel()
    outcomes = await asyncio.gather(writer, reader, return_exceptions=True)
    assert [type(outcome) for outcome in outcomes] == [asyncio.CancelledError] * 2
    await postgres.close()  # waits for the write
    again = PostgresDatabase(postgres._url)
    assert await keys(again) == {"kept"}
    await again.close()


async def test_an_unreachable_server_is_reported_as_such(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.store.postgres.PATIENCE_SECONDS", 0.2)
    database = PostgresDatabase("postgresql://nobody:secret@127.0.0.1:1/none")

    async def unit(tx: Tx) -> None:
        await tx.fetch_one("SELECT 1")

    with pytest.raises(DatabaseUnavailable):
        await database.read(unit)
    with pytest.raises(DatabaseUnavailable):
        await database.write(unit)
    await database.close()


@pytest.mark.parametrize(
    ("url", "driver_url", "schema"),
    [
        ("postgresql://u:p@h/d", "postgresql://u:p@h/d", "formwright"),
        ("postgres://u@h:1/d?schema=acme", "postgresql://u@h:1/d", "acme"),
        (
            "postgresql://u:p%40@h/d?sslmode=require&schema=acme&sslrootcert=%2Fa%20b",
            "postgresql://u:p%40@h/d?sslmode=require&sslrootcert=%2Fa%20b",
            "acme",
        ),
    ],
)
def test_the_schema_is_taken_out_of_the_address(url: str, driver_url: str, schema: str) -> None:
    assert split_url(url) == (driver_url, schema)


async def test_two_workspaces_live_in_two_schemas_of_one_database(url: str) -> None:
    other_url = f"{url}?sslmode=prefer&schema=second"
    await asyncio.to_thread(migrate, other_url)
    assert await asyncio.to_thread(status, other_url) == "current"
    first, second = open_database(url), open_database(other_url)

    async def unit(tx: Tx) -> None:
        await tx.execute(INSERT, "a", "1")

    try:
        await first.write(unit)
        assert isinstance(second, PostgresDatabase)
        assert await keys(second) == set()
    finally:
        await first.close()
        await second.close()
