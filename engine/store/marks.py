"""Version marks: counters that tell caches whether what they hold is still true."""

from __future__ import annotations

from typing import Literal, get_args

from engine.store.database import Tx

Mark = Literal["definitions", "directory", "settings"]
MARKS: tuple[Mark, ...] = get_args(Mark)
_FIRST = "INSERT INTO [version_mark] (name, version) VALUES ($1, 0) ON CONFLICT (name) DO NOTHING"


async def read_marks(tx: Tx) -> dict[str, int]:
    """Every mark; absent ones are 0."""
    rows = await tx.fetch_all("SELECT name, version FROM [version_mark]")
    return {row["name"]: row["version"] for row in rows}


async def hold_marks(tx: Tx) -> dict[str, int]:
    """Every mark, as it stays for who locks it until the end of the transaction: what is written by the definitions
    and settings of these marks is there before anybody computes stored values anew by others.
    """
    if tx.dialect == "sqlite":
        return await read_marks(tx)
    # in one order, so that nobody waits for one mark while others wait for him; who only bumps a mark is not held up
    text = "SELECT name, version FROM [version_mark] ORDER BY name FOR KEY SHARE"
    rows = await tx.fetch_all(text)
    if len(rows) < len(MARKS):
        await tx.execute_many(_FIRST, [(name,) for name in MARKS])
        rows = await tx.fetch_all(text)
    return {row["name"]: row["version"] for row in rows}


async def bump_mark(tx: Tx, name: Mark) -> None:
    """What is cached under this mark is no longer true once the transaction commits."""
    await tx.execute(
        "INSERT INTO [version_mark] (name, version) VALUES ($1, 1)"
        " ON CONFLICT (name) DO UPDATE SET version = version_mark.version + 1"
        if tx.dialect == "sqlite"
        else "INSERT INTO [version_mark] AS m (name, version) VALUES ($1, 1)"
        " ON CONFLICT (name) DO UPDATE SET version = m.version + 1",
        name,
    )


async def lock_mark(tx: Tx, name: Mark) -> None:
    """Nobody else who locks it goes on before the end of the transaction. On SQLite there is one writer anyway."""
    if tx.dialect == "postgresql":
        # a row alone would be held by one writer after the other without end; behind a table's lock they queue
        await tx.execute("LOCK TABLE [version_mark] IN EXCLUSIVE MODE")
        await tx.execute(_FIRST, name)
        await tx.fetch_one("SELECT version FROM [version_mark] WHERE name = $1 FOR UPDATE", name)
