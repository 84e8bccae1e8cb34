"""Figures of a set of cases, computed twice: from the log, and from the engine's own history."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from engine.flow.events import Returned, TaskOpened, Voted, Withdrawn, load_event
from engine.store.database import Tx
from engine.store.flows import list_events
from examples.replay.mapping import LogMap, Step

WITHDRAWN = "withdraw"


@dataclass(frozen=True)
class Done:
    """One decision: where, what, by which role, when, and how long it was waited for, in milliseconds.

    `opened_by`: how many decisions of the case came before its task opened; 0: the task is there from the start. A
    withdrawal is at no node and waited for by nobody.
    """

    node: str
    decision: str
    role: str
    at: datetime
    waited_ms: int | None
    opened_by: int = 0


@dataclass
class Figures:
    """What is compared. `waits`: milliseconds of every decision, by node."""

    cases: int = 0
    decisions: int = 0
    rejections: int = 0
    withdrawals: int = 0
    variants: Counter[tuple[tuple[str, str, str], ...]] = field(default_factory=Counter)
    waits: dict[str, list[int]] = field(default_factory=dict)

    def add(self, done: Sequence[Done]) -> None:
        """Count one case."""
        self.cases += 1
        self.decisions += len(done)
        self.rejections += sum(1 for item in done if item.decision in {"return", "reject"})
        self.withdrawals += sum(1 for item in done if item.decision == WITHDRAWN)
        self.variants[tuple((item.node, item.decision, item.role) for item in done)] += 1
        for item in done:
            if item.waited_ms is not None:
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
        counts = (self.cases, self.decisions, self.rejections, self.withdrawals)
        return (
            counts == (other.cases, other.decisions, other.rejections, other.withdrawals)
            and self.variants == other.variants
            and mine == theirs
        )


def _rank(ordered: Sequence[int], share: int) -> int:
    return ordered[max(0, -(-len(ordered) * share // 100) - 1)]


def from_log(steps: Iterable[Step], engine: Sequence[Done], *, initiator: str) -> list[Done]:
    """The decisions of a case as the log tells them.

    `engine`: the same decisions in the engine's history. Of it only is taken what a log cannot tell: the node of an
    activity whose map leaves it open, and which decision opened a task. All times are those of the log.
    """
    listed = list(steps)
    times = [listed[0].event.at]
    found: list[Done] = []
    for step in listed:
        if step.act.command == "start":
            continue
        known = engine[len(found)] if len(found) < len(engine) else None
        role = step.act.role or initiator
        if step.act.command == WITHDRAWN:
            found.append(Done("", WITHDRAWN, role, step.event.at, None))
        else:
            opened_by = min(known.opened_by, len(found)) if known is not None else 0
            node = step.act.node or (known.node if known is not None else "")
            waited = _milliseconds(times[opened_by], step.event.at)
            found.append(Done(node, step.act.command, role, step.event.at, waited, opened_by))
        times.append(step.event.at)
    return found


async def from_history(tx: Tx, instance_id: str, roles: Mapping[str, str]) -> list[Done]:
    """The decisions of an instance as the engine's history tells them; `roles` by member id."""
    opened: dict[int, tuple[datetime, int]] = {}
    found: list[Done] = []
    for stored in await list_events(tx, instance_id):
        event = load_event(stored.payload)
        role = roles.get(event.actor or "", "")
        if isinstance(event, TaskOpened):
            opened[event.task] = (event.at, len(found))
        elif isinstance(event, Withdrawn):
            found.append(Done("", WITHDRAWN, role, event.at, None))
        elif isinstance(event, Voted | Returned) and event.task is not None:
            decision = event.decision if isinstance(event, Voted) else "return"
            since, opened_by = opened[event.task]
            waited = _milliseconds(since, event.at)
            found.append(Done(event.node, decision, role, event.at, waited, opened_by))
    return found


def _milliseconds(since: datetime, until: datetime) -> int:
    return round((until - since).total_seconds() * 1000)


def member_roles(log_map: LogMap, members: Mapping[str, str]) -> dict[str, str]:
    """The log's role of each member."""
    return {
        member_id: role for role, member_id in members.items() if role == log_map.initiator or role in log_map.roles
    }
