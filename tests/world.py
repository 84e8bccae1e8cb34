"""A server with the sample organisation, called over ASGI as any of its people."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx2
from fastapi import FastAPI

from engine.app import build_backend, create_app
from engine.clock import Clock, SettableClock
from engine.commands.context import run_on
from engine.commands.library import read_application, read_sample_organisation
from engine.model.base import Translated
from engine.resources import find
from engine.runtime.backend import Backend
from engine.runtime.calls import Call
from engine.runtime.people import create_admin
from engine.runtime.samples import install_sample
from engine.runtime.sessions import create_key
from engine.settings import Settings
from engine.store.database import Database, Tx
from engine.store.opening import open_database

APP = "project_initiation"
RECORDS = f"/api/apps/{APP}/entities"
FORM = f"/api/apps/{APP}/forms/apply"


class Fixed:
    """A clock for filling the template."""

    def __init__(self, at: datetime) -> None:
        self._at = at

    def now(self) -> datetime:
        return self._at


async def fill(url: str, at: datetime, folder: Path) -> None:
    """Install the sample organisation, the initiation template and its records, and an admin."""
    database = open_database(url)
    try:
        backend = build_backend(Settings(data=folder), database, clock=Fixed(at))
        await run_on(backend, _install, is_write=True)
    finally:
        await database.close()


async def _install(tx: Tx, call: Call) -> None:
    await create_admin(tx, call, "admin", name=Translated(zh_cn="管理员", en="Admin"))
    application = read_application(find("templates_library") / "1_initiation" / APP)
    await install_sample(tx, call, read_sample_organisation(), applications=[application])


@dataclass
class Client:
    """One person's requests."""

    http: httpx2.AsyncClient

    async def call(self, method: str, path: str, send: object = None, **headers: str) -> httpx2.Response:
        """The answer, whatever its status; header names with `_` for `-`."""
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        content = None if send is None else json.dumps(send).encode()
        return await self.http.request(method, path, content=content, headers=given)

    async def get(self, path: str, **headers: str) -> Any:
        """The JSON of an answer that must succeed."""
        return _good(await self.call("GET", path, None, **headers))

    async def post(self, path: str, send: object = None, **headers: str) -> Any:
        """The JSON of an answer that must succeed."""
        return _good(await self.call("POST", path, {} if send is None else send, **headers))

    async def patch(self, path: str, send: object, **headers: str) -> Any:
        """The JSON of an answer that must succeed."""
        return _good(await self.call("PATCH", path, send, **headers))


def _good(answer: httpx2.Response) -> Any:
    assert answer.status_code < 300, f"{answer.status_code} {answer.text}"
    return answer.json() if answer.content else None


def refusal(answer: httpx2.Response, status: int, code: str) -> Any:
    """The error object of a refusal of that kind."""
    assert answer.status_code == status, f"{answer.status_code} {answer.text}"
    error = answer.json()["error"]
    assert error["code"] == code, error
    return error


@dataclass
class World:
    """The server and its people."""

    app: FastAPI
    backend: Backend
    clock: SettableClock
    members: Mapping[str, str]
    departments: Mapping[str, str]
    _clients: dict[str, Client] = field(default_factory=dict)

    def anyone(self, **headers: str) -> Client:
        """Somebody who is not signed in."""
        transport = httpx2.ASGITransport(app=self.app, raise_app_exceptions=False)
        return Client(httpx2.AsyncClient(transport=transport, base_url="http://testserver", headers=headers))

    async def person(self, account: str, language: str = "en") -> Client:
        """A member with an API key."""
        known = self._clients.get(account + language)
        if known is not None:
            return known
        token = f"fwk_{secrets.token_urlsafe(16)}"

        async def work(tx: Tx, call: Call) -> None:
            await create_key(tx, call, "test", token=token, member_id=self.members[account])

        await run_on(self.backend, work, is_write=True)
        headers = {"authorization": f"Bearer {token}", "accept-language": language}
        self._clients[account + language] = client = self.anyone(**headers)
        return client

    def later(self, minutes: int = 1) -> None:
        """Move the clock on."""
        self.clock.advance(timedelta(minutes=minutes))

    def proposal(self, **changes: object) -> dict[str, object]:
        """Values of a proposal with a budget of 1,500,000, by zhang.wei."""
        values: dict[str, object] = {
            "name": "Data platform",
            "kind": "it",
            "goals": ["digital"],
            "goal": "One customer record",
            "start": "2026-04-01",
            "finish": "2026-09-30",
            "owner": self.members["zhang.wei"],
            "department": self.departments["rd_one"],
            "outsourced": False,
            "lines": [{"item": "Work", "category": "labor", "qty": 1, "price": 1500000}],
        }
        return {**values, **changes}

    async def submit(self, account: str = "zhang.wei", **changes: object) -> Any:
        """A submitted proposal: record and instance."""
        return await (await self.person(account)).post(f"{FORM}/submissions", {"values": self.proposal(**changes)})

    async def task(self, account: str, instance_id: str) -> str:
        """The id of the person's open task in the instance."""
        items = (await (await self.person(account)).get("/api/inbox/todo?limit=200"))["items"]
        found: str = next(item["task_id"] for item in items if item["instance_id"] == instance_id)
        return found

    async def act(self, account: str, instance_id: str, action: str = "approve", **more: object) -> Any:
        """Decide the person's open task in the instance."""
        self.later()
        task_id = await self.task(account, instance_id)
        client = await self.person(account)
        return await client.post(f"/api/tasks/{task_id}/act", {"action": action, **more})


async def build_world(database: Database, clock: SettableClock, folder: Path) -> World:
    """The server on a database that has the sample data."""
    settled: Clock = clock
    backend = build_backend(Settings(data=folder), database, clock=settled)

    async def look(_tx: Tx, call: Call) -> Call:
        return call

    call = await run_on(backend, look, is_write=False)
    members = {account: member.id for account, member in call.directory.by_account.items()}
    departments = {key: item.id for key, item in call.directory.department_by_key.items()}
    return World(create_app(backend), backend, clock, members, departments)
