"""Rows inside a record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from typing import Annotated, ClassVar, Literal, TypeAlias

from pydantic import Field

from engine.errors import Problem
from engine.model.bad_values import BadRow, NotAList, RowRepeated, TooManyRows, TooManyRowsInside, UnknownColumn
from engine.model.base import DuplicateKey, Fault, ReservedKey, Translated
from engine.model.expressions import Operator
from engine.model.field_types.base import FieldBase, MemberNotApplicable
from engine.model.field_types.columns import Column
from engine.model.field_types.member import parse_id
from engine.model.field_types.number import MinAboveMax
from engine.model.values import BadValue, ColumnKind, Json, RawJson, Row, Value

MAX_ROWS = 500
# of all inner subforms of a record together
MAX_ROWS_INSIDE = 5000
ROW_MEMBERS = frozenset({"id", "position"})


class RowsRefused(BadValue):
    """The first problem of the rows; `path` is below the field (`/0/qty`)."""

    code = "bad_rows"
    zh = "明细有误: {reason}"
    en = "The rows are not correct: {reason}"


class SubformTooDeep(Fault):
    code = "subform_too_deep"
    zh = "子表单最多两层: “{field}” 已在内层子表单中"
    en = "Subforms go two levels deep: “{field}” is inside an inner subform already"


class SubformField(FieldBase):
    """Rows of columns, kept in order; every row has an id of its own. A row may have a subform in turn, one level."""

    type_title: ClassVar[Translated] = Translated(zh_cn="子表单", en="Subform")
    type_description: ClassVar[Translated] = Translated(
        zh_cn="一条数据内的多行明细", en="Several rows of columns inside one record"
    )
    type_column_kind: ClassVar[ColumnKind] = "table"
    type_operators: ClassVar[tuple[Operator, ...]] = ("empty", "not_empty")
    refused_members: ClassVar[frozenset[str]] = frozenset({"unique", "search", "sort", "computed", "default"})

    type: Literal["subform"] = "subform"
    fields: tuple[AnyColumn, ...] = Field(min_length=1, max_length=100)
    min_rows: int = Field(default=0, ge=0, le=MAX_ROWS)
    max_rows: int = Field(default=200, ge=1, le=MAX_ROWS)

    @cached_property
    def columns(self) -> Mapping[str, RowField]:
        """The columns by key, in the authored order."""
        return {column.key: column for column in self.fields}

    @cached_property
    def inner(self) -> tuple[SubformField, ...]:
        """The subforms that every row has."""
        return tuple(column for column in self.fields if isinstance(column, SubformField))

    def parse_filled(self, raw: RawJson) -> Value:
        """The rows; raises the first problem. `parse_rows` gives all of them."""
        rows, problems = self.parse_rows(raw)
        for problem in problems:
            raise RowsRefused(path=problem.path, reason=problem.text("en"))
        return rows

    def parse_rows(self, raw: RawJson) -> tuple[tuple[Row, ...], tuple[Problem, ...]]:
        """The rows as far as they can be read, and every problem with its JSON pointer below the field."""
        if raw is None or raw == "":
            return (), ()
        if not isinstance(raw, list | tuple):
            return (), (Problem.of(NotAList(), path=""),)
        if len(raw) > self.max_rows:
            return (), (Problem.of(TooManyRows(max=self.max_rows, count=len(raw)), path=""),)
        inside = sum(self._count_inside(item) for item in raw)
        if inside > MAX_ROWS_INSIDE:
            return (), (Problem.of(TooManyRowsInside(max=MAX_ROWS_INSIDE, count=inside), path=""),)
        rows: list[Row] = []
        problems: list[Problem] = []
        known: set[str] = set()
        for position, item in enumerate(raw):
            row, found = self._parse_row(item, pointer=f"/{position}")
            problems.extend(found)
            if row.id in known:
                problems.append(Problem.of(RowRepeated(), path=f"/{position}/id"))
                row = Row(id=None, values=row.values)
            rows.append(row)
            known |= set() if row.id is None else {row.id}
        return tuple(rows), tuple(problems)

    def _count_inside(self, item: RawJson) -> int:
        """How many rows the inner subforms of a row have."""
        if not isinstance(item, Mapping):
            return 0
        inner = (item.get(column.key) for column in self.inner)
        return sum(len(rows) for rows in inner if isinstance(rows, list | tuple))

    def dump(self, value: Value) -> Json:
        if not isinstance(value, tuple):
            return None
        return [self._dump_row(row) for row in value if isinstance(row, Row)]

    def faults(self) -> Iterator[Fault]:
        yield from super().faults()
        if self.min_rows > self.max_rows:
            yield MinAboveMax(path="/min_rows", low="min_rows", high="max_rows")
        for position, column in enumerate(self.fields):
            if isinstance(column, SubformField):
                for inner in column.inner:
                    place = column.fields.index(inner)
                    yield SubformTooDeep(path=f"/fields/{position}/fields/{place}/type", field=inner.key)
        seen: set[str] = set()
        for position, column in enumerate(self.fields):
            if column.key in ROW_MEMBERS:
                yield ReservedKey(path=f"/fields/{position}/key", key=column.key)
            if column.key in seen:
                yield DuplicateKey(path=f"/fields/{position}/key", key=column.key)
            seen.add(column.key)
            for member in ("search", "sort"):
                if getattr(column, member):
                    yield MemberNotApplicable(path=f"/fields/{position}/{member}", type="subform column", member=member)

    def _parse_row(self, item: RawJson, *, pointer: str) -> tuple[Row, list[Problem]]:
        if not isinstance(item, Mapping):
            return Row(id=None, values={}), [Problem.of(BadRow(), path=pointer)]
        problems: list[Problem] = []
        values: dict[str, Value] = {}
        row_id: str | None = None
        for key, raw in item.items():
            column = self.columns.get(key)
            try:
                if key == "id":
                    row_id = None if raw is None else parse_id(raw)
                elif column is None:
                    raise UnknownColumn(column=key[:100])
                elif isinstance(column, SubformField):
                    rows, found = column.parse_rows(raw)
                    values[key] = rows
                    problems += [replace(problem, path=f"{pointer}/{key}{problem.path}") for problem in found]
                else:
                    values[key] = column.parse(raw)
            except BadValue as refusal:
                problems.append(Problem.of(refusal, path=f"{pointer}/{key}"))
        return Row(id=row_id, values=values), problems

    def _dump_row(self, row: Row) -> Json:
        cells: dict[str, Json] = {} if row.id is None else {"id": row.id}
        for key, value in row.values.items():
            column = self.columns.get(key)
            if column is not None:
                cells[key] = column.dump(value)
        return cells


RowField: TypeAlias = Column | SubformField
AnyColumn: TypeAlias = Annotated[RowField, Field(discriminator="type")]
SubformField.model_rebuild()
