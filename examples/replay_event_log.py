"""Run a real approval log (IEEE XES, gzipped or not) through the engine, and compare its history with the log.

    python examples/replay_event_log.py LOG [--map FILE] [--database URL]

Each case becomes a record and a flow instance, each event the command that the map names, at the event's own time.
See examples/README.md for the map.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tqdm import tqdm

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from engine.app import build_backend
from engine.commands.library import read_application
from engine.errors import Rejection
from engine.resources import find
from engine.runtime.backend import Backend
from engine.settings import Settings
from engine.store.database import Tx
from engine.store.migrate import migrate
from engine.store.opening import open_database
from examples.replay.mapping import BadMap, LogMap, Step, read_map, steps_of
from examples.replay.playing import Inexpressible, Stage, play_case, set_stage
from examples.replay.statistics import Done, Figures, from_history, from_log, member_roles
from examples.replay.xes import BadLog, Case, read_cases

HERE = Path(__file__).resolve().parent
DEFAULT_MAP = HERE / "travel_expense" / "log_map.json"
AT_ONCE = 48
MAX_LINES = 30
FIXED_LINES = 10
MAX_NODES = 12
LEAST_REASONS = 4
WIDTH = 96
EXAMPLES_WIDTH = 60
HOUR_MS = 3_600_000


@dataclass
class Played:
    """What became of the cases. `reasons`: why cases could not be expressed, with their names."""

    instances: list[tuple[tuple[Step, ...], str]] = field(default_factory=list)
    reasons: dict[str, list[str]] = field(default_factory=dict)
    unmapped: Counter[str] = field(default_factory=Counter)
    events: int = 0
    seconds: float = 0.0

    def refuse(self, case: Case, reason: str) -> None:
        """Note a case that cannot be expressed."""
        self.reasons.setdefault(reason, []).append(case.name)

    def by_frequency(self) -> list[tuple[str, list[str]]]:
        """Reasons, the most frequent first."""
        return sorted(self.reasons.items(), key=lambda item: (-len(item[1]), item[0]))


async def replay(cases: Sequence[Case], stage: Stage) -> Played:
    """Play all cases, several at once: each in its own order."""
    played = Played()
    waiting = iter(cases)
    started = time.perf_counter()
    with tqdm(total=len(cases), unit="case", disable=None) as bar:

        async def worker() -> None:
            for case in waiting:
                await _play_one(stage, case, played)
                bar.update()

        await asyncio.gather(*(worker() for _ in range(AT_ONCE)))
    played.seconds = time.perf_counter() - started
    return played


async def _play_one(stage: Stage, case: Case, played: Played) -> None:
    steps, unknown = steps_of(case, stage.log_map)
    played.unmapped.update(" ".join(name.split()) for name in unknown)
    if case.fault is not None:
        played.refuse(case, case.fault)
        return
    if not case.events:
        played.refuse(case, "no events")
        return
    if unknown:
        played.refuse(case, f"unmapped activity: {unknown[0]}")
        return
    if not steps:
        played.refuse(case, "no event that means anything")
        return
    try:
        instance_id = await play_case(stage, case, steps)
    except Inexpressible as reason:
        played.refuse(case, str(reason))
        return
    played.instances.append((steps, instance_id))
    played.events += len(steps)


async def compare(backend: Backend, stage: Stage, played: Played) -> tuple[Figures, Figures, int]:
    """The figures of the log, those of the engine's history, and how many cases differ in their decisions."""
    of_log, of_engine, differing = Figures(), Figures(), 0
    roles = member_roles(stage.log_map, stage.members)
    for steps, instance_id in played.instances:

        async def unit(tx: Tx, wanted: str = instance_id) -> list[Done]:
            return await from_history(tx, wanted, roles)

        engine = await backend.database.read(unit)
        log = from_log(steps, engine, initiator=stage.log_map.initiator)
        of_engine.add(engine)
        of_log.add(log)
        differing += engine != log
    return of_log, of_engine, differing


def summary(cases: int, played: Played, figures: tuple[Figures, Figures, int]) -> list[str]:
    """At most 30 lines: every activity without a meaning, as many reasons and nodes as there is room for."""
    of_log, of_engine, differing = figures
    nodes = _node_lines(of_engine)
    room = MAX_LINES - len(nodes) - FIXED_LINES
    unmapped = _unmapped_lines(played.unmapped, most=max(1, room - min(len(played.reasons), LEAST_REASONS)))
    same = "equal" if of_engine.same_as(of_log) and not differing else f"DIFFERENT ({differing} cases)"
    return [
        f"cases in the log      {cases:>8,}",
        f"cases replayed        {len(played.instances):>8,}",
        f"cases not expressible {sum(map(len, played.reasons.values())):>8,}",
        *_reason_lines(played, most=room - len(unmapped)),
        *unmapped,
        f"events                {played.events:>8,}",
        f"variants              {len(of_engine.variants):>8,}",
        f"rejections            {of_engine.rejections:>8,}",
        f"withdrawals           {of_engine.withdrawals:>8,}",
        "waiting time, hours          n      median         p90         p95",
        *nodes,
        f"history against log   {same}",
        f"speed                 {cases / played.seconds:,.1f} cases/s, {played.seconds:,.0f} s",
    ]


