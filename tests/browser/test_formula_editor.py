"""Admins write formulas: chips and suggestions, what is wrong underlined, the result on a record, publishing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.test_accessibility import SCREENS, complaints
from tests.browser.user import APP, User

FORMULAS = f"/apps/{APP}/formulas"
DAYS = f"{FORMULAS}/proposal/edit?kind=computed&field=days"
AMOUNT = f"{FORMULAS}/proposal/edit?kind=computed&field=lines.amount"
API = f"/api/apps/{APP}/entities/proposal/formulas"
DAYS_PLACE = {"kind": "computed", "field": "days"}


def editor(user: User) -> Locator:
    """The text box of the formula."""
    return user.page.get_by_role("textbox", name=user.words("formulas.formulaOf", name=""))


def write(user: User, text: str) -> None:
    """Type in place of what is there, without choosing from the list."""
    editor(user).focus()
    user.page.keyboard.press("Control+a")
    user.page.keyboard.press("Delete")
    user.page.keyboard.insert_text(text)
    user.page.keyboard.press("Escape")


def option(user: User, name: str) -> Locator:
    """A suggestion by its name."""
    return user.page.locator(".cm-tooltip-autocomplete [role=option]").filter(has_text=name)


def result(user: User) -> Locator:
    """What the draft comes to."""
    return user.page.locator(".formula-result")


def source_of(user: User, place: dict[str, str]) -> dict[str, Any]:
    """The version of the application and the formula of a place, as the server has them."""
    found = user.api("GET", API)
    items = [item for item in found["items"] if place.items() <= item["place"].items()]
    return {"seen_version": found["version"], "source": items[0]["source"]}


@contextmanager
def restoring(user: User, place: dict[str, str]) -> Iterator[None]:
    """Put the formula back that other tests count on."""
    before = source_of(user, place)["source"]
    try:
        yield
    finally:
        now = source_of(user, place)["seen_version"]
        user.api("PUT", API, {"place": place, "source": before, "seen_version": now})


def test_a_formula_is_written_with_suggestions_checked_tried_and_published(people: Callable[..., User]) -> None:
    user = people("admin")
    with restoring(user, DAYS_PLACE):
        user.open(f"/apps/{APP}/views/all_proposals")
        user.button("formulas.open").click()
        row = user.page.locator(".formula-row").filter(has_text="工期")
        expect(row.locator(".formula-chip").first).to_have_text("计划开始")
        row.get_by_role("link").click()
        expect(user.page.get_by_role("heading", level=1)).to_have_text("工期")
        write(user, "")
        # at once, or the list of the letters before may still be there
        user.page.keyboard.insert_text("rou")
        expect(option(user, "ROUND").first).to_contain_text("四舍五入")
        expect(user.page.locator(".cm-completionInfo")).to_contain_text("小数位数")
        user.page.keyboard.press("Enter")
        expect(user.page.locator(".formula-signature strong")).to_have_text("数字")
        user.page.keyboard.insert_text("结束")
        expect(option(user, "计划结束")).to_be_visible()
        user.page.keyboard.press("Enter")
        user.page.keyboard.type("-{")
        option(user, "计划开始").click()
        expect(editor(user)).to_have_text("ROUND(计划结束-计划开始)")
        user.page.keyboard.type(",0")
        expect(user.page.locator(".formula-signature strong")).to_have_text("[小数位数]")
        user.sees(user.words("formulas.fine"))
        expect(result(user)).to_contain_text("天")
        user.page.keyboard.press("End")
        user.page.keyboard.type("+100")
        expect(result(user)).to_contain_text("1")
        user.button("formulas.publish").click()
        dialog = user.page.get_by_role("dialog")
        expect(dialog).to_contain_text(user.words("formulas.consequences.computed"))
        dialog.get_by_role("button", name=user.words("formulas.publish")).click()
        expect(user.page.locator(".formula-row").filter(has_text="工期")).to_contain_text("+100")
        assert source_of(user, DAYS_PLACE)["source"] == "ROUND({finish}-{start},0)+100"
        applicant = people("zhang.wei")
        applicant.open(f"/apps/{APP}/forms/apply")
        applicant.date("计划开始", "Planned start", day="2027-03-01")
        applicant.date("计划结束", "Planned finish", day="2027-03-11")
        expect(applicant.page.get_by_text("110 天")).to_be_visible()


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_what_is_wrong_is_underlined_and_said_and_leads_to_its_place(
    people: Callable[..., User], language: str
) -> None:
    user = people("admin", language=language)
    user.open(DAYS)
    write(user, '"𠮷"&1+SUMM({budget})+{lines}')
    wrong = user.page.locator(".cm-lintRange-error, .formula-chip-error")
    expect(wrong).to_have_count(2)
    expect(wrong.nth(0)).to_have_text("SUMM")
    expect(wrong.nth(1)).to_have_text(user.words.of("预算明细", "Budget lines"))
    notes = user.page.locator(".formula-note-error")
    expect(notes).to_have_count(2)
    expect(editor(user)).to_have_attribute("aria-invalid", "true")
    described = editor(user).get_attribute("aria-describedby")
    expect(user.page.locator(f"[id='{described}']")).to_contain_text("SUMM")
    expect(result(user)).to_have_text(user.words("formulas.noResult"))
    notes.nth(0).get_by_role("button").click()
    user.page.keyboard.insert_text("SUM")
    expect(wrong).to_have_count(1)
    write(user, "{name}*2")
    expect(user.page.locator(".formula-chip-warning")).to_have_text(user.words.of("项目名称", "Project name"))
    expect(result(user)).to_contain_text("#VALUE!")
    expect(result(user)).to_contain_text(user.words("fields.failed.value"))


def test_a_chip_is_one_piece_that_is_copied_as_its_key(people: Callable[..., User]) -> None:
    user = people("admin")
    user.open(DAYS)
    write(user, "{finish}-{预算明细.金额}")
    expect(editor(user)).to_have_text("计划结束-预算明细.金额")
    user.page.keyboard.press("Control+a")
    user.page.keyboard.press("Control+c")
    note = user.page.get_by_label(user.words("formulas.note"))
    note.focus()
    user.page.keyboard.press("Control+v")
    expect(note).to_have_value("{finish}-{lines.amount}")
    editor(user).click()
    user.page.keyboard.press("Control+End")
    user.page.keyboard.press("Backspace")
    expect(editor(user)).to_have_text("计划结束-")
    user.page.keyboard.insert_text("{no_such}")
    expect(user.page.locator(".formula-chip-unknown")).to_have_text(
        user.words("formulas.unknownField", field="no_such")
    )


def test_the_editor_is_left_with_tab_and_unsaved_work_is_asked_about(people: Callable[..., User]) -> None:
    user = people("admin", language="en")
    user.open(DAYS)
    write(user, "1")
    user.page.keyboard.press("Tab")
    expect(editor(user)).not_to_be_focused()
    user.page.get_by_role("link", name=user.words("formulas.backTo", entity="Project proposal")).click()
    user.sees(user.words("form.leaveTitle"))
    user.button("form.leave").click()
    expect(user.page.get_by_role("heading", level=1)).to_have_text(user.words("formulas.title"))


def test_a_formula_of_a_row_is_tried_on_a_row(people: Callable[..., User]) -> None:
    user = people("admin")
    user.open(AMOUNT)
    expect(user.page.locator(".formula-inputs")).to_contain_text("数量")
    row = user.page.get_by_label(user.words("formulas.row"))
    expect(row).to_be_visible()
    write(user, "{qty}*0+7")
    expect(result(user)).to_have_text("7.00 元")
    sample = user.page.get_by_label(user.words("formulas.sample"))
    sample.fill(user.words("formulas.emptyRecord"))
    user.page.keyboard.press("Enter")
    expect(row).to_have_count(0)
    write(user, "1/{qty}")
    expect(result(user)).to_contain_text(user.words("fields.failed.div"))


@pytest.mark.refusals
def test_who_publishes_over_somebody_elses_change_sees_both_sides(people: Callable[..., User]) -> None:
    user = people("admin", language="en")
    with restoring(user, DAYS_PLACE):
        user.open(DAYS)
        write(user, "1")
        seen = source_of(user, DAYS_PLACE)["seen_version"]
        user.api("PUT", API, {"place": DAYS_PLACE, "source": "{finish}-{start}", "seen_version": seen})
        user.button("formulas.publish").click()
        user.page.get_by_role("dialog").get_by_role("button", name=user.words("formulas.publish")).click()
        alert = user.page.get_by_role("alert").filter(has_text=user.words("formulas.theirs"))
        expect(alert).to_contain_text("Planned finish-Planned start")
        user.button("formulas.publishMine").click()
        expect(user.page.get_by_role("heading", level=1)).to_have_text(user.words("formulas.title"))
        assert source_of(user, DAYS_PLACE)["source"] == "1"


def test_on_a_phone_fields_and_functions_come_from_below(people: Callable[..., User]) -> None:
    user = people("admin", is_phone=True)
    user.open(DAYS)
    write(user, "")
    user.button("formulas.palette").click()
    user.page.get_by_text(user.words("formulas.functions"), exact=True).click()
    user.page.get_by_label(user.words("formulas.search.functions")).fill("天数")
    user.page.locator(".formula-palette-function").filter(has_text=re.compile(r"^DAYS\(")).click()
    user.button("formulas.palette").click()
    user.page.get_by_text(user.words("formulas.fields"), exact=True).click()
    user.page.locator(".formula-palette-item").filter(has_text="计划结束").click()
    expect(editor(user)).to_have_text("DAYS(计划结束)")
    user.fits()
    user.open(f"{FORMULAS}/proposal")
    user.fits()


def test_a_place_for_a_new_formula_is_chosen_from_the_list(people: Callable[..., User]) -> None:
    user = people("admin")
    user.open(f"{FORMULAS}/proposal")
    user.button("formulas.addTo", group=user.words("formulas.places.default")).click()
    user.page.get_by_label(user.words("formulas.addWhere")).fill("是否外包")
    user.page.keyboard.press("Enter")
    expect(user.page.get_by_role("heading", level=1)).to_have_text("是否外包")
    expect(user.button("formulas.publish")).to_be_disabled()


def test_it_is_said_what_uses_a_field_and_what_it_is_made_from(people: Callable[..., User]) -> None:
    user = people("admin", language="en")
    user.open(f"{FORMULAS}/proposal")
    expect(user.page.locator(".formula-row").filter(has_text="Total budget").first).to_contain_text("places")
    user.open(f"{FORMULAS}/proposal/edit?kind=computed&field=budget")
    uses = user.page.get_by_role("region", name=user.words("formulas.usedBy"))
    expect(uses).to_contain_text("The total budget must be above 0")
    expect(uses).to_contain_text("Project proposal / Budget lines / Amount")
    user.open(AMOUNT)
    uses.get_by_role("link", name="Total budget").click()
    expect(user.page.get_by_role("heading", level=1)).to_have_text("Total budget")


@pytest.mark.refusals
def test_formulas_are_for_admins(people: Callable[..., User]) -> None:
    user = people("zhang.wei")
    user.open(f"/apps/{APP}/views/all_proposals")
    expect(user.button("grid.filter")).to_be_visible()
    expect(user.button("formulas.open")).to_have_count(0)
    for path in (f"{FORMULAS}/proposal", DAYS):
        user.open(path)
        user.sees(user.words("formulas.adminOnly"))


@pytest.mark.parametrize(
    ("language", "is_dark", "is_phone"), SCREENS, ids=["light", "dark", "light-phone", "dark-phone"]
)
def test_axe_finds_nothing_on_formulas(
    people: Callable[..., User], language: str, is_dark: bool, is_phone: bool
) -> None:
    user = people("admin", language=language, is_dark=is_dark, is_phone=is_phone)
    user.open(f"{FORMULAS}/proposal")
    expect(user.page.locator(".formula-row").first).to_be_visible()
    user.names_everything()
    found = complaints(user)
    user.open(DAYS)
    user.sees(user.words("formulas.fine"))
    user.names_everything()
    found += complaints(user)
    write(user, "SUMM(1)&{no_such}&{name}*2")
    expect(user.page.locator(".formula-note-error").first).to_be_visible()
    user.page.keyboard.type("+SU")
    expect(option(user, "SUM").first).to_be_visible()
    found += complaints(user)
    assert found == [], "\n".join(found)
