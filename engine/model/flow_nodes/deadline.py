"""Until when people have to do what they are asked to do."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import Discriminator, Tag, field_validator, model_validator

from engine.model.base import Document, Fault, Key
from engine.model.spans import SpanText, read_span


class DeadlineOutOfBounds(Fault):
    code = "deadline_out_of_bounds"
    zh = "期限须在 1 分钟到 366 天之间, 如 P1D (一天)、PT4H (四小时)、P1DT4H"
    en = "A deadline lies between a minute and 366 days, such as P1D (a day), PT4H (four hours), P1DT4H"


class RemindersNotYet(Fault):
    code = "reminders_not_yet"
    zh = "本版本还不支持到期提醒、升级和自动处理 (“at”), 请去掉; 期限本身会显示并标出逾期"
    en = "This release has no reminders, escalation or automatic decisions (“at”) yet; leave them out"


class DeadlineBase(Document):
    """What both kinds share; `at` is part of the format and comes later."""

    @model_validator(mode="before")
    @classmethod
    def _no_reminders(cls, given: object) -> object:
        if isinstance(given, dict) and "at" in given:
            raise RemindersNotYet(path="/at")
        return given


class DeadlineAfter(DeadlineBase):
    """So long after the task was opened, in working time or by the clock on the wall."""

    after: SpanText
    time: Literal["working", "calendar"] = "working"

    @field_validator("after")
    @classmethod
    def _check(cls, after: str) -> str:
        try:
            is_in_bounds = read_span(after).is_in_bounds
        except ValueError:
            is_in_bounds = False
        if not is_in_bounds:
            raise DeadlineOutOfBounds
        return after


class DeadlineField(DeadlineBase):
    """What a date or date-time field of the record says when the task is opened: a day until its work ends."""

    field: Key


def _deadline_tag(deadline: object) -> str:
    is_field = isinstance(deadline, DeadlineField) or (isinstance(deadline, dict) and "field" in deadline)
    return "deadline_field" if is_field else "deadline_after"


Deadline: TypeAlias = Annotated[
    Annotated[DeadlineAfter, Tag("deadline_after")] | Annotated[DeadlineField, Tag("deadline_field")],
    Discriminator(_deadline_tag),
]
