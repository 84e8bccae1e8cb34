"""Sequence: its blocks one after the other."""

from __future__ import annotations

from engine.flow.leaving import leave
from engine.flow.run import EnterStep, Run
from engine.flow.state import Activation


def begin(run: Run, activation: Activation) -> None:
    """Enter the first block; an empty sequence is passed at once."""
    _go_on(run, activation, position=0)


def child_left(run: Run, activation: Activation, child: str) -> None:
    """Enter the block after the one that was passed, or pass the sequence."""
    _go_on(run, activation, position=run.flow.nodes[child].position + 1)


def _go_on(run: Run, activation: Activation, *, position: int) -> None:
    children = run.node(activation).children
    if position < len(children):
        run.schedule(EnterStep(node=children[position].node, parent=activation.id))
    else:
        leave(run, activation)
