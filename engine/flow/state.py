"""The snapshot of a running flow: which blocks are alive, who votes where, which tasks are open, what was passed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from pydantic import TypeAdapter

from engine.model.base import Label

FORMAT: Literal[1] = 1
Status = Literal["running", "approved", "rejected", "withdrawn", "terminated"]
Decision = Literal["approve", "reject", "submit"]
# Why a vote or an outcome needed nobody: nobody was assigned, the initiator would decide himself, or asked already.
Automatic = Literal["empty", "self", "dedupe"]
# How a block was entered: in order, as the target of a return, or again after a direct return.
Entry = Literal["flow", "return", "resume"]
MarkState = Literal["passed", "returned", "cancelled"]
AssignSource = Literal["assign", "empty", "flow_admin", "kept"]


@dataclass(frozen=True, kw_only=True)
class Voter:
    """Somebody who votes at a node. `rule`: index of the assignment rule that named him, None for a policy.

    `stands_in`: an admin, as nobody else was found.
    """

    member: str
    rule: int | None = None
    veto: bool = False
    stands_in: bool = False


@dataclass(frozen=True, kw_only=True)
class Vote:
    """One vote; `automatic` says why no person cast it."""

    voter: str
    decision: Decision
    automatic: Automatic | None = None


@dataclass(frozen=True, kw_only=True)
class Task:
    """An open task; `number` is unique in the instance. Closed tasks are history, not state."""

    number: int
    activation: int
    node: str
    member: str
    due_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Incident:
    """Why a block cannot go on; `params` fill the text of the code."""

    code: str
    params: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Saved:
    """A block that was alive when the instance was returned, to be restored when it comes back directly."""

    node: str
    position: int
    branches: tuple[str, ...] = ()
    done: tuple[str, ...] = ()
    rejected: tuple[str, ...] = ()
    voters: tuple[Voter, ...] = ()
    resume: Resume | None = None
    children: tuple[Saved, ...] = ()

    def nodes(self) -> Iterator[Saved]:
        """The block itself and all saved below it, parents first."""
        yield self
        for child in self.children:
            yield from child.nodes()


@dataclass(frozen=True, kw_only=True)
class Resume:
    """The way straight back to the node that returned.

    `sequence`: the block below which `saved` is restored. `since`: the sequence number of the return.
    `kept`: blocks passed between target and source that are not done again unless the way back is void.
    """

    source: str
    sequence: str
    since: int
    kept: tuple[str, ...]
    saved: Saved

    def all_kept(self) -> tuple[str, ...]:
        """Kept blocks of this way back and of those saved inside it."""
        inner = (saved.resume.all_kept() for saved in self.saved.nodes() if saved.resume is not None)
        return tuple(dict.fromkeys((*self.kept, *(key for kept in inner for key in kept))))


@dataclass(frozen=True, kw_only=True)
class Activation:
    """One visit of a block. `position`: index of the live child of a sequence.

    `branches`: those chosen or started; `done`: those finished, in this visit or kept from an earlier one;
    `rejected`: those of `done` that ended by a rejection. `waits`: a trigger waits for the record it asked for.
    """

    id: int
    node: str
    parent: int | None
    position: int = 0
    entry: Entry = "flow"
    branches: tuple[str, ...] = ()
    done: tuple[str, ...] = ()
    rejected: tuple[str, ...] = ()
    voters: tuple[Voter, ...] = ()
    votes: tuple[Vote, ...] = ()
    waits: bool = False
    resume: Resume | None = None
    incident: Incident | None = None


@dataclass(frozen=True, kw_only=True)
class Mark:
    """How the latest finished visit of a block ended, with its votes and branches."""

    state: MarkState
    activation: int
    branches: tuple[str, ...] = ()
    done: tuple[str, ...] = ()
    rejected: tuple[str, ...] = ()
    votes: tuple[Vote, ...] = ()

    @property
    def handlers(self) -> tuple[str, ...]:
        """Members who acted themselves, in order."""
        return tuple(vote.voter for vote in self.votes if vote.automatic is None)


@dataclass(frozen=True, kw_only=True)
class Instance:
    """Everything needed to go on. `initiate`: the initiator's node. `seq`: number of events so far.

    `decisions`: votes and returns by people, those of the initiator's node left out.
    `created`: record made by a trigger, by node. `changes`: sequence number of the latest change of a field.
    """

    flow: str
    initiate: str
    initiator: str
    department: str | None
    started_at: datetime
    status: Status = "running"
    reason: Label | None = None
    ended_at: datetime | None = None
    seq: int = 0
    next_activation: int = 1
    next_task: int = 1
    decisions: int = 0
    activations: Mapping[int, Activation] = field(default_factory=dict)
    tasks: Mapping[int, Task] = field(default_factory=dict)
    marks: Mapping[str, Mark] = field(default_factory=dict)
    created: Mapping[str, str] = field(default_factory=dict)
    changes: Mapping[str, int] = field(default_factory=dict)

    def live(self, node_key: str) -> Activation | None:
        """The activation of a block, if it is alive; there is at most one."""
        return next((found for found in self.activations.values() if found.node == node_key), None)

    def children(self, activation_id: int) -> tuple[Activation, ...]:
        """Live blocks directly below an activation, in the order they were entered."""
        return tuple(found for found in self.activations.values() if found.parent == activation_id)

    def below(self, activation_id: int) -> tuple[Activation, ...]:
        """The activation and everything alive below it, parents first."""
        found = [self.activations[activation_id]]
        for current in found:
            found.extend(self.children(current.id))
        return tuple(found)

    def open_tasks(self, activation_id: int) -> tuple[Task, ...]:
        """Open tasks of an activation by number."""
        return tuple(task for task in self.tasks.values() if task.activation == activation_id)

    def passed(self, node_key: str) -> Mark | None:
        """The mark of a block that was passed and not undone by a return."""
        mark = self.marks.get(node_key)
        return mark if mark is not None and mark.state == "passed" else None


@dataclass(frozen=True, kw_only=True)
class _Stored:
    format: Literal[1]
    instance: Instance


_STORED: TypeAdapter[_Stored] = TypeAdapter(_Stored)


def dump_instance(instance: Instance) -> str:
    """The snapshot as JSON text with its format number."""
    stored = _STORED.dump_json(_Stored(format=FORMAT, instance=instance), by_alias=True, exclude_defaults=True)
    return stored.decode()


def load_instance(text: str | bytes) -> Instance:
    """The snapshot that `dump_instance` wrote. Raises ValueError for another format."""
    return _STORED.validate_json(text).instance
