"""Aggregates over the rows that meet criteria."""

from __future__ import annotations

from decimal import Decimal

from engine.formula.functions.aggregate import COUNTED, List, average, extreme_kind, max_, min_, sum_
from engine.formula.functions.criteria import criterion
from engine.formula.functions.registry import Env, Help, register
from engine.formula.values import NUMBER, FormulaValue


def _chosen(env: Env, values: List, tests: tuple[List, ...]) -> List:
    """Numbers and days of `values` at the positions where every list/criterion pair of `tests` holds."""
    kept = [True] * len(values)
    for column, wanted in zip(tests[::2], tests[1::2], strict=True):
        holds = criterion(env, wanted[0] if wanted else None)
        # a row that the column lacks meets nothing
        kept = [keep and row < len(column) and holds(column[row]) for row, keep in enumerate(kept)]
    return tuple(value for value, keep in zip(values, kept, strict=True) if keep and isinstance(value, COUNTED))


@register(
    "COUNTIF",
    "COUNTIFS",
    shape="范围1/range 1: list, 条件1/criterion 1: list, 范围2/range 2: list*, 条件2/criterion 2: list*",
    group=2,
    returns=NUMBER,
    wants_env=True,
    help=Help("满足条件的个数", "How many meet the criteria", 'COUNTIF(5,">3")', "1"),
)
def countif(env: Env, *tests: List) -> FormulaValue:
    """How many rows meet all criteria."""
    if len(tests) == 2:  # noqa: PLR2004  # the usual case
        column, wanted = tests
        return Decimal(sum(map(criterion(env, wanted[0] if wanted else None), column)))
    return Decimal(len(_chosen(env, (Decimal(1),) * len(tests[0]), tests)))


@register(
    "SUMIF",
    shape="范围/range: list, 条件/criterion: list, 求和范围/sum range: list?",
    returns=NUMBER,
    wants_env=True,
    help=Help("满足条件的和", "Sum where a criterion is met", 'SUMIF(5,">3",7)', "7"),
)
def sumif(env: Env, column: List, wanted: List, values: List | None = None) -> FormulaValue:
    """Sum of `values` (or of the column itself) where the criterion is met."""
    return sum_(_chosen(env, column if values is None else values, (column, wanted)))


@register(
    "SUMIFS",
    shape=(
        "求和范围/sum range: list, 范围1/range 1: list, 条件1/criterion 1: list, 范围2/range 2: list*, "
        "条件2/criterion 2: list*"
    ),
    group=2,
    returns=NUMBER,
    wants_env=True,
    help=Help("满足多个条件的和", "Sum where all criteria are met", 'SUMIFS(7,5,">3")', "7"),
)
def sumifs(env: Env, values: List, *tests: List) -> FormulaValue:
    """Sum where all criteria are met."""
    return sum_(_chosen(env, values, tests))


@register(
    "AVERAGEIF",
    shape="范围/range: list, 条件/criterion: list, 平均范围/average range: list?",
    returns=NUMBER,
    wants_env=True,
    help=Help("满足条件的平均值", "Mean where a criterion is met", 'AVERAGEIF(5,">3",7)', "7"),
)
def averageif(env: Env, column: List, wanted: List, values: List | None = None) -> FormulaValue:
    """Mean where the criterion is met; none: #DIV/0!."""
    return average(_chosen(env, column if values is None else values, (column, wanted)))


@register(
    "AVERAGEIFS",
    shape=(
        "平均范围/average range: list, 范围1/range 1: list, 条件1/criterion 1: list, 范围2/range 2: list*, "
        "条件2/criterion 2: list*"
    ),
    group=2,
    returns=NUMBER,
    wants_env=True,
    help=Help("满足多个条件的平均值", "Mean where all criteria are met", 'AVERAGEIFS(7,5,">3")', "7"),
)
def averageifs(env: Env, values: List, *tests: List) -> FormulaValue:
    """Mean where all criteria are met."""
    return average(_chosen(env, values, tests))


@register(
    "MAXIFS",
    shape=(
        "取值范围/max range: list, 范围1/range 1: list, 条件1/criterion 1: list, 范围2/range 2: list*, "
        "条件2/criterion 2: list*"
    ),
    group=2,
    returns=lambda kinds: extreme_kind(kinds[:1]),
    wants_env=True,
    help=Help("满足条件的最大值", "Largest where all criteria are met", 'MAXIFS(UNION(5,9,7),UNION(1,2,3),"<>2")', "7"),
)
def maxifs(env: Env, values: List, *tests: List) -> FormulaValue:
    """Largest number or day where all criteria are met; none: 0."""
    return max_(_chosen(env, values, tests))


@register(
    "MINIFS",
    shape=(
        "取值范围/min range: list, 范围1/range 1: list, 条件1/criterion 1: list, 范围2/range 2: list*, "
        "条件2/criterion 2: list*"
    ),
    group=2,
    returns=lambda kinds: extreme_kind(kinds[:1]),
    wants_env=True,
    help=Help("满足条件的最小值", "Smallest where all criteria are met", 'MINIFS(UNION(5,9,7),UNION(1,2,3),">1")', "7"),
)
def minifs(env: Env, values: List, *tests: List) -> FormulaValue:
    """Smallest number or day where all criteria are met; none: 0."""
    return min_(_chosen(env, values, tests))
