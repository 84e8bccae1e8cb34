"""A mail address."""

from __future__ import annotations

import re
from typing import ClassVar, Literal

from engine.model.bad_values import BadEmail
from engine.model.base import Translated
from engine.model.field_types.text import TextBase, check_text
from engine.model.values import RawJson, Value

MAX_EMAIL_LENGTH = 254
_LOCAL = r"[^\s@\"(),:;<>\[\\\]\x00-\x1f\x7f]{1,64}"
_LABEL = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
_EMAIL = re.compile(rf"(?!\.)({_LOCAL})(?<!\.)@({_LABEL}(?:\.{_LABEL})+)")


class EmailField(TextBase):
    """A mail address; its domain is kept in small letters."""

    type_title: ClassVar[Translated] = Translated(zh_cn="邮箱", en="E-mail")
    type_description: ClassVar[Translated] = Translated(zh_cn="一个电子邮件地址", en="A mail address")

    type: Literal["email"] = "email"

    @property
    def longest(self) -> int:
        return MAX_EMAIL_LENGTH

    def parse_filled(self, raw: RawJson) -> Value:
        text = check_text(raw, max_length=MAX_EMAIL_LENGTH).strip()
        found = _EMAIL.fullmatch(text)
        if found is None or ".." in found[1]:
            raise BadEmail
        return f"{found[1]}@{found[2].lower()}"
