"""A new workspace is set up whole or not at all, and once."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from engine.app import build_backend
from engine.commands.context import run_on
from engine.commands.library import read_library
from engine.commands.serving import set_up
from engine.errors import Problems
from engine.model.sample_records import SampleRecord
from engine.runtime.backend import Backend
from engine.runtime.calls import Call
from engine.runtime.samples import set_up_workspace
from engine.settings import Settings
from engine.store.database import Database, Tx


@pytest.fixture
def backend(database: Database, tmp_path: Path) -> Backend:
    """A server's parts on an empty database."""
    return build_backend(Settings(data=tmp_path), database)


async def accounts(backend: Backend) -> Sequence[str]:
    async def look(_tx: Tx, call: Call) -> list[str]:
        return sorted(call.directory.by_account)

    return await run_on(backend, look, is_write=False)


async def test_servers_that_start_at_once_set_up_once(backend: Backend, capsys: pytest.CaptureFixture[str]) -> None:
    await asyncio.gather(*(set_up(backend) for _ in range(3)))
    found = await accounts(backend)
    assert "admin" in found
    assert "zhang.wei" in found
    assert len(capsys.readouterr().out.splitlines()) == 1


async def test_what_fails_at_the_last_record_leaves_an_empty_workspace(backend: Backend) -> None:
    org, applications = read_library()
    bad = SampleRecord.model_validate({"by": "zhang.wei", "submit": "apply", "values": {"name": "No more than a name"}})
    records = {**applications[0].records, "proposal": (*applications[0].records["proposal"], bad)}
    broken = [replace(applications[0], records=records)]

    async def work(tx: Tx, call: Call) -> bool:
        return await set_up_workspace(tx, call, ("admin", "Admin"), org=org, applications=broken)

    with pytest.raises(Problems):
        await run_on(backend, work, is_write=True)
    assert await accounts(backend) == []
    await set_up(backend)
    assert "zhang.wei" in await accounts(backend)
