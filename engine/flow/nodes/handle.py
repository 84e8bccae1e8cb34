"""Handling: people do work and submit it; nobody rejects."""

from __future__ import annotations

from engine.flow.ballots import open_ballot
from engine.flow.run import Run
from engine.flow.state import Activation, Voter


def begin(run: Run, activation: Activation, kept: tuple[Voter, ...]) -> None:
    """Ask those who do the work."""
    open_ballot(run, activation, kept=kept)
