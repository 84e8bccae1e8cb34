"""Fields that show what other records hold, read as fields of the type of what they show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias, TypeVar

from pydantic import BaseModel

from engine.model.entities import Entity
from engine.model.field_types.attachment import FilesBase
from engine.model.field_types.date import DateField
from engine.model.field_types.datetime import DateTimeField
from engine.model.field_types.duration import LONGEST_DURATION, DurationField
from engine.model.field_types.link import LinkField
from engine.model.field_types.lookup import LookupField
from engine.model.field_types.number import NumberBase, NumberField
from engine.model.field_types.phone import PhoneField
from engine.model.field_types.related import RelatedField
from engine.model.field_types.rollup import RollupField, RollupFunction
from engine.model.field_types.serial import SerialField
from engine.model.field_types.subform import SubformField
from engine.model.field_types.text import TextField
from engine.model.field_types.time import TimeField
from engine.model.fields import EntityField
from engine.model.paths import beside
from engine.model.system_fields import SYSTEM_FIELD_TYPES

# an entity, and a field or column of it
Spot: TypeAlias = tuple[str, str]
# what no other record can show: rows stay with their record, and files belong to who may read it
_HELD = (RelatedField, SubformField, FilesBase)
_LONGEST_SERIAL = 200
_Document = TypeVar("_Document", bound=BaseModel)


def derive(entities: Mapping[str, Entity]) -> dict[str, Entity]:
    """The entities with every lookup and roll-up as a field of the type of its value; a lookup has the formula that
    makes it. What leads nowhere stays as it is.
    """
    work = _Deriving(entities)
    return {key: _derived(work, entity) for key, entity in entities.items()}


def derive_entity(entity: Entity, entities: Mapping[str, Entity]) -> Entity:
    """As `derive`, of one among others."""
    return _derived(_Deriving({**entities, entity.key: entity}), entity)


def derived_circle(entity: Entity, path: str, entities: Mapping[str, Entity]) -> tuple[Spot, ...]:
    """The way on which a field that shows another one leads back to itself; empty: it does not."""
    work = _Deriving({**entities, entity.key: entity})
    work.at(entity, path)
    return next((circle for circle in work.circles if circle[0] == (entity.key, path)), ())


def link_of(entity: Entity, path: str) -> LinkField | None:
    """The link at a path, if a lookup can follow it; that of a lookup in rows is in the same rows."""
    found = entity.field_at(path)
    is_followed = isinstance(found, LinkField) and not found.multiple and found.app is None
    return found if isinstance(found, LinkField) and is_followed else None


def can_be_shown(source: EntityField) -> bool:
    """Whether a lookup may show a field of this type."""
    return not isinstance(source, _HELD)


def _derived(work: _Deriving, entity: Entity) -> Entity:
    changed = {}
    for item in entity.fields:
        made = _derived_at(work, entity, item, path=item.key)
        if made is not None and made is not item:
            changed[item.key] = made
    if not changed:
        return entity
    return _changed(entity, {"fields": tuple(changed.get(item.key, item) for item in entity.fields)})


def _derived_at(work: _Deriving, entity: Entity, item: EntityField, *, path: str) -> EntityField:
    """The field or column at a path as what it shows, of a subform with its columns so."""
    if isinstance(item, LookupField | RollupField):
        return work.at(entity, path) or item
    if not isinstance(item, SubformField):
        return item
    columns = tuple(_derived_at(work, entity, column, path=f"{path}.{column.key}") for column in item.fields)
    is_same = all(made is column for made, column in zip(columns, item.fields, strict=True))
    return item if is_same else _changed(item, {"fields": columns})


@dataclass
class _Deriving:
    entities: Mapping[str, Entity]
    found: dict[Spot, EntityField | None] = field(default_factory=dict)
    under_way: list[Spot] = field(default_factory=list)
    circles: list[tuple[Spot, ...]] = field(default_factory=list)

    def at(self, entity: Entity, path: str) -> EntityField | None:
        """The field or column of the path as what it shows; None where it leads nowhere."""
        spot = (entity.key, path)
        if spot in self.under_way:
            self.circles.append((*self.under_way[self.under_way.index(spot) :], spot))
            return None
        if spot not in self.found:
            self.under_way.append(spot)
            self.found[spot] = self._make(entity, path)
            self.under_way.pop()
        return self.found[spot]

    def _make(self, entity: Entity, path: str) -> EntityField | None:
        authored = entity.field_at(path) or SYSTEM_FIELD_TYPES.get(path)
        if isinstance(authored, RollupField):
            return self._rolled_up(authored)
        if not isinstance(authored, LookupField):
            return authored
        link = link_of(entity, beside(path, authored.link))
        target = None if link is None or link.is_made else self.entities.get(link.entity)
        source = None if target is None else self.at(target, authored.field)
        return None if source is None or not can_be_shown(source) else _shown(authored, source)

    def _rolled_up(self, authored: RollupField) -> EntityField | None:
        if authored.function == "count":
            return _derived_from(authored, NumberField(key=authored.key, title=authored.title))
        child = self.entities.get(authored.entity)
        source = None if child is None or authored.field is None else self.at(child, authored.field)
        return _derived_from(authored, source) if can_be_rolled_up(source, authored.function) else None


def can_be_rolled_up(source: EntityField | None, function: RollupFunction) -> bool:
    """Whether the function can be made of fields of this type."""
    match function:
        case "count":
            return True
        case "sum" | "average":
            return isinstance(source, NumberField | DurationField)
        case "min" | "max":
            return isinstance(source, NumberBase | DateField | DateTimeField | TimeField)


def _shown(authored: LookupField, source: EntityField) -> EntityField | None:
    if isinstance(source, SerialField):
        source = TextField(key=source.key, title=source.title, max_length=_LONGEST_SERIAL)
    return _derived_from(authored, source, computed=f"{{{authored.link}.{authored.field}}}")


def _derived_from(
    authored: LookupField | RollupField, source: EntityField | None, *, computed: str | None = None
) -> EntityField | None:
    """The source without what is asked of its own values, under the key and title of the field that takes them over."""
    if source is None:
        return None
    without: dict[str, object] = {}
    if isinstance(source, NumberField):
        without = dict.fromkeys(("min", "max"))
    elif isinstance(source, TextField):
        without = dict.fromkeys(("pattern", "pattern_message"))
    elif isinstance(source, DurationField):
        without = {"min": -LONGEST_DURATION, "max": None}
    elif isinstance(source, PhoneField):
        without = {"mobile": False}
    own = {name: getattr(authored, name) for name in ("key", "title", "help", "was", "search", "sort")}
    nothing = {"required": False, "unique": False, "default": None}
    return _changed(source, {**without, **own, **nothing, "computed": computed, "derived": authored.type})


def _changed(document: _Document, members: Mapping[str, object]) -> _Document:
    """The document with other members; a copy would keep what was cached of the former ones."""
    kept = {name: getattr(document, name) for name in type(document).model_fields}
    return type(document).model_construct(document.model_fields_set | members.keys(), **{**kept, **members})
