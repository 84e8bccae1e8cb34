"""Excel's number and date formats, as TEXT uses them."""

from __future__ import annotations

import re
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from engine.formula.coercion import moment, number, parse_day, parse_number, plain, text
from engine.formula.functions.maths import round_to
from engine.formula.values import CONTEXT, Fault, FormulaValue

_DATE_PARTS = re.compile(
    r"yyyy|yy|mmmm|mmm|mm|m|dddd|ddd|dd|d|hh|h|ss|s|AM/PM|am/pm|\"[^\"]*\"|.", re.DOTALL | re.IGNORECASE
)
_NUMBER_SHAPE = re.compile(r"[0#?][0#?,]*(?:\.[0#?]*)?|\.[0#?]+")
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


def format_value(value: FormulaValue, pattern: str) -> str:
    """The value by a format; sections for negative numbers and zero are separated by `;`."""
    if isinstance(value, str):
        read = _read(value)
        if read is None:
            return value
        value = read
    if isinstance(value, bool):
        return text(value)
    bare = re.sub(r'"[^"]*"', "", pattern)
    if re.search(r"[ymdhs]", bare, re.IGNORECASE) and not re.search(r"[0#]", bare):
        return _date(value, pattern)
    if isinstance(value, date) and not re.search(r"[0#]", bare):
        return text(value)
    return _number(number(value), pattern)


def _read(shown: str) -> date | Decimal | None:
    try:
        return parse_day(shown) or parse_number(shown)
    except Fault:
        return None


def _date(value: FormulaValue, pattern: str) -> str:
    at = moment(value)
    parts = _DATE_PARTS.findall(pattern)
    lowered = [part.lower() for part in parts]
    twelve = "am/pm" in lowered
    shown = []
    for index, part in enumerate(lowered):
        hour = at.hour % 12 or 12 if twelve else at.hour
        table = {
            "yyyy": f"{at.year:04d}", "yy": f"{at.year % 100:02d}", "mmmm": _MONTHS[at.month - 1],
            "mmm": _MONTHS[at.month - 1][:3], "dddd": _DAYS[at.weekday()], "ddd": _DAYS[at.weekday()][:3],
            "dd": f"{at.day:02d}", "d": str(at.day), "hh": f"{hour:02d}", "h": str(hour),
            "ss": f"{at.second:02d}", "s": str(at.second), "am/pm": "AM" if at.hour < 12 else "PM",  # noqa: PLR2004
        }  # fmt: skip
        if part in {"mm", "m"}:
            amount = at.minute if _is_minute(lowered, index) else at.month
            shown.append(f"{amount:02d}" if part == "mm" else str(amount))
        else:
            shown.append(table.get(part, parts[index].strip('"')))
    return "".join(shown)


def _is_minute(parts: list[str], index: int) -> bool:
    before = next((part for part in reversed(parts[:index]) if part[0] in "ymdhs"), "")
    after = next((part for part in parts[index + 1 :] if part[0] in "ymdhs"), "")
    return before.startswith("h") or after.startswith("s")


def _number(value: Decimal, pattern: str) -> str:
    sections = pattern.split(";")
    section, sign = sections[0], "-" if value < 0 else ""
    if value < 0 and len(sections) > 1:
        section, sign = sections[1], ""
    elif value == 0 and len(sections) > 2:  # noqa: PLR2004
        section = sections[2]
    if section in {"General", "@", ""}:
        return plain(value)
    shape = _NUMBER_SHAPE.search(section)
    if shape is None:
        return sign + section.replace('"', "")
    scaled = abs(value)
    tail = section[shape.end() :]
    for _ in range(section.count("%")):
        scaled = CONTEXT.multiply(scaled, Decimal(100))
    body = _digits(scaled, shape.group())
    if not any(digit in body for digit in "123456789"):
        sign = ""
    return f"{sign}{section[: shape.start()]}{body}{tail}".replace('"', "").replace("\\", "")


def _digits(value: Decimal, shape: str) -> str:
    whole_shape, _, fraction_shape = shape.partition(".")
    thousands = whole_shape.rstrip(",")
    for _ in range(len(whole_shape) - len(thousands)):
        value = CONTEXT.divide(value, Decimal(1000))
    rounded = round_to(value, Decimal(len(fraction_shape)), ROUND_HALF_UP)
    whole, _, fraction = format(rounded, f".{len(fraction_shape)}f").partition(".")
    least = sum(character == "0" for character in thousands)
    whole = whole.lstrip("0").rjust(least, "0")
    if "," in thousands:
        whole = f"{int(whole or 0):,}" if len(whole) > 3 else whole  # noqa: PLR2004
    required = len(fraction_shape.rstrip("#?"))
    fraction = fraction[:required] + fraction[required:].rstrip("0")
    return f"{whole}.{fraction}" if fraction else whole
