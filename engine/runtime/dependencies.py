"""What the fields of an entity are made from, and every place that would notice their change; for admins."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from engine.forms.dependencies import read_by
from engine.forms.graph import Place
from engine.formula.fields import field_kind
from engine.formula.values import KindName
from engine.model.base import Label
from engine.model.checks.lookup import any_field
from engine.model.entities import Entity
from engine.model.paths import above, last_of
from engine.model.system_fields import SYSTEM_FIELD_TYPES
from engine.runtime.calls import Call
from engine.runtime.catalog import InstalledApp
from engine.runtime.permissions import require_admin
from engine.runtime.uses import Use, all_uses

# the formulas that belong to a field itself, and not to what reads it
OF_FIELDS = frozenset({"computed", "default", "lookup", "rollup", "visibility"})


@dataclass(frozen=True)
class FieldName:
    """A field or column of an entity; `titles`: those of the entity, the field, and the column if it is one."""

    entity: str
    path: str
    titles: Sequence[Label]


@dataclass(frozen=True)
class FieldDependencies:
    """A field with its formulas, what its computed value reads, every place that reads it, and what follows it.

    `reaches`: all computed fields that a change of it computes anew, in their order, those of other entities too.
    """

    path: str
    titles: Sequence[Label]
    kind: KindName
    is_list: bool
    formulas: Sequence[Use]
    depends_on: Sequence[FieldName]
    used_by: Sequence[Use]
    reaches: Sequence[FieldName]


@dataclass(frozen=True)
class DependencyList:
    """The fields of an entity in authored order, a subform before its columns, then system fields that are read."""

    version: int
    items: Sequence[FieldDependencies]


def list_dependencies(call: Call, app_key: str, entity_key: str) -> DependencyList:
    """Raises `AdminsOnly`, `AppNotFound`, `EntityNotFound`."""
    require_admin(call)
    app = call.catalog.app(app_key)
    entity = app.entity(entity_key).compiled.entity
    formulas: dict[str, list[Use]] = {}
    used_by: dict[str, list[Use]] = {}
    for use, places in all_uses(app.compiled):
        if use.entity == entity_key and use.field is not None and use.kind in OF_FIELDS:
            formulas.setdefault(use.field, []).append(use)
        for path in sorted(place.path for place in places if place.entity == entity_key):
            used_by.setdefault(path, []).append(use)
    return DependencyList(
        app.stored.version,
        [_shown(app, Place(entity_key, path), formulas=formulas, used_by=used_by) for path in _paths(entity, used_by)],
    )


def _paths(entity: Entity, used_by: Mapping[str, object]) -> Iterator[str]:
    yield from entity.paths
    yield from (key for key in SYSTEM_FIELD_TYPES if key in used_by)


def _shown(
    app: InstalledApp, place: Place, *, formulas: Mapping[str, Sequence[Use]], used_by: Mapping[str, Sequence[Use]]
) -> FieldDependencies:
    compiled = app.compiled.entities[place.entity]
    step = next((step for step in compiled.steps if step.path == place.path), None)
    field = compiled.entity.field_at(place.path) or SYSTEM_FIELD_TYPES[place.path]
    kind = field_kind(field)
    rolled_up = (item.places for item in compiled.rollups if item.key == place.path)
    read = next(rolled_up, frozenset[Place]()) if step is None else read_by(place.entity, step)
    return FieldDependencies(
        path=place.path,
        titles=_name(app, place).titles[1:],
        kind=kind.name,
        is_list=kind.is_list or "." in place.path,
        formulas=formulas.get(place.path, ()),
        depends_on=[_name(app, item) for item in sorted(read)],
        used_by=used_by.get(place.path, ()),
        reaches=[_name(app, item) for item in app.compiled.graph.reached([place])],
    )


def _name(app: InstalledApp, place: Place) -> FieldName:
    entity = app.compiled.entities[place.entity].entity
    titles: list[Label] = [entity.title]
    for path in (*above(place.path), place.path):
        field = entity.field_at(path) or any_field(entity, path)
        titles.append(last_of(path) if field is None else field.title)
    return FieldName(place.entity, place.path, titles)
