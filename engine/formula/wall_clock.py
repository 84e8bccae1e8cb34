"""Which instants show which times on the clock of a zone: exact where the clock is set back or forward too."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TypeAlias
from zoneinfo import ZoneInfo

from engine.model.terms import Comparison

Spans: TypeAlias = tuple[tuple[datetime | None, datetime | None], ...]
_AROUND = timedelta(hours=48)  # no offset is a day or more
_STEP = timedelta(hours=1)
_TICK = timedelta(microseconds=1)
_FIRST, _LAST = datetime(1, 1, 3, tzinfo=UTC), datetime(9999, 12, 29, tzinfo=UTC)


def instants_showing(op: Comparison, wall: datetime, zone: ZoneInfo) -> Spans:
    """The spans of instants whose wall-clock time compares so with `wall`, from the first up to without the second."""
    match op:
        case "<":
            return _before(wall, zone)
        case ">=":
            return _others(_before(wall, zone))
        case "<=":
            return _up_to(wall, zone)
        case ">":
            return _others(_up_to(wall, zone))
        case "=":
            return _common(_up_to(wall, zone), _others(_before(wall, zone)))
        case "<>":
            return _others(_common(_up_to(wall, zone), _others(_before(wall, zone))))


def _up_to(wall: datetime, zone: ZoneInfo) -> Spans:
    try:
        return _before(wall + _TICK, zone)
    except OverflowError:
        return ((None, None),)


def _before(wall: datetime, zone: ZoneInfo) -> Spans:
    """Instants that show less than `wall`: all long before it, and near it those of each offset in its own span."""
    found: list[tuple[datetime | None, datetime | None]] = []
    for start, end, offset in _offsets(wall, zone):
        limit = _limit(wall, offset)
        until = limit if end is None else end if limit is None else min(end, limit)
        if start is None or until is None or start < until:
            if found and found[-1][1] == start:
                found[-1] = (found[-1][0], until)
            else:
                found.append((start, until))
    return tuple(found)


def _limit(wall: datetime, offset: timedelta) -> datetime | None:
    """The instant that shows the time with this offset; None: it is after the last one there is."""
    try:
        return wall.replace(tzinfo=UTC) - offset
    except OverflowError:
        return None if offset < timedelta() else datetime.min.replace(tzinfo=UTC)


def _offsets(wall: datetime, zone: ZoneInfo) -> list[tuple[datetime | None, datetime | None, timedelta]]:
    """The spans of one offset each around the time; the first and the last reach on without end."""
    middle = min(max(wall.replace(tzinfo=UTC), _FIRST + _AROUND), _LAST - _AROUND)
    at, last = middle - _AROUND, middle + _AROUND
    found: list[tuple[datetime | None, datetime | None, timedelta]] = []
    start: datetime | None = None
    while at < last:
        following = at + _STEP
        if offset_at(at, zone) != offset_at(following, zone):
            change = change_between(at, following, zone)
            found.append((start, change, offset_at(at, zone)))
            start = change
        at = following
    found.append((start, None, offset_at(last, zone)))
    return found


def offset_at(instant: datetime, zone: ZoneInfo) -> timedelta:
    """How far local time is ahead of UTC."""
    return instant.astimezone(zone).utcoffset() or timedelta()


def change_between(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """The first instant of the new offset."""
    old = offset_at(before, zone)
    while after - before > _TICK:
        middle = before + (after - before) // 2
        if offset_at(middle, zone) == old:
            before = middle
        else:
            after = middle
    return after


def _others(spans: Spans) -> Spans:
    """All instants that are in none of the spans, which are in order."""
    found: list[tuple[datetime | None, datetime | None]] = []
    start: datetime | None = None
    is_open = True
    for first, end in spans:
        if first is not None and (start is None or start < first):
            found.append((start, first))
        start, is_open = end, end is not None
    if is_open:
        found.append((start, None))
    return tuple(found)


def _common(one: Spans, other: Spans) -> Spans:
    """Instants that are in a span of each."""
    found: list[tuple[datetime | None, datetime | None]] = []
    for first, end in one:
        for second, last in other:
            start = max((item for item in (first, second) if item is not None), default=None)
            until = min((item for item in (end, last) if item is not None), default=None)
            if start is None or until is None or start < until:
                found.append((start, until))
    return tuple(found)
