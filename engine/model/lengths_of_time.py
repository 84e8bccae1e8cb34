"""Lengths of time, as people write them and as whole seconds; the browser writes and reads them alike."""

from __future__ import annotations

import re
import unicodedata

MINUTE, HOUR, DAY = 60, 3600, 86_400
_SPACES = re.compile(r"\s")
_PARTS = re.compile(
    r"(?:([0-9]{1,12})(?:d|天))?(?:([0-9]{1,12})(?:h|小时|时))?(?:([0-9]{1,12})(?:m|min|分钟|分))?(?:([0-9]{1,12})(?:s|秒))?"
)
_CLOCK = re.compile(r"(?:([0-9]{1,12})(?:d|天))?([0-9]{1,12}):([0-5][0-9])(?::([0-5][0-9]))?")


def duration_text(seconds: int, display: str, *, day: str = "d") -> str:
    """Seconds for reading; those that the display has no place for are added, so that nothing is lost."""
    sign, left = ("-" if seconds < 0 else ""), abs(seconds)
    if display == "m:ss":
        return f"{sign}{left // MINUTE}:{left % MINUTE:02d}"
    days, rest = divmod(left, DAY) if display == "d h:mm" else (0, left)
    shown = f"{rest // HOUR}:{rest // MINUTE % MINUTE:02d}"
    if display == "h:mm:ss" or left % MINUTE:
        shown += f":{left % MINUTE:02d}"
    return f"{sign}{f'{days}{day} ' if days else ''}{shown}"


def read_duration(text: str, display: str) -> int | None:
    """The seconds that somebody means by `1:30`, `1h 30m` or `1小时30分`; None: it says no length."""
    plain = _SPACES.sub("", unicodedata.normalize("NFKC", text).lower()).replace("个", "", 1)
    unsigned = plain[1:] if plain[:1] in {"+", "-"} else plain
    seconds = _seconds(unsigned, display)
    return -seconds if seconds is not None and plain.startswith("-") else seconds


def _seconds(text: str, display: str) -> int | None:
    clock = _CLOCK.fullmatch(text)
    if clock is not None:
        days, first, second, third = (int(part or 0) for part in clock.groups())
        if display == "m:ss" and clock[1] is None and clock[4] is None:
            return first * MINUTE + second
        return days * DAY + first * HOUR + second * MINUTE + third
    parts = _PARTS.fullmatch(text) if text else None
    if parts is None:
        return None
    days, hours, minutes, seconds = (int(part or 0) for part in parts.groups())
    return days * DAY + hours * HOUR + minutes * MINUTE + seconds
