"""What a linked record holds in one of its fields, shown here."""

from __future__ import annotations

from typing import ClassVar, Literal

from engine.model.base import Key, Translated
from engine.model.expressions import Operator
from engine.model.field_types.base import FieldBase
from engine.model.values import BadValue, ColumnKind, Json, RawJson, Value


class LookupField(FieldBase):
    """The value of the field `field` of the record behind the link `link`.

    It is read in as a field of the type of the one it shows, see `engine.model.derived`.
    """

    type_title: ClassVar[Translated] = Translated(zh_cn="查找引用", en="Lookup")
    type_description: ClassVar[Translated] = Translated(
        zh_cn="显示关联数据中某个字段的值, 始终与其一致",
        en="The value of a field of the linked record, always the same as there",
    )
    type_column_kind: ClassVar[ColumnKind] = "none"
    type_operators: ClassVar[tuple[Operator, ...]] = ("empty", "not_empty")
    refused_members: ClassVar[frozenset[str]] = frozenset({"required", "unique", "computed", "default"})

    type: Literal["lookup"] = "lookup"
    link: Key
    field: Key

    @property
    def is_made(self) -> bool:
        """Nobody enters its value."""
        return True

    def parse_filled(self, raw: RawJson) -> Value:  # noqa: ARG002  # whatever was sent
        raise BadValue

    def dump(self, value: Value) -> Json:
        return value if isinstance(value, str) else None
