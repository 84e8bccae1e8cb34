"""What relative filter values refer to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from engine.calendars.days import WorkCalendars
from engine.formula.environment import NO_CALENDARS
from engine.formula.expressions import Given
from engine.formula.values import FormulaValue
from engine.query.queried import Asker, Behind, all_there_is


@dataclass(frozen=True)
class QueryContext:
    """Who asks, when and where; ids of himself, his departments, these with all below, his subordinates."""

    now: datetime
    zone: ZoneInfo
    member_id: str
    department_ids: tuple[str, ...] = ()
    subtree_ids: tuple[str, ...] = ()
    subordinate_ids: tuple[str, ...] = ()
    calendars: WorkCalendars = NO_CALENDARS
    # what formulas name besides fields, by path: the current user and department
    current: Mapping[str, FormulaValue] = field(default_factory=dict)
    # what he sees behind links
    behind: Behind = all_there_is

    @property
    def today(self) -> date:
        """The day in the workspace's zone."""
        return self.now.astimezone(self.zone).date()

    def asker(self, hidden: frozenset[str]) -> Asker:
        """For whom the formulas of one filter or order are computed, from whom these paths are hidden."""
        return Asker(self.given.together(), hidden, self.behind)

    @property
    def given(self) -> Given:
        """What formulas know besides the record."""
        return Given(self.now, self.zone, self.calendars, self.current)
