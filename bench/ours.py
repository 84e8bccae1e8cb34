"""Formwright with the expense form, filled for measuring through the same runtime that the API calls."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from pathlib import Path

from bench.filling import HIGHEST, SCANNED, expense
from bench.inserting import far_place, fill_all
from engine.access.grants import principal_of
from engine.app import build_backend
from engine.commands.context import run_on
from engine.commands.library import read_application
from engine.model.application import Application
from engine.model.base import FORMAT
from engine.model.org import Org, OrgDepartment, OrgMember, OrgRole
from engine.model.values import RawJson
from engine.runtime.backend import Backend
from engine.runtime.calls import Call, refresh
from engine.runtime.definitions import apply_application
from engine.runtime.people import create_admin
from engine.runtime.samples import install_organisation
from engine.runtime.sessions import create_key
from engine.runtime.submissions import Filled, submit
from engine.settings import Settings
from engine.store.database import Tx
from engine.store.inbox import Place, list_box
from engine.store.migrate import migrate
from engine.store.opening import open_database

# of a database that is thrown away: who may write every expense, who reads his own ones, who may do everything
TOKENS = {"anna": "fwk_measuring", "ben": "fwk_measuring_rows", "admin": "fwk_measuring_all"}
ACCOUNT = "anna"
TOKEN = TOKENS[ACCOUNT]
AT_ONCE = 32
IN_ONE_APP = 100
APP = "expenses"
ENTITIES = f"/api/apps/{APP}/entities"
PATH = f"{ENTITIES}/expense/records"


@dataclass(frozen=True)
class Ready:
    """What the load generator needs: record ids to read, task ids to decide, the member's id, a cursor far behind."""

    record_ids: list[str]
    task_ids: list[str]
    member_id: str
    far: str = ""


async def _set_up(tx: Tx, call: Call) -> list[str]:
    """The people, the application and their keys; the ids of those who own expenses."""
    org = Org(
        format=FORMAT,
        key="bench",
        title="Bench",
        departments=(OrgDepartment(key="all", title="All"),),
        members=tuple(OrgMember(account=name, name=name.title(), department="all") for name in ("anna", "ben")),
        roles={
            "approvers": OrgRole(title="Approvers", members=(ACCOUNT,)),
            "owners": OrgRole(title="Owners", members=("ben",)),
        },
    )
    await install_organisation(tx, call, org)
    await create_admin(tx, call, "admin", name="Admin")
    call = await refresh(tx, call)
    await apply_application(tx, call, read_application(Path(__file__).parent / "expenses"))
    ids = {account: call.directory.by_account[account].id for account in TOKENS}
    for account, token in TOKENS.items():
        own = _as_member(call, ids[account])
        await create_key(tx, own, "bench", token=token, member_id=ids[account])
    return [ids["anna"], ids["ben"]]


def _as_member(call: Call, member_id: str) -> Call:
    principal = principal_of(call.directory, member_id)
    return call if principal is None else replace(call, principal=principal)


def values(number: int, owner_id: str) -> dict[str, RawJson]:
    """The expense of that number as the API takes it."""
    return {**expense(number), "owner": owner_id}


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
        owners = await run_on(backend, _set_up, is_write=True)
        ids = await fill_all(backend, rows=rows, owners=owners)
        tasks_open = await _submit_all(backend, tasks, owners[0])
        return Ready(ids, tasks_open, owners[0], far_place(ids))
    finally:
        await database.close()


def prepare_entities(settings: Settings, count: int) -> None:
    """Migrate, and install the application and so many entities in others."""
    migrate(settings.url)
    asyncio.run(_install(settings, count))


async def _install(settings: Settings, count: int) -> None:
    database = open_database(settings.url)
    try:
        backend = build_backend(settings, database)
        await run_on(backend, _set_up, is_write=True)
        for start in range(0, count, IN_ONE_APP):
            await run_on(backend, _more(f"more_{start}", min(IN_ONE_APP, count - start)), is_write=True)
    finally:
        await database.close()


def _more(key: str, count: int) -> Callable[[Tx, Call], Awaitable[None]]:
    model = read_application(Path(__file__).parent / "expenses")
    keys = [f"{key}_{number}" for number in range(count)]
    entities = {name: model.entities["recent"].model_copy(update={"key": name}) for name in keys}
    made = Application(app=model.app.model_copy(update={"key": key}), entities=entities)

    async def work(tx: Tx, call: Call) -> None:
        await apply_application(tx, call, made)

    return work


def prepare(settings: Settings, *, rows: int, tasks: int) -> Ready:
    """Migrate and fill."""
    migrate(settings.url)
    return asyncio.run(fill(settings, rows=rows, tasks=tasks))


PAGE = f'{PATH}?limit=50&sort=-amount&filter=%7B"field":"amount","op":"lt","value":{HIGHEST}%7D'
SCAN = f'{PATH}?limit=50&sort=-purpose&filter=%7B"field":"day","op":"eq","value":"{SCANNED}"%7D'
TOTALS = {
    "group": [{"key": "category", "field": "category"}],
    "measures": [{"key": "total", "function": "sum", "field": "amount"}],
}
