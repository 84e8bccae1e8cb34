"""Public holidays that were read from somewhere, and what can be wrong with where they were read."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from engine.errors import Rejection
from engine.model.base import Label


class UploadRejected(Rejection):
    """A text that holds no public holidays, or not as it should."""

    code = "holidays_unreadable"
    status = 422
    zh = "无法读取节假日"
    en = "The holidays cannot be read"


class NoDaysFound(UploadRejected):
    code = "no_days_found"
    zh = "没有找到节假日。可粘贴国务院办公厅的放假通知, 或使用 JSON、CSV (日期,类型,名称)、iCalendar 文件"
    en = "No holidays found. Paste the official notice, or use JSON, CSV (date,kind,name) or an iCalendar file"


class NotATable(UploadRejected):
    code = "not_a_holiday_table"
    zh = "不是节假日表: {place} 处 {reason}"
    en = "Not a table of holidays: {reason} at {place}"


class DayUnreadable(UploadRejected):
    code = "day_unreadable"
    zh = "第 {line} 行无法识别: {text}。每行应为 日期,类型,名称; 类型为 休 或 班"
    en = "Line {line} cannot be read: {text}. A line is date,kind,name; the kind is off or work"


class NoticeWithoutYear(UploadRejected):
    code = "notice_without_year"
    zh = "通知中没有年份, 请连同标题一起粘贴 (…关于 2027 年部分节假日安排的通知)"
    en = "The notice does not say its year; paste it together with its heading"


class NoticeDiffers(UploadRejected):
    code = "notice_differs"
    zh = "“{name}” 注明共 {stated} 天, 而日期为 {found} 天"
    en = "“{name}” says {stated} day(s), but its dates are {found} day(s)"


class WeekdayDiffers(UploadRejected):
    code = "weekday_differs"
    zh = "{day} 不是{weekday}, 请检查年份和星期"
    en = "{day} is not a {weekday}; are the year and the weekday right?"


class DaysUnusable(UploadRejected):
    code = "days_unusable"
    zh = "日历中不能有这些日期或名称 ({place}): 年份为 {first} 至 {last}, 每个日历的放假日和补班日各不超过 {max} 天"
    en = "A calendar cannot have these days or names ({place}): years are {first} to {last}, and days at most {max}"


@dataclass
class PublishedDays:
    """Days off and make-up days with their names, and the years they were published for."""

    off: set[date] = field(default_factory=set)
    extra: set[date] = field(default_factory=set)
    names: dict[date, Label] = field(default_factory=dict)
    years: set[int] = field(default_factory=set)

    def take(self, day: date, *, works: bool, name: Label) -> None:
        """Note a day."""
        (self.extra if works else self.off).add(day)
        if name:
            self.names[day] = name
