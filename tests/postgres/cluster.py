"""The PostgreSQL server of this test run: started by whoever needs it first, shared by all workers."""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Literal

from tests.postgres.finding import find_programs

PREFIX = "formwright-pg-"
WAIT_SECONDS = 60
ENOUGH = 2 * 1024**3
ROOT = Path(__file__).resolve().parents[2]
Kind = Literal["fast", "durable"]
_keepers: list[subprocess.Popen[bytes]] = []


class NoServer(Exception):
    """The server did not come up; the message holds its log."""


def is_available() -> bool:
    """Whether PostgreSQL's programs were found."""
    return find_programs() is not None


def _place() -> Path:
    memory = Path("/dev/shm")
    if memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > ENOUGH:
        return memory
    return Path(tempfile.gettempdir())


def _run_name() -> tuple[str, int]:
    """A name for this run and the process that it ends with: workers of one run share both."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        return os.environ["PYTEST_XDIST_TESTRUNUID"], os.getppid()
    return str(os.getpid()), os.getpid()


@contextmanager
def _locked(file: Path) -> Iterator[None]:
    with file.open("ab") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def server_url(kind: Kind = "fast") -> str:
    """The URL of the run's server without a database. Raises `NoServer`."""
    name, run_id = _run_name()
    folder = _place() / f"{PREFIX}{name}-{kind}"
    with _locked(Path(tempfile.gettempdir()) / f"{PREFIX}start.lock"):
        if not folder.exists():
            _sweep()
            folder.mkdir(mode=0o755)
            log = (folder / "keeper.log").open("ab")
            with log:
                _keepers.append(
                    subprocess.Popen(
                        [sys.executable, "-m", "tests.postgres.keeper", str(folder), str(run_id), kind],
                        cwd=ROOT,
                        stdout=log,
                        stderr=log,
                        stdin=subprocess.DEVNULL,
                        start_new_session=True,
                    )
                )
        return _wait(folder)


def _wait(folder: Path) -> str:
    deadline = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < deadline:
        with suppress(FileNotFoundError):
            return (folder / "url").read_text(encoding="ascii")
        if not folder.exists() or any(keeper.poll() is not None for keeper in _keepers):
            break
        time.sleep(0.05)
    logs = [file.read_text(errors="replace") for file in (folder / "keeper.log", folder / "log") if file.exists()]
    raise NoServer("\n".join(logs) or "the keeper is gone")


def _sweep() -> None:
    """Remove what an earlier run left behind: folders whose lock nobody holds."""
    for folder in _place().glob(f"{PREFIX}*-*"):
        lock = folder / "lock"
        if not lock.exists():
            continue
        with lock.open("ab") as handle:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                continue
            _end_server(folder)
            shutil.rmtree(folder, ignore_errors=True)


def _end_server(folder: Path) -> None:
    """End the server whose keeper is gone, if the process is indeed that server."""
    with suppress(OSError, ValueError):
        process_id = int((folder / "data" / "postmaster.pid").read_text().split("\n", 1)[0])
        command = Path(f"/proc/{process_id}/cmdline").read_bytes()
        if str(folder).encode() in command:
            os.kill(process_id, signal.SIGQUIT)
