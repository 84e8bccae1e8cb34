"""Days and instants put into periods by the databases: each is told by its first day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from engine.model.reports import Period
from engine.query.zones import OffsetSpan
from engine.store.columns import instant_to_int
from engine.store.database import Dialect

_DAY_MICROSECONDS = 86_400_000_000
# so many days before 1970 no instant is: division of whole numbers cuts off towards zero
_SHIFT_DAYS = 1_000_000
_QUARTERS = " ".join(f"WHEN '{month:02d}' THEN '{(month - 1) // 3 * 3 + 1:02d}'" for month in range(1, 13))


def period_start(day: str, period: Period, dialect: Dialect) -> str:
    """The first day of the period that a day, which may be empty, is in; weeks begin on Monday."""
    if dialect == "postgresql":
        finite = f"LEAST(GREATEST({day}, DATE '{date.min}'), DATE '{date.max}')"
        held = f"CASE WHEN {day} IS NULL THEN NULL ELSE {finite} END"
        return held if period == "day" else f"date_trunc('{period}', {held})::date"
    match period:
        case "day":
            return day
        case "week":
            return f"date({day}, '-6 days', 'weekday 1')"
        case "month":
            return f"(substr({day}, 1, 7) || '-01')"
        case "quarter":
            return f"(substr({day}, 1, 5) || CASE substr({day}, 6, 2) {_QUARTERS} END || '-01')"
        case "year":
            return f"(substr({day}, 1, 4) || '-01-01')"


def local_day(instant: str, spans: Sequence[OffsetSpan], dialect: Dialect) -> str:
    """The day that clocks of a zone show at an instant, which may be empty."""
    local = f"({instant} + {_offset(instant, spans)} + {_SHIFT_DAYS * _DAY_MICROSECONDS})"
    days = f"({local} / {_DAY_MICROSECONDS} - {_SHIFT_DAYS})"
    if dialect == "postgresql":
        return f"(DATE '1970-01-01' + {days}::integer)"
    return f"date({days} * 86400, 'unixepoch')"


def _offset(instant: str, spans: Sequence[OffsetSpan]) -> str:
    """Microseconds ahead of UTC, found by halving."""
    if len(spans) == 1:
        return str(spans[0].offset // spans[0].offset.resolution)
    middle = len(spans) // 2
    start = spans[middle].start
    assert start is not None
    later, earlier = _offset(instant, spans[middle:]), _offset(instant, spans[:middle])
    return f"CASE WHEN {instant} >= {instant_to_int(start)} THEN {later} ELSE {earlier} END"
