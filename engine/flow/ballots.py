"""A vote at a node where people work: who is asked, what is decided without asking, and what the decision does."""

from __future__ import annotations

from engine.flow.assignment import Assignment, assign
from engine.flow.compiled import Node, TaskBlock
from engine.flow.deadlines import NoDeadline, find_due
from engine.flow.dedupe import approved_before
from engine.flow.events import Assigned, Decided, TaskOpened, TasksCancelled, Voted
from engine.flow.leaving import end_branch
from engine.flow.returning import pass_task, return_to
from engine.flow.run import Run
from engine.flow.state import Activation, Automatic, Decision, Voter
from engine.flow.voting import verdict, voters_due
from engine.model.flow_nodes.blocks import ApproveBlock, HandleBlock, InitiateBlock
from engine.model.flow_nodes.decide import DecideAny, DecideRule
from engine.model.flow_nodes.tasks import RejectEnd, RejectEndBranch, RejectReturn


def task_block(node: Node) -> TaskBlock:
    """The block of a node at which people work."""
    assert isinstance(node.block, InitiateBlock | ApproveBlock | HandleBlock)
    return node.block


def decide_rule(block: TaskBlock) -> DecideRule:
    """How the votes of the node count; the initiator is alone."""
    match block:
        case ApproveBlock():
            return block.approve.decide
        case HandleBlock():
            return block.handle.decide
        case InitiateBlock():
            return DecideAny(mode="any")


def ballot_rule(node: Node, activation: Activation) -> DecideRule:
    """The node's rule was meant for its own people: of admins who stand in for them one decision is enough."""
    if any(voter.stands_in for voter in activation.voters):
        return DecideAny(mode="any")
    return decide_rule(task_block(node))


def open_ballot(run: Run, activation: Activation, *, kept: tuple[Voter, ...] = ()) -> None:
    """Find the voters of a visit that begins and ask them."""
    node = run.node(activation)
    found = assign(run, node, task_block(node), kept=kept)
    run.emit(
        Assigned(
            at=run.at,
            node=node.key,
            activation=activation.id,
            voters=found.voters,
            source=found.source,
            absent=found.absent,
            skipped=found.skipped,
        )
    )
    if found.outcome is not None:
        _decided(run, run.instance.activations[activation.id], found.outcome, automatic=found.automatic)
    elif not found.voters:
        _nobody_found(run, activation, found)
    elif isinstance(due := find_due(run, node), NoDeadline):
        run.park(activation, due.code, calendar=due.calendar)
    else:
        settle(run, activation.id)


def _nobody_found(run: Run, activation: Activation, found: Assignment) -> None:
    run.park(activation, "nobody_found", absent=str(len(found.absent)))


def settle(run: Run, activation_id: int) -> None:
    """After a vote: end the ballot if it is decided, else ask whoever is due."""
    activation = run.instance.activations[activation_id]
    node = run.node(activation)
    rule = ballot_rule(node, activation)
    approved = approved_before(run, node, activation)
    while (result := verdict(rule, activation.voters, activation.votes)) is None:
        asked = {task.member for task in run.instance.open_tasks(activation_id)}
        due = tuple(
            voter for voter in voters_due(rule, activation.voters, activation.votes) if voter.member not in asked
        )
        again = next((voter for voter in due if voter.member in approved), None)
        if again is None:
            _open_tasks(run, activation, due)
            return
        _vote_again(run, activation, again)
        activation = run.instance.activations[activation_id]
    agreed: Decision = "approve" if isinstance(node.block, ApproveBlock) else "submit"
    _decided(run, activation, agreed if result == "agreed" else "reject")


def _vote_again(run: Run, activation: Activation, voter: Voter) -> None:
    run.emit(
        Voted(
            at=run.at,
            node=activation.node,
            activation=activation.id,
            voter=voter.member,
            decision="approve",
            automatic="dedupe",
        )
    )


def _open_tasks(run: Run, activation: Activation, voters: tuple[Voter, ...]) -> None:
    due = find_due(run, run.node(activation))
    for voter in voters:
        run.emit(
            TaskOpened(
                at=run.at,
                node=activation.node,
                activation=activation.id,
                task=run.instance.next_task,
                member=voter.member,
                # whoever is asked in the middle of a ballot is asked without one rather than not at all
                due_at=None if isinstance(due, NoDeadline) else due,
            )
        )


def _decided(run: Run, activation: Activation, outcome: Decision, *, automatic: Automatic | None = None) -> None:
    open_tasks = tuple(task.number for task in run.instance.open_tasks(activation.id))
    if open_tasks:
        run.emit(
            TasksCancelled(
                at=run.at, node=activation.node, activation=activation.id, tasks=open_tasks, reason="decided"
            )
        )
    run.emit(Decided(at=run.at, node=activation.node, activation=activation.id, outcome=outcome, automatic=automatic))
    if outcome == "reject":
        _rejected(run, activation)
    else:
        pass_task(run, activation)


def _rejected(run: Run, activation: Activation) -> None:
    block = run.node(activation).block
    assert isinstance(block, ApproveBlock)
    match block.approve.on_reject:
        case RejectEnd():
            run.finish("rejected")
        case RejectEndBranch():
            end_branch(run, activation)
        case RejectReturn() as policy:
            if run.instance.passed(policy.to) is None:
                run.park(activation, "target_not_passed", target=policy.to)
            else:
                return_to(run, activation, target=policy.to, mode="rerun")
