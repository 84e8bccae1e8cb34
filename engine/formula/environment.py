"""The plain environment of an evaluation."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from engine.calendars.days import WorkCalendars
from engine.formula.coercion import to_wall_clock
from engine.formula.values import FormulaBudgetExceeded, FormulaValue

STEPS = 100_000
NO_CALENDARS = WorkCalendars()


class Environment:
    """Values by path, the time, the zone, the working calendars, and a budget of steps for all formulas run with it."""

    __slots__ = ("_budget", "_left", "calendars", "lookup", "now", "zone")

    def __init__(
        self,
        lookup: Callable[[str], FormulaValue],
        *,
        now: datetime,
        zone: ZoneInfo,
        calendars: WorkCalendars = NO_CALENDARS,
        steps: int = STEPS,
    ) -> None:
        self.lookup = lookup
        self.now = to_wall_clock(now, zone)
        self.zone = zone
        self.calendars = calendars
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
