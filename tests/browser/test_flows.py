"""Flows on the screen: returning, withdrawing, and being too late."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.user import User


def test_a_returned_request_is_changed_and_comes_back(people: Callable[..., User]) -> None:
    applicant, head = people("zhang.wei"), people("wang.fang", language="en")
    made = applicant.submit("要退回的项目", price=50000)
    head.open_task("要退回的项目")
    head.page.get_by_role("toolbar").get_by_role("button", name=head.words("task.do.return")).click()
    dialog = head.page.get_by_role("dialog")
    expect(dialog.get_by_label("Apply")).to_be_checked()
    dialog.get_by_label(head.words("task.resumes.direct")).check()
    dialog.get_by_label(head.words("task.comment")).fill("Say why it pays")
    dialog.get_by_role("button", name=head.words("task.do.return")).click()
    head.is_told(head.words("task.did.return"))

    applicant.open_task("要退回的项目")
    applicant.sees("Say why it pays")
    applicant.field("目标与预期收益", "Goal and expected benefit").fill("一年回本")
    applicant.decide("submit")
    expect(applicant.node_state("dept")).to_have_attribute("data-state", "active")
    head.open_task("要退回的项目")
    head.sees("一年回本")
    head.decide("approve")
    applicant.open(applicant.record_path(made["record"]["id"]))
    applicant.sees(applicant.words("flow.status.approved"))
    applicant.sees("一年回本")


def test_the_applicant_withdraws_before_the_first_decision(people: Callable[..., User]) -> None:
    applicant = people("zhang.wei", is_phone=True)
    made = applicant.submit("要撤回的项目", price=50000)
    applicant.open(applicant.record_path(made["record"]["id"]))
    applicant.button("record.withdraw").click()
    dialog = applicant.page.get_by_role("dialog")
    dialog.get_by_label(applicant.words("task.comment")).fill("方案有变")
    dialog.get_by_role("button", name=applicant.words("record.withdraw")).click()
    applicant.sees("方案有变")
    expect(applicant.button("record.withdraw")).to_have_count(0)
    head = people("wang.fang")
    head.open("/inbox/todo")
    head.listed()
    expect(head.page.get_by_text("要撤回的项目")).to_have_count(0)
    applicant.fits()


@pytest.mark.refusals
def test_who_is_too_late_reads_who_was_first(people: Callable[..., User]) -> None:
    applicant, head, late = people("zhang.wei"), people("wang.fang"), people("wang.fang", language="en")
    applicant.submit("已有人处理的项目", price=50000)
    for user in (head, late):
        user.open_task("已有人处理的项目")
    head.decide("approve")
    late.page.get_by_role("toolbar").get_by_role("button", name=late.words("task.do.reject")).click()
    late.page.get_by_role("dialog").get_by_role("button", name=late.words("task.do.reject")).click()
    late.sees("The task is closed: Wang Fang")
    late.button("common.reload").click()
    expect(late.page.get_by_role("toolbar")).to_have_count(0)
    late.sees(late.words("task.toInbox"))


def test_a_required_field_of_a_node_is_asked_for_before_deciding(people: Callable[..., User]) -> None:
    applicant, head, finance = people("zhang.wei"), people("wang.fang"), people("li.na", is_phone=True)
    applicant.submit("缺成本中心的项目", price=2_000_000)
    head.open_task("缺成本中心的项目")
    expect(head.page.get_by_label("成本中心", exact=True)).to_have_count(0)
    head.decide("approve")
    finance.open_task("缺成本中心的项目")
    finance.page.get_by_role("toolbar").get_by_role("button", name=finance.words("task.do.approve")).click()
    expect(finance.page.locator("[data-field='cost_center'] .fault")).to_have_text("必填")
    expect(finance.page.get_by_role("dialog")).to_have_count(0)
    finance.field("成本中心", "Cost centre").fill("CC-9")
    finance.decide("approve")
    finance.fits()
