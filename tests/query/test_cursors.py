"""A cursor holds a place exactly; a text that no list gave out is refused."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime

import pytest

from engine.model.entities import Entity
from engine.query.cursors import BadCursor, decode_cursor, encode_cursor
from engine.query.sorts import Sort

ENTITY = Entity.model_validate(
    {"key": "thing", "title": "Thing", "fields": [{"key": "at", "type": "datetime", "title": "At"}]}
)
SORTS = (Sort("at"), Sort("created_at", desc=True), Sort("id"))


def made_up(*values: object) -> str:
    content = json.dumps(["at,-created_at,id", list(values)])
    return base64.urlsafe_b64encode(content.encode()).decode().rstrip("=")


def test_an_instant_is_kept_to_the_microsecond() -> None:
    place = (None, datetime(2026, 4, 1, 8, 0, 0, 137, tzinfo=UTC), "a" * 24)
    assert decode_cursor(encode_cursor(ENTITY, SORTS, place), ENTITY, SORTS) == place


@pytest.mark.parametrize(
    "instant", ["", "soon", 5, True, [], "2026-04-01", "2026-04-01T08:00:00", "0001-01-01T00:00:00+14:00"]
)
def test_what_is_no_instant_is_refused(instant: object) -> None:
    with pytest.raises(BadCursor):
        decode_cursor(made_up(instant, "2026-04-01T08:00:00+00:00", "a"), ENTITY, SORTS)
