"""When the clocks of a zone were set: spans of instants with one offset each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from engine.formula.wall_clock import change_between, offset_at

# before and after these, the first and the last offset are taken: no zone had one earlier, none is known for later
FIRST, LAST = datetime(1900, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
_STEP = timedelta(days=2)


@dataclass(frozen=True)
class OffsetSpan:
    """From `start` on (None: since ever) local time is this much ahead of UTC."""

    start: datetime | None
    offset: timedelta


@lru_cache(maxsize=32)
def offset_spans(zone: ZoneInfo) -> tuple[OffsetSpan, ...]:
    """The spans in their order; two changes within two days count as one."""
    found = [OffsetSpan(None, offset_at(FIRST, zone))]
    at = FIRST
    while at < LAST:
        following = at + _STEP
        if (offset := offset_at(following, zone)) != found[-1].offset:
            found.append(OffsetSpan(change_between(at, following, zone), offset))
        at = following
    return tuple(found)
