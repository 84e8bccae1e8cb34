"""Yes or no."""

from __future__ import annotations

from typing import ClassVar, Literal

from engine.model.bad_values import NotABoolean
from engine.model.base import Translated
from engine.model.expressions import Operator
from engine.model.field_types.base import FieldBase
from engine.model.values import ColumnKind, Json, RawJson, Value


class BooleanField(FieldBase):
    """Yes, no, or not answered."""

    type_title: ClassVar[Translated] = Translated(zh_cn="是/否", en="Yes or no")
    type_description: ClassVar[Translated] = Translated(zh_cn="开关, 是或否", en="A switch: yes or no")
    type_column_kind: ClassVar[ColumnKind] = "bool"
    type_plain_json: ClassVar[bool] = True
    type_operators: ClassVar[tuple[Operator, ...]] = ("eq", "ne", "empty", "not_empty")
    refused_members: ClassVar[frozenset[str]] = frozenset({"unique", "search"})

    type: Literal["boolean"] = "boolean"

    def parse_filled(self, raw: RawJson) -> Value:
        if not isinstance(raw, bool):
            raise NotABoolean
        return raw

    def dump(self, value: Value) -> Json:
        return value if isinstance(value, bool) else None
