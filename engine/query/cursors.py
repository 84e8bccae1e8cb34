"""Keyset cursors: the place of the last record of a page in its order, as an opaque text.

A cursor holds values as they are stored. The rules of a field say what may be entered; a place that a list gave out
stays a place when they are narrowed, or when a computed value lies outside of them.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

from engine.errors import Rejection
from engine.model.base import ID_PATTERN
from engine.model.entities import Entity
from engine.model.field_types.number import plain
from engine.model.json_text import UNSTORABLE
from engine.model.system_fields import SYSTEM_FIELD_TYPES
from engine.model.terms import TermKind, term_kind
from engine.model.values import ColumnKind, Composite, Json, RawJson, Scalar
from engine.query.sorts import Sort, signature

# A cursor travels in an address; a place with longer texts is told by its record.
MAX_LENGTH = 2_000
_ID = re.compile(ID_PATTERN)
_NUMERAL = re.compile(r"-?[0-9]{1,18}(?:\.[0-9]{1,18})?")
# sums may have more digits than fields
_LONG_NUMERAL = re.compile(r"-?[0-9]{1,19}(?:\.[0-9]{1,18})?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


_COMPUTED: Mapping[TermKind, ColumnKind] = {"number": "decimal", "text": "text", "boolean": "bool"}


class BadCursor(Rejection):
    """A cursor that this list did not give out."""

    code = "bad_cursor"
    status = 400
    zh = "分页位置无效, 请从第一页开始"
    en = "The cursor does not belong to this list; start from the first page"


@dataclass(frozen=True)
class RecordPlace:
    """The place of a record whose values are too long to be carried; `digest` tells whether it is still there."""

    record_id: str
    digest: str

    def is_at(self, values: Sequence[Scalar]) -> bool:
        """Whether the record's `values` of the sort fields are still those of the place."""
        return _digest([_dump(value) for value in values]) == self.digest


def encode_cursor(sorts: Sequence[Sort], values: Sequence[Scalar]) -> str:
    """The place of a record whose values of the sort fields are `values`; where time changes them, the record."""
    dumped = [_dump(value) for value in values]
    text = _pack([signature(sorts), dumped])
    moves = any(sort.computed is not None and sort.computed.uses_clock for sort in sorts)
    if len(text) <= MAX_LENGTH and not moves:
        return text
    record_id = next(item for sort, item in zip(sorts, dumped, strict=True) if sort.field == "id")
    return _pack([signature(sorts), record_id, _digest(dumped)])


def decode_cursor(text: str, entity: Entity, sorts: Sequence[Sort]) -> tuple[Scalar, ...] | RecordPlace:
    """The values of the sort fields at that place, or the record that is there; raises `BadCursor`."""
    if len(text) > MAX_LENGTH:
        raise BadCursor
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        given, place, *digest = json.loads(raw)
        if given != signature(sorts):
            raise BadCursor
        if digest:
            return RecordPlace(_id(place), str(digest[0]))
        return tuple(
            _id(item) if sort.field == "id" else _value(entity, sort, item)
            for sort, item in zip(sorts, place, strict=True)
        )
    except (binascii.Error, ValueError, TypeError, OverflowError, RecursionError):
        raise BadCursor from None


_OF_TERM: Mapping[TermKind, ColumnKind] = {
    "number": "decimal", "text": "text", "boolean": "bool", "day": "day", "instant": "instant", "list": "text",
}  # fmt: skip


def encode_value(value: Scalar) -> str:
    """A value as an opaque place among values."""
    return _pack([_dump(value)])


def decode_value(text: str, kind: TermKind) -> Scalar:
    """The value of a place; raises `BadCursor`."""
    try:
        (item,) = json.loads(base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True))
        if kind == "number" and isinstance(item, str) and _LONG_NUMERAL.fullmatch(item):
            return Decimal(item)
        return _read(_OF_TERM[kind], item)
    except (binascii.Error, ValueError, TypeError, OverflowError, RecursionError, KeyError):
        raise BadCursor from None


def _pack(content: Json) -> str:
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _digest(dumped: Sequence[Json]) -> str:
    return hashlib.sha256(json.dumps(dumped).encode()).hexdigest()[:32]


def _value(entity: Entity, sort: Sort, item: RawJson) -> Scalar:
    if sort.computed is None:
        return _read((entity.value_at(sort.field) or SYSTEM_FIELD_TYPES[sort.field]).column_kind, item)
    kind = term_kind(sort.computed.term)
    if kind == "number" and isinstance(item, str) and _LONG_NUMERAL.fullmatch(item):
        return Decimal(item)
    return _read(_COMPUTED[kind], item)


def _dump(value: Scalar) -> Json:
    match value:
        case datetime():
            # exactly as stored: a place between two records of one millisecond would show them again or leave them out
            return value.astimezone(UTC).isoformat(timespec="microseconds")
        case date():
            return value.isoformat()
        case Decimal():
            return plain(value)
        case tuple() | Composite():
            return None
        case _:
            return value


def _read(kind: ColumnKind, item: RawJson) -> Scalar:
    if item is None or (kind == "bool" and isinstance(item, bool)):
        return item
    if not isinstance(item, str):
        raise BadCursor
    match kind:
        case "decimal" | "integer":
            return Decimal(_matching(_NUMERAL, item))
        case "day":
            return date.fromisoformat(_matching(_DAY, item))
        case "instant":
            return _instant(item)
        case "reference":
            return _id(item)
        case "text" if UNSTORABLE.search(item) is None:
            return item
        case _:
            raise BadCursor


def _matching(form: re.Pattern[str], item: str) -> str:
    if form.fullmatch(item) is None:
        raise BadCursor
    return item


def _id(item: RawJson) -> str:
    if not isinstance(item, str):
        raise BadCursor
    return _matching(_ID, item)


def _instant(item: str) -> datetime:
    """The instant to the microsecond; input, in contrast, is cut to milliseconds."""
    instant = datetime.fromisoformat(item)
    if instant.tzinfo is None:
        raise BadCursor
    return instant.astimezone(UTC)
