"""The server is killed in the middle of approvals: no acknowledged step is lost, and no repeated one happens twice."""

from __future__ import annotations

import asyncio
import itertools
import random
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx2
import pytest

from engine.app import build_backend
from engine.clock import SystemClock
from engine.commands.context import run_on
from engine.commands.upkeep import verify_all
from engine.runtime.calls import Call
from engine.runtime.sessions import create_key
from engine.settings import Settings
from engine.store.database import Tx
from engine.store.opening import open_database
from tests.durability.serving import ServerProcess
from tests.world import FORM, RECORDS

WORKERS = 6
KILLS = {"sqlite": 6, "postgresql": 4}
PROOF_KILLS = {"sqlite": 60, "postgresql": 40}
SEED = 20260302


@dataclass
class Ledger:
    """What the server acknowledged. `steps` wakes whoever waits for the next acknowledgement."""

    submitted: dict[str, str] = field(default_factory=dict)
    decided: dict[str, str] = field(default_factory=dict)
    steps: int = 0
    changed: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def note(self, book: dict[str, str], key: str, value: str) -> None:
        async with self.changed:
            book[key] = value
            self.steps += 1
            self.changed.notify_all()

    async def reach(self, steps: int) -> None:
        async with self.changed:
            await self.changed.wait_for(lambda: self.steps >= steps)


class Worker:
    """Submits small proposals and approves them; every request is repeated with its key until it is answered."""

    def __init__(self, client: httpx2.AsyncClient, tokens: dict[str, str], values: dict[str, object]) -> None:
        self._client = client
        self._tokens = tokens
        self._values = values

    async def ask(self, account: str, method: str, path: str, send: object = None) -> Any:
        headers = {"authorization": f"Bearer {self._tokens[account]}", "idempotency-key": secrets.token_hex(8)}
        while True:
            try:
                answer = await self._client.request(method, path, json=send, headers=headers)
            except httpx2.TransportError:
                await asyncio.sleep(0.01)
                continue
            if answer.status_code == 503:
                continue
            assert answer.is_success, answer.text
            return answer.json()

    async def work(self, ledger: Ledger, names: Iterator[str], stop: asyncio.Event) -> None:
        while not stop.is_set():
            name = next(names)
            made = await self.ask(
                "zhang.wei", "POST", f"{FORM}/submissions", {"values": {**self._values, "name": name}}
            )
            instance_id = made["instance"]["id"]
            await ledger.note(ledger.submitted, name, instance_id)
            todo = await self.ask("wang.fang", "GET", f"/api/inbox/todo?limit=200&q={name}")
            task = next(item["task_id"] for item in todo["items"] if item["instance_id"] == instance_id)
            done = await self.ask("wang.fang", "POST", f"/api/tasks/{task}/act", {"action": "approve", "comment": name})
            assert done["status"] == "approved"
            await ledger.note(ledger.decided, name, instance_id)


async def prepare(url: str, folder: Path) -> tuple[dict[str, str], dict[str, object]]:
    """API keys of those who act, and the values of a small proposal."""
    tokens = {account: f"fwk_{secrets.token_urlsafe(16)}" for account in ("zhang.wei", "wang.fang", "admin")}
    database = open_database(url)
    try:
        backend = build_backend(Settings(data=folder), database, clock=SystemClock())

        async def work(tx: Tx, call: Call) -> dict[str, object]:
            for account, token in tokens.items():
                member = call.directory.by_account[account]
                await create_key(tx, call, "kill", token=token, member_id=member.id)
            return {
                "kind": "it",
                "goals": ["cost"],
                "goal": "None is lost",
                "start": "2026-04-01",
                "finish": "2026-05-01",
                "owner": call.directory.by_account["zhang.wei"].id,
                "department": call.directory.department_by_key["rd_one"].id,
                "lines": [{"item": "Work", "qty": 1, "price": 5000}],
            }

        return tokens, await run_on(backend, work, is_write=True)
    finally:
        await database.close()


async def check(url: str, folder: Path, ledger: Ledger, server: ServerProcess, tokens: dict[str, str]) -> None:
    """Every acknowledged step is there, once; everything that is stored hangs together."""
    headers = {"authorization": f"Bearer {tokens['admin']}"}
    found: dict[str, list[Any]] = {}
    async with httpx2.AsyncClient(base_url=server.url, headers=headers, timeout=60) as client:
        cursor = ""
        while True:
            page = (await client.get(f"{RECORDS}/proposal/records?limit=200{cursor}")).json()
            for item in page["items"]:
                found.setdefault(item["values"]["name"], []).append(item)
            if page["next"] is None:
                break
            cursor = f"&cursor={page['next']}"
    missing = [name for name in ledger.submitted if len(found.get(name, ())) != 1]
    assert not missing
    undone = [name for name in ledger.decided if found[name][0]["flow_status"] != "approved"]
    assert not undone
    assert len({item[0]["values"]["code"] for item in found.values()}) == len(found)
    database = open_database(url)
    try:
        verified = await verify_all(build_backend(Settings(data=folder), database))
    finally:
        await database.close()
    assert verified.findings == ()
    assert verified.instances >= len(ledger.submitted)


async def hammer(url: str, folder: Path, kills: int) -> Ledger:
    """Approvals under way while the server is killed `kills` times at random steps; then the check."""
    chance = random.Random(SEED)
    tokens, values = await prepare(url, folder)
    server = ServerProcess(folder, url)
    ledger, stop = Ledger(), asyncio.Event()
    names = (f"kill-{number:05}" for number in itertools.count())
    await server.start()
    try:
        async with httpx2.AsyncClient(base_url=server.url, timeout=30) as client, asyncio.TaskGroup() as group:
            for _ in range(WORKERS):
                group.create_task(Worker(client, tokens, values).work(ledger, names, stop))
            for _ in range(kills):
                await ledger.reach(ledger.steps + chance.randint(1, 30))
                server.kill()
                await server.start()
            await ledger.reach(ledger.steps + 20)
            stop.set()
        await check(url, folder, ledger, server, tokens)
    finally:
        server.kill()
    return ledger


async def test_no_acknowledged_step_is_lost_when_the_server_is_killed(
    database_kind: str, durable_url: str, tmp_path: Path, is_proof: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    kills = (PROOF_KILLS if is_proof else KILLS)[database_kind]
    ledger = await hammer(durable_url, tmp_path, kills)
    with capsys.disabled():
        print(f"\n{database_kind}: {kills} kills, {ledger.steps} acknowledged steps, none lost")
