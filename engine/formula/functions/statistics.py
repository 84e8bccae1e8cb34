"""Order and spread of lists: largest and smallest, rank, variance, special means.

Variances, deviations and special means are computed step by step with 34 digits; the result is rounded to 15.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from engine.formula.coercion import number
from engine.formula.functions.aggregate import List, numbers, total
from engine.formula.functions.maths import divide, to_15_digits
from engine.formula.functions.registry import Env, Help, register
from engine.formula.values import ANY, CONTEXT, NUMBER, ErrorValue, Fault, FormulaValue, Kind

LOGARITHM_STEPS = 20  # what a logarithm costs, in steps of the budget
_RANKED = frozenset({"number", "date", "datetime"})


def _ranked_kind(kinds: Sequence[Kind]) -> Kind:
    """Days of a list of days, numbers of any other list that has some."""
    name = kinds[0].name
    return ANY if name == "any" else Kind(name) if name in _RANKED else NUMBER


def _ordered(values: List) -> list[Decimal | date]:
    """Numbers and days of a list, the smallest first; days stay days if there is nothing else."""
    days = [value for value in values if isinstance(value, date)]
    found = numbers((values,))
    return sorted(days, key=number) if days and len(days) == len(found) else sorted(found)


def _place(values: List, position: Decimal) -> int:
    """The place, from 0, of a position that counts from 1, of which the whole part counts; none such: #NUM!."""
    place = int(position)
    if not 1 <= place <= len(numbers((values,))):
        raise Fault(ErrorValue.NUM)
    return place - 1


@register(
    "LARGE",
    shape="列表/list: list, 名次/rank: number",
    returns=_ranked_kind,
    help=Help("第几大的值", "The n-th largest value", "LARGE(UNION(5,9,7),2)", "7"),
)
def large(values: List, position: Decimal) -> FormulaValue:
    """The value at a place from the largest down; texts and truths of the list do not count."""
    return _ordered(values)[-1 - _place(values, position)]


@register(
    "SMALL",
    shape="列表/list: list, 名次/rank: number",
    returns=_ranked_kind,
    help=Help("第几小的值", "The n-th smallest value", "SMALL(UNION(5,9,7),1)", "5"),
)
def small(values: List, position: Decimal) -> FormulaValue:
    """The value at a place from the smallest up; texts and truths of the list do not count."""
    return _ordered(values)[_place(values, position)]


@register(
    "RANK",
    "RANK.EQ",
    shape="数字/number: number, 列表/list: list, 升序/ascending: number?",
    returns=NUMBER,
    help=Help(
        "在列表中的名次; 升序不为 0 时从小到大",
        "Rank in a list; from the smallest if ascending is not 0",
        "RANK(7,UNION(5,9,7))",
        "2",
    ),
)
def rank(value: Decimal, values: List, ascending: Decimal = Decimal(0)) -> FormulaValue:
    """One more than there are larger (ascending: smaller) numbers; a number that is not in the list is #N/A."""
    found = numbers((values,))
    if value not in found:
        raise Fault(ErrorValue.NA)
    before = sum(other < value if ascending != 0 else other > value for other in found)
    return Decimal(before + 1)


def _squares(found: list[Decimal]) -> Decimal:
    """The sum of the squared distances from the mean."""
    mean = divide(total(found), Decimal(len(found)))
    distances = [CONTEXT.subtract(value, mean) for value in found]
    return total([CONTEXT.multiply(distance, distance) for distance in distances])


def _variance(lists: tuple[List, ...], less: int) -> Decimal:
    """Squared distances over (how many - `less`), 34 digits; too few values: #DIV/0!."""
    found = numbers(lists)
    if len(found) <= less:
        raise Fault(ErrorValue.DIV0)
    return divide(_squares(found), Decimal(len(found) - less))


@register(
    "VAR",
    "VAR.S",
    shape="数字/number: list+",
    returns=NUMBER,
    help=Help("样本方差", "Variance of a sample", "VAR(2,4,6)", "4"),
)
def var(*lists: List) -> FormulaValue:
    """Divided by one less than the count; of fewer than two values #DIV/0!."""
    return to_15_digits(_variance(lists, 1))


@register(
    "VARP",
    "VAR.P",
    shape="数字/number: list+",
    returns=NUMBER,
    help=Help("总体方差", "Variance of a whole population", "VARP(2,4)", "1"),
)
def varp(*lists: List) -> FormulaValue:
    """Divided by the count; of nothing #DIV/0!."""
    return to_15_digits(_variance(lists, 0))


@register(
    "STDEV",
    "STDEV.S",
    shape="数字/number: list+",
    returns=NUMBER,
    help=Help("样本标准差", "Standard deviation of a sample", "STDEV(2,4,6)", "2"),
)
def stdev(*lists: List) -> FormulaValue:
    """The square root of the sample variance."""
    return to_15_digits(CONTEXT.sqrt(_variance(lists, 1)))


@register(
    "STDEVP",
    "STDEV.P",
    shape="数字/number: list+",
    returns=NUMBER,
    help=Help("总体标准差", "Standard deviation of a whole population", "STDEVP(2,4)", "1"),
)
def stdevp(*lists: List) -> FormulaValue:
    """The square root of the population's variance."""
    return to_15_digits(CONTEXT.sqrt(_variance(lists, 0)))


def _positive(lists: tuple[List, ...]) -> list[Decimal]:
    found = numbers(lists)
    if not found or any(value <= 0 for value in found):
        raise Fault(ErrorValue.NUM)
    return found


@register(
    "GEOMEAN",
    shape="数字/number: list+",
    returns=NUMBER,
    wants_env=True,
    help=Help("几何平均值", "Geometric mean", "GEOMEAN(2,8)", "4"),
)
def geomean(env: Env, *lists: List) -> FormulaValue:
    """The exponential of the mean logarithm; a value that is not positive, or none at all: #NUM!."""
    found = _positive(lists)
    env.spend(len(found) * LOGARITHM_STEPS)
    mean = divide(total([CONTEXT.ln(value) for value in found]), Decimal(len(found)))
    return to_15_digits(CONTEXT.exp(mean))


@register(
    "HARMEAN",
    shape="数字/number: list+",
    returns=NUMBER,
    help=Help("调和平均值", "Harmonic mean", "HARMEAN(2,6)", "3"),
)
def harmean(*lists: List) -> FormulaValue:
    """The count over the sum of the reciprocals; a value that is not positive, or none at all: #NUM!."""
    found = _positive(lists)
    reciprocals = total([divide(Decimal(1), value) for value in found])
    return to_15_digits(divide(Decimal(len(found)), reciprocals))
