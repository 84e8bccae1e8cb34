"""What field types share whose value has several parts, each described by an ordinary field."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import ClassVar, TypeAlias

from engine.model.bad_values import NotParts, UnknownPart
from engine.model.base import label_text
from engine.model.expressions import Operator
from engine.model.field_types.base import FieldBase
from engine.model.field_types.date import DateField
from engine.model.field_types.number import NumberField
from engine.model.field_types.text import TextField
from engine.model.values import BadValue, Composite, Json, RawJson, Value

PartField: TypeAlias = TextField | NumberField | DateField


class CompositeBase(FieldBase):
    """A value of several parts. `{period.start}` names a part where formulas, filters, sorts and views name fields.

    A type says in `type_parts` what its parts are, and in `check` what must be true of them together.
    """

    type_operators: ClassVar[tuple[Operator, ...]] = ("empty", "not_empty")
    refused_members: ClassVar[frozenset[str]] = frozenset({"unique", "search", "sort", "computed", "default"})
    type_parts: ClassVar[Mapping[str, PartField]]

    @property
    def parts(self) -> Mapping[str, PartField]:
        """The fields that describe the parts, in their order."""
        return self.type_parts

    def parse_filled(self, raw: RawJson) -> Value:
        if not isinstance(raw, Mapping):
            raise NotParts(parts=", ".join(self.parts))
        for key in raw:
            if key not in self.parts:
                raise UnknownPart(part=str(key)[:100], parts=", ".join(self.parts))
        found = {key: self._part(key, raw.get(key)) for key in self.parts}
        if all(value is None for value in found.values()):
            return None
        value = Composite(found)
        self.check(value)
        return value

    def _part(self, key: str, raw: RawJson) -> str | Decimal | date | None:
        part = self.parts[key]
        try:
            return part.parse(raw)  # type: ignore[return-value]  # no part has rows
        except BadValue as refusal:
            # told at the field as a whole, which shows it
            refusal.zh = f"{label_text(part.title, 'zh-CN')}: {refusal.zh}"
            refusal.en = f"{label_text(part.title, 'en')}: {refusal.en}"
            raise

    def check(self, value: Composite) -> None:
        """Raises a `BadValue` for parts that do not fit together."""

    def dump(self, value: Value) -> Json:
        if not isinstance(value, Composite):
            return None
        return {key: part.dump(value.parts.get(key)) for key, part in self.parts.items()}


def parts_of(field: FieldBase | None) -> Mapping[str, PartField]:
    """The fields that describe the parts of a field's values; none for a field of one part."""
    return field.parts if isinstance(field, CompositeBase) else {}
