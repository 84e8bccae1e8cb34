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
from engine.model.fields import AnyField, EntityField
from engine.model.links import Entities, followed
from engine.model.system_fields import SYSTEM_FIELD_TYPES


class LinkedScope(Mapping[str, Kind]):
    """Names of the entity and, found when asked for, the paths through its links; it lists those of one step."""

    def __init__(self, own: Scope, entity: Entity, entities: Entities, *, subform: SubformField | None = None) -> None:
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
        columns = {} if self._subform is None else self._subform.columns
        named: Mapping[str, AnyField] = {**self._entity.by_key, **columns}
        for key, field in named.items():
            if (entity := followed(field)) is not None:
                yield key, entity


def entity_scope(entity: Entity, entities: Entities | None = None) -> Scope:
    """Every path a formula of the entity may name: fields, subform columns as lists, system fields, the person, and
    what lies behind links to one of the `entities`.
    """
    return LinkedScope(_own(entity), entity, entities or {})


def _own(entity: Entity) -> dict[str, Kind]:
    scope = {**CURRENT_SCOPE, **{key: field_kind(field) for key, field in SYSTEM_FIELD_TYPES.items()}}
    for field in entity.fields:
        if isinstance(field, RelatedField):
            # it is no value of the record
            continue
        scope |= _with_parts(field.key, field)
        if isinstance(field, SubformField):
            for column in field.fields:
                cells = _with_parts(f"{field.key}.{column.key}", column)
                scope |= {path: replace(kind, is_list=True) for path, kind in cells.items()}
    return scope


def _parts_in(entity: Entity) -> Iterator[str]:
    for field in entity.fields:
        yield from (f"{field.key}.{part}" for part in parts_of(field))


def _with_parts(path: str, field: EntityField) -> dict[str, Kind]:
    """The kinds of a field and of its parts, by path."""
    return {path: field_kind(field), **{f"{path}.{key}": field_kind(part) for key, part in parts_of(field).items()}}


def row_scope(entity: Entity, subform: SubformField, entities: Entities | None = None) -> Scope:
    """What a row formula may name: its own columns, then everything of the record."""
    own = _own(entity)
    for column in subform.fields:
        own |= _with_parts(column.key, column)
    return LinkedScope(own, entity, entities or {}, subform=subform)
