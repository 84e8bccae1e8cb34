"""Times of day: the wall clock of the workspace's zone; a time without a day is a fraction of a day."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from engine.formula.coercion import SECONDS_A_DAY, moment, to_instant
from engine.formula.functions.registry import Env, Help, register
from engine.formula.values import CONTEXT, DATETIME, NUMBER, ErrorValue, Fault, FormulaValue

MAX_PART = 32_767
_START = datetime(1970, 1, 1, tzinfo=UTC)


@register(
    "NOW",
    "SYSTIME",
    shape="",
    returns=DATETIME,
    wants_env=True,
    uses_clock=True,
    help=Help("现在", "Now", "NOW()-NOW()", "0"),
)
def now(env: Env) -> FormulaValue:
    """The time in the workspace's zone."""
    return env.now


@register("HOUR", shape="时间/time: any", returns=NUMBER, help=Help("时", "Hour", "HOUR(0.5)", "12"))
def hour(value: FormulaValue) -> FormulaValue:
    """Hour."""
    return Decimal(moment(value).hour)


@register("MINUTE", shape="时间/time: any", returns=NUMBER, help=Help("分", "Minute", "MINUTE(0.25)", "0"))
def minute(value: FormulaValue) -> FormulaValue:
    """Minute."""
    return Decimal(moment(value).minute)


@register("SECOND", shape="时间/time: any", returns=NUMBER, help=Help("秒", "Second", "SECOND(0.25)", "0"))
def second(value: FormulaValue) -> FormulaValue:
    """Second."""
    return Decimal(moment(value).second)


@register(
    "TIME",
    shape="时/hour: number, 分/minute: number, 秒/second: number",
    returns=NUMBER,
    help=Help("时分秒组成的时间 (一天的几分之几)", "A time of day, as a fraction of a day", "TIME(18,0,0)", "0.75"),
)
def time_(hours: Decimal, minutes: Decimal, seconds: Decimal) -> FormulaValue:
    """The fraction of a day to 34 digits; whole parts count, what exceeds a day is dropped, below midnight: #NUM!."""
    parts = [int(hours), int(minutes), int(seconds)]
    gone = parts[0] * 3600 + parts[1] * 60 + parts[2]
    if gone < 0 or max(parts) > MAX_PART:
        raise Fault(ErrorValue.NUM)
    return CONTEXT.divide(Decimal(gone % SECONDS_A_DAY), Decimal(SECONDS_A_DAY))


@register(
    "TIMESTAMP",
    shape="日期时间/date and time: any",
    returns=NUMBER,
    wants_env=True,
    help=Help(
        "时间戳: 自 1970 年起的毫秒数, 按工作区时区",
        "Milliseconds since 1970 of a wall-clock time in the workspace's zone",
        "TIMESTAMP(DATE(2024,1,2))-TIMESTAMP(DATE(2024,1,1))",
        "86400000",
    ),
)
def timestamp(env: Env, value: FormulaValue) -> FormulaValue:
    """Whole milliseconds since 1970-01-01T00:00Z; a day begins at midnight of the zone; empty stays empty."""
    if value is None:
        return None
    return Decimal((to_instant(moment(value), env.zone) - _START) // timedelta(milliseconds=1))
