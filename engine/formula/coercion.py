"""Excel's conversions between kinds of values, and how values compare (formula specification §4.2)."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal, DecimalException
from zoneinfo import ZoneInfo

from engine.formula.values import CONTEXT, ZERO, ErrorValue, Fault, FormulaScalar, FormulaValue

EPOCH = date(1899, 12, 30)  # day 0 of Excel's serial numbers
SECONDS_A_DAY = 86_400
MAX_TEXT = 32_767
SPACES = " \t\n\r\f\v\u00a0\u3000"
_NUMERIC = re.compile(
    r"([-+]?) *[$¥￥]? *([-+]?)((?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d*)?(?:[eE][-+]?\d+)?) *(%?)", re.ASCII
)
_DAY = re.compile(r"(\d{4})[-/年.](\d{1,2})[-/月.](\d{1,2})日?", re.ASCII)
_CLOCK = re.compile(r"(\d{1,4}):(\d{1,2})(?::(\d{1,2})(\.\d*)?)?(?: *([AaPp])[Mm])?", re.ASCII)
_DAY_AND_CLOCK = re.compile(r"([^ T]+)(?: +|T)(.+)")
_FULL_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")
_NOON, _HALF_DAY, _SIXTY = 12, 12, 60


def number(value: FormulaValue) -> Decimal:
    """The value as a number: empty is 0, TRUE is 1, text that reads as a number is that number, else #VALUE!."""
    if type(value) is Decimal:
        return value
    if value is None:
        return ZERO
    if isinstance(value, bool):
        return Decimal(int(value))
    if isinstance(value, str):
        return parse_number(value)
    if isinstance(value, datetime):
        return datetime_serial(value)
    if isinstance(value, date):
        return Decimal((value - EPOCH).days)
    raise Fault(ErrorValue.VALUE)


def ascii_digits(text: str) -> str:
    """The text with the digits that a Chinese keyboard types as those of ASCII; other scripts' are left."""
    return text if text.isascii() else text.translate(_FULL_WIDTH)


def parse_number(text: str) -> Decimal:
    """The number a text shows, else #VALUE!.

    `1,234.5`, `12%`, `1e3`, `$5`, `(5)` for -5; a day as its serial number, a time as a fraction of a day, or both.
    """
    shown = ascii_digits(text).strip(SPACES)
    is_negative = shown.startswith("(") and shown.endswith(")")
    match = _NUMERIC.fullmatch(shown[1:-1] if is_negative else shown)
    if match is not None and any(character.isdigit() for character in match.group(3)):
        return _signed(match, is_negative=is_negative)
    serial = None if is_negative else _time_serial(shown)
    if serial is None:
        raise Fault(ErrorValue.VALUE)
    return serial


def _signed(match: re.Match[str], *, is_negative: bool) -> Decimal:
    signs = match.group(1) + match.group(2) + ("-" if is_negative else "")
    if len(signs) > 1:
        raise Fault(ErrorValue.VALUE)
    try:
        value = CONTEXT.create_decimal(signs + match.group(3).replace(",", ""))
    except DecimalException:
        raise Fault(ErrorValue.VALUE) from None
    return CONTEXT.divide(value, Decimal(100)) if match.group(4) else value


def _time_serial(shown: str) -> Decimal | None:
    """The serial number of a day, a time of day, or a day with a time."""
    day = parse_day(shown)
    if day is not None:
        return Decimal((day - EPOCH).days)
    clock = _clock(shown)
    if clock is not None:
        return clock
    both = _DAY_AND_CLOCK.fullmatch(shown)
    if both is None:
        return None
    day, clock = parse_day(both.group(1)), _clock(both.group(2))
    if day is None or clock is None or clock >= 1:
        return None
    return CONTEXT.add(Decimal((day - EPOCH).days), clock)


def _clock(shown: str) -> Decimal | None:
    """`16:48`, `16:48:30.5`, `4:48 PM` as a fraction of a day; hours may exceed a day unless AM or PM follows."""
    match = _CLOCK.fullmatch(shown)
    if match is None:
        return None
    hours, minutes, seconds = int(match.group(1)), int(match.group(2)), int(match.group(3) or 0)
    half = (match.group(5) or "").upper()
    if minutes >= _SIXTY or seconds >= _SIXTY or (half and not 0 <= hours <= _NOON):
        return None
    if half:
        hours = hours % _HALF_DAY + (_HALF_DAY if half == "P" else 0)
    gone = CONTEXT.add(Decimal(hours * 3600 + minutes * 60 + seconds), Decimal("0" + (match.group(4) or ".0")))
    return CONTEXT.divide(gone, Decimal(SECONDS_A_DAY))


