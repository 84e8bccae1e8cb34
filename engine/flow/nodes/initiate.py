"""The initiator's node: done by submitting at the start, asked again after a return."""

from __future__ import annotations

from engine.flow.ballots import open_ballot
from engine.flow.events import Assigned, Voted
from engine.flow.leaving import leave
from engine.flow.run import Run
from engine.flow.state import Activation, Voter


def begin(run: Run, activation: Activation, kept: tuple[Voter, ...]) -> None:
    """Pass the node at the start, since starting is submitting; ask the initiator after a return."""
    if activation.entry != "flow":
        open_ballot(run, activation, kept=kept)
        return
    initiator = run.instance.initiator
    run.emit(
        Assigned(
            at=run.at,
            node=activation.node,
            activation=activation.id,
            voters=(Voter(member=initiator),),
            source="assign",
        )
    )
    run.emit(
        Voted(
            at=run.at,
            actor=initiator,
            node=activation.node,
            activation=activation.id,
            voter=initiator,
            decision="submit",
            comment=run.comment,
        )
    )
    leave(run, run.instance.activations[activation.id])
