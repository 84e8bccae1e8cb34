"""From an authored application to a compiled one, with every problem of every file at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from engine.errors import Problem, Problems
from engine.flow.compile import check_flow
from engine.flow.compiled import CompiledFlow
from engine.forms.compile import CompiledEntity, check_entity, computed_pointer
from engine.forms.context import CURRENT_SCOPE
from engine.forms.dependencies import Back, RolledInto, dependency_graph, link_reads, rollup_reads
from engine.forms.graph import Graph, Place
from engine.forms.layout import CompiledForm, check_form
from engine.forms.links import merged, needs_of
from engine.forms.totals import CompiledTotal, Source
from engine.forms.unstorable import ComputedCycle
from engine.formula.values import CalendarNotListed
from engine.model.application import Application
from engine.model.calendars import STATUTORY
from engine.query.publishing import ListFormulas


@dataclass(frozen=True)
class CompiledApplication:
    """An application ready to be interpreted."""

    application: Application
    entities: Mapping[str, CompiledEntity]
    forms: Mapping[str, CompiledForm]
    flows: Mapping[str, CompiledFlow]
    graph: Graph[Place]
    link_reads: Mapping[tuple[str, str], tuple[Back, ...]]
    rollup_reads: Mapping[tuple[str, str], tuple[RolledInto, ...]]

    @cached_property
    def counted(self) -> Mapping[str, tuple[tuple[CompiledTotal, Source], ...]]:
        """The totals to which records of an entity add, and how; by the entity."""
        found: dict[str, list[tuple[CompiledTotal, Source]]] = {}
        for total in self.totals:
            for source in total.sources:
                found.setdefault(source.entity, []).append((total, source))
        return {key: tuple(items) for key, items in found.items()}

    @cached_property
    def totals(self) -> tuple[CompiledTotal, ...]:
        """The totals of all entities."""
        return tuple(total for entity in self.entities.values() for total in entity.totals)

    @cached_property
    def bounding(self) -> Mapping[str, tuple[CompiledTotal, ...]]:
        """The totals whose bounds read records of an entity; by the entity."""
        targets = {total.target for total in self.totals if total.link is not None}
        return {key: tuple(item for item in self.totals if item.target == key) for key in targets}

    def rolled_into(self, entity_key: str) -> frozenset[RolledInto]:
        """The roll-ups that are made of records of the entity."""
        return self._rolled_into.get(entity_key, frozenset())

    @cached_property
    def _rolled_into(self) -> Mapping[str, frozenset[RolledInto]]:
        found: dict[str, set[RolledInto]] = {}
        for (key, _), into in self.rollup_reads.items():
            found.setdefault(key, set()).update(into)
        return {key: frozenset(into) for key, into in found.items()}

    def default_form(self, entity_key: str) -> CompiledForm | None:
        """The form that says what is visible outside of forms: that of the entity's name, else the first by key."""
        keys = sorted(key for key, form in self.forms.items() if form.form.entity == entity_key)
        if not keys:
            return None
        return self.forms[entity_key if entity_key in keys else keys[0]]


@dataclass(frozen=True)
class Checked:
    """The result of compiling; `compiled` is None when `problems` leave a part of the application without meaning."""

    compiled: CompiledApplication | None
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]


@dataclass
class _Work:
    calendars: frozenset[str]
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    entities: dict[str, CompiledEntity] = field(default_factory=dict)
    forms: dict[str, CompiledForm] = field(default_factory=dict)
    flows: dict[str, CompiledFlow] = field(default_factory=dict)
    is_broken: bool = False

    def note(self, file: str, *, problems: Iterable[Problem], warnings: Iterable[Problem]) -> None:
        self.problems += [replace(problem, file=file) for problem in problems]
        self.warnings += [replace(problem, file=file) for problem in warnings if not self._is_listed(problem)]

    def _is_listed(self, warning: Problem) -> bool:
        """Whether it is about a working calendar that the application needs, or that is built in."""
        return warning.code == CalendarNotListed.code and warning.params["name"] in self.calendars


