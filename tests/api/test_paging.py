"""Pages in order of time while time goes on: every record once, whichever direction and however many in an instant."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

import pytest

from engine.app import create_app
from engine.commands.context import run_on
from engine.runtime.calls import Call
from engine.store.database import Tx
from tests.world import APP, RECORDS, World

PROJECTS = f"{RECORDS}/project/records"
NAMES = [f"p{number}" for number in range(7)]
ONLY = json.dumps({"field": "name", "op": "in", "value": NAMES})


class Running:
    """A clock that goes on by a third of a millisecond whenever it is read."""

    def __init__(self) -> None:
        self._now = datetime(2026, 4, 1, 8, 0, 0, 100, tzinfo=UTC)

    def now(self) -> datetime:
        self._now += timedelta(microseconds=333)
        return self._now


async def _projects(world: World) -> World:
    running = replace(world, app=create_app(replace(world.backend, clock=Running())), _clients={})
    admin = await running.person("admin")
    for name in NAMES:
        await admin.post(PROJECTS, {"values": {"name": name}})
    return running


async def _paged(world: World, sort: str) -> list[str]:
    admin = await world.person("admin")
    names: list[str] = []
    cursor = ""
    for _ in range(2 * len(NAMES)):
        page = await admin.get(f"{PROJECTS}?filter={quote(ONLY)}&sort={sort}&limit=2{cursor}")
        names += [item["values"]["name"] for item in page["items"]]
        if page["next"] is None:
            break
        cursor = f"&cursor={page['next']}"
    return names


def _sorts() -> Iterator[tuple[str, bool]]:
    for field in ("created_at", "updated_at"):
        yield field, False
        yield f"-{field}", True
        yield f"{field},-id", False  # a mixed order goes another way


@pytest.mark.parametrize(("sort", "is_descending"), list(_sorts()))
async def test_pages_by_time_hold_every_record_once(world: World, sort: str, *, is_descending: bool) -> None:
    running = await _projects(world)
    found = await _paged(running, sort)
    assert sorted(found) == NAMES
    if "," not in sort:
        assert found == (NAMES[::-1] if is_descending else NAMES)


@pytest.mark.parametrize(("sort", "is_descending"), list(_sorts()))
async def test_records_of_one_millisecond_are_paged_by_what_is_stored(
    world: World, sort: str, *, is_descending: bool
) -> None:
    running = await _projects(world)

    async def spread(tx: Tx, call: Call) -> None:
        _, entity = call.catalog.entity(APP, "project")
        at = int(datetime(2026, 4, 1, tzinfo=UTC).timestamp()) * 1_000_000
        rows = await tx.fetch_all(f"SELECT id FROM [{entity.table.stored.table}] ORDER BY id")
        for position, row in enumerate(rows):
            await tx.execute(
                f"UPDATE [{entity.table.stored.table}] SET created_at = $2, updated_at = $2 WHERE id = $1",
                row["id"],
                at + 137 * position,
            )

    await run_on(running.backend, spread, is_write=True)
    assert await _paged(running, sort) == (NAMES[::-1] if is_descending else NAMES)
