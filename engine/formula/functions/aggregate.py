"""Aggregates over lists: empty cells are skipped, texts in a list too, single texts are converted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal, Subnormal
from functools import reduce

from engine.formula.coercion import number
from engine.formula.functions.maths import divide
from engine.formula.functions.registry import Closure, Env, Help, Omitted, Single, is_literal, register, value_or_fault
from engine.formula.values import (
    ANY,
    CONTEXT,
    DATE,
    DATETIME,
    NUMBER,
    ZERO,
    ErrorValue,
    Fault,
    FormulaScalar,
    FormulaValue,
    Kind,
)

List = tuple[FormulaScalar, ...]
COUNTED = (Decimal, date)  # what aggregates take from a list


def numbers(lists: tuple[List, ...]) -> list[Decimal]:
    """All numbers of the arguments in order; an argument that was left out is 0."""
    found: list[Decimal] = []
    for values in lists:
        if isinstance(values, Omitted):
            found.append(ZERO)
        elif is_literal(values):
            if values[0] is not None:
                found.append(number(values[0]))
        else:
            found += [
                value if type(value) is Decimal else number(value) for value in values if isinstance(value, COUNTED)
            ]
    return found


def total(values: list[Decimal]) -> Decimal:
    """Exact sum within 34 digits."""
    try:
        return sum(values, ZERO)  # adds in the context of the evaluation, which is that of numbers
    except Subnormal:
        return reduce(CONTEXT.add, values, ZERO)


def extreme_kind(kinds: Sequence[Kind]) -> Kind:
    """A day of days only, a number of numbers; what is not known may be either."""
    names = {kind.name for kind in kinds} - {"null"}
    if "any" in names:
        return ANY
    if names and names <= {"date", "datetime"}:
        return DATETIME if "datetime" in names else DATE
    return NUMBER


@register("SUM", shape="数字/number: list+", returns=NUMBER, help=Help("求和", "Sum", "SUM(1,2,3)", "6"))
def sum_(*lists: List) -> FormulaValue:
    """Sum."""
    return total(numbers(lists))


@register("AVERAGE", shape="数字/number: list+", returns=NUMBER, help=Help("平均值", "Mean", "AVERAGE(1,2,6)", "3"))
def average(*lists: List) -> FormulaValue:
    """Mean; of nothing #DIV/0!."""
    found = numbers(lists)
    return divide(total(found), Decimal(len(found)))


def _days(lists: tuple[List, ...]) -> list[date]:
    return [value for values in lists for value in values if isinstance(value, date)]


def _pick(lists: tuple[List, ...], choose: Callable[..., FormulaScalar]) -> FormulaValue:
    days = _days(lists)
    present = [value for values in lists for value in values if value is not None]
    if days and len(days) == len(present):
        return choose(days, key=number)  # days and times among each other
    found = numbers(lists)
    return choose(found) if found else Decimal(0)


@register("MAX", shape="数字/number: list+", returns=extreme_kind, help=Help("最大值", "Largest", "MAX(3,9,2)", "9"))
def max_(*lists: List) -> FormulaValue:
    """Largest number or day; of nothing 0."""
    return _pick(lists, max)


@register("MIN", shape="数字/number: list+", returns=extreme_kind, help=Help("最小值", "Smallest", "MIN(3,9,2)", "2"))
def min_(*lists: List) -> FormulaValue:
    """Smallest number or day; of nothing 0."""
    return _pick(lists, min)


def _with_errors(call: Callable[..., FormulaValue]) -> Callable[[Sequence[Closure]], Closure]:
    """A closure of a function that takes an argument that ends in an error as a text which is no number."""

    def closure(runs: Sequence[Closure]) -> Closure:
        return lambda env: call(*[_list_or_error(run, env) for run in runs])

    return closure


def _list_or_error(run: Closure, env: Env) -> FormulaValue:
    found = value_or_fault(lambda: run(env))
    return Single((found.error.value,)) if isinstance(found, Fault) else found


def _count(*lists: List) -> FormulaValue:
    found = 0
    for values in lists:
        if is_literal(values) and not isinstance(values, Omitted):
            try:
                found += values[0] is not None and number(values[0]) is not None
            except Fault:
                continue
        else:
            found += isinstance(values, Omitted) or sum(isinstance(value, COUNTED) for value in values)
    return Decimal(found)


@register(
    "COUNT",
    shape="值/value: list+",
    returns=NUMBER,
    closure=_with_errors(_count),
    help=Help("数字的个数", "How many numbers", 'COUNT(1,"a",3)', "2"),
)
def count(*lists: List) -> FormulaValue:
    """How many numbers and days; single texts count if they read as numbers; errors do not count."""
    return _count(*lists)


def _counta(*lists: List) -> FormulaValue:
    return Decimal(sum(value is not None or isinstance(values, Omitted) for values in lists for value in values))


@register(
    "COUNTA",
    shape="值/value: list+",
    returns=NUMBER,
    closure=_with_errors(_counta),
    help=Help("非空的个数", "How many are not empty", 'COUNTA(1,"a")', "2"),
)
def counta(*lists: List) -> FormulaValue:
    """How many values are not empty; errors count."""
    return _counta(*lists)


@register(
    "COUNTBLANK",
    shape="范围/range: list",
    returns=NUMBER,
    help=Help("空值的个数", "How many are empty", 'COUNTBLANK("")', "1"),
)
def countblank(values: List) -> FormulaValue:
    """How many values are empty or empty texts."""
    return Decimal(sum(value is None or value == "" for value in values))


@register("PRODUCT", shape="数字/number: list+", returns=NUMBER, help=Help("乘积", "Product", "PRODUCT(2,3,4)", "24"))
def product(*lists: List) -> FormulaValue:
    """Product; of nothing 0."""
    found = numbers(lists)
    result = Decimal(1 if found else 0)
    for value in found:
        result = CONTEXT.multiply(result, value)
    return result


@register(
    "SUMSQ", shape="数字/number: list+", returns=NUMBER, help=Help("平方和", "Sum of squares", "SUMSQ(3,4)", "25")
)
def sumsq(*lists: List) -> FormulaValue:
    """Sum of squares."""
    return total([CONTEXT.multiply(value, value) for value in numbers(lists)])


@register(
    "MEDIAN", shape="数字/number: list+", returns=NUMBER, help=Help("中位数", "Middle value", "MEDIAN(1,2,9)", "2")
)
def median(*lists: List) -> FormulaValue:
    """Middle value, or the mean of both middle values; of nothing #NUM!."""
    found = sorted(numbers(lists))
    if not found:
        raise Fault(ErrorValue.NUM)
    middle = len(found) // 2
    if len(found) % 2:
        return found[middle]
    return divide(CONTEXT.add(found[middle - 1], found[middle]), Decimal(2))


@register(
    "SUMPRODUCT",
    shape="列表/list: list+",
    returns=NUMBER,
    help=Help("对应相乘后求和", "Sum of products", "SUMPRODUCT(2,3)", "6"),
)
def sumproduct(*lists: List) -> FormulaValue:
    """Sum of the products of rows; texts count as 0, lists of other lengths are #VALUE!."""
    if len({len(values) for values in lists}) > 1:
        raise Fault(ErrorValue.VALUE)
    result = Decimal(0)
    for row in zip(*lists, strict=True):
        part = Decimal(1)
        for value in row:
            part = CONTEXT.multiply(part, number(value) if isinstance(value, COUNTED) else Decimal(0))
        result = CONTEXT.add(result, part)
    return result