def check_application(application: Application) -> Checked:
    """Compile everything; every document is looked at as far as what it refers to is there."""
    work = _Work(frozenset({STATUTORY, *application.app.needs.calendars}))
    _entities(application, work)
    _forms(application, work)
    _flows(application, work)
    _lists(application, work)
    _links(work)
    graph = _graph(work)
    compiled = CompiledApplication(
        application,
        work.entities,
        work.forms,
        work.flows,
        graph,
        link_reads(work.entities),
        rollup_reads(work.entities),
    )
    return Checked(None if work.is_broken else compiled, tuple(work.problems), tuple(work.warnings))


def compile_application(application: Application) -> CompiledApplication:
    """The compiled application. Raises `Problems` when a part of it has no meaning."""
    checked = check_application(application)
    if checked.compiled is None:
        raise Problems(checked.problems)
    return checked.compiled


def _entities(application: Application, work: _Work) -> None:
    for key, entity in application.entities.items():
        checked = check_entity(entity, application.derived)
        work.note(f"entities/{key}.json", problems=checked.problems, warnings=checked.warnings)
        work.is_broken = work.is_broken or checked.is_broken
        work.entities[key] = checked.compiled


def _links(work: _Work) -> None:
    """Let every entity know what forms and flows read through its links."""
    for key, entity in work.entities.items():
        of_forms = (form.references for form in work.forms.values() if form.form.entity == key)
        of_flows = (flow.references for flow in work.flows.values() if flow.entity == key)
        references = frozenset[str]().union(*of_forms, *of_flows)
        needs = merged([entity.linked, needs_of(entity.ways(references))])
        work.entities[key] = replace(entity, linked=needs)


def _graph(work: _Work) -> Graph[Place]:
    """What is computed from what; a cycle that leads through links is found here only."""
    graph = dependency_graph(work.entities)
    if any(problem.code == ComputedCycle.code for problem in work.problems):
        return graph
    for cycle in graph.cycles:
        first = cycle[0]
        pointer = computed_pointer(work.entities[first.entity].entity, first.path)
        fault = ComputedCycle(cycle=" → ".join(map(str, cycle)))
        work.note(f"entities/{first.entity}.json", problems=[Problem.of(fault, path=pointer)], warnings=())
        work.is_broken = True
    return graph


def _forms(application: Application, work: _Work) -> None:
    for key, form in application.forms.items():
        entity = work.entities.get(form.entity)
        if entity is None:
            continue
        checked = check_form(form, entity.scope)
        work.note(f"forms/{key}.json", problems=checked.problems, warnings=checked.warnings)
        work.is_broken = work.is_broken or checked.is_broken
        work.forms[key] = checked.compiled


def _flows(application: Application, work: _Work) -> None:
    for key, flow in application.flows.items():
        entity = work.entities.get(flow.entity)
        if entity is None:
            continue
        checked = check_flow(flow, entity=entity.entity, entities=application.derived, scope=entity.scope)
        work.note(f"flows/{key}.json", problems=checked.problems, warnings=checked.warnings)
        if checked.flow is None:
            work.is_broken = True
        else:
            work.flows[key] = checked.flow


def _lists(application: Application, work: _Work) -> None:
    """Formulas of views and permission sets: a list whose formula has no meaning is refused when it is asked for."""

    def formulas_of(entity: CompiledEntity) -> ListFormulas:
        return ListFormulas(entity.entity, entity.scope, application.derived, current=CURRENT_SCOPE)

    for key, view in application.views.items():
        entity = work.entities.get(view.entity)
        if entity is not None:
            report = formulas_of(entity).check_view(view)
            work.note(f"views/{key}.json", problems=report.problems, warnings=report.warnings)
    for key, given in application.permission_sets.items():
        entity = work.entities.get(given.entity)
        if entity is not None:
            report = formulas_of(entity).check_permission_set(given)
            work.note(f"permission_sets/{key}.json", problems=report.problems, warnings=report.warnings)
