"""A cursor holds a place exactly; a text that no list gave out is refused."""

from __future__ import annotations

import base64
import json
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from engine.model.entities import Entity
from engine.query.cursors import BadCursor, RecordPlace, decode_cursor, encode_cursor
from engine.query.sorts import Sort

ENTITY = Entity.model_validate(
    {
        "key": "thing",
        "title": "Thing",
        "fields": [
            {"key": "at", "type": "datetime", "title": "At"},
            {"key": "note", "type": "text", "title": "Note", "max_length": 10_000},
            # narrower than what is stored
            {"key": "state", "type": "select", "title": "State", "options": [{"key": "off", "title": "Off"}]},
            {"key": "sum", "type": "number", "title": "Sum", "max": 1},
            {"key": "day", "type": "date", "title": "Day"},
            {"key": "done", "type": "boolean", "title": "Done"},
        ],
    }
)
SORTS = (Sort("at"), Sort("created_at", desc=True), Sort("id"))


def made_up(*values: object) -> str:
    content = json.dumps(["at,-created_at,id", list(values)])
    return base64.urlsafe_b64encode(content.encode()).decode().rstrip("=")


def test_an_instant_is_kept_to_the_microsecond() -> None:
    place = (None, datetime(2026, 4, 1, 8, 0, 0, 137, tzinfo=UTC), "a" * 24)
    assert decode_cursor(encode_cursor(SORTS, place), ENTITY, SORTS) == place


@pytest.mark.parametrize(
    "instant", ["", "soon", 5, True, [], "2026-04-01", "2026-04-01T08:00:00", "0001-01-01T00:00:00+14:00"]
)
def test_what_is_no_instant_is_refused(instant: object) -> None:
    with pytest.raises(BadCursor):
        decode_cursor(made_up(instant, "2026-04-01T08:00:00+00:00", "a"), ENTITY, SORTS)


def test_a_place_with_a_long_text_is_told_by_its_record() -> None:
    sorts, place = (Sort("note"), Sort("id")), ("长" * 9_000, "a" * 24)
    cursor = encode_cursor(sorts, place)
    assert len(cursor) < 200
    found = decode_cursor(cursor, ENTITY, sorts)
    assert isinstance(found, RecordPlace)
    assert found.record_id == "a" * 24
    assert found.is_at(place)
    assert not found.is_at(("长" * 9_000 + "了", "a" * 24))
    assert not found.is_at(())


@pytest.mark.parametrize("place", [("on", "-12345.5"), (None, None), ("a,b" * 100, "999999999999999999.5")])
def test_values_are_kept_as_they_are_stored(place: tuple[str | None, str | None]) -> None:
    sorts = (Sort("state"), Sort("sum", desc=True), Sort("day"), Sort("done"), Sort("id"))
    number = None if place[1] is None else Decimal(place[1])
    values = (place[0], number, date(2026, 4, 1), True, "a" * 24)
    assert decode_cursor(encode_cursor(sorts, values), ENTITY, sorts) == values


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("sum", 5),
        ("sum", "1e5"),
        ("sum", "NaN"),
        ("sum", "9" * 19),
        ("day", "20260401"),
        ("day", "2026-13-01"),
        ("day", True),
        ("done", 1),
        ("done", "true"),
        ("state", "a\x00"),
        ("state", "\ud800"),
        ("state", ["on"]),
        ("id", None),
        ("id", "A" * 24),
    ],
)
def test_what_no_column_holds_is_refused(key: str, value: object) -> None:
    sorts = (Sort(key),) if key == "id" else (Sort(key), Sort("id"))
    content = json.dumps([",".join(sort.field for sort in sorts), [value, "a" * 24][: len(sorts)]])
    with pytest.raises(BadCursor):
        decode_cursor(base64.urlsafe_b64encode(content.encode()).decode().rstrip("="), ENTITY, sorts)
