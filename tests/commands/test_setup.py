"""Starting with one command, again and again, on directories of every kind."""

from __future__ import annotations

import ctypes
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pytest

from tests.browser.server import Server, serving
from tests.commands.test_commands import ROOT
from tests.conftest import skip_loudly
from tests.world import APP

PROJECTS = f"/api/apps/{APP}/entities/project/records"
LIBC = ctypes.CDLL(None, use_errno=True)
DROP_CAPABILITY, DAC_OVERRIDE = 24, 1


@contextmanager
def signed_in(server: Server) -> Iterator[httpx2.Client]:
    """The admin, by the link that was printed."""
    with httpx2.Client(base_url=server.base, headers={"origin": server.base}, timeout=60) as client:
        token = server.admin_link.rpartition("token=")[2]
        answer = client.post("/api/session/link", json={"token": token})
        assert answer.status_code == 200, answer.text
        yield client


def test_a_server_that_is_set_up_again_keeps_the_data(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with serving(data) as server, signed_in(server) as admin:
        made = admin.post(PROJECTS, json={"values": {"name": "Kept"}})
        assert made.status_code == 201, made.text
        people = admin.get("/api/directory").json()
        count = admin.get(f"{PROJECTS}/count").json()
        key = admin.post("/api/keys", json={"title": "kept"}).json()["token"]
    with serving(data) as again, signed_in(again) as admin:
        assert again.admin_link.rpartition("=")[2] != server.admin_link.rpartition("=")[2]
        assert admin.get(f"{PROJECTS}/{made.json()['id']}").json()["record"]["values"]["name"] == "Kept"
        assert admin.get(f"{PROJECTS}/count").json() == count
        assert admin.get("/api/directory").json() == people
        (app,) = admin.get("/api/apps").json()["items"]
        assert app["version"] == 1
        with_key = httpx2.get(f"{again.base}/api/session", headers={"authorization": f"Bearer {key}"}, timeout=60)
        assert with_key.status_code == 200, with_key.text
    with sqlite3.connect(data / "formwright.db") as connection:
        assert connection.execute("SELECT count(*) FROM application_version").fetchone() == (1,)
    connection.close()


def _bound_by_permissions() -> None:
    """Take from the process about to begin what lets root write where nobody may."""
    if os.geteuid() == 0 and LIBC.prctl(DROP_CAPABILITY, DAC_OVERRIDE, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl")


def bounded(*arguments: str | Path) -> tuple[int, str]:
    """A command for which permissions count, whoever runs the tests: its exit code and what it complained of."""
    try:
        done = subprocess.run(
            [sys.executable, "-m", "engine.cli", *map(str, arguments)],
            cwd=ROOT,
            env={**os.environ, "FORMWRIGHT_LANGUAGE": "en"},
            capture_output=True,
            text=True,
            check=False,
            timeout=240,
            preexec_fn=_bound_by_permissions,  # it only calls the system
        )
    except subprocess.TimeoutExpired:
        raise
    except (subprocess.SubprocessError, AttributeError):
        skip_loudly("root cannot give up its right to write everywhere")
    return done.returncode, done.stderr


@pytest.mark.parametrize("command", [("migrate",), ("serve", "--setup", "--port", "0")])
def test_a_directory_without_write_permission_is_said_plainly(tmp_path: Path, command: tuple[str, ...]) -> None:
    data = tmp_path / "data"
    data.mkdir()
    data.chmod(0o555)
    code, said = bounded(*command, "--data", data)
    assert (code, said) == (1, f"The data directory cannot be written: {data} (Permission denied)\n")
    assert list(data.iterdir()) == []


def test_a_directory_that_cannot_be_made_is_said_plainly(tmp_path: Path) -> None:
    around = tmp_path / "around"
    around.mkdir()
    around.chmod(0o555)
    code, said = bounded("serve", "--setup", "--port", "0", "--data", around / "data")
    assert (code, said) == (1, f"The data directory cannot be written: {around / 'data'} (Permission denied)\n")
