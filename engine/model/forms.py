"""`forms/<key>.json`: how a record of one entity is entered: sections, order and visibility."""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, Literal

from pydantic import Discriminator, Field, Tag

from engine.model.base import Document, DocumentFile, FieldPath, FormulaText, Key, Label


class Item(Document):
    """A field of the layout, shown only while `visible_when` holds."""

    field: FieldPath
    visible_when: FormulaText | None = None
    width: Literal["half", "full"] | None = None


def _item_tag(item: object) -> str:
    return "item_object" if isinstance(item, dict | Item) else "item_key"


LayoutItem = Annotated[
    Annotated[FieldPath, Tag("item_key")] | Annotated[Item, Tag("item_object")],
    Discriminator(_item_tag),
]


class Section(Document):
    """A heading and the fields under it, in one column or two."""

    section: Label
    columns: int = Field(default=1, ge=1, le=2)
    visible_when: FormulaText | None = None
    items: tuple[LayoutItem, ...] = Field(min_length=1, max_length=500)

    @cached_property
    def layout_items(self) -> tuple[Item, ...]:
        """The items, each in its long form."""
        return tuple(Item(field=item) if isinstance(item, str) else item for item in self.items)


class Form(DocumentFile):
    """How one entity is entered; with `flow`, submitting it starts that flow."""

    key: Key
    was: Key | None = None
    entity: Key
    title: Label
    flow: Key | None = None
    layout: tuple[Section, ...] = Field(min_length=1, max_length=100)
