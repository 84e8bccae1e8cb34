"""A field of every type, with what a definition must say of it, and values that it can hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from hypothesis import strategies as st
from pydantic import TypeAdapter

from engine.model.fields import FIELD_TYPES, AnyField, EntityField

FIELD: TypeAdapter[EntityField] = TypeAdapter(AnyField)
OPTIONS = [
    {"key": "a", "title": {"zh-CN": "甲", "en": "First"}},
    {"key": "b", "title": "A"},
    {"key": "A", "title": "B, C"},
    {"key": "c", "title": "Same"},
    {"key": "d", "title": "Same"},
]
# what a type cannot do without
NEEDED: Mapping[str, Mapping[str, object]] = {
    "select": {"options": OPTIONS},
    "multi_select": {"options": OPTIONS},
    "serial": {"pattern": "A-{seq:4}"},
    "link": {"entity": "thing"},
    "lookup": {"link": "thing", "field": "name"},
    "related": {"entity": "thing", "by": "other"},
    "rollup": {"entity": "thing", "by": "other", "function": "count"},
    "subform": {"fields": [{"key": "qty", "type": "number", "title": "Q"}]},
}


def field(type_key: str, **members: object) -> EntityField:
    return FIELD.validate_python({"key": "f", "title": "F", "type": type_key, **NEEDED.get(type_key, {}), **members})


def every_field() -> list[EntityField]:
    """One of each type, those that can hold several both ways."""
    found = [field(kind.type_key()) for kind in FIELD_TYPES]
    several = [field(kind.type_key(), multiple=True) for kind in FIELD_TYPES if "multiple" in kind.model_fields]
    return [*found, *several]


TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=40)
IDS = st.sampled_from([f"{number:024x}" for number in range(6)])
MOMENTS = st.datetimes(datetime(1971, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - bounds
WHOLE = st.integers(0, 5)
VALUES: Mapping[str, Callable[[], st.SearchStrategy[object]]] = {
    "text": lambda: TEXT,
    "long_text": lambda: TEXT,
    "serial": lambda: TEXT,
    "rich_text": lambda: TEXT.map(lambda text: f"<p>a{text.replace('<', '')}</p>"),
    "barcode": lambda: TEXT,
    "number": lambda: st.integers(-(10**14), 10**14),
    "duration": lambda: st.integers(0, 10**9),
    "rating": lambda: WHOLE,
    "progress": lambda: st.integers(0, 100),
    "boolean": st.booleans,
    "date": lambda: st.dates().map(lambda day: day.isoformat()),
    "datetime": lambda: MOMENTS.map(lambda moment: moment.isoformat()),
    "time": lambda: st.times().map(lambda clock: clock.strftime("%H:%M")),
    "email": lambda: st.sampled_from(["a@example.com", "li.na+x@例子.中国"]),
    "url": lambda: st.sampled_from(["https://example.com/a,b;c", "http://[::1]:80/?q=、"]),
    "phone": lambda: st.sampled_from(["13800138000", "010-62781234转8001", "+1 202-456-1111"]),
    "select": lambda: st.sampled_from("abcdA"),
    "multi_select": lambda: st.lists(st.sampled_from("abcdA"), min_size=1, unique=True),
    "subform": lambda: st.lists(st.fixed_dictionaries({"qty": WHOLE}), min_size=1, max_size=3),
}
