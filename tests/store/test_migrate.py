"""Bringing a database to this release, and refusing one that does not fit."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from engine.ids import IdSource
from engine.model.application import Application
from engine.model.canonical import dump_application, hash_of, parse_application
from engine.model.loading import load_application
from engine.resources import find
from engine.store.applications import Published, insert_version, list_documents
from engine.store.database import Database, Tx
from engine.store.migrate import (
    DatabaseNewer,
    DatabaseOlder,
    DatabaseUnusable,
    NoWorkspace,
    migrate,
    place_of,
    require_current,
    status,
)
from engine.store.opening import open_database
from tests.model.applications import read_folder
from tests.store.shapes import NOW, publish


def test_a_migrated_database_is_current_and_migrating_again_changes_nothing(database_url: str) -> None:
    assert status(database_url) == "current"
    migrate(database_url)
    require_current(database_url)


def template() -> Application:
    folder = find("templates_library") / "1_initiation" / "project_initiation"
    application, problems = load_application(read_folder(folder))
    assert application is not None, problems
    return application


async def older_database(url: str, document: str) -> None:
    """A database of the first release with one version; PostgreSQL changes the order of its members."""
    with ThreadPoolExecutor(1) as apart:
        apart.submit(lambda: migrate(url, revision="0001")).result()
    database = open_database(url)
    try:

        async def unit(tx: Tx) -> None:
            version = Published("a" * 24, 1, "the hash of the text", document, None, NOW, None)
            await insert_version(tx, "project_initiation", version, is_sample=False)

        await database.write(unit)
    finally:
        await database.close()


async def test_versions_of_an_older_database_get_their_order_and_hash(
    database_kind: str, database_url: str, tmp_path: Path
) -> None:
    url = f"sqlite://{tmp_path / 'older.db'}" if database_kind == "sqlite" else f"{database_url}?schema=older"
    application = template()
    whole = dump_application(application)
    await older_database(url, whole)
    with ThreadPoolExecutor(1) as apart:
        apart.submit(migrate, url).result()
        assert apart.submit(status, url).result() == "current"
    database = open_database(url)
    try:
        (found,) = await database.read(list_documents)
    finally:
        await database.close()
    assert parse_application(found.document) == parse_application(whole)
    assert list(json.loads(found.document)["files"]) == list(json.loads(whole)["files"])
    # members of the model stand in its order, those of maps that authors fill as they were found
    assert found.document == dump_application(parse_application(found.document))
    assert found.hash == hash_of(found.document) == hash_of(whole)


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


def test_an_older_database_is_refused_until_it_is_migrated(tmp_path: Path) -> None:
    url = f"sqlite://{tmp_path / 'none.db'}"
    with pytest.raises(NoWorkspace, match=str(tmp_path)):
        require_current(url)
    assert [*tmp_path.iterdir()] == []
    migrate(url, revision="0001")
    with pytest.raises(DatabaseOlder):
        require_current(url)
    migrate(url)
    require_current(url)


def test_a_place_is_shown_without_its_password() -> None:
    assert place_of("postgresql://me:secret@db.example/forms") == "postgresql://***@db.example/forms"
    assert place_of("postgresql://db.example/forms") == "postgresql://db.example/forms"


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://nobody:secret@127.0.0.1:1/none",
        "postgresql://nobody@127.0.0.1:1/none?sslmode=unheard-of",
    ],
)
def test_a_server_that_cannot_be_reached_is_said_plainly(url: str) -> None:
    for use in (migrate, require_current):
        with pytest.raises(DatabaseUnusable) as caught:
            use(url)
        assert "secret" not in caught.value.text("en")


def test_a_file_that_is_no_database_is_said_plainly(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("notes" * 1000, encoding="ascii")
    for use in (migrate, require_current):
        with pytest.raises(DatabaseUnusable, match=r"notes\.txt: file is not a database"):
            use(f"sqlite://{file}")
    with pytest.raises(DatabaseUnusable):
        migrate(f"sqlite://{file / 'below' / 'formwright.db'}")


async def test_text_compares_by_code_point_in_every_table(database: Database, ids: IdSource) -> None:
    if database.dialect == "sqlite":
        return  # it compares bytes unless told otherwise
    await publish(database, ids)

    async def unit(tx: Tx) -> list[str]:
        rows = await tx.fetch_all(
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'formwright'"
            " AND data_type = 'text' AND collation_name IS DISTINCT FROM 'C'"
        )
        return [f"{row['table_name']}.{row['column_name']}" for row in rows]

    assert await database.read(unit) == []
