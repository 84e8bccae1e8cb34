"""Yes or no."""

from __future__ import annotations

from typing import ClassVar, Literal

from engine.model.bad_values import NotABoolean
from engine.model.base import Translated
from engine.model.cells import CellNames
from engine.model.expressions import Operator
from engine.model.field_types.base import FieldBase
from engine.model.values import ColumnKind, Json, RawJson, Value

YES = frozenset({"是", "对", "√", "yes", "y", "true", "1"})
NO = frozenset({"否", "不", "×", "no", "n", "false", "0"})


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

    def write_cell(self, value: Value, names: CellNames) -> str:
        if not isinstance(value, bool):
            return ""
        yes, no = ("是", "否") if names.language == "zh-CN" else ("Yes", "No")
        return yes if value else no

    def read_filled_cell(self, text: str, names: CellNames) -> RawJson:  # noqa: ARG002 - the same in every language
        word = text.casefold()
        if word not in YES | NO:
            raise NotABoolean
        return word in YES

    def dump(self, value: Value) -> Json:
        return value if isinstance(value, bool) else None
