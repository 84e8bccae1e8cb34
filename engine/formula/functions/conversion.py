"""Between numbers and texts: VALUE, NUMBERVALUE, FIXED, TEXT, T, N."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

from engine.formula.coercion import MAX_TEXT, SPACES, number
from engine.formula.functions.formats import format_value
from engine.formula.functions.maths import round_to
from engine.formula.functions.registry import Env, Help, register
from engine.formula.functions.text import limited
from engine.formula.values import CONTEXT, NUMBER, TEXT, ErrorValue, Fault, FormulaValue, Kind

MAX_FIXED = 127  # decimals, as in Excel
MAX_FORMAT = 255
_PLAIN = re.compile(r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?", re.ASCII)


@register(
    "VALUE",
    shape="文本/text: any",
    returns=NUMBER,
    help=Help("文本转数字", "The number in a text", 'VALUE("12%")', "0.12"),
)
def value_(value: FormulaValue) -> FormulaValue:
    """The number; what is none is #VALUE!."""
    if isinstance(value, bool | tuple):
        raise Fault(ErrorValue.VALUE)
    return number(value)


@register(
    "NUMBERVALUE",
    shape="文本/text: text, 小数点/decimal point: text?, 千分位符/thousands separator: text?",
    returns=NUMBER,
    help=Help(
        "按指定的小数点和千分位读数",
        "The number in a text, by its decimal and thousands separators",
        'NUMBERVALUE("2.500,27",",",".")',
        "2500.27",
    ),
)
def numbervalue(value: str, point: str = ".", thousands: str = ",") -> FormulaValue:
    """Spaces do not count, an empty text is 0, every `%` at the end divides by 100; what is no number is #VALUE!."""
    if not point or not thousands or point[0] == thousands[0]:
        raise Fault(ErrorValue.VALUE)
    shown = "".join(character for character in value if character not in SPACES)
    digits = shown.rstrip("%")
    whole, mark, fraction = digits.partition(point[0])
    if thousands[0] in fraction or "." in (whole + fraction).replace(point[0], "").replace(thousands[0], ""):
        raise Fault(ErrorValue.VALUE)
    read = whole.replace(thousands[0], "") + ("." if mark else "") + fraction
    if not shown:
        return Decimal(0)
    if not _PLAIN.fullmatch(read):
        raise Fault(ErrorValue.VALUE)
    found = CONTEXT.create_decimal(read)
    for _ in range(len(shown) - len(digits)):
        found = CONTEXT.divide(found, Decimal(100))
    return found


@register(
    "FIXED",
    shape="数字/number: number, 小数位数/digits: number?, 不用千分位/no commas: boolean?",
    returns=TEXT,
    help=Help("固定小数位的文本", "Text with fixed decimals", "FIXED(1234.567,2)", "1,234.57"),
)
def fixed(value: Decimal, digits: Decimal = Decimal(2), plain: bool = False) -> FormulaValue:  # noqa: FBT001, FBT002
    """With thousands separators unless `plain`; more than 127 decimals, or a text too long for a cell: #VALUE!."""
    if digits > MAX_FIXED or value.adjusted() > MAX_TEXT:
        raise Fault(ErrorValue.VALUE)
    rounded = CONTEXT.plus(round_to(value, digits, ROUND_HALF_UP))  # a 0 without sign
    places = max(0, int(digits))
    return limited(format(rounded, f".{places}f" if plain else f",.{places}f"))


@register(
    "TEXT",
    shape="值/value: any, 格式/format: text",
    returns=TEXT,
    wants_env=True,
    help=Help("按格式转文本", "Text by a format", 'TEXT(0.256,"0.0%")', "25.6%"),
)
def text_(env: Env, value: FormulaValue, pattern: str) -> FormulaValue:
    """Number, day and time formats of Excel; a format of more than 255 characters is #VALUE!."""
    if len(pattern) > MAX_FORMAT:
        raise Fault(ErrorValue.VALUE)
    env.spend(len(pattern))
    return limited(format_value(value, pattern))


@register("T", shape="值/value: any", returns=TEXT, help=Help("仅保留文本", "The value if it is text", 'T("x")', "x"))
def t(value: FormulaValue) -> FormulaValue:
    """Excel's T."""
    return value if isinstance(value, str) else ""


@register(
    "N", shape="值/value: any", returns=Kind("number"), help=Help("转为数字", "The number of a value", "N(TRUE)", "1")
)
def n(value: FormulaValue) -> FormulaValue:
    """Excel's N: text is 0."""
    return Decimal(0) if isinstance(value, str) else number(value)
