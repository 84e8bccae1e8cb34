"""Bringing a database to this release, and refusing one that does not fit."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from engine.store.database import Tx
from engine.store.migrate import DatabaseNewer, DatabaseOlder, migrate, require_current, status
from engine.store.opening import open_database


def test_a_migrated_database_is_current_and_migrating_again_changes_nothing(database_url: str) -> None:
    assert status(database_url) == "current"
    migrate(database_url)
    require_current(database_url)


def test_a_database_without_tables_is_older(tmp_path: Path) -> None:
    url = f"sqlite://{tmp_path / 'none.db'}"
    assert status(url) == "empty"
    with pytest.raises(DatabaseOlder):
        require_current(url)


async def set_revision(url: str, revision: str) -> None:
    database = open_database(url)
    try:

        async def unit(tx: Tx) -> None:
            await tx.execute("UPDATE [alembic_version] SET version_num = $1", revision)

        await database.write(unit)
    finally:
        await database.close()


async def test_a_database_of_a_newer_release_is_refused(database_url: str) -> None:
    await set_revision(database_url, "9999")
    with ThreadPoolExecutor(1) as apart:
        assert apart.submit(status, database_url).result() == "newer"
        with pytest.raises(DatabaseNewer):
            apart.submit(migrate, database_url).result()


def test_several_processes_may_migrate_at_once(tmp_path: Path) -> None:
    url = f"sqlite://{tmp_path / 'new.db'}"
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(migrate, [url] * 4))
    require_current(url)
