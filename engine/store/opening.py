"""Opening a database by its URL."""

from __future__ import annotations

from pathlib import Path

from engine.store.database import MAX_WAITING, Database
from engine.store.postgres import PostgresDatabase
from engine.store.sqlite import SqliteDatabase

SQLITE = "sqlite://"


def sqlite_path(url: str) -> Path:
    """The file that a `sqlite:///…` URL names."""
    return Path(url.removeprefix(SQLITE))


def open_database(url: str, *, max_waiting: int = MAX_WAITING) -> Database:
    """`sqlite:///absolute/path.db`, or `postgresql://user:password@host/name?schema=formwright`.

    `max_waiting`: how many writes, and on PostgreSQL how many reads, may wait before further ones are refused as
    `Overloaded`.
    """
    if url.startswith(SQLITE):
        return SqliteDatabase(sqlite_path(url), max_waiting=max_waiting)
    return PostgresDatabase(url, max_waiting=max_waiting)
