"""Days moved by numbers as terms, with the moves that end outside of the calendar."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from engine.formula.coercion import EPOCH
from engine.formula.comparing import both, chosen, days_of, either, inverse, is_empty, measured
from engine.formula.not_in_sql import BROKEN_DAYS, NotInSql
from engine.model.terms import Added, Chosen, Compared, DayAt, Filled, Fixed, Term

FIRST_DAY, LAST_DAY = (Fixed(Decimal((day - EPOCH).days), "number") for day in (date.min, date.max))


def days_moved(day: Term, days: Term, *, minus: bool) -> tuple[DayAt, Term]:
    """The day so many days later, and when it is none: an empty day is 0 and becomes a mere number."""
    if measured(days)[0].decimals:
        raise NotInSql(BROKEN_DAYS)
    moved = Added(days_of(day), days, minus=minus)
    measured(moved)
    outside = either(Compared(moved, "<", FIRST_DAY), Compared(moved, ">", LAST_DAY))
    stays_day = is_day(day)
    return DayAt(moved, stays_day), both(stays_day, outside)


def is_day(value: Term) -> Term:
    """Where a term of the kind day is a day for formulas: not where it is empty, or a number made of an empty day."""
    match value:
        case DayAt():
            return value.is_day
        case Filled():
            return is_day(value.value)
        case Chosen():
            cases = tuple((condition, is_day(inner)) for condition, inner in value.cases)
            return chosen(cases, is_day(value.otherwise))
        case _:
            return inverse(is_empty(value))
