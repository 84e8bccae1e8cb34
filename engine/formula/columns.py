"""The fields of an entity as terms."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from engine.formula.fields import field_kind
from engine.formula.not_in_sql import NOT_A_FIELD, NotInSql
from engine.formula.values import KindName
from engine.model.entities import Entity
from engine.model.expressions import EVERYTHING, Expression
from engine.model.field_types.number import NumberBase
from engine.model.field_types.subform import MAX_ROWS, SubformField
from engine.model.fields import EntityField
from engine.model.links import Entities, follow
from engine.model.system_fields import SYSTEM_FIELD_TYPES
from engine.model.terms import Aggregate, AggregateFunction, FieldOf, Hop, TermKind

KINDS: Mapping[KindName, TermKind] = {
    "number": "number", "text": "text", "option": "text", "member": "text", "department": "text", "record": "text",
    "rich_text": "text",
    "boolean": "boolean", "date": "day", "datetime": "instant", "null": "empty",
}  # fmt: skip


def everything(_entity_key: str) -> Expression:
    """All records of an entity."""
    return EVERYTHING


@dataclass(frozen=True)
class Beyond:
    """What links lead to: the entities of the application, and which records of each count."""

    entities: Entities = field(default_factory=dict)
    rows: Callable[[str], Expression] = everything


class Columns:
    """What formulas of an entity may read, where it is stored."""

    def __init__(self, entity: Entity, beyond: Beyond) -> None:
        self._entity = entity
        self._beyond = beyond

    def field(self, path: str) -> FieldOf:
        """A field or a system field. Raises `NotInSql` for what is not one value of a record."""
        entity, rest, through = self._end(path)
        found = entity.value_at(rest) or SYSTEM_FIELD_TYPES.get(rest)
        if found is None or isinstance(found, SubformField):
            raise NotInSql(NOT_A_FIELD)
        decimals, below = _size(found)
        return FieldOf(rest, _kind(found), decimals, below, through)

    def aggregate(self, function: AggregateFunction, path: str) -> Aggregate:
        """An aggregate over a subform's column, or over its rows. Raises `NotInSql` for other paths."""
        entity, rest, through = self._end(path)
        key, _, column = rest.partition(".")
        subform = entity.by_key.get(key)
        if not isinstance(subform, SubformField):
            raise NotInSql(NOT_A_FIELD)
        if function == "rows":
            return Aggregate("rows", key, "", "number", most_rows=MAX_ROWS, through=through)
        found = entity.read_at(rest)
        if not column or found is None:
            raise NotInSql(NOT_A_FIELD)
        decimals, below = _size(found)
        kind = "number" if function == "filled" else _kind(found)
        # a record may have rows from when more were allowed
        return Aggregate(function, key, column, kind, decimals, below, most_rows=MAX_ROWS, through=through)

    def column_kind(self, path: str) -> TermKind | None:
        """The kind of a subform's column; None: the path is none."""
        entity, rest, _ = self._end(path)
        key, _, column = rest.partition(".")
        found = entity.read_at(rest)
        if not isinstance(entity.by_key.get(key), SubformField) or not column or found is None:
            return None
        return _kind(found)

    def subform_of(self, path: str) -> str:
        """The path of the subform that a column's path leads through, itself for that of a subform."""
        _, rest, _ = self._end(path)
        return path.removesuffix(rest) + rest.partition(".")[0]

    def is_subform(self, path: str) -> bool:
        """Whether it is a subform as a whole."""
        entity, rest, _ = self._end(path)
        return isinstance(entity.by_key.get(rest), SubformField)

    def _end(self, path: str) -> tuple[Entity, str, tuple[Hop, ...]]:
        """The entity a path ends at, what is left of it there, and the links on the way."""
        steps, rest = follow(self._entity, path, self._beyond.entities)
        hops = tuple(Hop(step.link, step.target.key, self._beyond.rows(step.target.key)) for step in steps)
        return (steps[-1].target if steps else self._entity), rest, hops


def _kind(field: EntityField) -> TermKind:
    kind = field_kind(field)
    return "list" if kind.is_list else KINDS[kind.name]


def _size(field: EntityField) -> tuple[int, Decimal]:
    if not isinstance(field, NumberBase):
        return 0, Decimal(0)
    return field.number_form.decimals, field.number_form.below
