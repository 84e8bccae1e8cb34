"""Evaluating an entity's formulas over one record: computed values, defaults, visibility."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from engine.forms.compile import CompiledEntity, Step
from engine.forms.context import Context
from engine.forms.layout import CompiledForm
from engine.forms.unread import ALL_READ, Unread
from engine.formula.closures import exactly
from engine.formula.environment import NOTHING, Environment
from engine.formula.fields import AS_IT_IS, fitted, fitting, to_formula, value_at
from engine.formula.values import ErrorValue, FormulaBudgetExceeded, FormulaValue
from engine.model.values import Row, Value, Values

Lookup: TypeAlias = Callable[[str], FormulaValue]


@dataclass(frozen=True)
class Evaluated:
    """Values with the computed ones; `errors`: error values of formulas by path (`/lines/0/amount` as a pointer).

    `unread`: places of which nothing is known, as their input or what they are computed from could not be read.
    """

    values: dict[str, Value]
    errors: Mapping[str, ErrorValue] = field(default_factory=dict)
    unread: Unread = ALL_READ


def lookup_in(values: Values, context: Context) -> Callable[[str], FormulaValue]:
    """How formulas of the record find a field, a column, what lies behind a link, the person and the like."""
    given, zone, linked = context.given, context.zone, context.linked

    def lookup(path: str) -> FormulaValue:
        if path in given:
            return to_formula(given[path], zone)
        value = values.get(path)
        # asked first, as nearly all values are so
        return value if type(value) in AS_IT_IS else value_at(values, path, zone, linked=linked)  # type: ignore[return-value]

    return lookup


@dataclass
class _InRow:
    """How formulas of a row find its columns and what is around it; `row` goes from row to row."""

    context: Context
    outer: Lookup
    subform: str
    columns: frozenset[str]
    row: Mapping[str, Value] = field(default_factory=dict)

    def find(self, path: str) -> FormulaValue:
        if path in self.columns:
            return to_formula(self.row.get(path), self.context.zone)
        key, _, rest = path.partition(".")
        if rest and key in self.columns:
            linked, within = self.context.linked, f"{self.subform}."
            return value_at(self.row, path, self.context.zone, linked=linked, within=within)
        return self.outer(path)


def environment(lookup: Callable[[str], FormulaValue], context: Context) -> Environment:
    """The environment of an evaluation at the context's time."""
    return Environment(lookup, now=context.now, zone=context.zone, calendars=context.calendars)


def evaluate(
    compiled: CompiledEntity,
    values: Values,
    context: Context,
    *,
    changed: frozenset[str] | None = None,
    unread: Unread = ALL_READ,
) -> Evaluated:
    """Compute all computed fields and columns, or only those that depend on the `changed` or the `unread` paths."""
    result = dict(values)
    lookup = lookup_in(result, context)
    known = {path: value for path, value in values.items() if type(value) in AS_IT_IS and path not in context.given}
    work = _Work(compiled, context, result, known, lookup, environment(lookup, context), unread)
    dirty = None if changed is None else {*changed, *unread.paths}
    with exactly():
        for step in compiled.steps:
            if dirty is not None:
                if not _touches(step, dirty):
                    continue
                dirty.add(step.path)
            if step.subform is None:
                _compute_field(work, step)
            else:
                _compute_column(work, step)
    return Evaluated(work.result, work.errors, work.unread)


def failures(compiled: CompiledEntity, values: Values, context: Context) -> Mapping[str, ErrorValue]:
    """Why computed values are missing in a record: the error values of their formulas, by JSON pointer.

    Of formulas over records that links lead to nothing is said unless the context brings these.
    """
    known = compiled.inputs.keys() | context.given.keys()
    steps = tuple(
        step for step in compiled.steps if _is_missing(step, values) and (context.linked.paths or step.needs <= known)
    )
    if not steps:
        return {}
    try:
        return evaluate(replace(compiled, steps=steps), values, context).errors
    except FormulaBudgetExceeded:
        return {}


def _is_missing(step: Step, values: Values) -> bool:
    if step.subform is None:
        return values.get(step.path) is None
    rows = values.get(step.subform)
    return isinstance(rows, tuple) and any(
        isinstance(row, Row) and row.values.get(step.field.key) is None for row in rows
    )


