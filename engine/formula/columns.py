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
from engine.model.field_types.subform import MAX_ROWS, MAX_ROWS_INSIDE, SubformField
from engine.model.fields import EntityField
from engine.model.links import Entities, follow
from engine.model.paths import above
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
        key = rest if rest in entity.subforms else _rows_of(entity, rest)
        column = rest.removeprefix(key).removeprefix(".")
        if not key or (function != "rows" and not column):
            raise NotInSql(NOT_A_FIELD)
        # a record may have rows from when more were allowed
        most_rows = MAX_ROWS_INSIDE if "." in key else MAX_ROWS
        if function == "rows":
            return Aggregate("rows", key, "", "number", most_rows=most_rows, through=through)
        found = entity.read_at(rest)
        if found is None:
            raise NotInSql(NOT_A_FIELD)
        decimals, below = _size(found)
        kind = "number" if function == "filled" else _kind(found)
        return Aggregate(function, key, column, kind, decimals, below, most_rows=most_rows, through=through)

    def column_kind(self, path: str) -> TermKind | None:
        """The kind of a subform's column; None: the path is none."""
        entity, rest, _ = self._end(path)
        found = entity.read_at(rest)
        if found is None or rest in entity.subforms or not _rows_of(entity, rest):
            return None
        return _kind(found)

    def subform_of(self, path: str) -> str:
        """The path of the subform that a column's path leads through, itself for that of a subform."""
        entity, rest, _ = self._end(path)
        return path.removesuffix(rest) + (rest if rest in entity.subforms else _rows_of(entity, rest))

    def is_subform(self, path: str) -> bool:
        """Whether it is a subform as a whole."""
        entity, rest, _ = self._end(path)
        return rest in entity.subforms

    def _end(self, path: str) -> tuple[Entity, str, tuple[Hop, ...]]:
        """The entity a path ends at, what is left of it there, and the links on the way."""
        steps, rest = follow(self._entity, path, self._beyond.entities)
        hops = tuple(Hop(step.link, step.target.key, self._beyond.rows(step.target.key)) for step in steps)
        return (steps[-1].target if steps else self._entity), rest, hops


def _rows_of(entity: Entity, path: str) -> str:
    """The innermost subform that a path leads through; empty: none."""
    return next((outer for outer in reversed(tuple(above(path))) if outer in entity.subforms), "")


def _kind(field: EntityField) -> TermKind:
    kind = field_kind(field)
    return "list" if kind.is_list else KINDS[kind.name]


def _size(field: EntityField) -> tuple[int, Decimal]:
    if not isinstance(field, NumberBase):
        return 0, Decimal(0)
    return field.number_form.decimals, field.number_form.below
