"""Cells of spreadsheets: what is written is read as the same value, in both languages, and people's forms are read."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.model.base import Language
from engine.model.cells import CellNames, MemberName
from engine.model.fields import EntityField
from engine.model.values import BadValue, RawJson, Value
from tests.model.one_of_each import IDS, VALUES, every_field, field

ID = [f"{number:024x}" for number in range(6)]
MEMBERS = {
    ID[0]: MemberName("zhang.wei", "张伟"),
    ID[1]: MemberName("zhang.wei2", "张伟"),
    ID[2]: MemberName("li.na", "李娜"),
    ID[3]: MemberName("a", "zhang.wei"),
}
DEPARTMENTS = {ID[0]: ("总部",), ID[1]: ("总部", "研发部"), ID[2]: ("分部", "研发部"), ID[3]: ("总部", "A/B")}
RECORDS = {ID[0]: "仓库, 一期", ID[1]: "塔楼", ID[2]: "塔楼"}
BERLIN = ZoneInfo("Europe/Berlin")


def names(language: Language = "zh-CN") -> CellNames:
    return CellNames(language, BERLIN, MEMBERS, DEPARTMENTS, RECORDS)


def values_of(of_type: EntityField) -> st.SearchStrategy[object]:
    if of_type.type in {"member", "department", "link"}:
        return st.lists(IDS, min_size=1, unique=True) if of_type.column_kind in {"json", "links"} else IDS
    return VALUES[of_type.type]()


HOLDS = [item for item in every_field() if item.type in VALUES or item.type in {"member", "department", "link"}]


@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.parametrize("of_type", HOLDS, ids=lambda item: f"{item.type}-{item.column_kind}")
def test_a_written_cell_is_read_as_the_same_value(of_type: EntityField, language: Language) -> None:
    @settings(max_examples=80, deadline=None)
    @given(values_of(of_type))
    def check(raw: RawJson) -> None:
        value = of_type.parse(raw)
        text = of_type.write_cell(value, names(language))
        assert of_type.parse(of_type.read_cell(text, names(language))) == value

    check()


@pytest.mark.parametrize("of_type", every_field(), ids=lambda item: f"{item.type}-{item.column_kind}")
def test_nothing_is_an_empty_cell(of_type: EntityField) -> None:
    assert of_type.write_cell(None, names()) == ""


def read(of_type: EntityField, text: str) -> Value:
    return of_type.parse(of_type.read_cell(text, names()))


@pytest.mark.parametrize(
    ("of_type", "texts", "json"),
    [
        (
            field("date"),
            ["2026/1/31", "2026-1-31", "2026.01.31", "2026年1月31日", "20260131", "2026-01-31 00:00:00"],
            "2026-01-31",
        ),
        (
            field("datetime"),
            ["2026/1/31 9:30", "2026年1月31日 上午9:30", "2026-01-31T08:30:00Z"],
            "2026-01-31T08:30:00.000Z",
        ),
        (field("time"), ["9:30", "09:30:00", "上午9:30", "9:30 AM", "9时30分"], "09:30"),
        (field("time"), ["下午3:05", "3:05 pm", "15:05"], "15:05"),
        (field("number", decimals=2), ["1,234.5", "¥1,234.50", "１２３４．５", "1234.5元", "CNY 1,234.5"], 1234.5),
        (field("number"), ["(5)", "-5", "-￥5"], -5),
        (field("number", unit="吨"), ["5 吨", "5吨", "5"], 5),
        (field("number", decimals=3, percent=True), ["12.5%", "12.5％", "0.125"], 0.125),
        (field("progress"), ["65%", "65"], 65),
        (field("rating"), ["★★★", "3"], 3),
        (field("duration"), ["1:30", "1小时30分", "90分钟", "1h 30m"], 5400),
        (field("boolean"), ["是", "Yes", "TRUE", "1"], True),
        (field("boolean"), ["否", "no", "False", "0"], False),
        (field("select"), ["甲", "First", "a"], "a"),
        (field("multi_select"), ["First、c", "甲; c", "a，c", "a\nc"], ["a", "c"]),
        (field("member"), ["李娜", "li.na", ID[2]], ID[2]),
        (field("member"), ["zhang.wei"], ID[0]),
        (field("department"), ["总部/研发部"], ID[1]),
        (field("department", multiple=True), ["总部; 分部/研发部"], [ID[0], ID[2]]),
        (field("link"), ["仓库, 一期", ID[0]], ID[0]),
    ],
)
def test_cells_are_read_in_the_forms_in_which_people_write(
    of_type: EntityField, texts: list[str], json: RawJson
) -> None:
    for text in texts:
        assert of_type.dump(read(of_type, text)) == json, text


@pytest.mark.parametrize(
    ("of_type", "text", "code"),
    [
        (field("member"), "张伟", "ambiguous_name"),
        (field("department"), "研发部", "ambiguous_name"),
        (field("link"), "塔楼", "ambiguous_name"),
        (field("select"), "Same", "ambiguous_name"),
        (field("select"), "Z", "unknown_option"),
        (field("member"), "nobody", "unknown_name"),
        (field("number"), "1,23", "not_a_number"),
        (field("number"), "1.234,5", "not_a_number"),
        (field("number"), "(-5)", "not_a_number"),
        (field("date"), "1/31/2026", "bad_date"),
        (field("date"), "2026-02-30", "bad_date"),
        (field("date"), "2026-1/31", "bad_date"),
        (field("datetime"), "2026-10-25 02:30", "ambiguous_time"),
        (field("datetime"), "2026-03-29 02:30", "ambiguous_time"),
        (field("datetime"), "2026-03-29", "bad_instant"),
        (field("time"), "13:00 PM", "bad_time"),
        (field("duration"), "soon", "bad_duration"),
        (field("boolean"), "maybe", "not_a_boolean"),
        (field("attachment"), "a.pdf", "not_in_cells"),
        (field("subform"), "[", "bad_cell"),
    ],
)
def test_a_cell_that_may_mean_several_things_or_none_is_refused(of_type: EntityField, text: str, code: str) -> None:
    with pytest.raises(BadValue) as refusal:
        read(of_type, text)
    assert refusal.value.code == code
