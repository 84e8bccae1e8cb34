"""Formwright with the expense form, filled for measuring through the same runtime that the API calls."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from bench.filling import HIGHEST, expense
from engine.access.grants import principal_of
from engine.app import build_backend
from engine.commands.context import run_on
from engine.commands.library import read_application
from engine.model.base import FORMAT
from engine.model.org import Org, OrgDepartment, OrgMember, OrgRole
from engine.model.values import RawJson
from engine.runtime.backend import Backend
from engine.runtime.calls import Call, refresh
from engine.runtime.definitions import apply_application
from engine.runtime.records import create_record
from engine.runtime.samples import install_organisation
from engine.runtime.sessions import create_key
from engine.runtime.submissions import Filled, submit
from engine.settings import Settings
from engine.store.database import Tx
from engine.store.inbox import Place, list_box
from engine.store.migrate import migrate
from engine.store.opening import open_database

ACCOUNT = "anna"
TOKEN = "fwk_measuring"  # of a database that is thrown away
CHUNK = 250
AT_ONCE = 32
APP = "expenses"
PATH = f"/api/apps/{APP}/entities/expense/records"


@dataclass(frozen=True)
class Ready:
    """What the load generator needs: record ids to read, task ids to decide, the member's id."""

    record_ids: list[str]
    task_ids: list[str]
    member_id: str


async def _set_up(tx: Tx, call: Call) -> str:
    org = Org(
        format=FORMAT,
        key="bench",
        title="Bench",
        departments=(OrgDepartment(key="all", title="All"),),
        members=(OrgMember(account=ACCOUNT, name="Anna", department="all"),),
        roles={"approvers": OrgRole(title="Approvers", members=(ACCOUNT,))},
    )
    await install_organisation(tx, call, org)
    call = await refresh(tx, call)
    await apply_application(tx, call, read_application(Path(__file__).parent / "expenses"))
    member_id = call.directory.by_account[ACCOUNT].id
    await create_key(tx, _as_member(call, member_id), "bench", token=TOKEN, member_id=member_id)
    return member_id


def _as_member(call: Call, member_id: str) -> Call:
    principal = principal_of(call.directory, member_id)
    return call if principal is None else replace(call, principal=principal)


def values(number: int, owner_id: str) -> dict[str, RawJson]:
    """The expense of that number as the API takes it."""
    return {**expense(number), "owner": owner_id}


def _creating(numbers: Iterable[int], member_id: str) -> Callable[[Tx, Call], Awaitable[list[str]]]:
    async def work(tx: Tx, call: Call) -> list[str]:
        own = _as_member(call, member_id)
        return [
            (await create_record(tx, own, APP, entity_key="expense", values=values(number, member_id))).id
            for number in numbers
        ]

    return work


def _submitting(number: int, member_id: str) -> Callable[[Tx, Call], Awaitable[None]]:
    async def work(tx: Tx, call: Call) -> None:
        own = _as_member(call, member_id)
        await submit(tx, own, APP, form_key="expense", filled=Filled(values(number, member_id)))

    return work


async def _submit_all(backend: Backend, count: int, member_id: str) -> list[str]:
    numbers = iter(range(count))

    async def worker() -> None:
        for number in numbers:
            await run_on(backend, _submitting(number, member_id), is_write=True)

    await asyncio.gather(*(worker() for _ in range(AT_ONCE)))
    return await _open_tasks(backend, member_id)


async def _open_tasks(backend: Backend, member_id: str) -> list[str]:
    found: list[str] = []
    place: Place | None = None
    while True:

        async def page(tx: Tx, _call: Call, before: Place | None = place) -> list[tuple[str, Place]]:
            rows = await list_box(tx, "todo", member_id, before=before, limit=1000)
            return [(row.task_id or "", Place(row.at, row.row_id)) for row in rows]

        rows = await run_on(backend, page, is_write=False)
        if not rows:
            return found
        found += [task_id for task_id, _ in rows]
        place = rows[-1][1]


async def fill(settings: Settings, *, rows: int, tasks: int) -> Ready:
    """A fresh database with so many records and so many open tasks."""
    database = open_database(settings.url)
    try:
        backend = build_backend(settings, database)
        member_id = await run_on(backend, _set_up, is_write=True)
        record_ids: list[str] = []
        for start in range(0, rows, CHUNK):
            numbers = range(start, min(rows, start + CHUNK))
            record_ids += await run_on(backend, _creating(numbers, member_id), is_write=True)
        return Ready(record_ids, await _submit_all(backend, tasks, member_id), member_id)
    finally:
        await database.close()


def prepare(settings: Settings, *, rows: int, tasks: int) -> Ready:
    """Migrate and fill."""
    migrate(settings.url)
    return asyncio.run(fill(settings, rows=rows, tasks=tasks))


PAGE = f'{PATH}?limit=50&sort=-amount&filter=%7B"field":"amount","op":"lt","value":{HIGHEST}%7D'
