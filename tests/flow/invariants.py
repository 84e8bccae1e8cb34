"""What holds of every state of every flow (flow.md §3.5)."""

from __future__ import annotations

from engine.flow.advance import Refused, advance
from engine.flow.apply import apply
from engine.flow.ballots import decide_rule, task_block
from engine.flow.commands import Command, Decide, Return
from engine.flow.compiled import CompiledFlow
from engine.flow.events import Decided, Event
from engine.flow.facts import Facts
from engine.flow.offers import Action, offered_actions
from engine.flow.state import Activation, Decision, Instance
from engine.flow.voting import verdict
from engine.model.flow_nodes.blocks import ChoiceBlock, InclusiveBlock, ParallelBlock, SeqBlock
from tests.flow.walks import ZONE

ACTIONS: tuple[Decision, ...] = ("approve", "reject", "submit")


def check_state(flow: CompiledFlow, instance: Instance) -> None:
    """I1 to I6, and votes that agree with their ballots (I9)."""
    roots = [found for found in instance.activations.values() if found.parent is None]
    assert (instance.status == "running") == (len(roots) == 1), "I1"
    if instance.status != "running":
        assert not instance.activations, "I2"
        assert not instance.tasks, "I2"
        return
    waiting = [found for found in instance.activations.values() if found.waits or found.incident is not None]
    assert instance.tasks or waiting, "I3"
    nodes = [found.node for found in instance.activations.values()]
    assert len(nodes) == len(set(nodes)), "I4"
    for task in instance.tasks.values():
        activation = instance.activations[task.activation]
        assert activation.node == task.node, "I5"
        assert task.member in {voter.member for voter in activation.voters}, "I5"
        assert task.member not in {vote.voter for vote in activation.votes}, "I9"
    for activation in instance.activations.values():
        _check_children(flow, instance, activation)
        _check_ballot(flow, instance, activation)


def _check_children(flow: CompiledFlow, instance: Instance, activation: Activation) -> None:
    node = flow.nodes[activation.node]
    children = instance.children(activation.id)
    if activation.incident is not None:
        assert not children, "a parked block holds nothing"
        return
    match node.block:
        case SeqBlock():
            assert [child.node for child in children] == [node.children[activation.position].node], "I6"
        case ChoiceBlock():
            assert len(children) == 1, "I6"
        case ParallelBlock() | InclusiveBlock():
            branch_of = {child.node: child.branch for child in node.children}
            alive = {branch_of[child.node] for child in children}
            assert alive, "I6"
            assert alive == set(activation.branches) - set(activation.done), "I6"
        case _:
            assert not children, "I6"


def _check_ballot(flow: CompiledFlow, instance: Instance, activation: Activation) -> None:
    node = flow.nodes[activation.node]
    if not node.is_task or activation.incident is not None:
        return
    voted = [vote.voter for vote in activation.votes]
    assert len(voted) == len(set(voted)), "I9"
    assert verdict(decide_rule(task_block(node)), activation.voters, activation.votes) is None, "I9"
    asked = instance.open_tasks(activation.id)
    assert asked, "somebody is asked"
    assert len({task.member for task in asked}) == len(asked), "one open task each"


def check_events(flow: CompiledFlow, instance: Instance | None, events: tuple[Event, ...]) -> None:
    """I7: each event leads to the next state; I9: a decision is the verdict of the votes before it."""
    current = instance
    for event in events:
        if isinstance(event, Decided) and event.automatic is None and current is not None:
            activation = current.activations[event.activation]
            rule = decide_rule(task_block(flow.nodes[event.node]))
            expected = "rejected" if event.outcome == "reject" else "agreed"
            assert verdict(rule, activation.voters, activation.votes) == expected, "I9"
        current = apply(current, event)


def check_offers(flow: CompiledFlow, instance: Instance, record_facts: Facts) -> None:
    """I12: what is offered is not refused, everything else is."""
    for task in instance.tasks.values():
        offers = {offer.action: offer for offer in offered_actions(flow, instance, task.number)}
        for action in ACTIONS:
            command = Decide(
                task=task.number, actor=task.member, decision=action, at=instance.started_at, comment="意见"
            )
            assert _is_refused(flow, instance, facts=record_facts, command=command) == (action not in offers), (
                "I12",
                action,
            )
        returning: Action = "return"
        targets = offers[returning].targets if returning in offers else ()
        for key in flow.nodes:
            back = Return(task=task.number, actor=task.member, to=key, at=instance.started_at)
            assert _is_refused(flow, instance, facts=record_facts, command=back) == (key not in targets), ("I12", key)


def _is_refused(flow: CompiledFlow, instance: Instance, *, facts: Facts, command: Command) -> bool:
    return isinstance(advance(flow, instance, facts, command), Refused)


def no_people() -> Facts:
    """Facts without answers: enough to learn whether a command is refused."""
    return Facts(zone=ZONE)
