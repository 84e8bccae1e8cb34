"""What every authored document shares: strictness, keys and labels in one or several languages."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

FORMAT = 1
Language = Literal["zh-CN", "en"]
LANGUAGES: tuple[Language, ...] = ("zh-CN", "en")

Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,62}$")]
Text = Annotated[str, StringConstraints(min_length=1, max_length=500)]
FormulaText = Annotated[str, StringConstraints(min_length=1, max_length=8000)]
FieldPath = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*){0,3}$")]


class Document(BaseModel):
    """A frozen authored object; members it does not know are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Translated(Document):
    """One text in both languages of the product."""

    zh_cn: Text = Field(alias="zh-CN")
    en: Text


Label = Text | Translated


def label_text(label: Label, language: str) -> str:
    """The label in `language`; a plain label is the same in every language."""
    if isinstance(label, str):
        return label
    return label.zh_cn if language.startswith("zh") else label.en
