"""Between two days, and where a day stands in its week and year."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from decimal import Decimal

from engine.formula.coercion import day, moment
from engine.formula.functions.dates import make_day
from engine.formula.functions.registry import Help, register
from engine.formula.values import CONTEXT, NUMBER, ErrorValue, Fault, FormulaValue

ONE, ZERO = Decimal(1), Decimal(0)
_ISO_WEEKS, _MONDAY_IS_ZERO = 21, 3
_WEEK_STARTS = {1: 6, 2: 0, 11: 0, 12: 1, 13: 2, 14: 3, 15: 4, 16: 5, 17: 6}
_LONG, _SHORT, _MONTH = 366, 365, 30
_FEBRUARY, _LEAP_DAY = 2, 29
_LENGTHS = {"h": timedelta(hours=1), "m": timedelta(minutes=1), "s": timedelta(seconds=1)}


@register(
    "WEEKDAY",
    shape="日期/date: date, 一周起始/week start: number?",
    returns=NUMBER,
    help=Help("星期几", "Day of the week", "WEEKDAY(DATE(2024,2,29),2)", "4"),
)
def weekday(value: date, kind: Decimal = ONE) -> FormulaValue:
    """Day of the week; kind 1: Sunday is 1, kind 2: Monday is 1, kind 3: Monday is 0, 11–17 as in Excel."""
    if int(kind) == _MONDAY_IS_ZERO:
        return Decimal(value.weekday())
    start = _WEEK_STARTS.get(int(kind))
    if start is None:
        raise Fault(ErrorValue.NUM)
    return Decimal((value.weekday() - start) % 7 + 1)


@register(
    "ISOWEEKNUM",
    shape="日期/date: date",
    returns=NUMBER,
    help=Help("ISO 周数", "ISO week", "ISOWEEKNUM(DATE(2025,1,1))", "1"),
)
def isoweeknum(value: date) -> FormulaValue:
    """ISO 8601 week."""
    return Decimal(value.isocalendar().week)


@register(
    "WEEKNUM",
    shape="日期/date: date, 一周起始/week start: number?",
    returns=NUMBER,
    help=Help("一年中的第几周", "Week of the year", "WEEKNUM(DATE(2024,12,31))", "53"),
)
def weeknum(value: date, kind: Decimal = ONE) -> FormulaValue:
    """The week with 1 January is the first; kinds 1, 2 and 11 to 17 say on which day weeks start, 21 is ISO 8601."""
    if int(kind) == _ISO_WEEKS:
        return Decimal(value.isocalendar().week)
    start = _WEEK_STARTS.get(int(kind))
    if start is None:
        raise Fault(ErrorValue.NUM)
    first = value.replace(month=1, day=1)
    return Decimal(((first.weekday() - start) % 7 + (value - first).days) // 7 + 1)


@register(
    "DAYS",
    shape="结束/end: date, 开始/start: date",
    returns=NUMBER,
    help=Help("相差天数", "Days between", "DAYS(DATE(2024,3,1),DATE(2024,2,1))", "29"),
)
def days(end: date, start: date) -> FormulaValue:
    """End minus start."""
    return Decimal((end - start).days)


def _whole_months(start: date, end: date) -> int:
    months = (end.year - start.year) * 12 + end.month - start.month
    return months - (end.day < start.day)


def _excel_difference(start: date, end: date, unit: str) -> int:
    months = _whole_months(start, end)
    match unit:
        case "Y":
            return months // 12
        case "M":
            return months
        case "D":
            return (end - start).days
        case "YM":
            return months % 12
        case "YD":
            years = end.year - start.year - ((end.month, end.day) < (start.month, start.day))
            return (end - make_day(start.year + years, start.month, start.day)).days
        case "MD":
            if end.day >= start.day:
                return end.day - start.day
            before = end.replace(day=1) - timedelta(days=1)
            return before.day - start.day + end.day
        case _:
            raise Fault(ErrorValue.NUM)


@register(
    "DATEDIF",
    shape="开始/start: any, 结束/end: any, 单位/unit: text",
    returns=NUMBER,
    help=Help(
        "相差多少: Y M D YM MD YD; 或 y 年 M 月 d 天 h 时 m 分 s 秒 (M 月, m 分)",
        "Difference: Y M D YM MD YD, or y M d h m s (M months, m minutes)",
        'DATEDIF(DATE(2024,1,1),DATE(2024,12,31),"M")',
        "11",
    ),
)
def datedif(start: FormulaValue, end: FormulaValue, unit: str) -> FormulaValue:
    """Excel's units, and those of Chinese products: lower-case y, d, h, m, s; M is months, m is minutes."""
    if unit in _LENGTHS:
        return Decimal((moment(end) - moment(start)) // _LENGTHS[unit])
    first, last = day(start), day(end)
    if first > last:
        raise Fault(ErrorValue.NUM)
    return Decimal(_excel_difference(first, last, unit.upper()))


def _ends_february(value: date) -> bool:
    return value.month == _FEBRUARY and value.day == calendar.monthrange(value.year, value.month)[1]


def _days_of_30(start: date, end: date, *, european: bool) -> int:
    """Days between in a year of twelve months of 30 days, by the European or the American (NASD) rule."""
    first, last = start.day, end.day
    if european:
        first, last = min(first, _MONTH), min(last, _MONTH)
    else:
        if _ends_february(start):
            last = _MONTH if _ends_february(end) else last
            first = _MONTH
        first = min(first, _MONTH)
        last = _MONTH if last > _MONTH and first == _MONTH else last
    return (end.year - start.year) * 360 + (end.month - start.month) * _MONTH + last - first


@register(
    "DAYS360",
    shape="开始/start: date, 结束/end: date, 欧洲算法/European rule: boolean?",
    returns=NUMBER,
    help=Help(
        "按每月 30 天计算的天数",
        "Days between with months of 30 days",
        "DAYS360(DATE(2024,1,31),DATE(2024,3,1))",
        "31",
    ),
)
def days360(start: date, end: date, european: bool = False) -> FormulaValue:  # noqa: FBT001, FBT002  # a value
    """End minus start, negative if reversed."""
    return Decimal(_days_of_30(start, end, european=european))


def _american_days(start: date, end: date) -> int:
    """As `DAYS360`, but a last day that is a 31st stays one after a start at the end of February, as in Excel."""
    found = _days_of_30(start, end, european=False)
    return found + (_ends_february(start) and end.day > _MONTH)


def _year_length(start: date, end: date) -> Decimal:
    """The days of a year for actual/actual: of the one year they lie in, or the mean of all years they touch."""
    within = end.year == start.year or (end.year == start.year + 1 and (end.month, end.day) <= (start.month, start.day))
    if not within:
        years = end.year - start.year + 1
        return CONTEXT.divide(Decimal((date(end.year, 12, 31) - date(start.year, 1, 1)).days + 1), Decimal(years))
    if end.year == start.year:
        return Decimal(_LONG if calendar.isleap(start.year) else _SHORT)
    leap_days = [date(year, _FEBRUARY, _LEAP_DAY) for year in (start.year, end.year) if calendar.isleap(year)]
    return Decimal(_LONG if any(start <= leap_day <= end for leap_day in leap_days) else _SHORT)


@register(
    "YEARFRAC",
    shape="开始/start: date, 结束/end: date, 计日方式/day count: number?",
    returns=NUMBER,
    help=Help(
        "相差几年; 计日方式: 0 至 4",
        "Years between, as a fraction; day count 0 to 4",
        "YEARFRAC(DATE(2024,1,1),DATE(2024,7,1))",
        "0.5",
    ),
)
def yearfrac(start: date, end: date, basis: Decimal = ZERO) -> FormulaValue:
    """0: 30/360 American, 1: actual/actual, 2: actual/360, 3: actual/365, 4: 30/360 European; to 34 digits."""
    first, last = min(start, end), max(start, end)
    gone = Decimal((last - first).days)
    match int(basis):
        case 0:
            return CONTEXT.divide(Decimal(_american_days(first, last)), Decimal(360))
        case 1:
            return CONTEXT.divide(gone, _year_length(first, last))
        case 2:
            return CONTEXT.divide(gone, Decimal(360))
        case 3:
            return CONTEXT.divide(gone, Decimal(365))
        case 4:
            return CONTEXT.divide(Decimal(_days_of_30(first, last, european=True)), Decimal(360))
        case _:
            raise Fault(ErrorValue.NUM)
