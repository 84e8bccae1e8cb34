"""Events of a flow as rows: the history, tasks, copies, readers, notices and audit entries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from engine.flow.events import (
    Cancelled,
    Copied,
    Event,
    Finished,
    IncidentOpened,
    Returned,
    Started,
    TaskOpened,
    TasksCancelled,
    Voted,
    Withdrawn,
    dump_event,
    place_of,
)
from engine.model.values import Json
from engine.runtime.calls import Call
from engine.runtime.record_views import instant_text
from engine.store.flows import Closing, StoredEvent, StoredInstance, StoredTask
from engine.store.history import AuditEntry, Notice


@dataclass
class Projection:
    """Rows to be written. `copies`: (row id, member) pairs by node; `readers`: (member, node) pairs."""

    events: list[StoredEvent] = field(default_factory=list)
    opened: list[StoredTask] = field(default_factory=list)
    closed: list[Closing] = field(default_factory=list)
    copies: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    readers: list[tuple[str, str]] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    audit: list[AuditEntry] = field(default_factory=list)


def project(call: Call, stored: StoredInstance, *, first_seq: int, events: Iterable[Event]) -> Projection:
    """The rows of one command's events."""
    rows = Projection()
    for seq, event in enumerate(events, start=first_seq):
        node_key, activation = place_of(event)
        rows.events.append(
            StoredEvent(stored.id, seq, event.at, event.kind, node_key, activation, event.actor, dump_event(event))
        )
        _tasks(call, stored, rows, event=event)
        _people(call, rows, event=event)
        _tell(call, stored, rows, event=event)
    return rows


def _tasks(call: Call, stored: StoredInstance, rows: Projection, *, event: Event) -> None:
    match event:
        case TaskOpened():
            rows.opened.append(
                StoredTask(
                    id=next(call.ids),
                    instance_id=stored.id,
                    number=event.task,
                    activation=event.activation,
                    node_key=event.node,
                    member_id=event.member,
                    state="open",
                    opened_at=event.at,
                    entity_id=stored.entity_id,
                    record_id=stored.record_id,
                    due_at=event.due_at,
                )
            )
        case Voted() if event.task is not None:
            rows.closed.append(Closing(event.task, event.at, event.voter, event.decision, event.comment))
        case Returned() if event.task is not None:
            rows.closed.append(Closing(event.task, event.at, event.actor, "return", event.comment))
        case TasksCancelled() | Cancelled():
            rows.closed += [Closing(number, event.at) for number in event.tasks]
        case _:
            pass


def _people(call: Call, rows: Projection, *, event: Event) -> None:
    match event:
        case Started():
            rows.readers.append((event.initiator, event.initiate))
        case TaskOpened():
            rows.readers.append((event.member, event.node))
        case Copied():
            rows.readers += [(member, event.node) for member in event.members]
            rows.copies.setdefault(event.node, []).extend((next(call.ids), member) for member in event.members)
        case _:
            pass


def _tell(call: Call, stored: StoredInstance, rows: Projection, *, event: Event) -> None:
    """Notices for whoever listens, and the audit of what people did."""
    match event:
        case Started():
            _notice(call, stored, rows, name="flow.started", payload={"flow_key": stored.flow_key})
        case TaskOpened():
            payload: dict[str, Json] = {"task": event.task, "node_key": event.node, "member_id": event.member}
            if event.due_at is not None:
                payload["due_at"] = instant_text(event.due_at)
            _notice(call, stored, rows, name="task.opened", payload=payload)
        case IncidentOpened():
            _notice(call, stored, rows, name="flow.incident", payload={"node_key": event.node, "code": event.code})
        case Finished():
            _notice(call, stored, rows, name="flow.finished", payload={"status": event.status})
        case Voted() if event.task is not None:
            rows.audit.append(_audit(call, stored, f"task.{event.decision}", node=event.node))
        case Returned() if event.task is not None:
            rows.audit.append(_audit(call, stored, "task.return", node=event.node))
        case Withdrawn():
            rows.audit.append(_audit(call, stored, "flow.withdraw", node=None))
        case _:
            pass


def _audit(call: Call, stored: StoredInstance, action: str, *, node: str | None) -> AuditEntry:
    _, entity = call.catalog.by_entity[stored.entity_id]
    return call.audit(
        action,
        "flow_instance",
        target_id=stored.id,
        app=entity.app_key,
        entity=entity.key,
        record_id=stored.record_id,
        node_key=node,
        title=stored.title,
    )


def _notice(call: Call, stored: StoredInstance, rows: Projection, *, name: str, payload: dict[str, Json]) -> None:
    rows.notices.append(
        Notice(
            id=next(call.ids),
            at=call.now,
            name=name,
            entity_id=stored.entity_id,
            record_id=stored.record_id,
            instance_id=stored.id,
            payload=payload,
        )
    )
