"""Reading public holidays as they are published: our own JSON, a table of days, iCalendar, the official notice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from pydantic import ValidationError

from engine.calendars.days import period_days
from engine.calendars.notice import read_notice
from engine.calendars.published import (
    DayUnreadable,
    NoDaysFound,
    NotATable,
    PublishedDays,
)
from engine.errors import Problem, Word
from engine.model.calendars import DayTwice, HolidayTable
from engine.model.json_text import read_json
from engine.model.shape_problems import shape_problems

OFF_WORDS = frozenset({"off", "holiday", "休", "假", "放假", "休息"})
WORK_WORDS = frozenset({"work", "workday", "班", "上班", "补班"})
MAX_SUMMARY = 200
_HEADER = "date"
_ROW_DAY = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_ICS_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})")
# not the workers, whose day the first of May is
_ICS_WORK = re.compile(r"班|\bwork(?:ing|day)?s?\b", re.IGNORECASE)
_ICS_MARK = re.compile(r"\s*[(（](休|班|补班|放假|上班)[)）]\s*$")


def read_published(text: str, *, year: int | None = None) -> PublishedDays:
    """The days of a text in any of the forms; `year`: that of a notice which does not say it.

    Raises a subclass of `UploadRejected`, and `Problems` for JSON that is not of our form.
    """
    text = text.strip().lstrip("\ufeff")
    if text.startswith("{"):
        found = _from_json(text)
    elif text.upper().startswith("BEGIN:VCALENDAR"):
        found = _from_ics(text)
    elif "放假" in text and "月" in text:
        found = read_notice(text, year=year)
    else:
        found = _from_rows(text)
    if not found.off and not found.extra:
        raise NoDaysFound(path="/text")
    twice = found.off & found.extra
    if twice:
        raise DayTwice(path="/text", day=min(twice).isoformat())
    return found


def _from_json(text: str) -> PublishedDays:
    tree, problems = read_json(text.encode(errors="replace"))
    if problems:
        raise _not_a_table(problems[0])
    try:
        table = HolidayTable.model_validate(tree)
    except ValidationError as error:
        raise _not_a_table(shape_problems(HolidayTable, error, tree)[0]) from None
    found = PublishedDays()
    for year in table.years:
        found.years.add(year.year)
        for period in year.holidays:
            for day in period_days(period.first, period.last):
                found.take(day, works=False, name=period.name)
            for day in period.extra_workdays:
                found.take(day, works=True, name=period.name)
    return found


def _not_a_table(problem: Problem) -> NotATable:
    reason = Word(problem.text("en"), problem.text("zh-CN"))
    return NotATable(path="/text", place=problem.path or "/", reason=reason)


def _from_rows(text: str) -> PublishedDays:
    """Lines `date,kind,name`; the name may be missing, and so may the heading."""
    found = PublishedDays()
    for number, line in enumerate(text.splitlines(), start=1):
        cells = [cell.strip().strip('"') for cell in re.split(r"[,;\t，]", line)]
        if not any(cells) or (number == 1 and cells[0].lower() in {_HEADER, "日期"}):
            continue
        matched = _ROW_DAY.fullmatch(cells[0])
        kind = cells[1].lower() if len(cells) > 1 else ""
        if matched is None or kind not in OFF_WORDS | WORK_WORDS:
            raise DayUnreadable(path="/text", line=number, text=line[:80])
        day = _day(matched, line=number, text=line)
        found.take(day, works=kind in WORK_WORDS, name=cells[2][:60] if len(cells) > 2 else "")  # noqa: PLR2004
        found.years.add(day.year)
    return found


def _day(matched: re.Match[str], *, line: int, text: str) -> date:
    year, month, day = (int(part) for part in matched.groups())
    try:
        return date(year, month, day)
    except ValueError:
        raise DayUnreadable(path="/text", line=line, text=text[:80]) from None


@dataclass
class _Event:
    line: int
    members: dict[str, str] = field(default_factory=dict)


def _events(text: str) -> Iterator[_Event]:
    """All-day events by their members; parameters of members are dropped, folded lines are joined."""
    unfolded = re.sub(r"\r?\n[ \t]", "", text)
    event: _Event | None = None
    for number, line in enumerate(unfolded.splitlines(), start=1):
        name, _, value = line.partition(":")
        match name.upper().partition(";")[0], value.strip().upper():
            case "BEGIN", "VEVENT":
                event = _Event(number)
            case "END", "VEVENT" if event is not None:
                yield event
                event = None
            case member, _ if event is not None:
                event.members.setdefault(member, value.strip())


def _from_ics(text: str) -> PublishedDays:
    found = PublishedDays()
    for event in _events(text):
        begin = _ICS_DAY.match(event.members.get("DTSTART", ""))
        if begin is None:
            raise DayUnreadable(path="/text", line=event.line, text=event.members.get("SUMMARY", "")[:80])
        first = _day(begin, line=event.line, text=event.members["DTSTART"])
        stop = _ICS_DAY.match(event.members.get("DTEND", ""))
        # the end is the day after the last, which the last day of all does not have
        days = 1 if stop is None else (_day(stop, line=event.line, text=event.members["DTEND"]) - first).days
        if not 0 < days <= 31:  # noqa: PLR2004  # a month
            raise DayUnreadable(path="/text", line=event.line, text=event.members.get("SUMMARY", "")[:80])
        summary = event.members.get("SUMMARY", "")[:MAX_SUMMARY].replace("\\,", ",")
        works = _ICS_WORK.search(summary) is not None
        for day in period_days(first, first + timedelta(days=days - 1)):
            found.take(day, works=works, name=_ICS_MARK.sub("", summary)[:60])
            found.years.add(day.year)
    return found
