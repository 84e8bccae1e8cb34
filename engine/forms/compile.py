"""Compiling an entity: its formulas checked, in the order in which they must be computed."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from functools import cached_property

from engine.errors import Problem, Problems, Rejection
from engine.forms.context import CURRENT_SCOPE
from engine.forms.graph import Graph
from engine.formula.check import Compiled, Scope
from engine.formula.fields import Fit, field_kind, fitting
from engine.formula.results import CONDITION, FormulaReport, wanted_of
from engine.formula.values import Kind
from engine.formula.wire import WireFormula, wire_formula
from engine.model.entities import Entity, Rule
from engine.model.field_types.subform import SubformField
from engine.model.fields import ColumnField, EntityField
from engine.model.system_fields import SYSTEM_FIELD_TYPES


class ComputedCycle(Rejection):
    """Computed fields that need each other."""

    code = "computed_cycle"
    status = 422
    zh = "计算字段互相依赖: {cycle}"
    en = "Computed fields depend on each other: {cycle}"


class ClockInComputed(Rejection):
    """A stored value would be wrong tomorrow."""

    code = "clock_in_computed"
    status = 422
    zh = "保存的计算字段不能使用 TODAY 或 NOW; 可用于默认值、显示条件和校验"
    en = "A stored computed field cannot use TODAY or NOW; defaults, visibility and rules can"


class PersonInComputed(Rejection):
    """A stored value is the same for everyone."""

    code = "person_in_computed"
    status = 422
    zh = "保存的计算字段不能使用当前用户或当前部门; 可用于默认值、显示条件和校验"
    en = "A stored computed field cannot use the current user or department; defaults, visibility and rules can"


class SavingInComputed(Rejection):
    """A value that comes or changes with every save is not known while it is computed."""

    code = "saving_in_computed"
    status = 422
    zh = "保存的计算字段不能使用 “{field}”: 它随每次保存而定"
    en = "A stored computed field cannot use “{field}”, which every save settles anew"


# what is not known before the record is saved
OF_SAVING = frozenset({"id", "version", "updated_at", "updated_by"})


@dataclass(frozen=True)
class Step:
    """One computed field or column. `subform` is set for a column, whose formula runs once a row."""

    path: str
    field: EntityField | ColumnField
    formula: Compiled
    subform: str | None
    needs: frozenset[str]

    @cached_property
    def fit(self) -> Fit:
        """How the formula's result becomes the field's value; a long text is cut, as nobody typed it who could."""
        return fitting(self.field, is_cut=True)

    @cached_property
    def wire(self) -> WireFormula:
        """The formula for the browser."""
        return wire_formula(self.formula)


@dataclass(frozen=True)
class RowDefault:
    """What a column of a new row holds before anybody typed; the formula sees the row and the record."""

    path: str
    subform: str
    formula: Compiled
    needs: frozenset[str]

    @cached_property
    def wire(self) -> WireFormula:
        """The formula for the browser."""
        return wire_formula(self.formula)


@dataclass(frozen=True)
class CompiledRule:
    """A rule with its condition."""

    rule: Rule
    formula: Compiled


@dataclass(frozen=True)
class CompiledEntity:
    """An entity ready to be interpreted. `steps` are in dependency order; `defaults` by path."""

    entity: Entity
    scope: Scope
    steps: tuple[Step, ...]
    defaults: Mapping[str, Compiled]
    rules: tuple[CompiledRule, ...]

    @cached_property
    def computed(self) -> frozenset[str]:
        """Paths of computed fields and columns."""
        return frozenset(step.path for step in self.steps)

    @cached_property
    def plain_subforms(self) -> frozenset[str]:
        """Subforms whose cells formulas see as they are in a record."""
        converted = {"datetime", "files"}
        return frozenset(
            field.key
            for field in self.entity.fields
            if isinstance(field, SubformField)
            and not any(kind.is_list or kind.name in converted for kind in map(field_kind, field.fields))
        )

    @cached_property
    def inputs(self) -> Mapping[str, frozenset[str]]:
        """Every path with the paths its value is computed from; those come first that others are computed from."""
        paths = [field.key for field in self.entity.fields]
        for field in self.entity.fields:
            if isinstance(field, SubformField):
                paths += [f"{field.key}.{column}" for column in field.columns]
        entered: dict[str, frozenset[str]] = {path: frozenset() for path in paths if path not in self.computed}
        return entered | {step.path: step.needs for step in self.steps}

    @cached_property
    def row_defaults(self) -> tuple[RowDefault, ...]:
        """The defaults of columns, in authored order."""
        return tuple(
            RowDefault(path, field.key, self.defaults[path], frozenset(_needed(self.defaults[path], field)))
            for field in self.entity.fields
            if isinstance(field, SubformField)
            for path in (f"{field.key}.{column}" for column in field.columns)
            if path in self.defaults
        )


def entity_scope(entity: Entity) -> dict[str, Kind]:
    """Every path a formula of the entity may name: fields, subform columns as lists, system fields, the person."""
    scope = {**CURRENT_SCOPE, **{key: field_kind(field) for key, field in SYSTEM_FIELD_TYPES.items()}}
    for field in entity.fields:
        scope[field.key] = field_kind(field)
        if isinstance(field, SubformField):
            for column in field.fields:
                scope[f"{field.key}.{column.key}"] = Kind(field_kind(column).name, is_list=True)
    return scope


def row_scope(entity: Entity, subform: SubformField) -> Scope:
    """What a row formula may name: its own columns, then everything of the record."""
    return {**entity_scope(entity), **{column.key: field_kind(column) for column in subform.fields}}


@dataclass(frozen=True)
class CheckedEntity:
    """An entity with what is wrong and doubtful about its formulas; `is_broken`: some of them have no meaning."""

    compiled: CompiledEntity
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    is_broken: bool


def check_entity(entity: Entity) -> CheckedEntity:
    """Check and order all formulas; every fault at its JSON pointer."""
    work = _Work(FormulaReport())
    scope = entity_scope(entity)
    for index, field in enumerate(entity.fields):
        pointer = f"/fields/{index}"
        _compile_field(work, field, scope, pointer=pointer, subform=None)
        if isinstance(field, SubformField):
            inner = row_scope(entity, field)
            for number, column in enumerate(field.fields):
                _compile_field(work, column, inner, pointer=f"{pointer}/fields/{number}", subform=field)
    rules = _compile_rules(entity, scope, work.report)
    ordered = _in_order(entity, work.steps, work.report)
    return CheckedEntity(
        CompiledEntity(entity, scope, ordered, work.defaults, rules),
        tuple(work.report.problems),
        tuple(work.report.warnings),
        work.report.is_broken,
    )


def compile_entity(entity: Entity) -> CompiledEntity:
    """The compiled entity. Raises `Problems` when a formula has no meaning.

    A result of the wrong kind is found at publish; a version that was published before that was looked at stays usable.
    """
    checked = check_entity(entity)
    if checked.is_broken:
        raise Problems(checked.problems)
    return checked.compiled


@dataclass
class _Work:
    report: FormulaReport
    steps: list[Step] = dataclass_field(default_factory=list)
    defaults: dict[str, Compiled] = dataclass_field(default_factory=dict)


def _compile_field(
    work: _Work, field: EntityField | ColumnField, scope: Scope, *, pointer: str, subform: SubformField | None
) -> None:
    path = field.key if subform is None else f"{subform.key}.{field.key}"
    wanted = wanted_of(field)
    if field.default is not None:
        compiled = work.report.read(
            field.default, scope, pointer=f"{pointer}/default", wanted=wanted, literals_of=field
        )
        if compiled is not None:
            work.defaults[path] = compiled
    if field.computed is None:
        return
    compiled = work.report.read(field.computed, scope, pointer=f"{pointer}/computed", wanted=wanted)
    if compiled is None:
        return
    columns = frozenset[str]() if subform is None else subform.columns.keys()
    _refuse_unstorable(work.report, compiled.references - columns, pointer=f"{pointer}/computed")
    if compiled.uses_clock:
        work.report.note_broken(Problem.of(ClockInComputed(), path=f"{pointer}/computed"))
    work.steps.append(
        Step(
            path=path,
            field=field,
            formula=compiled,
            subform=None if subform is None else subform.key,
            needs=frozenset(_needed(compiled, subform)),
        )
    )


def _refuse_unstorable(report: FormulaReport, references: AbstractSet[str], *, pointer: str) -> None:
    """Note what would be another value for somebody else, or is not known before the record is saved."""
    if not references.isdisjoint(CURRENT_SCOPE):
        report.note_broken(Problem.of(PersonInComputed(), path=pointer))
    # versions that were published before this was looked at stay usable
    report.problems += [
        Problem.of(SavingInComputed(field=name), path=pointer) for name in sorted(references & OF_SAVING)
    ]


def _needed(compiled: Compiled, subform: SubformField | None) -> set[str]:
    columns = {} if subform is None else subform.columns
    return {
        f"{subform.key}.{path}" if subform is not None and path in columns else path for path in compiled.references
    }


def _compile_rules(entity: Entity, scope: Scope, report: FormulaReport) -> tuple[CompiledRule, ...]:
    found = []
    for index, rule in enumerate(entity.rules):
        pointer = f"/rules/{index}/check"
        compiled = report.read(rule.check, scope, pointer=pointer, wanted=CONDITION)
        if compiled is not None:
            found.append(CompiledRule(rule, compiled))
    return tuple(found)


def _in_order(entity: Entity, steps: list[Step], report: FormulaReport) -> tuple[Step, ...]:
    """Rows, then their sums, then what is made of these; a cycle is reported with its path."""
    by_path = {step.path: step for step in steps}
    graph = Graph({step.path: step.needs for step in steps})
    for cycle in graph.cycles:
        fault = ComputedCycle(cycle=" → ".join(cycle))
        report.note_broken(Problem.of(fault, path=_pointer(entity, cycle[0])))
    return tuple(by_path[path] for path in graph.order)


def _pointer(entity: Entity, path: str) -> str:
    key, _, column = path.partition(".")
    for index, field in enumerate(entity.fields):
        if field.key == key:
            if isinstance(field, SubformField) and column:
                number = next(number for number, item in enumerate(field.fields) if item.key == column)
                return f"/fields/{index}/fields/{number}/computed"
            return f"/fields/{index}/computed"
    return ""
