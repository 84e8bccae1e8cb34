"""What a person typed is not lost, not doubled and not overwritten, and a failure says so where he pressed."""

from __future__ import annotations

import json
from collections.abc import Callable
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from tests.browser.network import comes_back, cut, hold, lose_the_answer
from tests.browser.user import APP, User

NEW = f"/apps/{APP}/forms/apply"
PROJECTS = f"/api/apps/{APP}/entities/project/records"
PROPOSALS = f"/api/apps/{APP}/entities/proposal/records"


def named(user: User, name: str, path: str = PROPOSALS) -> int:
    """How many records of that name there are."""
    asked = json.dumps({"field": "name", "op": "eq", "value": name})
    found = user.api("GET", f"{path}?filter={quote(asked)}")
    return len(found["items"])


@pytest.mark.refusals
def test_a_form_whose_answer_was_lost_is_sent_again_and_stored_once(people: Callable[..., User]) -> None:
    user = people("zhang.wei", is_phone=True)
    user.open(NEW)
    user.fill_proposal("应答丢失的申请", price="10000")
    lose_the_answer(user.page, "**/submissions")
    user.button("form.submit").click()
    bar = user.page.locator(".action-bar")
    expect(bar.get_by_role("alert")).to_contain_text(user.words("common.unreachable"))
    expect(user.page.locator(".draft-note")).to_contain_text("草稿已保存")
    user.fits()
    user.button("form.submit").click()
    user.page.wait_for_url("**/records/*")
    assert named(user, "应答丢失的申请") == 1
    assert [
        item for item in user.api("GET", "/api/drafts")["items"] if item["values"].get("name") == "应答丢失的申请"
    ] == []


@pytest.mark.refusals
def test_a_form_that_was_changed_after_a_lost_answer_is_not_stored_twice(people: Callable[..., User]) -> None:
    user = people("zhang.wei", language="en")
    user.open(NEW)
    user.fill_proposal("Sent before", price="10000")
    lose_the_answer(user.page, "**/submissions")
    user.button("form.submit").click()
    user.sees(user.words("common.unreachable"))
    user.field("项目名称", "Project name").fill("Sent before, changed")
    user.button("form.submit").click()
    user.sees(user.words("form.sentBefore"))
    expect(user.field("项目名称", "Project name")).to_have_value("Sent before, changed")
    assert named(user, "Sent before, changed") == 0
    user.page.get_by_role("link", name=user.words("form.toSent")).click()
    user.sees(user.words("form.leaveTitle"))
    user.button("form.saveAndLeave").click()
    user.page.wait_for_url("**/records/*")
    user.sees("Sent before")


def test_a_running_upload_is_waited_for(people: Callable[..., User]) -> None:
    user = people("zhang.wei")
    user.open(NEW)
    user.fill_proposal("带附件的申请", price="10000")
    held = hold(user.page, "**/api/files")
    user.page.locator("input[type=file]").first.set_input_files(
        {"name": "方案.txt", "mimeType": "text/plain", "buffer": b"plan"}
    )
    user.sees(user.words("fields.uploading", name="方案.txt"))
    user.button("form.submit").click()
    user.sees(user.words("form.awaitingUploads"))
    assert user.page.url.partition("?")[0].endswith(NEW)
    held[0].continue_()
    user.page.wait_for_url("**/records/*")
    user.sees("方案.txt")


@pytest.mark.refusals
def test_a_failed_upload_says_so_at_its_field(people: Callable[..., User]) -> None:
    user = people("zhang.wei", language="en")
    user.open(NEW)
    user.page.route("**/api/files", lambda route: route.abort())
    user.page.locator("input[type=file]").first.set_input_files(
        {"name": "plan.txt", "mimeType": "text/plain", "buffer": b"plan"}
    )
    fault = user.page.locator("[data-field='attachments'] .fault")
    expect(fault).to_contain_text("plan.txt was not uploaded")


def test_a_reload_goes_on_with_the_saved_draft(people: Callable[..., User]) -> None:
    user = people("gao.yuan")
    user.open(NEW)
    name = user.field("项目名称", "Project name")
    name.fill("重新加载的草稿")
    user.page.wait_for_url("**/apply?draft=*")
    expect(name).to_be_focused()
    user.page.reload()
    expect(name).to_have_value("重新加载的草稿")
    name.fill("重新加载后继续")
    expect(user.page.locator(".draft-note")).to_contain_text("草稿已保存")
    user.page.wait_for_load_state("networkidle")
    drafts = user.api("GET", "/api/drafts")["items"]
    assert [draft["values"]["name"] for draft in drafts] == ["重新加载后继续"]


