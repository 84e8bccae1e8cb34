"""Excel's date and time formats, as TEXT uses them."""

from __future__ import annotations

import re
from datetime import datetime
from decimal import ROUND_FLOOR, Decimal

from engine.formula.coercion import SECONDS_A_DAY, moment, number
from engine.formula.values import CONTEXT, FormulaValue

_NOON, _HALF_DAY = 12, 12
_PARTS = re.compile(
    r'"[^"]*"|\\.|\[(?:h+|m+|s+)\]|\[[^\]]*\]|AM/PM|A/P|上午/下午|y+|m+|d+|aaaa?|h+|s+(?:\.0+)?|.',
    re.DOTALL | re.IGNORECASE,
)
_LITERALS = re.compile(r'"[^"]*"|\\.|\[(?!(?:h+|m+|s+)\])[^\]]*\]', re.DOTALL | re.IGNORECASE)
_DATE_LETTERS = re.compile(r"[ymdhs]|aaa", re.IGNORECASE)
_FRACTION_OF_SECOND = re.compile(r"s\.0+", re.IGNORECASE)
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_DAYS_IN_CHINESE = "一二三四五六日"
_HALVES = {"am/pm": ("AM", "PM"), "a/p": ("A", "P"), "上午/下午": ("上午", "下午")}
_SECONDS_OF = {"h": 3600, "m": 60, "s": 1}
_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]")


def is_date_format(pattern: str) -> bool:
    """Whether a format is one of dates: it has letters of dates, and digits only as fractions of seconds."""
    bare = _LITERALS.sub("", pattern)
    return bool(_DATE_LETTERS.search(bare)) and not any(
        character in _FRACTION_OF_SECOND.sub("", bare) for character in "0#"
    )


def date_text(value: FormulaValue, pattern: str) -> str:
    """The day or time by a format; a number is a serial number."""
    at, serial = moment(value), number(value)
    parts = _PARTS.findall(pattern)
    lowered = [part.lower() for part in parts]
    half = next((_HALVES[part] for part in lowered if part in _HALVES), None)
    shown = []
    for index, part in enumerate(lowered):
        if part in _HALVES and half is not None:
            shown.append(half[at.hour >= _NOON])
        elif _ELAPSED.fullmatch(part):
            shown.append(_elapsed(serial, part))
        elif part.startswith("m") and _is_minute(lowered, index):
            shown.append(f"{at.minute:02d}" if len(part) > 1 else str(at.minute))
        else:
            shown.append(_shown(at, part, parts[index], twelve=half is not None))
    return "".join(shown)


def _elapsed(serial: Decimal, part: str) -> str:
    """All hours, minutes or seconds since day 0."""
    seconds = CONTEXT.multiply(serial, Decimal(SECONDS_A_DAY)).quantize(Decimal("0.001"))
    whole = CONTEXT.divide(seconds, Decimal(_SECONDS_OF[part[1]])).to_integral_value(rounding=ROUND_FLOOR)
    return str(int(whole)).rjust(len(part) - 2, "0")


def _shown(at: datetime, part: str, raw: str, *, twelve: bool) -> str:
    letter, length = part[0], len(part)
    match letter:
        case "y":
            return f"{at.year % 100:02d}" if length <= 2 else f"{at.year:04d}"  # noqa: PLR2004
        case "m":
            return _name_or_number(at.month, _MONTHS[at.month - 1], length)
        case "d":
            return _name_or_number(at.day, _DAYS[at.weekday()], length)
        case "h":
            hour = at.hour % _HALF_DAY or _HALF_DAY if twelve else at.hour
            return f"{hour:02d}" if length > 1 else str(hour)
        case "s":
            return _seconds(at, part)
        case "a" if part in {"aaa", "aaaa"}:
            return ("星期" if part == "aaaa" else "") + _DAYS_IN_CHINESE[at.weekday()]
        case "[":
            return ""
        case "\\" if length > 1:
            return raw[1]
        case _:
            return raw.strip('"')


def _name_or_number(amount: int, name: str, length: int) -> str:
    """1 or 2 letters: the number; 3: the short name; 5 for months: its initial; else the whole name."""
    if length <= 2:  # noqa: PLR2004
        return f"{amount:02d}" if length == 2 else str(amount)  # noqa: PLR2004
    return name[:3] if length == 3 else name[:1] if length == 5 else name  # noqa: PLR2004


def _seconds(at: datetime, part: str) -> str:
    whole, _, fraction = part.partition(".")
    shown = f"{at.second:02d}" if len(whole) > 1 else str(at.second)
    return f"{shown}.{at.microsecond:06d}"[: len(shown) + 1 + len(fraction)] if fraction else shown


def _is_minute(parts: list[str], index: int) -> bool:
    before = next((part for part in reversed(parts[:index]) if part.strip("[")[:1] in tuple("ymdhs")), "")
    after = next((part for part in parts[index + 1 :] if part.strip("[")[:1] in tuple("ymdhs")), "")
    return before.strip("[").startswith("h") or after.strip("[").startswith("s")
