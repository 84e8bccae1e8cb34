"""The rules of a unit of work, the same on both databases."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from engine.errors import Rejection
from engine.store.database import Database, ForeignAwait, Tx, UniqueViolation, UnitAborted

INSERT = "INSERT INTO [setting] (key, value) VALUES ($1, $2)"


class Refused(Rejection):
    """A rejection of these tests."""


def insert(key: str) -> Callable[[Tx], Awaitable[str]]:
    async def unit(tx: Tx) -> str:
        await tx.execute(INSERT, key, '"x"')
        return key

    return unit


async def keys(database: Database) -> set[str]:
    async def unit(tx: Tx) -> set[str]:
        return {row["key"] for row in await tx.fetch_all("SELECT key FROM [setting]")}

    return await database.read(unit)


async def test_a_rejection_rolls_back_and_leaves_the_neighbours_whole(database: Database) -> None:
    async def refused(tx: Tx) -> None:
        await tx.execute(INSERT, "gone", '"x"')
        raise Refused

    outcomes = await asyncio.gather(
        database.write(insert("a")),
        database.write(refused),
        database.write(insert("b")),
        database.write(insert("a")),
        database.write(insert("c")),
        return_exceptions=True,
    )
    assert [type(outcome).__name__ for outcome in outcomes] == ["str", "Refused", "str", "UniqueViolation", "str"]
    assert await keys(database) == {"a", "b", "c"}


async def test_a_unique_violation_names_table_and_columns(database: Database) -> None:
    await database.write(insert("a"))
    with pytest.raises(UniqueViolation) as caught:
        await database.write(insert("a"))
    assert (caught.value.table, caught.value.columns) == ("setting", ("key",))


async def test_a_failed_statement_is_caught_around_a_savepoint_only(database: Database) -> None:
    await database.write(insert("a"))

    async def caught(tx: Tx) -> None:
        try:
            async with tx.savepoint():
                await tx.execute(INSERT, "lost", '"x"')
                await tx.execute(INSERT, "a", '"x"')
        except UniqueViolation:
            await tx.execute(INSERT, "kept", '"x"')

    async def careless(tx: Tx) -> None:
        try:
            await tx.execute(INSERT, "a", '"x"')
        except UniqueViolation:
            await tx.execute(INSERT, "never", '"x"')

    await database.write(caught)
    with pytest.raises(UnitAborted):
        await database.write(careless)
    assert await keys(database) == {"a", "kept"}


async def test_a_unit_that_awaits_something_else_is_found_out(database: Database) -> None:
    async def foreign(tx: Tx) -> None:
        await tx.execute(INSERT, "gone", '"x"')
        await asyncio.sleep(0)

    with pytest.raises(ForeignAwait):
        await database.write(foreign)
    assert await keys(database) == set()


async def test_a_cancelled_caller_leaves_all_or_nothing(database: Database) -> None:
    def pair(number: int) -> Callable[[Tx], Awaitable[None]]:
        async def unit(tx: Tx) -> None:
            await tx.execute(INSERT, f"{number}a", '"x"')
            await tx.execute(INSERT, f"{number}b", '"x"')

        return unit

    tasks = [asyncio.ensure_future(database.write(pair(number))) for number in range(40)]
    await asyncio.sleep(0)
    for task in tasks[::2]:
        task.cancel()
    outcomes = await asyncio.gather(*tasks, return_exceptions=True)
    await database.write(insert("last"))
    found = await keys(database)
    for number, outcome in enumerate(outcomes):
        assert (f"{number}a" in found) == (f"{number}b" in found)
        if outcome is None:
            assert f"{number}a" in found


async def test_what_follows_a_commit_runs_only_after_one(database: Database) -> None:
    called: list[str] = []

    async def good(tx: Tx) -> None:
        tx.after_commit(lambda: called.append("good"))
        assert called == []

    async def bad(tx: Tx) -> None:
        tx.after_commit(lambda: called.append("bad"))
        raise Refused

    await database.write(good)
    with pytest.raises(Refused):
        await database.write(bad)
    assert called == ["good"]


async def test_a_read_sees_one_snapshot_and_cannot_write(database: Database) -> None:
    async def writes(tx: Tx) -> None:
        await tx.execute(INSERT, "x", '"x"')

    with pytest.raises(Exception, match=r"(?i)read.?only"):
        await database.read(writes)
    assert await keys(database) == set()


async def test_many_writers_of_one_counter_lose_nothing(database: Database) -> None:
    async def bump(tx: Tx) -> int:
        row = await tx.fetch_one(
            "INSERT INTO [version_mark] AS m (name, version) VALUES ('definitions', 1)"
            " ON CONFLICT (name) DO UPDATE SET version = m.version + 1 RETURNING version"
        )
        assert row is not None
        return int(row["version"])

    assert sorted(await asyncio.gather(*(database.write(bump) for _ in range(120)))) == list(range(1, 121))
