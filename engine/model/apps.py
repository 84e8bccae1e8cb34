"""`app.json`: what an application is called, what it needs from the workspace, and its menu."""

from __future__ import annotations

from typing import Annotated

from pydantic import Discriminator, Field, StringConstraints, Tag

from engine.model.base import Document, DocumentFile, FormatNumber, Key, Label
from engine.model.calendars import NeededCalendar

Icon = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,39}$")]


class Need(Document):
    """Something the workspace has to provide; installing maps it to the workspace's own or creates it."""

    title: Label


class Needs(Document):
    """What the application needs from the workspace, by the keys its files use."""

    roles: dict[Key, Need] = Field(default_factory=dict)
    calendars: dict[Key, NeededCalendar] = Field(default_factory=dict)


class FormItem(Document):
    """A menu entry that opens a form; its title is the form's unless given."""

    form: Key
    title: Label | None = None


class ViewItem(Document):
    """A menu entry that opens a view; its title is the view's unless given."""

    view: Key
    title: Label | None = None


def _item_tag(item: object) -> str:
    is_view = isinstance(item, ViewItem) or (isinstance(item, dict) and "view" in item)
    return "view_item" if is_view else "form_item"


MenuItem = Annotated[
    Annotated[FormItem, Tag("form_item")] | Annotated[ViewItem, Tag("view_item")],
    Discriminator(_item_tag),
]


class MenuGroup(Document):
    """A heading of the menu and what is under it."""

    title: Label
    items: tuple[MenuItem, ...] = Field(min_length=1, max_length=100)


class App(DocumentFile):
    """The application itself. Its key never changes; its other files are found by their folders."""

    format: FormatNumber
    key: Key
    title: Label
    icon: Icon | None = None
    needs: Needs = Needs()
    menu: tuple[MenuGroup, ...] = Field(default=(), max_length=50)
