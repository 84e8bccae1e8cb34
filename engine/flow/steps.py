"""The loop that carries out a command: each step makes a block alive, begins it, or tells it of a passed child."""

from __future__ import annotations

from typing import assert_never

from engine.flow.compiled import TaskBlock
from engine.flow.events import Branched
from engine.flow.nodes import (
    approve,
    cc,
    choice,
    handle,
    inclusive,
    initiate,
    parallel,
    seq,
    terminate,
    trigger,
)
from engine.flow.run import MAX_STEPS, BeginStep, ChildLeftStep, EnterStep, FieldsLost, RestoreStep, Run, Step
from engine.flow.state import Activation, Voter
from engine.model.flow_nodes.blocks import (
    ApproveBlock,
    CcBlock,
    ChoiceBlock,
    HandleBlock,
    InclusiveBlock,
    InitiateBlock,
    ParallelBlock,
    SeqBlock,
    TerminateBlock,
    TriggerBlock,
)


def run_steps(run: Run) -> None:
    """Do all scheduled steps. After MAX_STEPS blocks begun the next one parks (flow.md §1.2, chain safety)."""
    while run.steps:
        _do(run, run.steps.pop())


def _do(run: Run, step: Step) -> None:
    alive = run.instance.activations.get(step.activation if isinstance(step, BeginStep) else step.parent)
    if alive is None:
        # A join or an end reached by an earlier branch has cancelled this one before it began.
        return
    match step:
        case BeginStep():
            _begin(run, alive, step.kept)
        case EnterStep():
            run.schedule(BeginStep(activation=run.enter(step.node, step.parent)))
        case RestoreStep():
            _restore(run, step)
        case ChildLeftStep():
            _child_left(run, alive, step.child)
        case _:
            assert_never(step)


def _begin(run: Run, activation: Activation, kept: tuple[Voter, ...]) -> None:
    run.steps_done += 1
    if run.steps_done > MAX_STEPS:
        run.park(activation, "too_many_steps", limit=str(MAX_STEPS))
        return
    try:
        _begin_block(run, activation, kept)
    except FieldsLost as lost:
        run.park(activation, "fields_lost", field=lost.paths)


def _begin_block(run: Run, activation: Activation, kept: tuple[Voter, ...]) -> None:
    block = run.node(activation).block
    match block:
        case SeqBlock():
            seq.begin(run, activation)
        case ChoiceBlock():
            choice.begin(run, activation)
        case InclusiveBlock():
            inclusive.begin(run, activation)
        case ParallelBlock():
            parallel.begin(run, activation)
        case InitiateBlock() | ApproveBlock() | HandleBlock():
            _begin_task(run, activation, block, kept=kept)
        case CcBlock():
            cc.begin(run, activation, block.cc)
        case TriggerBlock():
            trigger.begin(run, activation, block.trigger)
        case TerminateBlock():
            terminate.begin(run, activation, block.terminate)
        case _:
            assert_never(block)


def _begin_task(run: Run, activation: Activation, block: TaskBlock, *, kept: tuple[Voter, ...]) -> None:
    match block:
        case InitiateBlock():
            initiate.begin(run, activation, kept)
        case ApproveBlock():
            approve.begin(run, activation, kept)
        case HandleBlock():
            handle.begin(run, activation, kept)
        case _:
            assert_never(block)


def _child_left(run: Run, activation: Activation, child: str) -> None:
    block = run.node(activation).block
    match block:
        case SeqBlock():
            seq.child_left(run, activation, child)
        case ChoiceBlock():
            choice.child_left(run, activation)
        case InclusiveBlock():
            inclusive.child_left(run, activation, child)
        case ParallelBlock():
            parallel.child_left(run, activation, child)
        case InitiateBlock() | ApproveBlock() | HandleBlock() | CcBlock() | TriggerBlock() | TerminateBlock():
            raise AssertionError(f"{activation.node} holds no blocks")
        case _:
            assert_never(block)


def _restore(run: Run, step: RestoreStep) -> None:
    saved = step.saved
    activation_id = run.enter(saved.node, step.parent, entry="resume", resume=saved.resume)
    if not saved.children:
        run.schedule(BeginStep(activation=activation_id, kept=saved.voters))
        return
    if saved.branches:
        run.emit(
            Branched(
                at=run.at,
                node=saved.node,
                activation=activation_id,
                branches=saved.branches,
                done=saved.done,
                rejected=saved.rejected,
            )
        )
    run.schedule(*(RestoreStep(saved=child, parent=activation_id) for child in saved.children))
