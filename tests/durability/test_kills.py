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
SMALL, LARGE = 5_000, 1_500_000
VOTERS = ("chen.jing", "sun.li", "zheng.hao")
ACCOUNTS = ("admin", "zhang.wei", "wang.fang", "gao.yuan", "wu.qiang", *VOTERS)


@dataclass
class Ledger:
    """What the server acknowledged: instance ids by name of the proposal; decisions by name and account.

    `steps` wakes whoever waits for the next acknowledgement.
    """

    submitted: dict[str, str] = field(default_factory=dict)
    decided: dict[str, str] = field(default_factory=dict)
    finished: dict[str, str] = field(default_factory=dict)
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
    """Carries proposals from form to project, every other one the long way through a parallel block and a vote.

    Every request is repeated with its key until it is answered.
    """

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
        for is_large in itertools.cycle((True, False)):
            if stop.is_set():
                return
            name = next(names)
            price = LARGE if is_large else SMALL
            values = {**self._values, "name": name, "lines": [{"item": "Work", "qty": 1, "price": price}]}
            made = await self.ask("zhang.wei", "POST", f"{FORM}/submissions", {"values": values})
            instance_id = made["instance"]["id"]
            await ledger.note(ledger.submitted, name, instance_id)
            await self._approve(ledger, "wang.fang", instance_id, name)
            if is_large:
                async with asyncio.TaskGroup() as both:
                    both.create_task(self._approve(ledger, "gao.yuan", instance_id, name, values={"cost_center": "C"}))
                    both.create_task(self._approve(ledger, "wu.qiang", instance_id, name))
                async with asyncio.TaskGroup() as committee:
                    for account in VOTERS:
                        committee.create_task(self._approve(ledger, account, instance_id, name))
            await ledger.note(ledger.finished, name, instance_id)

    async def _approve(
        self, ledger: Ledger, account: str, instance_id: str, name: str, *, values: dict[str, object] | None = None
    ) -> None:
        todo = await self.ask(account, "GET", f"/api/inbox/todo?limit=200&q={name}")
        task = next(item["task_id"] for item in todo["items"] if item["instance_id"] == instance_id)
        decision = {"action": "approve", "comment": name} | ({"values": values} if values else {})
        await self.ask(account, "POST", f"/api/tasks/{task}/act", decision)
        await ledger.note(ledger.decided, f"{name} {account}", instance_id)


async def prepare(url: str, folder: Path) -> tuple[dict[str, str], dict[str, object]]:
    """API keys of those who act, and the values of a small proposal."""
    tokens = {account: f"fwk_{secrets.token_urlsafe(16)}" for account in ACCOUNTS}
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
            }

        return tokens, await run_on(backend, work, is_write=True)
    finally:
        await database.close()


async def records_by_name(client: httpx2.AsyncClient, entity: str) -> dict[str, list[Any]]:
    """All records of the entity."""
    found: dict[str, list[Any]] = {}
    cursor = ""
    while True:
        page = (await client.get(f"{RECORDS}/{entity}/records?limit=200{cursor}")).json()
        for item in page["items"]:
            found.setdefault(item["values"]["name"], []).append(item)
        if page["next"] is None:
            return found
        cursor = f"&cursor={page['next']}"


async def check(ledger: Ledger, server: ServerProcess, tokens: dict[str, str]) -> None:
    """Every acknowledged step is there, once; everything that is stored hangs together."""
    headers = {"authorization": f"Bearer {tokens['admin']}"}
    async with httpx2.AsyncClient(base_url=server.url, headers=headers, timeout=60) as client:
        proposals = await records_by_name(client, "proposal")
        projects = await records_by_name(client, "project")
        missing = [name for name in ledger.submitted if len(proposals.get(name, ())) != 1]
        assert not missing
        unfinished = [name for name in ledger.finished if proposals[name][0]["flow_status"] != "approved"]
        assert not unfinished
        # not one project too few, not one twice
        assert [name for name in ledger.finished if len(projects.get(name, ())) != 1] == []
        assert len({item[0]["values"]["code"] for item in proposals.values()}) == len(proposals)
        votes = await decisions(client, set(ledger.decided.values()))
        people = (await client.get("/api/directory")).json()["members"]
    members = {person["account"]: person["id"] for person in people}
    for key, instance_id in ledger.decided.items():
        assert votes[instance_id].count(members[key.split()[1]]) == 1, key


async def decisions(client: httpx2.AsyncClient, instance_ids: set[str]) -> dict[str, list[str]]:
    """Who decided, by instance, as its timeline tells."""
    found: dict[str, list[str]] = {}
    for instance_id in instance_ids:
        view = (await client.get(f"/api/instances/{instance_id}")).json()
        found[instance_id] = [entry["actor_id"] for entry in view["timeline"] if entry["kind"] == "voted"]
    return found


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
        await check(ledger, server, tokens)
        code, said = server.command("verify")
        assert code == 0, said
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
