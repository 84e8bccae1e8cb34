"""Parallel: all branches at the same time until as many are done as the join asks for."""

from __future__ import annotations

from engine.flow.events import Branched
from engine.flow.leaving import branch_done
from engine.flow.run import EnterStep, Run
from engine.flow.state import Activation


def begin(run: Run, activation: Activation) -> None:
    """Enter every branch."""
    children = run.node(activation).children
    branches = tuple(child.branch for child in children)
    run.emit(Branched(at=run.at, node=activation.node, activation=activation.id, branches=branches))
    run.schedule(*(EnterStep(node=child.node, parent=activation.id) for child in children))


def child_left(run: Run, activation: Activation, child: str) -> None:
    """One branch was passed; the rest is cancelled when that is enough."""
    branch_done(run, activation, child=child, is_rejected=False)
