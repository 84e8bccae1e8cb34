"""Copy: people are told and the flow goes on at once."""

from __future__ import annotations

from engine.flow.assignment import find
from engine.flow.events import Copied
from engine.flow.leaving import leave
from engine.flow.run import Run
from engine.flow.state import Activation
from engine.model.flow_nodes.automatic import Cc


def begin(run: Run, activation: Activation, cc: Cc) -> None:
    """Tell everyone who is still there; nobody at all is no reason to stop."""
    people = find(run, activation.node, "copy", rules=cc.to)
    members = tuple(person.id for person in people if person.is_active)
    if members:
        run.emit(Copied(at=run.at, actor=run.actor, node=activation.node, activation=activation.id, members=members))
    leave(run, activation)
