"""One of several options."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Annotated, ClassVar, Literal

from pydantic import Field, StringConstraints

from engine.model.bad_values import NotText, UnknownOption
from engine.model.base import Document, DuplicateKey, Fault, Label, Translated
from engine.model.field_types.base import FieldBase
from engine.model.values import Json, RawJson, Value

OptionKey = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_][A-Za-z0-9_.-]{0,62}$")]
Color = Literal[
    "default", "blue", "cyan", "geekblue", "gold", "green", "lime", "magenta", "orange", "purple", "red", "volcano",
    "yellow", "pink",
]  # fmt: skip
MAX_OPTIONS = 1000


class NoActiveOption(Fault):
    code = "no_active_option"
    zh = "至少要有一个未停用的选项"
    en = "At least one option must not be retired"


class Option(Document):
    """One choice. A `retired` option stays on records that have it and cannot be chosen any more."""

    key: OptionKey
    title: Label
    color: Color | None = None
    retired: bool = False


class OptionsBase(FieldBase):
    """What single and multiple choice share."""

    refused_members: ClassVar[frozenset[str]] = frozenset({"search", "computed"})

    options: tuple[Option, ...] = Field(min_length=1, max_length=MAX_OPTIONS)

    @cached_property
    def option_keys(self) -> tuple[str, ...]:
        """Every option in the authored order, retired ones too."""
        return tuple(option.key for option in self.options)

    @cached_property
    def active_option_keys(self) -> tuple[str, ...]:
        """The options that may be chosen now."""
        return tuple(option.key for option in self.options if not option.retired)

    def parse_option(self, raw: RawJson) -> str:
        """The key, when it is one of the options; retired ones are known too, for records that hold them."""
        if not isinstance(raw, str):
            raise NotText
        if raw not in self.option_keys:
            raise UnknownOption(option=raw[:100])
        return raw

    def faults(self) -> Iterator[Fault]:
        yield from super().faults()
        seen: set[str] = set()
        for position, key in enumerate(self.option_keys):
            if key in seen:
                yield DuplicateKey(path=f"/options/{position}/key", key=key)
            seen.add(key)
        if not self.active_option_keys:
            yield NoActiveOption(path="/options")


class SelectField(OptionsBase):
    """Exactly one of the options, or none."""

    type_title: ClassVar[Translated] = Translated(zh_cn="单选", en="Single choice")
    type_description: ClassVar[Translated] = Translated(zh_cn="从选项中选择一个", en="One of a list of options")

    type_plain_json: ClassVar[bool] = True
    type: Literal["select"] = "select"

    def parse_filled(self, raw: RawJson) -> Value:
        return self.parse_option(raw)

    def dump(self, value: Value) -> Json:
        return value if isinstance(value, str) else None
