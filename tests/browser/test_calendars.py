"""Working calendars: an admin turns days over and takes the next year's notice; others look; deadlines are shown."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.user import User

CALENDAR = "/settings/calendars/night"
NOTICE = """国务院办公厅关于2031年部分节假日安排的通知
一、元旦:1月1日至3日放假调休,共{days}天。1月4日上班。"""


@pytest.mark.refusals
@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_an_admin_keeps_a_calendar(people: Callable[..., User], language: str) -> None:
    user = people("admin", language=language)
    user.api("PUT", "/api/calendars/night", {"title": "Night", "base": "CN"})
    user.open(CALENDAR)
    day = user.page.locator('[data-day="2031-01-02"]')
    user.button("calendars.import").click()
    text = user.page.get_by_label(user.words("calendars.importText"), exact=True)
    text.fill(NOTICE.format(days=4))
    user.button("calendars.importNow").click()
    # which holiday is wrong; its name stands in the calendar behind the dialog too
    expect(user.page.get_by_role("dialog").get_by_role("alert")).to_contain_text("元旦")
    text.fill(NOTICE.format(days=3))
    user.button("calendars.importNow").click()
    user.is_told(user.words("calendars.imported", years="2031", off=3, work=1))
    expect(day).to_have_class("month-day is-off is-own")
    day.click()
    user.button("common.save").click()
    user.is_told(user.words("common.saved"))
    expect(user.button("common.save")).to_have_count(0)
    user.page.reload()
    # the year that the page begins with is the workspace's, whatever the browser's clock shows
    year = user.page.locator(".calendar-year")
    for passed in range(int(re.sub(r"\D", "", year.inner_text())) + 1, 2031 + 1):
        user.page.get_by_role("button", name=user.words("calendars.yearAfter")).click()
        expect(year).to_contain_text(str(passed))
    expect(day).to_have_class("month-day is-plain")
    user.button("calendars.delete").click()
    user.page.get_by_role("tooltip").get_by_role("button", name=user.words("calendars.delete")).click()
    user.page.wait_for_url("**/settings/calendars")


def test_members_look_at_calendars_and_change_nothing(people: Callable[..., User]) -> None:
    user = people("he.jie")
    user.open("/settings/calendars/cn")
    expect(user.page.locator(".month-day.is-off").first).to_be_visible()
    expect(user.page.locator("button.month-day")).to_have_count(0)
    expect(user.button("calendars.import")).to_have_count(0)


def test_what_is_overdue_is_marked_and_listed_by_its_deadline(people: Callable[..., User]) -> None:
    user = people("wang.fang")
    user.open("/inbox/todo")
    user.page.get_by_text(user.words("inbox.dueFirst")).click()
    due = user.page.locator(".due time")
    expect(due.first).to_be_visible()
    times = due.evaluate_all("(items) => items.map((item) => item.dateTime)")
    assert len(times) > 1
    assert times == sorted(times)
    user.page.locator(".line-title").first.click()
    expect(user.page.get_by_role("toolbar")).to_be_visible()
    expect(user.page.locator(".due").first).to_contain_text("逾期")
