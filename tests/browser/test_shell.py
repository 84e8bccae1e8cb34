"""The frame: language and appearance live and remembered, phones, keys, settings."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.server import Server
from tests.browser.user import APP, User, title_pattern
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
    "/settings/calendars",
    "/settings/calendars/cn",
    "/audit",
    "/nowhere",
)

# every text on the page, also those in inputs
SHOWN = """() => [document.body.innerText,
  ...[...document.querySelectorAll('input, textarea')].map((item) => item.value)]"""


def background(user: User) -> str:
    colour: str = user.page.evaluate("getComputedStyle(document.body).backgroundColor")
    return colour


def test_language_changes_at_once_and_is_remembered(people: Callable[..., User]) -> None:
    user = people("he.jie")
    user.page.get_by_role("button", name=user.words("shell.language")).click()
    user.page.get_by_role("menuitem", name="English").click()
    english = Words("en")
    expect(user.page.get_by_role("heading", name=english("home.todo"))).to_be_visible()
    expect(user.page.locator("html")).to_have_attribute("lang", "en")
    user.page.reload()
    expect(user.page.get_by_role("heading", name=english("home.todo"))).to_be_visible()


def test_who_never_chose_a_language_reads_that_of_the_workspace(people: Callable[..., User], server: Server) -> None:
    admin, user = people("admin"), people(language="en", has_chosen=False)
    chinese, english = Words("zh-CN"), Words("en")
    # before anybody is signed in only the browser can tell
    user.page.goto(f"{user.base}/sign-in")
    expect(user.page.get_by_text(english("session.noLink")).first).to_be_visible()
    user.page.goto(server.sign_in_link("he.jie"))
    user.page.get_by_role("button", name=english("session.signIn"), exact=True).click()
    expect(user.page.get_by_role("heading", name=chinese("home.todo"))).to_be_visible()
    expect(user.page.locator("html")).to_have_attribute("lang", "zh-CN")
    admin.api("PATCH", "/api/workspace", {"language": "en"})
    try:
        user.page.reload()
        expect(user.page.get_by_role("heading", name=english("home.todo"))).to_be_visible()
        admin.page.reload()
        expect(admin.page.get_by_role("heading", name=chinese("home.todo"))).to_be_visible()
    finally:
        admin.api("PATCH", "/api/workspace", {"language": "zh-CN"})


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
    token = dialog.get_by_role("textbox", name=user.words("keys.made")).input_value()
    dialog.get_by_role("button", name=user.words("keys.done")).click()
    user.sees("ERP")
    expect(dialog).to_be_hidden()
    for _ in range(2):
        shown = user.page.evaluate(SHOWN)
        assert any("ERP" in text for text in shown)
        assert [text for text in shown if token in text] == []
        user.page.reload()
        user.sees("ERP")
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
    user.is_told(user.words("common.saved"))
    expect(user.page.locator(".brand-workspace")).to_have_text("恒远科技")
    user.open("/audit")
    line = user.page.locator(".audit-line").filter(has_text=user.words("audit.actions.workspace_change")).first
    expect(line).to_contain_text("Admin")
    for setting in ("title", "zone"):
        expect(line).to_contain_text(user.words(f"audit.settings.{setting}"))


def test_the_audit_trail_says_who_did_what_to_what(people: Callable[..., User]) -> None:
    applicant, admin = people("zhang.wei", language="en"), people("admin", language="en")
    applicant.submit("Told to the auditor", price=50000)
    admin.open("/audit")

    def line(*, action: str, text: str) -> Locator:
        of_action = admin.page.locator(".audit-line").filter(has_text=admin.words(f"audit.actions.{action}"))
        return of_action.filter(has_text=text).first

    expect(line(action="session_sign_in", text="Zhang Wei")).to_be_visible()
    expect(line(action="session_link", text="Zhang Wei")).to_contain_text(admin.words("audit.commandLine"))
    submitted = line(action="form_submit", text="Told to the auditor")
    expect(submitted).to_contain_text("Zhang Wei")
    submitted.get_by_role("link").click()
    expect(admin.page.get_by_role("heading", level=1)).to_have_text(title_pattern("Told to the auditor"))


@pytest.mark.refusals
def test_the_menu_and_names_say_when_they_cannot_be_read(people: Callable[..., User]) -> None:
    user = people("zhang.wei", language="en")
    user.submit("Without names", price=50000)
    refused: dict[str, object] = {
        "error": {"code": "x", "message": "Not now", "path": None, "params": {}, "request_id": "r", "errors": []}
    }
    for path in ("**/api/apps", "**/api/directory"):
        user.page.route(path, lambda route: route.fulfill(status=403, json=refused))
    user.open("/inbox/started")
    navigation = user.page.get_by_role("navigation")
    expect(navigation.get_by_role("link", name=user.words("inbox.boxes.todo"))).to_be_visible()
    expect(navigation.get_by_role("alert")).to_contain_text("Not now")
    user.sees(user.words("people.notLoaded"))
    expect(user.page.locator(".ant-table-row").first).to_contain_text(user.words("people.unknown"))
    expect(user.page.get_by_text(user.words("common.system"), exact=True)).to_have_count(0)
    user.page.unroute_all()
    navigation.get_by_role("button", name=user.words("common.retry")).click()
    expect(navigation.get_by_role("link", name="Propose a project")).to_be_visible()
    user.button("common.retry").click()
    expect(user.page.locator(".ant-table-row").first).to_contain_text("Zhang Wei")
    expect(user.page.get_by_text(user.words("people.notLoaded"))).to_have_count(0)


def test_settings_and_audit_are_for_admins(people: Callable[..., User]) -> None:
    user = people("he.jie", language="en")
    expect(user.page.get_by_role("link", name=user.words("shell.settings"))).to_have_count(0)
    for path in ("/settings", "/audit"):
        user.open(path)
        user.sees(user.words("settings.adminOnly"))


@pytest.mark.refusals
@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_a_tab_that_was_left_behind_acts_for_nobody_else_and_keeps_what_was_typed(
    people: Callable[..., User], language: str
) -> None:
    stale = people("admin", language=language)
    stale.act_as(stale.words.of("张伟", "Zhang Wei"))
    stale.open(f"/apps/{APP}/forms/apply")
    stale.field("项目名称", "Project name").fill("Left behind")
    other = User(stale.page.context.new_page(), stale.base, stale.words, is_phone=False)
    other.open("/")
    other.act_as(other.words.of("何洁", "He Jie"))
    names = {"name": stale.words.of("何洁", "He Jie"), "former": stale.words.of("张伟", "Zhang Wei")}
    stale.button("form.saveDraft").click()
    stale.sees(stale.words("shell.otherPerson", **names))
    other.open("/drafts")
    expect(other.page.get_by_text("Left behind")).to_have_count(0)
    stale.page.get_by_role("alert").get_by_role("button", name=names["former"]).first.click()
    expect(stale.page.get_by_text(stale.words("shell.otherPerson", **names))).to_have_count(0)
    expect(stale.field("项目名称", "Project name")).to_have_value("Left behind")
    stale.button("form.saveDraft").click()
    other.open("/drafts")
    other.sees("Left behind")
