"""JSON made of what drivers give is, in every byte, the JSON of the canonical values."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DataObject

from engine.model.field_types.base import FieldBase
from engine.model.fields import FIELD_TYPES
from engine.model.values import ColumnKind, Scalar
from engine.store.columns import Column, json_reader, reader, writer
from engine.store.database import Dialect

OPTIONS = [{"key": "one", "title": "One"}, {"key": "two", "title": "Two"}]
MEMBERS: Mapping[str, Mapping[str, object]] = {
    "select": {"options": OPTIONS},
    "multi_select": {"options": OPTIONS},
    "serial": {"pattern": "{seq:4}"},
    "link": {"entity": "other"},
    "number": {"decimals": 4},
}
SCALE = 4
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
NUMBERS = st.one_of(
    st.integers(-(10**15), 10**15).map(lambda steps: Decimal(steps).scaleb(-SCALE)),
    st.integers(-(10**18), 10**18).map(lambda steps: Decimal(steps).scaleb(-SCALE)),
    st.integers(-(10**11), 10**11).map(Decimal),
)
VALUES: Mapping[ColumnKind, st.SearchStrategy[Scalar]] = {
    "text": TEXTS,
    "reference": TEXTS,
    "decimal": NUMBERS,
    "integer": st.integers(-(10**12), 10**12).map(Decimal),
    "bool": st.booleans(),
    "day": st.dates(),
    "instant": st.datetimes(min_value=datetime(1, 1, 2), max_value=datetime(9999, 12, 30)).map(  # noqa: DTZ001
        lambda found: found.replace(tzinfo=UTC, microsecond=found.microsecond // 1000 * 1000)
    ),
    "json": st.lists(TEXTS).map(tuple),
    "links": st.lists(TEXTS).map(tuple),
}


def _fields() -> list[FieldBase]:
    found: list[FieldBase] = []
    for kind in FIELD_TYPES:
        members = {"key": "f", "title": "F", **MEMBERS.get(kind.type_key(), {})}
        if not kind.type_plain_json:
            continue
        found.append(kind.model_validate(members))
        if "multiple" in kind.model_fields:
            found.append(kind.model_validate({**members, "multiple": True}))
    return found


@pytest.mark.parametrize("dialect", ["sqlite", "postgresql"])
@pytest.mark.parametrize("field", _fields(), ids=lambda field: f"{field.type_key()}-{field.column_kind}")
@given(given_data=st.data())
def test_the_json_form_of_a_stored_value_is_the_one_its_field_dumps(
    field: FieldBase, dialect: Dialect, given_data: DataObject
) -> None:
    assert field.is_plain_json
    column = Column("c", field.column_kind, SCALE if field.column_kind == "decimal" else 0)
    value = given_data.draw(VALUES[field.column_kind])
    raw = writer(column, dialect)(value)
    convert = json_reader(column, dialect)
    slow = field.dump(reader(column, dialect)(raw))
    assert raw is not None
    assert orjson.dumps(raw if convert is None else convert(raw)) == orjson.dumps(slow)


def test_numbers_of_many_digits_are_left_to_their_field() -> None:
    number = next(kind for kind in FIELD_TYPES if kind.type_key() == "number")
    assert not number.model_validate({"key": "n", "title": "N", "digits": 18}).is_plain_json


def test_an_infinite_day_of_postgresql_is_a_day() -> None:
    convert = json_reader(Column("c", "day"), "postgresql")
    assert convert is not None
    assert convert(date.max) == "9999-12-31"
