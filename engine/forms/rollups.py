"""Roll-ups of an entity: which records of which entity each is made of, and what it reads of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from engine.forms.graph import Place
from engine.model.entities import Entity
from engine.model.field_types.rollup import RollupField
from engine.model.fields import EntityField
from engine.model.filters import fields_in
from engine.model.values import Value


@dataclass(frozen=True)
class Rollup:
    """A roll-up as `authored`, and the `field` that holds its value."""

    authored: RollupField
    field: EntityField

    @property
    def key(self) -> str:
        """The key of the field."""
        return self.authored.key

    @property
    def reads(self) -> frozenset[str]:
        """The paths of the records that link here from which the value is made."""
        own = {self.authored.by} if self.authored.field is None else {self.authored.by, self.authored.field}
        return fields_in(self.authored.where) | own

    @property
    def places(self) -> frozenset[Place]:
        """The same as places; a column is also made from the rows it is in, which come and go."""
        paths = self.reads | {path.partition(".")[0] for path in self.reads}
        return frozenset(Place(self.authored.entity, path) for path in paths)

    @property
    def needs(self) -> frozenset[str]:
        """The same as paths that no field of this entity has."""
        return frozenset(path_beyond(self.authored.entity, path) for path in self.reads)

    @property
    def initial(self) -> Value:
        """What is made of no records."""
        return Decimal(0) if self.authored.function in {"count", "sum"} else None


def path_beyond(entity_key: str, path: str) -> str:
    """A path of the records that link here, as one among the paths of the entity that they link to."""
    return f"{entity_key}:{path}"


def rollups_of(authored: Entity, derived: Entity) -> Iterator[Rollup]:
    """The roll-ups of an entity that lead somewhere."""
    for before, now in zip(authored.fields, derived.fields, strict=True):
        if isinstance(before, RollupField) and not isinstance(now, RollupField):
            yield Rollup(before, now)