def test_a_changed_record_does_not_change_under_the_hands_of_who_edits_it(people: Callable[..., User]) -> None:
    user = people("admin", language="en")
    made = user.api("POST", PROJECTS, {"values": {"name": "Held", "budget": 10}})
    path = f"{PROJECTS}/{made['id']}"
    user.open(user.record_path(made["id"], "project"))
    user.button("common.edit").click()
    user.field("项目名称", "Project name").fill("Typed here")
    user.api("PATCH", path, {"values": {"budget": 99}}, if_match='"1"')
    user.page.wait_for_timeout(5100)  # what was fetched counts as fresh for five seconds
    with user.page.expect_response(lambda answer: answer.url.endswith(made["id"])):
        comes_back(user.page)
    expect(user.field("项目名称", "Project name")).to_have_value("Typed here")
    user.button("common.save").click()
    user.sees("Version 3")
    values = user.api("GET", path)["record"]["values"]
    assert (values["name"], values["budget"]) == ("Typed here", 99)


@pytest.mark.refusals
def test_escape_in_a_conflict_goes_back_to_what_was_typed(people: Callable[..., User]) -> None:
    user = people("admin", is_phone=True)
    made = user.api("POST", PROJECTS, {"values": {"name": "双方都改", "budget": 10}})
    path = f"{PROJECTS}/{made['id']}"
    user.open(user.record_path(made["id"], "project"))
    user.button("common.edit").click()
    name = user.field("项目名称", "Project name")
    name.fill("我的名称")
    user.api("PATCH", path, {"values": {"name": "对方的名称"}}, if_match='"1"')
    cut(user.page, f"**{path}", "GET")
    user.button("common.save").click()
    expect(user.page.locator(".action-bar").get_by_role("alert")).to_contain_text(user.words("common.unreachable"))
    user.button("common.save").click()
    expect(user.page.get_by_role("dialog")).to_contain_text("对方的名称")
    user.fits()
    user.page.keyboard.press("Escape")
    expect(user.page.get_by_role("dialog")).to_have_count(0)
    expect(name).to_have_value("我的名称")
    user.button("common.save").click()
    user.button("record.reapply").click()
    user.sees("第 3 版")
    assert user.api("GET", path)["record"]["values"]["name"] == "我的名称"


@pytest.mark.refusals
def test_a_comment_is_still_there_after_the_network_failed(people: Callable[..., User]) -> None:
    applicant, head = people("zhang.wei"), people("wang.fang", language="en")
    made = applicant.submit("网络断开的审批", price=50000)
    head.open_task("网络断开的审批")
    lose_the_answer(head.page, "**/act")
    head.page.get_by_role("toolbar").get_by_role("button", name=head.words("task.do.approve")).click()
    dialog = head.page.get_by_role("dialog")
    comment = dialog.get_by_label(head.words("task.comment"))
    comment.fill("Fine with me")
    dialog.get_by_role("button", name=head.words("task.do.approve")).click()
    expect(dialog.get_by_role("alert")).to_contain_text(head.words("common.unreachable"))
    expect(comment).to_have_value("Fine with me")
    dialog.get_by_role("button", name=head.words("task.do.approve")).click()
    head.is_told(head.words("task.did.approve"))
    applicant.open(applicant.record_path(made["record"]["id"]))
    expect(applicant.page.get_by_text("Fine with me")).to_have_count(1)


@pytest.mark.refusals
def test_two_who_decide_at_once_both_keep_their_fields_and_see_where_they_meet(people: Callable[..., User]) -> None:
    applicant, head = people("zhang.wei"), people("wang.fang")
    made = applicant.submit("财务法务同时审批", price=2_000_000)
    head.open_task("财务法务同时审批")
    head.decide("approve")
    finance, legal = people("li.na"), people("wu.qiang", language="en")
    for user in (finance, legal):
        user.open_task("财务法务同时审批")
    legal.field("评审备注", "Review note").fill("Legal says yes")
    legal.decide("approve")
    finance.field("成本中心", "Cost centre").fill("CC-1")
    finance.field("评审备注", "Review note").fill("财务的备注")
    finance.page.get_by_role("toolbar").get_by_role("button", name=finance.words("task.do.approve")).click()
    dialog = finance.page.get_by_role("dialog")
    dialog.get_by_label(finance.words("task.comment")).fill("预算可行")
    dialog.get_by_role("button", name=finance.words("task.do.approve")).click()
    for text in ("Legal says yes", "财务的备注"):
        expect(dialog.get_by_text(text)).to_be_visible()
    dialog.get_by_text(finance.words("record.theirs")).click()
    dialog.get_by_role("button", name=finance.words("record.reapply")).click()
    finance.is_told(finance.words("task.did.approve"))
    values = people("admin").api("GET", f"{PROPOSALS}/{made['record']['id']}")["record"]["values"]
    assert (values["cost_center"], values["review_note"]) == ("CC-1", "Legal says yes")
