"""Paths through links: from an entity over its link fields to a field of another one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from engine.model.entities import Entity
from engine.model.field_types.link import LinkField
from engine.model.fields import FieldBase

Entities: TypeAlias = Mapping[str, Entity]


@dataclass(frozen=True)
class Step:
    """A link on the way of a path: the entity that has it, its field or column, and the entity it leads to."""

    source: Entity
    link: str
    target: Entity


def followed(field: FieldBase | None) -> str | None:
    """The entity to which paths go on through the field; None: it is no link, one that is looked up, one to several
    records, or one into another application.
    """
    if not isinstance(field, LinkField) or field.multiple or field.is_made or field.app is not None:
        return None
    return field.entity


def follow(
    entity: Entity, path: str, entities: Entities, *, subform: str | None = None
) -> tuple[tuple[Step, ...], str]:
    """The links of a path in order, and the path that is left in the entity they end at; none leads through several.

    `subform`: its path; the path is one of its rows, whose columns come first; such a link is `lines.product`.
    """
    steps: list[Step] = []
    key, _, rest = path.partition(".")
    place = entity.path_from(subform, key)
    link = entity.field_at(place)
    while rest and (target := followed(link)) is not None and target in entities:
        steps.append(Step(entity, place, entities[target]))
        entity, path = entities[target], rest
        key, _, rest = path.partition(".")
        link, place = entity.by_key.get(key), key
    return tuple(steps), path
