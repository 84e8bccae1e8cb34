"""Inclusive: every branch whose condition holds, at the same time; the default when none does."""

from __future__ import annotations

from engine.flow.conditions import ConditionFailed, choose
from engine.flow.events import Branched
from engine.flow.leaving import branch_done
from engine.flow.run import EnterStep, Run
from engine.flow.state import Activation


def begin(run: Run, activation: Activation) -> None:
    """Enter all chosen branches; a condition without a truth value parks the block."""
    chosen = choose(run, run.node(activation))
    if isinstance(chosen, ConditionFailed):
        run.park(activation, "condition_failed", branch=chosen.branch, cause=chosen.cause)
        return
    branches = tuple(child.branch for child in chosen)
    run.emit(Branched(at=run.at, node=activation.node, activation=activation.id, branches=branches))
    run.schedule(*(EnterStep(node=child.node, parent=activation.id) for child in chosen))


def child_left(run: Run, activation: Activation, child: str) -> None:
    """One branch was passed; the block is when all that were taken are."""
    branch_done(run, activation, child=child, is_rejected=False)
