"""Version marks: counters that tell caches whether what they hold is still true."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from engine.store.database import Param, Row, Tx

Mark = Literal["definitions", "directory", "settings"]
MARKS: tuple[Mark, ...] = get_args(Mark)
MARK_COLUMNS = 2  # name and version
_FIRST = "INSERT INTO [version_mark] (name, version) VALUES ($1, 0) ON CONFLICT (name) DO NOTHING"


# in one order, so that nobody waits for one mark while others wait for him; who only bumps a mark is not held up
_HELD = " ORDER BY version_mark.name FOR KEY SHARE OF version_mark"


@dataclass(frozen=True)
class Sought:
    """A row of another table read beside the marks: `columns` of it, the first never empty, and the `source` with its
    join condition, whose only parameter is `value`.
    """

    columns: str
    source: str
    value: str


async def read_marks(tx: Tx) -> dict[str, int]:
    """Every mark; absent ones are 0."""
    return _marks(await tx.fetch_all("SELECT name, version FROM [version_mark]"))


async def hold_marks(tx: Tx) -> dict[str, int]:
    """Every mark, as it stays for who locks it until the end of the transaction: what is written by the definitions
    and settings of these marks is there before anybody computes stored values anew by others.
    """
    if tx.dialect == "sqlite":
        return await read_marks(tx)
    return _marks(await _hold(tx, f"SELECT name, version FROM [version_mark]{_HELD}"))


async def marks_beside(tx: Tx, sought: Sought, *, is_write: bool) -> tuple[dict[str, int], Row | None]:
    """Every mark, held as by `hold_marks` when something will be written, and the row sought: one statement."""
    own = "version_mark.name, version_mark.version"
    text = f"SELECT {own}, {sought.columns} FROM [version_mark] LEFT JOIN {sought.source}"
    if is_write and tx.dialect == "postgresql":
        rows = await _hold(tx, f"{text}{_HELD}", sought.value)
    else:
        rows = await tx.fetch_all(text, sought.value)
    if not rows:
        # a database without any mark: nothing was installed yet
        return {}, await tx.fetch_one(f"SELECT {sought.columns} FROM (SELECT 1) x JOIN {sought.source}", sought.value)
    return _marks(rows), rows[0] if rows[0][MARK_COLUMNS] is not None else None


async def _hold(tx: Tx, text: str, *args: Param) -> Sequence[Row]:
    rows = await tx.fetch_all(text, *args)
    if len(rows) < len(MARKS):
        await tx.execute_many(_FIRST, [(name,) for name in MARKS])
        rows = await tx.fetch_all(text, *args)
    return rows


def _marks(rows: Sequence[Row]) -> dict[str, int]:
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
