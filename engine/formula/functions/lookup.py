"""Picking out of lists and alternatives: CHOOSE, INDEX, MATCH, MAPX, UNION."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal

from engine.formula.coercion import compare, number
from engine.formula.functions import aggregate
from engine.formula.functions.aggregate import List
from engine.formula.functions.criteria import equality, same_value
from engine.formula.functions.logic import common_kind
from engine.formula.functions.registry import Env, Help, Thunk, register
from engine.formula.values import ANY, NUMBER, ErrorValue, Fault, FormulaScalar, FormulaValue, Kind

ONE = Decimal(1)


def _element(kind: Kind) -> Kind:
    return Kind(kind.name)


@register(
    "CHOOSE",
    shape="序号/position: lazy, 值1/value 1: lazy, 值2/value 2: lazy*",
    returns=lambda kinds: common_kind(kinds[1:]),
    help=Help("按序号取值", "The value at a position", 'CHOOSE(2,"甲","乙")', "乙"),
)
def choose(position: Thunk, *values: Thunk) -> FormulaValue:
    """Excel's CHOOSE: the whole part of the position counts, only the chosen value is evaluated."""
    place = int(number(position()))
    if not 1 <= place <= len(values):
        raise Fault(ErrorValue.VALUE)
    return values[place - 1]()


@register(
    "INDEX",
    shape="列表/list: list, 位置/position: number, 列/column: number?",
    returns=lambda kinds: _element(kinds[0]),
    help=Help(
        "列表中第几个, 负数从末尾数",
        "The value at a position, negative from the end",
        'INDEX(SPLIT("a-b-c","-"),-1)',
        "c",
    ),
)
def index(values: List, position: Decimal, column: Decimal = ONE) -> FormulaValue:
    """The value at a position from 1; -1 is the last. A place outside, or a column other than 1: #REF!; 0: #VALUE!."""
    place = int(position)
    if place == 0:
        raise Fault(ErrorValue.VALUE)
    if abs(place) > len(values) or int(column) != 1:
        raise Fault(ErrorValue.REF)
    return values[place - 1 if place > 0 else place]


def _same_sort(item: FormulaScalar, wanted: FormulaScalar) -> bool:
    """Whether both are numbers or days, both texts or both truths: others are passed over by a search."""
    if isinstance(wanted, Decimal | date):
        return isinstance(item, Decimal | date)
    return type(item) is type(wanted)


def _nearest(wanted: FormulaScalar, values: List, sign: int) -> int | None:
    """The last place of an ascending (sign 1) or descending (-1) list up to which no value is beyond the wanted one."""
    found = None
    for place, item in enumerate(values):
        if not _same_sort(item, wanted):
            continue
        if compare(item, wanted) * sign > 0:
            break
        found = place
    return found


@register(
    "MATCH",
    shape="值/value: any, 列表/list: list, 方式/mode: number?",
    returns=NUMBER,
    wants_env=True,
    help=Help(
        "在列表中的位置: 0 为精确查找, 1 为升序, -1 为降序",
        "Position in a list: 0 exact, 1 in ascending, -1 in descending order",
        'MATCH("b",SPLIT("a-b","-"),0)',
        "2",
    ),
)
def match(env: Env, wanted: FormulaValue, values: List, kind: Decimal = ONE) -> FormulaValue:
    """Position from 1; none: #N/A. Exact: the first equal value, in texts `*` and `?` stand for others.

    Sorted: the last value not above (kind -1: not below) the wanted one before the first that is.
    """
    if isinstance(wanted, tuple):
        raise Fault(ErrorValue.VALUE)
    if wanted is None:
        raise Fault(ErrorValue.NA)
    if kind == 0:
        holds = equality(env, wanted)
        found = next((place for place, item in enumerate(values) if _same_sort(item, wanted) and holds(item)), None)
    else:
        found = _nearest(wanted, values, 1 if kind > 0 else -1)
    if found is None:
        raise Fault(ErrorValue.NA)
    return Decimal(found + 1)


def _end(place: int) -> Callable[[List], FormulaValue]:
    return lambda found: found[place] if found else None


_OPERATIONS: dict[str, Callable[[List], FormulaValue]] = {
    "first": _end(0),
    "last": _end(-1),
    "max": aggregate.max_,
    "min": aggregate.min_,
    "avg": aggregate.average,
    "sum": aggregate.sum_,
    "count": aggregate.counta,
}


def _mapped_kind(kinds: Sequence[Kind]) -> Kind:
    """A number where the results are numbers; else the operation, known only when it runs, decides."""
    return NUMBER if kinds[3].name == "number" else ANY


@register(
    "MAPX",
    shape="运算/operation: text, 值/value: any, 匹配列/column to match: list, 结果列/column of results: list",
    returns=_mapped_kind,
    wants_env=True,
    help=Help(
        "关联取值; 运算: first last max min avg sum count",
        "Look up; operation: first last max min avg sum count",
        'MAPX("sum","b",SPLIT("a-b-b","-"),UNION(1,2,3))',
        "5",
    ),
)
def mapx(env: Env, operation: str, wanted: FormulaValue, matched: List, results: List) -> FormulaValue:
    """The operation over the results in the rows whose match is the wanted value; an empty value matches nothing.

    first and last of nothing are empty; the others are what MAX, MIN, AVERAGE, SUM and COUNTA make of nothing.
    An operation of another name, or columns of other lengths: #VALUE!.
    """
    apply = _OPERATIONS.get(operation.strip().lower())
    if apply is None or isinstance(wanted, tuple) or len(matched) != len(results):
        raise Fault(ErrorValue.VALUE)
    env.spend(len(matched))
    rows = zip(matched, results, strict=True)
    return apply(tuple(result for item, result in rows if same_value(item, wanted)))


@register(
    "UNION",
    shape="列表/list: list+",
    returns=lambda kinds: Kind(common_kind([_element(kind) for kind in kinds]).name, is_list=True),
    help=Help("合并列表并去掉重复值", "One list of all values, each once", 'JOIN(UNION("b","a","b"),"-")', "b-a"),
)
def union(*lists: List) -> FormulaValue:
    """The values of all lists in order, each once, without empty ones."""
    found: dict[tuple[type, FormulaScalar], FormulaScalar] = {}
    for value in (value for values in lists for value in values if value is not None):
        found.setdefault((type(value), value), value)
    return tuple(found.values())
