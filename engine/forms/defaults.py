"""What a new record and new rows hold where nobody entered anything: the same on every way to write."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass

from engine.errors import Problem
from engine.forms.compile import CompiledEntity, RowDefault
from engine.forms.context import Context
from engine.forms.evaluate import Lookup, environment, lookup_in, lookup_in_row
from engine.formula.fields import fitted, fitting
from engine.formula.values import ErrorValue
from engine.model.field_types.subform import SubformField
from engine.model.paths import last_of
from engine.model.rows import rows_of
from engine.model.values import BadValue, Row, Value, Values


def refused_defaults(compiled: CompiledEntity, defaults: Values, *, given: Container[str]) -> tuple[Problem, ...]:
    """Faults of defaults that take the place of what was not entered: a field refuses them as it refuses entries."""
    found: list[Problem] = []
    for key, value in defaults.items():
        item = compiled.entity.by_key[key]
        if value is None or key in given:
            continue
        try:
            item.parse(item.dump(value))
        except BadValue as refusal:
            found.append(Problem.of(refusal, path=f"/{key}"))
    return tuple(found)


def with_row_defaults(compiled: CompiledEntity, values: Values, context: Context) -> dict[str, Value]:
    """The values with the defaults of columns that were not given in new rows, which have no id yet."""
    if not compiled.row_defaults:
        return dict(values)
    found = dict(values)
    work = _Filling(compiled, context)
    outer = lookup_in(values, context)
    for field in compiled.entity.fields:
        if isinstance(field, SubformField):
            rows = rows_of(values.get(field.key))
            if any(work.may_fill(row) for row in rows):
                found[field.key] = work.rows(field, rows, path=field.key, outer=outer)
    return found


@dataclass(frozen=True)
class _Filling:
    compiled: CompiledEntity
    context: Context

    def may_fill(self, row: Row) -> bool:
        """Whether the row is new, or one inside it."""
        return row.id is None or any(self.may_fill(inner) for cell in row.values.values() for inner in rows_of(cell))

    def rows(self, field: SubformField, rows: Sequence[Row], *, path: str, outer: Lookup) -> tuple[Row, ...]:
        """The rows of the subform at a path, new ones with the defaults of their columns."""
        defaults = [item for item in self.compiled.row_defaults if item.subform == path]
        return tuple(
            self._row(field, row, defaults, path=path, outer=outer) if self.may_fill(row) else row for row in rows
        )

    def _row(self, field: SubformField, row: Row, defaults: Iterable[RowDefault], *, path: str, outer: Lookup) -> Row:
        cells: dict[str, Value] = dict(row.values)
        lookup = lookup_in_row(self.context, outer, path, columns=field.columns, row=cells)
        env = environment(lookup, self.context)
        for item in defaults if row.id is None else ():
            key = last_of(item.path)
            if key not in row.values:
                fit = fitting(field.columns[key], is_cut=True)
                made = fitted(fit, item.formula.evaluate(env), self.context.zone)
                cells[key] = None if isinstance(made, ErrorValue) else made
        for inner in field.inner:
            if inside := rows_of(cells.get(inner.key)):
                cells[inner.key] = self.rows(inner, inside, path=f"{path}.{inner.key}", outer=lookup)
        return Row(row.id, cells)
