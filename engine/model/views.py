"""`views/<key>.json`: how the records of one entity are listed."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Discriminator, Field, Tag

from engine.model.base import Document, DocumentFile, FieldPath, Key, Label, ListFormula
from engine.model.filters import Filter


class SortKey(Document):
    """One field to sort by, ascending unless `desc`."""

    field: FieldPath
    desc: bool = False


class FormulaSort(Document):
    """A formula to sort by, made of what the databases compute; ascending unless `desc`."""

    formula: ListFormula
    desc: bool = False


def _sort_tag(key: object) -> str:
    match key:
        case FormulaSort() | {"formula": _}:
            return "formula_key"
        case _:
            return "field_key"


AnySort = Annotated[
    Annotated[SortKey, Tag("field_key")] | Annotated[FormulaSort, Tag("formula_key")], Discriminator(_sort_tag)
]


class View(DocumentFile):
    """A grid of records: columns, rows that pass the filter, order."""

    key: Key
    was: Key | None = None
    entity: Key
    kind: Literal["grid"]
    title: Label
    columns: tuple[FieldPath, ...] = Field(min_length=1, max_length=100)
    filter: Filter | None = None
    sort: tuple[AnySort, ...] = Field(default=(), max_length=5)
