"""Databases of releases that did not remember what the keys of a version name get it when they are migrated."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from alembic import command

from engine.app import build_backend
from engine.clock import SettableClock
from engine.commands.context import run_on
from engine.runtime.backend import Backend
from engine.runtime.calls import Call
from engine.runtime.definitions import apply_application, check_files
from engine.settings import Settings
from engine.store.columns import instant_to_int
from engine.store.database import Database, Tx
from engine.store.files import FileUse, find_files
from engine.store.migrate import migrate
from engine.store.opening import open_database
from tests.api.publishing import field

APP = {"format": 1, "key": "shop", "title": "Shop"}
# what the revision before stored of a publication
COLUMNS = {
    "application": "id, key, current_version, is_sample, created_at",
    "application_version": "application_id, number, hash, document, published_at",
    "entity_def": "id, application_id, key, is_hidden",
    "field_def": "id, entity_id, parent_id, key, kind, scale, is_hidden",
}


def lines(*columns: dict[str, Any], key: str = "lines", **members: Any) -> dict[str, Any]:
    return field(key, type="subform", fields=[*columns], **members)


def entity(*fields: dict[str, Any], key: str = "order", **members: Any) -> dict[str, Any]:
    return {"key": key, "title": key, "fields": [field("name"), *fields], **members}


VERSIONS: Sequence[Sequence[dict[str, Any]]] = (
    [entity(field("a"), field("b"), lines(field("x"), field("y"))), entity(key="other")],
    # a renamed, b removed, a column renamed, one new
    [entity(field("a2", was="a"), lines(field("x2", was="x"), field("y"), field("z"))), entity(key="other")],
    # the key of the renamed one is used anew, the removed one is restored, with a column
    [entity(field("a2"), field("a"), field("b"), lines(field("x2"), field("x"))), entity(key="other")],
    # renamed away; the subform is removed, an entity too
    [entity(field("a2"), field("b3", was="b"))],
    # others take over the keys of hidden ones, which have none any more
    [entity(field("a", was="a2"), field("b3"), field("b"))],
    [entity(field("a4", was="a"), field("b"))],
    [entity(field("a", was="b"), field("a4"), field("b3"))],
    # restored: the subform, the entity; the other is renamed
    [
        entity(field("a"), field("b"), lines(field("x2"), field("y")), key="sale", was="order"),
        entity(field("more"), key="other"),
    ],
)


async def publish(backend: Backend, entities: Sequence[Mapping[str, Any]]) -> None:
    files = {"app.json": APP, **{f"entities/{item['key']}.json": item for item in entities}}
    report = check_files({path: json.dumps(document).encode() for path, document in files.items()})
    application = report.application
    assert application is not None, [problem.text("en") for problem in report.problems]

    async def work(tx: Tx, call: Call) -> None:
        await apply_application(tx, call, application)

    await run_on(backend, work, is_write=True)


async def field_ids(database: Database) -> dict[int, Any]:
    async def unit(tx: Tx) -> dict[int, Any]:
        rows = await tx.fetch_all("SELECT number, field_ids FROM [application_version] ORDER BY number")
        return {row["number"]: json.loads(row["field_ids"]) for row in rows}

    return await database.read(unit)


async def copy_rows(source: Database, target: Database, *, changes: Sequence[int]) -> str:
    """What was published, and a change of a record at each of the times; the id of its entity."""

    async def read(tx: Tx) -> dict[str, list[list[object]]]:
        return {
            table: [
                [row[name] for name in names.split(", ")]
                for row in await tx.fetch_all(f"SELECT {names} FROM [{table}]")
            ]
            for table, names in COLUMNS.items()
        }

    found = await source.read(read)
    entity_id = str(found["entity_def"][0][0])

    async def write(tx: Tx) -> None:
        for table, rows in found.items():
            places = ", ".join(f"${number}" for number in range(1, len(COLUMNS[table].split(", ")) + 1))
            await tx.execute_many(f"INSERT INTO [{table}] ({COLUMNS[table]}) VALUES ({places})", rows)
        for version, at in enumerate(changes, start=1):
            await tx.execute(
                "INSERT INTO [record_history] (entity_id, record_id, version, at, kind, changes)"
                " VALUES ($1, 'r', $2, $3, 'updated', '{}')",
                entity_id, version, at,
            )  # fmt: skip

    await target.write(write)
    return entity_id


@pytest.fixture
def older_url(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """An empty database of the revision before, beside that of the test."""
    is_sqlite = database_url.startswith("sqlite")
    url = f"sqlite://{tmp_path / 'older.db'}" if is_sqlite else f"{database_url}?schema=older"
    upgrade = command.upgrade
    with monkeypatch.context() as patched:
        patched.setattr(command, "upgrade", lambda config, _: upgrade(config, "0002"))
        migrate(url)
    return url


async def test_what_keys_name_is_found_out_for_every_version(
    database: Database, older_url: str, clock: SettableClock, tmp_path: Path
) -> None:
    backend = build_backend(Settings(data=tmp_path), database, clock=clock)
    times = []
    for entities in VERSIONS:
        await publish(backend, entities)
        clock.advance(timedelta(minutes=1))
        times.append(instant_to_int(clock.now()))
        clock.advance(timedelta(minutes=1))
    expected = await field_ids(database)
    assert len(expected) == len(VERSIONS)
    older = open_database(older_url)
    try:
        await copy_rows(database, older, changes=[0, *times])
        with ThreadPoolExecutor(1) as apart:
            apart.submit(migrate, older_url).result()
        assert await field_ids(older) == expected

        async def versions(tx: Tx) -> list[int]:
            rows = await tx.fetch_all("SELECT application_version FROM [record_history] ORDER BY version")
            return [row["application_version"] for row in rows]

        assert await older.read(versions) == [1, *range(1, len(VERSIONS) + 1)]
    finally:
        await older.close()


async def test_files_stay_with_the_records_that_hold_them(database: Database, older_url: str) -> None:
    older = open_database(older_url)
    try:

        async def hold(tx: Tx) -> None:
            for file_id, entity_id, record_id in (("a", "e", "r"), ("b", None, None)):
                await tx.execute(
                    "INSERT INTO [file] (id, name, size, media_type, sha256, created_by, created_at, entity_id,"
                    " record_id) VALUES ($1, 'n', 1, 't', 's', 'm', 0, $2, $3)",
                    file_id, entity_id, record_id,
                )  # fmt: skip

        await older.write(hold)
        with ThreadPoolExecutor(1) as apart:
            apart.submit(migrate, older_url).result()

        async def look(tx: Tx) -> dict[str, tuple[FileUse, ...]]:
            return {key: file.uses for key, file in (await find_files(tx, "ab")).items()}

        assert await older.read(look) == {"a": (FileUse("e", "r"),), "b": ()}
    finally:
        await older.close()
