"""Numbers written in other ways, and whole numbers: bases, Roman numerals, common divisors."""

from __future__ import annotations

import math
from decimal import Decimal

from engine.formula.functions.aggregate import List, numbers
from engine.formula.functions.registry import Cell, Help, Omitted, Single, register
from engine.formula.values import CONTEXT, NUMBER, TEXT, ErrorValue, Fault, FormulaValue

_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_LEAST_RADIX = 2
_MAX_WHOLE = 2**53
_MAX_DIGITS = 255
_MAX_ROMAN, _FORMS = 3999, 5
# what each more concise form may write beside those before it
_ROMAN: tuple[dict[int, str], ...] = (
    {
        1000: "M",
        900: "CM",
        500: "D",
        400: "CD",
        100: "C",
        90: "XC",
        50: "L",
        40: "XL",
        10: "X",
        9: "IX",
        5: "V",
        4: "IV",
        1: "I",
    },
    {950: "LM", 450: "LD", 95: "VC", 45: "VL"},
    {990: "XM", 490: "XD", 99: "IC", 49: "IL"},
    {995: "VM", 495: "VD"},
    {999: "IM", 499: "ID"},
)


def _radix(value: Decimal) -> int:
    radix = int(value)
    if not _LEAST_RADIX <= radix <= len(_DIGITS):
        raise Fault(ErrorValue.NUM)
    return radix


@register(
    "BASE",
    shape="数字/number: number, 进制/base: number, 最少位数/least digits: number?",
    returns=TEXT,
    help=Help(
        "转为其他进制的文本",
        "The number as text in another base",
        "BASE(7,2,5)",
        "00111",
    ),
)
def base(value: Decimal, radix: Decimal, least: Decimal = Decimal(0)) -> FormulaValue:
    """The whole part below 2^53 in a base from 2 to 36."""
    places = int(least)
    if not 0 <= value < _MAX_WHOLE or not 0 <= places <= _MAX_DIGITS:
        raise Fault(ErrorValue.NUM)
    left, by, shown = int(value), _radix(radix), ""
    while left:
        left, digit = divmod(left, by)
        shown = _DIGITS[digit] + shown
    return (shown or "0").rjust(places, "0")


@register(
    "DECIMAL",
    shape="文本/text: text, 进制/base: number",
    returns=NUMBER,
    help=Help("其他进制转为数", "The number that a text shows in another base", 'DECIMAL("FF",16)', "255"),
)
def decimal(value: str, radix: Decimal) -> FormulaValue:
    """At most 255 digits in a base from 2 to 36, in either case; a digit beyond the base: #NUM!."""
    by, shown = _radix(radix), value.strip().upper()
    digits = [_DIGITS.find(character) for character in shown]
    if len(digits) > _MAX_DIGITS or any(not 0 <= digit < by for digit in digits):
        raise Fault(ErrorValue.NUM)
    found = 0
    for digit in digits:
        found = found * by + digit
    return CONTEXT.plus(Decimal(found))


@register(
    "ROMAN",
    shape="数字/number: number, 写法/form: number?",
    returns=TEXT,
    help=Help("罗马数字, 0 至 4 由繁到简", "Roman numerals, 0 classic to 4 concise", "ROMAN(2024)", "MMXXIV"),
)
def roman(value: Decimal, form: Decimal = Decimal(0)) -> FormulaValue:
    """The whole part from 0 (an empty text) to 3999."""
    left, concise = int(value), int(form)
    if value < 0 or left > _MAX_ROMAN or not 0 <= concise < _FORMS:
        raise Fault(ErrorValue.VALUE)
    signs = {amount: sign for table in _ROMAN[: concise + 1] for amount, sign in table.items()}
    shown = ""
    for amount in sorted(signs, reverse=True):
        count, left = divmod(left, amount)
        shown += signs[amount] * count
    return shown


def _converted(field: List) -> Single:
    """A single field is converted here, as Excel does: an empty one is 0."""
    return Omitted(field) if field[0] is None else Single(field)


def _wholes(lists: tuple[List, ...]) -> list[int]:
    found = numbers(tuple(_converted(values) if isinstance(values, Cell) else values for values in lists))
    if any(not 0 <= value < _MAX_WHOLE for value in found):
        raise Fault(ErrorValue.NUM)
    return [int(value) for value in found]


@register(
    "GCD",
    shape="整数/whole number: list+",
    returns=NUMBER,
    help=Help("最大公约数", "Greatest common divisor", "GCD(24,36)", "12"),
)
def gcd(*lists: List) -> FormulaValue:
    """Of the whole parts; of nothing 0; a negative number, or one from 2^53 on: #NUM!."""
    return Decimal(math.gcd(*_wholes(lists)))


@register(
    "LCM",
    shape="整数/whole number: list+",
    returns=NUMBER,
    help=Help("最小公倍数", "Least common multiple", "LCM(4,6)", "12"),
)
def lcm(*lists: List) -> FormulaValue:
    """Of the whole parts; of nothing 0; a negative number, one from 2^53 on, or such a multiple: #NUM!."""
    wholes = _wholes(lists)
    found = 1 if wholes else 0
    for value in wholes:
        found = math.lcm(found, value)
        if found >= _MAX_WHOLE:
            raise Fault(ErrorValue.NUM)
    return Decimal(found)
