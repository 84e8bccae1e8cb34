"""A real server of this checkout with the sample data, and the sign-in links of its people."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, Queue

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 90
COMMAND_SECONDS = 60
_LINK = re.compile(r"http://\S+/sign-in\?token=\S+")
_ADDRESS = re.compile(r"running at (http://[0-9.]+:[0-9]+)")


@dataclass(frozen=True)
class Server:
    """Where it answers; `admin_link` is the one printed at the first start."""

    base: str
    data: Path
    admin_link: str

    def sign_in_link(self, account: str) -> str:
        """A new one-time link, by the command line."""
        done = subprocess.run(
            [sys.executable, "-m", "engine.cli", "sign-in-link", account, "--data", str(self.data)],
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=COMMAND_SECONDS,
            check=True,
        )
        return done.stdout.split()[0]


@contextmanager
def serving(data: Path) -> Iterator[Server]:
    """Start `formwright serve --setup` on a free port; stop it at the end."""
    process = subprocess.Popen(
        [sys.executable, "-u", "-m", "engine.cli", "serve", "--setup", "--data", str(data), "--port", "0"],
        cwd=ROOT,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    lines: Queue[str] = Queue()
    reader = threading.Thread(target=_read, args=(process, lines), daemon=True)
    reader.start()
    try:
        yield _await_start(lines, data)
    finally:
        process.terminate()
        process.wait(timeout=COMMAND_SECONDS)
        reader.join(timeout=COMMAND_SECONDS)
        if process.stdout is not None:
            process.stdout.close()


def _read(process: subprocess.Popen[str], lines: Queue[str]) -> None:
    for line in process.stdout or ():
        lines.put(line)


def _await_start(lines: Queue[str], data: Path) -> Server:
    said, link = "", ""
    while True:
        try:
            line = lines.get(timeout=START_SECONDS)
        except Empty:
            raise AssertionError(f"the server did not start:\n{said}") from None
        said += line
        if found := _LINK.search(line):
            link = found.group()
        if found := _ADDRESS.search(line):
            base = found.group(1)
            return Server(base, data, f"{base}/sign-in?token={link.rpartition('token=')[2]}")
