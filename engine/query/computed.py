"""A formula as a sort key."""

from __future__ import annotations

from dataclasses import dataclass

from engine.model.terms import Term


@dataclass(frozen=True)
class Computed:
    """What records are ordered by, in the databases. `uses_clock`: the order may be another at another time."""

    term: Term
    uses_clock: bool = False
