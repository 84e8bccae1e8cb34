"""Switches of a form that is filled in: one that is shown and was left alone means no, as the person saw it."""

from __future__ import annotations

from dataclasses import dataclass

from engine.forms.compile import CompiledEntity
from engine.forms.context import Context
from engine.forms.evaluate import Evaluated, evaluate, visible_fields
from engine.forms.layout import CompiledForm
from engine.forms.rights import WRITABLE, Rights
from engine.forms.unread import Unread
from engine.model.field_types.boolean import BooleanField
from engine.model.field_types.subform import SubformField
from engine.model.fields import EntityField
from engine.model.rows import rows_of
from engine.model.values import Row, Value, Values


def evaluate_new(
    compiled: CompiledEntity,
    values: Values,
    context: Context,
    *,
    form: CompiledForm | None,
    rights: Rights,
    unread: Unread,
) -> Evaluated:
    """A new record as its form shows it; without a form nobody saw a switch, and what was not given stays empty."""
    evaluated = evaluate(compiled, values, context, unread=unread)
    if form is None:
        return evaluated
    entered = dict(values)
    # an answer may show further switches; each round answers at least one
    while answers := _left_alone(
        compiled, evaluated, rights=rights, shown=visible_fields(form, evaluated.values, context)
    ):
        entered |= answers
        evaluated = evaluate(compiled, entered, context, unread=unread)
    return evaluated


def _left_alone(
    compiled: CompiledEntity, evaluated: Evaluated, *, rights: Rights, shown: frozenset[str]
) -> dict[str, Value]:
    """The fields that hold switches without an answer, with no as the answer."""
    found: dict[str, Value] = {}
    for field in compiled.entity.fields:
        value = evaluated.values.get(field.key)
        if field.key not in shown:
            continue
        if isinstance(field, BooleanField):
            if value is None and _is_open(rights, field.key) and f"/{field.key}" not in evaluated.unread.pointers:
                found[field.key] = False
        elif isinstance(field, SubformField) and isinstance(value, tuple):
            rows = _Rows(evaluated, rights).answered(field, value, path=field.key, pointer=f"/{field.key}")
            if rows != value:
                found[field.key] = rows
    return found


def _is_open(rights: Rights, path: str) -> bool:
    return rights.get(path) in WRITABLE


@dataclass(frozen=True)
class _Rows:
    evaluated: Evaluated
    rights: Rights

    def answered(self, field: SubformField, value: Value, *, path: str, pointer: str) -> tuple[Row, ...]:
        """The rows of the subform at a path, which lie at a pointer, with answers."""
        made: list[Row] = []
        for position, row in enumerate(rows_of(value)):
            place = f"{pointer}/{position}"
            answers = {
                key: answer
                for key, column in field.columns.items()
                if (answer := self._cell(column, row.values.get(key), path=f"{path}.{key}", pointer=f"{place}/{key}"))
                is not None
            }
            made.append(Row(row.id, {**row.values, **answers}))
        return tuple(made)

    def _cell(self, column: EntityField, cell: Value, *, path: str, pointer: str) -> Value:
        """What the cell holds instead; None: it stays as it is."""
        if isinstance(column, SubformField):
            return self.answered(column, cell, path=path, pointer=pointer) or None
        is_left = isinstance(column, BooleanField) and cell is None and _is_open(self.rights, path)
        return False if is_left and pointer not in self.evaluated.unread.pointers else None
