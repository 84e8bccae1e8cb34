"""Records as they leave the engine: values in JSON form, hidden fields absent, a title for people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from pydantic import JsonValue

from engine.access.directory import Directory
from engine.forms.compile import CompiledEntity
from engine.forms.evaluate import record_title
from engine.forms.rights import mask
from engine.forms.unread import paths_to
from engine.formula.values import ErrorValue
from engine.model.base import label_text
from engine.model.entities import Entity
from engine.model.field_types.number import plain
from engine.model.field_types.select import OptionsBase
from engine.model.fields import EntityField
from engine.model.system_fields import SYSTEM_FIELD_TYPES
from engine.model.values import Composite, FileRef, Row, Value, Values
from engine.store.records import Record

if TYPE_CHECKING:  # the catalog remembers how rows are shown
    from engine.runtime.calls import Call
    from engine.runtime.catalog import AppEntity

MAX_TITLE = 500


@dataclass  # not frozen: lists are made of these, and that would take three times as long
class RecordView:
    """A record for one person; `values` in JSON form by field key, hidden fields absent.

    `links`: titles of the records that it links to, by id, of those that the person may read. `deleted`: those of its
    links that lead to no record any more.
    """

    id: str
    version: int
    created_at: str
    created_by: str | None
    created_department: str | None
    updated_at: str
    updated_by: str | None
    flow_status: str | None
    title: str
    values: Mapping[str, JsonValue]
    links: Mapping[str, str] = field(default_factory=dict)
    deleted: Sequence[str] = ()


def instant_text(value: datetime) -> str:
    """An instant as the API writes it: RFC 3339, UTC, milliseconds."""
    return f"{value.isoformat(timespec='milliseconds')[:23]}Z"


def maybe_instant(value: datetime | None) -> str | None:
    """As `instant_text`; None stays None."""
    return None if value is None else instant_text(value)


def dump_values(entity: Entity, values: Values) -> dict[str, JsonValue]:
    """Canonical values in JSON form, those the entity knows."""
    return {key: field.dump(values[key]) for key, field in entity.by_key.items() if key in values}


def show_failures(failed: Mapping[str, ErrorValue], *, hidden: frozenset[str]) -> dict[str, str]:
    """Error values of formulas by JSON pointer, without those of hidden fields."""
    return {pointer: error.value for pointer, error in failed.items() if hidden.isdisjoint(paths_to(pointer))}


def show_record(call: Call, entity: AppEntity, record: Record, *, hidden: frozenset[str]) -> RecordView:
    """The record without what is hidden."""
    visible = mask(record.values, hidden) if hidden else record.values
    return RecordView(
        id=record.id,
        version=record.version,
        created_at=instant_text(record.created_at),
        created_by=record.created_by,
        created_department=record.created_department,
        updated_at=instant_text(record.updated_at),
        updated_by=record.updated_by,
        flow_status=record.flow_status,
        title=title_of(call, entity.compiled, visible),
        values=dump_values(entity.compiled.entity, visible),
    )


def title_of(call: Call, compiled: CompiledEntity, values: Values) -> str:
    """The record's name, in the workspace's language; values that are not given are left out."""
    entity, language = compiled.entity, call.workspace.language

    def show(key: str, value: Value) -> str:
        field = entity.by_key.get(key) or SYSTEM_FIELD_TYPES.get(key)
        return "" if field is None else value_text(field, value, directory=call.directory, language=language)

    return record_title(compiled, values, show)[:MAX_TITLE]


def value_text(field: EntityField, value: Value, *, directory: Directory, language: str) -> str:
    """A value as people read it in running text."""
    match value:
        case None:
            return ""
        case bool():
            return ("是" if value else "否") if language.startswith("zh") else ("Yes" if value else "No")
        case Decimal():
            return plain(value)
        case tuple():
            return ", ".join(_item_text(field, item, directory=directory, language=language) for item in value)
        case str():
            return _item_text(field, value, directory=directory, language=language)
        case Composite():
            return composite_text(value, language=language)
        case _:
            return value.isoformat()


def composite_text(value: Composite, *, language: str) -> str:
    """The parts that are filled in one line: two days with a dash, names of an address as they are written."""
    parts = [part for part in value.parts.values() if part is not None]
    if all(isinstance(part, date) for part in parts):
        return " – ".join(str(part) for part in parts)
    if all(isinstance(part, str) for part in parts):
        return ("" if language.startswith("zh") else " ").join(str(part) for part in parts)
    return ", ".join(plain(part) if isinstance(part, Decimal) else str(part) for part in parts)


def _item_text(field: EntityField, item: str | FileRef | Row, *, directory: Directory, language: str) -> str:
    if isinstance(item, FileRef):
        return item.name
    if isinstance(item, Row):
        return ""
    if isinstance(field, OptionsBase):
        option = next((option for option in field.options if option.key == item), None)
        return item if option is None else label_text(option.title, language)
    if field.type == "member" and item in directory.members:
        return label_text(directory.members[item].name, language)
    if field.type == "department" and item in directory.departments:
        return label_text(directory.departments[item].title, language)
    return item
