"""Compiling an entity: its formulas checked, in the order in which they must be computed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from engine.errors import Problem, Problems, Rejection
from engine.formula.check import Compiled, Scope, compile_formula
from engine.formula.fields import field_kind
from engine.formula.values import BOOLEAN, FormulaRejected, Kind
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


@dataclass(frozen=True)
class Step:
    """One computed field or column. `subform` is set for a column, whose formula runs once a row."""

    path: str
    field: EntityField | ColumnField
    formula: Compiled
    subform: str | None
    needs: frozenset[str]


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
    def inputs(self) -> Mapping[str, frozenset[str]]:
        """Every path with the paths its value is computed from; those come first that others are computed from."""
        paths = [field.key for field in self.entity.fields]
        for field in self.entity.fields:
            if isinstance(field, SubformField):
                paths += [f"{field.key}.{column}" for column in field.columns]
        entered: dict[str, frozenset[str]] = {path: frozenset() for path in paths if path not in self.computed}
        return entered | {step.path: step.needs for step in self.steps}

    @cached_property
    def unique_fields(self) -> tuple[str, ...]:
        """Keys of fields whose values may not repeat."""
        return tuple(field.key for field in self.entity.fields if field.unique)

    @cached_property
    def input_fields(self) -> Mapping[str, EntityField]:
        """Fields that somebody fills in: neither computed nor serial."""
        return {field.key: field for field in self.entity.fields if field.computed is None and field.type != "serial"}


def entity_scope(entity: Entity) -> dict[str, Kind]:
    """Every path a formula of the entity may name: fields, subform columns as lists, system fields."""
    scope = {key: field_kind(field) for key, field in SYSTEM_FIELD_TYPES.items()}
    for field in entity.fields:
        scope[field.key] = field_kind(field)
        if isinstance(field, SubformField):
            for column in field.fields:
                scope[f"{field.key}.{column.key}"] = Kind(field_kind(column).name, is_list=True)
    return scope


def row_scope(entity: Entity, subform: SubformField) -> Scope:
    """What a row formula may name: its own columns, then everything of the record."""
    return {**entity_scope(entity), **{column.key: field_kind(column) for column in subform.fields}}


def compile_entity(entity: Entity) -> CompiledEntity:
    """Check and order all formulas; raises `Problems` with every fault at its JSON pointer."""
    problems: list[Problem] = []
    scope = entity_scope(entity)
    steps: list[Step] = []
    defaults: dict[str, Compiled] = {}
    for index, field in enumerate(entity.fields):
        pointer = f"/fields/{index}"
        _compile_field(field, scope, pointer=pointer, subform=None, into=(steps, defaults, problems))
        if isinstance(field, SubformField):
            inner = row_scope(entity, field)
            for number, column in enumerate(field.fields):
                _compile_field(
                    column,
                    inner,
                    pointer=f"{pointer}/fields/{number}",
                    subform=field,
                    into=(steps, defaults, problems),
                )
    rules = _compile_rules(entity, scope, problems)
    ordered = _in_order(entity, steps, problems)
    if problems:
        raise Problems(problems)
    return CompiledEntity(entity, scope, ordered, defaults, rules)


def compile_at(
    source: str, scope: Scope, *, pointer: str, expect: Kind | None, problems: list[Problem]
) -> Compiled | None:
    """The compiled formula, or None with the problem added at its pointer."""
    try:
        compiled = compile_formula(source, scope)
        return compiled if expect is None else compiled.expect(expect)
    except FormulaRejected as rejection:
        problems.append(Problem.of(rejection, path=pointer))
        return None


_Into = tuple[list[Step], dict[str, Compiled], list[Problem]]


def _compile_field(
    field: EntityField | ColumnField, scope: Scope, *, pointer: str, subform: SubformField | None, into: _Into
) -> None:
    steps, defaults, problems = into
    path = field.key if subform is None else f"{subform.key}.{field.key}"
    if field.default is not None:
        compiled = compile_at(field.default, scope, pointer=f"{pointer}/default", expect=None, problems=problems)
        if compiled is not None:
            defaults[path] = compiled
    if field.computed is None:
        return
    compiled = compile_at(field.computed, scope, pointer=f"{pointer}/computed", expect=None, problems=problems)
    if compiled is None:
        return
    if compiled.uses_clock:
        problems.append(Problem.of(ClockInComputed(), path=f"{pointer}/computed"))
    steps.append(
        Step(
            path=path,
            field=field,
            formula=compiled,
            subform=None if subform is None else subform.key,
            needs=frozenset(_needed(compiled, subform)),
        )
    )


def _needed(compiled: Compiled, subform: SubformField | None) -> set[str]:
    columns = {} if subform is None else subform.columns
    return {
        f"{subform.key}.{path}" if subform is not None and path in columns else path for path in compiled.references
    }


def _compile_rules(entity: Entity, scope: Scope, problems: list[Problem]) -> tuple[CompiledRule, ...]:
    found = []
    for index, rule in enumerate(entity.rules):
        pointer = f"/rules/{index}/check"
        compiled = compile_at(rule.check, scope, pointer=pointer, expect=BOOLEAN, problems=problems)
        if compiled is not None:
            found.append(CompiledRule(rule, compiled))
    return tuple(found)


def _in_order(entity: Entity, steps: list[Step], problems: list[Problem]) -> tuple[Step, ...]:
    """Depth-first order; a cycle is reported once with its path."""
    by_path = {step.path: step for step in steps}
    done: dict[str, Step] = {}
    trail: list[str] = []

    def visit(step: Step) -> None:
        if step.path in done:
            return
        if step.path in trail:
            cycle = [*trail[trail.index(step.path) :], step.path]
            problems.append(Problem.of(ComputedCycle(cycle=" → ".join(cycle)), path=_pointer(entity, step.path)))
            done[step.path] = step
            return
        trail.append(step.path)
        for needed in sorted(step.needs):
            if needed in by_path:
                visit(by_path[needed])
        trail.pop()
        done.setdefault(step.path, step)

    for step in steps:
        visit(step)
    return tuple(done.values())


def _pointer(entity: Entity, path: str) -> str:
    key, _, column = path.partition(".")
    for index, field in enumerate(entity.fields):
        if field.key == key:
            if isinstance(field, SubformField) and column:
                number = next(number for number, item in enumerate(field.fields) if item.key == column)
                return f"/fields/{index}/fields/{number}/computed"
            return f"/fields/{index}/computed"
    return ""
