"""Values computed from a record as trees: built by formulas, turned into SQL by the store only.

A term is empty (NULL) exactly where the formula's value is empty; what operators take empty fields for is written out
with `Filled`. Only fields, aggregates, fixed and chosen values can be empty.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

from engine.model.values import Scalar

if TYPE_CHECKING:
    from engine.model.expressions import Expression  # which a formula can be, in turn

# list: several keys or ids · empty: never anything
TermKind = Literal["number", "text", "boolean", "day", "instant", "list", "empty"]
Comparison = Literal["=", "<>", "<", "<=", ">", ">="]
# whether a comparison holds; the order is below 0 where the left side comes first, 0 where both are the same
HOLDS: Mapping[Comparison, Callable[[int], bool]] = {
    "=": lambda order: order == 0,
    "<>": lambda order: order != 0,
    "<": lambda order: order < 0,
    "<=": lambda order: order <= 0,
    ">": lambda order: order > 0,
    ">=": lambda order: order >= 0,
}
# the same comparison with its sides exchanged
SWAPPED: Mapping[Comparison, Comparison] = {"=": "=", "<>": "<>", "<": ">", "<=": ">=", ">": "<", ">=": "<="}
DayPart = Literal["year", "month", "day"]
AggregateFunction = Literal["sum", "min", "max", "filled", "rows"]


@dataclass(frozen=True)
class Hop:
    """A link that is followed: the field that holds it, the entity it leads to, and which of its records count.

    A record that is not among `rows` is as if it were not there.
    """

    link: str
    entity: str
    rows: Expression


@dataclass(frozen=True)
class FieldOf:
    """A field, or a system field. Numbers have at most `decimals` decimals and are below `below` without their sign.

    `through`: the links that lead to the record which has the field; where one leads nowhere the field is empty.
    """

    field: str
    kind: TermKind
    decimals: int = 0
    below: Decimal = Decimal(0)
    through: tuple[Hop, ...] = ()


@dataclass(frozen=True)
class Fixed:
    """A value that is the same for every record; instants stand here as wall-clock times.

    `is_measured`: the number can be relied on to be of this size; else it is another at another time.
    """

    value: Scalar
    kind: TermKind
    is_measured: bool = True


@dataclass(frozen=True)
class Filled:
    """The value, or `blank` where it is empty."""

    value: Term
    blank: Fixed


@dataclass(frozen=True)
class Added:
    """Two numbers, neither empty: their sum, or their difference."""

    left: Term
    right: Term
    minus: bool = False


@dataclass(frozen=True)
class Times:
    """A number taken so many times; `count` is a number of rows."""

    value: Term
    count: Term


@dataclass(frozen=True)
class Negative:
    """A number with the other sign."""

    value: Term


@dataclass(frozen=True)
class DaysOf:
    """The serial number of a day that is not empty: days since 1899-12-30."""

    day: Term


@dataclass(frozen=True)
class DayAt:
    """The day with a serial number, which is whole. `is_day`: where it is a day for formulas, else a mere number."""

    days: Term
    is_day: Term


@dataclass(frozen=True)
class PartOf:
    """Year, month or day of a day that is not empty."""

    part: DayPart
    day: Term


@dataclass(frozen=True)
class Aggregate:
    """Over a subform's rows: sum, least, greatest of a column (empty where none is filled), how many are filled.

    `rows` counts the rows themselves. `decimals` and `below` as in `FieldOf`, of one cell; `most_rows` bounds a sum.
    `through` as in `FieldOf`: where a link leads nowhere, counts are empty too.
    """

    function: AggregateFunction
    subform: str
    column: str
    kind: TermKind
    decimals: int = 0
    below: Decimal = Decimal(0)
    most_rows: int = 0
    through: tuple[Hop, ...] = ()


@dataclass(frozen=True)
class Chosen:
    """The value beside the first condition that holds, else `otherwise`; all values are of one kind or empty."""

    cases: tuple[tuple[Term, Term], ...]
    otherwise: Term
    kind: TermKind


@dataclass(frozen=True)
class Compared:
    """Two values of one kind, neither empty: numbers, texts by code point, truths or days. A fixed one stands right."""

    left: Term
    op: Comparison
    right: Term


@dataclass(frozen=True)
class Both:
    """Every part holds."""

    parts: tuple[Term, ...]


@dataclass(frozen=True)
class Either:
    """Some part holds."""

    parts: tuple[Term, ...]


@dataclass(frozen=True)
class Inverse:
    """The part, which is not empty, does not hold."""

    part: Term


@dataclass(frozen=True)
class IsEmpty:
    """The value is empty."""

    value: Term


@dataclass(frozen=True)
class Includes:
    """A text contains another, or a list has an item; the text and `part` are not empty."""

    whole: Term
    part: Term


@dataclass(frozen=True)
class Within:
    """An instant that is filled lies in one of the spans: from the first, up to and without the second (None: open)."""

    instant: Term
    spans: tuple[tuple[datetime | None, datetime | None], ...]


Term: TypeAlias = (
    FieldOf | Fixed | Filled | Added | Times | Negative | DaysOf | DayAt | PartOf | Aggregate | Chosen
    | Compared | Both | Either | Inverse | IsEmpty | Includes | Within
)  # fmt: skip
_TERMS: tuple[type[Term], ...] = get_args(Term)
ALWAYS, NEVER = Fixed(True, "boolean"), Fixed(False, "boolean")  # values of the language


def term_kind(term: Term) -> TermKind:
    """The kind of its values."""
    match term:
        case FieldOf() | Fixed() | Chosen() | Aggregate():
            return term.kind
        case Filled():
            return term_kind(term.value)
        case Added() | Times() | Negative() | DaysOf() | PartOf():
            return "number"
        case DayAt():
            return "day"
        case Compared() | Both() | Either() | Inverse() | IsEmpty() | Includes() | Within():
            return "boolean"


def may_be_empty(term: Term) -> bool:
    """Whether there are records for which it is empty."""
    match term:
        case FieldOf():
            return True
        case Fixed():
            return term.value is None
        case Aggregate():
            return term.function in {"sum", "min", "max"} or bool(term.through)
        case Chosen():
            return any(may_be_empty(value) for _, value in term.cases) or may_be_empty(term.otherwise)
        case _:
            return False


def inner_terms(term: Term) -> tuple[Term, ...]:
    """The terms it is made of."""
    return tuple(part for value in vars(term).values() for part in _terms_in(value))


def _terms_in(value: object) -> Iterator[Term]:
    if isinstance(value, _TERMS):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _terms_in(item)


@dataclass(frozen=True)
class Weight:
    """How many terms a term is written with, those that stand in several places counted there; how deep they nest."""

    term: Term
    count: int
    depth: int


class Scales:
    """Weighs terms that are made from each other; each term is looked at once, however many places it stands in."""

    def __init__(self) -> None:
        # a weight holds its term, whose id is nobody else's for so long
        self._known: dict[int, Weight] = {}

    def weigh(self, term: Term) -> Weight:
        """The weight of a term."""
        found = self._known.get(id(term))
        if found is None:
            inner = [self.weigh(item) for item in inner_terms(term)]
            depth = 1 + max((item.depth for item in inner), default=0)
            found = self._known[id(term)] = Weight(term, 1 + sum(item.count for item in inner), depth)
        return found
