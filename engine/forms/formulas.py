"""The formulas of an entity and of its forms by their places: finding, checking as a draft, and changing one."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, TypeAlias

from pydantic import ValidationError

from engine.errors import Problem
from engine.forms.compile import CompiledEntity, check_entity
from engine.forms.context import CURRENT_SCOPE
from engine.forms.dependencies import dependency_graph
from engine.forms.unstorable import ClockInComputed, ComputedCycle, PersonInComputed
from engine.formula.check import Compiled, Scope, check_formula
from engine.formula.functions import FUNCTIONS
from engine.formula.notes import Note, note_of
from engine.formula.results import ANYTHING, CONDITION, Wanted, bad_literals, conversions, misfits, wanted_of
from engine.formula.syntax import Call, Node, Reference, parts
from engine.model.base import Label
from engine.model.canonical import canonical_json, read_document
from engine.model.entities import Entity
from engine.model.field_types.subform import SubformField
from engine.model.fields import EntityField
from engine.model.forms import Form
from engine.model.json_text import JsonTree
from engine.model.shape_problems import shape_problems

PlaceKind = Literal["computed", "default", "rule", "visibility"]
# member by member from the top of a document to a place in it
Steps: TypeAlias = tuple[str | int, ...]


@dataclass(frozen=True)
class Place:
    """Where a formula stands.

    `field`: path of the field or column whose value it computes, or that it shows; without it a visibility is that of
    the whole section. `rule`: its key. `form` and `section` (counted from 0): of a visibility.
    """

    kind: PlaceKind
    field: str | None = None
    rule: str | None = None
    form: str | None = None
    section: int | None = None


@dataclass(frozen=True)
class Slot:
    """A place where a formula stands or could stand. `file` and `steps` lead to it; `source` is None where none does.

    `titles`: what people call the place, from the outside in. `target`: the field whose value is computed. `subform`:
    path of the one in whose rows it is.
    """

    place: Place
    file: str
    steps: Steps
    source: str | None
    titles: tuple[Label, ...]
    target: EntityField | None = None
    subform: str | None = None

    @property
    def wanted(self) -> Wanted:
        """What the formula has to come to."""
        return CONDITION if self.target is None else wanted_of(self.target)

    def scope(self, compiled: CompiledEntity) -> Scope:
        """What the formula may name."""
        return compiled.scope if self.subform is None else compiled.row_scope(self.subform)

    @property
    def pointer(self) -> str:
        """The place inside its file."""
        return "".join(f"/{step}" for step in self.steps)


@dataclass(frozen=True)
class CheckedDraft:
    """A draft of a formula as far as it could be understood; None: it cannot be evaluated."""

    compiled: Compiled | None
    problems: tuple[Note, ...]
    warnings: tuple[Note, ...]


def slots(entity: Entity, forms: Iterable[Form]) -> Iterator[Slot]:
    """Every place of the entity and of its forms, in authored order."""
    file = f"entities/{entity.key}.json"
    yield from _fields_slots(entity.fields, file, (), titles=(), subform=None)
    for index, rule in enumerate(entity.rules):
        yield Slot(Place("rule", rule=rule.key), file, ("rules", index, "check"), rule.check, (rule.message,))
    for form in forms:
        if form.entity == entity.key:
            yield from _form_slots(entity, form)


def _fields_slots(
    items: Iterable[EntityField], file: str, steps: Steps, *, titles: tuple[Label, ...], subform: str | None
) -> Iterator[Slot]:
    """Those of fields, or of the columns of the subform at a path, whose `titles` these are."""
    for index, item in enumerate(items):
        path = item.key if subform is None else f"{subform}.{item.key}"
        here, named = (*steps, "fields", index), (*titles, item.title)
        for kind, source in (("computed", item.computed), ("default", item.default)):
            if kind not in item.refused_members and item.derived is None:
                place = Place("computed" if kind == "computed" else "default", field=path)
                yield Slot(place, file, (*here, kind), source, named, target=item, subform=subform)
        if isinstance(item, SubformField):
            yield from _fields_slots(item.fields, file, here, titles=named, subform=path)


def _form_slots(entity: Entity, form: Form) -> Iterator[Slot]:
    file = f"forms/{form.key}.json"
    for number, section in enumerate(form.layout):
        place = Place("visibility", form=form.key, section=number)
        titles = (form.title, section.section)
        yield Slot(place, file, ("layout", number, "visible_when"), section.visible_when, titles)
        for index, item in enumerate(section.layout_items):
            shown = entity.field_at(item.field)
            steps = ("layout", number, "items", index, "visible_when")
            name = item.field if shown is None else shown.title
            yield Slot(replace(place, field=item.field), file, steps, item.visible_when, (*titles, name))


def check_draft(
    compiled: CompiledEntity, slot: Slot | None, source: str, *, entities: Mapping[str, CompiledEntity]
) -> CheckedDraft:
    """Everything wrong or doubtful about a formula where it is to stand; without a slot, of the entity at large.

    `entities`: all of the application.
    """
    scope = compiled.scope if slot is None else slot.scope(compiled)
    wanted = ANYTHING if slot is None else slot.wanted
    checked = check_formula(source, scope)
    work = _Draft(source)
    for fault in checked.faults:
        work.note(Problem.of(fault))
    if checked.compiled is None:
        return CheckedDraft(None, tuple(work.problems), ())
    for misfit in misfits(checked.compiled, wanted):
        work.note(Problem.of(misfit))
    if slot is not None and slot.place.kind == "default" and slot.target is not None:
        for problem in bad_literals(checked.compiled, slot.target):
            work.note(problem)
    if slot is not None and slot.place.kind in {"computed", "default"}:
        _check_in_entity(work, checked.compiled, before=compiled, slot=slot, entities=entities)
    warnings = [work.noted(Problem.of(warning)) for warning in conversions(checked.compiled, wanted)]
    return CheckedDraft(checked.compiled, tuple(work.problems), tuple(warnings))


@dataclass
class _Draft:
    source: str
    problems: list[Note] = field(default_factory=list)

    def note(self, problem: Problem) -> None:
        self.problems.append(self.noted(problem))

    def noted(self, problem: Problem, *, at: int | None = None) -> Note:
        """With the piece of the text that it is about; the whole text where nothing says."""
        return note_of(problem, self.source, at=at)


def _check_in_entity(
    work: _Draft,
    compiled: Compiled,
    *,
    before: CompiledEntity,
    slot: Slot,
    entities: Mapping[str, CompiledEntity],
) -> None:
    """What only the whole entity tells: what may not be stored, cycles, members that exclude each other."""
    tree = changed_document(json.loads(canonical_json(before.authored)), slot.steps, compiled.source)
    try:
        changed = read_document(Entity, json.dumps(tree))
    except ValidationError as error:
        for problem in shape_problems(Entity, error, tree):
            work.note(problem)
        return
    checked = check_entity(changed, {**before.entities, changed.key: changed})
    problems = list(checked.problems)
    if not any(problem.code == ComputedCycle.code for problem in problems):
        cycles = dependency_graph({**entities, changed.key: checked.compiled}).cycles
        problems += [Problem.of(ComputedCycle(cycle=" → ".join(map(str, cycle)))) for cycle in cycles]
    for problem in problems:
        # what has an offset was found already
        if problem.code == ComputedCycle.code or (problem.path == slot.pointer and "offset" not in problem.params):
            work.problems += [work.noted(problem, at=offset) for offset in _causes(problem, compiled.tree)]


def _causes(problem: Problem, tree: Node) -> list[int | None]:
    """Where in the formula that stands what the problem is about."""
    found: list[int | None] = []
    for node in _nodes(tree):
        match node:
            case Call(name=name) if problem.code == ClockInComputed.code and FUNCTIONS[name].uses_clock:
                found.append(node.offset)
            case Reference(path=path) if problem.code == PersonInComputed.code and path in CURRENT_SCOPE:
                found.append(node.offset)
            case Reference(path=path) if path == problem.params.get("field"):
                found.append(node.offset)
            case _:
                pass
    return found or [None]


def _nodes(node: Node) -> Iterator[Node]:
    yield node
    for part in parts(node):
        yield from _nodes(part)


def changed_document(document: JsonTree, steps: Steps, source: str | None) -> JsonTree:
    """The document with another formula at the place, or without it. An item of a layout may be a key alone."""
    if not steps:
        return source
    step, rest = steps[0], steps[1:]
    if isinstance(document, str):
        document = {"field": document}
    if isinstance(document, list) and isinstance(step, int):
        return [changed_document(item, rest, source) if at == step else item for at, item in enumerate(document)]
    if not isinstance(document, dict):
        raise TypeError(document)  # the slots of a document lead through it
    name = str(step)
    if not rest and source is None:
        left = {key: item for key, item in document.items() if key != name}
        return left["field"] if left.keys() == {"field"} else left
    return {**document, name: changed_document(document.get(name), rest, source)}
