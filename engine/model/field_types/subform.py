"""Rows inside a record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import ClassVar, Literal, cast

from pydantic import Field

from engine.errors import Problem
from engine.model.bad_values import BadRow, NotAList, RowRepeated, TooManyRows, UnknownColumn
from engine.model.base import DuplicateKey, Fault, ReservedKey, Translated
from engine.model.expressions import Operator
from engine.model.field_types.base import FieldBase, MemberNotApplicable
from engine.model.field_types.columns import ColumnField
from engine.model.field_types.member import parse_id
from engine.model.field_types.number import MinAboveMax
from engine.model.values import BadValue, ColumnKind, Json, RawJson, Row, Scalar, Value

MAX_ROWS = 500
ROW_MEMBERS = frozenset({"id", "position"})


class RowsRefused(BadValue):
    """The first problem of the rows; `path` is below the field (`/0/qty`)."""

    code = "bad_rows"
    zh = "明细有误: {reason}"
    en = "The rows are not correct: {reason}"


class SubformField(FieldBase):
    """Rows of columns, kept in order; every row has an id of its own."""

    type_title: ClassVar[Translated] = Translated(zh_cn="子表单", en="Subform")
    type_description: ClassVar[Translated] = Translated(
        zh_cn="一条数据内的多行明细", en="Several rows of columns inside one record"
    )
    type_column_kind: ClassVar[ColumnKind] = "table"
    type_operators: ClassVar[tuple[Operator, ...]] = ("empty", "not_empty")
    refused_members: ClassVar[frozenset[str]] = frozenset({"unique", "search", "sort", "computed", "default"})

    type: Literal["subform"] = "subform"
    fields: tuple[ColumnField, ...] = Field(min_length=1, max_length=100)
    min_rows: int = Field(default=0, ge=0, le=MAX_ROWS)
    max_rows: int = Field(default=200, ge=1, le=MAX_ROWS)

    @cached_property
    def columns(self) -> Mapping[str, ColumnField]:
        """The columns by key, in the authored order."""
        return {column.key: column for column in self.fields}

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

    def dump(self, value: Value) -> Json:
        if not isinstance(value, tuple):
            return None
        return [self._dump_row(row) for row in value if isinstance(row, Row)]

    def faults(self) -> Iterator[Fault]:
        yield from super().faults()
        if self.min_rows > self.max_rows:
            yield MinAboveMax(path="/min_rows", low="min_rows", high="max_rows")
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
        values: dict[str, Scalar] = {}
        row_id: str | None = None
        for key, raw in item.items():
            try:
                if key == "id":
                    row_id = None if raw is None else parse_id(raw)
                else:
                    values[key] = self._parse_cell(key, raw)
            except BadValue as refusal:
                problems.append(Problem.of(refusal, path=f"{pointer}/{key}"))
        return Row(id=row_id, values=values), problems

    def _parse_cell(self, key: str, raw: RawJson) -> Scalar:
        column = self.columns.get(key)
        if column is None:
            raise UnknownColumn(column=key[:100])
        return cast("Scalar", column.parse(raw))  # no type in ColumnField has rows

    def _dump_row(self, row: Row) -> Json:
        cells: dict[str, Json] = {} if row.id is None else {"id": row.id}
        for key, value in row.values.items():
            column = self.columns.get(key)
            if column is not None:
                cells[key] = column.dump(value)
        return cells
