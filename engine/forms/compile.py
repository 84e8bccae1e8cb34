"""Compiling an entity: its formulas checked, in the order in which they must be computed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from functools import cached_property

from engine.errors import Problem, Problems
from engine.forms.context import CURRENT_SCOPE
from engine.forms.graph import Graph
from engine.forms.links import LinkNeeds, Way, needs_of, way_of
from engine.forms.rollups import Rollup, rollups_of
from engine.forms.scopes import entity_scope, row_scope
from engine.forms.totals import CompiledTotal, compile_totals
from engine.forms.unstorable import ClockInComputed, ComputedCycle, PersonInComputed, SavingInComputed
from engine.formula.check import Compiled, Scope
from engine.formula.fields import Computing, computing, field_kind, fitting
from engine.formula.results import ANYTHING, CONDITION, FormulaReport, wanted_of
from engine.formula.wire import WireFormula, wire_formula
from engine.model.derived import derive_entity
from engine.model.entities import Entity, Rule
from engine.model.field_types.link import LinkField
from engine.model.field_types.subform import SubformField
from engine.model.fields import ColumnField, EntityField
from engine.model.links import Entities
from engine.model.paths import above

# what is not known before the record is saved
OF_SAVING = frozenset({"id", "version", "updated_at", "updated_by"})
# what would change whenever the record behind a link is computed anew, and might set that going again
_WITH_EVERY_SAVE = OF_SAVING - {"id"}
# kinds of values that formulas see otherwise than a record holds them
_CONVERTED = frozenset({"datetime", "files"})
# the member that says how the value is made
_MADE_BY = {"lookup": "field", "rollup": "entity", None: "computed"}
_CHEAP = 200  # steps of the budget


@dataclass(frozen=True)
class Step:
    """One computed field or column. `subform`: the path of that of a column, whose formula runs once a row.

    `needs`: the paths of the entity that it reads, those through links (`project`, `project.budget`) too. `ways`: the
    latter, step by step. `columns`: all of the subform.
    """

    path: str
    field: EntityField | ColumnField
    formula: Compiled
    subform: str | None
    needs: frozenset[str]
    ways: tuple[Way, ...] = ()
    columns: Mapping[str, ColumnField] = dataclass_field(default_factory=dict, repr=False, compare=False)

    @property
    def is_copy(self) -> bool:
        """Whether it takes over what lies behind a link as it is."""
        return self.field.derived == "lookup"

    @cached_property
    def compute(self) -> Computing:
        """The field's value from the formula; a text that is too long is cut, as nobody typed it who could."""
        return computing(self.formula, fitting(self.field, is_cut=True))

    @cached_property
    def reads_plain_cells(self) -> bool:
        """Whether formulas see the cells of the row that it reads as they are in a record."""
        kinds = [field_kind(column) for key, column in self.columns.items() if key in self.formula.references]
        return not any(kind.is_list or kind.name in _CONVERTED for kind in kinds)

    @cached_property
    def is_costly(self) -> bool:
        """Whether its steps are worth counting where it is evaluated once."""
        return self.formula.cost > _CHEAP

    @cached_property
    def around(self) -> frozenset[str]:
        """What it reads beside the row."""
        return self.formula.references - self.columns.keys()

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
    """An entity ready to be interpreted. `steps` are in dependency order; `defaults` and `required_when` by path.

    `authored`: as its file says it, before lookups became fields of the type they show. `entities`: those of the
    application, to which links lead. `linked`: what formulas about its records read through
    links, those of forms and flows too where these are known.
    """

    entity: Entity
    authored: Entity
    scope: Scope
    steps: tuple[Step, ...]
    defaults: Mapping[str, Compiled]
    rules: tuple[CompiledRule, ...]
    entities: Entities = dataclass_field(default_factory=dict, repr=False, compare=False)
    linked: LinkNeeds = dataclass_field(default_factory=dict)
    totals: tuple[CompiledTotal, ...] = ()
    rollups: tuple[Rollup, ...] = ()
    required_when: Mapping[str, Compiled] = dataclass_field(default_factory=dict)

    @cached_property
    def computed(self) -> frozenset[str]:
        """Paths of computed fields and columns."""
        return frozenset(step.path for step in self.steps)

    @cached_property
    def inputs(self) -> Mapping[str, frozenset[str]]:
        """Every path with the paths its value is computed from; those come first that others are computed from."""
        entered: dict[str, frozenset[str]] = {
            path: frozenset() for path in self.entity.paths if path not in self.computed
        }
        rolled_up = {rollup.key: rollup.needs for rollup in self.rollups}
        return entered | rolled_up | {step.path: step.needs for step in self.steps}

    @property
    def reads_others(self) -> bool:
        """Whether values are made of other records."""
        return bool(self.rollups) or any(step.ways for step in self.steps)

    @cached_property
    def rolled_rules(self) -> tuple[CompiledRule, ...]:
        """The rules that may cease to hold when a roll-up changes."""
        made = {rollup.key for rollup in self.rollups}
        for step in self.steps if made else ():
            if not step.needs.isdisjoint(made):
                made |= {step.path, *above(step.path)}
        return tuple(rule for rule in self.rules if not rule.formula.references.isdisjoint(made))

    @cached_property
    def row_defaults(self) -> tuple[RowDefault, ...]:
        """The defaults of columns, in authored order."""
        return tuple(
            RowDefault(f"{rows}.{key}", rows, formula, self.needed(formula, rows))
            for rows, subform in self.entity.subforms.items()
            for key in subform.columns
            if (formula := self.defaults.get(f"{rows}.{key}")) is not None
        )

    def row_scope(self, subform: str) -> Scope:
        """What a row formula of the subform at a path may name."""
        return row_scope(self.entity, subform, self.entities)

    def ways(self, references: Iterable[str], subform: str | None = None) -> tuple[Way, ...]:
        """Those of the references that lead through links."""
        return ways_in(self.entity, references, self.entities, subform=subform)

    def needed(self, formula: Compiled, subform: str | None = None) -> frozenset[str]:
        """The paths of the entity that a formula of the record or of a row reads."""
        return _needed(self.entity, formula, self.ways(formula.references, subform), subform=subform)

    @cached_property
    def link_defaults(self) -> frozenset[str]:
        """Paths of links that have a default."""
        return frozenset(self.links.keys() & self.defaults.keys())

    @cached_property
    def links(self) -> Mapping[str, LinkField]:
        """Fields and columns that are links, by path."""
        return {path: field for path, field in self.entity.paths.items() if isinstance(field, LinkField)}


