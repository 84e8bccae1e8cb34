"""What an interpretation of a form needs to know besides the record."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from engine.formula.functions.registry import WorkCalendar


def _anyone(_id: str) -> bool:
    return True


@dataclass(frozen=True)
class Context:
    """The time, the workspace's zone and calendar, and whether ids name members and departments that may be chosen."""

    now: datetime
    zone: ZoneInfo
    calendar: WorkCalendar | None = None
    is_member: Callable[[str], bool] = _anyone
    is_department: Callable[[str], bool] = _anyone
