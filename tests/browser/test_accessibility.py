"""What axe-core finds on the main screens, in light and dark, on a desktop and on a phone; where the focus goes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.user import APP, User
from tests.conftest import skip_loudly

AXE = Path(__file__).resolve().parents[2] / "builder_ui" / "node_modules" / "axe-core" / "axe.min.js"
# a strict content policy refuses a script tag, so the program is evaluated
RUN = """async () => {
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
  const {violations} = await axe.run(document, {runOnly: {type: 'tag', values: tags}});
  return violations.flatMap(({id, nodes}) =>
    nodes.map(({html, failureSummary}) => `${id}: ${html.slice(0, 200)} ${failureSummary}`));
}"""
PAGES = (
    "/",
    "/inbox/todo",
    "/inbox/handled",
    "/drafts",
    f"/apps/{APP}/views/all_proposals",
    f"/apps/{APP}/views/all_projects",
    "/keys",
    "/settings",
    "/settings/calendars",
    "/settings/calendars/cn",
    "/audit",
)
SCREENS = [("zh-CN", False, False), ("en", True, False), ("en", False, True), ("zh-CN", True, True)]


def complaints(user: User) -> list[str]:
    """What axe says of the page as it is now."""
    if not AXE.is_file():
        skip_loudly("axe-core is not installed: python builder_ui/build_page.py npm ci")
    user.page.wait_for_load_state("networkidle")
    user.page.evaluate(AXE.read_text(encoding="utf-8"))
    found: list[str] = user.page.evaluate(RUN)
    return [f"{user.page.url}: {line}" for line in found]


@pytest.mark.parametrize(
    ("language", "is_dark", "is_phone"), SCREENS, ids=["light", "dark", "light-phone", "dark-phone"]
)
def test_axe_finds_nothing_on_the_main_screens(
    people: Callable[..., User], language: str, is_dark: bool, is_phone: bool
) -> None:
    user = people("admin", language=language, is_dark=is_dark, is_phone=is_phone)
    found = []
    for path in PAGES:
        user.open(path)
        found += complaints(user)
    user.open(f"/apps/{APP}/views/all_projects")
    user.button("grid.filter").click()
    user.button("grid.addCondition").click()
    user.button("grid.apply").click()
    expect(user.page.locator(".filter-fault")).to_be_visible()
    found += complaints(user)
    assert found == [], "\n".join(found)


@pytest.mark.parametrize(
    ("language", "is_dark", "is_phone"), SCREENS, ids=["light", "dark", "light-phone", "dark-phone"]
)
def test_axe_finds_nothing_on_a_form_a_record_and_a_task(
    people: Callable[..., User], language: str, is_dark: bool, is_phone: bool
) -> None:
    applicant = people("zhang.wei", language=language, is_dark=is_dark, is_phone=is_phone)
    applicant.open(f"/apps/{APP}/forms/apply")
    applicant.button("fields.addRow").click()
    found = complaints(applicant)
    applicant.field("是否外包", "Outsourced").click()
    applicant.button("form.submit").click()
    expect(applicant.page.locator(".fault").first).to_be_visible()
    found += complaints(applicant)
    name = f"Axe {language} {is_dark} {is_phone}"
    made = applicant.submit(name, price=50000)
    applicant.open(applicant.record_path(made["record"]["id"]))
    expect(applicant.node_state("dept")).to_be_visible()
    found += complaints(applicant)
    head = people("wang.fang", language=language, is_dark=is_dark, is_phone=is_phone)
    head.open_task(name)
    found += complaints(head)
    head.page.get_by_role("toolbar").get_by_role("button", name=head.words("task.do.reject")).click()
    expect(head.page.get_by_role("dialog")).to_be_visible()
    found += complaints(head)
    assert found == [], "\n".join(found)


def test_axe_finds_planted_faults(people: Callable[..., User]) -> None:
    user = people("he.jie")
    user.open("/drafts")
    user.page.wait_for_load_state("networkidle")
    user.page.evaluate(
        """() => document.body.insertAdjacentHTML('beforeend',
          '<img src="data:,"><input><p style="color:#999;background:#fff">pale</p>')"""
    )
    found = "\n".join(complaints(user))
    assert [rule for rule in ("image-alt", "label", "color-contrast") if f": {rule}: " not in found] == []


@pytest.mark.parametrize("is_phone", [False, True], ids=["desktop", "phone"])
def test_who_goes_to_another_page_is_at_its_heading(people: Callable[..., User], is_phone: bool) -> None:
    user = people("he.jie", language="en", is_phone=is_phone)
    expect(user.page.get_by_role("heading", level=1)).not_to_be_focused()
    if is_phone:
        user.button("shell.openMenu").click()
    user.page.get_by_role("link", name=user.words("inbox.boxes.started")).click()
    heading = user.page.get_by_role("heading", level=1, name=user.words("inbox.boxes.started"))
    expect(heading).to_be_focused()
    user.page.get_by_label(user.words("inbox.search")).fill("nothing of that name")
    user.sees(user.words("inbox.noMatch", q="nothing of that name"))
    expect(user.page.get_by_label(user.words("inbox.search"))).to_be_focused()
