"""The frame: language and appearance live and remembered, phones, keys, settings."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.user import APP, User
from tests.browser.words import Words

PAGES = (
    "/",
    "/inbox/todo",
    "/inbox/started",
    "/inbox/handled",
    "/inbox/copied",
    "/drafts",
    f"/apps/{APP}/forms/apply",
    f"/apps/{APP}/views/all_proposals",
    f"/apps/{APP}/views/all_projects",
    "/keys",
    "/settings",
    "/audit",
    "/nowhere",
)


def background(user: User) -> str:
    colour: str = user.page.evaluate("getComputedStyle(document.body).backgroundColor")
    return colour


def test_language_changes_at_once_and_is_remembered(people: Callable[..., User]) -> None:
    user = people("he.jie")
    user.page.get_by_role("button", name=user.words("shell.language")).click()
    user.page.get_by_role("menuitem", name="English").click()
    english = Words("en")
    expect(user.page.get_by_role("heading", name=english("home.todo"))).to_be_visible()
    assert user.page.evaluate("document.documentElement.lang") == "en"
    user.page.reload()
    expect(user.page.get_by_role("heading", name=english("home.todo"))).to_be_visible()


def test_dark_appearance_is_chosen_and_remembered(people: Callable[..., User]) -> None:
    user = people("he.jie")
    light = background(user)
    user.page.get_by_role("button", name=user.words("shell.appearance")).click()
    user.page.get_by_role("menuitem", name=user.words("shell.appearances.dark")).click()
    expect(user.page.locator("html")).to_have_css("color-scheme", "dark")
    dark = background(user)
    assert dark != light
    user.page.reload()
    expect(user.page.locator("html")).to_have_css("color-scheme", "dark")
    assert background(user) == dark


def test_the_system_decides_until_somebody_chooses(people: Callable[..., User]) -> None:
    user = people("he.jie", is_dark=True)
    expect(user.page.locator("html")).to_have_css("color-scheme", "dark")
    user.page.emulate_media(color_scheme="light")
    expect(user.page.locator("html")).to_have_css("color-scheme", "light")


@pytest.mark.parametrize(("language", "is_dark"), [("zh-CN", False), ("en", True)], ids=["zh-light", "en-dark"])
def test_every_page_fits_a_phone_and_names_what_can_be_pressed(
    people: Callable[..., User], language: str, is_dark: bool
) -> None:
    user = people("admin", language=language, is_phone=True, is_dark=is_dark)
    for path in PAGES:
        user.page.goto(user.base + path)
        expect(user.page.locator("main#content > *").first).to_be_visible()
        user.page.wait_for_load_state("networkidle")
        user.fits()
        user.names_everything()


def test_a_phone_has_its_menu_in_a_drawer(people: Callable[..., User]) -> None:
    user = people("he.jie", is_phone=True, language="en")
    expect(user.page.get_by_role("navigation")).to_have_count(0)
    user.button("shell.openMenu").click()
    user.page.get_by_role("link", name=user.words("inbox.boxes.started")).click()
    user.page.wait_for_url("**/inbox/started")
    expect(user.page.get_by_role("navigation")).to_be_hidden()


def test_an_api_key_is_shown_once_works_and_is_revoked(people: Callable[..., User]) -> None:
    user = people("he.jie", language="en")
    user.open("/keys")
    user.button("keys.create").click()
    dialog = user.page.get_by_role("dialog")
    dialog.get_by_label(user.words("keys.name")).fill("ERP")
    dialog.get_by_role("button", name=user.words("keys.create")).click()
    token = dialog.get_by_label(user.words("keys.made")).input_value()
    dialog.get_by_role("button", name=user.words("keys.done")).click()
    user.sees("ERP")
    expect(user.page.get_by_text(token)).to_have_count(0)
    request, asked = user.page.context.request, f"{user.base}/api/session"
    headers = {"authorization": f"Bearer {token}", "cookie": ""}
    assert request.get(asked, headers=headers).json()["member"]["account"] == "he.jie"
    user.button("keys.revoke").click()
    user.page.get_by_role("tooltip").get_by_role("button", name=user.words("keys.revoke")).click()
    user.sees(user.words("keys.revoked"))
    assert request.get(asked, headers=headers).status == 401


def test_an_admin_changes_the_settings(people: Callable[..., User]) -> None:
    user = people("admin", language="en")
    user.open("/settings")
    name = user.page.get_by_label(user.words("settings.name"))
    name.fill("恒远科技")
    user.button("common.save").click()
    user.sees(user.words("common.saved"))
    expect(user.page.locator(".brand-workspace")).to_have_text("恒远科技")
    user.open("/audit")
    user.sees(user.words("audit.actions.workspace_change"))


def test_settings_and_audit_are_for_admins(people: Callable[..., User]) -> None:
    user = people("he.jie", language="en")
    expect(user.page.get_by_role("link", name=user.words("shell.settings"))).to_have_count(0)
    for path in ("/settings", "/audit"):
        user.open(path)
        user.sees(user.words("settings.adminOnly"))
