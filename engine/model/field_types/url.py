"""A web address."""

from __future__ import annotations

import re
from typing import ClassVar, Literal

from engine.model.bad_values import BadUrl
from engine.model.base import Translated
from engine.model.field_types.text import TextBase, check_text
from engine.model.values import RawJson, Value

MAX_URL_LENGTH = 2000
_MAX_PORT = 65_535
_LABEL = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
_HOST = rf"{_LABEL}(?:\.{_LABEL})*\.?|\[[0-9A-Fa-f:.]{{2,45}}\]"
# No name and password before the host: such addresses only make a host look like another one.
_URL = re.compile(rf"(https?)://({_HOST})(?::([0-9]{{1,5}}))?([/?#][^\s\\<>\"\x00-\x1f\x7f]*)?", re.IGNORECASE)


class UrlField(TextBase):
    """An address of the web, with `http` or `https`."""

    type_title: ClassVar[Translated] = Translated(zh_cn="网址", en="Web address")
    type_description: ClassVar[Translated] = Translated(
        zh_cn="以 http:// 或 https:// 开头的网址", en="An address that begins with http:// or https://"
    )

    type: Literal["url"] = "url"

    @property
    def longest(self) -> int:
        return MAX_URL_LENGTH

    def parse_filled(self, raw: RawJson) -> Value:
        text = check_text(raw, max_length=MAX_URL_LENGTH).strip()
        found = _URL.fullmatch(text)
        if found is None or int(found[3] or 0) > _MAX_PORT:
            raise BadUrl
        scheme, host = found[1].lower(), found[2].lower()
        return f"{scheme}://{host}{text[found.end(2) :]}"
