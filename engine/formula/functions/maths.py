"""Arithmetic functions on exact decimals; rounding is half away from zero.

What has no exact value is computed with more digits than are kept: whole powers with 100, other powers and EXP with
50; they are rounded to 34, and all but whole positive powers to 15. Logarithms are computed with 34 and rounded to 15.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal, DecimalException, InvalidOperation
from functools import lru_cache

from engine.formula.functions.registry import Help, register
from engine.formula.values import CONTEXT, NUMBER, ZERO, ErrorValue, Fault, FormulaValue

MAX_DIGITS = 400  # beyond, rounding changes nothing or leaves 0
MAX_FACTORIAL, MAX_COUNT = 170, 2**31
PI = Decimal("3.141592653589793238462643383279503")
_FUNCTION_DIGITS = Context(prec=15, rounding=ROUND_HALF_UP)
_WORKING = Context(prec=50, rounding=ROUND_HALF_UP)
_WIDE = Context(prec=100, rounding=ROUND_HALF_UP)
_QUANTA = tuple(Decimal(1).scaleb(-places) for places in range(31))


def round_to(value: Decimal, digits: Decimal, mode: str) -> Decimal:
    """`value` with `digits` decimals (negative: tens, hundreds …) by a decimal rounding mode."""
    return round_to_places(value, int(digits), mode)


def round_to_places(value: Decimal, places: int, mode: str) -> Decimal:
    """`round_to` for a whole number of decimals."""
    return rounding(places, mode)(value)


@lru_cache(maxsize=256)  # nearly all are constants of formulas
def rounding(places: int, mode: str) -> Callable[[Decimal], Decimal]:
    """`round_to_places` for one number of decimals."""
    if not 0 <= places < len(_QUANTA):
        return lambda value: _round_far(value, max(-MAX_DIGITS, min(MAX_DIGITS, places)), mode)
    quantum = _QUANTA[places]

    def rounded(value: Decimal) -> Decimal:
        try:
            found = value.quantize(quantum, mode, _WIDE)
        except InvalidOperation:
            return value  # so large that it has no decimals
        return value if found == value else found or ZERO

    return rounded


def _round_far(value: Decimal, places: int, mode: str) -> Decimal:
    if value == 0 or -value.as_tuple().exponent <= places:  # type: ignore[operator]  # finite by construction
        return value
    shifted = _WIDE.scaleb(value, places).to_integral_value(rounding=mode)
    return CONTEXT.plus(_WIDE.scaleb(shifted, -places))


def to_15_digits(value: Decimal) -> Decimal:
    """The value with 15 significant digits; from 10^308 on it raises `Overflow`."""
    return CONTEXT.plus(_FUNCTION_DIGITS.plus(value))


def power(base: Decimal, exponent: Decimal) -> Decimal:
    """`base ^ exponent`: whole positive exponents to 34 digits, others to 15."""
    if base == 0 and exponent <= 0:
        raise Fault(ErrorValue.NUM if exponent == 0 else ErrorValue.DIV0)
    whole = exponent == exponent.to_integral_value()
    if base < 0 and not whole:
        raise Fault(ErrorValue.NUM)
    result = raised(base, exponent)
    return result if whole and exponent > 0 else to_15_digits(result)


def raised(base: Decimal, exponent: Decimal) -> Decimal:
    """`base ^ exponent` to 34 digits; what has no value or is too large: #NUM!."""
    context = _WIDE if exponent == exponent.to_integral_value() else _WORKING
    try:
        return CONTEXT.plus(context.power(base, exponent))
    except DecimalException:
        raise Fault(ErrorValue.NUM) from None


def divide(left: Decimal, right: Decimal) -> Decimal:
    """Quotient to 34 digits; by 0 #DIV/0!."""
    if not right:
        raise Fault(ErrorValue.DIV0)
    return CONTEXT.divide(left, right)


@register("ABS", shape="数字/number: number", returns=NUMBER, help=Help("绝对值", "Absolute value", "ABS(-3)", "3"))
def abs_(value: Decimal) -> FormulaValue:
    """Absolute value."""
    return abs(value)


@register("SIGN", shape="数字/number: number", returns=NUMBER, help=Help("正负号", "1, 0 or -1", "SIGN(-3)", "-1"))
def sign(value: Decimal) -> FormulaValue:
    """1, 0 or -1."""
    return Decimal((value > 0) - (value < 0))


@register(
    "MOD",
    shape="被除数/number: number, 除数/divisor: number",
    returns=NUMBER,
    help=Help("余数", "Remainder", "MOD(-10,3)", "2"),
)
def mod(value: Decimal, divisor: Decimal) -> FormulaValue:
    """Remainder with the sign of the divisor."""
    if divisor == 0:
        raise Fault(ErrorValue.DIV0)
    whole = _WIDE.divide(value, divisor).to_integral_value(rounding=ROUND_FLOOR)
    return CONTEXT.plus(_WIDE.subtract(value, _WIDE.multiply(divisor, whole)))


