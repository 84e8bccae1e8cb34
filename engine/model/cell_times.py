"""Days and times in cells, in the forms in which people and spreadsheets write them."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime, timedelta, tzinfo

from engine.model.bad_values import AmbiguousTime, BadDate, BadInstant, BadTime

_DAY = r"(?P<year>[0-9]{4})(?:(?P<sign>[-/.])(?P<month>[0-9]{1,2})(?P=sign)(?P<day>[0-9]{1,2})"
_DAY += r"|年(?P<month_zh>[0-9]{1,2})月(?P<day_zh>[0-9]{1,2})日|(?P<month_8>[0-9]{2})(?P<day_8>[0-9]{2}))"
_CLOCK = r"(?P<half>上午|下午|am|pm)?\s*(?P<hour>[0-9]{1,2})(?::|时|点)(?P<minute>[0-9]{2})(?:分|:(?P<second>[0-9]{2})"
_CLOCK += r"(?:\.(?P<fraction>[0-9]{1,9}))?)?\s*(?P<half_after>am|pm)?"
_DAY_ONLY = re.compile(rf"{_DAY}(?:[ t]+0{{1,2}}:00(?::00(?:\.0+)?)?)?")
_CLOCK_ONLY = re.compile(_CLOCK)
_BOTH = re.compile(rf"{_DAY}(?:[ t]+|(?=上|下)|(?<=日)){_CLOCK}\s*(?P<offset>z|[+-][0-9]{{2}}:[0-9]{{2}})?")
_NOON = 12


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().lower()


def _day_of(found: re.Match[str]) -> date:
    month = found["month"] or found["month_zh"] or found["month_8"]
    day = found["day"] or found["day_zh"] or found["day_8"]
    return date(int(found["year"]), int(month), int(day))


def _clock_of(found: re.Match[str]) -> tuple[int, int, int]:
    """Hour, minute and second. Raises `ValueError`."""
    hour, half = int(found["hour"]), found["half"] or found["half_after"]
    if half is not None:
        if not 1 <= hour <= _NOON or (found["half"] and found["half_after"]):
            raise ValueError
        hour = hour % _NOON + (_NOON if half in {"下午", "pm"} else 0)
    return hour, int(found["minute"]), int(found["second"] or 0)


def read_day(text: str) -> str:
    """`2026-1-31` `2026/1/31` `2026.1.31` `2026年1月31日` `20260131`, also with midnight, as ISO. Raises `BadDate`."""
    found = _DAY_ONLY.fullmatch(_plain(text))
    try:
        return _day_of(found).isoformat() if found else _refused(BadDate)
    except ValueError:
        raise BadDate from None


def _refused(fault: type[BadDate]) -> str:
    raise fault


def read_clock(text: str) -> str:
    """`9:30` `9:30:15` `下午3:30` `3:30 PM` `9时30分` as `HH:MM:SS`. Raises `BadTime`."""
    found = _CLOCK_ONLY.fullmatch(_plain(text))
    try:
        hour, minute, second = _clock_of(found) if found else (-1, 0, 0)
        return datetime(1, 1, 1, hour, minute, second, tzinfo=UTC).strftime("%H:%M:%S")
    except ValueError:
        raise BadTime(example="09:30") from None


def read_moment(text: str, zone: tzinfo) -> str:
    """A day with a time, in the zone unless it says its offset, as RFC 3339. Raises `BadInstant`, `AmbiguousTime`."""
    found = _BOTH.fullmatch(_plain(text))
    try:
        return _moment(found, zone, text) if found else _refused_moment()
    except (ValueError, OverflowError):
        raise BadInstant from None


def _refused_moment() -> str:
    raise BadInstant


def _moment(found: re.Match[str], zone: tzinfo, text: str) -> str:
    hour, minute, second = _clock_of(found)
    microsecond = int((found["fraction"] or "0").ljust(6, "0")[:6])
    wall = datetime.combine(_day_of(found), datetime.min.time()).replace(
        hour=hour, minute=minute, second=second, microsecond=microsecond
    )
    if found["offset"]:
        return datetime.fromisoformat(wall.isoformat() + found["offset"].upper()).astimezone(UTC).isoformat()
    both = [wall.replace(tzinfo=zone, fold=fold) for fold in (0, 1)]
    if both[0].utcoffset() != both[1].utcoffset():
        raise AmbiguousTime(time=text[:50])
    return both[0].astimezone(UTC).isoformat()


def write_moment(instant: datetime, zone: tzinfo) -> str:
    """The time on the clocks of the zone; with its offset where the clocks show it twice."""
    wall = instant.astimezone(zone)
    form = "milliseconds" if wall.microsecond else "seconds"
    shown = wall.replace(tzinfo=None).isoformat(sep=" ", timespec=form)
    offset = wall.utcoffset() or timedelta()
    is_odd = offset % timedelta(minutes=1) != timedelta()
    twice = wall.replace(fold=0).utcoffset() != wall.replace(fold=1).utcoffset()
    if is_odd or twice:
        return f"{instant.astimezone(UTC).replace(tzinfo=None).isoformat(sep=' ', timespec=form)}Z"
    return shown
