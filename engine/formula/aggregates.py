"""Aggregates over the rows of a subform as terms."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

from engine.formula.columns import Columns
from engine.formula.comparing import ZERO, filled, measured
from engine.formula.converting import as_number
from engine.formula.not_in_sql import AGGREGATE_OF, NotInSql
from engine.formula.syntax import Call, Node, Reference
from engine.model.terms import (
    Added,
    AggregateFunction,
    Compared,
    Comparison,
    Fixed,
    Term,
    Times,
    term_kind,
)

ONE = Fixed(Decimal(1), "number")
_EXTREMES: Mapping[str, AggregateFunction] = {"MIN": "min", "MAX": "max"}


def column_of(node: Node, columns: Columns) -> str | None:
    """The path of a subform or its column, if the node is one."""
    if isinstance(node, Reference) and (columns.column_kind(node.path) or columns.is_subform(node.path)):
        return node.path
    return None


def aggregate_terms(call: Call, columns: Columns, single: Callable[[Node], Term]) -> Term:
    """SUM, COUNT, COUNTA, MIN or MAX; `single` makes the term of an argument that is one value."""
    match call.name:
        case "MIN" | "MAX":
            return _extreme(call, columns)
        case "SUM":
            parts = [_sum(argument, columns, single) for argument in call.arguments]
        case _:
            parts = [_count(call.name, argument, columns) for argument in call.arguments]
    total = parts[0]
    for part in parts[1:]:
        total = Added(total, part)
    measured(total)
    return total


def _extreme(call: Call, columns: Columns) -> Term:
    """The least or greatest of one column; of nothing 0, which for days is day 0."""
    path = column_of(call.arguments[0], columns)
    if path is None or len(call.arguments) > 1:
        raise NotInSql(AGGREGATE_OF)
    found = columns.aggregate(_EXTREMES[call.name], path)
    if found.kind not in {"number", "day"}:
        raise NotInSql(AGGREGATE_OF)
    return filled(found)


def _sum(argument: Node, columns: Columns, single: Callable[[Node], Term]) -> Term:
    path = column_of(argument, columns)
    if path is None:
        found = single(argument)
        # a field counts as a cell does in Excel: its text and its truth do not
        is_counted = not isinstance(argument, Reference) or term_kind(found) in {"number", "day"}
        return as_number(found) if is_counted else ZERO
    if columns.column_kind(path) != "number":
        raise NotInSql(AGGREGATE_OF)
    return filled(columns.aggregate("sum", path))


def _count(name: str, argument: Node, columns: Columns) -> Term:
    """COUNTA counts what is filled, COUNT the numbers and days among it."""
    path = column_of(argument, columns)
    if path is None:
        raise NotInSql(AGGREGATE_OF)
    if columns.is_subform(path):
        return filled(columns.aggregate("rows", path)) if name == "COUNTA" else ZERO
    if name == "COUNTA" or columns.column_kind(path) in {"number", "day", "instant"}:
        return filled(columns.aggregate("filled", path))
    return ZERO


def compare_average(path: str, columns: Columns, op: Comparison, *, other: Term) -> tuple[Term, Term]:
    """AVERAGE of a column against a number, without dividing, and when it is #DIV/0!: there is nothing.

    The mean of so many numbers of so few decimals is never so near to another number that rounding it to 34 digits
    would change how it compares.
    """
    total = columns.aggregate("sum", path)
    count = filled(columns.aggregate("filled", path))
    if total.kind != "number":
        raise NotInSql(AGGREGATE_OF)
    wanted = Times(other, count)
    measured(filled(total), wanted)
    return Compared(filled(total), op, wanted), Compared(count, "=", ZERO)
