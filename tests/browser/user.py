"""A person at the browser: what he reads and presses, in his language and on his screen."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.browser.words import Words

APP = "project_initiation"
FORM = f"/api/apps/{APP}/forms/apply"


# visible things to act on whose name is empty, by label, text or title
NAMELESS = """() => {
  const byId = (ids) => ids.split(' ').map((id) => document.getElementById(id)?.textContent ?? '').join('');
  const name = (item) =>
    (item.getAttribute('aria-label') ?? '') + byId(item.getAttribute('aria-labelledby') ?? '') + (item.title ?? '') +
    [...(item.labels ?? [])].map((label) => label.textContent).join('') + item.textContent +
    [...item.querySelectorAll('img')].map((image) => image.alt).join('');
  const kinds = 'a[href], button, input:not([type=file]), textarea, [role=switch], [role=combobox], [role=menuitem]';
  return [...document.querySelectorAll(kinds)]
    .filter((item) => item.checkVisibility({visibilityProperty: true}) && item.closest('[aria-hidden=true]') === null)
    .filter((item) => name(item).trim() === '')
    .map((item) => item.outerHTML.slice(0, 200));
}"""


class User:
    """One page of one person."""

    def __init__(self, page: Page, base: str, words: Words, *, is_phone: bool) -> None:
        self.page = page
        self.base = base
        self.words = words
        self.is_phone = is_phone

    def sign_in(self, link: str) -> None:
        """Follow a sign-in link and press the button."""
        self.page.goto(link)
        self.button("session.signIn").click()
        self.page.wait_for_url(f"{self.base}/")
        # the address changes a moment before the page does, and the sign-in page has a heading and menus too
        expect(self.page.locator("#content").get_by_role("heading", level=1)).to_be_visible()

    def open(self, path: str) -> None:
        """Go to an address and wait for its heading."""
        self.page.goto(self.base + path)
        expect(self.page.get_by_role("heading", level=1)).to_be_visible()

    def button(self, path: str, **holes: object) -> Locator:
        """A button by its text."""
        return self.page.get_by_role("button", name=self.words(path, **holes), exact=True)

    def field(self, chinese: str, english: str) -> Locator:
        """The input of a field by its label."""
        return self.page.get_by_label(self.words.of(chinese, english), exact=True)

    def choose(self, chinese: str, english: str, *, option: str) -> None:
        """Choose in a select, tree or member field by typing the option's text."""
        box = self.field(chinese, english)
        box.fill(option)
        offered = self.page.locator(".ant-select-dropdown:visible")
        offered.get_by_text(option, exact=True).first.click()
        box.press("Escape")
        # the next field may offer the same names
        expect(offered).to_have_count(0)

    def date(self, chinese: str, english: str, *, day: str) -> None:
        """Type a day."""
        box = self.field(chinese, english)
        box.fill(day)
        box.press("Enter")
        box.press("Tab")

    def cell(self, chinese: str, english: str, *, row: int) -> Locator:
        """The input of a cell in a subform."""
        name = f"{self.words.of(chinese, english)}, {self.words('fields.row', number=row)}"
        return self.page.get_by_label(name, exact=True)

    def act_as(self, name: str) -> None:
        """The admin acts as the member of that name."""
        self.button("shell.switchPerson").click()
        dialog = self.page.get_by_role("dialog")
        # a dialog that opens takes the focus to itself, which closes a list that was opened before
        expect(dialog.locator(".ant-modal-close")).to_be_focused()
        dialog.get_by_role("combobox").fill(name)
        self.page.locator(".ant-select-item-option").filter(has_text=name).first.click()
        expect(self.page.locator(".acting-banner")).to_contain_text(name)
        expect(dialog).to_be_hidden()

    def open_task(self, title: str) -> None:
        """Open the to-do of that title from the to-do list."""
        self.open("/inbox/todo")
        self.page.get_by_role("link").filter(has_text=title).first.click()
        expect(self.page.get_by_role("toolbar")).to_be_visible()

    def decide(self, action: str, comment: str = "") -> None:
        """Press an action, say why, confirm."""
        text = self.words(f"task.do.{action}")
        self.page.get_by_role("toolbar").get_by_role("button", name=text).click()
        dialog = self.page.get_by_role("dialog")
        dialog.get_by_label(self.words("task.comment")).fill(comment)
        dialog.get_by_role("button", name=text).click()
        self.is_told(self.words(f"task.did.{action}"))
        expect(dialog).to_have_count(0)

    def sees(self, text: str) -> None:
        """The text is on the page."""
        expect(self.page.get_by_text(text).first).to_be_visible()

    def is_told(self, text: str) -> None:
        """A message says so; the same words may have been on the page before."""
        expect(self.page.locator(".ant-message").get_by_text(text).first).to_be_visible()

    def listed(self) -> None:
        """The list of a box is there, or says that it is empty: from then on what it lacks is missing."""
        expect(self.page.locator("main").locator(".ant-table-row, .card-link, .nothing").first).to_be_visible()

    def fits(self) -> None:
        """Nothing is wider than the screen."""
        wide, screen = self.page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        assert wide <= screen, f"{self.page.url} is {wide} wide on a screen of {screen}"

    def names_everything(self) -> None:
        """Whatever can be pressed or filled in says what it is."""
        nameless: list[str] = self.page.evaluate(NAMELESS)
        assert nameless == [], "\n".join([self.page.url, *nameless])

    def fill_proposal(self, name: str, *, price: str) -> None:
        """Everything the proposal asks for, with one budget line."""
        of = self.words.of
        self.field("项目名称", "Project name").fill(name)
        self.choose("项目类型", "Kind", option=of("信息化建设", "IT"))
        self.choose("承担部门", "Department in charge", option=of("研发一部", "Development 1"))
        self.choose("项目负责人", "Project owner", option=of("张伟", "Zhang Wei"))
        self.choose("知会人员", "People to inform", option=of("赵磊", "Zhao Lei"))
        self.date("计划开始", "Planned start", day="2027-03-01")
        self.date("计划结束", "Planned finish", day="2027-09-30")
        self.choose("支撑的战略目标", "Strategic goals served", option=of("降本增效", "Cost and efficiency"))
        self.field("目标与预期收益", "Goal and expected benefit").fill(of("成本降低 30%", "30 % less cost"))
        self.button("fields.addRow").click()
        self.cell("科目", "Item", row=1).fill(of("设备", "Equipment"))
        self.cell("数量", "Quantity", row=1).fill("2")
        self.cell("单价", "Unit price", row=1).fill(price)

    def api(self, method: str, path: str, send: object = None, **headers: str) -> Any:
        """Ask the server as this person, past the page."""
        answer = self.page.context.request.fetch(
            self.base + path,
            method=method,
            data=None if send is None else json.dumps(send),
            headers={"content-type": "application/json", **{key.replace("_", "-"): headers[key] for key in headers}},
        )
        assert answer.ok, f"{answer.status} {answer.text()}"
        return answer.json() if answer.body() else None

    def submit(self, name: str, *, price: int, **changes: object) -> Mapping[str, Any]:
        """A submitted proposal of this person, past the page."""
        directory = self.api("GET", "/api/directory")
        me = self.api("GET", "/api/session")["member"]["id"]
        department = next(item["id"] for item in directory["departments"] if item["key"] == "rd_one")
        values: dict[str, object] = {
            "name": name,
            "kind": "it",
            "goals": ["digital"],
            "goal": "One customer record",
            "start": "2027-04-01",
            "finish": "2027-09-30",
            "owner": me,
            "department": department,
            "outsourced": False,
            "lines": [{"item": "Work", "qty": 1, "price": price}],
            **changes,
        }
        made: Mapping[str, Any] = self.api("POST", f"{FORM}/submissions", {"values": values})
        return made

    def record_path(self, record_id: str, entity: str = "proposal") -> str:
        """The address of a record's page."""
        return f"/apps/{APP}/entities/{entity}/records/{record_id}"

    def node_state(self, key: str) -> Locator:
        """A node of the drawn flow."""
        return self.page.locator(f".flow-node[data-node='{key}']").last


def title_pattern(name: str) -> re.Pattern[str]:
    """A record's title ends with its name."""
    return re.compile(re.escape(name) + "$")