def parse_day(text: str) -> date | None:
    """The day a text such as 2024-01-31, 2024/1/31 or 2024年1月31日 shows, if it is one."""
    match = _DAY.fullmatch(ascii_digits(text).strip(SPACES))
    if match is None:
        return None
    try:
        return date(int(match.group(1)), int(match.group(2)), int(match.group(3)))
    except ValueError:
        return None


def datetime_serial(value: datetime) -> Decimal:
    """Days since Excel's epoch of a wall-clock time, exact to the microsecond."""
    gone = value.replace(tzinfo=None) - datetime.combine(EPOCH, time())  # wall clock on both sides
    seconds = Decimal(gone.days * SECONDS_A_DAY + gone.seconds) + CONTEXT.divide(
        Decimal(gone.microseconds), Decimal(1_000_000)
    )
    return CONTEXT.divide(seconds, Decimal(SECONDS_A_DAY))


def text(value: FormulaValue) -> str:
    """The value as text: numbers without exponent or trailing zeros, days as ISO, TRUE and FALSE."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    return ",".join(text(item) for item in value)


def plain(value: Decimal) -> str:
    """A number in positional notation without trailing zeros."""
    if value == 0:
        return "0"
    shown = format(value, "f")
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


def boolean(value: FormulaValue) -> bool:
    """The value as a truth: empty is FALSE, a number is its being other than 0, the texts TRUE and FALSE themselves."""
    if isinstance(value, bool):
        return value
    if value is None:
        return False
    if isinstance(value, Decimal):
        return value != 0
    if isinstance(value, date):
        return number(value) != 0
    if isinstance(value, str) and value.upper() in {"TRUE", "FALSE"}:
        return value.upper() == "TRUE"
    raise Fault(ErrorValue.VALUE)


def day(value: FormulaValue) -> date:
    """The value as a day: a wall-clock time loses its time, a number is a serial number, text is read."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    return from_serial(number(value))


def from_serial(serial: Decimal) -> date:
    """The day of a serial number; outside of the calendar #NUM!."""
    if serial < 0:
        raise Fault(ErrorValue.NUM)
    try:
        return EPOCH + timedelta(days=int(serial))
    except OverflowError:
        raise Fault(ErrorValue.NUM) from None


def moment(value: FormulaValue) -> datetime:
    """The value as a wall-clock time."""
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return datetime.combine(value, time())  # wall clock
    serial = number(value)
    whole = from_serial(serial)
    seconds = CONTEXT.multiply(serial - int(serial), Decimal(SECONDS_A_DAY))
    return datetime.combine(whole, time()) + timedelta(microseconds=int((seconds * 1_000_000).to_integral_value()))


def to_wall_clock(value: datetime, zone: ZoneInfo) -> datetime:
    """An instant as the clock on the wall of the workspace shows it, without zone."""
    return value.astimezone(zone).replace(tzinfo=None)


def to_instant(value: datetime, zone: ZoneInfo) -> datetime:
    """The UTC instant of a wall-clock time."""
    return value.replace(tzinfo=zone).astimezone(UTC)


def _rank(value: FormulaScalar) -> int:
    if isinstance(value, Decimal | date):
        return 0
    return 1 if isinstance(value, str) else 2


def _blank_as(other: FormulaScalar) -> FormulaScalar:
    if isinstance(other, str):
        return ""
    return False if isinstance(other, bool) else ZERO


def compare(left: FormulaValue, right: FormulaValue) -> int:
    """-1, 0 or 1. Empty is 0, "" or FALSE by the other side; numbers and days < texts < truths, as in Excel."""
    if isinstance(left, tuple) or isinstance(right, tuple):
        raise Fault(ErrorValue.VALUE)
    if left is None:
        if right is None:
            return 0
        left = _blank_as(right)
    elif right is None:
        right = _blank_as(left)
    first, second = _rank(left), _rank(right)
    if first != second:
        return -1 if first < second else 1
    if isinstance(left, str) and isinstance(right, str):
        return (left > right) - (left < right)
    if type(left) is not type(right) or isinstance(left, bool):
        left, right = number(left), number(right)
    return (left > right) - (left < right)  # type: ignore[operator]  # both have one type by now
