"""Terms as SQL: numbers are exact, on SQLite as whole numbers in steps of their last decimal."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Protocol, assert_never

from engine.errors import Rejection
from engine.model.expressions import EVERYTHING, Expression
from engine.model.measures import LARGEST, Measure, TooLarge, measure, places_of, steps
from engine.model.terms import (
    HOLDS,
    Added,
    Aggregate,
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
    Includes,
    Inverse,
    IsEmpty,
    Negative,
    PartOf,
    Term,
    Times,
    Within,
    term_kind,
)
from engine.model.values import ColumnKind, Scalar
from engine.store.columns import Column, instant_to_int
from engine.store.database import Dialect
from engine.store.entities import StoredEntity
from engine.store.parameters import Parameters

_TYPES = {"number": "numeric", "boolean": "boolean", "day": "date"}
_COLUMN_KINDS: Mapping[str, ColumnKind] = {"number": "decimal", "boolean": "bool", "day": "day"}
_PARTS = {"year": (1, 4), "month": (6, 2), "day": (9, 2)}
_DAY_ZERO = "1899-12-30"
_JULIAN_DAY_ZERO = "2415018.5"


class DecimalsNarrowed(Rejection):
    """The column keeps more decimals than its field declares today, and the formula's numbers become too large."""

    code = "decimals_narrowed"
    status = 422
    zh = "字段的小数位数改少过, 原有数据的位数过多, 公式不能用于筛选和排序; 请建一个计算字段"
    en = "A field once had more decimals and its stored numbers are too long for this formula; use a computed field"


class Conditioned(Protocol):
    """The table behind a link: its name, what its record is called in the statement, and what is asked of it."""

    @property
    def table(self) -> str:
        """The name of the table."""

    @property
    def row(self) -> str:
        """The name of its record."""

    @property
    def terms(self) -> Terms:
        """Terms over its columns."""

    def build(self, expression: Expression, parameters: Parameters) -> str:
        """A condition."""


