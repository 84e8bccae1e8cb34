"""Orders of records as SQL: the sort keys of a statement, and the conditions of a place in the order."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from engine.model.values import Scalar
from engine.query.sorts import Sort
from engine.store.columns import Column, Reader, Writer, reader, writer
from engine.store.database import Dialect
from engine.store.parameters import Parameters
from engine.store.terms import Terms


@dataclass(frozen=True)
class OrderKey:
    """One key: its SQL, how its values are handed over (`cast` behind their place) and read, and its direction."""

    text: str
    write: Writer
    read: Reader
    cast: str
    desc: bool
    is_id: bool

    def place(self, value: object, parameters: Parameters) -> str:
        """A value of the key as a parameter."""
        return f"{parameters.add(value)}{self.cast}"


# the condition of the records wanted, by the keys of the statement
Behind: TypeAlias = Callable[[Sequence[OrderKey], Parameters], str]


class Orders:
    """The orders of one table, named `r` in the statement."""

    def __init__(self, columns: Mapping[str, Column], terms: Terms, dialect: Dialect) -> None:
        self._columns = columns
        self._terms = terms
        self._dialect = dialect

    def keys(self, sorts: Sequence[Sort], parameters: Parameters) -> list[OrderKey]:
        """The keys of a statement; what formulas compare with is among its parameters then."""
        return [self._key(sort, parameters) for sort in sorts]

    def _key(self, sort: Sort, parameters: Parameters) -> OrderKey:
        if sort.computed is not None:
            term = sort.computed.term
            text, cast, column = self._terms.write(term, parameters), self._terms.cast(term), self._terms.column(term)
        else:
            column = self._columns[sort.field]
            text, cast = column.sql("r", self._dialect), ""
        return OrderKey(
            text=text,
            write=writer(column, self._dialect),
            read=reader(column, self._dialect),
            cast=cast,
            desc=sort.desc,
            is_id=sort.field == "id",
        )

    def order_by(self, keys: Sequence[OrderKey]) -> str:
        """Empty first ascending, on both databases."""
        return ", ".join(self._direction(key) for key in keys)

    def _direction(self, key: OrderKey) -> str:
        text = f"{key.text} {'DESC' if key.desc else 'ASC'}"
        if self._dialect == "sqlite" or key.is_id:
            return text
        return f"{text} NULLS {'LAST' if key.desc else 'FIRST'}"


def behind(after: Sequence[Scalar]) -> Behind:
    """The condition of a place in a mixed order: equal in the first keys, behind in the next one."""

    def condition(keys: Sequence[OrderKey], parameters: Parameters) -> str:
        alternatives: list[str] = []
        equal: list[str] = []
        for key, raw in zip(keys, after, strict=True):
            value = key.write(raw)
            if value is None:
                further = "1=0" if key.desc else f"{key.text} IS NOT NULL"
                same = f"{key.text} IS NULL"
            else:
                place = key.place(value, parameters)
                further = f"({key.text} < {place} OR {key.text} IS NULL)" if key.desc else f"{key.text} > {place}"
                same = f"{key.text} = {place}"
            alternatives.append("(" + " AND ".join([*equal, further]) + ")")
            equal.append(same)
        return "(" + " OR ".join(alternatives) + ")"

    return condition


def after_id(last: Scalar) -> Behind:
    """Behind an id, where only that is sorted by."""
    return lambda keys, parameters: f"{keys[0].text} {_sign(keys[0])} {parameters.add(last)}"


def in_filled_part(value: Scalar, last: Scalar) -> Behind:
    """Behind a value of the first key and an id: one range of an index."""

    def condition(keys: Sequence[OrderKey], parameters: Parameters) -> str:
        place = keys[0].place(keys[0].write(value), parameters)
        return f"({keys[0].text}, r.id) {_sign(keys[0])} ({place}, {parameters.add(last)})"

    return condition


def in_empty_part(last: Scalar) -> Behind:
    """Behind an id among the records whose first key is empty."""
    return lambda keys, parameters: f"{keys[0].text} IS NULL AND r.id {_sign(keys[0])} {parameters.add(last)}"


def whole_part(*, is_empty: bool) -> Behind:
    """All records whose first key is empty, or filled."""
    return lambda keys, _parameters: f"{keys[0].text} IS {'' if is_empty else 'NOT '}NULL"


def _sign(key: OrderKey) -> str:
    return "<" if key.desc else ">"
