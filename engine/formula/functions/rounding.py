"""Rounding to places, to whole numbers and to multiples; half is rounded away from zero."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_CEILING, ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_UP, ROUND_UP, Decimal

from engine.formula.functions.maths import round_to, round_to_places, rounding
from engine.formula.functions.registry import Closure, Held, Help, register
from engine.formula.values import CONTEXT, NUMBER, ZERO, ErrorValue, Fault, FormulaValue


def _round_closure(runs: Sequence[Closure]) -> Closure:
    """ROUND to decimals that are known beforehand, as nearly always."""
    match runs:
        case [value, Held(value=Decimal() as digits)]:
            rounded = rounding(int(digits), ROUND_HALF_UP)
            return lambda env: rounded(value(env))  # type: ignore[arg-type]  # a number, as its shape says
        case _:
            return lambda env: round_(*[run(env) for run in runs])


@register(
    "ROUND",
    shape="数字/number: number, 小数位数/digits: number?",
    returns=NUMBER,
    closure=_round_closure,
    help=Help("四舍五入", "Round half away from zero", "ROUND(2.675,2)", "2.68"),
)
def round_(value: Decimal, digits: Decimal = ZERO) -> FormulaValue:
    """Half away from zero."""
    return round_to_places(value, int(digits), ROUND_HALF_UP)


@register(
    "ROUNDUP",
    shape="数字/number: number, 小数位数/digits: number?",
    returns=NUMBER,
    help=Help("向上舍入", "Round away from zero", "ROUNDUP(2.1,0)", "3"),
)
def roundup(value: Decimal, digits: Decimal = ZERO) -> FormulaValue:
    """Away from zero."""
    return round_to(value, digits, ROUND_UP)


@register(
    "ROUNDDOWN",
    shape="数字/number: number, 小数位数/digits: number?",
    returns=NUMBER,
    help=Help("向下舍入", "Round towards zero", "ROUNDDOWN(-2.9,0)", "-2"),
)
def rounddown(value: Decimal, digits: Decimal = ZERO) -> FormulaValue:
    """Towards zero."""
    return round_to(value, digits, ROUND_DOWN)


@register(
    "TRUNC",
    shape="数字/number: number, 小数位数/digits: number?",
    returns=NUMBER,
    help=Help("截去小数", "Cut the fraction", "TRUNC(8.98,1)", "8.9"),
)
def trunc(value: Decimal, digits: Decimal = ZERO) -> FormulaValue:
    """Towards zero."""
    return round_to(value, digits, ROUND_DOWN)


@register(
    "INT",
    shape="数字/number: number",
    returns=NUMBER,
    help=Help("向下取整", "The whole number below", "INT(-2.5)", "-3"),
)
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
    shape="数字/number: number, 倍数/multiple: number?",
    returns=NUMBER,
    help=Help("向上取到倍数", "Up to a multiple", "CEILING(7,5)", "10"),
)
def ceiling(value: Decimal, step: Decimal = Decimal(1)) -> FormulaValue:
    """Up to a multiple of `step`; both negative: away from zero."""
    return _to_multiple(value, step, away=True)


@register(
    "FLOOR",
    shape="数字/number: number, 倍数/multiple: number?",
    returns=NUMBER,
    help=Help("向下取到倍数", "Down to a multiple", "FLOOR(7,5)", "5"),
)
def floor(value: Decimal, step: Decimal = Decimal(1)) -> FormulaValue:
    """Down to a multiple of `step`; a step of 0 is #DIV/0!, as in Excel."""
    if step == 0 and value != 0:
        raise Fault(ErrorValue.DIV0)
    return _to_multiple(value, step, away=False)


@register(
    "MROUND",
    shape="数字/number: number, 倍数/multiple: number",
    returns=NUMBER,
    help=Help("四舍五入到倍数", "Round to a multiple", "MROUND(1.3,0.2)", "1.4"),
)
def mround(value: Decimal, step: Decimal) -> FormulaValue:
    """To the nearest multiple, half away from zero; a step of 0 makes 0, one of the other sign #NUM!."""
    if value == 0 or step == 0:
        return ZERO
    if (value > 0) != (step > 0):
        raise Fault(ErrorValue.NUM)
    return CONTEXT.multiply(CONTEXT.divide(value, step).to_integral_value(rounding=ROUND_HALF_UP), step)


def _to_parity(value: Decimal, odd: int) -> Decimal:
    whole = abs(value).to_integral_value(rounding=ROUND_UP)
    if int(whole) % 2 != odd:
        whole += 1
    return -whole if value < 0 else whole


@register(
    "EVEN", shape="数字/number: number", returns=NUMBER, help=Help("进到偶数", "Up to an even number", "EVEN(3)", "4")
)
def even(value: Decimal) -> FormulaValue:
    """Away from zero."""
    return _to_parity(value, 0)


@register(
    "ODD", shape="数字/number: number", returns=NUMBER, help=Help("进到奇数", "Up to an odd number", "ODD(2)", "3")
)
def odd(value: Decimal) -> FormulaValue:
    """Away from zero."""
    return _to_parity(value, 1)
