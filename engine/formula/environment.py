"""The plain environment of an evaluation."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from engine.formula.coercion import to_wall_clock
from engine.formula.functions.registry import WorkCalendar
from engine.formula.values import FormulaBudgetExceeded, FormulaValue

STEPS = 100_000


class Environment:
    """Values by path, the time, the zone, the calendar, and a budget of steps shared by all formulas run with it."""

    __slots__ = ("_budget", "_left", "calendar", "lookup", "now", "zone")

    def __init__(
        self,
        lookup: Callable[[str], FormulaValue],
        *,
        now: datetime,
        zone: ZoneInfo,
        calendar: WorkCalendar | None = None,
        steps: int = STEPS,
    ) -> None:
        self.lookup = lookup
        self.now = to_wall_clock(now, zone)
        self.zone = zone
        self.calendar = calendar
        self._left = self._budget = steps

    def look_in(self, lookup: Callable[[str], FormulaValue]) -> None:
        """Go on with other values and a full budget."""
        self.lookup = lookup
        self._left = self._budget

    def spend(self, steps: int, /) -> None:
        """Count work; raises `FormulaBudgetExceeded`."""
        self._left -= steps
        if self._left < 0:
            raise FormulaBudgetExceeded(limit=self._budget)
