"""Canonical values of records: what a field holds between parsing and storing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal, TypeAlias

from engine.errors import Rejection

# The logical kind of a column; the store maps each to its databases.
ColumnKind = Literal[
    "text", "integer", "decimal", "bool", "day", "instant", "json", "links", "reference", "table", "none",
    "date_range", "address", "location",
]  # fmt: skip


@dataclass(frozen=True)
class FileRef:
    """An uploaded file held by a record: its id, name as uploaded, size in bytes and sniffed media type."""

    id: str
    name: str
    size: int
    media_type: str


@dataclass(frozen=True)
class Row:
    """One row of a subform. `id` is None until it is stored; `values` are keyed by column key.

    The value of an inner subform is rows in turn, an empty tuple where there are none.
    """

    id: str | None
    values: Mapping[str, Value]


@dataclass(frozen=True)
class Composite:
    """A value of several parts: every part of its type by key, those not filled in as None; one at least is filled."""

    parts: Mapping[str, str | Decimal | date | None]


# str: text, option key, member, department or record id · Decimal: number · bool · date: calendar day
# datetime: instant, aware, UTC · tuple[str, ...]: several keys or ids
Scalar: TypeAlias = str | Decimal | bool | date | datetime | tuple[str, ...] | tuple[FileRef, ...] | Composite | None
Value: TypeAlias = Scalar | tuple[Row, ...]
Values: TypeAlias = Mapping[str, Value]
Json: TypeAlias = bool | int | float | str | list["Json"] | dict[str, "Json"] | None
# What a field's `parse` accepts: JSON, numbers also as the Decimal a careful parser made of them.
RawJson: TypeAlias = bool | int | float | Decimal | str | Sequence["RawJson"] | Mapping[str, "RawJson"] | None

SYSTEM_FIELDS: Mapping[str, ColumnKind] = {
    "id": "reference",
    "version": "integer",
    "created_at": "instant",
    "created_by": "reference",
    "created_department": "reference",
    "updated_at": "instant",
    "updated_by": "reference",
    "flow_status": "text",
}


def value_in(values: Values, path: str) -> Value:
    """The value of a field, or of a part of it (`period.start`)."""
    key, _, part = path.partition(".")
    value = values.get(key)
    if not part:
        return value
    return value.parts.get(part) if isinstance(value, Composite) else None


class BadValue(Rejection):
    """A value that its field cannot hold; raised by a field type's `parse` and collected by the validator."""

    code = "bad_value"
    status = 422
    zh = "内容格式不正确"
    en = "The value is not of the right form"
