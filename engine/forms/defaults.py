"""What a new record and new rows hold where nobody entered anything: the same on every way to write."""

from __future__ import annotations

from collections.abc import Container, Iterable

from engine.errors import Problem
from engine.forms.compile import CompiledEntity, RowDefault
from engine.forms.context import Context
from engine.forms.entry import rows_of
from engine.forms.evaluate import Lookup, environment, lookup_in, lookup_in_row
from engine.formula.fields import fitted, fitting
from engine.formula.values import ErrorValue
from engine.model.field_types.subform import SubformField
from engine.model.values import BadValue, Row, Scalar, Value, Values


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
    found = dict(values)
    for field in compiled.entity.fields:
        defaults = [item for item in compiled.row_defaults if item.subform == field.key]
        rows = rows_of(values.get(field.key)) if defaults else []
        if isinstance(field, SubformField) and any(row.id is None for row in rows):
            outer = lookup_in(values, context)
            found[field.key] = tuple(
                row if row.id is not None else _filled(field, row, defaults, outer=outer, context=context)
                for row in rows
            )
    return found


def _filled(field: SubformField, row: Row, defaults: Iterable[RowDefault], *, outer: Lookup, context: Context) -> Row:
    cells: dict[str, Scalar] = dict(row.values)
    env = environment(lookup_in_row(context, outer, field, row=cells), context)
    for item in defaults:
        key = item.path.rpartition(".")[2]
        if key not in row.values:
            made = fitted(fitting(field.columns[key], is_cut=True), item.formula.evaluate(env), context.zone)
            cells[key] = None if isinstance(made, ErrorValue) else made  # type: ignore[assignment]  # of a column
    return Row(row.id, cells)
