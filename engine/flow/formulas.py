"""What the interpreter needs of a formula, and of whoever compiles one."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from engine.model.values import Value, Values


@dataclass(frozen=True)
class FormulaFailure:
    """An evaluation that ended in an error value such as `#DIV/0!`."""

    code: str


class Formula(Protocol):
    """A formula of the flow, ready to be evaluated on a record."""

    @property
    def is_boolean(self) -> bool:
        """Whether its value is a truth value."""

    @property
    def is_constant(self) -> bool:
        """Whether it has the same value for every record at every time."""

    @property
    def references(self) -> AbstractSet[str]:
        """Paths it reads."""

    def evaluate(self, record: Values, now: datetime) -> Value | FormulaFailure:
        """Its value for a record at an instant."""


class FormulaCompiler(Protocol):
    """Compiles a formula over the fields of the flow's entity and `{initiator}`, `{initiator.department}`."""

    def __call__(self, source: str) -> Formula:
        """The compiled formula. Raises `Problems` or another `Rejection` for one that is wrong."""
