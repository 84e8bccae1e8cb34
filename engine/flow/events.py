"""What can happen in an instance: the closed union of events and their JSON form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated, Literal, TypeAlias

from pydantic import Field, TypeAdapter

from engine.flow.state import AssignSource, Automatic, Decision, Entry, Resume, Status, Voter
from engine.flow.stored_values import StoredValues
from engine.model.base import Label

ReturnMode = Literal["rerun", "direct"]
# Why tasks ended without their owner: the vote was decided, the join was complete, a return, the end of the branch
# or of the instance.
CancelReason = Literal["decided", "joined", "returned", "branch_ended", "ended"]
VoidReason = Literal["basis_changed", "other_branch", "condition_failed"]


@dataclass(frozen=True, kw_only=True)
class EventBase:
    """`actor` is None when the engine acted by itself."""

    at: datetime
    actor: str | None = None


@dataclass(frozen=True, kw_only=True)
class NodeEvent(EventBase):
    """An event of one visit of one block."""

    node: str
    activation: int


@dataclass(frozen=True, kw_only=True)
class Started(EventBase):
    """The instance exists; `initiate` is the initiator's node, `department` the one he acts for."""

    flow: str
    initiate: str
    initiator: str
    department: str | None
    kind: Literal["started"] = "started"


@dataclass(frozen=True, kw_only=True)
class Entered(NodeEvent):
    """A block is alive, as child number `position` of its parent."""

    parent: int | None
    position: int
    entry: Entry
    resume: Resume | None = None
    kind: Literal["entered"] = "entered"


@dataclass(frozen=True, kw_only=True)
class Branched(NodeEvent):
    """Which branches a block takes; those in `done` keep their earlier result, `rejected` among them."""

    branches: tuple[str, ...]
    done: tuple[str, ...] = ()
    rejected: tuple[str, ...] = ()
    kind: Literal["branched"] = "branched"


@dataclass(frozen=True, kw_only=True)
class Assigned(NodeEvent):
    """Who votes, fixed for this visit. `absent`: assigned but disabled; `skipped`: left out by the self policy."""

    voters: tuple[Voter, ...]
    source: AssignSource
    absent: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()
    kind: Literal["assigned"] = "assigned"


@dataclass(frozen=True, kw_only=True)
class TaskOpened(NodeEvent):
    """Somebody has something to do, until `due_at` if there is a deadline."""

    task: int
    member: str
    due_at: datetime | None = None
    kind: Literal["task_opened"] = "task_opened"


@dataclass(frozen=True, kw_only=True)
class Voted(NodeEvent):
    """A vote, with the task it closes; automatic votes close none. `changed`: fields written with it."""

    voter: str
    decision: Decision
    task: int | None = None
    comment: str | None = None
    automatic: Automatic | None = None
    changed: tuple[str, ...] = ()
    kind: Literal["voted"] = "voted"


@dataclass(frozen=True, kw_only=True)
class TasksCancelled(NodeEvent):
    """Tasks that nobody needs to do any more although their node goes on or is decided."""

    tasks: tuple[int, ...]
    reason: CancelReason
    kind: Literal["tasks_cancelled"] = "tasks_cancelled"


@dataclass(frozen=True, kw_only=True)
class Decided(NodeEvent):
    """The outcome of a node; `automatic` when no vote was needed."""

    outcome: Decision
    automatic: Automatic | None = None
    kind: Literal["decided"] = "decided"


@dataclass(frozen=True, kw_only=True)
class Left(NodeEvent):
    """The block was passed."""

    kind: Literal["left"] = "left"


@dataclass(frozen=True, kw_only=True)
class BranchEnded(NodeEvent):
    """A branch of the block is done: passed, or ended by a rejection."""

    branch: str
    result: Literal["passed", "rejected"]
    kind: Literal["branch_ended"] = "branch_ended"


@dataclass(frozen=True, kw_only=True)
class Cancelled(EventBase):
    """Visits and their tasks that ended without being passed."""

    activations: tuple[int, ...]
    tasks: tuple[int, ...]
    reason: CancelReason
    kind: Literal["cancelled"] = "cancelled"


