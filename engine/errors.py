"""Rejections: what a caller did wrong, with a code, an HTTP status and texts in Chinese and English."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import ClassVar, Self

Param = str | int | bool | None


class Word(str):
    """A parameter that is a word of the product's language; as a string it is the English one."""

    __slots__ = ("zh",)
    zh: str

    def __new__(cls, en: str, zh: str) -> Self:
        made = super().__new__(cls, en)
        made.zh = zh
        return made


def _fill(template: str, params: Mapping[str, Param], *, is_zh: bool) -> str:
    words = {name: value.zh if is_zh and isinstance(value, Word) else value for name, value in params.items()}
    return template.format(**words)


class Rejection(Exception):
    """The caller's fault; nothing was changed. Subclasses give code, status and texts (`str.format` over params)."""

    code: ClassVar[str] = "rejected"
    status: ClassVar[int] = 400
    zh: str = "请求被拒绝"
    en: str = "The request was refused"

    def __init__(self, *, path: str | None = None, **params: Param) -> None:
        self.path = path
        self.params: dict[str, Param] = params
        super().__init__(self.text("en"))

    def text(self, language: str) -> str:
        """The message in `language` (a tag such as `zh-CN`); every language but Chinese gets English."""
        is_zh = language.startswith("zh")
        return _fill(self.zh if is_zh else self.en, self.params, is_zh=is_zh)


@dataclass(frozen=True)
class Problem:
    """One of several faults in an input. `path` is a JSON pointer inside it, `file` the file it came from, if any."""

    code: str
    zh: str
    en: str
    path: str | None = None
    params: Mapping[str, Param] = field(default_factory=dict)
    file: str | None = None

    def text(self, language: str) -> str:
        """The message in `language`; every language but Chinese gets English."""
        is_zh = language.startswith("zh")
        return _fill(self.zh if is_zh else self.en, self.params, is_zh=is_zh)

    @classmethod
    def of(cls, rejection: Rejection, *, path: str | None = None, file: str | None = None) -> Problem:
        """The same fault as one entry of a list; `path` replaces the rejection's own."""
        return cls(
            code=rejection.code,
            zh=rejection.zh,
            en=rejection.en,
            path=rejection.path if path is None else path,
            params=rejection.params,
            file=file,
        )


class Problems(Rejection):
    """Input with several faults, all reported at once in `errors`."""

    code = "invalid"
    status = 422
    zh = "内容有 {count} 处问题"
    en = "{count} problem(s) in the input"

    def __init__(self, errors: Iterable[Problem]) -> None:
        self.errors = tuple(errors)
        super().__init__(count=len(self.errors))
