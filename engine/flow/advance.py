"""The interpreter: `advance` takes one command and returns the events it causes and the snapshot after them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias, assert_never

from engine.errors import Rejection
from engine.flow.ballots import settle
from engine.flow.commands import Command, Continue, Decide, Fail, Retry, Return, Start, Withdraw
from engine.flow.compiled import CompiledFlow
from engine.flow.events import Event, IncidentClosed, Started, Voted, Withdrawn
from engine.flow.facts import Facts, NeedPeople
from engine.flow.nodes import trigger
from engine.flow.offers import Action, Offer, may_withdraw, offered_actions
from engine.flow.rejections import (
    ActionNotOffered,
    AlreadyStarted,
    InstanceEnded,
    NothingToRetry,
    NotStartedYet,
    NotTheAssignee,
    NotTheInitiator,
    NotWaiting,
    OpinionRequired,
    ResumeNotOffered,
    TargetNotOffered,
    TaskNotOpen,
    WithdrawNotAllowed,
)
from engine.flow.returning import return_to
from engine.flow.run import BeginStep, PeopleNeeded, Run
from engine.flow.state import Activation, Instance, Task
from engine.flow.steps import run_steps


@dataclass(frozen=True)
class Advanced:
    """The command was carried out."""

    instance: Instance
    events: tuple[Event, ...]


@dataclass(frozen=True)
class NeedFacts:
    """The command needs answers of the organisation; ask, add them to the facts, and call again."""

    keys: tuple[NeedPeople, ...]


@dataclass(frozen=True)
class Refused:
    """The command may not be carried out; nothing happened."""

    rejection: Rejection


Outcome: TypeAlias = Advanced | NeedFacts | Refused


def advance(  # noqa: PLR0917 - the four values are the whole of the interpreter, always in this order
    flow: CompiledFlow, instance: Instance | None, facts: Facts, command: Command
) -> Outcome:
    """Carry out one command. The same input gives the same outcome; `instance` is None for `Start` only."""
    run = Run(flow=flow, facts=facts, at=command.at, current=instance)
    try:
        _carry_out(run, command)
        run_steps(run)
    except PeopleNeeded as needed:
        return NeedFacts(keys=(needed.need,))
    except Rejection as rejection:
        return Refused(rejection)
    return Advanced(instance=run.instance, events=tuple(run.events))


def _carry_out(run: Run, command: Command) -> None:
    if isinstance(command, Start):
        _start(run, command)
        return
    if run.current is None:
        raise NotStartedYet
    if run.instance.status != "running":
        raise InstanceEnded
    match command:
        case Decide():
            _decide(run, command)
        case Return():
            _return(run, command)
        case Withdraw():
            _withdraw(run, command)
        case Continue():
            trigger.record_created(run, _waiting(run, command.activation), command.record)
        case Fail():
            waiting = _waiting(run, command.activation)
            run.park(waiting, "record_not_created", reason=command.reason, reason_en=command.reason_en)
        case Retry():
            _retry(run, command)
        case _:
            assert_never(command)


def _start(run: Run, command: Start) -> None:
    if run.current is not None:
        raise AlreadyStarted
    run.actor, run.comment = command.actor, command.comment
    run.emit(
        Started(
            at=command.at,
            actor=command.actor,
            flow=run.flow.key,
            initiate=run.flow.initiate,
            initiator=command.actor,
            department=command.department,
        )
    )
    run.schedule(BeginStep(activation=run.enter(run.flow.root, None)))


def _own_task(run: Run, command: Decide | Return, action: Action) -> tuple[Task, Offer]:
    task = run.instance.tasks.get(command.task)
    if task is None:
        raise TaskNotOpen
    if task.member != command.actor:
        raise NotTheAssignee
    offers = offered_actions(run.flow, run.instance, task.number)
    offer = next((offer for offer in offers if offer.action == action), None)
    if offer is None:
        raise ActionNotOffered(path="/action", action=action)
    if offer.wants_comment and not (command.comment or "").strip():
        raise OpinionRequired(path="/comment")
    run.actor = command.actor
    return task, offer


def _decide(run: Run, command: Decide) -> None:
    task, _ = _own_task(run, command, command.decision)
    run.emit(
        Voted(
            at=run.at,
            actor=command.actor,
            node=task.node,
            activation=task.activation,
            voter=command.actor,
            decision=command.decision,
            task=task.number,
            comment=command.comment,
            changed=tuple(sorted(run.facts.changed)),
        )
    )
    settle(run, task.activation)


def _return(run: Run, command: Return) -> None:
    task, offer = _own_task(run, command, "return")
    if command.to not in offer.targets:
        raise TargetNotOffered(path="/to", target=command.to)
    mode = command.resume or offer.resume_modes[0]
    if mode not in offer.resume_modes:
        raise ResumeNotOffered(path="/resume", resume=mode)
    return_to(
        run,
        run.instance.activations[task.activation],
        target=command.to,
        mode=mode,
        task=task.number,
        comment=command.comment,
    )


def _withdraw(run: Run, command: Withdraw) -> None:
    if command.actor != run.instance.initiator:
        raise NotTheInitiator
    if not may_withdraw(run.flow, run.instance, command.actor):
        raise WithdrawNotAllowed
    run.actor = command.actor
    run.emit(Withdrawn(at=run.at, actor=command.actor, comment=command.comment))
    run.finish("withdrawn")


def _waiting(run: Run, activation_id: int) -> Activation:
    activation = run.instance.activations.get(activation_id)
    if activation is None or not activation.waits:
        raise NotWaiting
    return activation


def _retry(run: Run, command: Retry) -> None:
    activation = run.instance.activations.get(command.activation)
    if activation is None or activation.incident is None:
        raise NothingToRetry
    run.actor = command.actor
    run.emit(IncidentClosed(at=run.at, actor=command.actor, node=activation.node, activation=activation.id))
    run.schedule(BeginStep(activation=activation.id))