def ways_in(
    entity: Entity, references: Iterable[str], entities: Entities, *, subform: str | None = None
) -> tuple[Way, ...]:
    """Those of the references that lead through links, in the order of their paths."""
    found = (way_of(entity, path, entities, subform=subform) for path in sorted(references) if "." in path)
    return tuple(way for way in found if way is not None)


@dataclass(frozen=True)
class CheckedEntity:
    """An entity with what is wrong and doubtful about its formulas; `is_broken`: some of them have no meaning."""

    compiled: CompiledEntity
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    is_broken: bool


def check_entity(authored: Entity, entities: Entities | None = None) -> CheckedEntity:
    """Check and order all formulas; every fault at its JSON pointer. `entities`: those that links may lead to."""
    known = {authored.key: authored} if entities is None else entities
    entity = derive_entity(authored, known)
    known = {**known, entity.key: entity}
    work = _Work(FormulaReport(), entity, known)
    scope = entity_scope(entity, known)
    _compile_fields(work, entity.fields, scope, pointer="/fields", subform=None)
    rules = _compile_rules(entity, scope, work.report)
    totals = compile_totals(entity, known, work.report)
    ordered = _in_order(entity, work.steps, work.report)
    of_rules = (way for rule in rules for way in ways_in(entity, rule.formula.references, known))
    linked = needs_of([*(way for step in ordered for way in step.ways), *work.default_ways, *of_rules])
    return CheckedEntity(
        CompiledEntity(
            entity,
            authored,
            scope,
            ordered,
            work.defaults,
            rules,
            known,
            linked,
            totals,
            tuple(rollups_of(authored, entity)),
            work.required,
        ),
        tuple(work.report.problems),
        tuple(work.report.warnings),
        work.report.is_broken,
    )


def compile_entity(entity: Entity, entities: Entities | None = None) -> CompiledEntity:
    """The compiled entity. Raises `Problems` when a formula has no meaning.

    A result of the wrong kind is found at publish; a version that was published before that was looked at stays usable.
    """
    checked = check_entity(entity, entities)
    if checked.is_broken:
        raise Problems(checked.problems)
    return checked.compiled


