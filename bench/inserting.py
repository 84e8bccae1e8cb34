"""Filling the tables of Formwright by its store, without the history and events that single writes leave."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import islice

from bench.filling import PROJECTS, expense
from engine.commands.context import run_on
from engine.model.values import Value
from engine.query.cursors import encode_cursor
from engine.query.sorts import Sort
from engine.runtime.backend import Backend
from engine.runtime.calls import Call
from engine.store.columns import writer
from engine.store.database import Tx

CHUNK = 5_000
RECENT = 10_000
LINKED = 10_000
DEPTH = 500_000
FIRST = datetime(2026, 1, 1, tzinfo=UTC)
BY_CODE = (Sort("code"), Sort("id"))


async def fill_all(backend: Backend, *, rows: int, owners: Sequence[str]) -> list[str]:
    """So many expenses, at most 10,000 of the other kinds; the ids of the expenses."""
    projects = await _insert(backend, "project", PROJECTS, values=_project)

    def linked(number: int) -> dict[str, Value]:
        first = number % PROJECTS
        links = {key: projects[(number + step) % PROJECTS] for step, key in enumerate(LINKS)}
        known = _project(first)
        looked_up = {"project_code": known["code"], "project_budget": known["budget"]}
        return {**_expense(number, owners), **links, **looked_up}

    await _insert(backend, "recent", min(rows, RECENT), values=lambda number: _expense(number, owners))
    await _insert(backend, "linked", min(rows, LINKED), values=linked)
    return await _insert(backend, "expense", rows, values=lambda number: _expense(number, owners))


LINKS = ("project", "customer", "supplier")


def _project(number: int) -> dict[str, Value]:
    return {"code": f"P-{number:04}", "name": f"Project {number}", "budget": Decimal(number * 1000)}


def _expense(number: int, owners: Sequence[str]) -> dict[str, Value]:
    given = expense(number)
    return {
        **given,  # type: ignore[dict-item]  # texts, but for the two below
        "code": f"E-{number:08}",
        "amount": Decimal(str(given["amount"])),
        "day": date.fromisoformat(str(given["day"])),
        "owner": owners[number % len(owners)],
        "created_by": owners[number % len(owners)],
    }


async def _insert(backend: Backend, key: str, count: int, *, values: Callable[[int], dict[str, Value]]) -> list[str]:
    ids = list(islice(backend.ids, count))
    for start in range(0, count, CHUNK):
        chunk = ids[start : start + CHUNK]
        records = [{"id": record_id, **values(start + place)} for place, record_id in enumerate(chunk)]
        await run_on(backend, _writing(key, start, records), is_write=True)
    return ids


def _writing(key: str, start: int, records: Sequence[dict[str, Value]]) -> Callable[[Tx, Call], Awaitable[None]]:
    async def work(tx: Tx, call: Call) -> None:
        _, entity = call.catalog.entity("expenses", key)
        columns = entity.table.stored.columns
        writers = {name: writer(column, tx.dialect) for name, column in columns.items()}
        names = ", ".join(f'"{column.name}"' for column in columns.values())
        places = ", ".join(f"${number}" for number in range(1, len(columns) + 1))
        rows = []
        for place, record in enumerate(records):
            at = FIRST + timedelta(milliseconds=start + place)
            whole: dict[str, Value] = {"version": Decimal(1), "created_at": at, "updated_at": at, **record}
            rows.append([write(whole.get(name)) for name, write in writers.items()])  # type: ignore[arg-type]
        await tx.execute_many(f"INSERT INTO [{entity.table.stored.table}] ({names}) VALUES ({places})", rows)

    return work


def far_place(ids: Sequence[str]) -> str:
    """The cursor of the order by code behind 500,000 expenses, or behind half of them if they are fewer."""
    place = min(DEPTH, len(ids) // 2)
    return encode_cursor(BY_CODE, [f"E-{place:08}", ids[place]]) if ids else ""
