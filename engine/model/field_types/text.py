"""A single line of text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import ClassVar, Literal

import re2
from pydantic import Field

from engine.model.bad_values import BadCharacter, NotInCells, NotText, PatternMismatch, TooLong
from engine.model.base import Fault, Label, Translated
from engine.model.cells import CellNames
from engine.model.expressions import Operator
from engine.model.field_types.base import FieldBase
from engine.model.values import Json, RawJson, Value

TEXT_OPERATORS: tuple[Operator, ...] = (
    "eq", "ne", "in", "not_in", "lt", "le", "gt", "ge", "contains", "not_contains", "starts_with", "empty", "not_empty",
)  # fmt: skip
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|.)", re.DOTALL)
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


class PatternNotAccepted(Fault):
    code = "pattern_not_accepted"
    zh = "正则表达式无法使用: {reason}"
    en = "The pattern cannot be used: {reason}"


def _as_re2(pattern: str) -> str:
    r"""RE2 has no `\uXXXX`; it writes the same character `\x{XXXX}`."""
    return _ESCAPE.sub(lambda found: rf"\x{{{found[1]}}}" if found[1] else found[0], pattern)


def _options() -> re2.Options:
    options = re2.Options()
    options.log_errors = False
    return options


def check_text(raw: RawJson, *, max_length: int) -> str:
    """The text, when databases can hold it and it has at most `max_length` code points."""
    if not isinstance(raw, str):
        raise NotText
    if bad := _UNSTORABLE.search(raw):
        raise BadCharacter(position=bad.start() + 1)
    if len(raw) > max_length:
        raise TooLong(max=max_length, length=len(raw))
    return raw


class TextBase(FieldBase):
    """What fields share whose value is a text: stored, compared and seen by formulas as it is."""

    type_plain_json: ClassVar[bool] = True
    type_operators: ClassVar[tuple[Operator, ...]] = TEXT_OPERATORS

    @property
    def longest(self) -> int:
        """How many code points a value may have."""
        raise NotImplementedError

    def read_cell(self, text: str, names: CellNames) -> RawJson:  # noqa: ARG002 - a text is a text
        """The text as it is, with its spaces."""
        if self.is_made:
            raise NotInCells
        return text or None

    def comparable(self, text: str) -> str:
        """What stored values are compared with where somebody asks for `text`."""
        return text

    def dump(self, value: Value) -> Json:
        return value if isinstance(value, str) else None


class TextField(TextBase):
    """A single line of text; `pattern` is an RE2 expression that the whole text must match."""

    type_title: ClassVar[Translated] = Translated(zh_cn="单行文本", en="Text")
    type_description: ClassVar[Translated] = Translated(
        zh_cn="一行文字, 可限制长度和格式", en="One line of text, its length and form can be limited"
    )

    type: Literal["text"] = "text"
    max_length: int = Field(default=255, ge=1, le=10_000)
    pattern: str | None = Field(default=None, min_length=1, max_length=500)
    pattern_message: Label | None = None

    @property
    def longest(self) -> int:
        return self.max_length

    @cached_property
    def compiled_pattern(self) -> re2._Regexp | None:
        """The pattern, ready to be matched in linear time."""
        return None if self.pattern is None else re2.compile(_as_re2(self.pattern), _options())

    def parse_filled(self, raw: RawJson) -> Value:
        text = check_text(raw, max_length=self.max_length)
        if self.compiled_pattern is not None and self.compiled_pattern.fullmatch(text) is None:
            raise PatternMismatch(self.pattern_message)
        return text

    def faults(self) -> Iterator[Fault]:
        yield from super().faults()
        try:
            _ = self.compiled_pattern
        except re2.error as refusal:
            reason = refusal.args[0] if refusal.args else ""
            text = reason.decode("utf-8", "replace") if isinstance(reason, bytes) else str(reason)
            yield PatternNotAccepted(path="/pattern", reason=text)
