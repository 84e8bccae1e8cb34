"""A formula as a sort key."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from engine.model.terms import Term
from engine.model.values import Scalar, Values


@dataclass(frozen=True)
class Computed:
    """What records are ordered by: `term` in the databases, `value` of one in memory, system fields included.

    `uses_clock`: the order may be another at another time.
    """

    term: Term
    value: Callable[[Values], Scalar] = field(compare=False, repr=False)
    uses_clock: bool = False
