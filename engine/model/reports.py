"""What is asked of many records together: groups, measures, pivots and distinct values; for the API and dashboards."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Discriminator, Field, Tag

from engine.model.base import Document, FieldPath, Key, ListFormula
from engine.model.filters import Filter
from engine.model.views import AnySort

MAX_GROUPS = 8
MAX_MEASURES = 20
MAX_LINES = 10_000
MAX_PIVOT_SIDE = 500

Period = Literal["day", "week", "month", "quarter", "year"]
MeasureFunction = Literal["count", "filled", "distinct", "sum", "average", "min", "max"]


class FieldGroup(Document):
    """Records with the same value of a field; days and instants also `by` a period, told by its first day.

    Of a field with several values a record counts with each of them.
    """

    key: Key | None = None
    field: FieldPath
    by: Period | None = None


class FormulaGroup(Document):
    """Records for which a formula of what the databases compute comes to the same."""

    key: Key
    formula: ListFormula


def _is_formula(part: object) -> bool:
    return isinstance(part, FormulaGroup | FormulaMeasure) or (isinstance(part, dict) and "formula" in part)


def _group_tag(part: object) -> str:
    return "formula_group" if _is_formula(part) else "field_group"


AnyGroup = Annotated[
    Annotated[FieldGroup, Tag("field_group")] | Annotated[FormulaGroup, Tag("formula_group")],
    Discriminator(_group_tag),
]


class FieldMeasure(Document):
    """One figure of each group; `count` of the records needs no field."""

    key: Key | None = None
    function: MeasureFunction
    field: FieldPath | None = None


class FormulaMeasure(Document):
    """One figure of each group, over what a formula comes to for each record."""

    key: Key
    function: MeasureFunction
    formula: ListFormula


def _measure_tag(part: object) -> str:
    return "formula_measure" if _is_formula(part) else "field_measure"


AnyMeasure = Annotated[
    Annotated[FieldMeasure, Tag("field_measure")] | Annotated[FormulaMeasure, Tag("formula_measure")],
    Discriminator(_measure_tag),
]
Groups = Annotated[tuple[AnyGroup, ...], Field(max_length=MAX_GROUPS)]
COUNT = FieldMeasure(key="count", function="count")


class ResultSort(Document):
    """A group or a measure to sort the groups by, named by its key."""

    key: Key
    desc: bool = False


class Source(Document):
    """Which records: those of a view, of a filter, of both. `rows`: the rows of this subform count, not the records."""

    view: Key | None = None
    filter: Filter | None = None
    rows: Key | None = None


class Aggregation(Source):
    """The measures of every group that has records; without groups of all of them together."""

    group: Groups = ()
    measures: tuple[AnyMeasure, ...] = Field(default=(COUNT,), min_length=1, max_length=MAX_MEASURES)
    sort: tuple[ResultSort, ...] = Field(default=(), max_length=MAX_GROUPS)
    limit: int = Field(default=1000, ge=1, le=MAX_LINES)


class Pivot(Source):
    """The measures where each line of the row groups meets each column of the column groups, with totals."""

    down: Annotated[tuple[AnyGroup, ...], Field(min_length=1, max_length=MAX_GROUPS)]
    across: Annotated[tuple[AnyGroup, ...], Field(min_length=1, max_length=MAX_GROUPS)]
    measures: tuple[AnyMeasure, ...] = Field(default=(COUNT,), min_length=1, max_length=MAX_MEASURES)


class Distinct(Source):
    """The values that a field has, or a formula comes to, and how many records have each; in their order."""

    of: AnyGroup
    after: str | None = Field(default=None, max_length=20_000)
    limit: int = Field(default=100, ge=1, le=1000)


class RecordQuery(Document):
    """A page of records: those of a view, of a filter, of both, in an order.

    `columns`: only these fields, else all. `expand`: links whose records come along (`project`, `lines.product`).
    """

    view: Key | None = None
    filter: Filter | None = None
    sort: tuple[AnySort, ...] | None = Field(default=None, max_length=5)
    columns: tuple[FieldPath, ...] | None = Field(default=None, min_length=1, max_length=500)
    expand: tuple[FieldPath, ...] = Field(default=(), max_length=20)
    cursor: str | None = Field(default=None, max_length=20_000)
    limit: int = Field(default=50, ge=1, le=200)
