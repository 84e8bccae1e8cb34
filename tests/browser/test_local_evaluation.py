"""Forms compute while somebody types, whether or not the server answers."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.network import hold
from tests.browser.test_forms import NEW
from tests.browser.user import User

EVALUATE = "**/api/apps/*/forms/*/evaluate"


def fill_line(user: User, qty: str, price: str) -> None:
    user.button("fields.addRow").click()
    user.cell("数量", "Quantity", row=1).fill(qty)
    user.cell("单价", "Unit price", row=1).fill(price)


def test_sums_and_durations_need_no_answer(people: Callable[..., User]) -> None:
    user = people("zhang.wei", language="en")
    held = hold(user.page, EVALUATE)
    user.open(NEW)
    fill_line(user, "3", "0.10")
    expect(user.page.locator("[data-field='budget'] .number")).to_have_text("0.30 CNY")
    user.cell("数量", "Quantity", row=1).fill("1.234")
    expect(user.page.locator("[data-field='budget'] .number")).to_have_count(0)
    user.cell("数量", "Quantity", row=1).fill("123456789.25")
    expect(user.page.locator("[data-field='budget'] .number")).to_have_text("12,345,678.93 CNY")
    user.date("计划开始", "Planned start", day="2027-03-01")
    user.date("计划结束", "Planned finish", day="2027-03-31")
    expect(user.page.locator("[data-field='days'] .number")).to_have_text("31 days")
    assert held


def test_fields_appear_and_go_without_an_answer(people: Callable[..., User]) -> None:
    user = people("zhang.wei", is_phone=True)
    hold(user.page, EVALUATE)
    user.open(NEW)
    vendor = user.field("拟选供应商", "Intended vendor")
    expect(vendor).to_have_count(0)
    user.field("是否外包", "Outsourced").click()
    expect(vendor).to_be_visible()
    vendor.fill("甲公司")
    user.field("是否外包", "Outsourced").click()
    expect(vendor).to_have_count(0)
    user.field("是否外包", "Outsourced").click()
    expect(vendor).to_have_value("甲公司")


def test_a_late_answer_for_earlier_values_changes_nothing(people: Callable[..., User]) -> None:
    user = people("zhang.wei", language="en")
    held = hold(user.page, EVALUATE)
    user.open(NEW)
    fill_line(user, "3", "0.10")
    budget = user.page.locator("[data-field='budget'] .number")
    expect(budget).to_have_text("0.30 CNY")
    with user.page.expect_request(EVALUATE):
        user.cell("数量", "Quantity", row=1).fill("4")
    user.cell("数量", "Quantity", row=1).fill("5")
    for route in held:
        route.continue_()
    expect(budget).to_have_text("0.50 CNY")
    # and the last answer, whenever it comes, says the same
    with user.page.expect_response(EVALUATE):
        user.page.unroute(EVALUATE)
        user.cell("数量", "Quantity", row=1).fill("6")
    expect(budget).to_have_text("0.60 CNY")
