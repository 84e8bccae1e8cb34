"""`views/<key>.json`: how the records of one entity are listed."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from engine.model.base import Document, DocumentFile, Key, Label
from engine.model.filters import Filter


class SortKey(Document):
    """One field to sort by, ascending unless `desc`."""

    field: Key
    desc: bool = False


class View(DocumentFile):
    """A grid of records: columns, rows that pass the filter, order."""

    key: Key
    was: Key | None = None
    entity: Key
    kind: Literal["grid"]
    title: Label
    columns: tuple[Key, ...] = Field(min_length=1, max_length=100)
    filter: Filter | None = None
    sort: tuple[SortKey, ...] = Field(default=(), max_length=5)
