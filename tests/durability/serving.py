"""A real server process, to be killed and started again."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx2

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 60


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class ServerProcess:
    """`formwright serve` on a database that exists; it listens on the same port after each start."""

    def __init__(self, folder: Path, database_url: str) -> None:
        self._folder = folder
        self._environment = {**os.environ, "FORMWRIGHT_DATABASE_URL": database_url}
        self._process: subprocess.Popen[bytes] | None = None
        self.port = free_port()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def start(self) -> None:
        """Start and wait until it is ready."""
        with (self._folder / "server.log").open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "engine.cli", "serve", "--data", self._folder, "--port", str(self.port)],
                cwd=ROOT,
                env=self._environment,
                stdout=log,
                stderr=log,
            )
        async with httpx2.AsyncClient() as client, asyncio.timeout(START_SECONDS):
            while True:
                assert self._process.poll() is None, (self._folder / "server.log").read_text()
                try:
                    if (await client.get(f"{self.url}/readyz")).status_code == 200:
                        return
                except httpx2.TransportError:
                    await asyncio.sleep(0.02)

    def kill(self) -> None:
        """End it without a word."""
        assert self._process is not None
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()

    def stop(self) -> int:
        """Ask it to end; the exit code."""
        assert self._process is not None
        if self._process.poll() is None:
            self._process.terminate()
        return self._process.wait(timeout=30)

    def command(self, *words: str) -> tuple[int, str]:
        """Another command on the same data, beside the server: its exit code and all it said."""
        done = subprocess.run(
            [sys.executable, "-m", "engine.cli", *words, "--data", self._folder],
            cwd=ROOT,
            env=self._environment,
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, done.stdout + done.stderr
