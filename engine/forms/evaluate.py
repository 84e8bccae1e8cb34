"""Evaluating an entity's formulas over one record: computed values, defaults, visibility."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from engine.forms.compile import CompiledEntity, Step
from engine.forms.context import Context
from engine.forms.layout import CompiledForm
from engine.forms.links import Way
from engine.forms.unread import ALL_READ, Unread
from engine.formula.closures import exactly
from engine.formula.environment import NOTHING, RECORD_STEPS, STEPS, Environment
from engine.formula.fields import AS_IT_IS, fitted, fitting, to_formula, value_at
from engine.formula.values import ErrorValue, FormulaBudgetExceeded, FormulaValue
from engine.model.fields import EntityField
from engine.model.paths import CURRENT_PATHS, above, head_of, last_of
from engine.model.rows import cells_at, rows_of
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


def environment(lookup: Callable[[str], FormulaValue], context: Context, *, in_all: int = STEPS) -> Environment:
    """The environment of an evaluation at the context's time."""
    return Environment(lookup, now=context.now, zone=context.zone, calendars=context.calendars, in_all=in_all)


def evaluate(
    compiled: CompiledEntity,
    values: Values,
    context: Context,
    *,
    changed: frozenset[str] | None = None,
    unread: Unread = ALL_READ,
) -> Evaluated:
    """Compute all computed fields and columns, or only those that depend on the `changed` or the `unread` paths.

    Raises `FormulaBudgetExceeded`: one formula has a budget, and so have all of the record together.
    """
    initial = {item.key: item.initial for item in compiled.rollups if values.get(item.key) is None}
    work = _Work({**values, **initial} if initial else values, context, unread)
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
                _compute_column(work, step, compiled)
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
    return any(cell is None for cell in cells_at(values, step.path))


def _touches(step: Step, dirty: set[str]) -> bool:
    """A changed subform stands for all its columns; a changed column for its row formulas and aggregates."""
    if step.needs & dirty:
        return True
    if step.subform is not None and head_of(step.subform) in dirty:
        return True
    return any(head_of(path) in dirty for path in step.needs)


class _Work:
    """An evaluation under way. `known`: what formulas find as it is in `result`, with the columns computed by now."""

    __slots__ = ("context", "env", "errors", "given", "known", "lookup", "result", "unread")

    def __init__(self, values: Values, context: Context, unread: Unread) -> None:
        self.context, self.given, self.unread = context, context.given, unread
        self.result = dict(values)
        self.known: dict[str, object] = {
            path: value for path, value in values.items() if type(value) in AS_IT_IS and path not in self.given
        }
        self.lookup = lookup_in(self.result, context)
        self.env = environment(self.lookup, context, in_all=RECORD_STEPS)
        self.errors: dict[str, ErrorValue] = {}

    def pass_over(self, pointer: str) -> None:
        """Note a value that is made from what could not be read."""
        self.unread = self.unread.and_also([pointer])


def _compute_field(work: _Work, step: Step) -> None:
    path, value = step.path, None
    if work.unread.pointers and work.unread.holds_any(step.needs):
        work.pass_over(f"/{path}")
    else:
        if step.is_costly:
            work.env.spend_beside(step.formula.cost)
        work.env.look_in(work.lookup, work.known)
        found = copied(step.ways[0], work.result, work.context) if step.is_copy else step.compute(work.env)
        if type(found) is ErrorValue:
            work.errors[f"/{path}"] = found
        else:
            value = found
    work.result[path] = value  # type: ignore[assignment]  # no error value
    if type(value) in AS_IT_IS and path not in work.given:
        work.known[path] = value
    else:
        work.known.pop(path, None)


def copied(way: Way, values: Values, context: Context) -> Value:
    """What lies behind the link of a record, or of a row, as it is stored there."""
    link = values.get(way.hops[0].field.rpartition(".")[2])
    return context.linked.records.get(str(link), {}).get(way.rest)