class Terms:
    """Writes terms over the columns of one table, whose record is named `row`; `behind`: tables that links lead to."""

    def __init__(
        self, stored: StoredEntity, dialect: Dialect, *, row: str, behind: Callable[[str], Conditioned]
    ) -> None:
        self._columns = stored.read_columns
        self._subforms = stored.subforms
        self._dialect = dialect
        self._row = row
        self._behind = behind

    def column(self, term: Term) -> Column:
        """How values of the term come out of the database, and go into it."""
        if isinstance(term, FieldOf):
            return self.source(term)
        kind = term_kind(term)
        scale = self._measure(term).decimals if kind == "number" and self._dialect == "sqlite" else 0
        return Column("", _COLUMN_KINDS.get(kind, "text"), scale)

    def cast(self, term: Term) -> str:
        """What makes a parameter a value of the term's kind, to be written behind it."""
        if self._dialect == "sqlite":
            return ""
        return f"::{_TYPES[kind]}" if (kind := term_kind(term)) in _TYPES else '::text COLLATE "C"'

    def write(self, term: Term, parameters: Parameters) -> str:
        """SQL of the value. Raises `DecimalsNarrowed`."""
        match term:
            case FieldOf() | Fixed() | Aggregate():
                return self._source(term, parameters)
            case Filled():
                return f"COALESCE({self.write(term.value, parameters)}, {self._blank(term, parameters)})"
            case Chosen():
                return self._chosen(term, parameters)
            case Added() | Times() | Negative() | DaysOf() | PartOf():
                return self._number(term, parameters)
            case DayAt():
                # a computed day exists as its serial number only
                raise TypeError(term)
            case _:
                return self._truth(term, parameters)

    def _source(self, term: FieldOf | Fixed | Aggregate, parameters: Parameters) -> str:
        if isinstance(term, Fixed):
            return self._fixed(term, parameters)
        if term.through:
            return self._linked(term, parameters)
        if isinstance(term, Aggregate):
            return self._aggregate(term)
        column = self.source(term)
        # whole numbers take part as the decimals that all other numbers are
        is_whole = column.kind == "integer" and self._dialect == "postgresql"
        return f"{column.sql(self._row, self._dialect)}{'::numeric' if is_whole else ''}"

    def _linked(self, term: FieldOf | Aggregate, parameters: Parameters) -> str:
        """What the record behind the first link has, if it is among those that count; else nothing."""
        hop = term.through[0]
        there = self._behind(hop.entity)
        value = there.terms.write(replace(term, through=term.through[1:]), parameters)
        link = f'{self._row}."{self._columns[hop.link].name}"'
        counts = "" if hop.rows == EVERYTHING else f" AND {there.build(hop.rows, parameters)}"
        return f"(SELECT {value} FROM [{there.table}] {there.row} WHERE {there.row}.id = {link}{counts})"

    def source(self, term: FieldOf | Aggregate) -> Column:
        """The column that a term reads, in this table or behind its links."""
        if term.through:
            return self._behind(term.through[0].entity).terms.source(replace(term, through=term.through[1:]))
        if isinstance(term, FieldOf):
            return self._columns[term.field]
        return self._subforms[term.subform].read_columns[term.column]

    def _aggregate(self, term: Aggregate) -> str:
        subform = self._subforms[term.subform]
        rows = f"FROM [{subform.table}] sf WHERE sf.record_id = {self._row}.id"
        if term.function == "rows":
            what = "count(*)"
        else:
            name = subform.read_columns[term.column].sql("sf", self._dialect)
            what = f"{'count' if term.function == 'filled' else term.function}({name})"
        is_count = term.function in {"rows", "filled"} and self._dialect == "postgresql"
        return f"(SELECT {what}{'::numeric' if is_count else ''} {rows})"

    def _fixed(self, term: Fixed, parameters: Parameters, *, decimals: int | None = None) -> str:
        if term.value is None:
            return f"NULL{self.cast(term)}" if term.kind != "empty" else "NULL"
        if isinstance(term.value, bool):
            return self._boolean(value=term.value)
        if self._dialect == "postgresql":
            return f"{parameters.add(term.value)}{self.cast(term)}"
        if isinstance(term.value, Decimal):
            return parameters.add(steps(term.value, self._measure(term).decimals if decimals is None else decimals))
        return parameters.add(term.value.isoformat() if isinstance(term.value, date) else term.value)

    def _boolean(self, *, value: bool) -> str:
        if self._dialect == "sqlite":
            return "1" if value else "0"
        return "TRUE" if value else "FALSE"

    def _blank(self, term: Filled, parameters: Parameters) -> str:
        # 0 is 0 in steps of any size
        return "0" if term.blank.kind == "number" else self._fixed(term.blank, parameters)

    def _chosen(self, term: Chosen, parameters: Parameters) -> str:
        decimals = self._measure(term).decimals if term.kind == "number" else 0
        cases = [
            f"WHEN {self.write(condition, parameters)} THEN {self._at(value, decimals, parameters)}"
            for condition, value in term.cases
        ]
        return f"CASE {' '.join(cases)} ELSE {self._at(term.otherwise, decimals, parameters)} END"

    def _at(self, term: Term, decimals: int, parameters: Parameters) -> str:
        """The value; a number on SQLite in steps of so many decimals."""
        if self._dialect == "postgresql" or term_kind(term) != "number":
            return self.write(term, parameters)
        if isinstance(term, Fixed):
            return self._fixed(term, parameters, decimals=decimals)
        more = self._measure(term).at(decimals).decimals - self._measure(term).decimals
        text = self.write(term, parameters)
        return f"({text} * {10**more})" if more else text

    def _number(self, term: Added | Times | Negative | DaysOf | PartOf, parameters: Parameters) -> str:
        match term:
            case Added():
                decimals = self._measure(term).decimals
                left, right = (self._at(part, decimals, parameters) for part in (term.left, term.right))
                return f"({left} {'-' if term.minus else '+'} {right})"
            case Times():
                self._measure(term)
                return f"({self.write(term.value, parameters)} * {self.write(term.count, parameters)})"
            case Negative():
                return f"(- {self.write(term.value, parameters)})"
            case DaysOf():
                return self._days(self.write(term.day, parameters))
            case PartOf():
                return self._part(term, parameters)

    def _days(self, day: str) -> str:
        if self._dialect == "sqlite":
            return f"CAST(julianday({day}) - {_JULIAN_DAY_ZERO} AS INTEGER)"
        return f"({_finite(day)} - DATE '{_DAY_ZERO}')::numeric"

    def _part(self, term: PartOf, parameters: Parameters) -> str:
        day = self.write(term.day, parameters)
        if self._dialect == "sqlite":
            start, length = _PARTS[term.part]
            return f"CAST(substr({day}, {start}, {length}) AS INTEGER)"
        return f"EXTRACT({term.part} FROM {_finite(day)})"

    def _truth(
        self, term: Compared | Both | Either | Inverse | IsEmpty | Includes | Within, parameters: Parameters
    ) -> str:
        match term:
            case Compared():
                return self._compared(term, parameters)
            case Both() | Either():
                word = " AND " if isinstance(term, Both) else " OR "
                return f"({word.join(self.write(part, parameters) for part in term.parts)})"
            case Inverse():
                return f"(NOT {self.write(term.part, parameters)})"
            case IsEmpty():
                return f"({self.write(term.value, parameters)} IS NULL)"
            case Includes():
                return self._includes(term, parameters)
            case Within():
                return self._within(term, parameters)
            case _:
                assert_never(term)

    def _compared(self, term: Compared, parameters: Parameters) -> str:
        if isinstance(term.right, Fixed):
            return self._against_fixed(term.left, term.op, term.right, parameters=parameters)
        if term_kind(term.left) == "number" and self._dialect == "sqlite":
            decimals = max(self._measure(part).decimals for part in (term.left, term.right))
            left, right = (self._at(part, decimals, parameters) for part in (term.left, term.right))
            return f"({left} {term.op} {right})"
        return f"({self.write(term.left, parameters)} {term.op} {self.write(term.right, parameters)})"

    def _against_fixed(self, left: Term, op: Comparison, right: Fixed, *, parameters: Parameters) -> str:
        """An index of a field is used, as the field stands alone; its being empty is asked for beside it."""
        value = right.value
        if isinstance(left, Filled) and isinstance(left.value, FieldOf) and not left.value.through:
            name = self.write(left.value, parameters)
            holds_empty = HOLDS[op](_order(left.blank.value, right.value))
            empty = f"{name} IS NULL OR" if holds_empty else f"{name} IS NOT NULL AND"
        else:
            name, empty = self.write(left, parameters), ""
        if isinstance(value, Decimal) and self._dialect == "sqlite":
            op, place = self._whole(op, value, decimals=self._measure(left).decimals, parameters=parameters)
        else:
            place = self._fixed(right, parameters)
        return f"({empty} {name} {op} {place})"

    def _whole(
        self, op: Comparison, value: Decimal, *, decimals: int, parameters: Parameters
    ) -> tuple[Comparison, str]:
        """The comparison with a number between two steps as one with a step; beyond all steps with the last."""
        step = steps(value, decimals)
        is_cut = places_of(value) > decimals
        match op:
            case "=" | "<>" if is_cut or abs(step) > LARGEST:
                # no number is so
                return ("<", str(-LARGEST)) if op == "=" else (">=", str(-LARGEST))
            case ">=" | "<" if is_cut and value > 0:
                step += 1
            case "<=" | ">" if is_cut and value < 0:
                step -= 1
            case _:
                pass
        return op, parameters.add(max(-LARGEST, min(LARGEST, step)))

    def _includes(self, term: Includes, parameters: Parameters) -> str:
        whole, part = self.write(term.whole, parameters), self.write(term.part, parameters)
        if term_kind(term.whole) != "list":
            function = "instr" if self._dialect == "sqlite" else "strpos"
            return f"({function}({whole}, {part}) > 0)"
        if self._dialect == "sqlite":
            return f"EXISTS (SELECT 1 FROM json_each({whole}) WHERE value = {part})"
        return f"COALESCE(jsonb_exists({whole}, {part}), FALSE)"

    def _within(self, term: Within, parameters: Parameters) -> str:
        name = self.write(term.instant, parameters)
        spans = [
            " AND ".join(
                f"{name} {sign} {parameters.add(instant_to_int(end))}"
                for sign, end in ((">=", first), ("<", last))
                if end is not None
            )
            for first, last in term.spans
        ]
        if not spans:
            return self._boolean(value=False)
        tests = " OR ".join(f"({span})" if span else self._boolean(value=True) for span in spans)
        return f"({name} IS NOT NULL AND ({tests}))"

    def _measure(self, term: Term) -> Measure:
        """The steps in which SQLite counts a number; those of PostgreSQL have no bounds."""
        if self._dialect == "postgresql":
            return Measure(0, 0)
        try:
            return measure(term, self._stored)
        except TooLarge:
            raise DecimalsNarrowed from None

    def _stored(self, term: FieldOf | Aggregate) -> int:
        """The decimals that the column keeps, at least those that the field declares."""
        return self.source(term).scale


def _finite(day: str) -> str:
    """The driver for PostgreSQL stores the first and the last day of the calendar as infinite."""
    return f"LEAST(GREATEST({day}, DATE '{date.min}'), DATE '{date.max}')"


def _order(one: Scalar, other: Scalar) -> int:
    return (one > other) - (one < other)  # type: ignore[operator]  # both are of one kind
