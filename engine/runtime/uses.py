"""Every place of an application that reads fields: formulas, filters, orders, columns, titles, and whom flows ask."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from engine.flow.formulas import INITIATOR_SCOPE
from engine.forms.compile import CompiledEntity, Step, computed_pointer
from engine.forms.dependencies import places_read, read_by
from engine.forms.formulas import slots
from engine.forms.graph import Place
from engine.formula.check import Scope, compile_formula
from engine.formula.scopes import WiderScope
from engine.formula.values import FormulaRejected
from engine.model.base import Label
from engine.model.filters import Condition, Filter, walk_filter
from engine.model.flow_nodes.assign import ByDepartmentHead, ByField, BySupervisor
from engine.model.flow_nodes.automatic import CreateRecord
from engine.model.flow_nodes.blocks import BlockUnion, Branch
from engine.model.flows import Flow
from engine.model.paths import above
from engine.model.views import FormulaSort, View
from engine.model.walking import walk
from engine.runtime.compiling import CompiledApplication

UseKind = Literal[
    "computed", "default", "rule", "visibility", "record_title",
    "flow_condition", "flow_value", "flow_people",
    "lookup", "rollup", "view_column", "view_filter", "view_sort", "permission_rows",
]  # fmt: skip
INITIATOR = "initiator"


@dataclass(frozen=True)
class Use:
    """A place that reads fields, at a JSON pointer of a file.

    `titles`: what people call it, from the outside in. `field`: the field that gets its value, or is shown by it, of
    the entity `entity`. `source`: its formula, if it is one.
    """

    kind: UseKind
    entity: str
    file: str
    pointer: str
    titles: tuple[Label, ...]
    field: str | None = None
    source: str | None = None


# a place with everything that it reads, what lies on the ways of its links too
Read: TypeAlias = tuple[Use, frozenset[Place]]


def all_uses(compiled: CompiledApplication) -> Iterator[Read]:
    """Every place of the application that reads something, document by document."""
    application = compiled.application
    for key, entity in compiled.entities.items():
        yield from _entity_uses(entity, compiled)
        if entity.entity.title_fields:
            use = Use("record_title", key, f"entities/{key}.json", "/record_title", (entity.entity.title,))
            yield use, frozenset(Place(key, name) for name in entity.entity.title_fields)
    for flow in application.flows.values():
        if flow.entity in compiled.entities:
            yield from _flow_uses(flow, compiled.entities)
    for view in application.views.values():
        if view.entity in compiled.entities:
            yield from _view_uses(view, compiled.entities[view.entity])
    for key, given in application.permission_sets.items():
        if given.entity in compiled.entities:
            use = Use("permission_rows", given.entity, f"permission_sets/{key}.json", "/rows", (given.title,))
            yield from _filter_uses(given.rows, compiled.entities[given.entity], use)


def _entity_uses(entity: CompiledEntity, compiled: CompiledApplication) -> Iterator[Read]:
    for step in entity.steps:
        if step.is_copy:
            yield _lookup_use(entity, step), read_by(entity.entity.key, step)
    for rollup in entity.rollups:
        pointer = computed_pointer(entity.entity, rollup.key)
        file, titles = f"entities/{entity.entity.key}.json", (rollup.field.title,)
        yield Use("rollup", entity.entity.key, file, pointer, titles, field=rollup.key), rollup.places
    for slot in slots(entity.entity, compiled.application.forms.values()):
        if slot.source is None:
            continue
        place = slot.place
        use = Use(
            place.kind, entity.entity.key, slot.file, slot.pointer, slot.titles, field=place.field, source=slot.source
        )
        yield use, _read(entity, slot.source, slot.scope(entity), subform=slot.subform)


def _lookup_use(entity: CompiledEntity, step: Step) -> Use:
    titles = tuple(entity.entity.paths[path].title for path in (*above(step.path), step.path))
    pointer = computed_pointer(entity.entity, step.path)
    return Use("lookup", entity.entity.key, f"entities/{entity.entity.key}.json", pointer, titles, field=step.path)


def _read(entity: CompiledEntity, source: str, scope: Scope, *, subform: str | None = None) -> frozenset[Place]:
    """What a formula reads; nothing where this release finds fault with it."""
    try:
        formula = compile_formula(source, scope)
    except FormulaRejected:
        return frozenset()
    return places_read(entity, formula, subform=subform)


def _flow_uses(flow: Flow, entities: Mapping[str, CompiledEntity]) -> Iterator[Read]:
    entity, file = entities[flow.entity], f"flows/{flow.key}.json"
    scope = WiderScope(INITIATOR_SCOPE, entity.scope)
    node: Label = flow.title
    for pointer, part in walk(flow):
        if isinstance(part, BlockUnion):
            node = part.title or part.key
        elif isinstance(part, Branch):
            titles = (flow.title, part.title or part.key)
            use = Use("flow_condition", flow.entity, file, f"{pointer}/when", titles, source=part.when)
            yield use, _read(entity, part.when, scope)
        elif isinstance(part, CreateRecord):
            whole = Use("flow_value", part.entity, file, f"{pointer}/map", (flow.title, node))
            for use in _values(part, entities.get(part.entity), whole):
                yield use, _read(entity, use.source or "", scope)
        elif isinstance(part, ByField):
            yield Use("flow_people", flow.entity, file, pointer, (flow.title, node)), _own(flow.entity, part.field)
        elif isinstance(part, ByDepartmentHead | BySupervisor) and part.of != INITIATOR:
            yield Use("flow_people", flow.entity, file, pointer, (flow.title, node)), _own(flow.entity, part.of)


def _own(entity_key: str, path: str) -> frozenset[Place]:
    return frozenset([Place(entity_key, path)])


def _values(part: CreateRecord, target: CompiledEntity | None, whole: Use) -> Iterator[Use]:
    """The formulas for the fields of a record that the flow makes."""
    for key, source in part.values.items():
        field = None if target is None else target.entity.by_key.get(key)
        titles = (*whole.titles, key if field is None else field.title)
        pointer = f"{whole.pointer}/{key}"
        yield replace(whole, pointer=pointer, titles=titles, field=key, source=source)


def _view_uses(view: View, entity: CompiledEntity) -> Iterator[Read]:
    key, file = view.entity, f"views/{view.key}.json"
    for position, column in enumerate(view.columns):
        use = Use("view_column", key, file, f"/columns/{position}", (view.title,))
        yield use, _own(key, column)
    yield from _filter_uses(view.filter, entity, Use("view_filter", key, file, "/filter", (view.title,)))
    for position, item in enumerate(view.sort):
        place = f"/sort/{position}"
        if isinstance(item, FormulaSort):
            use = Use("view_sort", key, file, f"{place}/formula", (view.title,), source=item.formula)
            yield use, _read(entity, item.formula, entity.scope)
        else:
            yield Use("view_sort", key, file, place, (view.title,)), _own(key, item.field)


def _filter_uses(part: Filter | None, entity: CompiledEntity, whole: Use) -> Iterator[Read]:
    for condition, pointer, _ in () if part is None else walk_filter(part):
        place = f"{whole.pointer}{pointer}"
        if isinstance(condition, Condition):
            use = Use(whole.kind, whole.entity, whole.file, place, whole.titles)
            yield use, _own(whole.entity, condition.field)
        else:
            source = condition.formula
            use = Use(whole.kind, whole.entity, whole.file, f"{place}/formula", whole.titles, source=source)
            yield use, _read(entity, source, entity.scope)
