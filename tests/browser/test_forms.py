"""Filling in a form: faults at the field, drafts, and leaving."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.network import hold, let_go
from tests.browser.user import APP, User

NEW = f"/apps/{APP}/forms/apply"
DRAFTS = "**/api/apps/*/forms/*/drafts"


def test_nothing_is_sent_while_fields_are_missing_and_each_says_so(people: Callable[..., User]) -> None:
    user = people("zhang.wei", language="en")
    user.open(NEW)
    expect(user.page.locator(".fault")).to_have_count(0)
    user.button("form.submit").click()
    expect(user.page.locator("[data-field='name'] .fault")).to_have_text("Required")
    expect(user.field("项目名称", "Project name")).to_have_attribute("aria-invalid", "true")
    expect(user.field("项目名称", "Project name")).to_be_focused()
    assert user.page.url.endswith(NEW)


def test_a_text_that_is_too_long_is_kept_and_said_to_be(people: Callable[..., User]) -> None:
    user = people("zhang.wei", language="en")
    user.open(NEW)
    name = user.field("项目名称", "Project name")
    expect(name).to_have_attribute("aria-required", "true")
    name.fill("x" * 300)
    name.press("Tab")
    expect(name).to_have_value("x" * 300)
    expect(user.page.locator("[data-field='name'] .fault")).to_contain_text("At most 120 characters")


def test_a_rule_between_fields_shows_its_own_message_after_the_field_is_left(people: Callable[..., User]) -> None:
    user = people("zhang.wei")
    user.open(NEW)
    user.date("计划开始", "Planned start", day="2027-03-01")
    user.date("计划结束", "Planned finish", day="2027-02-01")
    expect(user.page.locator("[data-field='finish'] .fault").first).to_have_text("计划结束不能早于计划开始")
    user.date("计划结束", "Planned finish", day="2027-03-31")
    expect(user.page.get_by_text("计划结束不能早于计划开始")).to_have_count(0)
    expect(user.page.locator("[data-field='days'] .number")).to_have_text("31 天")


def test_a_field_under_a_condition_appears_and_goes(people: Callable[..., User]) -> None:
    user = people("zhang.wei", is_phone=True)
    user.open(NEW)
    vendor = user.field("拟选供应商", "Intended vendor")
    expect(vendor).to_have_count(0)
    user.field("是否外包", "Outsourced").click()
    expect(vendor).to_be_visible()
    user.field("是否外包", "Outsourced").click()
    expect(vendor).to_have_count(0)


def test_rows_compute_are_copied_and_removed(people: Callable[..., User]) -> None:
    user = people("zhang.wei", language="en")
    user.open(NEW)
    user.button("fields.addRow").click()
    user.cell("数量", "Quantity", row=1).fill("3")
    user.cell("单价", "Unit price", row=1).fill("0.10")
    expect(user.page.locator("[data-field='budget'] .number")).to_have_text("0.30 CNY")
    user.button("fields.copyRow", number=1).click()
    user.cell("数量", "Quantity", row=2).fill("123456789.25")
    expect(user.page.locator("[data-field='budget'] .number")).to_have_text("12,345,679.23 CNY")
    user.button("fields.removeRow", number=1).click()
    expect(user.page.locator("[data-field='budget'] .number")).to_have_text("12,345,678.93 CNY")


def test_a_draft_is_kept_by_itself_continued_and_discarded(people: Callable[..., User]) -> None:
    user = people("xu.peng")
    user.open(NEW)
    user.field("项目名称", "Project name").fill("草稿项目")
    user.button("fields.addRow").click()
    user.cell("科目", "Item", row=1).fill("服务器")
    expect(user.page.locator(".draft-note")).to_contain_text("草稿已保存")
    user.open("/drafts")
    user.sees("草稿项目")
    user.button("inbox.drafts.continue").click()
    expect(user.field("项目名称", "Project name")).to_have_value("草稿项目")
    expect(user.cell("科目", "Item", row=1)).to_have_value("服务器")
    user.open("/drafts")
    user.button("common.delete").click()
    user.page.get_by_role("tooltip").get_by_role("button", name=user.words("common.delete")).click()
    user.sees(user.words("inbox.drafts.empty"))


def test_a_submitted_draft_is_gone(people: Callable[..., User]) -> None:
    user = people("huang.ting", language="en")
    user.open(NEW)
    user.fill_proposal("From a draft", price="10000")
    expect(user.page.locator(".draft-note")).to_contain_text("Draft saved")
    user.button("form.submit").click()
    user.page.wait_for_url("**/records/*")
    user.open("/drafts")
    user.sees(user.words("inbox.drafts.empty"))


def test_leaving_with_unsaved_changes_asks(people: Callable[..., User]) -> None:
    user = people("sun.li")
    # however long the test takes, nothing is saved by itself meanwhile
    held = hold(user.page, DRAFTS)
    user.open(NEW)
    user.field("项目名称", "Project name").fill("来不及保存")
    user.page.get_by_role("link", name=user.words("shell.home"), exact=True).click()
    user.sees(user.words("form.leaveTitle"))
    user.button("form.stay").click()
    expect(user.page.get_by_role("dialog")).to_have_count(0)
    assert user.page.url.endswith(NEW)
    user.field("项目名称", "Project name").fill("来不及保存的项目")
    user.page.get_by_role("link", name=user.words("shell.home"), exact=True).click()
    user.sees(user.words("form.leaveTitle"))
    let_go(user.page, DRAFTS, held)
    user.button("form.saveAndLeave").click()
    user.page.wait_for_url(f"{user.base}/")
    user.open("/drafts")
    user.sees("来不及保存的项目")
