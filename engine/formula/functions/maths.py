"""Arithmetic functions on exact decimals; rounding is half away from zero."""

from __future__ import annotations

import math
from decimal import (
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_UP,
    ROUND_UP,
    Context,
    Decimal,
    DecimalException,
)

from engine.formula.functions.registry import Help, register
from engine.formula.values import CONTEXT, NUMBER, ErrorValue, Fault, FormulaValue

ZERO = Decimal(0)
MAX_DIGITS = 30
FUNCTION_DIGITS = Context(prec=15, rounding=ROUND_HALF_UP)
MAX_FACTORIAL = 170
_WIDE = Context(prec=100, rounding=ROUND_HALF_UP)


def round_to(value: Decimal, digits: Decimal, mode: str) -> Decimal:
    """`value` with `digits` decimals (negative: tens, hundreds …) by a decimal rounding mode."""
    places = max(-MAX_DIGITS, min(MAX_DIGITS, int(digits)))
    if value == 0 or -value.as_tuple().exponent <= places:  # type: ignore[operator]  # finite by construction
        return value
    shifted = _WIDE.scaleb(value, places).to_integral_value(rounding=mode)
    return _WIDE.add(_WIDE.scaleb(shifted, -places), ZERO)


def checked(value: Decimal) -> Decimal:
    """The value if it is finite, else #NUM!."""
    if not value.is_finite():
        raise Fault(ErrorValue.NUM)
    return value


def power(base: Decimal, exponent: Decimal) -> Decimal:
    """`base ^ exponent`: exact for whole exponents that fit 34 digits, else to 15 digits."""
    if base == 0 and exponent <= 0:
        raise Fault(ErrorValue.NUM if exponent == 0 else ErrorValue.DIV0)
    if base < 0 and exponent != exponent.to_integral_value():
        raise Fault(ErrorValue.NUM)
    try:
        exact = CONTEXT.power(base, exponent)
    except DecimalException:
        raise Fault(ErrorValue.NUM) from None
    if exponent == exponent.to_integral_value() and exponent >= 0:
        return checked(exact)
    return FUNCTION_DIGITS.plus(checked(exact))


def divide(left: Decimal, right: Decimal) -> Decimal:
    """Quotient to 34 digits; by 0 #DIV/0!."""
    if right == 0:
        raise Fault(ErrorValue.DIV0)
    return CONTEXT.divide(left, right)


@register("ABS", shape="number", returns=NUMBER, help=Help("绝对值", "Absolute value", "ABS(-3)", "3"))
def abs_(value: Decimal) -> FormulaValue:
    """Absolute value."""
    return abs(value)


@register("SIGN", shape="number", returns=NUMBER, help=Help("正负号", "1, 0 or -1", "SIGN(-3)", "-1"))
def sign(value: Decimal) -> FormulaValue:
    """1, 0 or -1."""
    return Decimal((value > 0) - (value < 0))


@register(
    "ROUND",
    shape="number number?",
    returns=NUMBER,
    help=Help("四舍五入", "Round half away from zero", "ROUND(2.675,2)", "2.68"),
)
def round_(value: Decimal, digits: Decimal = ZERO) -> FormulaValue:
    """Half away from zero."""
    return round_to(value, digits, ROUND_HALF_UP)


@register(
    "ROUNDUP",
    shape="number number?",
    returns=NUMBER,
    help=Help("向上舍入", "Round away from zero", "ROUNDUP(2.1,0)", "3"),
)
def roundup(value: Decimal, digits: Decimal = ZERO) -> FormulaValue:
    """Away from zero."""
    return round_to(value, digits, ROUND_UP)


@register(
    "ROUNDDOWN",
    shape="number number?",
    returns=NUMBER,
    help=Help("向下舍入", "Round towards zero", "ROUNDDOWN(-2.9,0)", "-2"),
)
def rounddown(value: Decimal, digits: Decimal = ZERO) -> FormulaValue:
    """Towards zero."""
    return round_to(value, digits, ROUND_DOWN)


@register(
    "TRUNC", shape="number number?", returns=NUMBER, help=Help("截去小数", "Cut the fraction", "TRUNC(8.98,1)", "8.9")
)
def trunc(value: Decimal, digits: Decimal = ZERO) -> FormulaValue:
    """Towards zero."""
    return round_to(value, digits, ROUND_DOWN)


@register("INT", shape="number", returns=NUMBER, help=Help("向下取整", "The whole number below", "INT(-2.5)", "-3"))
def int_(value: Decimal) -> FormulaValue:
    """Towards minus infinity."""
    return value.to_integral_value(rounding=ROUND_FLOOR) + ZERO


def _to_multiple(value: Decimal, step: Decimal, *, away: bool) -> Decimal:
    if value == 0 or step == 0:
        return ZERO
    if value > 0 > step:
        raise Fault(ErrorValue.NUM)
    # both negative: away from zero for CEILING, towards it for FLOOR; -x with a positive step keeps its direction
    mode = ROUND_CEILING if away else ROUND_FLOOR
    count = CONTEXT.divide(value, step).to_integral_value(rounding=mode)
    return CONTEXT.multiply(count, step)


@register(
    "CEILING",
    shape="number number?",
    returns=NUMBER,
    help=Help("向上取到倍数", "Up to a multiple", "CEILING(7,5)", "10"),
)
def ceiling(value: Decimal, step: Decimal = Decimal(1)) -> FormulaValue:
    """Up to a multiple of `step`; both negative: away from zero."""
    return _to_multiple(value, step, away=True)


