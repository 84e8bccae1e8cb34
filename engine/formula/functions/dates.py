"""Days: made, taken apart and moved, by the calendar and by working days."""

from __future__ import annotations

import calendar
import re
from bisect import bisect_left, bisect_right
from datetime import date, timedelta
from decimal import Decimal

from engine.calendars.days import NoWorkingTime, WorkCalendar
from engine.formula.coercion import SPACES, day, number, parse_day, text
from engine.formula.functions.registry import Env, Help, register
from engine.formula.values import DATE, NUMBER, ErrorValue, Fault, FormulaScalar, FormulaValue

List = tuple[FormulaScalar, ...]
FIRST_YEAR, SHORT_YEARS = 1900, 1900
ONE_DAY = timedelta(days=1)
_BEFORE_TIME = re.compile("[ T]")


def make_day(year: int, month: int, of_month: int) -> date:
    """A day; months and days may run over. Outside of the calendar: #NUM!."""
    months = year * 12 + month - 1
    try:
        return date(months // 12, months % 12 + 1, 1) + timedelta(days=of_month - 1)
    except (ValueError, OverflowError):
        raise Fault(ErrorValue.NUM) from None


def add_months(value: date, months: int) -> date:
    """The same day `months` later, clamped to the last day of the month."""
    whole = value.year * 12 + value.month - 1 + months
    try:
        last = calendar.monthrange(whole // 12, whole % 12 + 1)[1]
        return date(whole // 12, whole % 12 + 1, min(value.day, last))
    except (ValueError, calendar.IllegalMonthError):
        raise Fault(ErrorValue.NUM) from None


@register(
    "DATE",
    shape="年/year: number, 月/month: number, 日/day: number",
    returns=DATE,
    help=Help("年月日组成日期", "A day", "DATE(2024,2,30)", "2024-03-01"),
)
def date_(year: Decimal, month: Decimal, of_month: Decimal) -> FormulaValue:
    """A day; months and days may run over; years below 1900 count from 1900."""
    whole = int(year)
    if whole < 0:
        raise Fault(ErrorValue.NUM)
    return make_day(whole + SHORT_YEARS if whole < FIRST_YEAR else whole, int(month), int(of_month))


@register(
    "DATEVALUE",
    shape="文本/text: text",
    returns=DATE,
    help=Help("文本转日期", "The day in a text", 'DATEVALUE("2024/1/5")', "2024-01-05"),
)
def datevalue(value: str) -> FormulaValue:
    """The day that a text shows, with or without a time; any other text, numbers too: #VALUE!."""
    found = parse_day(value) or parse_day(_BEFORE_TIME.split(value.strip(SPACES))[0])
    if found is None:
        raise Fault(ErrorValue.VALUE)
    number(value)
    return found


@register(
    "TODAY", shape="", returns=DATE, wants_env=True, uses_clock=True, help=Help("今天", "Today", "TODAY()-TODAY()", "0")
)
def today(env: Env) -> FormulaValue:
    """The day in the workspace's zone."""
    return env.now.date()


@register("YEAR", shape="日期/date: date", returns=NUMBER, help=Help("年", "Year", "YEAR(DATE(2024,2,29))", "2024"))
def year(value: date) -> FormulaValue:
    """Year."""
    return Decimal(value.year)


@register("MONTH", shape="日期/date: date", returns=NUMBER, help=Help("月", "Month", "MONTH(DATE(2024,2,29))", "2"))
def month(value: date) -> FormulaValue:
    """Month."""
    return Decimal(value.month)


@register(
    "DAY", shape="日期/date: date", returns=NUMBER, help=Help("日", "Day of the month", "DAY(DATE(2024,2,29))", "29")
)
def day_(value: date) -> FormulaValue:
    """Day of the month."""
    return Decimal(value.day)


@register(
    "EDATE",
    shape="日期/date: date, 月数/months: number",
    returns=DATE,
    help=Help("几个月后", "Months later", "EDATE(DATE(2024,1,31),1)", "2024-02-29"),
)
def edate(value: date, months: Decimal) -> FormulaValue:
    """Clamped to the last day of the month."""
    return add_months(value, int(months))


@register(
    "EOMONTH",
    shape="日期/date: date, 月数/months: number",
    returns=DATE,
    help=Help("月末", "End of a month", "EOMONTH(DATE(2024,1,5),1)", "2024-02-29"),
)
def eomonth(value: date, months: Decimal) -> FormulaValue:
    """The last day of the month `months` later."""
    moved = add_months(value.replace(day=1), int(months))
    return moved.replace(day=calendar.monthrange(moved.year, moved.month)[1])


@register(
    "DATEDELTA",
    shape="日期/date: date, 天数/days: number",
    returns=DATE,
    help=Help("日期加减天数", "A day some days later", "DATEDELTA(DATE(2024,1,1),-1)", "2023-12-31"),
)
def datedelta(value: date, count: Decimal) -> FormulaValue:
    """The day `count` days later."""
    try:
        return value + timedelta(days=int(count))
    except OverflowError:
        raise Fault(ErrorValue.NUM) from None


def _calendar(env: Env, given: List | None) -> tuple[WorkCalendar, list[date]]:
    """The calendar meant, and days off besides that it works on, in order.

    A single text that is a key names another calendar of the workspace.
    """
    only = given[0] if given is not None and len(given) == 1 else None
    named = env.calendars.find(only) if isinstance(only, str) else None
    if named is not None:
        return named, []
    days_off = {day(value) for value in given or () if value is not None and text(value)}
    return env.calendars.default, sorted(value for value in days_off if env.calendars.default.is_workday(value))


def _among(days_off: list[date], *, first: date, last: date) -> int:
    return bisect_right(days_off, last) - bisect_left(days_off, first)


@register(
    "NETWORKDAYS",
    shape="开始/start: date, 结束/end: date, 假日或日历/holidays or calendar: list?",
    returns=NUMBER,
    wants_env=True,
    uses_calendar=True,
    help=Help(
        "工作日天数, 含首尾; 可再给出放假日期, 或另一工作日历的标识",
        "Working days between, both included; also less days off, or by the key of another working calendar",
        "NETWORKDAYS(DATE(2024,3,4),DATE(2024,3,10))",
        "5",
    ),
)
def networkdays(env: Env, start: date, end: date, holidays: List | None = None) -> FormulaValue:
    """Working days from start to end, both included, by the working calendar; negative if reversed."""
    first, last, sign = (start, end, 1) if start <= end else (end, start, -1)
    work, days_off = _calendar(env, holidays)
    return Decimal(sign * (work.count(first, last) - _among(days_off, first=first, last=last)))


@register(
    "WORKDAY",
    shape="开始/start: date, 天数/days: number, 假日或日历/holidays or calendar: list?",
    returns=DATE,
    wants_env=True,
    uses_calendar=True,
    help=Help(
        "几个工作日后; 可再给出放假日期, 或另一工作日历的标识",
        "Working days later; also past days off, or by the key of another working calendar",
        "WORKDAY(DATE(2024,3,8),1)",
        "2024-03-11",
    ),
)
def workday(env: Env, start: date, count: Decimal, holidays: List | None = None) -> FormulaValue:
    """The working day `count` working days after (before if negative)."""
    work, days_off = _calendar(env, holidays)
    left, current = int(count), start
    while left:
        env.spend(1)
        try:
            reached = work.shift(current, left)
        except NoWorkingTime:
            raise Fault(ErrorValue.NUM) from None
        first, last = (current + ONE_DAY, reached) if left > 0 else (reached, current - ONE_DAY)
        missed = _among(days_off, first=first, last=last)
        left, current = (missed if left > 0 else -missed), reached
    return current
