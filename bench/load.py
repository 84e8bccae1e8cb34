"""The load: wrk, with a script for each kind of request."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_RATE = re.compile(r"Requests/sec:\s+([\d.]+)")
_FAILED = re.compile(r"Non-2xx or 3xx responses: (\d+)")
# each thread walks through the addresses; with `once` it stops at their end
_SCRIPT = """
local paths = {{}}
for line in io.lines({paths}) do paths[#paths + 1] = line end
local position = 0
request = function()
  position = position + 1
  if position > #paths then
    if {once} then wrk.thread:stop() end
    position = 1
  end
  return wrk.format({method}, paths[position], {headers}, {body})
end
"""


class NoLoad(Exception):
    """wrk is missing or the server refused requests."""


@dataclass(frozen=True)
class Request:
    """What is sent again and again: each address in turn, with `once` not more often."""

    method: str
    paths: Sequence[str]
    token: str
    body: object = None
    once: bool = False


def _lua(text: str) -> str:
    return "[==[" + text + "]==]"


def measure(url: str, request: Request, *, clients: int, seconds: int, folder: Path) -> float:
    """Requests a second. Raises `NoLoad`."""
    program = shutil.which("wrk")
    if program is None:
        raise NoLoad("wrk is not installed (Debian: apt install wrk)")
    paths, script = folder / "paths", folder / "script.lua"
    paths.write_text("\n".join(request.paths) + "\n", encoding="utf-8")
    headers = f'{{["Authorization"]="Bearer {request.token}", ["Content-Type"]="application/json"}}'
    text = _SCRIPT.format(
        paths=_lua(str(paths)),
        once="true" if request.once else "false",
        method=_lua(request.method),
        headers=headers,
        body="nil" if request.body is None else _lua(json.dumps(request.body)),
    )
    script.write_text(text, encoding="utf-8")
    command = [program, "-t1", f"-c{clients}", f"-d{seconds}s", "-s", str(script), url]
    found = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    refused = _FAILED.search(found)
    if refused is not None:
        raise NoLoad(f"{refused.group(1)} requests were refused: {request.method} {request.paths[0]}")
    rate = _RATE.search(found)
    return float(rate.group(1)) if rate is not None else 0.0