def _touches(step: Step, dirty: set[str]) -> bool:
    """A changed subform stands for all its columns; a changed column for its row formulas and aggregates."""
    if step.needs & dirty:
        return True
    if step.subform is not None and step.subform in dirty:
        return True
    return any(path.partition(".")[0] in dirty for path in step.needs)


@dataclass
class _Work:
    compiled: CompiledEntity
    context: Context
    result: dict[str, Value]
    known: dict[str, Value]
    lookup: Lookup
    env: Environment
    unread: Unread
    errors: dict[str, ErrorValue] = field(default_factory=dict)

    def pass_over(self, pointer: str) -> None:
        """Note a value that is made from what could not be read."""
        self.unread = self.unread.and_also([pointer])


def _compute_field(work: _Work, step: Step) -> None:
    path, value = step.path, None
    if work.unread.pointers and work.unread.holds_any(step.needs):
        work.pass_over(f"/{path}")
    else:
        work.env.look_in(work.lookup, work.known)
        found = step.compute(work.env)
        if isinstance(found, ErrorValue):
            work.errors[f"/{path}"] = found
        else:
            value = found
    work.result[path] = value
    if type(value) in AS_IT_IS and path not in work.context.given:
        work.known[path] = value
    else:
        work.known.pop(path, None)


def _compute_column(work: _Work, step: Step) -> None:
    subform = step.subform or ""
    rows = work.result.get(subform)
    if not isinstance(rows, tuple):
        return
    columns = frozenset(getattr(work.compiled.entity.by_key[subform], "columns", {}))
    place = _InRow(work.context, work.lookup, subform, columns)
    made: list[Row] = []
    for position, row in enumerate(rows):
        if isinstance(row, Row):
            value = _computed_cell(work, step, place, row=row, position=position)
            made.append(Row(row.id, {**row.values, step.field.key: value}))  # type: ignore[dict-item]  # never rows
    work.result[subform] = tuple(made)


def _computed_cell(work: _Work, step: Step, place: _InRow, *, row: Row, position: int) -> Value:
    """The value of a computed column in one row; nothing if it ends in an error or cannot be told."""
    subform, columns = place.subform, place.columns
    if work.unread.pointers:
        pointer = f"/{subform}/{position}"
        if work.unread.holds_for_row(pointer, step.formula.references, columns=columns):
            work.pass_over(f"{pointer}/{step.field.key}")
            return None
    place.row = row.values
    is_plain = subform in work.compiled.plain_subforms and row.values.keys() <= columns
    work.env.look_in(place.find, row.values if is_plain else NOTHING)
    value = step.compute(work.env)
    if isinstance(value, ErrorValue):
        work.errors[f"/{subform}/{position}/{step.field.key}"] = value
        return None
    return value


def default_values(compiled: CompiledEntity, context: Context) -> dict[str, Value]:
    """Values of a new record before anybody typed: the defaults of its fields, in authored order."""
    values: dict[str, Value] = {}
    for item in compiled.entity.fields:
        formula = compiled.defaults.get(item.key)
        if formula is not None:
            env = environment(lookup_in(values, context), context)
            found = fitted(fitting(item, is_cut=True), formula.evaluate(env), context.zone)
            values[item.key] = None if isinstance(found, ErrorValue) else found
    return values


def visible_fields(form: CompiledForm, values: Values, context: Context) -> frozenset[str]:
    """Fields of the layout whose conditions all hold; a condition that ends in an error does not hold."""
    env = environment(lookup_in(values, context), context)
    return frozenset(
        placed.field
        for placed in form.placed
        if all(condition.evaluate(env) is True for condition in placed.conditions)
    )


def record_title(compiled: CompiledEntity, values: Values, show: Callable[[str, Value], str]) -> str:
    """The record's name by the entity's template; without one, its first filled text-like field."""
    template = compiled.entity.record_title
    if template is None:
        for item in compiled.entity.fields:
            if item.type in {"serial", "text"} and values.get(item.key):
                return show(item.key, values.get(item.key))
        return ""
    for key in compiled.entity.title_fields:
        template = template.replace(f"{{{key}}}", show(key, values.get(key)))
    return " ".join(template.split())
