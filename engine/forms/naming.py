"""What formulas of an entity may name, listed with what people call it, paths through several links too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engine.forms.compile import CompiledEntity
from engine.forms.context import CURRENT_DEPARTMENT, CURRENT_USER
from engine.forms.links import MAX_STEPS
from engine.formula.check import Scope
from engine.formula.values import Kind
from engine.model.base import Label, Translated
from engine.model.checks.lookup import any_field
from engine.model.entities import Entity
from engine.model.field_types.composite import parts_of
from engine.model.field_types.subform import SubformField
from engine.model.fields import EntityField
from engine.model.links import followed
from engine.model.paths import head_of
from engine.model.system_fields import SYSTEM_FIELD_TYPES

# more than anybody looks through; what is not listed may be named all the same
MAX_PATHS = 3000
CURRENT_TITLES: dict[str, Label] = {
    CURRENT_USER: Translated(zh_cn="当前用户", en="Current user"),
    CURRENT_DEPARTMENT: Translated(zh_cn="当前部门", en="Current department"),
}


@dataclass(frozen=True)
class Named:
    """Something a formula may name; `titles` from the outside in."""

    path: str
    titles: tuple[Label, ...]
    kind: Kind


def named_paths(compiled: CompiledEntity, *, subform: str | None = None) -> list[Named]:
    """Everything the scope lists; of the subform at a path, what begins with a column of its or of outer rows."""
    scope = compiled.scope if subform is None else compiled.row_scope(subform)
    found = []
    for path in scope:
        if subform is None or compiled.entity.path_from(subform, path) != path:
            walked = _walk(compiled, path, subform)
            found.append(Named(path, walked.titles, scope[path]))
            found += _behind(compiled, path, walked, scope=scope)
    return sorted(found, key=lambda named: named.path.count("."))[:MAX_PATHS]


@dataclass(frozen=True)
class _Walked:
    """Where a path ends: its titles, the links it follows, and the entity that a link at its end leads to."""

    titles: tuple[Label, ...]
    links: int
    leads_to: Entity | None


def _walk(compiled: CompiledEntity, path: str, subform: str | None) -> _Walked:
    if path in CURRENT_TITLES:
        return _Walked((CURRENT_TITLES[path],), 0, None)
    entity: Entity | None = compiled.entity
    outer: EntityField | None = None
    titles: list[Label] = []
    links = 0
    first = compiled.entity.path_from(subform, head_of(path))
    for number, step in enumerate(path.split(".")):
        inside: Mapping[str, EntityField] = outer.columns if isinstance(outer, SubformField) else parts_of(outer)
        found = inside.get(step) if number else compiled.entity.field_at(first)
        if found is None and entity is not None:
            found = any_field(entity, step)
        titles.append(step if found is None else found.title)
        target = followed(found)
        entity = entity if target is None else compiled.entities.get(target)
        links += target is not None
        outer = found
    return _Walked(tuple(titles), links, entity if followed(outer) else None)


def _behind(compiled: CompiledEntity, path: str, walked: _Walked, *, scope: Scope) -> Iterator[Named]:
    """What lies behind a second and a third link; the scope itself lists what lies behind one."""
    target = walked.leads_to
    if target is None or not 1 < walked.links <= MAX_STEPS:
        return
    for key in (*target.by_key, *SYSTEM_FIELD_TYPES):
        inner = f"{path}.{key}"
        field = any_field(target, key)
        kind = scope.get(inner)
        if kind is None or field is None:
            continue
        titles = (*walked.titles, field.title)
        yield Named(inner, titles, kind)
        if (leads_to := followed(field)) is not None:
            beyond = _Walked(titles, walked.links + 1, compiled.entities.get(leads_to))
            yield from _behind(compiled, inner, beyond, scope=scope)
