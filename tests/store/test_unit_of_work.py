"""The rules of a unit of work, the same on both databases."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from engine.errors import Rejection
from engine.store.database import (
    CommitFailed,
    Database,
    ForeignAwait,
    Overloaded,
    Tx,
    UniqueViolation,
    UnitAborted,
)
from engine.store.opening import open_database
from tests.store.outside import write_meanwhile, writers_wait

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

    await database.write(insert("a"))
    outcomes = await asyncio.gather(
        database.write(refused),
        database.write(insert("b")),
        database.write(insert("a")),
        database.write(insert("c")),
        return_exceptions=True,
    )
    assert [type(outcome).__name__ for outcome in outcomes] == ["Refused", "str", "UniqueViolation", "str"]
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


async def test_a_unit_whose_statement_failed_keeps_nothing_even_if_it_asks_no_more(database: Database) -> None:
    await database.write(insert("a"))

    async def careless(tx: Tx) -> None:
        await tx.execute(INSERT, "before", '"x"')
        try:
            await tx.execute(INSERT, "a", '"x"')
        except UniqueViolation:
            return

    with pytest.raises(UnitAborted):
        await database.write(careless)
    assert await keys(database) == {"a"}


async def test_a_savepoint_does_not_revive_a_unit_whose_statement_failed(database: Database) -> None:
    await database.write(insert("a"))

    async def careless(tx: Tx) -> None:
        for key in ("a", "b"):
            try:
                await tx.execute(INSERT, key, '"x"')
            except (UniqueViolation, UnitAborted):
                try:
                    async with tx.savepoint():
                        await tx.execute(INSERT, "c", '"x"')
                except UnitAborted:
                    continue

    with pytest.raises(UnitAborted):
        await database.write(careless)
    assert await keys(database) == {"a"}


async def test_savepoints_nest(database: Database) -> None:
    async def unit(tx: Tx) -> None:
        async with tx.savepoint():
            await tx.execute(INSERT, "outer", '"x"')
            for key in ("outer", "inner"):
                try:
                    async with tx.savepoint():
                        await tx.execute(INSERT, key, '"x"')
                except UniqueViolation:
                    await tx.execute(INSERT, "instead", '"x"')
        try:
            async with tx.savepoint():
                await tx.execute(INSERT, "undone", '"x"')
                async with tx.savepoint():
                    await tx.execute(INSERT, "undone too", '"x"')
                await tx.execute(INSERT, "outer", '"x"')
        except UniqueViolation:
            await tx.execute(INSERT, "after", '"x"')

    await database.write(unit)
    assert await keys(database) == {"outer", "instead", "inner", "after"}


async def test_a_foreign_await_is_found_inside_a_savepoint_and_a_read_too(database: Database) -> None:
    async def foreign(tx: Tx) -> None:
        async with tx.savepoint():
            await tx.execute(INSERT, "gone", '"x"')
            await asyncio.sleep(0)

    async def reading(tx: Tx) -> None:
        await tx.fetch_all("SELECT key FROM [setting]")
        await asyncio.sleep(0)

    with pytest.raises(ForeignAwait):
        await database.write(foreign)
    with pytest.raises(ForeignAwait):
        await database.read(reading)
    await database.write(insert("after"))
    assert await keys(database) == {"after"}


async def test_a_commit_that_is_refused_hits_its_own_unit_only(database: Database) -> None:
    async def tables(tx: Tx) -> None:
        await tx.execute("CREATE TABLE [parent] (id TEXT PRIMARY KEY)")
        await tx.execute("CREATE TABLE [child] (parent_id TEXT REFERENCES [parent] (id) DEFERRABLE INITIALLY DEFERRED)")

    await database.write(tables)
    called: list[str] = []

    def numbered(key: str) -> Callable[[Tx], Awaitable[None]]:
        async def unit(tx: Tx) -> None:
            await tx.execute(INSERT, key, '"x"')
            tx.after_commit(lambda: called.append(key))

        return unit

    async def orphan(tx: Tx) -> None:
        await tx.execute(INSERT, "orphan", '"x"')
        await tx.execute("INSERT INTO [child] (parent_id) VALUES ('none')")
        tx.after_commit(lambda: called.append("orphan"))

    outcomes = await asyncio.gather(
        *(database.write(unit) for unit in (numbered("a"), orphan, numbered("b"))), return_exceptions=True
    )
    assert [type(outcome) for outcome in outcomes] == [type(None), CommitFailed, type(None)]
    assert await keys(database) == {"a", "b"}
    assert sorted(called) == ["a", "b"]


async def test_a_call_after_the_commit_that_fails_changes_no_outcome(database: Database) -> None:
    reported: list[dict[str, Any]] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: reported.append(context))
    called: list[str] = []

    async def unit(tx: Tx) -> str:
        await tx.execute(INSERT, "kept", '"x"')
        tx.after_commit(lambda: called.remove("never there"))
        tx.after_commit(lambda: called.append("next"))
        return "answer"

    answers = await asyncio.gather(database.write(unit), database.write(insert("other")))
    assert list(answers) == ["answer", "other"]
    assert called == ["next"]
    assert [type(context["exception"]) for context in reported] == [ValueError]
    assert await keys(database) == {"kept", "other"}


async def test_too_many_waiting_writers_are_refused(database_url: str) -> None:
    database = open_database(database_url, max_waiting=3)
    try:
        async with writers_wait(database_url, "setting"):
            waiting = [asyncio.ensure_future(database.write(insert(key))) for key in "abc"]
            await asyncio.sleep(0)
            with pytest.raises(Overloaded):
                await database.write(insert("d"))
        assert await asyncio.gather(*waiting) == ["a", "b", "c"]
        assert await database.write(insert("e")) == "e"
    finally:
        await database.close()
    with pytest.raises(Overloaded):
        await database.write(insert("f"))


async def test_closing_finishes_what_waits(database_url: str) -> None:
    database = open_database(database_url)
    writes = [asyncio.ensure_future(database.write(insert(str(number)))) for number in range(20)]
    await asyncio.sleep(0)
    await database.close()
    assert await asyncio.gather(*writes) == [str(number) for number in range(20)]


async def test_a_unit_that_aborts_leaves_no_trace_for_the_next(database: Database) -> None:
    async def broken(tx: Tx) -> None:
        await tx.execute("INSERT INTO [no_such_table] (id) VALUES ('x')")

    with pytest.raises(Exception, match="no_such_table"):
        await database.write(broken)
    with pytest.raises(Exception, match="no_such_table"):
        await database.read(broken)
    assert await database.write(insert("a")) == "a"


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


async def test_a_read_sees_one_snapshot(database: Database, database_url: str) -> None:
    await database.write(insert("a"))

    async def unit(tx: Tx) -> list[int]:
        counts = []
        for key in "bc":
            row = await tx.fetch_one("SELECT count(*) AS n FROM [setting]")
            assert row is not None
            counts.append(row["n"])
            write_meanwhile(database_url, f"INSERT INTO [setting] (key, value) VALUES ('{key}', '1')")
        return counts

    assert await database.read(unit) == [1, 1]
    assert await keys(database) == {"a", "b", "c"}


async def test_a_read_cannot_write(database: Database) -> None:
    async def writes(tx: Tx) -> None:
        await tx.execute(INSERT, "x", '"x"')

    with pytest.raises(Exception, match=r"(?i)read.?only"):
        await database.read(writes)
    assert await keys(database) == set()


async def test_rows_changed_are_counted(database: Database) -> None:
    async def unit(tx: Tx) -> list[int]:
        ignoring = f"{INSERT} ON CONFLICT (key) DO NOTHING"
        return [
            await tx.execute("CREATE TABLE [counted] (id TEXT)"),
            await tx.execute(ignoring, "a", "1"),
            await tx.execute(ignoring, "a", "1"),
            await tx.execute(ignoring, "b", "1"),
            await tx.execute("UPDATE [setting] SET value = '2'"),
            await tx.execute("DELETE FROM [setting] WHERE key = 'none'"),
        ]

    assert await database.write(unit) == [0, 1, 0, 1, 2, 0]


async def test_of_many_rows_all_or_none_are_kept(database: Database) -> None:
    async def unit(tx: Tx) -> None:
        await tx.execute_many(INSERT, [])
        await tx.execute_many(INSERT, ((key, "1") for key in "abc"))
        try:
            async with tx.savepoint():
                await tx.execute_many(INSERT, [("d", "1"), ("a", "1"), ("e", "1")])
        except UniqueViolation:
            await tx.execute(INSERT, "f", "1")

    await database.write(unit)
    assert await keys(database) == {"a", "b", "c", "f"}


async def test_of_insertions_made_together_all_or_none_are_kept(database: Database) -> None:
    async def unit(tx: Tx) -> None:
        await tx.execute_all([(INSERT, ("a", "1")), (INSERT, ("b", "2")), (INSERT, ("c", "3"))])
        try:
            async with tx.savepoint():
                await tx.execute_all([(INSERT, ("d", "1")), (INSERT, ("a", "1"))])
        except UniqueViolation:
            await tx.execute_all([(INSERT, ("e", "1"))])

    await database.write(unit)
    assert await keys(database) == {"a", "b", "c", "e"}


async def test_units_that_lock_in_different_orders_all_succeed(database: Database) -> None:
    await database.write(insert("a"))
    await database.write(insert("b"))

    def swap(first: str, second: str) -> Callable[[Tx], Awaitable[None]]:
        async def unit(tx: Tx) -> None:
            for key in (first, second):
                row = await tx.fetch_one("UPDATE [setting] SET value = value WHERE key = $1 RETURNING key", key)
                assert row is not None
            await tx.execute(
                "INSERT INTO [version_mark] AS m (name, version) VALUES ('settings', 1)"
                " ON CONFLICT (name) DO UPDATE SET version = m.version + 1"
            )

        return unit

    await asyncio.gather(*(database.write(swap(*("ab" if number % 2 else "ba"))) for number in range(3)))

    async def count(tx: Tx) -> int:
        row = await tx.fetch_one("SELECT version FROM [version_mark]")
        return 0 if row is None else int(row["version"])

    assert await database.read(count) == 3


async def test_many_writers_of_one_counter_lose_nothing(database: Database) -> None:
    async def bump(tx: Tx) -> int:
        row = await tx.fetch_one(
            "INSERT INTO [version_mark] AS m (name, version) VALUES ('definitions', 1)"
            " ON CONFLICT (name) DO UPDATE SET version = m.version + 1 RETURNING version"
        )
        assert row is not None
        return int(row["version"])

    assert sorted(await asyncio.gather(*(database.write(bump) for _ in range(120)))) == list(range(1, 121))