@register(
    "FLOOR", shape="number number?", returns=NUMBER, help=Help("向下取到倍数", "Down to a multiple", "FLOOR(7,5)", "5")
)
def floor(value: Decimal, step: Decimal = Decimal(1)) -> FormulaValue:
    """Down to a multiple of `step`; a step of 0 is #DIV/0!, as in Excel."""
    if step == 0 and value != 0:
        raise Fault(ErrorValue.DIV0)
    return _to_multiple(value, step, away=False)


@register("MOD", shape="number number", returns=NUMBER, help=Help("余数", "Remainder", "MOD(-10,3)", "2"))
def mod(value: Decimal, divisor: Decimal) -> FormulaValue:
    """Remainder with the sign of the divisor."""
    if divisor == 0:
        raise Fault(ErrorValue.DIV0)
    whole = _WIDE.divide(value, divisor).to_integral_value(rounding=ROUND_FLOOR)
    return CONTEXT.plus(_WIDE.subtract(value, _WIDE.multiply(divisor, whole)))


@register(
    "QUOTIENT",
    shape="number number",
    returns=NUMBER,
    help=Help("商的整数部分", "Whole quotient", "QUOTIENT(10,3)", "3"),
)
def quotient(value: Decimal, divisor: Decimal) -> FormulaValue:
    """The quotient without its fraction."""
    return divide(value, divisor).to_integral_value(rounding=ROUND_DOWN) + ZERO


@register("POWER", shape="number number", returns=NUMBER, help=Help("乘方", "Power", "POWER(2,10)", "1024"))
def power_(base: Decimal, exponent: Decimal) -> FormulaValue:
    """Power."""
    return power(base, exponent)


@register("SQRT", shape="number", returns=NUMBER, help=Help("平方根", "Square root", "SQRT(9)", "3"))
def sqrt(value: Decimal) -> FormulaValue:
    """Square root; of a negative number #NUM!."""
    if value < 0:
        raise Fault(ErrorValue.NUM)
    return CONTEXT.sqrt(value).normalize(CONTEXT)


@register("EXP", shape="number", returns=NUMBER, help=Help("e 的乘方", "e to a power", "EXP(0)", "1"))
def exp(value: Decimal) -> FormulaValue:
    """To 15 digits."""
    try:
        return FUNCTION_DIGITS.plus(checked(CONTEXT.exp(value)))
    except DecimalException:
        raise Fault(ErrorValue.NUM) from None


def _logarithm(value: Decimal) -> Decimal:
    if value <= 0:
        raise Fault(ErrorValue.NUM)
    return CONTEXT.ln(value)


@register("LN", shape="number", returns=NUMBER, help=Help("自然对数", "Natural logarithm", "LN(1)", "0"))
def ln(value: Decimal) -> FormulaValue:
    """To 15 digits."""
    return FUNCTION_DIGITS.plus(_logarithm(value))


@register(
    "LOG",
    shape="number number?",
    returns=NUMBER,
    help=Help("对数, 默认以 10 为底", "Logarithm, base 10", "LOG(100)", "2"),
)
def log(value: Decimal, base: Decimal = Decimal(10)) -> FormulaValue:
    """To 15 digits."""
    bottom = _logarithm(base)
    return FUNCTION_DIGITS.plus(divide(_logarithm(value), bottom)).normalize()


@register(
    "LOG10", shape="number", returns=NUMBER, help=Help("以 10 为底的对数", "Logarithm to base 10", "LOG10(1000)", "3")
)
def log10(value: Decimal) -> FormulaValue:
    """To 15 digits."""
    return log(value)


@register("PI", shape="", returns=NUMBER, help=Help("圆周率", "Pi", "ROUND(PI(),4)", "3.1416"))
def pi() -> FormulaValue:
    """Pi to 15 digits."""
    return FUNCTION_DIGITS.create_decimal_from_float(math.pi)


@register("FACT", shape="number", returns=NUMBER, help=Help("阶乘", "Factorial", "FACT(5)", "120"))
def fact(value: Decimal) -> FormulaValue:
    """Factorial of the whole part, up to 170."""
    if value < 0 or value > MAX_FACTORIAL:
        raise Fault(ErrorValue.NUM)
    return CONTEXT.plus(Decimal(math.factorial(int(value))))


@register("COMBIN", shape="number number", returns=NUMBER, help=Help("组合数", "Combinations", "COMBIN(5,2)", "10"))
def combin(count: Decimal, chosen: Decimal) -> FormulaValue:
    """Ways to choose."""
    n, k = int(count), int(chosen)
    if n < 0 or k < 0 or k > n or n > 10_000:  # noqa: PLR2004
        raise Fault(ErrorValue.NUM)
    return CONTEXT.plus(Decimal(math.comb(n, k)))


def _to_parity(value: Decimal, odd: int) -> Decimal:
    whole = abs(value).to_integral_value(rounding=ROUND_UP)
    if int(whole) % 2 != odd:
        whole += 1
    return -whole if value < 0 else whole


@register("EVEN", shape="number", returns=NUMBER, help=Help("进到偶数", "Up to an even number", "EVEN(3)", "4"))
def even(value: Decimal) -> FormulaValue:
    """Away from zero."""
    return _to_parity(value, 0)


@register("ODD", shape="number", returns=NUMBER, help=Help("进到奇数", "Up to an odd number", "ODD(2)", "3"))
def odd(value: Decimal) -> FormulaValue:
    """Away from zero."""
    return _to_parity(value, 1)
