"""The main job by one admin who plays everybody: a project is proposed, approved, and recorded."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.user import APP, User, title_pattern


def approve(user: User, name: str, *, title: str, comment: str = "") -> None:
    user.act_as(name)
    user.open_task(title)
    user.fits()
    user.names_everything()
    user.decide("approve", comment)


def read_copy(user: User, *, title: str) -> None:
    copied = user.page.get_by_role("link").filter(has_text=title)
    expect(copied).to_contain_text(user.words("inbox.unread"))
    with user.page.expect_response("**/read"):
        copied.click()
    expect(user.page.get_by_role("heading", level=1)).to_have_text(title_pattern(title))
    user.open("/inbox/copied")
    expect(copied).to_have_count(1)
    expect(copied.get_by_text(user.words("inbox.unread"))).to_have_count(0)


@pytest.mark.parametrize(
    ("language", "is_phone", "is_dark"), [("zh-CN", False, False), ("en", True, True)], ids=["zh-desktop", "en-phone"]
)
def test_a_project_goes_from_form_to_record(
    people: Callable[..., User], language: str, is_phone: bool, is_dark: bool
) -> None:
    user = people("admin", language=language, is_phone=is_phone, is_dark=is_dark)
    of, name = user.words.of, user.words.of("智能仓储", "Smart warehouse")
    user.act_as(of("张伟", "Zhang Wei"))
    user.button("home.new", form=of("立项申请", "Propose a project")).click()
    user.fill_proposal(name, price="600000.25")
    user.sees("1,200,000.50")
    user.field("是否外包", "Outsourced").click()
    user.field("拟选供应商", "Intended vendor").fill("ACME")
    pdf = {"name": "plan.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4\n%"}
    user.page.locator("input[type=file]").set_input_files(pdf)  # type: ignore[arg-type]  # as Playwright documents it
    expect(user.page.get_by_label(user.words("fields.removeFile", name="plan.pdf"))).to_be_visible()
    user.fits()
    user.names_everything()
    user.button("form.submit").click()
    user.page.wait_for_url("**/records/*")
    expect(user.page.get_by_role("heading", level=1)).to_have_text(title_pattern(name))
    expect(user.node_state("dept")).to_have_attribute("data-state", "active")
    user.fits()

    approve(user, of("王芳", "Wang Fang"), title=name, comment=of("同意立项", "Good plan"))
    user.act_as(of("高源", "Gao Yuan"))
    user.open_task(name)
    user.field("成本中心", "Cost centre").fill("CC-1")
    user.decide("approve")
    approve(user, of("吴强", "Wu Qiang"), title=name)
    for chinese, english in (("陈静", "Chen Jing"), ("孙丽", "Sun Li"), ("李娜", "Li Na")):
        approve(user, of(chinese, english), title=name)
    user.sees(user.words("flow.status.approved"))
    user.sees(of("同意立项", "Good plan"))
    expect(user.node_state("create_project")).to_have_attribute("data-state", "passed")
    expect(user.node_state("vp")).to_have_attribute("data-state", "skipped")

    user.act_as(of("郑浩", "Zheng Hao"))
    user.open(f"/apps/{APP}/views/all_projects")
    user.page.get_by_role("link").filter(has_text="PRJ-").first.click()
    user.sees(name)
    user.sees("1,200,000.50")
    user.act_as(of("赵磊", "Zhao Lei"))
    user.open("/inbox/copied")
    read_copy(user, title=name)
    user.page.locator(".acting-banner").get_by_role("button").click()
    expect(user.page.locator(".acting-banner")).to_have_count(0)
