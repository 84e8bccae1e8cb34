"""Records: the grid, history, and two people who change the same one."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.user import APP, User

PROJECTS = f"/api/apps/{APP}/entities/project/records"
GRID = f"/apps/{APP}/views/all_projects"


def names(user: User) -> Locator:
    """The names in the list; the number of records above it is counted apart and may come first."""
    return user.page.locator("tbody tr.ant-table-row td:nth-child(2)")


def test_the_grid_sorts_and_filters_on_the_server_and_keeps_both_in_the_address(people: Callable[..., User]) -> None:
    user = people("admin", language="en")
    for number, name in enumerate(("Sort b", "Sort a", "Sort c")):
        user.api("POST", PROJECTS, {"values": {"name": name, "budget": 1000 + number}})
    user.open(GRID)
    user.button("grid.filter").click()
    user.button("grid.addCondition").click()
    user.page.get_by_label("Field", exact=True).fill("Project name")
    user.page.keyboard.press("Enter")
    user.page.get_by_label("Value: Project name").fill("Sort ")
    user.button("grid.apply").click()
    user.sees("3 records")
    user.page.get_by_role("columnheader", name="Project name").click()
    expect(names(user)).to_have_text(["Sort a", "Sort b", "Sort c"])
    user.page.get_by_role("columnheader", name="Approved budget").click()
    expect(names(user)).to_have_text(["Sort b", "Sort a", "Sort c"])
    user.page.reload()
    user.sees("3 records")
    expect(names(user)).to_have_text(["Sort b", "Sort a", "Sort c"])


def test_the_order_of_the_view_turns_round_and_a_phone_chooses_it(people: Callable[..., User]) -> None:
    user, phone = people("admin", language="en"), people("admin", language="en", is_phone=True)
    for number, name in enumerate(("Turn b", "Turn a", "Turn c")):
        user.api("POST", PROJECTS, {"values": {"name": name, "budget": 2000 + number}})
    own = '?filter={"field":"name","op":"starts_with","value":"Turn "}'
    user.open(f"{GRID}{own}&sort=-budget")
    first = names(user).first
    expect(first).to_have_text("Turn c")
    heading = user.page.get_by_role("columnheader", name="Approved budget")
    for expected, order in (("Turn b", "ascending"), ("Turn c", "descending"), ("Turn b", "ascending")):
        heading.click()
        expect(first).to_have_text(expected)
        expect(heading).to_have_attribute("aria-sort", order)
    phone.open(f"{GRID}{own}&sort=name")
    card = phone.page.locator(".card-link").first
    expect(card).to_contain_text("Turn a")
    phone.page.get_by_label(phone.words("grid.order")).click()
    phone.page.get_by_text(phone.words("grid.descending", field="Approved budget"), exact=True).click()
    expect(card).to_contain_text("Turn c")
    phone.fits()


def test_a_filter_says_what_it_lacks_and_keeps_what_it_cannot_show(people: Callable[..., User]) -> None:
    user = people("admin", language="en")
    user.api("POST", PROJECTS, {"values": {"name": "Nested one", "budget": 7}})
    nested = (
        '{"or":[{"field":"name","op":"eq","value":"Nested one"},{"field":"budget","op":"gt","value":999999999999}]}'
    )
    user.open(f'{GRID}?filter={{"and":[{{"field":"budget","op":"lt","value":8}},{nested}]}}')
    user.sees("1 record")
    expect(user.page.locator(".ant-badge-count").filter(has_text="2")).to_be_visible()
    user.button("grid.filter").click()
    user.sees(user.words("grid.nested"))
    user.button("grid.addCondition").click()
    user.button("grid.apply").click()
    expect(user.page.locator(".filter-fault")).to_have_text(user.words("grid.incomplete"))
    user.button("grid.removeCondition").last.click()
    user.button("grid.removeCondition").click()
    user.button("grid.apply").click()
    # alone it is a filter of lines
    expect(user.page.locator(".filter-nested")).to_have_count(0)
    expect(user.page.locator(".filter-line")).to_have_count(2)
    user.sees("1 record")
    user.button("grid.clear").click()
    expect(user.page.locator(".filter-builder")).to_have_count(0)


def test_a_formula_is_a_condition_that_is_checked_while_it_is_typed(people: Callable[..., User]) -> None:
    user = people("admin", language="en")
    for number, name in enumerate(("Formula a", "Formula b")):
        user.api("POST", PROJECTS, {"values": {"name": name, "budget": 3000 + number}})
    user.open(GRID)
    user.button("grid.filter").click()
    user.button("grid.addFormula").click()
    box = user.page.get_by_role("textbox", name=user.words("grid.formula"), exact=True)
    write(user, box, "{budget} * 2 > 1")
    expect(box).to_have_text("Approved budget * 2 > 1")
    user.sees("“*” cannot be used to filter or sort")
    # fields by the names that people know them by
    write(user, box, 'AND(CONTAINS({Project name}, "Formula "), {Approved budget} - 3000 = 1)')
    user.sees(user.words("grid.formulaFinds_one", count=1))
    user.button("grid.apply").click()
    expect(names(user)).to_have_text(["Formula b"])
    user.page.reload()
    expect(names(user)).to_have_text(["Formula b"])
    user.button("grid.filter").click()
    expect(box).to_have_text('AND(CONTAINS(Project name, "Formula "), Approved budget - 3000 = 1)')


def test_a_member_is_offered_what_he_sees_and_nothing_else(people: Callable[..., User]) -> None:
    user = people("he.jie", language="en")
    user.open(GRID)
    user.button("grid.filter").click()
    user.button("grid.addFormula").click()
    box = user.page.get_by_role("textbox", name=user.words("grid.formula"), exact=True)
    options = user.page.locator(".cm-tooltip-autocomplete [role=option]")
    box.focus()
    user.page.keyboard.insert_text("{")
    expect(options.filter(has_text="Planned finish").first).to_be_visible()
    expect(options.filter(has_text="Approved budget")).to_have_count(0)
    write(user, box, "{budget} > 1")
    expect(user.page.locator(".formula-note-error")).to_have_text(
        re.compile(re.escape(user.words("formulas.notes.noField", name="budget")))
    )


def write(user: User, box: Locator, text: str) -> None:
    """Type in place of what stands in the editor, without choosing from the list."""
    box.focus()
    user.page.keyboard.press("Control+a")
    user.page.keyboard.press("Delete")
    user.page.keyboard.insert_text(text)
    user.page.keyboard.press("Escape")


def test_a_long_list_is_read_page_by_page(people: Callable[..., User]) -> None:
    user = people("admin", is_phone=True)
    for number in range(55):
        user.api("POST", PROJECTS, {"values": {"name": f"批量 {number:02}"}})
    user.open(GRID + '?filter={"field":"name","op":"starts_with","value":"批量"}&sort=name')
    cards = user.page.locator(".card-link")
    expect(cards).to_have_count(50)
    user.sees("共 55 条")
    user.button("common.loadMore").click()
    expect(cards).to_have_count(55)
    user.fits()


def test_a_change_is_seen_in_the_history(people: Callable[..., User]) -> None:
    user = people("admin", language="en")
    made = user.api("POST", PROJECTS, {"values": {"name": "History", "budget": 10}})
    user.open(user.record_path(made["id"], "project"))
    user.button("common.edit").click()
    user.date("计划开始", "Planned start", day="2027-03-02")
    user.date("计划结束", "Planned finish", day="2027-03-01")
    user.sees("The planned finish is before the planned start")
    user.date("计划结束", "Planned finish", day="2027-03-03")
    user.field("项目名称", "Project name").fill("History told")
    user.button("common.save").click()
    user.sees("Version 2")
    expect(user.page.locator(".change").filter(has_text="Project name").first).to_contain_text("History told")
    expect(user.page.locator(".change .before").first).to_be_visible()


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_who_edits_a_record_that_went_through_a_flow_is_told_that_nobody_approves_it(
    people: Callable[..., User], language: str
) -> None:
    user = people("admin", language=language)
    ended = user.submit("Ended", price=50000)
    user.api("POST", f"/api/instances/{ended['instance']['id']}/withdraw", {})
    user.open(user.record_path(ended["record"]["id"]))
    user.button("common.edit").click()
    user.sees(user.words("record.noApproval"))
    made = user.api("POST", PROJECTS, {"values": {"name": "Without a flow", "budget": 10}})
    user.open(user.record_path(made["id"], "project"))
    user.button("common.edit").click()
    expect(user.field("项目名称", "Project name")).to_have_value("Without a flow")
    expect(user.page.get_by_text(user.words("record.noApproval"))).to_have_count(0)


@pytest.mark.refusals
def test_both_sides_of_a_conflict_are_shown_and_one_is_chosen(people: Callable[..., User]) -> None:
    user = people("admin")
    made = user.api("POST", PROJECTS, {"values": {"name": "双方都改", "budget": 10, "cost_center": "A"}})
    path = f"{PROJECTS}/{made['id']}"
    user.open(user.record_path(made["id"], "project"))
    user.button("common.edit").click()
    user.field("项目名称", "Project name").fill("我的名称")
    user.field("成本中心", "Cost centre").fill("我的中心")
    user.api("PATCH", path, {"values": {"name": "对方的名称", "budget": 99}}, if_match='"1"')
    user.button("common.save").click()
    dialog = user.page.get_by_role("dialog")
    for text in ("项目名称", "对方的名称", "我的名称"):
        expect(dialog.get_by_text(text)).to_be_visible()
    expect(dialog.get_by_text("我的中心")).to_have_count(0)
    dialog.get_by_text(user.words("record.theirs")).click()
    dialog.get_by_role("button", name=user.words("record.reapply")).click()
    user.sees("第 3 版")
    values = user.api("GET", path)["record"]["values"]
    assert (values["name"], values["cost_center"], values["budget"]) == ("对方的名称", "我的中心", 99)


@pytest.mark.refusals
def test_what_one_may_not_see_is_refused_with_the_request_id(people: Callable[..., User]) -> None:
    owner, stranger = people("zhang.wei"), people("he.jie", language="en")
    made = owner.submit("别人的项目", price=50000)
    stranger.page.goto(stranger.base + stranger.record_path(made["record"]["id"]))
    stranger.sees("There is no such record, or you may not see it")
    expect(stranger.page.get_by_role("alert")).to_contain_text(re.compile(r"Request \w+"))
    expect(stranger.button("common.retry")).to_be_visible()


def test_a_long_name_without_a_space_widens_no_list(people: Callable[..., User]) -> None:
    applicant, head = people("zhang.wei"), people("wang.fang", language="en")
    made = applicant.submit("Lang" * 30, price=50000)
    head.open("/inbox/todo")
    line = head.page.get_by_role("row").filter(has=head.page.get_by_role("link", name=made["record"]["title"]))
    expect(line.locator("time").last).to_be_in_viewport(ratio=1)
    applicant.open("/apps/project_initiation/views/all_proposals")
    expect(applicant.page.locator(".status-tag").first).to_be_in_viewport(ratio=1)
