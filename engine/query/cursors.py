"""Keyset cursors: the place of the last record of a page in its order, as an opaque text."""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Sequence
from datetime import UTC, datetime

from engine.errors import Rejection
from engine.model.base import ID_PATTERN
from engine.model.entities import Entity
from engine.model.fields import EntityField
from engine.model.system_fields import SYSTEM_FIELD_TYPES
from engine.model.values import BadValue, Json, RawJson, Scalar, Value
from engine.query.sorts import Sort, signature

MAX_LENGTH = 20_000
_ID = re.compile(ID_PATTERN)


class BadCursor(Rejection):
    """A cursor that this list did not give out."""

    code = "bad_cursor"
    status = 400
    zh = "分页位置无效, 请从第一页开始"
    en = "The cursor does not belong to this list; start from the first page"


def encode_cursor(entity: Entity, sorts: Sequence[Sort], values: Sequence[Value]) -> str:
    """The place of a record whose values of the sort fields are `values`."""
    dumped = [_dump(entity, sort, value) for sort, value in zip(sorts, values, strict=True)]
    content = json.dumps([signature(sorts), dumped], ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(content.encode()).decode().rstrip("=")


def decode_cursor(text: str, entity: Entity, sorts: Sequence[Sort]) -> tuple[Scalar, ...]:
    """The values of the sort fields at that place; raises `BadCursor`."""
    if len(text) > MAX_LENGTH:
        raise BadCursor
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        given, dumped = json.loads(raw)
        if given != signature(sorts) or len(dumped) != len(sorts):
            raise BadCursor
        return tuple(_read(entity, sort, item) for sort, item in zip(sorts, dumped, strict=True))
    except (binascii.Error, ValueError, TypeError, OverflowError, BadValue, RecursionError):
        raise BadCursor from None


def _field(entity: Entity, key: str) -> EntityField:
    return entity.by_key.get(key) or SYSTEM_FIELD_TYPES[key]


def _dump(entity: Entity, sort: Sort, value: Value) -> Json:
    if sort.field == "id" and isinstance(value, str):
        return value
    if isinstance(value, datetime):
        # exactly as stored: a place between two records of one millisecond would show them again or leave them out
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return _field(entity, sort.field).dump(value)


def _read(entity: Entity, sort: Sort, item: RawJson) -> Scalar:
    if sort.field == "id":
        if not isinstance(item, str) or _ID.fullmatch(item) is None:
            raise BadCursor
        return item
    field = _field(entity, sort.field)
    value = _instant(item) if field.type == "datetime" else field.parse(item)
    if isinstance(value, tuple):
        raise BadCursor
    return value


def _instant(item: RawJson) -> datetime | None:
    """The instant to the microsecond; input, in contrast, is cut to milliseconds."""
    if item is None:
        return None
    instant = datetime.fromisoformat(str(item))
    if instant.tzinfo is None:
        raise BadCursor
    return instant.astimezone(UTC)
