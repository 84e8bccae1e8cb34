"""Values and parts of formulas as terms of the kind that is wanted."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from engine.formula.comparing import ZERO, chosen, days_of, filled, inverse, measured
from engine.formula.not_in_sql import BAD_TEXT, NOT_A_FIELD, NOT_A_TRUTH, TEXT_AS_NUMBER, TIME_OF_FIELD, NotInSql
from engine.formula.values import FormulaValue
from engine.model.json_text import UNSTORABLE
from engine.model.terms import NEVER, Compared, Fixed, Term, TermKind, term_kind

_ONE = Fixed(Decimal(1), "number")


def constant(value: FormulaValue, kind: TermKind, *, is_measured: bool) -> Fixed:
    """A value that is the same for every record; one that is empty is of the kind `kind`. Raises `NotInSql`."""
    match value:
        case None:
            return Fixed(None, kind)
        case bool():
            return Fixed(value, "boolean")
        case Decimal():
            return Fixed(value, "number", is_measured)
        case str():
            if UNSTORABLE.search(value):
                raise NotInSql(BAD_TEXT)
            return Fixed(value, "text")
        case datetime():
            return Fixed(value, "instant")
        case date():
            return Fixed(value, "day")
        case tuple():
            raise NotInSql(NOT_A_FIELD)


def as_number(term: Term) -> Term:
    """The number it counts as, 0 where it is empty. Raises `NotInSql`."""
    match term_kind(term):
        case "number":
            measured(term)
            return filled(term)
        case "day":
            return days_of(term)
        case "boolean":
            return chosen(((filled(term), _ONE),), ZERO)
        case "empty":
            return ZERO
        case "text":
            raise NotInSql(TEXT_AS_NUMBER)
        case _:
            raise NotInSql(TIME_OF_FIELD)


def as_truth(term: Term) -> Term:
    """The truth it counts as: a number or a day its being other than 0. Raises `NotInSql`."""
    match term_kind(term):
        case "number" | "day":
            return inverse(Compared(as_number(term), "=", ZERO))
        case "boolean":
            return filled(term)
        case "empty":
            return NEVER
        case _:
            raise NotInSql(NOT_A_TRUTH)
