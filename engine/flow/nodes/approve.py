"""Approval: people vote, and their votes make the decision."""

from __future__ import annotations

from engine.flow.ballots import open_ballot
from engine.flow.run import Run
from engine.flow.state import Activation, Voter


def begin(run: Run, activation: Activation, kept: tuple[Voter, ...]) -> None:
    """Ask the voters."""
    open_ballot(run, activation, kept=kept)
