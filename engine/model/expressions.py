"""Row conditions as trees: built by query and access, turned into SQL by the store only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from engine.model.values import Scalar

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


Expression: TypeAlias = Compare | IsReader | All | AnyOf | Negated
EVERYTHING: Expression = All(())
NOTHING: Expression = AnyOf(())
