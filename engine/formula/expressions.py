"""Formulas as terms: the subset of the language that both databases compute, to the digit as the interpreter does.

Parts that do not depend on the record may use every function: they are computed beforehand. Where the interpreter
would end in an error value, the fault of a term holds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal, cast
from zoneinfo import ZoneInfo

from engine.calendars.days import WorkCalendars
from engine.errors import Word
from engine.formula.aggregates import aggregate_terms, column_of, compare_average
from engine.formula.check import Compiled, check_tree
from engine.formula.columns import KINDS, Beyond, Columns
from engine.formula.comparing import (
    ZERO,
    both,
    chosen,
    compare_terms,
    days_of,
    either,
    filled,
    inverse,
    is_empty,
    is_moved,
    measured,
)
from engine.formula.converting import as_number, as_truth, constant
from engine.formula.environment import NO_CALENDARS, Environment
from engine.formula.functions import FUNCTIONS
from engine.formula.moving import days_moved
from engine.formula.not_in_sql import (
    DAY_PARTS,
    KIND_UNKNOWN,
    NOT_A_TRUTH,
    TIME_OF_FIELD,
    TOO_BIG,
    FormulaNotInSql,
    ListFormulasTooLarge,
    NotInSql,
)
from engine.formula.syntax import BinaryOperation, Call, Constant, Node, Reference, UnaryOperation, parts
from engine.formula.values import ErrorValue, FormulaValue, Kind
from engine.model.entities import Entity
from engine.model.terms import (
    ALWAYS,
    NEVER,
    SWAPPED,
    Added,
    Compared,
    Comparison,
    DayPart,
    Fixed,
    Includes,
    Negative,
    PartOf,
    Scales,
    Term,
    term_kind,
)

NOTHING_BEYOND = Beyond()
MAX_TERMS, MAX_DEPTH = 1_000, 120
MAX_TOGETHER = 3_000


@dataclass(frozen=True)
class Given:
    """What a formula knows besides the record: time, zone, calendars, what it names that is nobody's field, and what
    links lead to.

    `fixed`: where all that does not depend on the record is computed, with one budget; else each part has its own.
    """

    now: datetime
    zone: ZoneInfo
    calendars: WorkCalendars = NO_CALENDARS
    values: Mapping[str, FormulaValue] = field(default_factory=dict)
    beyond: Beyond = NOTHING_BEYOND
    fixed: Environment | None = field(default=None, compare=False, repr=False)

    def environment(self, lookup: Callable[[str], FormulaValue]) -> Environment:
        """The environment of an evaluation; `lookup` finds what the record has."""
        own = self.values
        return Environment(
            lambda path: own[path] if path in own else lookup(path),
            now=self.now,
            zone=self.zone,
            calendars=self.calendars,
        )

    def together(self) -> Given:
        """The same for several formulas that share one budget."""
        return replace(self, fixed=self.environment(lambda _path: None))


class Together:
    """How large the formulas of one filter, or of one order, are together: parts as written, or terms if more."""

    def __init__(self) -> None:
        self._parts = 0

    def add(self, formula: Compiled, term: Term) -> None:
        """Count a formula in. Raises `ListFormulasTooLarge`."""
        self._parts += max(len(formula.kinds), Scales().weigh(term).count)
        if self._parts > MAX_TOGETHER:
            raise ListFormulasTooLarge(limit=MAX_TOGETHER)


@dataclass(frozen=True)
class Computed:
    """A term, and the truth of where the formula ends in an error value instead."""

    term: Term
    fault: Term = NEVER


def compute(formula: Compiled, entity: Entity, given: Given) -> Computed:
    """The formula as a term. Raises `FormulaNotInSql`, which names the place."""
    return _Work(formula, Columns(entity, given.beyond), given).node(formula.tree)


def condition(formula: Compiled, entity: Entity, given: Given) -> Term:
    """Where the formula comes to TRUE. Raises `FormulaNotInSql`."""
    found = compute(formula, entity, given)
    kind = term_kind(found.term)
    if kind not in {"boolean", "empty"}:
        raise _refusal(formula.tree, NOT_A_TRUTH)
    holds = filled(found.term) if kind == "boolean" else NEVER
    return both(inverse(found.fault), holds)


def sort_term(formula: Compiled, entity: Entity, given: Given) -> Term:
    """What records are ordered by: days as serial numbers, error values as empty. Raises `FormulaNotInSql`."""
    found = compute(formula, entity, given)
    kind = term_kind(found.term)
    if kind in {"instant", "list", "empty"}:
        raise _refusal(formula.tree, TIME_OF_FIELD if kind == "instant" else KIND_UNKNOWN)
    term = found.term
    try:
        if kind == "number":
            measured(term)
    except NotInSql as refused:
        raise _refusal(formula.tree, refused.what) from None
    if kind == "day":
        is_none = is_empty(term)
        term = days_of(term)
        if is_none != NEVER:
            term = chosen(((is_none, Fixed(None, "number")),), term)
    return term if found.fault == NEVER else chosen(((found.fault, Fixed(None, term_kind(term))),), term)


def _refusal(node: Node, what: Word) -> FormulaNotInSql:
    return FormulaNotInSql(offset=node.offset, position=node.offset + 1, what=what)


class _Work:
    def __init__(self, formula: Compiled, columns: Columns, given: Given) -> None:
        self._formula = formula
        self._columns = columns
        self._given = given
        self._scales = Scales()

    def node(self, node: Node) -> Computed:
        """The term of a part. Raises `FormulaNotInSql`."""
        try:
            found = self._fixed(node) if self._is_fixed(node) else self._varying(node)
        except NotInSql as refused:
            raise _refusal(node, refused.what) from None
        # asked of every part, so that what is made of it is never far too big
        for weight in (self._scales.weigh(found.term), self._scales.weigh(found.fault)):
            if weight.count > MAX_TERMS or weight.depth > MAX_DEPTH:
                raise _refusal(node, TOO_BIG)
        return found

    def _is_fixed(self, node: Node) -> bool:
        if isinstance(node, Reference):
            return node.path in self._given.values
        return all(self._is_fixed(part) for part in parts(node))

    def _changes(self, node: Node) -> bool:
        """Whether a part that is the same for every record is another at another time, or for others."""
        if isinstance(node, Call):
            function = FUNCTIONS[node.name]
            if function.uses_clock or function.uses_calendar:
                return True
        if isinstance(node, Reference):
            return True
        return any(self._changes(part) for part in parts(node))

    def _fixed(self, node: Node) -> Computed:
        changes = self._changes(node)
        kind = self._formula.kinds[id(node)]
        if changes and kind.name == "number" and not isinstance(node, Reference):
            try:
                # step by step, so that it is known how large the number can become
                return self._varying(node)
            except (FormulaNotInSql, NotInSql):
                pass
        if changes and kind.name == "any":
            raise NotInSql(KIND_UNKNOWN)
        value = self._evaluated(node)
        if isinstance(value, ErrorValue):
            return Computed(Fixed(None, KINDS.get(kind.name, "empty")), ALWAYS)
        return Computed(constant(value, KINDS.get(kind.name, "empty"), is_measured=not changes))

    def _evaluated(self, node: Node) -> FormulaValue | ErrorValue:
        scope = {path: self._kind_of(node, path) for path in self._given.values}
        checked = check_tree(self._formula.source, node, {path: kind for path, kind in scope.items() if kind})
        if checked.compiled is None:
            raise checked.faults[0]
        return checked.compiled.evaluate(self._given.fixed or self._given.environment(lambda _path: None))

    def _kind_of(self, node: Node, path: str) -> Kind | None:
        if isinstance(node, Reference) and node.path == path:
            return self._formula.kinds[id(node)]
        return next((kind for part in parts(node) if (kind := self._kind_of(part, path)) is not None), None)

    def _varying(self, node: Node) -> Computed:
        match node:
            case Reference():
                return Computed(self._columns.field(node.path))
            case UnaryOperation():
                return self._unary(node)
            case BinaryOperation():
                return self._binary(node)
            case Call():
                return self._call(node)
            case Constant():
                return self._fixed(node)

    def _unary(self, node: UnaryOperation) -> Computed:
        if node.operator == "%":
            raise NotInSql(Word("%", "%"))
        if node.operator == "+":
            return self.node(node.operand)
        found = self.node(node.operand)
        return Computed(Negative(self._number(node.operand, found.term)), found.fault)

    def _number(self, node: Node, found: Term) -> Term:
        """The term of the part as a number that is not empty."""
        return self._at(node, lambda: as_number(found))

    def _truth(self, node: Node) -> Computed:
        """The part as a truth that is not empty."""
        found = self.node(node)
        return Computed(self._at(node, lambda: as_truth(found.term)), found.fault)

    def _at(self, node: Node, make: Callable[[], Term]) -> Term:
        """What `make` makes of the part, which is named when it cannot."""
        try:
            return make()
        except NotInSql as refused:
            raise _refusal(node, refused.what) from None

    def _binary(self, node: BinaryOperation) -> Computed:
        match node.operator:
            case "=" | "<>" | "<" | "<=" | ">" | ">=":
                return self._comparison(node, node.operator)
            case "+" | "-":
                return self._sum(node)
            case _:
                raise NotInSql(Word(node.operator, node.operator))

    def _comparison(self, node: BinaryOperation, op: Comparison) -> Computed:
        for call, other, sign in ((node.left, node.right, op), (node.right, node.left, SWAPPED[op])):
            if isinstance(call, Call) and call.name == "AVERAGE" and not self._is_fixed(call):
                return self._average(call, sign, other)
        left, right = self.node(node.left), self.node(node.right)
        compared = compare_terms(left.term, op, right.term, zone=self._given.zone)
        return Computed(compared, either(left.fault, right.fault))

    def _average(self, call: Call, op: Comparison, other: Node) -> Computed:
        path = column_of(call.arguments[0], self._columns)
        wanted = self.node(other)
        if path is None or len(call.arguments) > 1 or term_kind(wanted.term) not in {"number", "empty"}:
            raise NotInSql(Word("AVERAGE", "AVERAGE"))
        compared, nothing = compare_average(path, self._columns, op, other=as_number(wanted.term))
        return Computed(compared, either(nothing, wanted.fault))

    def _sum(self, node: BinaryOperation) -> Computed:
        minus = node.operator == "-"
        left, right = self.node(node.left), self.node(node.right)
        fault = either(left.fault, right.fault)
        one, other = term_kind(left.term), term_kind(right.term)
        if "instant" in {one, other}:
            raise NotInSql(TIME_OF_FIELD)
        if one == "day" and other != "day":
            moved, outside = days_moved(left.term, self._number(node.right, right.term), minus=minus)
            return Computed(moved, either(fault, outside))
        if other == "day" and one != "day" and not minus:
            moved, outside = days_moved(right.term, self._number(node.left, left.term), minus=False)
            return Computed(moved, either(fault, outside))
        found = Added(self._number(node.left, left.term), self._number(node.right, right.term), minus=minus)
        measured(found)
        return Computed(found, fault)

    def _call(self, node: Call) -> Computed:
        name = FUNCTIONS[node.name].main_name
        match name:
            case "AND" | "OR":
                return self._junction(node, name)
            case "NOT":
                part = self._truth(node.arguments[0])
                return Computed(inverse(part.term), part.fault)
            case "IF":
                return self._if(node)
            case "ISBLANK" | "ISEMPTY":
                return self._is_empty(node, counts_blank_text=name == "ISEMPTY")
            case "SUM" | "COUNT" | "COUNTA" | "MIN" | "MAX":
                return self._aggregate(node)
            case "YEAR" | "MONTH" | "DAY":
                return self._part(node, cast("DayPart", name.lower()))
            case "CONTAINS":
                return self._contains(node)
            case _:
                raise NotInSql(Word(node.name, node.name))

    def _junction(self, node: Call, name: Literal["AND", "OR"]) -> Computed:
        """What does not count is left out; where nothing counts is a fault."""
        found = [self._truth(argument) for argument in node.arguments]
        silent = [self._silent(argument) for argument in node.arguments]
        fault = either(*(item.fault for item in found), both(*silent))
        if name == "OR":
            return Computed(either(*(item.term for item in found)), fault)
        return Computed(
            both(*(either(*pair) for pair in zip(silent, (item.term for item in found), strict=True))), fault
        )

    def _silent(self, node: Node) -> Term:
        """Where an argument of AND or OR does not count: an empty field, unless it is a yes/no field."""
        if not isinstance(node, Reference):
            return NEVER
        term = self.node(node).term
        return NEVER if term_kind(term) == "boolean" else is_empty(term)

    def _if(self, node: Call) -> Computed:
        test = self._truth(node.arguments[0])
        yes, no = (
            self.node(node.arguments[index]) if len(node.arguments) > index else Computed(default)
            for index, default in ((1, ALWAYS), (2, NEVER))
        )
        fault = either(test.fault, both(test.term, yes.fault), both(inverse(test.term), no.fault))
        return Computed(chosen(((test.term, yes.term),), no.term), fault)

    def _is_empty(self, node: Call, *, counts_blank_text: bool) -> Computed:
        argument = node.arguments[0]
        path = column_of(argument, self._columns)
        if path is not None:
            rows = self._columns.aggregate("rows", self._columns.subform_of(path))
            return Computed(Compared(filled(rows), "=", ZERO))
        found = self.node(argument)
        empty = is_empty(found.term)
        if counts_blank_text and term_kind(found.term) == "text":
            empty = either(empty, Compared(filled(found.term), "=", Fixed("", "text")))
        if counts_blank_text:
            return Computed(empty, found.fault)
        return Computed(both(inverse(found.fault), empty))

    def _aggregate(self, node: Call) -> Computed:
        faults: list[Term] = []

        def single(argument: Node) -> Term:
            found = self.node(argument)
            faults.append(found.fault)
            return found.term

        return Computed(aggregate_terms(node, self._columns, single), either(*faults))

    def _part(self, node: Call, part: DayPart) -> Computed:
        found = self.node(node.arguments[0])
        kind = term_kind(found.term)
        if kind != "day" or is_moved(found.term):
            raise NotInSql(TIME_OF_FIELD if kind == "instant" else DAY_PARTS)
        return Computed(PartOf(part, filled(found.term)), found.fault)

    def _contains(self, node: Call) -> Computed:
        whole, part = (self.node(argument) for argument in node.arguments)
        fault = either(whole.fault, part.fault)
        kinds = (term_kind(whole.term), term_kind(part.term))
        if kinds == ("list", "text") and self._formula.kinds[id(node.arguments[0])].name not in {"files", "any"}:
            found: Term = Includes(whole.term, filled(part.term))
            return Computed(both(inverse(is_empty(part.term)), found), fault)
        if kinds != ("text", "text"):
            raise NotInSql(Word("CONTAINS", "CONTAINS"))
        return Computed(Includes(filled(whole.term), filled(part.term)), fault)
