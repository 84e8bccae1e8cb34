"""A session that ends, by the person's wish or without it, takes nothing with it that he typed."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.network import comes_back, cut, hold, let_go
from tests.browser.server import Server
from tests.browser.test_forms import DRAFTS, NEW
from tests.browser.user import User


def test_signing_out_asks_while_something_is_unsaved(people: Callable[..., User]) -> None:
    user = people("feng.xue", language="en")
    # however long the test takes, nothing is saved by itself meanwhile
    held = hold(user.page, DRAFTS)
    user.open(NEW)
    name = user.field("项目名称", "Project name")
    name.fill("Not yet saved")
    user.page.get_by_role("button", name="Feng Xue").click()
    user.page.get_by_role("menuitem", name=user.words("shell.signOut")).click()
    user.sees(user.words("form.leaveTitle"))
    user.button("form.stay").click()
    expect(name).to_have_value("Not yet saved")
    name.fill("Saved on the way out")
    user.page.get_by_role("button", name="Feng Xue").click()
    user.page.get_by_role("menuitem", name=user.words("shell.signOut")).click()
    user.sees(user.words("form.leaveTitle"))
    let_go(user.page, DRAFTS, held)
    user.button("form.saveAndLeave").click()
    user.page.wait_for_url("**/sign-in")


@pytest.mark.refusals
def test_a_failed_sign_out_says_so(people: Callable[..., User]) -> None:
    user = people("feng.xue", is_phone=True)
    cut(user.page, "**/api/session", "DELETE")
    user.page.get_by_role("button", name=re.compile("冯雪")).click()
    user.page.get_by_role("menuitem", name=user.words("shell.signOut")).click()
    dialog = user.page.get_by_role("dialog")
    expect(dialog).to_contain_text(user.words("shell.stillSignedIn"))
    expect(dialog).to_contain_text(user.words("common.unreachable"))
    assert user.page.url == f"{user.base}/"
    user.fits()
    assert user.api("GET", "/api/session")["member"]["account"] == "feng.xue"


@pytest.mark.refusals
def test_a_session_that_is_over_leaves_what_was_typed_and_a_way_back_in(
    people: Callable[..., User], server: Server
) -> None:
    user = people("feng.xue", is_phone=True)
    user.open(NEW)
    name = user.field("项目名称", "Project name")
    user.page.context.clear_cookies()
    name.fill("会话结束后")
    user.sees(user.words("shell.sessionOver"))
    user.fits()
    expect(user.page.get_by_role("link", name=user.words("session.signIn"))).to_be_visible()
    beside = user.page.context.new_page()
    beside.goto(server.sign_in_link("feng.xue"))
    beside.get_by_role("button", name=user.words("session.signIn")).click()
    beside.wait_for_url(f"{user.base}/")
    beside.close()
    comes_back(user.page)
    expect(user.page.get_by_text(user.words("shell.sessionOver"))).to_have_count(0)
    name.fill("会话恢复后")
    expect(user.page.locator(".draft-note")).to_contain_text("草稿已保存")
