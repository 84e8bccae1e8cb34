"""Text of several lines."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from engine.model.base import Translated
from engine.model.expressions import Operator
from engine.model.field_types.base import FieldBase
from engine.model.field_types.text import check_text
from engine.model.values import Json, RawJson, Value


class LongTextField(FieldBase):
    """Text of several lines, not sorted by and not compared for order."""

    type_title: ClassVar[Translated] = Translated(zh_cn="多行文本", en="Long text")
    type_description: ClassVar[Translated] = Translated(
        zh_cn="可换行的较长文字", en="Longer text that may have several lines"
    )
    type_plain_json: ClassVar[bool] = True
    type_operators: ClassVar[tuple[Operator, ...]] = ("contains", "not_contains", "starts_with", "empty", "not_empty")
    refused_members: ClassVar[frozenset[str]] = frozenset({"unique", "sort"})

    type: Literal["long_text"] = "long_text"
    max_length: int = Field(default=10_000, ge=1, le=100_000)

    def parse_filled(self, raw: RawJson) -> Value:
        return check_text(raw, max_length=self.max_length)

    def dump(self, value: Value) -> Json:
        return value if isinstance(value, str) else None
