"""Text of several lines."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from engine.model.base import Translated
from engine.model.expressions import Operator
from engine.model.field_types.text import TextBase, check_text
from engine.model.values import RawJson, Value


class LongTextField(TextBase):
    """Text of several lines, not sorted by and not compared for order."""

    type_title: ClassVar[Translated] = Translated(zh_cn="多行文本", en="Long text")
    type_description: ClassVar[Translated] = Translated(
        zh_cn="可换行的较长文字", en="Longer text that may have several lines"
    )
    type_operators: ClassVar[tuple[Operator, ...]] = ("contains", "not_contains", "starts_with", "empty", "not_empty")
    refused_members: ClassVar[frozenset[str]] = frozenset({"unique", "sort"})

    type: Literal["long_text"] = "long_text"
    max_length: int = Field(default=10_000, ge=1, le=100_000)

    @property
    def longest(self) -> int:
        return self.max_length

    def parse_filled(self, raw: RawJson) -> Value:
        return check_text(raw, max_length=self.max_length)
