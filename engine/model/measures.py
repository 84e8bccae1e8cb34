"""How large the numbers of a term can become, so that scaled whole numbers of 63 bits hold them exactly."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from engine.model.terms import (
    Added,
    Aggregate,
    Chosen,
    DaysOf,
    FieldOf,
    Filled,
    Fixed,
    Negative,
    PartOf,
    Term,
    Times,
)

LARGEST = 2**63 - 1
MAX_DECIMALS = 18
MOST_DAYS = 4_000_000  # from any day of the calendar to 1899-12-30
Decimals: TypeAlias = Callable[[FieldOf | Aggregate], int]


class TooLarge(ValueError):
    """Nothing proves that the number, in steps of its last decimal, stays below 2^63."""


@dataclass(frozen=True)
class Measure:
    """A number has at most `decimals` decimals, and counted in steps of the last one is at most `most`."""

    decimals: int
    most: int

    def at(self, decimals: int) -> Measure:
        """The same number counted in finer steps. Raises `TooLarge`."""
        return _held(decimals, self.most * 10 ** (decimals - self.decimals))


def _held(decimals: int, most: int) -> Measure:
    if most > LARGEST or decimals > MAX_DECIMALS:
        raise TooLarge
    return Measure(decimals, most)


def declared(term: FieldOf | Aggregate) -> int:
    """The decimals that the field declares."""
    return term.decimals


def aligned(*measures: Measure) -> tuple[Measure, ...]:
    """The same numbers, all counted in the finest steps of any of them. Raises `TooLarge`."""
    decimals = max(measure.decimals for measure in measures)
    return tuple(measure.at(decimals) for measure in measures)


def measure(term: Term, decimals: Decimals = declared) -> Measure:
    """The measure of a term that is a number; `decimals` of the columns themselves. Raises `TooLarge`."""
    match term:
        case FieldOf():
            return _cell(term, decimals)
        case Fixed():
            return _fixed(term)
        case Filled() | Negative():  # a blank is 0
            return measure(term.value, decimals)
        case Added():
            first, second = aligned(measure(term.left, decimals), measure(term.right, decimals))
            return _held(first.decimals, first.most + second.most)
        case Times():
            value, count = measure(term.value, decimals), measure(term.count, decimals)
            return _held(value.decimals, value.most * count.most)
        case Aggregate():
            return _aggregate(term, decimals)
        case Chosen():
            branches = [value for _, value in term.cases] + [term.otherwise]
            return _widest(*(measure(value, decimals) for value in branches))
        case DaysOf() | PartOf():
            return Measure(0, MOST_DAYS)
        case _:
            raise TypeError(term)


def _widest(*measures: Measure) -> Measure:
    found = aligned(*measures)
    return Measure(found[0].decimals, max(item.most for item in found))


def _cell(term: FieldOf | Aggregate, decimals: Decimals) -> Measure:
    places = decimals(term)
    return _held(places, steps(term.below, places) - 1)


def _aggregate(term: Aggregate, decimals: Decimals) -> Measure:
    if term.function in {"filled", "rows"}:
        return Measure(0, term.most_rows)
    cell = _cell(term, decimals)
    return cell if term.function != "sum" else _held(cell.decimals, cell.most * term.most_rows)


def _fixed(term: Fixed) -> Measure:
    if term.value is None:
        return Measure(0, 0)
    if not isinstance(term.value, Decimal) or not term.is_measured or term.value.adjusted() > MAX_DECIMALS:
        raise TooLarge
    places = places_of(term.value)
    if places > MAX_DECIMALS:
        raise TooLarge
    return _held(places, abs(steps(term.value, places)))


def places_of(value: Decimal) -> int:
    """How many decimals a finite number has, without superfluous zeros, whatever the precision of the context."""
    exponent = value.as_tuple().exponent
    places = max(0, -exponent) if isinstance(exponent, int) else 0
    while places and (value == 0 or steps(value, places) % 10 == 0):
        places -= 1
    return places


def steps(value: Decimal, decimals: int) -> int:
    """The number counted in steps of so many decimals, exactly; what is finer is cut off."""
    sign, digits, exponent = value.as_tuple()
    whole = int("".join(map(str, digits)) or "0")
    shift = decimals + (exponent if isinstance(exponent, int) else 0)
    factor: int = 10 ** abs(shift)
    found = whole * factor if shift >= 0 else whole // factor
    return -found if sign else found
