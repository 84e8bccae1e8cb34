"""Relative days and periods: today, the last so long, this month."""

from __future__ import annotations

import calendar
import re
from datetime import date, datetime, time, timedelta

from engine.query.context import QueryContext

_DURATION = re.compile(r"P(T?)(\d+)([YMWDHS])")
MONTHS_A_QUARTER = 3


def before(moment: datetime, duration: str) -> datetime:
    """`moment` minus an ISO duration of one part, such as P7D, P1M or PT4H; months clamp to their last day."""
    match = _DURATION.fullmatch(duration)
    if match is None:
        raise ValueError(duration)
    is_time, amount, unit = match.group(1) == "T", int(match.group(2)), match.group(3)
    if is_time:
        return moment - timedelta(seconds=amount * {"H": 3600, "M": 60, "S": 1}[unit])
    if unit in {"D", "W"}:
        return moment - timedelta(days=amount * (7 if unit == "W" else 1))
    months = moment.year * 12 + moment.month - 1 - amount * (12 if unit == "Y" else 1)
    year, month = max(1, months // 12), months % 12 + 1
    return moment.replace(year=year, month=month, day=min(moment.day, calendar.monthrange(year, month)[1]))


def this_period(today: date, period: str) -> tuple[date, date]:
    """First and last day of the period that `today` is in; weeks begin on Monday."""
    match period:
        case "day":
            return today, today
        case "week":
            first = today - timedelta(days=today.weekday())
            return first, first + timedelta(days=6)
        case "month":
            first, months = today.replace(day=1), 1
        case "quarter":
            start = (today.month - 1) // MONTHS_A_QUARTER * MONTHS_A_QUARTER + 1
            first, months = today.replace(month=start, day=1), MONTHS_A_QUARTER
        case _:
            first, months = today.replace(month=1, day=1), 12
    after = first.year * 12 + first.month - 1 + months
    return first, date(after // 12, after % 12 + 1, 1) - timedelta(days=1)


def day_start(day: date, context: QueryContext) -> datetime:
    """The instant a day begins in the workspace's zone."""
    return datetime.combine(day, time(), tzinfo=context.zone)
