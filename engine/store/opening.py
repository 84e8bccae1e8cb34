"""Opening a database by its URL."""

from __future__ import annotations

from pathlib import Path

from engine.store.database import Database
from engine.store.postgres import PostgresDatabase
from engine.store.sqlite import SqliteDatabase

SQLITE = "sqlite://"


def sqlite_path(url: str) -> Path:
    """The file that a `sqlite:///…` URL names."""
    return Path(url.removeprefix(SQLITE))


def open_database(url: str) -> Database:
    """`sqlite:///absolute/path.db`, or `postgresql://user:password@host/name?schema=formwright`."""
    if url.startswith(SQLITE):
        return SqliteDatabase(sqlite_path(url))
    return PostgresDatabase(url)
