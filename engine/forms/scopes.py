"""What formulas of an entity may name, with the kind of each path."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from engine.forms.context import CURRENT_SCOPE
from engine.forms.links import way_of
from engine.formula.check import Scope
from engine.formula.fields import field_kind
from engine.formula.values import Kind
from engine.model.entities import Entity
from engine.model.field_types.composite import parts_of
from engine.model.field_types.related import RelatedField
from engine.model.field_types.subform import SubformField
from engine.model.fields import EntityField
from engine.model.links import Entities, followed
from engine.model.paths import CURRENT_PATHS, above, head_of
from engine.model.system_fields import SYSTEM_FIELD_TYPES


class LinkedScope(Mapping[str, Kind]):
    """Names of the entity and, found when asked for, the paths through its links; it lists those of one step."""

    def __init__(self, own: Scope, entity: Entity, entities: Entities, *, subform: str | None = None) -> None:
        self._own = own
        self._entity = entity
        self._entities = entities
        self._subform = subform

    def __getitem__(self, path: str) -> Kind:
        if path in self._own:
            return self._own[path]
        way = way_of(self._entity, path, self._entities, subform=self._subform)
        if way is None:
            raise KeyError(path)
        return way.kind

    def __iter__(self) -> Iterator[str]:
        yield from self._own
        yield from self._one_step()

    def __len__(self) -> int:
        return len(self._own) + sum(1 for _ in self._one_step())

    def _one_step(self) -> Iterator[str]:
        for key, entity in self._links():
            target = self._entities.get(entity)
            for name in () if target is None else (*target.by_key, *_parts_in(target), *SYSTEM_FIELD_TYPES):
                if f"{key}.{name}" not in self._own:
                    yield f"{key}.{name}"

    def _links(self) -> Iterator[tuple[str, str]]:
        entity = self._entity
        heads = dict.fromkeys(entity.by_key)
        for rows in _around(self._subform):
            heads |= dict.fromkeys(entity.subforms[rows].columns)
        for key in heads:
            target = followed(entity.field_at(entity.path_from(self._subform, key)))
            if target is not None:
                yield key, target


def _around(subform: str | None) -> tuple[str, ...]:
    """The rows that a formula stands in, from the outside in."""
    return () if subform is None else (*above(subform), subform)


def entity_scope(entity: Entity, entities: Entities | None = None) -> Scope:
    """Every path a formula of the entity may name: fields, subform columns as lists, system fields, the person, and
    what lies behind links to one of the `entities`.
    """
    return LinkedScope(_own(entity), entity, entities or {})


def _own(entity: Entity) -> dict[str, Kind]:
    scope = {**CURRENT_SCOPE, **{key: field_kind(field) for key, field in SYSTEM_FIELD_TYPES.items()}}
    for path, field in entity.paths.items():
        scope |= _named(path, field)
    return scope


def _parts_in(entity: Entity) -> Iterator[str]:
    for field in entity.fields:
        yield from (f"{field.key}.{part}" for part in parts_of(field))


def _named(name: str, field: EntityField) -> dict[str, Kind]:
    """The kinds of a field and of its parts by what they are called; a column is a list, of what all rows have.

    Rows of several rows together have a name only by their columns, and a list beside the record has none.
    """
    if isinstance(field, RelatedField) or ("." in name and isinstance(field, SubformField)):
        return {}
    kinds = {name: field_kind(field), **{f"{name}.{key}": field_kind(part) for key, part in parts_of(field).items()}}
    return {path: replace(kind, is_list=True) for path, kind in kinds.items()} if "." in name else kinds


def row_scope(entity: Entity, subform: str, entities: Entities | None = None) -> Scope:
    """What a row formula of the subform at a path may name: its own columns, those of the row around it, then
    everything of the record.
    """
    own = _own(entity)
    for rows in _around(subform):
        columns = entity.subforms[rows].columns
        own = {path: kind for path, kind in own.items() if path in CURRENT_PATHS or head_of(path) not in columns}
        for path, field in entity.paths.items():
            if path.startswith(f"{rows}."):
                own |= _named(path.removeprefix(f"{rows}."), field)
    return LinkedScope(own, entity, entities or {}, subform=subform)
