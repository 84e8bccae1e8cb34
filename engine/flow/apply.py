"""The one place that changes the state of an instance: each event turns a snapshot into the next."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from functools import reduce
from typing import TypeVar, assert_never

from engine.flow.events import (
    Assigned,
    Branched,
    BranchEnded,
    Cancelled,
    Copied,
    Decided,
    DirectResumed,
    DirectVoided,
    Entered,
    Event,
    Finished,
    IncidentClosed,
    IncidentOpened,
    Left,
    RecordCreated,
    RecordRequested,
    Returned,
    Started,
    TaskOpened,
    TasksCancelled,
    Voted,
    Withdrawn,
)
from engine.flow.state import Activation, Incident, Instance, Mark, MarkState, Task, Vote

K = TypeVar("K")
V = TypeVar("V")


class NotStarted(ValueError):
    """Events of an instance begin with `Started`."""


def apply(instance: Instance | None, event: Event) -> Instance:
    """The snapshot after the event. Raises NotStarted when the first event is not `Started`."""
    if isinstance(event, Started):
        return Instance(
            flow=event.flow,
            initiate=event.initiate,
            initiator=event.initiator,
            department=event.department,
            started_at=event.at,
            seq=1,
        )
    if instance is None:
        raise NotStarted
    return replace(_apply(instance, event), seq=instance.seq + 1)


def fold(events: Iterable[Event], instance: Instance | None = None) -> Instance:
    """The snapshot after all events, beginning with `instance`. Raises NotStarted when there is none."""
    result = reduce(apply, events, instance)
    if result is None:
        raise NotStarted
    return result


def _apply(instance: Instance, event: Event) -> Instance:
    match event:
        case Entered() | Branched() | Assigned() | BranchEnded():
            return _apply_structure(instance, event)
        case TaskOpened() | Voted() | TasksCancelled() | Returned():
            return _apply_task(instance, event)
        case RecordRequested() | RecordCreated() | IncidentOpened() | IncidentClosed():
            return _apply_waiting(instance, event)
        case Left() | Cancelled() | DirectVoided():
            return _apply_end(instance, event)
        case Finished():
            return replace(instance, status=event.status, reason=event.reason, ended_at=event.at)
        case Started() | Decided() | DirectResumed() | Copied() | Withdrawn():
            return instance
        case _:
            assert_never(event)


def _apply_structure(instance: Instance, event: Entered | Branched | Assigned | BranchEnded) -> Instance:
    match event:
        case Entered():
            return _enter(instance, event)
        case Branched():
            return _put(
                instance,
                replace(
                    instance.activations[event.activation],
                    branches=event.branches,
                    done=event.done,
                    rejected=event.rejected,
                ),
            )
        case Assigned():
            return _put(instance, replace(instance.activations[event.activation], voters=event.voters, votes=()))
        case BranchEnded():
            activation = instance.activations[event.activation]
            ended = (*activation.rejected, event.branch) if event.result == "rejected" else activation.rejected
            return _put(instance, replace(activation, done=(*activation.done, event.branch), rejected=ended))
        case _:
            assert_never(event)


def _enter(instance: Instance, event: Entered) -> Instance:
    activation = Activation(
        id=event.activation, node=event.node, parent=event.parent, entry=event.entry, resume=event.resume
    )
    activations = {**instance.activations, event.activation: activation}
    if event.parent is not None:
        activations[event.parent] = replace(activations[event.parent], position=event.position)
    return replace(instance, activations=activations, next_activation=event.activation + 1)


def _apply_task(instance: Instance, event: TaskOpened | Voted | TasksCancelled | Returned) -> Instance:
    match event:
        case TaskOpened():
            task = Task(
                number=event.task,
                activation=event.activation,
                node=event.node,
                member=event.member,
                due_at=event.due_at,
            )
            return replace(instance, tasks={**instance.tasks, event.task: task}, next_task=event.task + 1)
        case Voted():
            return _vote(instance, event)
        case TasksCancelled():
            return replace(instance, tasks=_without(instance.tasks, event.tasks))
        case Returned():
            marks = _without(instance.marks, event.forgotten)
            return replace(
                instance,
                marks={**marks, event.node: _mark(instance.activations[event.activation], "returned")},
                tasks=_without(instance.tasks, (event.task,)),
                decisions=instance.decisions + (event.task is not None),
            )
        case _:
            assert_never(event)


def _vote(instance: Instance, event: Voted) -> Instance:
    activation = instance.activations[event.activation]
    vote = Vote(voter=event.voter, decision=event.decision, automatic=event.automatic)
    by_a_person = event.task is not None and activation.node != instance.initiate
    return replace(
        _put(instance, replace(instance.activations[event.activation], votes=(*activation.votes, vote))),
        tasks=_without(instance.tasks, (event.task,)),
        decisions=instance.decisions + by_a_person,
        changes={**instance.changes, **dict.fromkeys(event.changed, instance.seq + 1)},
    )


def _apply_waiting(
    instance: Instance, event: RecordRequested | RecordCreated | IncidentOpened | IncidentClosed
) -> Instance:
    match event:
        case RecordRequested():
            return _put(instance, replace(instance.activations[event.activation], waits=True))
        case RecordCreated():
            created = {**instance.created, event.node: event.record}
            return replace(
                _put(instance, replace(instance.activations[event.activation], waits=False)), created=created
            )
        case IncidentOpened():
            incident = Incident(code=event.code, params=event.params)
            return _put(instance, replace(instance.activations[event.activation], incident=incident, waits=False))
        case IncidentClosed():
            return _put(instance, replace(instance.activations[event.activation], incident=None))
        case _:
            assert_never(event)


def _apply_end(instance: Instance, event: Left | Cancelled | DirectVoided) -> Instance:
    match event:
        case Left():
            mark = _mark(instance.activations[event.activation], "passed")
            return replace(
                instance,
                activations=_without(instance.activations, (event.activation,)),
                marks={**instance.marks, event.node: mark},
            )
        case Cancelled():
            return _cancel(instance, event)
        case DirectVoided():
            marks = _without(instance.marks, event.forgotten)
            return replace(_put(instance, replace(instance.activations[event.activation], resume=None)), marks=marks)
        case _:
            assert_never(event)


def _cancel(instance: Instance, event: Cancelled) -> Instance:
    marks = dict(instance.marks)
    for activation_id in event.activations:
        activation = instance.activations[activation_id]
        earlier = marks.get(activation.node)
        if earlier is None or earlier.activation != activation_id:
            marks[activation.node] = _mark(activation, "cancelled")
    return replace(
        instance,
        activations=_without(instance.activations, event.activations),
        tasks=_without(instance.tasks, event.tasks),
        marks=marks,
    )


def _mark(activation: Activation, state: MarkState) -> Mark:
    return Mark(
        state=state,
        activation=activation.id,
        branches=activation.branches,
        done=activation.done,
        rejected=activation.rejected,
        votes=activation.votes,
    )


def _put(instance: Instance, activation: Activation) -> Instance:
    return replace(instance, activations={**instance.activations, activation.id: activation})


def _without(mapping: Mapping[K, V], keys: Collection[K | None]) -> Mapping[K, V]:
    return {key: value for key, value in mapping.items() if key not in keys} if keys else mapping