@register(
    "QUOTIENT",
    shape="被除数/number: number, 除数/divisor: number",
    returns=NUMBER,
    help=Help("商的整数部分", "Whole quotient", "QUOTIENT(10,3)", "3"),
)
def quotient(value: Decimal, divisor: Decimal) -> FormulaValue:
    """The quotient without its fraction."""
    return divide(value, divisor).to_integral_value(rounding=ROUND_DOWN) + ZERO


@register(
    "POWER",
    shape="底数/base: number, 指数/power: number",
    returns=NUMBER,
    help=Help("乘方", "Power", "POWER(2,10)", "1024"),
)
def power_(base: Decimal, exponent: Decimal) -> FormulaValue:
    """Power."""
    return power(base, exponent)


@register("SQRT", shape="数字/number: number", returns=NUMBER, help=Help("平方根", "Square root", "SQRT(9)", "3"))
def sqrt(value: Decimal) -> FormulaValue:
    """Square root; of a negative number #NUM!."""
    if value < 0:
        raise Fault(ErrorValue.NUM)
    return CONTEXT.sqrt(value).normalize(CONTEXT)


@register("EXP", shape="指数/power: number", returns=NUMBER, help=Help("e 的乘方", "e to a power", "EXP(0)", "1"))
def exp(value: Decimal) -> FormulaValue:
    """To 15 digits."""
    try:
        return to_15_digits(_WORKING.exp(value))
    except DecimalException:
        raise Fault(ErrorValue.NUM) from None


def _logarithm(value: Decimal) -> Decimal:
    if value <= 0:
        raise Fault(ErrorValue.NUM)
    return CONTEXT.ln(value)


@register("LN", shape="数字/number: number", returns=NUMBER, help=Help("自然对数", "Natural logarithm", "LN(1)", "0"))
def ln(value: Decimal) -> FormulaValue:
    """To 15 digits."""
    return to_15_digits(_logarithm(value))


@register(
    "LOG",
    shape="数字/number: number, 底数/base: number?",
    returns=NUMBER,
    help=Help("对数, 默认以 10 为底", "Logarithm, base 10", "LOG(100)", "2"),
)
def log(value: Decimal, base: Decimal = Decimal(10)) -> FormulaValue:
    """To 15 digits."""
    bottom = _logarithm(base)
    return to_15_digits(divide(_logarithm(value), bottom))


@register(
    "LOG10",
    shape="数字/number: number",
    returns=NUMBER,
    help=Help("以 10 为底的对数", "Logarithm to base 10", "LOG10(1000)", "3"),
)
def log10(value: Decimal) -> FormulaValue:
    """To 15 digits."""
    return log(value)


@register("PI", shape="", returns=NUMBER, help=Help("圆周率", "Pi", "ROUND(PI(),4)", "3.1416"))
def pi() -> FormulaValue:
    """Pi to 34 digits."""
    return PI


@register(
    "DEGREES",
    shape="弧度/radians: number",
    returns=NUMBER,
    help=Help("弧度转角度", "Degrees of an angle in radians", "DEGREES(PI())", "180"),
)
def degrees(angle: Decimal) -> FormulaValue:
    """Angle * 180 / pi, to 15 digits."""
    return to_15_digits(CONTEXT.divide(CONTEXT.multiply(angle, Decimal(180)), PI))


@register(
    "RADIANS",
    shape="角度/degrees: number",
    returns=NUMBER,
    help=Help("角度转弧度", "Radians of an angle in degrees", "ROUND(RADIANS(180),4)", "3.1416"),
)
def radians(angle: Decimal) -> FormulaValue:
    """Angle * pi / 180, to 15 digits."""
    return to_15_digits(CONTEXT.divide(CONTEXT.multiply(angle, PI), Decimal(180)))


@register("FACT", shape="数字/number: number", returns=NUMBER, help=Help("阶乘", "Factorial", "FACT(5)", "120"))
def fact(value: Decimal) -> FormulaValue:
    """Factorial of the whole part, up to 170."""
    if value < 0 or value > MAX_FACTORIAL:
        raise Fault(ErrorValue.NUM)
    return CONTEXT.plus(Decimal(math.factorial(int(value))))


@register(
    "COMBIN",
    shape="总数/total: number, 选取数/chosen: number",
    returns=NUMBER,
    help=Help("组合数", "Combinations", "COMBIN(5,2)", "10"),
)
def combin(count: Decimal, chosen: Decimal) -> FormulaValue:
    """Ways to choose, of the whole parts; from 10^308 on #NUM!."""
    n, k = int(count), int(chosen)
    if chosen < 0 or not k <= n < MAX_COUNT:
        raise Fault(ErrorValue.NUM)
    found = 1
    for step in range(min(k, n - k)):
        found = found * (n - step) // (step + 1)
        if found.bit_length() > CONTEXT.Emax * 4:  # far beyond 10^308, and growing
            raise Fault(ErrorValue.NUM)
    return CONTEXT.plus(Decimal(found))
