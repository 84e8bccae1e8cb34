"""A record of another entity of the application, or of the same one."""

from __future__ import annotations

from typing import ClassVar, Literal

from engine.model.base import Key, Translated
from engine.model.field_types.base import FieldBase
from engine.model.field_types.member import parse_id
from engine.model.values import ColumnKind, Json, RawJson, Value


class LinkField(FieldBase):
    """One record of the entity `entity`, held by its id."""

    type_title: ClassVar[Translated] = Translated(zh_cn="关联数据", en="Link")
    type_description: ClassVar[Translated] = Translated(
        zh_cn="同一应用中某个实体的一条数据", en="One record of an entity of the same application"
    )
    type_column_kind: ClassVar[ColumnKind] = "reference"
    refused_members: ClassVar[frozenset[str]] = frozenset({"search", "sort", "computed", "default"})

    type: Literal["link"] = "link"
    entity: Key

    def parse_filled(self, raw: RawJson) -> Value:
        return parse_id(raw)

    def dump(self, value: Value) -> Json:
        return value if isinstance(value, str) else None
