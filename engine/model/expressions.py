"""Row conditions as trees: built by query and access, turned into SQL by the store only."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from engine.model.terms import Term
from engine.model.values import Scalar, Values

Operator = Literal[
    "eq", "ne", "in", "not_in", "lt", "le", "gt", "ge", "between", "contains", "not_contains", "starts_with",
    "empty", "not_empty", "has_any", "has_all",
]  # fmt: skip


@dataclass(frozen=True)
class Compare:
    """`field` (a field key of the entity, or a system field) against values already in canonical form.

    One value for eq…ge, contains, starts_with; two for between (inclusive); any number for in, has_any, has_all;
    none for empty and not_empty.
    """

    field: str
    op: Operator
    values: tuple[Scalar, ...] = ()


@dataclass(frozen=True)
class IsReader:
    """The record names `member_id` as a reader (participant, copied, mentioned): table `record_reader`."""

    member_id: str


@dataclass(frozen=True)
class LinksTo:
    """The record links to one of these records by the field `path`, or by a column of its rows (`lines.product`)."""

    path: str
    ids: tuple[str, ...]


@dataclass(frozen=True)
class All:
    """Every part holds; no parts: true."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True)
class AnyOf:
    """Some part holds; no parts: false."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True)
class Negated:
    """The part does not hold."""

    part: Expression


@dataclass(frozen=True)
class Holds:
    """A formula comes to TRUE: `term` says so of stored records, `test` of one in memory, system fields included.

    `reads_links`: other records count, which only the database knows; there is no `test` then.
    """

    term: Term
    test: Callable[[Values], bool] = field(compare=False, repr=False)
    reads_links: bool = False


@dataclass(frozen=True)
class Looked:
    """The comparison of a text with a word that few records have: the store finds them by its search index."""

    part: Compare


Expression: TypeAlias = Compare | IsReader | LinksTo | All | AnyOf | Negated | Holds | Looked
EVERYTHING: Expression = All(())
NOTHING: Expression = AnyOf(())
