"""The fields of an entity as terms."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from engine.formula.fields import field_kind
from engine.formula.not_in_sql import NOT_A_FIELD, NotInSql
from engine.formula.values import KindName
from engine.model.entities import Entity
from engine.model.field_types.number import NumberField
from engine.model.field_types.subform import MAX_ROWS, SubformField
from engine.model.fields import EntityField
from engine.model.system_fields import SYSTEM_FIELD_TYPES
from engine.model.terms import Aggregate, AggregateFunction, FieldOf, TermKind

KINDS: Mapping[KindName, TermKind] = {
    "number": "number", "text": "text", "option": "text", "member": "text", "department": "text",
    "boolean": "boolean", "date": "day", "datetime": "instant", "null": "empty",
}  # fmt: skip


class Columns:
    """What formulas of an entity may read, where it is stored."""

    def __init__(self, entity: Entity) -> None:
        self._entity = entity

    def field(self, path: str) -> FieldOf:
        """A field or a system field. Raises `NotInSql` for what is not one value of the record."""
        found = self._entity.by_key.get(path) or SYSTEM_FIELD_TYPES.get(path)
        if found is None or isinstance(found, SubformField):
            raise NotInSql(NOT_A_FIELD)
        decimals, below = _size(found)
        return FieldOf(path, _kind(found), decimals, below)

    def aggregate(self, function: AggregateFunction, path: str) -> Aggregate:
        """An aggregate over a subform's column, or over its rows. Raises `NotInSql` for other paths."""
        key, _, column = path.partition(".")
        subform = self._entity.by_key.get(key)
        if not isinstance(subform, SubformField):
            raise NotInSql(NOT_A_FIELD)
        if function == "rows":
            return Aggregate("rows", key, "", "number", most_rows=MAX_ROWS)
        if column not in subform.columns:
            raise NotInSql(NOT_A_FIELD)
        found = subform.columns[column]
        decimals, below = _size(found)
        kind = "number" if function == "filled" else _kind(found)
        # a record may have rows from when more were allowed
        return Aggregate(function, key, column, kind, decimals, below, most_rows=MAX_ROWS)

    def column_kind(self, path: str) -> TermKind | None:
        """The kind of a subform's column; None: the path is none."""
        key, _, column = path.partition(".")
        subform = self._entity.by_key.get(key)
        if not isinstance(subform, SubformField) or column not in subform.columns:
            return None
        return _kind(subform.columns[column])

    def is_subform(self, path: str) -> bool:
        """Whether it is a subform as a whole."""
        return isinstance(self._entity.by_key.get(path), SubformField)


def _kind(field: EntityField) -> TermKind:
    kind = field_kind(field)
    return "list" if kind.is_list else KINDS[kind.name]


def _size(field: EntityField) -> tuple[int, Decimal]:
    if not isinstance(field, NumberField):
        return 0, Decimal(0)
    return field.decimals, Decimal(10) ** (field.digits - field.decimals)