@dataclass(slots=True)
class _InRow:
    """How formulas of a row find its columns and what is around it; `row` goes from row to row.

    `outer`: how what is around is found, first of the row that it is `within`. `pointer`: where the row is.
    """

    context: Context
    outer: Lookup
    subform: str
    columns: Container[str]
    within: _InRow | None = None
    row: Mapping[str, Value] = field(default_factory=dict)
    pointer: str = ""

    @property
    def list_pointer(self) -> str:
        """Where the rows are among which the row is."""
        return f"/{self.subform}" if self.within is None else f"{self.within.pointer}/{last_of(self.subform)}"

    def find(self, path: str) -> FormulaValue:
        if path in self.columns:
            return to_formula(self.row.get(path), self.context.zone)
        key, _, rest = path.partition(".")
        if rest and key in self.columns and path not in CURRENT_PATHS:
            linked, within = self.context.linked, f"{self.subform}."
            return value_at(self.row, path, self.context.zone, linked=linked, within=within)
        return self.outer(path)


def lookup_in_row(
    context: Context, outer: Lookup, subform: str, *, columns: Mapping[str, EntityField], row: Mapping[str, Value]
) -> Lookup:
    """How formulas of a row of the subform at a path find its columns, what lies behind its links, and what is around
    it.
    """
    return _InRow(context, outer, subform, columns, row=row).find


def _compute_column(work: _Work, step: Step, compiled: CompiledEntity) -> None:
    subform = step.subform or ""
    outer = next(above(subform), None)
    cells: list[Value] = []
    if outer is None:
        rows = work.result.get(subform)
        if not isinstance(rows, tuple):
            return
        place = _InRow(work.context, work.lookup, subform, step.columns)
        work.result[subform] = _with_cells(work, step, rows, place=place, cells=cells)
    else:
        around = _InRow(work.context, work.lookup, outer, compiled.entity.subforms[outer].columns)
        place = _InRow(work.context, around.find, subform, step.columns, within=around)
        key = last_of(subform)
        made: list[Row] = []
        for number, row in enumerate(rows_of(work.result.get(outer))):
            around.row, around.pointer = row.values, f"/{outer}/{number}"
            values = row.values
            inner = _with_cells(work, step, values.get(key), place=place, cells=cells)
            made.append(Row(row.id, {**values, key: inner}))
        work.result[outer] = tuple(made) or None
    if AS_IT_IS.issuperset(map(type, cells)) and step.path not in work.given:
        work.known[step.path] = tuple(cells)


def _with_cells(work: _Work, step: Step, rows: Value, *, place: _InRow, cells: list[Value]) -> tuple[Row, ...]:
    """The rows of one list with the column computed; its cells are added to the `cells`."""
    if not isinstance(rows, tuple):
        return ()
    work.env.spend_beside(step.formula.cost * len(rows))
    find, look_in, compute, around = place.find, work.env.look_in, step.compute, step.around
    made: list[Row] = []
    pointer = place.list_pointer
    for row in rows:
        if not isinstance(row, Row):
            continue
        place.row = values = row.values
        place.pointer = f"{pointer}/{len(made)}"
        cell = None
        if not (work.unread.pointers and _passes_over(work, step, place)):
            is_plain = step.reads_plain_cells and (not around or around.isdisjoint(values))
            look_in(find, values if is_plain else NOTHING)
            found = copied(step.ways[0], values, work.context) if step.is_copy else compute(work.env)
            if type(found) is ErrorValue:
                work.errors[f"{place.pointer}/{step.field.key}"] = found
            else:
                cell = found
        cells.append(cell)  # type: ignore[arg-type]  # no error value
        made.append(Row(row.id, {**values, step.field.key: cell}))  # type: ignore[dict-item]  # no error value
    return tuple(made)


def _passes_over(work: _Work, step: Step, place: _InRow) -> bool:
    """Whether the cell of the row cannot be told; that is noted."""
    around = [(place.pointer, place.columns)]
    if place.within is not None:
        around.append((place.within.pointer, place.within.columns))
    if not work.unread.holds_in_rows(step.formula.references, around=around):
        return False
    work.pass_over(f"{place.pointer}/{step.field.key}")
    return True


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
