"""Loans, savings and depreciation, signed as in Excel: what is paid is negative, what is received positive.

Everything is computed step by step with 34 digits; results are rounded to 15 digits, those of SLN to 34.
"""

from __future__ import annotations

from decimal import Decimal

from engine.formula.functions.aggregate import List, numbers, total
from engine.formula.functions.maths import divide, raised, to_15_digits
from engine.formula.functions.registry import Env, Help, register
from engine.formula.values import CONTEXT, NUMBER, ZERO, ErrorValue, Fault, FormulaValue

ONE = Decimal(1)
MAX_ROUNDS = 100
_CLOSE = Decimal("1e-20")


def _growth(rate: Decimal, periods: Decimal) -> Decimal:
    """(1 + rate) ^ periods to 34 digits; what has no value is #NUM!."""
    base = CONTEXT.add(ONE, rate)
    if base == 0 and periods < 0:
        raise Fault(ErrorValue.DIV0)
    return ONE if periods == 0 else raised(base, periods)


def _annuity(rate: Decimal, periods: Decimal, due: Decimal) -> Decimal:
    """What 1 paid every period has grown to at the end: ((1+rate)^periods - 1) / rate, a period more if due at once."""
    if rate == 0:
        return periods
    grown = divide(CONTEXT.subtract(_growth(rate, periods), ONE), rate)
    return CONTEXT.multiply(grown, CONTEXT.add(ONE, rate)) if due != 0 else grown


@register(
    "PMT",
    shape=(
        "利率/rate: number, 期数/periods: number, 现值/present value: number, 终值/future value: number?, "
        "付款时点/when due: number?"
    ),
    returns=NUMBER,
    help=Help(
        "每期付款额; 付款时点: 0 期末, 1 期初",
        "Payment of each period; due 0 at the end, 1 at the start of it",
        "ROUND(PMT(0.05/12,60,-10000),2)",
        "188.71",
    ),
)
def pmt(rate: Decimal, periods: Decimal, present: Decimal, future: Decimal = ZERO, due: Decimal = ZERO) -> FormulaValue:
    """-(present * growth + future) / annuity; no periods at all: #NUM!."""
    if periods == 0:
        raise Fault(ErrorValue.NUM)
    owed = CONTEXT.add(CONTEXT.multiply(present, _growth(rate, periods)), future)
    return to_15_digits(-divide(owed, _annuity(rate, periods, due)))


@register(
    "FV",
    shape=(
        "利率/rate: number, 期数/periods: number, 每期付款/payment: number, 现值/present value: number?, "
        "付款时点/when due: number?"
    ),
    returns=NUMBER,
    help=Help(
        "终值; 付款时点: 0 期末, 1 期初",
        "Future value; due 0 at the end, 1 at the start of a period",
        "FV(0.1,2,-100)",
        "210",
    ),
)
def fv(rate: Decimal, periods: Decimal, payment: Decimal, present: Decimal = ZERO, due: Decimal = ZERO) -> FormulaValue:
    """-(present * growth + payment * annuity)."""
    paid = CONTEXT.multiply(payment, _annuity(rate, periods, due))
    return to_15_digits(-CONTEXT.add(CONTEXT.multiply(present, _growth(rate, periods)), paid))


@register(
    "PV",
    shape=(
        "利率/rate: number, 期数/periods: number, 每期付款/payment: number, 终值/future value: number?, "
        "付款时点/when due: number?"
    ),
    returns=NUMBER,
    help=Help(
        "现值; 付款时点: 0 期末, 1 期初",
        "Present value; due 0 at the end, 1 at the start of a period",
        "PV(0,12,-100)",
        "1200",
    ),
)
def pv(rate: Decimal, periods: Decimal, payment: Decimal, future: Decimal = ZERO, due: Decimal = ZERO) -> FormulaValue:
    """-(future + payment * annuity) / growth."""
    paid = CONTEXT.multiply(payment, _annuity(rate, periods, due))
    return to_15_digits(-divide(CONTEXT.add(future, paid), _growth(rate, periods)))


@register(
    "NPER",
    shape=(
        "利率/rate: number, 每期付款/payment: number, 现值/present value: number, 终值/future value: number?, "
        "付款时点/when due: number?"
    ),
    returns=NUMBER,
    help=Help(
        "期数; 付款时点: 0 期末, 1 期初",
        "Number of periods; due 0 at the end, 1 at the start of a period",
        "NPER(0,-100,1200)",
        "12",
    ),
)
def nper(
    rate: Decimal, payment: Decimal, present: Decimal, future: Decimal = ZERO, due: Decimal = ZERO
) -> FormulaValue:
    """ln((payment' - future * rate) / (payment' + present * rate)) / ln(1 + rate), payment' with interest if due."""
    if rate == 0:
        return to_15_digits(-divide(CONTEXT.add(present, future), payment))
    paid = CONTEXT.multiply(payment, CONTEXT.add(ONE, rate)) if due != 0 else payment
    due_at_end = CONTEXT.subtract(paid, CONTEXT.multiply(future, rate))
    due_now = CONTEXT.add(paid, CONTEXT.multiply(present, rate))
    base = CONTEXT.add(ONE, rate)
    if due_now == 0 or base <= 0:
        raise Fault(ErrorValue.NUM)
    ratio = divide(due_at_end, due_now)
    if ratio <= 0:
        raise Fault(ErrorValue.NUM)
    return to_15_digits(divide(CONTEXT.ln(ratio), CONTEXT.ln(base)))


