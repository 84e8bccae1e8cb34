"""Compare Formwright with a hand-written application, and parts of it with each other.

    make bench    or    python -m bench.run [--rows N] [--seconds N] [--rounds N] [--clients 1,8,32] [--entities N]
                                            [--database URL --usual-database URL]

Both applications run as one server process on this machine, take turns within each round, and get the same load from
wrk. Printed are the medians of requests a second and their ratio. Formwright does more for each request: permissions,
history, audit, and on SQLite `synchronous=FULL`; see bench/usual_app.py for what the other leaves out. The last lines
set two requests of Formwright against each other: a member with a row rule and a hidden field against an admin, a page
with five link and lookup columns against a plain one, a page far behind against the first, the first page of all
records against that of 10,000. Then the memory of the server: idle, and what so many entities more take.

For PostgreSQL the other application needs a driver that SQLAlchemy knows (pip install "psycopg[binary]").
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
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench import ours, usual
from bench.filling import expense
from bench.load import NoLoad, Request, measure
from engine.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
START_SECONDS = 60
DECISIONS_A_SECOND = 1500
BUSY = 8
Rates = dict[tuple[str, int], tuple[list[float], list[float]]]


@dataclass(frozen=True)
class Pair:
    """Two requests that are set against each other, the second one of the usual application unless `is_inner`."""

    name: str
    clients: int
    first: Request
    second: Request
    is_inner: bool = False


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(frozen=True)
class Server:
    """A server that answers."""

    url: str
    process_id: int

    def megabytes(self) -> float:
        """Its resident memory."""
        status = Path(f"/proc/{self.process_id}/status").read_text("ascii")
        return int(status.partition("VmRSS:")[2].split()[0]) / 1024


def serve_command(settings: Settings) -> list[str]:
    """How Formwright is served."""
    return [sys.executable, "-m", "engine.cli", "serve", "--data", str(settings.data)]


@contextmanager
def serving(command: list[str], environment: dict[str, str], *, path: str) -> Iterator[Server]:
    """A server on a free port, until the end of the block."""
    port = free_port()
    process = subprocess.Popen(
        [*command, "--port", str(port)],
        cwd=ROOT,
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    url = f"http://127.0.0.1:{port}"
    try:
        _wait(f"{url}{path}", process)
        yield Server(url, process.pid)
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


def pairs_of(filled: tuple[ours.Ready, ours.Ready], clients: list[int], tasks: Sequence[slice]) -> Iterator[Pair]:
    """All that is measured in one round; `tasks`: those decided with each number of clients."""
    mine, theirs = filled
    made = Request("POST", [ours.PATH], ours.TOKEN, {"values": ours.values(1, mine.member_id)})
    sent = Request("POST", ["/expenses"], usual.TOKEN, {**expense(1), "owner_id": theirs.member_id})
    get = [f"{ours.PATH}/{item}" for item in mine.record_ids[:2000]]
    other = [f"/expenses/{item}" for item in theirs.record_ids[:2000]]
    page = asked(ours.PAGE)
    for count, share in zip(clients, tasks, strict=True):
        decided = [f"/api/tasks/{task}/act" for task in mine.task_ids[share]]
        approved = [f"/approvals/{task}" for task in theirs.task_ids[share]]
        yield Pair("create", count, made, sent)
        yield Pair("get", count, Request("GET", get, ours.TOKEN), Request("GET", other, usual.TOKEN))
        yield Pair("page", count, page, Request("GET", [usual.PAGE], usual.TOKEN))
        yield Pair(
            "decide",
            count,
            Request("POST", decided, ours.TOKEN, {"action": "approve"}, once=True),
            Request("POST", approved, usual.TOKEN, {}, once=True),
        )
    yield Pair("create", 2 * BUSY, made, sent)
    yield Pair("scan", BUSY, asked(ours.SCAN), Request("GET", [usual.SCAN], usual.TOKEN))
    totals = Request("POST", [f"{ours.PATH}/aggregate"], ours.TOKEN, ours.TOTALS)
    yield Pair("totals", BUSY, totals, Request("GET", ["/totals"], usual.TOKEN))
    yield from inner_pairs(mine)


def asked(path: str, token: str = ours.TOKEN) -> Request:
    """A request of Formwright that reads."""
    return Request("GET", [path], token)


def inner_pairs(mine: ours.Ready) -> Iterator[Pair]:
    """Requests of Formwright against others of it."""
    of_member, of_admin = (asked(ours.PAGE, ours.TOKENS[account]) for account in ("ben", "admin"))
    yield Pair("member/admin", BUSY, of_member, of_admin, is_inner=True)
    linked, plain = (asked(ours.PAGE.replace("/expense/", f"/{key}/")) for key in ("linked", "recent"))
    yield Pair("linked/plain", BUSY, linked, plain, is_inner=True)
    first = f"{ours.PATH}?limit=50&sort=code"
    yield Pair("far/first", BUSY, asked(f"{first}&cursor={mine.far}"), asked(first), is_inner=True)
    few = asked(ours.PAGE.replace("/expense/", "/recent/"))
    yield Pair("all/10,000", BUSY, asked(ours.PAGE), few, is_inner=True)


def compare(options: argparse.Namespace, folder: Path) -> Rates:
    """The rates of both sides by kind of request and number of clients."""
    clients = [int(part) for part in options.clients.split(",")]
    share = DECISIONS_A_SECOND * options.seconds
    tasks = share * options.rounds * len(clients)
    settings = Settings(data=folder / "ours", database_url=options.database)
    settings.data.mkdir()
    usual_url = options.usual_database or f"sqlite:///{folder / 'usual.db'}"
    print(f"filling: {options.rows:,} records, {tasks:,} open tasks each …", flush=True)
    filled = (
        ours.prepare(settings, rows=options.rows, tasks=tasks),
        usual.fill(usual_url, rows=options.rows, tasks=tasks),
    )
    other = [sys.executable, "-m", "uvicorn", "bench.usual_app:app", "--no-access-log"]
    found: Rates = {}
    with (
        serving(serve_command(settings), {"FORMWRIGHT_DATABASE_URL": options.database}, path="/readyz") as first,
        serving(other, {"USUAL_DATABASE_URL": usual_url}, path="/expenses") as second,
    ):
        for turn in range(options.rounds):
            starts = range(turn * len(clients) * share, tasks, share)
            slices = [slice(start, start + share) for start in starts][: len(clients)]
            for pair in pairs_of(filled, clients, slices):
                sides = [(first.url, pair.first), (first.url if pair.is_inner else second.url, pair.second)]
                for side in ((0, 1), (1, 0))[turn % 2]:
                    url, request = sides[side]
                    rate = measure(url, request, clients=pair.clients, seconds=options.seconds, folder=folder)
                    found.setdefault((pair.name, pair.clients), ([], []))[side].append(rate)
    return found


def report(found: Rates) -> None:
    """The table of medians and ratios."""
    print(f"{'':<14}{'clients':>8}{'Formwright/s':>14}{'other/s':>10}{'ratio':>8}")
    for (kind, count), sides in found.items():
        mine, theirs = (statistics.median(rates) for rates in sides)
        ratio = f"{mine / theirs:.2f}" if theirs else "-"  # not one answer in the time
        print(f"{kind:<14}{count:>8}{mine:>14,.1f}{theirs:>10,.1f}{ratio:>8}")


def report_memory(entities: int, folder: Path) -> None:
    """The resident memory of a server that has just started, with no entities but those measured and with more."""
    found = []
    for count in (0, entities):
        settings = Settings(data=folder / f"memory{count}")
        settings.data.mkdir()
        ours.prepare_entities(settings, count)
        with serving(serve_command(settings), {"FORMWRIGHT_DATABASE_URL": ""}, path="/readyz") as server:
            measure(server.url, asked(f"{ours.PATH}?limit=50"), clients=1, seconds=1, folder=folder)
            found.append(server.megabytes())
    print(f"idle memory: {found[0]:.0f} MB; {entities:,} entities more: {found[1] - found[0]:+.1f} MB")


def main() -> int:
    """Entry point."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--seconds", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--clients", default="1,8,32")
    parser.add_argument("--entities", type=int, default=2_000, help="so many in the measurement of memory; 0: none")
    parser.add_argument("--database", default="", help="PostgreSQL URL for Formwright; default: SQLite")
    parser.add_argument("--usual-database", default="", help="URL for the other; default: SQLite")
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="formwright-bench-"))
    try:
        report(compare(options, folder))
        if options.entities:
            report_memory(options.entities, folder)
    except NoLoad as problem:
        print(problem, file=sys.stderr)
        return 1
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
