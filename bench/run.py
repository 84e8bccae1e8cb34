"""Compare Formwright with a hand-written application: create, get, an indexed page, one decision of a flow.

    python -m bench.run [--rows N] [--seconds N] [--rounds N] [--clients 1,8,32] [--database URL --usual-database URL]

Both run as one server process on this machine, take turns within each round, and get the same load from wrk. Printed
are the medians of requests a second and their ratio. Formwright does more for each request: permissions, history,
audit, and on SQLite `synchronous=FULL`; see bench/usual_app.py for what the other leaves out.
"""

from __future__ import annotations

import argparse
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench import ours, usual
from bench.filling import expense
from bench.load import NoLoad, Request, measure
from engine.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
START_SECONDS = 60
KINDS = ("create", "get", "page", "decide")
DECISIONS_A_SECOND = 1500
Rates = dict[tuple[str, int], list[float]]


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(command: list[str], environment: dict[str, str], *, port: int, path: str) -> Iterator[str]:
    """The address of a server that answers, until the end of the block."""
    process = subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, **environment}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    url = f"http://127.0.0.1:{port}"
    try:
        _wait(f"{url}{path}", process)
        yield url
    finally:
        process.terminate()
        process.wait()


def _wait(url: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=1):
                return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.05)
    raise NoLoad(f"no server at {url}")


def requests_of(ready: ours.Ready, *, is_ours: bool, tasks: list[str]) -> dict[str, Request]:
    """The four requests for one of the applications; `tasks`: those decided this time."""
    if is_ours:
        body = {"values": ours.values(1, ready.member_id)}
        return {
            "create": Request("POST", [ours.PATH], ours.TOKEN, body),
            "get": Request("GET", [f"{ours.PATH}/{item}" for item in ready.record_ids[:2000]], ours.TOKEN),
            "page": Request("GET", [ours.PAGE], ours.TOKEN),
            "decide": Request(
                "POST", [f"/api/tasks/{task}/act" for task in tasks], ours.TOKEN, {"action": "approve"}, once=True
            ),
        }
    sent: dict[str, object] = {**expense(1), "owner_id": ready.member_id}
    return {
        "create": Request("POST", ["/expenses"], usual.TOKEN, sent),
        "get": Request("GET", [f"/expenses/{item}" for item in ready.record_ids[:2000]], usual.TOKEN),
        "page": Request("GET", [usual.PAGE], usual.TOKEN),
        "decide": Request("POST", [f"/approvals/{task}" for task in tasks], usual.TOKEN, {}, once=True),
    }


def compare(options: argparse.Namespace, folder: Path) -> tuple[Rates, Rates]:
    """Rates of both by kind of request and number of clients."""
    clients = [int(part) for part in options.clients.split(",")]
    tasks = DECISIONS_A_SECOND * options.seconds * options.rounds * len(clients)
    settings = Settings(data=folder / "ours", database_url=options.database)
    settings.data.mkdir()
    usual_url = options.usual_database or f"sqlite:///{folder / 'usual.db'}"
    print(f"filling: {options.rows:,} records, {tasks:,} open tasks each …", flush=True)
    filled = (
        ours.prepare(settings, rows=options.rows, tasks=tasks),
        usual.fill(usual_url, rows=options.rows, tasks=tasks),
    )
    ports = (free_port(), free_port())
    serve = [sys.executable, "-m", "engine.cli", "serve", "--data", str(settings.data), "--port", str(ports[0])]
    other = [sys.executable, "-m", "uvicorn", "bench.usual_app:app", "--port", str(ports[1]), "--no-access-log"]
    found: tuple[Rates, Rates] = ({}, {})
    environment = {"FORMWRIGHT_DATABASE_URL": options.database}
    with (
        serving(serve, environment, port=ports[0], path="/readyz") as first,
        serving(other, {"USUAL_DATABASE_URL": usual_url}, port=ports[1], path="/expenses") as second,
    ):
        taken = 0
        share = DECISIONS_A_SECOND * options.seconds
        for turn in range(options.rounds):
            for count in clients:
                for side in ((0, 1), (1, 0))[turn % 2]:
                    ready = filled[side]
                    sent = requests_of(ready, is_ours=side == 0, tasks=ready.task_ids[taken : taken + share])
                    for kind in KINDS:
                        url = (first, second)[side]
                        rate = measure(url, sent[kind], clients=count, seconds=options.seconds, folder=folder)
                        found[side].setdefault((kind, count), []).append(rate)
                taken += share
    return found


def report(found: tuple[Rates, Rates]) -> None:
    """The table of medians and ratios."""
    print(f"{'':<8}{'clients':>8}{'Formwright/s':>14}{'usual/s':>10}{'ratio':>8}")
    for (kind, count), rates in found[0].items():
        mine, theirs = statistics.median(rates), statistics.median(found[1][kind, count])
        print(f"{kind:<8}{count:>8}{mine:>14,.0f}{theirs:>10,.0f}{mine / theirs:>8.1f}")


def main() -> int:
    """Entry point."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--seconds", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--clients", default="1,8,32")
    parser.add_argument("--database", default="", help="PostgreSQL URL for Formwright; default: SQLite")
    parser.add_argument("--usual-database", default="", help="URL for the other; default: SQLite")
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="formwright-bench-"))
    try:
        report(compare(options, folder))
    except NoLoad as problem:
        print(problem, file=sys.stderr)
        return 1
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
