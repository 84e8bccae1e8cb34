"""The strict JSON reader: what it refuses, and where it says the fault is."""

from __future__ import annotations

import json
import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.model.json_text import MAX_BYTES, MAX_DEPTH, JsonTree, read_json

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**15) + 1, 10**15 - 1)
    | st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"])),
    lambda inner: st.lists(inner) | st.dictionaries(st.text("abc/~中\n", max_size=5), inner),
    max_leaves=20,
)

REFUSED: list[tuple[str | bytes, str, str, tuple[int, int] | None]] = [
    ("", "", "json_syntax", (1, 1)),
    ("{", "", "json_syntax", (1, 2)),
    ('{"a":1,}', "", "json_syntax", (1, 8)),
    ('{"a" 1}', "/a", "json_syntax", (1, 6)),
    ("[1,\n 2,,]", "/2", "json_syntax", (2, 4)),
    ("[1 2]", "", "json_syntax", (1, 4)),
    ("[1", "", "json_syntax", (1, 3)),
    ('{"a":"b', "/a", "json_syntax", (1, 8)),
    ('["a\nb"]', "/0", "json_syntax", (1, 4)),
    (r'["\x"]', "/0", "json_syntax", (1, 3)),
    (r'["\u12"]', "/0", "json_syntax", (1, 3)),
    ("[01]", "", "json_syntax", (1, 3)),
    ("[+1]", "/0", "json_syntax", (1, 2)),
    ("[.5]", "/0", "json_syntax", (1, 2)),
    ("'a'", "", "json_syntax", (1, 1)),
    ("{} {}", "", "json_syntax", (1, 4)),
    ("// note\n{}", "", "json_syntax", (1, 1)),
    ('{"a":1,\n  "a":2}', "/a", "json_duplicate_member", (2, 3)),
    (r'{"a":1,"\u0061":2}', "/a", "json_duplicate_member", (1, 8)),
    ('{"a/b~":{"__proto__":1}}', "/a~1b~0/__proto__", "json_reserved_member", (1, 10)),
    ('{"constructor":1}', "/constructor", "json_reserved_member", (1, 2)),
    ('{"prototype":1}', "/prototype", "json_reserved_member", (1, 2)),
    ("[NaN]", "/0", "json_not_finite", (1, 2)),
    ("[-Infinity]", "/0", "json_not_finite", (1, 2)),
    ("[1e999]", "/0", "json_number_too_long", (1, 2)),
    ("[1000000000000000]", "/0", "json_number_too_long", (1, 2)),
    ("[0.1234567890123456]", "/0", "json_number_too_long", (1, 2)),
    (r'["\ud800"]', "/0", "json_bad_character", (1, 2)),
    (r'["a\u0000"]', "/0", "json_bad_character", (1, 2)),
    ("[" * (MAX_DEPTH + 1), "/0" * MAX_DEPTH, "json_too_deep", (1, MAX_DEPTH + 1)),
    (b'"' + b"a" * MAX_BYTES + b'"', "", "json_too_large", None),
    (b'"\xff"', "", "json_not_utf8", None),
]


@pytest.mark.parametrize(("text", "pointer", "code", "place"), REFUSED)
def test_a_fault_is_reported_with_pointer_line_and_column(
    *, text: str | bytes, pointer: str, code: str, place: tuple[int, int] | None
) -> None:
    _, [problem] = read_json(text if isinstance(text, bytes) else text.encode())
    assert (problem.path, problem.code) == (pointer, code)
    if place is not None:
        assert (problem.params["line"], problem.params["column"]) == place
    assert problem.text("zh-CN") != problem.text("en")


@pytest.mark.parametrize("text", ["{} {}", "{1:2}", '{"a":1 "b"', "[1 2]", '["a', r'["\x"]', "[,]"])
def test_what_is_expected_is_said_in_chinese_without_an_english_word(text: str) -> None:
    _, [problem] = read_json(text.encode())
    expected = problem.text("zh-CN").split("此处应为")[1]
    assert re.search("[a-z]{2}", expected.replace("u4e2d", "")) is None


def test_faults_that_do_not_stop_reading_are_all_reported() -> None:
    _, problems = read_json(b'{"a":NaN,"a":1,"b":{"__proto__":[1e99]}}')
    assert [problem.code for problem in problems] == [
        "json_not_finite",
        "json_duplicate_member",
        "json_reserved_member",
        "json_number_too_long",
    ]


def test_numbers_keep_their_digits() -> None:
    tree, problems = read_json(b"[0.10, 12, -0.5e2, 999999999999999, 1.000000000000000000]")
    assert problems == ()
    assert tree == [Decimal("0.10"), 12, Decimal(-50), 999_999_999_999_999, Decimal(1)]


def test_a_byte_order_mark_and_escaped_pairs_are_read() -> None:
    assert read_json(b'\xef\xbb\xbf"\\ud842\\udfb7\\n"') == ("𠮷\n", ())


@given(JSON)
def test_what_another_writer_writes_is_read_as_it_was(tree: JsonTree) -> None:
    for text in (json.dumps(tree), json.dumps(tree, ensure_ascii=False, indent=2)):
        assert read_json(text.encode()) == (tree, ())