@dataclass
class _Work:
    report: FormulaReport
    entity: Entity
    entities: Entities
    steps: list[Step] = dataclass_field(default_factory=list)
    defaults: dict[str, Compiled] = dataclass_field(default_factory=dict)
    default_ways: list[Way] = dataclass_field(default_factory=list)
    required: dict[str, Compiled] = dataclass_field(default_factory=dict)


def _compile_fields(
    work: _Work, fields: Iterable[EntityField], scope: Scope, *, pointer: str, subform: str | None
) -> None:
    """The fields of the entity, or the columns of the subform at a path, with what is inside them."""
    for index, field in enumerate(fields):
        place = f"{pointer}/{index}"
        _compile_field(work, field, scope, pointer=place, subform=subform)
        if isinstance(field, SubformField):
            rows = field.key if subform is None else f"{subform}.{field.key}"
            inner = row_scope(work.entity, rows, work.entities)
            _compile_fields(work, field.fields, inner, pointer=f"{place}/fields", subform=rows)


def _compile_field(work: _Work, field: EntityField, scope: Scope, *, pointer: str, subform: str | None) -> None:
    path = field.key if subform is None else f"{subform}.{field.key}"
    wanted = wanted_of(field)
    if field.default is not None:
        compiled = work.report.read(
            field.default, scope, pointer=f"{pointer}/default", wanted=wanted, literals_of=field
        )
        if compiled is not None:
            work.defaults[path] = compiled
            work.default_ways += ways_in(work.entity, compiled.references, work.entities, subform=subform)
    if field.required_when is not None:
        compiled = work.report.read(field.required_when, scope, pointer=f"{pointer}/required_when", wanted=CONDITION)
        if compiled is not None:
            work.required[path] = compiled
            work.default_ways += ways_in(work.entity, compiled.references, work.entities, subform=subform)
    if field.computed is None:
        # entered, or rolled up by the runtime
        return
    is_copy = field.derived is not None
    place = f"{pointer}/field" if is_copy else f"{pointer}/computed"
    compiled = work.report.read(field.computed, scope, pointer=place, wanted=ANYTHING if is_copy else wanted)
    if compiled is None:
        return
    columns = {} if subform is None else work.entity.subforms[subform].columns
    ways = ways_in(work.entity, compiled.references, work.entities, subform=subform)
    of_record = {name for name in compiled.references if work.entity.path_from(subform, name) == name}
    _refuse_unstorable(work.report, of_record, ways, pointer=place)
    if compiled.uses_clock:
        work.report.note_broken(Problem.of(ClockInComputed(), path=place))
    work.steps.append(
        Step(
            path=path,
            field=field,
            formula=compiled,
            subform=subform,
            needs=_needed(work.entity, compiled, ways, subform=subform),
            ways=ways,
            columns=columns,
        )
    )


def _refuse_unstorable(
    report: FormulaReport, references: AbstractSet[str], ways: Iterable[Way], *, pointer: str
) -> None:
    """Note what would be another value for somebody else, or is not known before the record is saved."""
    if not references.isdisjoint(CURRENT_SCOPE):
        report.note_broken(Problem.of(PersonInComputed(), path=pointer))
    # versions that were published before this was looked at stay usable
    behind = [way.path for way in ways if way.rest in _WITH_EVERY_SAVE]
    report.problems += [
        Problem.of(SavingInComputed(field=name), path=pointer) for name in (*sorted(references & OF_SAVING), *behind)
    ]


def _needed(entity: Entity, compiled: Compiled, ways: Iterable[Way], *, subform: str | None) -> frozenset[str]:
    links = frozenset(hop.path for way in ways for hop in way.hops)
    return links | frozenset(entity.whole_of(entity.path_from(subform, name)) for name in compiled.references)


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
        report.note_broken(Problem.of(fault, path=computed_pointer(entity, cycle[0])))
    return tuple(by_path[path] for path in graph.order)


def computed_pointer(entity: Entity, path: str) -> str:
    """Where the formula of a computed field or column stands in its file."""
    pointer, made_by = "", "computed"
    fields: tuple[EntityField, ...] = entity.fields
    for step in path.split("."):
        index = next((number for number, item in enumerate(fields) if item.key == step), None)
        if index is None:
            return ""
        pointer += f"/fields/{index}"
        field = fields[index]
        made_by = _MADE_BY[field.derived]
        fields = field.fields if isinstance(field, SubformField) else ()
    return f"{pointer}/{made_by}"
