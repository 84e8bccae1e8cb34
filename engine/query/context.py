"""What relative filter values refer to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class QueryContext:
    """Who asks, when and where; ids of himself, his departments, these with all below, his subordinates."""

    now: datetime
    zone: ZoneInfo
    member_id: str
    department_ids: tuple[str, ...] = ()
    subtree_ids: tuple[str, ...] = ()
    subordinate_ids: tuple[str, ...] = ()

    @property
    def today(self) -> date:
        """The day in the workspace's zone."""
        return self.now.astimezone(self.zone).date()
