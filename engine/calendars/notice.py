"""The yearly notice of the Chinese State Council about public holidays, read from its text.

Its sentences have had the same form for years:
`二、春节:2月15日(…)至23日(…)放假调休,共9天。2月14日(周六)、2月28日(周六)上班。`
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import MINYEAR, date

from engine.calendars.days import period_days
from engine.calendars.published import DayUnreadable, NoticeDiffers, NoticeWithoutYear, PublishedDays, WeekdayDiffers
from engine.errors import Word

# every part is bounded, so that no text takes long to read
_YEAR = re.compile(r"(\d{4})年[^。]{0,12}节假日")
_HEADING = re.compile(r"[一二三四五六七八九十]{1,3}、([^:。]{2,20}):")
_CLOSING = "节假日期间"
_NOTE = re.compile(r"\([^()]{0,60}\)")
_DATE = r"(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日"
_PERIOD = re.compile(rf"{_DATE}(?:至{_DATE})?[^。]{{0,40}}?(?:放假|补休)")
_SINGLE = re.compile(_DATE)
_STATED = re.compile(r"共0*(\d{1,6})\d*天")
_WITH_WEEKDAY = re.compile(r"(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日\([^()]{0,40}?(?:周|星期)([一二三四五六日天])")
_WEEKDAYS = "一二三四五六日"
_ENGLISH = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_JANUARY, _DECEMBER = 1, 12


@dataclass(frozen=True)
class _Section:
    name: str
    text: str
    year: int

    def day(self, parts: tuple[str | None, ...], *, near: date | None = None) -> date:
        """A day; a month that is not given is that of the day before it."""
        year, month, day = parts
        months = int(month) if month else near.month if near is not None else 0
        try:
            return date(int(year) if year else near.year if near is not None else self.year, months, int(day or 0))
        except ValueError:
            raise DayUnreadable(path="/text", line=1, text=f"{self.name}: {self.text}"[:80]) from None


def read_notice(text: str, *, year: int | None = None) -> PublishedDays:
    """The days of a notice. Raises a subclass of `UploadRejected`."""
    # pasted text breaks its lines anywhere, or nowhere
    text = "".join(unicodedata.normalize("NFKC", text).split())
    said = _YEAR.search(text)
    if said is not None:
        year = int(said.group(1))
    if year is None:
        raise NoticeWithoutYear(path="/text")
    found = PublishedDays(years={year})
    for section in _sections(text, year):
        _check_weekdays(section)
        _read_section(section, found)
    return found


def _sections(text: str, year: int) -> Iterator[_Section]:
    """What follows each heading, up to the next one or to the end of the notice."""
    headings = list(_HEADING.finditer(text))
    for heading, following in zip(headings, [*headings[1:], None], strict=False):
        end = len(text) if following is None else following.start()
        content, _, _ = text[heading.end() : end].partition(_CLOSING)
        yield _Section(heading.group(1), content, year)


def _read_section(section: _Section, found: PublishedDays) -> None:
    off: set[date] = set()
    for sentence in re.split(r"[。;]", _NOTE.sub("", section.text)):
        if "上班" in sentence:
            near: date | None = None
            for parts in _SINGLE.findall(sentence):
                near = section.day(parts, near=near)
                found.take(near, works=True, name=section.name)
            continue
        for matched in _PERIOD.finditer(sentence):
            off |= set(_period(section, matched))
    for day in off:
        found.take(day, works=False, name=section.name)
    stated = _STATED.search(section.text)
    if stated is not None and int(stated.group(1)) != len(off):
        raise NoticeDiffers(path="/text", name=section.name, stated=int(stated.group(1)), found=len(off))


def _period(section: _Section, matched: re.Match[str]) -> list[date]:
    groups = matched.groups()
    first = section.day(groups[:3])
    if groups[5] is None:
        return [first]
    last = section.day(groups[3:], near=None if groups[4] and not groups[0] else first)
    if groups[0] is None and first.month == _DECEMBER and last.month == _JANUARY:
        if section.year == MINYEAR:
            raise DayUnreadable(path="/text", line=1, text=matched.group()[:80])
        first, last = first.replace(year=section.year - 1), last.replace(year=section.year)
    if not 0 <= (last - first).days <= 31:  # noqa: PLR2004  # a month
        raise DayUnreadable(path="/text", line=1, text=matched.group()[:80])
    return list(period_days(first, last))


def _check_weekdays(section: _Section) -> None:
    for year, month, day, weekday in _WITH_WEEKDAY.findall(section.text):
        at = section.day((year or None, month, day))
        expected = _WEEKDAYS.index(weekday.replace("天", "日"))
        if at.weekday() != expected:
            word = Word(_ENGLISH[expected], f"星期{_WEEKDAYS[expected]}")
            raise WeekdayDiffers(path="/text", day=at.isoformat(), weekday=word)