@register(
    "NPV",
    shape="贴现率/discount rate: number, 各期收支/cash flows: list+",
    returns=NUMBER,
    help=Help(
        "各期末收支的净现值",
        "Net present value of cash flows at the ends of periods",
        "NPV(0.1,110,121)",
        "200",
    ),
)
def npv(rate: Decimal, *lists: List) -> FormulaValue:
    """The sum of value / (1 + rate)^n, n from 1."""
    base, factor, parts = CONTEXT.add(ONE, rate), ONE, []
    for value in numbers(lists):
        factor = CONTEXT.multiply(factor, base)
        parts.append(divide(value, factor))
    return to_15_digits(total(parts))


def _worth(flows: list[Decimal], rate: Decimal) -> tuple[Decimal, Decimal]:
    """The present value of the flows at a rate, and its slope by the rate."""
    discount = divide(ONE, CONTEXT.add(ONE, rate))
    worth, slope = ZERO, ZERO
    for position in range(len(flows) - 1, -1, -1):
        slope = CONTEXT.add(CONTEXT.multiply(slope, discount), worth)
        worth = CONTEXT.add(CONTEXT.multiply(worth, discount), flows[position])
    return worth, -CONTEXT.multiply(slope, CONTEXT.multiply(discount, discount))


@register(
    "IRR",
    shape="各期收支/cash flows: list, 起始估计/guess: number?",
    returns=NUMBER,
    wants_env=True,
    help=Help(
        "内部收益率",
        "Internal rate of return",
        "ROUND(IRR(UNION(-100,55,60.5)),6)",
        "0.1",
    ),
)
def irr(env: Env, flows: List, guess: Decimal = Decimal("0.1")) -> FormulaValue:
    """The rate at which the present value is 0, by Newton's method from the guess; not found in 100 rounds: #NUM!."""
    found, rate = numbers((flows,)), guess
    if rate <= -1 or not (any(value > 0 for value in found) and any(value < 0 for value in found)):
        raise Fault(ErrorValue.NUM if rate > -1 else ErrorValue.VALUE)
    for _ in range(MAX_ROUNDS):
        env.spend(len(found))
        worth, slope = _worth(found, rate)
        if worth == 0:
            break
        if slope == 0:
            raise Fault(ErrorValue.NUM)
        following = CONTEXT.subtract(rate, divide(worth, slope))
        if following <= -1:  # beyond the pole: halfway towards it instead
            following = divide(CONTEXT.subtract(rate, ONE), Decimal(2))
        if abs(CONTEXT.subtract(following, rate)) <= _CLOSE:
            rate = following
            break
        rate = following
    else:
        raise Fault(ErrorValue.NUM)
    return to_15_digits(rate)


@register(
    "EFFECT",
    shape="名义利率/nominal rate: number, 每年期数/periods a year: number",
    returns=NUMBER,
    help=Help(
        "实际年利率",
        "Effective yearly rate",
        "EFFECT(0.1,2)",
        "0.1025",
    ),
)
def effect(nominal: Decimal, periods: Decimal) -> FormulaValue:
    """(1 + nominal / n)^n - 1, n the whole part of the periods."""
    whole = Decimal(int(periods))
    if nominal <= 0 or whole < 1:
        raise Fault(ErrorValue.NUM)
    return to_15_digits(CONTEXT.subtract(_growth(divide(nominal, whole), whole), ONE))


@register(
    "NOMINAL",
    shape="实际利率/effective rate: number, 每年期数/periods a year: number",
    returns=NUMBER,
    help=Help(
        "名义年利率",
        "Nominal yearly rate",
        "NOMINAL(0.1025,2)",
        "0.1",
    ),
)
def nominal_(effective: Decimal, periods: Decimal) -> FormulaValue:
    """N * ((1 + effective)^(1/n) - 1), n the whole part of the periods."""
    whole = Decimal(int(periods))
    if effective <= 0 or whole < 1:
        raise Fault(ErrorValue.NUM)
    root = _growth(effective, divide(ONE, whole))
    return to_15_digits(CONTEXT.multiply(whole, CONTEXT.subtract(root, ONE)))


@register(
    "SLN",
    shape="原值/cost: number, 残值/salvage value: number, 期数/periods: number",
    returns=NUMBER,
    help=Help("每期的直线折旧", "Straight-line depreciation of each period", "SLN(10000,1000,5)", "1800"),
)
def sln(cost: Decimal, salvage: Decimal, life: Decimal) -> FormulaValue:
    """(cost - salvage) / life."""
    return divide(CONTEXT.subtract(cost, salvage), life)
