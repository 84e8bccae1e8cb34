"""Figures of a set of cases, computed twice: from the log, and from the engine's own history."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from engine.flow.events import Returned, TaskOpened, Voted, load_event
from engine.store.database import Tx
from engine.store.flows import list_events
from examples.replay.mapping import LogMap, Step


@dataclass(frozen=True)
class Done:
    """One decision: where, what, by which role, when, and how long it was waited for, in milliseconds."""

    node: str
    decision: str
    role: str
    at: datetime
    waited_ms: int


@dataclass
class Figures:
    """What is compared. `waits`: milliseconds of every decision, by node."""

    cases: int = 0
    decisions: int = 0
    rejections: int = 0
    variants: Counter[tuple[tuple[str, str, str], ...]] = field(default_factory=Counter)
    waits: dict[str, list[int]] = field(default_factory=dict)

    def add(self, done: Sequence[Done]) -> None:
        """Count one case."""
        self.cases += 1
        self.decisions += len(done)
        self.rejections += sum(1 for item in done if item.decision in {"return", "reject"})
        self.variants[tuple((item.node, item.decision, item.role) for item in done)] += 1
        for item in done:
            self.waits.setdefault(item.node, []).append(item.waited_ms)

    def percentiles(self) -> dict[str, tuple[int, ...]]:
        """Number, median, 90th and 95th percentile (nearest rank, milliseconds) by node."""
        found: dict[str, tuple[int, ...]] = {}
        for node, waits in self.waits.items():
            ordered = sorted(waits)
            found[node] = (len(ordered), *(_rank(ordered, share) for share in (50, 90, 95)))
        return found

    def same_as(self, other: Figures) -> bool:
        """Whether every figure is equal, the waiting times one by one."""
        mine = {node: sorted(waits) for node, waits in self.waits.items()}
        theirs = {node: sorted(waits) for node, waits in other.waits.items()}
        counts = (self.cases, self.decisions, self.rejections)
        return (
            counts == (other.cases, other.decisions, other.rejections)
            and self.variants == other.variants
            and mine == theirs
        )


def _rank(ordered: Sequence[int], share: int) -> int:
    return ordered[max(0, -(-len(ordered) * share // 100) - 1)]


def from_log(steps: Iterable[Step], nodes: Sequence[str]) -> list[Done]:
    """The decisions of a case as the log tells them; each waits since the event before.

    `nodes`: the node of each decision, for activities whose map leaves it open.
    """
    listed = list(steps)
    found: list[Done] = []
    before = listed[0].event.at
    for step in listed:
        if step.act.command != "start":
            node = step.act.node or nodes[len(found)]
            waited = round((step.event.at - before).total_seconds() * 1000)
            found.append(Done(node, step.act.command, step.act.role or "", step.event.at, waited))
        before = step.event.at
    return found


async def from_history(tx: Tx, instance_id: str, roles: Mapping[str, str]) -> list[Done]:
    """The decisions of an instance as the engine's history tells them; `roles` by member id."""
    opened: dict[int, datetime] = {}
    found: list[Done] = []
    for stored in await list_events(tx, instance_id):
        event = load_event(stored.payload)
        if isinstance(event, TaskOpened):
            opened[event.task] = event.at
        elif isinstance(event, Voted | Returned) and event.task is not None:
            decision = event.decision if isinstance(event, Voted) else "return"
            waited = round((event.at - opened[event.task]).total_seconds() * 1000)
            found.append(Done(event.node, decision, roles[event.actor or ""], event.at, waited))
    return found


def member_roles(log_map: LogMap, members: Mapping[str, str]) -> dict[str, str]:
    """The log's role of each member."""
    return {
        member_id: role for role, member_id in members.items() if role == log_map.initiator or role in log_map.roles
    }
