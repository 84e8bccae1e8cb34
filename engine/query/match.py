"""Whether one record in memory satisfies an expression: the meaning that the store's SQL must have too."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from engine.model.expressions import All, AnyOf, Compare, Expression, Holds, IsReader, LinksTo, Looked, Negated
from engine.model.field_types.link import linked_ids
from engine.model.values import FileRef, Row, Scalar, Value, value_in


def matches(expression: Expression, record: Mapping[str, Value], *, readers: frozenset[str] = frozenset()) -> bool:
    """`record` holds field and system values by key; an empty value satisfies only empty, ne, not_in, not_contains."""
    match expression:
        case All():
            return all(matches(part, record, readers=readers) for part in expression.parts)
        case AnyOf():
            return any(matches(part, record, readers=readers) for part in expression.parts)
        case Negated():
            return not matches(expression.part, record, readers=readers)
        case IsReader():
            return expression.member_id in readers
        case Holds():
            if expression.reads_links:
                raise ValueError(expression)  # only the database knows the other records
            return expression.test(record)
        case LinksTo():
            return not set(expression.ids).isdisjoint(linked_at(record, expression.path))
        case Looked():
            return matches(expression.part, record)
        case Compare():
            return _compare(expression, value_in(record, expression.field))


def reads_links(expression: Expression) -> bool:
    """Whether other records count than the one in question, so that only the database knows whether it holds."""
    match expression:
        case All() | AnyOf():
            return any(reads_links(part) for part in expression.parts)
        case Negated():
            return reads_links(expression.part)
        case Holds():
            return expression.reads_links
        case IsReader() | LinksTo() | Compare() | Looked():
            return False


def linked_at(record: Mapping[str, Value], path: str) -> set[str]:
    """The ids that a link of the record holds, or a column of its rows."""
    key, _, column = path.partition(".")
    value = record.get(key)
    rows = value if column and isinstance(value, tuple) else ()
    found = [row.values.get(column) for row in rows if isinstance(row, Row)] if column else [value]
    return {item for links in found for item in linked_ids(links)}


def _compare(expression: Compare, value: Value) -> bool:
    blank = value is None or value in ("", ())
    if expression.op == "empty":
        return blank
    if expression.op == "not_empty":
        return not blank
    if blank:
        return expression.op in {"ne", "not_in", "not_contains"}
    return _TESTS[expression.op](value, expression.values)


def _keys(value: Value) -> set[str]:
    if not isinstance(value, tuple):
        return {str(value)}
    return {item.id if isinstance(item, FileRef) else str(item.id if isinstance(item, Row) else item) for item in value}


_TESTS: Mapping[str, Callable[[Value, tuple[Scalar, ...]], bool]] = {
    "eq": lambda value, wanted: value == wanted[0],
    "ne": lambda value, wanted: value != wanted[0],
    "in": lambda value, wanted: value in wanted,
    "not_in": lambda value, wanted: value not in wanted,
    "lt": lambda value, wanted: value < wanted[0],  # type: ignore[operator]  # of one type, by the filter's parser
    "le": lambda value, wanted: value <= wanted[0],  # type: ignore[operator]
    "gt": lambda value, wanted: value > wanted[0],  # type: ignore[operator]
    "ge": lambda value, wanted: value >= wanted[0],  # type: ignore[operator]
    "between": lambda value, wanted: wanted[0] <= value <= wanted[1],  # type: ignore[operator]
    "contains": lambda value, wanted: str(wanted[0]) in str(value),
    "not_contains": lambda value, wanted: str(wanted[0]) not in str(value),
    "starts_with": lambda value, wanted: str(value).startswith(str(wanted[0])),
    "has_any": lambda value, wanted: bool(_keys(value) & set(map(str, wanted))),
    "has_all": lambda value, wanted: set(map(str, wanted)) <= _keys(value),
}
