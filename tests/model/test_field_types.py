"""What each field type accepts, how it is stored and how it is given back."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from engine.errors import Problem
from engine.model.bad_values import PatternMismatch
from engine.model.base import Faults, Translated
from engine.model.fields import FIELD_TYPES, AnyField, EntityField
from engine.model.system_fields import SYSTEM_FIELD_TYPES
from engine.model.values import SYSTEM_FIELDS, BadValue, Composite, FileRef, RawJson, Row, Value

FIELD: TypeAdapter[EntityField] = TypeAdapter(AnyField)
ID = "0123456789abcdef01234567"
ID_2 = "fedcba987654321001234567"
OPTIONS = [{"key": "a", "title": "A"}, {"key": "b", "title": "B"}, {"key": "old", "title": "Old", "retired": True}]


def field(type_key: str, **members: object) -> EntityField:
    return FIELD.validate_python({"key": "f", "title": "F", "type": type_key, **members})


ACCEPTED: list[tuple[EntityField, RawJson, Value, RawJson]] = [
    (field("text"), "梁 𠮷", "梁 𠮷", "梁 𠮷"),
    (field("text", pattern=r"[\u4e00-\u9fa5]+"), "项目", "项目", "项目"),
    (field("text", pattern=r"\\u0041"), r"\u0041", r"\u0041", r"\u0041"),
    (field("long_text"), "a\nb", "a\nb", "a\nb"),
    (field("number"), 12, Decimal(12), 12),
    (field("number", decimals=2), 12.5, Decimal("12.5"), 12.5),
    (field("number", decimals=2), "0012.50", Decimal("12.5"), 12.5),
    (field("number", decimals=2), Decimal("1200000.00"), Decimal(1200000), 1200000),
    (field("number", decimals=2), -0.0, Decimal(0), 0),
    (field("number"), 1e3, Decimal(1000), 1000),
    (field("number", decimals=8), 1e-8, Decimal("0.00000001"), 1e-8),
    (field("number"), 999_999_999_999_999, Decimal(999_999_999_999_999), 999_999_999_999_999),
    (field("number", digits=18), "999999999999999999", Decimal(999999999999999999), "999999999999999999"),
    (field("number", digits=18, decimals=2), 1200.5, Decimal("1200.5"), "1200.5"),
    (field("number", digits=18), 1200, Decimal(1200), "1200"),
    (field("boolean"), False, False, False),
    (field("date"), "2024-02-29", date(2024, 2, 29), "2024-02-29"),
    (
        field("datetime"),
        "2026-01-05T09:00:00.1239+08:00",
        datetime(2026, 1, 5, 1, 0, 0, 123000, UTC),
        "2026-01-05T01:00:00.123Z",
    ),
    (field("datetime"), "2026-01-05T09:00Z", datetime(2026, 1, 5, 9, tzinfo=UTC), "2026-01-05T09:00:00.000Z"),
    (field("number", decimals=4, percent=True), 0.125, Decimal("0.125"), 0.125),
    (field("number", decimals=2, currency="CNY"), 12.5, Decimal("12.5"), 12.5),
    (field("rich_text"), "<p>a <b>b</b></p>", "<p>a b</p>", "<p>a b</p>"),
    (
        field("rich_text"),
        '<h2 onclick="x()">T</h2><script>x()</script><a href="javascript:x()">a</a><a href="https://e.cn/">b</a>',
        '<h2>T</h2><a rel="noopener noreferrer">a</a><a href="https://e.cn/" rel="noopener noreferrer">b</a>',
        '<h2>T</h2><a rel="noopener noreferrer">a</a><a href="https://e.cn/" rel="noopener noreferrer">b</a>',
    ),
    (field("rich_text"), '<img src=x onerror=alert(1)>x<svg><p onload="y">z', "x<p>z</p>", "x<p>z</p>"),
    (field("barcode"), "项目 A", "项目 A", "项目 A"),
    (field("barcode", symbology="ean13"), "690123456789", "6901234567892", "6901234567892"),
    (field("barcode", symbology="ean13"), "6901234567892", "6901234567892", "6901234567892"),
    (field("barcode", symbology="ean8"), "7351353", "73513537", "73513537"),
    (field("barcode", symbology="upca"), "036000291452", "036000291452", "036000291452"),
    (field("barcode", symbology="itf14"), "1540014128876", "15400141288763", "15400141288763"),
    (field("barcode", symbology="code39"), "A-1 $/+%", "A-1 $/+%", "A-1 $/+%"),
    (field("time"), "09:30", "09:30", "09:30"),
    (field("time"), "23:59:00", "23:59", "23:59"),
    (field("time", precision="second"), "00:00", "00:00:00", "00:00:00"),
    (field("duration"), 5400, Decimal(5400), 5400),
    (field("duration", min=-10), "-10", Decimal(-10), -10),
    (field("email"), " Zhang.Wei+a@Example.COM ", "Zhang.Wei+a@example.com", "Zhang.Wei+a@example.com"),
    (field("email"), "王@例子.中国", "王@例子.中国", "王@例子.中国"),
    (
        field("url"),
        "HTTPS://Example.COM:8080/A b".replace(" ", "%20"),
        "https://example.com:8080/A%20b",
        "https://example.com:8080/A%20b",
    ),
    (field("url"), "http://[::1]/?q=中文#x", "http://[::1]/?q=中文#x", "http://[::1]/?q=中文#x"),
    (field("url"), "http://intranet", "http://intranet", "http://intranet"),
    (field("phone"), "138 0013 8000", "+8613800138000", "+8613800138000"),
    (field("phone"), "１３８００１３８０００", "+8613800138000", "+8613800138000"),
    (field("phone"), "+1 (202) 456-1111", "+12024561111", "+12024561111"),
    (field("phone"), "010-62781234转8001", "+861062781234;ext=8001", "+861062781234;ext=8001"),
    (field("phone", region="US"), "(202) 456-1111", "+12024561111", "+12024561111"),
    (field("phone", mobile=True), "13800138000", "+8613800138000", "+8613800138000"),
    (field("rating"), 0, Decimal(0), 0),
    (field("rating", max=10), "10", Decimal(10), 10),
    (field("progress"), 100, Decimal(100), 100),
    (field("progress", decimals=2), 99.25, Decimal("99.25"), 99.25),
    (field("select", options=OPTIONS), "old", "old", "old"),
    (field("multi_select", options=OPTIONS), ["b", "a", "b"], ("a", "b"), ["a", "b"]),
    (field("member"), ID, ID, ID),
    (field("member", multiple=True), [ID_2, ID, ID_2], (ID_2, ID), [ID_2, ID]),
    (field("department"), ID, ID, ID),
    (field("link", entity="e"), ID, ID, ID),
    (field("link", entity="e", multiple=True), [ID_2, ID, ID_2], (ID_2, ID), [ID_2, ID]),
    (field("link", entity="e", multiple=True), ID, (ID,), [ID]),
    (field("serial", pattern="LX-{seq:4}"), "LX-0001", "LX-0001", "LX-0001"),
    (
        field("attachment"),
        [{"id": ID, "name": "a.pdf", "size": 3, "media_type": "application/pdf"}],
        (FileRef(id=ID, name="a.pdf", size=3, media_type="application/pdf"),),
        [{"id": ID, "name": "a.pdf", "size": 3, "media_type": "application/pdf"}],
    ),
    (
        field("image"),
        [{"id": ID, "name": "photo", "size": 3, "media_type": "image/webp"}],
        (FileRef(id=ID, name="photo", size=3, media_type="image/webp"),),
        [{"id": ID, "name": "photo", "size": 3, "media_type": "image/webp"}],
    ),
    (
        field("signature"),
        [{"id": ID, "name": "s.png", "size": 3, "media_type": "image/png"}],
        (FileRef(id=ID, name="s.png", size=3, media_type="image/png"),),
        [{"id": ID, "name": "s.png", "size": 3, "media_type": "image/png"}],
    ),
    (
        field("date_range"),
        {"start": "2026-01-01", "end": "2026-01-31"},
        Composite({"start": date(2026, 1, 1), "end": date(2026, 1, 31)}),
        {"start": "2026-01-01", "end": "2026-01-31"},
    ),
    (
        field("address"),
        {"province": "北京市", "city": "", "district": "海淀区"},
        Composite({"province": "北京市", "city": None, "district": "海淀区", "detail": None}),
        {"province": "北京市", "city": "", "district": "海淀区", "detail": ""},
    ),
    (
        field("location"),
        {"longitude": 116.397428, "latitude": "-39.909230"},
        Composite({"longitude": Decimal("116.397428"), "latitude": Decimal("-39.90923"), "address": None}),
        {"longitude": 116.397428, "latitude": -39.90923},
    ),
    (
        field("location"),
        {"longitude": 180, "latitude": -90, "address": "码头"},
        Composite({"longitude": Decimal(180), "latitude": Decimal(-90), "address": "码头"}),
        {"longitude": 180, "latitude": -90, "address": "码头"},
    ),
    (
        field("subform", fields=[{"key": "qty", "type": "number", "title": "Q"}]),
        [{"id": ID, "qty": 2}, {"qty": None}],
        (Row(id=ID, values={"qty": Decimal(2)}), Row(id=None, values={"qty": None})),
        [{"id": ID, "qty": 2}, {"qty": None}],
    ),
]

LINES = field("subform", max_rows=2, fields=[{"key": "qty", "type": "number", "title": "Q"}])
MANY_IDS = [f"{n:024x}" for n in range(501)]
FILE: dict[str, RawJson] = {"id": ID, "name": "a.exe", "size": 2_000_000, "media_type": "application/x-dosexec"}
REFUSED: list[tuple[EntityField, RawJson, str, dict[str, object]]] = [
    (field("text"), 5, "not_text", {}),
    (field("text"), "a\x00b", "bad_character", {"position": 2}),
    (field("text"), "\ud800", "bad_character", {"position": 1}),
    (field("text", max_length=2), "𠮷𠮷𠮷", "too_long", {"max": 2, "length": 3}),
    (field("text", pattern="[0-9]+"), "12a", "pattern_mismatch", {}),
    (field("long_text", max_length=1), "ab", "too_long", {"max": 1, "length": 2}),
    (field("number"), True, "not_a_number", {}),
    (field("number"), "1e5", "not_a_number", {}),
    (field("number"), "１２", "not_a_number", {}),
    (field("number"), float("nan"), "not_a_number", {}),
    (field("number"), float("inf"), "not_a_number", {}),
    (field("number"), Decimal("1e999999"), "not_a_number", {}),
    (field("number"), {"a": 1}, "not_a_number", {}),
    (field("number", digits=18), 10**15, "number_needs_text", {}),
    (field("number", digits=18, decimals=2), 1234567890123456.5, "number_needs_text", {}),
    (field("number"), "1000000000000000", "too_many_digits", {"max": 15}),
    (field("number", decimals=2), "10000000000000", "too_many_digits", {"max": 13}),
    (field("number", decimals=1), 1.25, "too_many_decimals", {"max": 1}),
    (field("number", min=0), -1, "below_min", {"min": "0"}),
    (field("number", max=10), 11, "above_max", {"max": "10"}),
    (field("boolean"), 1, "not_a_boolean", {}),
    (field("date"), "2023-02-29", "bad_date", {}),
    (field("date"), "2023-2-9", "bad_date", {}),
    (field("date"), "2023-02-09T00:00:00Z", "bad_date", {}),
    (field("datetime"), "2026-01-05T09:00:00", "bad_instant", {}),
    (field("datetime"), "2026-13-05T09:00:00Z", "bad_instant", {}),
    (field("datetime"), "0001-01-01T00:00:00+14:00", "bad_instant", {}),
    (field("rich_text"), "<p>a\x00</p>", "bad_character", {}),
    (field("rich_text", max_length=10), "<p>a & b</p>", "too_long", {"max": 10}),
    (field("rich_text", max_length=12), "<p>a & b</p>", "too_long", {"max": 12, "length": 16}),
    (field("rich_text"), "<ul><li>" * 26 + "x", "nested_too_deeply", {"max": 50}),
    (field("barcode", symbology="ean13"), "6901234567893", "bad_barcode", {}),
    (field("barcode", symbology="ean13"), "69012345", "bad_barcode", {}),
    (field("barcode", symbology="ean13"), "６９０１２３４５６７８９", "bad_barcode", {}),
    (field("barcode", symbology="code128"), "中", "bad_barcode", {}),
    (field("barcode", symbology="code39"), "a", "bad_barcode", {}),
    (field("barcode"), "中" * 700, "bad_barcode", {}),
    (field("barcode"), "x" * 1001, "too_long", {"max": 1000}),
    (field("time"), "9:30", "bad_time", {"example": "09:30"}),
    (field("time"), "24:00", "bad_time", {}),
    (field("time"), "09:30:15", "bad_time", {}),
    (field("time", precision="second"), "09:30:60", "bad_time", {"example": "09:30:00"}),
    (field("time"), 930, "bad_time", {}),
    (field("duration"), -1, "below_min", {"min": "0"}),
    (field("duration", max=60), 61, "above_max", {"max": "60"}),
    (field("duration"), 1.5, "too_many_decimals", {"max": 0}),
    (field("duration"), "1:30", "not_a_number", {}),
    (field("email"), "zhang.wei", "bad_email", {}),
    (field("email"), "a@b", "bad_email", {}),
    (field("email"), "a..b@example.com", "bad_email", {}),
    (field("email"), ".a@example.com", "bad_email", {}),
    (field("email"), "a.@example.com", "bad_email", {}),
    (field("email"), "a@-b.com", "bad_email", {}),
    (field("email"), "a@b.com\nBcc: c@d.com", "bad_email", {}),
    (field("email"), "   ", "bad_email", {}),
    (field("email"), f"{'a' * 65}@example.com", "bad_email", {}),
    (field("email"), f"{'a' * 255}@example.com", "too_long", {"max": 254}),
    (field("url"), "javascript:alert(1)", "bad_url", {}),
    (field("url"), "ftp://example.com", "bad_url", {}),
    (field("url"), "example.com", "bad_url", {}),
    (field("url"), "https://", "bad_url", {}),
    (field("url"), "https://bank.example@evil.example/", "bad_url", {}),
    (field("url"), "https://example.com:70000/", "bad_url", {}),
    (field("url"), "https://example.com/a b", "bad_url", {}),
    (field("url"), "https://example.com\\@evil.example", "bad_url", {}),
    (field("phone"), "12345", "bad_phone", {}),
    (field("phone"), "abc", "bad_phone", {}),
    (field("phone"), "+999 1234567", "bad_phone", {}),
    (field("phone", mobile=True), "010-62781234", "not_a_mobile", {}),
    (field("phone"), 13800138000, "not_text", {}),
    (field("rating"), 6, "above_max", {"max": "5"}),
    (field("rating"), 4.5, "too_many_decimals", {"max": 0}),
    (field("rating"), True, "not_a_number", {}),
    (field("progress"), 100.5, "too_many_decimals", {"max": 0}),
    (field("progress", decimals=1), 100.5, "above_max", {"max": "100"}),
    (field("progress"), -1, "below_min", {"min": "0"}),
    (field("select", options=OPTIONS), "c", "unknown_option", {"option": "c"}),
    (field("select", options=OPTIONS), ["a"], "not_text", {}),
    (field("multi_select", options=OPTIONS), "a", "not_a_list", {}),
    (field("multi_select", options=OPTIONS), ["a", "c"], "unknown_option", {"option": "c"}),
    (field("member"), "zhang.wei", "bad_id", {}),
    (field("member"), ID.upper(), "bad_id", {}),
    (field("member", multiple=True), ID, "not_a_list", {}),
    (field("department", multiple=True), MANY_IDS, "too_many_items", {"max": 500, "count": 501}),
    (field("attachment"), "x", "not_a_list", {}),
    (field("attachment"), [5], "bad_file", {}),
    (field("attachment"), [{"name": "a"}], "bad_id", {}),
    (field("attachment", max_files=1), [ID, ID_2], "too_many_files", {"max": 1, "count": 2}),
    (field("attachment", max_size_mb=1), [FILE], "file_too_large", {"name": "a.exe", "max": 1}),
    (field("attachment", accept=[".pdf", "a/*"]), [FILE], "file_type_refused", {"accept": ".pdf a/*"}),
    (field("image"), [FILE], "file_type_refused", {"name": "a.exe"}),
    (field("image"), [{**FILE, "name": "a.png", "media_type": "image/svg+xml"}], "file_type_refused", {}),
    (field("image", max_files=1), [ID, ID_2], "too_many_files", {"max": 1, "count": 2}),
    (field("image", max_size_mb=1), [{**FILE, "media_type": "image/png"}], "file_too_large", {"max": 1}),
    (field("signature"), [ID, ID_2], "too_many_files", {"max": 1, "count": 2}),
    (field("signature"), [{**FILE, "size": 1, "media_type": "image/jpeg"}], "file_type_refused", {}),
    (field("signature"), [{**FILE, "media_type": "image/png"}], "file_too_large", {"max": 1}),
    (field("date_range"), "2026-01-01", "not_parts", {"parts": "start, end"}),
    (field("date_range"), ["2026-01-01", "2026-01-31"], "not_parts", {}),
    (field("date_range"), {"start": "2026-01-01"}, "range_incomplete", {}),
    (field("date_range"), {"end": "2026-01-01", "start": None}, "range_incomplete", {}),
    (field("date_range"), {"start": "2026-01-02", "end": "2026-01-01"}, "range_reversed", {"start": "2026-01-02"}),
    (field("date_range"), {"start": "2026-02-30", "end": "2026-03-01"}, "bad_date", {}),
    (field("date_range"), {"start": {"a": []}, "end": "2026-03-01"}, "bad_date", {}),
    (field("date_range"), {"start": "2026-01-01", "end": "2026-01-01", "x": 1}, "unknown_part", {"part": "x"}),
    (field("address"), {"province": 5}, "not_text", {}),
    (field("address"), {"province": "x" * 61}, "too_long", {"max": 60, "length": 61}),
    (field("address"), {"detail": "a\x00"}, "bad_character", {"position": 2}),
    (field("address", level="city"), {"city": "上海市", "district": "黄浦"}, "part_below_level", {"part": "District"}),
    (field("location"), {"longitude": 1}, "place_incomplete", {}),
    (field("location"), {"address": "码头"}, "place_incomplete", {}),
    (field("location"), {"longitude": 180.000001, "latitude": 0}, "above_max", {"max": "180"}),
    (field("location"), {"longitude": 0, "latitude": -91}, "below_min", {"min": "-90"}),
    (field("location"), {"longitude": 0.0000001, "latitude": 0}, "too_many_decimals", {"max": 6}),
    (field("location"), {"longitude": float("nan"), "latitude": 0}, "not_a_number", {}),
    (field("location"), {"longitude": "\ud800", "latitude": 0}, "not_a_number", {}),
    (LINES, {"qty": 1}, "bad_rows", {}),
    (LINES, [{}, {}, {}], "bad_rows", {}),
]  # fmt: skip


@pytest.mark.parametrize(("type_field", "raw", "value", "given_back"), ACCEPTED)
def test_an_accepted_value_is_canonical_and_is_given_back_in_its_json_form(
    *, type_field: EntityField, raw: RawJson, value: Value, given_back: RawJson
) -> None:
    parsed = type_field.parse(raw)
    dumped = type_field.dump(parsed)
    assert (parsed, type(parsed)) == (value, type(value))
    assert (dumped, type(dumped)) == (given_back, type(given_back))
    assert type_field.parse(dumped) == parsed


@pytest.mark.parametrize(("type_field", "raw", "code", "params"), REFUSED)
def test_a_refused_value_says_what_is_wrong(
    *, type_field: EntityField, raw: RawJson, code: str, params: dict[str, object]
) -> None:
    with pytest.raises(BadValue) as refusal:
        type_field.parse(raw)
    assert refusal.value.code == code
    assert params.items() <= refusal.value.params.items()
    assert refusal.value.text("zh-CN") != refusal.value.text("en")


@pytest.mark.parametrize("type_field", [case[0] for case in ACCEPTED])
@pytest.mark.parametrize("raw", [None, "", []])
def test_every_type_can_be_empty(type_field: EntityField, raw: RawJson) -> None:
    assert type_field.parse(raw) is None
    assert type_field.dump(None) is None


def test_chosen_options_are_kept_in_the_order_of_the_options() -> None:
    letters = "qwertyuiopas"
    many = field("multi_select", options=[{"key": letter, "title": letter} for letter in letters])
    assert many.parse(sorted(letters)) == tuple(letters)


@pytest.mark.parametrize("empty", ["<p></p>", "<p> &nbsp;</p><br>", "<script>x</script>", " "])
def test_rich_text_without_a_word_is_empty(empty: str) -> None:
    assert field("rich_text").parse(empty) is None


@given(st.text(alphabet="<>/ab\"'=&; phrefscrit1-!\n中", max_size=200))
def test_sanitised_text_stays_as_it_is(raw: str) -> None:
    once = field("rich_text").parse(raw)
    assert field("rich_text").parse(once if isinstance(once, str) else None) == once


def test_every_row_problem_is_reported_with_its_place() -> None:
    assert LINES.type == "subform"
    rows, problems = LINES.parse_rows([{"qty": 1, "id": "x"}, {"qty": "a", "price": 2}])
    assert [(problem.path, problem.code) for problem in problems] == [
        ("/0/id", "bad_id"),
        ("/1/qty", "not_a_number"),
        ("/1/price", "unknown_column"),
    ]
    assert rows[0].values == {"qty": Decimal(1)}
    assert [problem.code for problem in LINES.parse_rows([5])[1]] == ["bad_row"]
    assert [problem.code for problem in LINES.parse_rows([{}, {}, {}])[1]] == ["too_many_rows"]


@pytest.mark.parametrize(
    ("pattern", "reset", "expected"),
    [
        ("LX-{yyyy}{mm}-{seq:4}", "month", ("2026-03", "LX-202603-0007")),
        ("{yy}{mm}{dd}{seq:2}", "day", ("2026-03-05", "26030507")),
        ("BX-{yyyy}-{seq:6}", "year", ("2026", "BX-2026-000007")),
        ("{seq:1}", "never", ("", "7")),
    ],
)
def test_a_serial_number_is_made_from_day_and_count(pattern: str, reset: str, expected: tuple[str, str]) -> None:
    serial = field("serial", pattern=pattern, reset=reset)
    assert serial.type == "serial"
    day = date(2026, 3, 5)
    assert (serial.period(day), serial.render(day=day, count=7)) == expected
    assert serial.render(day=day, count=12_345_678).endswith("12345678")


REFUSED_MEMBER = "member_not_applicable"
CONFLICT = "computed_conflict"
SUBFORM_COLUMN = {"key": "c", "type": "text", "title": "C"}
FAULTY: list[tuple[str, dict[str, object], list[tuple[str, str]]]] = [
    ("text", {"pattern": "(?=a)"}, [("/pattern", "pattern_not_accepted")]),
    ("long_text", {"unique": True, "sort": True}, [("/sort", REFUSED_MEMBER), ("/unique", REFUSED_MEMBER)]),
    ("number", {"min": 2, "max": 1}, [("/min", "min_above_max")]),
    ("number", {"digits": 2, "decimals": 2}, [("/digits", "too_few_digits")]),
    ("number", {"min": "0.5"}, [("/min", "bound_not_held")]),
    ("number", {"computed": "1", "required": True, "default": "2"}, [("/required", CONFLICT), ("/default", CONFLICT)]),
    ("number", {"percent": True}, [("/decimals", "percent_needs_decimals")]),
    (
        "number",
        {"percent": True, "decimals": 2, "unit": "t", "currency": "CNY"},
        [("/unit", "percent_conflict"), ("/currency", "percent_conflict")],
    ),
    ("number", {"currency": "ABC"}, [("/currency", "unknown_currency")]),
    ("duration", {"min": 5, "max": 4}, [("/min", "min_above_max")]),
    ("phone", {"region": "XX"}, [("/region", "unknown_region")]),
    ("rating", {"search": True}, [("/search", REFUSED_MEMBER)]),
    ("boolean", {"unique": False}, [("/unique", REFUSED_MEMBER)]),
    ("select", {"options": [OPTIONS[0], OPTIONS[0]]}, [("/options/1/key", "duplicate_key")]),
    ("select", {"options": [OPTIONS[2]]}, [("/options", "no_active_option")]),
    ("select", {"options": OPTIONS, "computed": "1"}, [("/computed", REFUSED_MEMBER)]),
    ("member", {"multiple": True, "unique": True}, [("/unique", REFUSED_MEMBER)]),
    ("serial", {"pattern": "LX-{seq:4}", "required": True}, [("/required", REFUSED_MEMBER)]),
    ("serial", {"pattern": "LX-{year}-{seq:4}"}, [("/pattern", "bad_serial_token")]),
    ("serial", {"pattern": "LX-{seq:4}-}"}, [("/pattern", "bad_serial_token")]),
    ("serial", {"pattern": "LX"}, [("/pattern", "serial_needs_counter")]),
    ("serial", {"pattern": "{seq:4}{seq:4}"}, [("/pattern", "serial_needs_counter")]),
    ("serial", {"pattern": "{yyyy}-{seq:4}", "reset": "month"}, [("/pattern", "serial_repeats")]),
    ("subform", {"fields": [SUBFORM_COLUMN], "unique": True}, [("/unique", REFUSED_MEMBER)]),
    ("subform", {"fields": [SUBFORM_COLUMN, SUBFORM_COLUMN]}, [("/fields/1/key", "duplicate_key")]),
    ("subform", {"fields": [SUBFORM_COLUMN | {"key": "id"}]}, [("/fields/0/key", "reserved_key")]),
    ("subform", {"fields": [SUBFORM_COLUMN | {"sort": True}]}, [("/fields/0/sort", REFUSED_MEMBER)]),
    ("subform", {"fields": [SUBFORM_COLUMN], "min_rows": 5, "max_rows": 4}, [("/min_rows", "min_above_max")]),
]  # fmt: skip


@pytest.mark.parametrize(("type_key", "members", "expected"), FAULTY)
def test_members_that_make_no_sense_together_are_all_reported(
    type_key: str, members: dict[str, object], expected: list[tuple[str, str]]
) -> None:
    with pytest.raises(ValidationError) as refusal:
        field(type_key, **members)
    [error] = refusal.value.errors()
    faults = error["ctx"]["error"]
    assert isinstance(faults, Faults)
    assert [(fault.path, fault.code) for fault in faults.faults] == expected


def test_a_text_of_another_form_is_told_what_the_author_says_of_it() -> None:
    digits = field("text", pattern="[0-9]{3}", pattern_message={"zh-CN": "三位数字 {0}", "en": "Three digits {0}"})
    with pytest.raises(PatternMismatch) as refusal:
        digits.parse("12a")
    problem = Problem.of(refusal.value)
    assert problem.code == "pattern_mismatch"
    assert (problem.text("zh-CN"), problem.text("en")) == ("三位数字 {0}", "Three digits {0}")
    with pytest.raises(PatternMismatch, match="Does not have the required form"):
        field("text", pattern="[0-9]+").parse("a")


def test_a_broken_pattern_writes_nothing_to_standard_error(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ValidationError):
        field("text", pattern="(?<a")
    assert capfd.readouterr().err == ""


def test_a_hostile_pattern_runs_in_linear_time() -> None:
    with pytest.raises(BadValue):
        field("text", pattern="(a+)+$", max_length=10_000).parse("a" * 9_999 + "b")


@pytest.mark.parametrize("field_type", FIELD_TYPES, ids=lambda field_type: field_type.__name__)
def test_every_type_has_a_name_and_a_description_in_both_languages(field_type: type) -> None:
    for text in (field_type.type_title, field_type.type_description):  # type: ignore[attr-defined]
        assert isinstance(text, Translated)
        assert text.zh_cn != text.en


def test_several_references_are_stored_and_compared_as_a_set() -> None:
    assert (field("member").column_kind, field("member", multiple=True).column_kind) == ("reference", "json")
    assert "has_any" in field("member", multiple=True).operators
    assert "eq" in field("member").operators


def test_every_system_field_is_described_as_a_field() -> None:
    assert set(SYSTEM_FIELD_TYPES) == set(SYSTEM_FIELDS)
    for key, described in SYSTEM_FIELD_TYPES.items():
        if key not in ("id", "version"):
            assert described.column_kind == SYSTEM_FIELDS[key]


@pytest.mark.parametrize("raw", [{}, {"start": None, "end": ""}, {"start": ""}])
def test_a_value_none_of_whose_parts_is_filled_is_empty(raw: RawJson) -> None:
    assert field("date_range").parse(raw) is None


def test_what_is_wrong_with_a_part_names_it() -> None:
    with pytest.raises(BadValue) as refusal:
        field("date_range").parse({"start": "2026-01-01", "end": "soon"})
    assert refusal.value.text("zh-CN").startswith("结束日期: ")
    assert refusal.value.text("en").startswith("End: ")