@dataclass(frozen=True, kw_only=True)
class Returned(NodeEvent):
    """The instance goes back from this node to `target`; a return by rejection policy has no task.

    `forgotten`: blocks that no longer count as passed.
    """

    target: str
    mode: ReturnMode
    task: int | None = None
    comment: str | None = None
    forgotten: tuple[str, ...] = ()
    kind: Literal["returned"] = "returned"


@dataclass(frozen=True, kw_only=True)
class DirectResumed(NodeEvent):
    """The target of a direct return is done; the instance goes straight back to `source`."""

    source: str
    kind: Literal["direct_resumed"] = "direct_resumed"


@dataclass(frozen=True, kw_only=True)
class DirectVoided(NodeEvent):
    """The way straight back is void because of `cause` (a block), so everything after this node runs again."""

    source: str
    reason: VoidReason
    cause: str
    fields: tuple[str, ...] = ()
    forgotten: tuple[str, ...] = ()
    kind: Literal["direct_voided"] = "direct_voided"


@dataclass(frozen=True, kw_only=True)
class Copied(NodeEvent):
    """Members who are told."""

    members: tuple[str, ...]
    kind: Literal["copied"] = "copied"


@dataclass(frozen=True, kw_only=True)
class RecordRequested(NodeEvent):
    """A record of `entity` is to be created with these values; the node waits for the answer."""

    entity: str
    values: StoredValues = field(default_factory=dict)
    kind: Literal["record_requested"] = "record_requested"


@dataclass(frozen=True, kw_only=True)
class RecordCreated(NodeEvent):
    """The requested record exists, or existed already when the node does its work once."""

    record: str
    repeated: bool = False
    kind: Literal["record_created"] = "record_created"


@dataclass(frozen=True, kw_only=True)
class IncidentOpened(NodeEvent):
    """The block cannot go on; it waits for somebody to repair the cause and retry."""

    code: str
    params: Mapping[str, str] = field(default_factory=dict)
    kind: Literal["incident_opened"] = "incident_opened"


@dataclass(frozen=True, kw_only=True)
class IncidentClosed(NodeEvent):
    """The block is tried again."""

    kind: Literal["incident_closed"] = "incident_closed"


@dataclass(frozen=True, kw_only=True)
class Withdrawn(EventBase):
    """The initiator took the request back."""

    comment: str | None = None
    kind: Literal["withdrawn"] = "withdrawn"


@dataclass(frozen=True, kw_only=True)
class Finished(EventBase):
    """The instance ended."""

    status: Status
    reason: Label | None = None
    kind: Literal["finished"] = "finished"


Event: TypeAlias = (
    Started
    | Entered
    | Branched
    | Assigned
    | TaskOpened
    | Voted
    | TasksCancelled
    | Decided
    | Left
    | BranchEnded
    | Cancelled
    | Returned
    | DirectResumed
    | DirectVoided
    | Copied
    | RecordRequested
    | RecordCreated
    | IncidentOpened
    | IncidentClosed
    | Withdrawn
    | Finished
)
_EVENT: TypeAdapter[Event] = TypeAdapter(Annotated[Event, Field(discriminator="kind")])


def dump_event(event: Event) -> str:
    """The event as JSON text; its member `kind` says which event it is."""
    return _EVENT.dump_json(event, by_alias=True).decode()


def load_event(text: str | bytes) -> Event:
    """The event that `dump_event` wrote. Raises ValueError for anything else."""
    return _EVENT.validate_json(text)


def place_of(event: Event) -> tuple[str | None, int | None]:
    """Node key and activation an event belongs to; None for events of the whole instance."""
    return (event.node, event.activation) if isinstance(event, NodeEvent) else (None, None)


def load_events(texts: Iterable[str | bytes]) -> tuple[Event, ...]:
    """Several events in order."""
    return tuple(load_event(text) for text in texts)
