"""What every authored document shares: strictness, keys and labels in one or several languages."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Discriminator, Field, StringConstraints, Tag

from engine.errors import Rejection

FORMAT = 1
Language = Literal["zh-CN", "en"]
LANGUAGES: tuple[Language, ...] = ("zh-CN", "en")

KEY_PATTERN = r"^[a-z][a-z0-9_]{0,62}$"
Key = Annotated[str, StringConstraints(pattern=KEY_PATTERN)]
# Not a Literal: that would take `true` for 1.
FormatNumber = Annotated[int, Field(ge=FORMAT, le=FORMAT)]
Text = Annotated[str, StringConstraints(min_length=1, max_length=500)]
# a formula that the databases compute, of which a list may have many
ListFormula = Annotated[str, StringConstraints(min_length=1, max_length=2000)]
FormulaText = Annotated[str, StringConstraints(min_length=1, max_length=8000)]
ID_PATTERN = r"^[0-9a-f]{24}$"
FIELD_PATH_PATTERN = r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*){0,3}$"
FieldPath = Annotated[str, StringConstraints(pattern=FIELD_PATH_PATTERN, max_length=255)]


class Document(BaseModel):
    """A frozen authored object; members it does not know are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Translated(Document):
    """One text in both languages of the product."""

    zh_cn: Text = Field(alias="zh-CN")
    en: Text


class DocumentFile(Document):
    """A document that is a file of its own; `$schema` is for editors and is neither kept nor exported."""

    schema_url: str | None = Field(default=None, alias="$schema", exclude=True, max_length=500)


class Fault(Rejection, ValueError):
    """A definition that has the right shape but no meaning; `path` is a JSON pointer below the object it is in.

    Also a ValueError, so that pydantic collects it with its own errors instead of stopping at it.
    """

    code = "bad_definition"
    status = 422
    zh = "定义不正确"
    en = "The definition is not correct"


class DuplicateKey(Fault):
    code = "duplicate_key"
    zh = "标识 “{key}” 重复"
    en = "The key “{key}” is used twice"


class ReservedKey(Fault):
    code = "reserved_key"
    zh = "标识 “{key}” 由系统使用"
    en = "The key “{key}” is used by the engine"


class Faults(ValueError):
    """Several faults of one object, raised together so that all are reported at once."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        self.faults = faults
        super().__init__("; ".join(str(fault) for fault in faults))


def _label_tag(label: object) -> str:
    return "translated_label" if isinstance(label, dict | Translated) else "plain_label"


# The form is decided before validation, so that a mistake is reported once and not once per form.
Label = Annotated[
    Annotated[Text, Tag("plain_label")] | Annotated[Translated, Tag("translated_label")],
    Discriminator(_label_tag),
]


def label_text(label: Label, language: str) -> str:
    """The label in `language`; a plain label is the same in every language."""
    if isinstance(label, str):
        return label
    return label.zh_cn if language.startswith("zh") else label.en


def label_template(label: Label, language: str) -> str:
    """The label as the text of an error: braces in an author's sentence are text, not places for parameters."""
    return label_text(label, language).replace("{", "{{").replace("}", "}}")
