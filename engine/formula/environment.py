"""The plain environment of an evaluation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType
from zoneinfo import ZoneInfo

from engine.calendars.days import WorkCalendars
from engine.formula.coercion import to_wall_clock
from engine.formula.values import FormulaBudgetExceeded, FormulaValue

STEPS = 100_000
NO_CALENDARS = WorkCalendars()


NOTHING: Mapping[str, object] = MappingProxyType({})


class Environment:
    """Values by path, the time, the zone, the working calendars, and a budget of steps for all formulas run with it.

    `known`: values that need no `lookup`, which is asked for what is not there or empty.
    """

    __slots__ = ("_budget", "_instant", "_left", "calendars", "known", "lookup", "zone")

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
        self.known: Mapping[str, object] = NOTHING
        self._instant = now
        self.zone = zone
        self.calendars = calendars
        self._left = self._budget = steps

    @property
    def now(self) -> datetime:
        """The wall-clock time of the evaluation."""
        return to_wall_clock(self._instant, self.zone)

    def look_in(self, lookup: Callable[[str], FormulaValue], known: Mapping[str, object] = NOTHING) -> None:
        """Go on with other values and a full budget."""
        self.lookup, self.known = lookup, known
        self._left = self._budget

    def spend(self, steps: int, /) -> None:
        """Count work; raises `FormulaBudgetExceeded`."""
        self._left -= steps
        if self._left < 0:
            raise FormulaBudgetExceeded(limit=self._budget)
