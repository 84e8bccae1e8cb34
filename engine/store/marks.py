"""Version marks: counters that tell caches whether what they hold is still true."""

from __future__ import annotations

from typing import Literal

from engine.store.database import Tx

Mark = Literal["definitions", "directory", "settings"]


async def read_marks(tx: Tx) -> dict[str, int]:
    """Every mark; absent ones are 0."""
    rows = await tx.fetch_all("SELECT name, version FROM [version_mark]")
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
        await tx.execute(
            "INSERT INTO [version_mark] (name, version) VALUES ($1, 0) ON CONFLICT (name) DO NOTHING", name
        )
        await tx.fetch_one("SELECT version FROM [version_mark] WHERE name = $1 FOR UPDATE", name)
