"""Reading public holidays as they are published, and saying what is wrong with them."""

from __future__ import annotations

import json
from datetime import date

import pytest

from engine.calendars.days import days_off, make_up_days
from engine.calendars.published import NotATable, UploadRejected
from engine.calendars.uploads import read_published
from engine.errors import Rejection, Word
from engine.runtime.holidays import holiday_years

NOTICE_2026 = """国务院办公厅关于2026年部分节假日安排的通知
一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
"""
ICS = """BEGIN:VCALENDAR
VERSION:2.0
BEGIN:VEVENT
DTSTART;VALUE=DATE:20270101
DTEND;VALUE=DATE:20270104
SUMMARY:元旦
 (休)
END:VEVENT
BEGIN:VEVENT
DTSTART;VALUE=DATE:20270109
SUMMARY:元旦（班）
END:VEVENT
END:VCALENDAR
"""
SECONDS = json.dumps(
    {"format": 1, "years": [{"year": 2027, "holidays": [{"name": "x", "from": "1798761600", "to": "1798761600"}]}]}
)
REVERSED = """{"format": 1, "years": [{"year": 2027, "holidays": [
    {"name": "x", "from": "2027-01-02", "to": "2027-01-01"}]}]}"""
NEW_YEAR = {date(2027, 1, 1), date(2027, 1, 2), date(2027, 1, 3)}


def test_the_official_notice_is_read_from_its_text() -> None:
    found = read_published(NOTICE_2026)
    known = [year for year in holiday_years("CN") if year.year == 2026]
    assert (frozenset(found.off), frozenset(found.extra)) == (days_off(known), make_up_days(known))
    assert found.years == {2026}
    assert (found.names[date(2026, 2, 14)], found.names[date(2026, 10, 1)]) == ("春节", "国庆节")


@pytest.mark.parametrize(
    ("section", "off"),
    [
        ("一、元旦:1月1日放假,1月2日(星期一)补休。", "2017-01-01 2017-01-02"),
        ("四、劳动节:5月1日放假,与周末连休。", "2017-05-01"),
        ("一、元旦:2016年12月31日至2017年1月2日放假,共3天。", "2016-12-31 2017-01-01 2017-01-02"),
        ("一、元旦:12月31日至1月2日放假,共3天。", "2016-12-31 2017-01-01 2017-01-02"),
        ("二、春节:1月30日至2月2日放假调休,共4天。", "2017-01-30 2017-01-31 2017-02-01 2017-02-02"),
    ],
)  # fmt: skip
def test_sentences_of_earlier_notices_are_read_too(section: str, off: str) -> None:
    found = read_published(f"关于2017年部分节假日安排的通知\n{section}")
    assert " ".join(day.isoformat() for day in sorted(found.off)) == off


@pytest.mark.parametrize("separator", ["", " ", "\n", "\n\n", "\r\n\u3000"])
def test_the_lines_of_a_notice_may_be_broken_anywhere_or_nowhere(separator: str) -> None:
    closing = "节假日期间，各地区要安排好值班。国务院办公厅2025年11月4日\n2025年10月1日至8日放假"
    pieces = [line[start : start + 7] for line in NOTICE_2026.splitlines() for start in range(0, len(line), 7)]
    whole, found = read_published(NOTICE_2026), read_published(separator.join([*pieces, closing]))
    assert (found.off, found.extra, found.names) == (whole.off, whole.extra, whole.names)


@pytest.mark.parametrize("piece", ["1日", "(", "一", "1月1日(", "一、元旦:1月1日"])
def test_no_text_takes_long_to_be_found_no_notice(piece: str) -> None:
    with pytest.raises(UploadRejected):
        read_published("2027年节假日放假 " + piece * 40_000)


@pytest.mark.parametrize(
    ("summary", "works"),
    [("International Workers' Day", False), ("Special Working Day", True), ("Workday", True), ("补班", True)],
)
def test_an_event_says_whether_its_day_is_worked(summary: str, works: bool) -> None:  # a case
    found = read_published(f"BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20270501\nSUMMARY:{summary}\nEND:VEVENT")
    assert (found.extra if works else found.off) == {date(2027, 5, 1)}


