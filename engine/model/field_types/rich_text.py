"""Text with headings, lists, links and emphasis, as HTML that runs nothing."""

from __future__ import annotations

import html
import re
from typing import ClassVar, Literal

import nh3
from pydantic import Field

from engine.model.bad_values import NestedTooDeeply, TooLong
from engine.model.base import Translated
from engine.model.expressions import Operator
from engine.model.field_types.text import TextBase, check_text
from engine.model.values import RawJson, Value

TAGS = frozenset({
    "a", "blockquote", "br", "code", "em", "h1", "h2", "h3", "h4", "hr", "li", "ol", "p", "pre", "s", "strong", "sub",
    "sup", "u", "ul",
})  # fmt: skip
MAX_DEPTH = 50
_SAFE = nh3.Cleaner(
    tags=set(TAGS),
    attributes={"a": {"href", "title"}, "ol": {"start"}},
    clean_content_tags={"script", "style", "template", "title"},
    url_schemes={"http", "https", "mailto", "tel"},
    url_relative="deny",
    link_rel="noopener noreferrer",
)
_WORDS = nh3.Cleaner(tags=set(), clean_content_tags={"script", "style"})
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)")
_BLOCK_END = re.compile(r"<br>|<hr>|</(?:p|h[1-4]|li|blockquote|pre)>")


def plain_text(rich: str) -> str:
    """The words of a value, one block on a line."""
    return html.unescape(_WORDS.clean(_BLOCK_END.sub("\n", rich))).strip()


def _depth(rich: str) -> int:
    """How deep elements are in each other; the text is that of the sanitiser, where all are closed."""
    deepest = depth = 0
    for found in _TAG.finditer(rich):
        if found[2] not in {"br", "hr"}:
            depth += -1 if found[1] else 1
            deepest = max(deepest, depth)
    return deepest


class RichTextField(TextBase):
    """Text with headings, lists, links and emphasis; what could run or load something is left out when it is read."""

    type_title: ClassVar[Translated] = Translated(zh_cn="富文本", en="Rich text")
    type_description: ClassVar[Translated] = Translated(
        zh_cn="带标题、列表、链接和强调的文字", en="Text with headings, lists, links and emphasis"
    )
    type_operators: ClassVar[tuple[Operator, ...]] = ("empty", "not_empty")
    refused_members: ClassVar[frozenset[str]] = frozenset({"unique", "search", "sort", "computed"})

    type: Literal["rich_text"] = "rich_text"
    max_length: int = Field(default=20_000, ge=1, le=100_000)

    @property
    def longest(self) -> int:
        return self.max_length

    def parse_filled(self, raw: RawJson) -> Value:
        safe = _SAFE.clean(check_text(raw, max_length=self.max_length))
        if len(safe) > self.max_length:
            raise TooLong(max=self.max_length, length=len(safe))
        if _depth(safe) > MAX_DEPTH:
            raise NestedTooDeeply(max=MAX_DEPTH)
        return safe if plain_text(safe) or "<hr>" in safe else None
