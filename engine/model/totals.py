"""Rules over many records: sums or counts of groups that stay within bounds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal, TypeAlias

from pydantic import Discriminator, Field, Tag

from engine.model.base import Document, FieldPath, FormulaText, Key, Label
from engine.model.field_types.number import Bound
from engine.model.filters import Filter

MAX_TOTALS = 20
MAX_GROUPED = 6
MAX_SOURCES = 5
PeriodName = Literal["day", "week", "month", "quarter", "year"]


class Period(Document):
    """A group for each period that a date falls into."""

    field: FieldPath
    by: PeriodName


def _part_tag(part: object) -> str:
    return "period_part" if isinstance(part, dict | Period) else "field_part"


def _limit_tag(limit: object) -> str:
    return "formula_limit" if isinstance(limit, str) else "number_limit"


GroupPart = Annotated[
    Annotated[FieldPath, Tag("field_part")] | Annotated[Period, Tag("period_part")], Discriminator(_part_tag)
]
Limit: TypeAlias = Annotated[
    Annotated[Bound, Tag("number_limit")] | Annotated[FormulaText, Tag("formula_limit")], Discriminator(_limit_tag)
]


class _Counted(Document):
    """What is added up of the records of an entity; without `sum` the records or rows are counted."""

    sum: FieldPath | None = None
    by: tuple[GroupPart, ...] = Field(default=(), max_length=MAX_GROUPED)
    where: Filter | None = None

    @property
    def named(self) -> Iterator[tuple[str, str]]:
        """The paths of fields that it names outside of its filter, with their places."""
        if self.sum is not None:
            yield self.sum, "/sum"
        for position, part in enumerate(self.by):
            if isinstance(part, Period):
                yield part.field, f"/by/{position}/field"
            else:
                yield part, f"/by/{position}"

    @property
    def subform(self) -> str:
        """The subform whose rows are added up; empty: the records themselves are."""
        return next((path.rpartition(".")[0] for path, _ in self.named if "." in path), "")


class TotalSource(_Counted):
    """Records of another entity, or others of the same one, that count with the total; grouped alike."""

    entity: Key


class Total(_Counted):
    """A sum or count for every group of `by`, which no write may carry beyond its bounds.

    `plus`, `minus`: what else is added or taken off. `existing`: whether groups that are out of bounds already keep
    the rule from being published.
    """

    key: Key
    plus: tuple[TotalSource, ...] = Field(default=(), max_length=MAX_SOURCES)
    minus: tuple[TotalSource, ...] = Field(default=(), max_length=MAX_SOURCES)
    at_least: Limit | None = None
    at_most: Limit | None = None
    message: Label
    existing: Literal["refuse", "allow"] = "refuse"

    def sources(self, entity_key: str) -> Iterator[tuple[str, str, int, _Counted]]:
        """Everything that is added up: its entity, its place in the total, its sign."""
        yield entity_key, "", 1, self
        for position, item in enumerate(self.plus):
            yield item.entity, f"/plus/{position}", 1, item
        for position, item in enumerate(self.minus):
            yield item.entity, f"/minus/{position}", -1, item


Counted: TypeAlias = _Counted
