"""Whatever is sent as the value of a field of whatever type, it is held or refused with a code, and nothing breaks."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.errors import Problem
from engine.model.cells import CellNames
from engine.model.fields import EntityField
from engine.model.values import BadValue, RawJson
from tests.model.one_of_each import every_field

FIELDS = pytest.mark.parametrize("of_type", every_field(), ids=lambda item: f"{item.type}-{item.column_kind}")
DEEP = 20_000


def nested_list() -> RawJson:
    made: RawJson = ["x"]
    for _ in range(DEEP):
        made = [made]
    return made


def nested_object() -> RawJson:
    made: RawJson = {"id": "x"}
    for _ in range(DEEP):
        made = {"id": made}
    return made


# what no field holds
WRONG: dict[str, RawJson] = {
    "nan": float("nan"),
    "infinity": float("inf"),
    "decimal nan": Decimal("NaN"),
    "signalling nan": Decimal("sNaN"),
    "whole of 400 digits": 10**400,
    "decimal of 400 digits": Decimal("1e400"),
    "nul": "a\0b",
    "lone surrogate": "a\ud800",
    "longest text": "x" * 200_000,
    "deep list": nested_list(),
    "deep object": nested_object(),
    "list of lists": [nested_list()],
    "list of deep objects": [nested_object()],
    "huge list": [0] * 100_000,
    "list of huge text": ["x" * 200_000],
    "list with nothing": [None],
    "list with nul": ["a\0"],
    "object": {"a": 1},
}
# what some hold
DOUBTFUL: tuple[RawJson, ...] = (
    True,
    False,
    0,
    -1,
    1.5,
    Decimal("0.1"),
    "2026-02-30",
    "2026-13-01T25:00:00Z",
    "no such option",
    "0" * 24,
    "g" * 24,
    {},
    {"id": "0" * 24},
    [{}],
    [{"id": 5}],
    [{"id": "0" * 24, "name": 5}],
    " ",
    "\u202e\u0007\x1b",
    "１２",
    "1e400",
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.decimals() | st.text(st.characters()),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=8,
)


def assert_told(refusal: BadValue) -> None:
    problem = Problem.of(refusal)
    assert problem.code
    assert problem.text("zh-CN")
    assert problem.text("en")
    assert not problem.path or problem.path.startswith("/")


def tried(of_type: EntityField, raw: RawJson) -> BadValue | None:
    """The refusal; None: the value is held, and given back as it can be sent again."""
    try:
        value = of_type.parse(raw)
    except BadValue as refusal:
        assert_told(refusal)
        return refusal
    assert of_type.parse(of_type.dump(value)) == value
    return None


@FIELDS
@pytest.mark.parametrize("kind", WRONG)
def test_what_no_field_holds_is_refused_with_a_code(of_type: EntityField, kind: str) -> None:
    assert tried(of_type, WRONG[kind]) is not None


@FIELDS
def test_what_only_some_fields_hold_is_held_or_refused(of_type: EntityField) -> None:
    for raw in DOUBTFUL:
        tried(of_type, raw)


@FIELDS
def test_any_json_is_held_or_refused(of_type: EntityField) -> None:
    @settings(max_examples=60, deadline=None)
    @given(JSON)
    def check(raw: RawJson) -> None:
        tried(of_type, raw)

    check()


@FIELDS
def test_any_cell_is_read_or_refused(of_type: EntityField) -> None:
    @settings(max_examples=60, deadline=None)
    @given(st.text(st.characters()) | st.text('0123456789-/:.,; %()年月日上下午天时分dhm[]{}"', max_size=20))
    def check(text: str) -> None:
        try:
            of_type.parse(of_type.read_cell(text, CellNames()))
        except BadValue as refusal:
            assert_told(refusal)

    check()
    for text in ("[" * 100_000, "NaN", "9" * 5000, "1e400", "\0", "\ud800"):
        try:
            of_type.parse(of_type.read_cell(text, CellNames()))
        except BadValue as refusal:
            assert_told(refusal)
