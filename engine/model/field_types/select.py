"""One of several options."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Annotated, ClassVar, Literal

from pydantic import Field, StringConstraints

from engine.model.bad_values import NotText, UnknownName, UnknownOption
from engine.model.base import LANGUAGES, Document, DuplicateKey, Fault, Label, Translated, label_text
from engine.model.cells import SHOWN_NAME, CellNames, Named, named
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

    @cached_property
    def options_named(self) -> Named:
        """Options by key, and by their titles in every language."""
        titles = ((label_text(option.title, language), option.key) for option in self.options for language in LANGUAGES)
        return named(((option.key, option.key) for option in self.options), titles)

    def option_cell(self, key: str, names: CellNames) -> str:
        """The title of an option, or its key where the title may mean another one."""
        titles = (label_text(option.title, names.language) for option in self.options if option.key == key)
        return self.options_named.write(key, titles)

    def option_of_cell(self, text: str) -> str:
        """The key of the option that a cell names. Raises `UnknownOption`, `AmbiguousName`."""
        try:
            return self.options_named.find(text)
        except UnknownName:
            raise UnknownOption(option=text[:SHOWN_NAME]) from None

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

    def write_cell(self, value: Value, names: CellNames) -> str:
        return self.option_cell(value, names) if isinstance(value, str) else ""

    def read_filled_cell(self, text: str, names: CellNames) -> RawJson:  # noqa: ARG002 - both languages at once
        return self.option_of_cell(text)

    def dump(self, value: Value) -> Json:
        return value if isinstance(value, str) else None
