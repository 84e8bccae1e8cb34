"""What every field type shares: authored members, and the contract between a type and the rest of the engine."""

from __future__ import annotations

from typing import ClassVar

from engine.model.base import Document, FormulaText, Key, Label
from engine.model.expressions import Operator
from engine.model.values import ColumnKind, Json, Value


class FieldBase(Document):
    """Members common to all field types; subclasses add `type`, their own members, `parse` and `dump`."""

    column_kind: ClassVar[ColumnKind] = "text"
    operators: ClassVar[tuple[Operator, ...]] = ("eq", "ne", "in", "not_in", "empty", "not_empty")

    key: Key
    title: Label
    help: Label | None = None
    was: Key | None = None
    required: bool = False
    unique: bool = False
    search: bool = False
    sort: bool = False
    computed: FormulaText | None = None
    default: FormulaText | None = None

    def parse(self, raw: Json) -> Value:
        """The canonical value of a JSON input; None, "" and [] are empty. Raises `BadValue` or a subclass of it."""
        raise NotImplementedError

    def dump(self, value: Value) -> Json:
        """The JSON form of a canonical value, as `parse` accepts it."""
        raise NotImplementedError
