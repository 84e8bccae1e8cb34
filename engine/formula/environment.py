"""The plain environment of an evaluation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType
from zoneinfo import ZoneInfo

from engine.calendars.days import WorkCalendars
from engine.formula.coercion import to_wall_clock
from engine.formula.values import FormulaBudgetExceeded, FormulaValue

STEPS = 100_000  # of one formula
RECORD_STEPS = 3_000_000  # of all formulas of a record, in all rows
NO_CALENDARS = WorkCalendars()


NOTHING: Mapping[str, object] = MappingProxyType({})


class Environment:
    """Values by path, the time, the zone, the working calendars, and a budget of steps for all formulas run with it.

    `known`: values that need no `lookup`, which is asked for what is not there or empty. `in_all`: the budget of
    everything that is evaluated with it, where `look_in` gives each formula a budget of its own.
    """

    __slots__ = ("_budget", "_floor", "_in_all", "_instant", "_left", "calendars", "known", "lookup", "zone")

    def __init__(
        self,
        lookup: Callable[[str], FormulaValue],
        *,
        now: datetime,
        zone: ZoneInfo,
        calendars: WorkCalendars = NO_CALENDARS,
        steps: int = STEPS,
        in_all: int | None = None,
    ) -> None:
        self.lookup = lookup
        self.known: Mapping[str, object] = NOTHING
        self._instant = now
        self.zone = zone
        self.calendars = calendars
        self._budget = steps
        self._left = self._in_all = steps if in_all is None else in_all
        self._floor = self._left - steps

    @property
    def now(self) -> datetime:
        """The wall-clock time of the evaluation."""
        return to_wall_clock(self._instant, self.zone)

    def look_in(self, lookup: Callable[[str], FormulaValue], known: Mapping[str, object] = NOTHING) -> None:
        """Go on with other values: the next formula, with a full budget as far as that for all of them goes."""
        self.lookup, self.known = lookup, known
        self._floor = self._left - self._budget

    def spend(self, steps: int, /) -> None:
        """Count work; raises `FormulaBudgetExceeded`."""
        left = self._left = self._left - steps
        if left < self._floor or left < 0:
            raise FormulaBudgetExceeded(limit=self._in_all if left < 0 else self._budget)

    def spend_beside(self, steps: int) -> None:
        """Count work of the next formulas that is known beforehand, in the budget of all; raises as `spend`."""
        self._left -= steps
        if self._left < 0:
            raise FormulaBudgetExceeded(limit=self._in_all)
