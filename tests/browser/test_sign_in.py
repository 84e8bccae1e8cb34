"""Signing in by a one-time link, and out again."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.server import Server
from tests.browser.user import User


def test_without_a_link_the_page_says_how_to_get_one(people: Callable[..., User]) -> None:
    user = people()
    user.page.goto(f"{user.base}/sign-in")
    user.sees(".venv/bin/formwright sign-in-link ACCOUNT")
    expect(user.button("session.signIn")).to_have_count(0)


@pytest.mark.refusals
def test_a_signed_out_person_comes_back_to_where_he_was_going(people: Callable[..., User], server: Server) -> None:
    user = people()
    user.page.goto(f"{user.base}/inbox/started")
    user.page.wait_for_url("**/sign-in?back=*")
    back = user.page.url.partition("back=")[2]
    user.page.goto(f"{server.sign_in_link('he.jie')}&back={back}")
    user.button("session.signIn").click()
    user.page.wait_for_url(f"{user.base}/inbox/started")
    expect(user.page.get_by_role("heading", name=user.words("inbox.boxes.started"))).to_be_visible()


@pytest.mark.refusals
def test_a_link_works_once_and_the_server_says_so(people: Callable[..., User], server: Server) -> None:
    link = server.sign_in_link("he.jie")
    people().sign_in(link)
    late = people(language="en")
    late.page.goto(link)
    late.button("session.signIn").click()
    late.sees("The sign-in link is invalid")
    late.sees(".venv/bin/formwright sign-in-link ACCOUNT")


@pytest.mark.refusals
def test_signing_out_leaves_nothing_behind(people: Callable[..., User]) -> None:
    user = people("he.jie")
    user.page.get_by_role("button", name="何洁").click()
    user.page.get_by_role("menuitem", name=user.words("shell.signOut")).click()
    user.page.wait_for_url("**/sign-in")
    user.page.goto(f"{user.base}/inbox/todo")
    user.page.wait_for_url("**/sign-in?back=*")
