"""The built-in table of public holidays is complete and consistent, and gives the days it should."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from engine.calendars.days import days_off, make_up_days
from engine.model.base import label_text
from engine.model.calendars import HolidayYear
from engine.runtime.holidays import builtin_calendar, builtin_calendars, holiday_years
from tests.architecture.sources import ROOT

EVERY_YEAR = {"元旦", "春节", "劳动节", "国庆节"}
SINCE_2008 = {"清明节", "端午节", "中秋节"}


def test_years_follow_one_another_without_a_gap() -> None:
    assert [year.year for year in holiday_years("CN")] == list(range(2004, 2027))
    assert holiday_years(None) == ()


@pytest.mark.parametrize("year", holiday_years("CN"), ids=lambda year: str(year.year))
def test_a_year_has_its_holidays_once_and_makes_up_on_weekends(year: HolidayYear) -> None:
    names = {name for period in year.holidays for name in label_text(period.name, "zh-CN").split("、")}
    assert names >= (EVERY_YEAR | SINCE_2008 if year.year >= 2008 else EVERY_YEAR)
    assert [period.first for period in year.holidays] == sorted(period.first for period in year.holidays)
    off = [day for period in year.holidays for day in days_off([year.model_copy(update={"holidays": (period,)})])]
    extra = [day for period in year.holidays for day in period.extra_workdays]
    assert [day for day, times in Counter([*off, *extra]).items() if times > 1] == []
    assert {day.year for day in (*off, *extra)} == {year.year}
    assert [day for day in extra if day.isoweekday() < 6] == []


def test_known_days_are_as_the_notices_say() -> None:
    calendar = builtin_calendar("CN")
    assert not calendar.is_workday(date(2026, 2, 16))
    assert calendar.is_workday(date(2026, 2, 14))
    assert not calendar.is_workday(date(2015, 9, 3))
    assert calendar.is_workday(date(2015, 9, 6))
    worked = [calendar.count(date(year, 1, 1), date(year, 12, 31)) for year in (2023, 2024, 2025, 2026)]
    assert worked == [249, 251, 248, 248]
    assert len(days_off(holiday_years("CN"))) == 621
    assert len(make_up_days(holiday_years("CN"))) == 150


def test_beyond_the_table_weekdays_count() -> None:
    calendar = builtin_calendar("CN")
    assert calendar.count(date(2040, 1, 1), date(2040, 12, 31)) == 261
    assert not calendar.is_workday(date(2003, 1, 4))


def test_the_built_in_calendar_is_found_by_its_name() -> None:
    assert builtin_calendars().find("CN") is builtin_calendars().default


def test_the_documentation_says_which_years_are_known() -> None:
    years = [year.year for year in holiday_years("CN")]
    assert f"{years[0]}–{years[-1]}" in (ROOT / "docs" / "calendars.md").read_text(encoding="utf-8")