def test_the_year_of_a_notice_may_be_given_with_it() -> None:
    section = "一、元旦:1月1日放假,1月2日(星期一)补休。"
    assert read_published(section, year=2017).off == {date(2017, 1, 1), date(2017, 1, 2)}


def test_other_forms_are_read() -> None:
    rows = "date,kind,name\n2027-01-01,off,元旦\n2027/1/2,休,元旦\n\n2027-01-03,holiday\n2027-01-09,班,元旦"
    table = {
        "format": 1,
        "years": [{"year": 2027, "holidays": [
            {"name": "元旦", "from": "2027-01-01", "to": "2027-01-03", "extra_workdays": ["2027-01-09"]}
        ]}],
    }  # fmt: skip
    for text in (rows, ICS, ICS.replace("\n", "\r\n"), "\ufeff" + rows, json.dumps(table)):
        found = read_published(text)
        assert (found.off, found.extra, found.years) == (NEW_YEAR, {date(2027, 1, 9)}, {2027})
        assert found.names[date(2027, 1, 1)] == found.names[date(2027, 1, 9)] == "元旦"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "no_days_found"),
        ("2027年放假几个月", "notice_without_year"),
        ("关于2027年部分节假日安排的通知: 放假1个月", "no_days_found"),
        ("关于2027年部分节假日安排\n一、元旦:1月1日至3日放假,共4天。", "notice_differs"),
        ("关于2027年部分节假日安排\n一、元旦:1月1日(周四)至3日放假。", "weekday_differs"),
        ("关于2027年部分节假日安排\n一、元旦:13月1日放假。", "day_unreadable"),
        ("关于2027年部分节假日安排\n一、元旦:1月1日放假。1月1日上班。", "day_twice"),
        ("关于2027年部分节假日安排\n一、元旦:3月1日至5月3日放假。", "day_unreadable"),
        ("2027-01-01,off\nwhatever", "day_unreadable"),
        ("2027-02-30,off", "day_unreadable"),
        ("2027-01-01,party", "day_unreadable"),
        ("2027-01-01,off\n2027-01-01,work", "day_twice"),
        ("{", "not_a_holiday_table"),
        ("{}", "not_a_holiday_table"),
        ("{" * 5000, "not_a_holiday_table"),
        (REVERSED, "not_a_holiday_table"),
        ("BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:x\nEND:VEVENT\nEND:VCALENDAR", "day_unreadable"),
        ("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20270101\nDTEND:20280101\nEND:VEVENT", "day_unreadable"),
        ("关于2027年部分节假日安排\n一、元旦:1月1日放假,共" + "9" * 5000 + "天。", "notice_differs"),
        ("关于0001年部分节假日安排\n一、元旦:12月31日至1月2日放假。", "day_unreadable"),
        ('{"format":1,"years":[{"year":' + "9" * 5000 + "}]}", "not_a_holiday_table"),
        (SECONDS, "not_a_holiday_table"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said(text: str, code: str) -> None:
    with pytest.raises(Rejection) as caught:
        read_published(text)
    assert caught.value.code == code
    assert caught.value.path == "/text"
    if code == "day_unreadable":
        assert isinstance(caught.value, UploadRejected)


def test_the_last_day_of_all_is_a_day() -> None:
    found = read_published("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:99991231\nSUMMARY:x\nEND:VEVENT")
    assert found.off == {date.max}


@pytest.mark.parametrize(
    "text", ["{", '{"format":1,"years":[]}', json.dumps({"format": 1, "years": [{"year": 5}]}), REVERSED]
)
def test_why_a_text_is_no_table_is_said_in_both_languages(text: str) -> None:
    with pytest.raises(NotATable) as caught:
        read_published(text)
    reason = caught.value.params["reason"]
    assert isinstance(reason, Word)
    assert any("\u4e00" <= character <= "\u9fff" for character in reason.zh)
    assert not any("\u4e00" <= character <= "\u9fff" for character in reason)
