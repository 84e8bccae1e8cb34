"""When the clocks of a zone were set: spans of instants with one offset each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

# before and after these, the first and the last offset are taken: no zone had one earlier, none is known for later
FIRST, LAST = datetime(1900, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
_STEP = timedelta(days=2)
_SECOND = timedelta(seconds=1)


@dataclass(frozen=True)
class OffsetSpan:
    """From `start` on (None: since ever) local time is this much ahead of UTC."""

    start: datetime | None
    offset: timedelta


@lru_cache(maxsize=32)
def offset_spans(zone: ZoneInfo) -> tuple[OffsetSpan, ...]:
    """The spans in their order; two changes within two days count as one."""
    found = [OffsetSpan(None, _offset(FIRST, zone))]
    at = FIRST
    while at < LAST:
        following = at + _STEP
        if (offset := _offset(following, zone)) != found[-1].offset:
            found.append(OffsetSpan(_change(at, following, zone), offset))
        at = following
    return tuple(found)


def _offset(instant: datetime, zone: ZoneInfo) -> timedelta:
    return instant.astimezone(zone).utcoffset() or timedelta()


def _change(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """The first instant of the later offset, to the second."""
    new = _offset(after, zone)
    while after - before > _SECOND:
        middle = before + (after - before) // 2
        if _offset(middle, zone) == new:
            after = middle
        else:
            before = middle
    return after.replace(microsecond=0)
