"""Comparisons as terms: what `compare` of the interpreter does with empty values and with values of different kinds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

from engine.formula.coercion import EPOCH, compare
from engine.formula.not_in_sql import KIND_UNKNOWN, TIME_OF_FIELD, TOO_MANY_DIGITS, NotInSql
from engine.formula.wall_clock import instants_showing
from engine.model.measures import Measure, TooLarge, aligned, measure
from engine.model.terms import (
    ALWAYS,
    HOLDS,
    NEVER,
    SWAPPED,
    Both,
    Chosen,
    Compared,
    Comparison,
    DayAt,
    DaysOf,
    Either,
    FieldOf,
    Filled,
    Fixed,
    Inverse,
    IsEmpty,
    Term,
    TermKind,
    Within,
    may_be_empty,
    term_kind,
)

ZERO = Fixed(Decimal(0), "number")
BLANKS: Mapping[TermKind, Fixed] = {
    "number": ZERO,
    "text": Fixed("", "text"),
    "boolean": NEVER,
    "day": Fixed(EPOCH, "day"),
    "instant": Fixed(datetime.combine(EPOCH, time()), "instant"),  # wall clock
}
_RANKS: Mapping[TermKind, int] = {"number": 0, "day": 0, "instant": 0, "text": 1, "boolean": 2}


def truth(value: bool) -> Fixed:  # noqa: FBT001  # a value of the language
    """TRUE or FALSE."""
    return ALWAYS if value else NEVER


def both(*parts: Term) -> Term:
    """Every part holds, without parts that always do."""
    kept = tuple(part for part in parts if part != ALWAYS)
    if NEVER in kept:
        return NEVER
    return kept[0] if len(kept) == 1 else Both(kept) if kept else ALWAYS


def either(*parts: Term) -> Term:
    """Some part holds, without parts that never do."""
    kept = tuple(dict.fromkeys(part for part in parts if part != NEVER))
    if ALWAYS in kept:
        return ALWAYS
    return kept[0] if len(kept) == 1 else Either(kept) if kept else NEVER


def inverse(part: Term) -> Term:
    """The part does not hold."""
    if isinstance(part, Inverse):
        return part.part
    return truth(part == NEVER) if part in (ALWAYS, NEVER) else Inverse(part)


def is_empty(value: Term) -> Term:
    """The value is empty."""
    if isinstance(value, Fixed):
        return truth(value.value is None)
    if isinstance(value, Chosen) and is_moved(value):
        cases = tuple((condition, is_empty(inner)) for condition, inner in value.cases)
        return Chosen(cases, is_empty(value.otherwise), "boolean")
    return IsEmpty(value) if may_be_empty(value) else NEVER


def filled(value: Term) -> Term:
    """The value with 0, "", FALSE or day 0 where it is empty."""
    if isinstance(value, Fixed):
        return BLANKS[value.kind] if value.value is None else value
    return Filled(value, BLANKS[term_kind(value)]) if may_be_empty(value) else value


def chosen(cases: tuple[tuple[Term, Term], ...], otherwise: Term) -> Term:
    """The value of the first condition that holds; what is empty everywhere takes the kind of the others."""
    values = [*(value for _, value in cases), otherwise]
    kinds = {term_kind(value) for value in values} - {"empty"}
    if len(kinds) > 1:
        raise NotInSql(KIND_UNKNOWN)
    kind = kinds.pop() if kinds else "empty"
    if kind == "number":
        measured(*values)
    return Chosen(cases, otherwise, kind)


def measured(*values: Term) -> tuple[Measure, ...]:
    """The measures of numbers, in the same steps. Raises `NotInSql` when nothing proves that they are small enough."""
    try:
        return aligned(*(measure(value) for value in values))
    except TooLarge:
        raise NotInSql(TOO_MANY_DIGITS) from None


def days_of(value: Term) -> Term:
    """The serial number of a day, 0 where it is empty."""
    match value:
        case DayAt():
            return value.days
        case Fixed():
            return _serial(value.value)
        case Chosen():
            cases = tuple((condition, days_of(inner)) for condition, inner in value.cases)
            return Chosen(cases, days_of(value.otherwise), "number")
        case _:
            return DaysOf(filled(value))


def _serial(value: object) -> Fixed:
    if value is None:
        return ZERO
    if not isinstance(value, date) or isinstance(value, datetime):
        raise NotInSql(TIME_OF_FIELD)
    return Fixed(Decimal((value - EPOCH).days), "number")


def is_moved(value: Term) -> bool:
    """Whether a day was computed, so that it exists as a serial number only."""
    if isinstance(value, Chosen):
        return any(is_moved(inner) for _, inner in value.cases) or is_moved(value.otherwise)
    return isinstance(value, DayAt)


def compare_terms(left: Term, op: Comparison, right: Term, *, zone: ZoneInfo) -> Term:
    """The truth of a comparison, never empty. Raises `NotInSql`."""
    if isinstance(left, Fixed) and isinstance(right, Fixed):
        return truth(HOLDS[op](compare(left.value, right.value)))  # type: ignore[arg-type]  # never lists
    if isinstance(left, Fixed):
        return compare_terms(right, SWAPPED[op], left, zone=zone)
    one, other = term_kind(left), term_kind(right)
    if "list" in {one, other}:
        raise NotInSql(KIND_UNKNOWN)
    if one == "empty":
        return compare_terms(Fixed(None, "empty"), op, right, zone=zone)
    if other == "empty":
        return compare_terms(left, op, BLANKS[one], zone=zone)
    if _RANKS[one] != _RANKS[other]:
        return _of_different_ranks(left, op, right, zone=zone)
    if "instant" in {one, other}:
        return _instant(left, op, right, zone=zone)
    if one == other and not is_moved(left) and not is_moved(right):
        return _compared(filled(left), op, filled(right))
    return _compared(_as_number(left), op, _as_number(right))


def _as_number(value: Term) -> Term:
    return days_of(value) if term_kind(value) == "day" else filled(value)


def _compared(left: Term, op: Comparison, right: Term) -> Term:
    if isinstance(left, Fixed):
        left, op, right = right, SWAPPED[op], left
    if isinstance(left, Fixed) and isinstance(right, Fixed):
        return truth(HOLDS[op](compare(left.value, right.value)))  # type: ignore[arg-type]  # never lists
    if term_kind(left) == "number":
        # a fixed number is moved to the steps of the other, whatever its size
        measured(*([left] if isinstance(right, Fixed) else [left, right]))
    return Compared(left, op, right)


def _of_different_ranks(left: Term, op: Comparison, right: Term, *, zone: ZoneInfo) -> Term:
    """Numbers and days are less than texts, these less than truths; what is empty takes the other's kind."""
    below = _RANKS[term_kind(left)] < _RANKS[term_kind(right)]
    result: Term = truth(HOLDS[op](-1 if below else 1))
    cases = []
    for value, other, is_left in ((left, right, True), (right, left, False)):
        if is_empty(value) != NEVER:
            blank = BLANKS[term_kind(other)]
            pair = (blank, other) if is_left else (other, blank)
            cases.append((is_empty(value), compare_terms(pair[0], op, pair[1], zone=zone)))
    always = [outcome for condition, outcome in cases if condition == ALWAYS]
    if always:
        return always[0]
    return Chosen(tuple(cases), result, "boolean") if cases else result


def _instant(left: Term, op: Comparison, right: Term, *, zone: ZoneInfo) -> Term:
    """A field against a time that is the same for every record: zones that set clocks back allow nothing else."""
    if not isinstance(left, FieldOf) or not isinstance(right, Fixed) or term_kind(left) != "instant":
        raise NotInSql(TIME_OF_FIELD)
    wall = right.value
    if wall is None:
        wall = BLANKS["instant"].value
    if not isinstance(wall, date):
        raise NotInSql(TIME_OF_FIELD)
    if not isinstance(wall, datetime):
        wall = datetime.combine(wall, time())  # wall clock
    when_empty = truth(HOLDS[op](compare(None, right.value)))  # type: ignore[arg-type]  # never lists
    inside = Within(left, instants_showing(op, wall, zone))
    return either(both(IsEmpty(left), when_empty), inside)