def _reason_lines(played: Played, *, most: int) -> list[str]:
    """Why cases are not expressible, the most frequent reasons first."""
    reasons = played.by_frequency()
    shown = reasons if len(reasons) <= most else reasons[: most - 1]
    lines = []
    for reason, names in shown:
        examples = ", ".join(names[:2])[:EXAMPLES_WIDTH]
        lines.append(f"  {len(names):>6,}  {reason} ({examples}{', …' if len(names) > 2 else ''})")  # noqa: PLR2004
    rest = reasons[len(shown) :]
    if rest:
        count = sum(len(names) for _, names in rest)
        lines.append(f"  {count:>6,}  {len(rest)} other reasons (--reasons lists all)")
    return lines


def _unmapped_lines(unmapped: Counter[str], *, most: int) -> list[str]:
    """Every activity that the map does not know, with how often it comes, in lines as wide as needed."""
    listed = [f"{name} ({count})" for name, count in unmapped.most_common()]
    if not listed:
        return []
    width = WIDTH
    while len(lines := _wrapped(listed, width)) > most:
        width += WIDTH
    return [f"{'unmapped activities' if not number else '':<22}{line}" for number, line in enumerate(lines)]


def _wrapped(listed: Sequence[str], width: int) -> list[str]:
    lines = [""]
    for item in listed:
        if lines[-1] and len(lines[-1]) + len(item) > width:
            lines.append("")
        lines[-1] += f"{', ' if lines[-1] else ''}{item}"
    return lines


def _node_lines(figures: Figures) -> list[str]:
    """Waiting times of the nodes, those with the most decisions first when there are too many."""
    found = list(figures.percentiles().items())
    shown = found
    if len(found) > MAX_NODES:
        shown = sorted(found, key=lambda item: -item[1][0])[: MAX_NODES - 1]
    lines = [
        f"  {node:<20} {count:>7,}" + "".join(f" {mark / HOUR_MS:>11,.2f}" for mark in marks)
        for node, (count, *marks) in shown
    ]
    if len(found) > len(shown):
        lines.append(f"  {len(found) - len(shown)} other nodes")
    return lines


def find_application(log_map: LogMap, map_file: Path) -> Path:
    """The folder of the map's application: beside the map, among the examples, in the library. Raises `BadMap`."""
    library = find("templates_library")
    places = [map_file.resolve().parent, HERE / log_map.application, *library.glob(f"*/{log_map.application}")]
    for place in places:
        if (place / "app.json").is_file() and place.name == log_map.application:
            return place
    raise BadMap(f"there is no application {log_map.application} beside the map, in examples or in the library")


async def run(options: argparse.Namespace, settings: Settings) -> int:
    """Replay and print; 0 if the engine's history equals the log."""
    log_map = read_map(options.map)
    application = read_application(find_application(log_map, options.map))
    cases = list(read_cases(options.log))
    first = min((case.events[0].at for case in cases if case.events), default=None)
    if first is None:
        faults = sorted({case.fault for case in cases if case.fault})
        print(": ".join(["the log has no events that can be replayed", *faults]), file=sys.stderr)
        return 1
    database = open_database(settings.url)
    try:
        backend = build_backend(settings, database)
        stage = await set_stage(backend, application, log_map, start=first)
        played = await replay(cases, stage)
        figures = await compare(backend, stage, played)
    finally:
        await database.close()
    print("\n".join(summary(len(cases), played, figures)))
    if options.reasons:
        for reason, names in played.by_frequency():
            print("\n".join(f"{name}: {reason}" for name in names))
    of_log, of_engine, differing = figures
    return 0 if of_engine.same_as(of_log) and not differing else 1


def main() -> int:
    """Entry point; 0: the history of the engine equals the log for every replayed case."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("log", type=Path, help="event log in IEEE XES, gzipped or not")
    parser.add_argument("--map", type=Path, default=DEFAULT_MAP, help="what the activities mean (default: %(default)s)")
    parser.add_argument("--database", metavar="URL", default="", help="default: an SQLite database that is thrown away")
    parser.add_argument("--reasons", action="store_true", help="list every case that is not expressible")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="formwright-replay-") as place:
        settings = Settings(data=Path(place), database_url=options.database)
        try:
            migrate(settings.url)
            return asyncio.run(run(options, settings))
        except (BadLog, BadMap, OSError) as problem:
            print(problem, file=sys.stderr)
        except Rejection as refusal:
            print(refusal.text("en"), file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
