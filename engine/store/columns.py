"""Columns: how each logical kind is stored on each database. The only place that knows.

Instants are microseconds since the epoch (BIGINT) on both. On SQLite numbers are integers scaled by the column's
decimals and days are ISO text; on PostgreSQL they are NUMERIC and DATE. Lists and files are JSON.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any

import orjson

from engine.errors import Rejection
from engine.model.field_types.composite import CompositeBase
from engine.model.field_types.number import JSON_NUMBER_DIGITS, NumberField, json_number
from engine.model.fields import FIELD_TYPES
from engine.model.values import ColumnKind, Composite, FileRef, Json, Scalar
from engine.store.database import Dialect

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MAX_INTEGER = 2**63 - 1
EXACT_STEPS = 10**JSON_NUMBER_DIGITS
# on PostgreSQL parts come out of JSON as text
_FROM_TEXT = {"day": "::date", "decimal": "::numeric", "text": ' COLLATE "C"'}
_MICROSECOND = timedelta(microseconds=1)


class NumberTooLarge(Rejection):
    """A number that the column cannot hold."""

    code = "number_too_large"
    status = 422
    zh = "数值超出可保存的范围"
    en = "The number is too large to be stored"


@dataclass(frozen=True)
class Column:
    """A stored column: its name in the database, its kind, and for numbers the decimals it keeps.

    `part`: it is only this part of the values of the column.
    """

    name: str
    kind: ColumnKind
    scale: int = 0
    part: str = ""

    @property
    def parts(self) -> Mapping[str, Column]:
        """The parts of its values, each as a column of its own."""
        return {key: replace(part, name=self.name) for key, part in _PARTS.get(self.kind, {}).items()}

    def sql(self, row: str, dialect: Dialect) -> str:
        """Its value in the record or row named so."""
        whole = f'{row}."{self.name}"'
        if not self.part:
            return whole
        if dialect == "sqlite":
            return f"json_extract({whole}, '$.{self.part}')"
        return f"({whole}->>'{self.part}'){_FROM_TEXT[self.kind]}"

    @property
    def index_table(self) -> str:
        """The table that says which records the links of a column of the kind `links` lead to."""
        return f"l_{self.name.removeprefix('f_')}"


_PARTS: Mapping[ColumnKind, Mapping[str, Column]] = {
    kind.type_column_kind: {
        key: Column("", part.column_kind, part.decimals if isinstance(part, NumberField) else 0, key)
        for key, part in kind.type_parts.items()
    }
    for kind in FIELD_TYPES
    if issubclass(kind, CompositeBase)
}


def instant_to_int(value: datetime) -> int:
    """Microseconds since the epoch."""
    return (value - EPOCH) // _MICROSECOND


def int_to_instant(value: int) -> datetime:
    """The aware UTC instant."""
    return EPOCH + timedelta(microseconds=value)


def sql_type(column: Column, dialect: Dialect) -> str:
    """The type in DDL."""
    if dialect == "sqlite":
        return {"integer": "INTEGER", "decimal": "INTEGER", "bool": "INTEGER", "instant": "INTEGER"}.get(
            column.kind, "TEXT"
        )
    return {
        "integer": "BIGINT",
        "decimal": "NUMERIC",
        "bool": "BOOLEAN",
        "instant": "BIGINT",
        "day": "DATE",
        "json": "JSONB",
        "links": "JSONB",
        **dict.fromkeys(_PARTS, "JSONB"),
    }.get(column.kind, 'TEXT COLLATE "C"')


Writer = Callable[[Scalar], object]
Reader = Callable[[object], Scalar]


def writer(column: Column, dialect: Dialect) -> Writer:
    """From a canonical value to what the driver takes."""
    match column.kind:
        case "decimal":
            return _scaled(column.scale) if dialect == "sqlite" else _same
        case "integer":
            return lambda value: None if value is None else int(value)  # type: ignore[arg-type]
        case "bool":
            return (lambda value: None if value is None else int(bool(value))) if dialect == "sqlite" else _same
        case "day":
            return _iso if dialect == "sqlite" else _same
        case "instant":
            return lambda value: instant_to_int(value) if isinstance(value, datetime) else None
        case "json" | "links":
            return _dump_json
        case "date_range" | "address" | "location":
            return _parts_writer(column, dialect)
        case _:
            return _same


def reader(column: Column, dialect: Dialect) -> Reader:
    """From what the driver gives to a canonical value."""
    match column.kind:
        case "decimal":
            return _unscaled(column.scale) if dialect == "sqlite" else _plain_decimal
        case "integer":
            return lambda raw: None if raw is None else Decimal(str(raw))
        case "bool":
            return lambda raw: None if raw is None else bool(raw)
        case "day":
            return _from_iso if dialect == "sqlite" else _same  # type: ignore[return-value]
        case "instant":
            return lambda raw: int_to_instant(raw) if isinstance(raw, int) else None
        case "json" | "links":
            return _load_json
        case "date_range" | "address" | "location":
            return _parts_reader(column, dialect)
        case _:
            return _same  # type: ignore[return-value]


def json_reader(column: Column, dialect: Dialect) -> Callable[[Any], Json] | None:
    """From what the driver gives, if not empty, to the JSON form that values of the kind have; None: it is that form.

    The form is that of a field which says so (`FieldBase.is_plain_json`): the same as `dump` of what `reader` reads.
    """
    match column.kind:
        case "decimal":
            return _json_of_steps(column.scale) if dialect == "sqlite" else json_number
        case "integer":
            return int
        case "bool":
            return bool if dialect == "sqlite" else None
        case "day":
            return None if dialect == "sqlite" else date.isoformat
        case "instant":
            return instant_text
        case "json" | "links":
            return orjson.loads
        case _:
            return None


@lru_cache(maxsize=8_192)  # a record has two or more of them, often the same, and a page is read again and again
def instant_text(value: int) -> str:
    """Microseconds since the epoch as RFC 3339 in UTC with milliseconds."""
    return f"{(EPOCH + timedelta(microseconds=value)).isoformat(timespec='milliseconds')[:23]}Z"


def _json_of_steps(scale: int) -> Callable[[int], Json]:
    factor = 10**scale

    def read(raw: int) -> Json:
        if not -EXACT_STEPS < raw < EXACT_STEPS:
            return json_number(Decimal(raw).scaleb(-scale))
        whole, rest = divmod(raw, factor)
        # both are exact as binary floats, so their quotient is the float nearest to the decimal
        found: float = raw / factor
        return found if rest else whole

    return read


def _same(value: object) -> object:
    return value


def _iso(value: Scalar) -> str | None:
    return value.isoformat() if isinstance(value, date) else None


def _from_iso(raw: object) -> date | None:
    return date.fromisoformat(raw) if isinstance(raw, str) else None


def _scaled(scale: int) -> Writer:
    factor = Decimal(10) ** scale

    def write(value: Scalar) -> int | None:
        if not isinstance(value, Decimal):
            return None
        whole = int(value * factor)
        if abs(whole) > MAX_INTEGER:
            raise NumberTooLarge
        return whole

    return write


def _unscaled(scale: int) -> Reader:
    if scale == 0:
        return lambda raw: None if raw is None else Decimal(str(raw))

    def read(raw: object) -> Decimal | None:
        return None if raw is None else _trimmed(Decimal(str(raw)).scaleb(-scale))

    return read


def _plain_decimal(raw: object) -> Decimal | None:
    return _trimmed(raw) if isinstance(raw, Decimal) else None


def _trimmed(value: Decimal) -> Decimal:
    """Without superfluous zeros, and never in exponent form."""
    if value == value.to_integral_value():
        return value.quantize(Decimal(1))
    return value.normalize()


def _parts_writer(column: Column, dialect: Dialect) -> Writer:
    """As JSON: each part in the form of a column of its kind, so that databases compare it as one."""
    writers = {key: writer(part, dialect) for key, part in column.parts.items()}

    def write(value: Scalar) -> str | None:
        if not isinstance(value, Composite):
            return None
        found = {key: write_part(value.parts.get(key)) for key, write_part in writers.items()}
        return "{" + ",".join(f'"{key}":{_as_json(part)}' for key, part in found.items() if part is not None) + "}"

    return write


def _as_json(part: object) -> str:
    match part:
        case int():
            return str(part)
        case Decimal():
            return format(part, "f")
        case date():
            return f'"{part.isoformat()}"'
        case _:
            return json.dumps(part, ensure_ascii=False)


def _parts_reader(column: Column, dialect: Dialect) -> Reader:
    days = {key for key, part in column.parts.items() if part.kind == "day"}
    readers = {key: reader(part, dialect) for key, part in column.parts.items()}

    def read(raw: object) -> Scalar:
        if not isinstance(raw, str):
            return None
        found = json.loads(raw, parse_float=Decimal, parse_int=int if dialect == "sqlite" else Decimal)
        parts = {key: _from_iso(part) if key in days else readers[key](part) for key, part in found.items()}
        return Composite({key: parts.get(key) for key in readers})  # type: ignore[misc]  # of the parts' own kinds

    return read


def _dump_json(value: Scalar) -> str | None:
    if not isinstance(value, tuple):
        return None
    items = [
        {"id": item.id, "name": item.name, "size": item.size, "media_type": item.media_type}
        if isinstance(item, FileRef)
        else item
        for item in value
    ]
    return json.dumps(items, ensure_ascii=False, separators=(",", ":"))


def _load_json(raw: object) -> Scalar:
    if not isinstance(raw, str):
        return None
    items = json.loads(raw)
    if items and isinstance(items[0], dict):
        return tuple(FileRef(item["id"], item["name"], item["size"], item["media_type"]) for item in items)
    return tuple(items)


def with_parts(columns: Mapping[str, Column]) -> Mapping[str, Column]:
    """The columns and the parts of their values (`period.start`)."""
    parts = {f"{key}.{name}": part for key, column in columns.items() for name, part in column.parts.items()}
    return {**columns, **parts}
