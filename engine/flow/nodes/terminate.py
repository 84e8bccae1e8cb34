"""Terminate: the whole instance ends here."""

from __future__ import annotations

from engine.flow.events import Left
from engine.flow.run import Run
from engine.flow.state import Activation
from engine.model.flow_nodes.automatic import Terminate


def begin(run: Run, activation: Activation, terminate: Terminate) -> None:
    """Pass the node and end everything else that is alive."""
    run.emit(Left(at=run.at, node=activation.node, activation=activation.id))
    run.finish(terminate.result, terminate.reason)
