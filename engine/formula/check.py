"""Type-checking a formula and turning it into closures, once, at publish."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, DecimalException
from functools import cached_property
from typing import TypeAlias

from engine.calendars.days import is_calendar_key
from engine.formula.closures import (
    ARITHMETIC,
    called,
    compared,
    converted,
    days_apart,
    exactly,
    joined,
    on_numbers,
    on_values,
    one_within,
    reference,
    signed,
)
from engine.formula.coercion import parse_number
from engine.formula.costs import cost_of
from engine.formula.functions import FUNCTIONS
from engine.formula.functions.registry import Closure, Env, Function, Held, Parameter
from engine.formula.parser import parse
from engine.formula.syntax import BinaryOperation, Call, Constant, Node, Reference, UnaryOperation, result_parts
from engine.formula.values import (
    ANY,
    BOOLEAN,
    CONTEXT,
    DATE,
    DATETIME,
    NULL,
    NUMBER,
    TEXT,
    ErrorValue,
    Fault,
    FormulaRejected,
    FormulaTypeError,
    FormulaValue,
    Kind,
    Result,
    UnknownFunction,
    UnknownReference,
    WrongArgumentCount,
    kind_word,
)

Scope: TypeAlias = Mapping[str, Kind]
_CALENDAR_ARGUMENT = 2
_NEVER_NUMBERS = frozenset({"member", "department", "record", "files", "rich_text"})
# of which formulas only see whether there is something
_WHOLE = frozenset({"files", "rich_text"})


@dataclass(frozen=True)
class Warned:
    """A place that works but is probably not meant: text where Excel converts it to a number."""

    offset: int
    expected: str
    found: str


@dataclass(frozen=True)
class Compiled:
    """A checked formula. `references`: every path it may read; `uses_clock`: its value changes with time;
    `uses_calendar`: with the working calendars, of which it names those in `calendars`.

    `results`: the parts one of which is the value, with their kinds. `kinds`: of every node of the tree,
    by its identity.
    """

    source: str
    tree: Node
    kind: Kind
    references: frozenset[str]
    uses_clock: bool
    uses_calendar: bool
    calendars: frozenset[str]
    warnings: tuple[Warned, ...]
    results: tuple[tuple[Node, Kind], ...]
    kinds: Mapping[int, Kind] = field(repr=False, compare=False)
    run: Closure = field(repr=False, compare=False)

    @cached_property
    def cost(self) -> int:
        """The steps of one evaluation that are known beforehand."""
        return cost_of(self.tree)

    def evaluate(self, env: Env) -> Result:
        """The value, or an error value; raises only `FormulaBudgetExceeded`."""
        with exactly():
            return self.value(env)

    def value(self, env: Env) -> Result:
        """The same for whoever evaluates several formulas within one `exactly()`."""
        try:
            return self.run(env)
        except Fault as fault:
            return fault.error
        except (DecimalException, OverflowError):
            return ErrorValue.NUM

    def expect(self, kind: Kind) -> Compiled:
        """The formula itself if its value can be of `kind`; raises `FormulaTypeError`."""
        fits = self.kind in (kind, ANY, NULL) or (kind == DATETIME and self.kind == DATE)
        if not fits:
            raise FormulaTypeError(position=1, expected=kind.word, found=self.kind.word)
        return self


@dataclass(frozen=True)
class Checked:
    """A formula as far as it could be understood: compiled, or with every fault that was found in it."""

    compiled: Compiled | None
    faults: tuple[FormulaRejected, ...] = ()


def compile_formula(source: str, scope: Scope) -> Compiled:
    """Parse, check and compile. Raises a subclass of `FormulaRejected` that names the place."""
    checked = check_formula(source, scope)
    if checked.compiled is None:
        raise checked.faults[0]
    return checked.compiled


def check_formula(source: str, scope: Scope) -> Checked:
    """Parse, check and compile; all faults of the kinds at once, of the syntax the first."""
    try:
        tree = parse(source)
    except FormulaRejected as fault:
        return Checked(None, (fault,))
    return check_tree(source, tree, scope)


def check_tree(source: str, tree: Node, scope: Scope) -> Checked:
    """Check and compile a tree, or a part of one, of the formula `source`."""
    compiler = _Compiler(scope)
    kind, run = compiler.node(tree)
    compiled = Compiled(
        source=source,
        tree=tree,
        kind=kind,
        references=frozenset(compiler.references),
        uses_clock=compiler.uses_clock,
        uses_calendar=compiler.uses_calendar,
        calendars=frozenset(compiler.calendars),
        warnings=tuple(compiler.warnings),
        results=tuple((part, compiler.kinds[id(part)]) for part in result_parts(tree)),
        kinds=compiler.kinds,
        run=run,
    )
    return Checked(None if compiler.faults else compiled, tuple(compiler.faults))


def nearest(name: str, known: Sequence[str]) -> str:
    """` (NAME?)` with the most similar known name, or nothing."""
    found = difflib.get_close_matches(name, known, n=1)
    return f" ({found[0]}?)" if found else ""


class _Compiler:
    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self.references: set[str] = set()
        self.warnings: list[Warned] = []
        self.faults: list[FormulaRejected] = []
        self.uses_clock = False
        self.uses_calendar = False
        self.calendars: set[str] = set()
        self.kinds: dict[int, Kind] = {}  # by the identity of the node: equal constants may stand in several places

    def node(self, node: Node) -> tuple[Kind, Closure]:
        match node:
            case Constant():
                found = _constant(node)
            case Reference():
                found = self._reference(node)
            case UnaryOperation():
                found = self._unary(node)
            case BinaryOperation():
                found = self._binary(node)
            case Call():
                found = self._call(node)
        self.kinds[id(node)] = found[0]
        return found

    def _refused(self, fault: FormulaRejected, *parts: Node) -> tuple[Kind, Closure]:
        """Note the fault and go on as if the value could be anything; `parts` are looked at all the same."""
        self.faults.append(fault)
        for part in parts:
            self.node(part)
        return ANY, _never

    def _reference(self, node: Reference) -> tuple[Kind, Closure]:
        kind = self._scope.get(node.path)
        if kind is None:
            suggestion = nearest(node.path, list(self._scope))
            return self._refused(UnknownReference(offset=node.offset, name=node.path, suggestion=suggestion))
        self.references.add(node.path)
        is_inner = "." in node.path and not kind.is_list
        return kind, one_within(node.path) if is_inner else reference(node.path)

    def _operand(self, node: Node, *, numeric: bool) -> tuple[Kind, Closure]:
        kind, run = self.node(node)
        if kind.is_list or kind.name in _WHOLE or (numeric and kind.name in _NEVER_NUMBERS):
            expected = "number" if numeric else "one value"
            return self._refused(_misfit(node, expected, kind))
        if numeric and kind.name in {"text", "option"} and not _is_numeric_text(node):
            self.warnings.append(Warned(node.offset, NUMBER.word, kind.word))
        return kind, run

    def _unary(self, node: UnaryOperation) -> tuple[Kind, Closure]:
        kind, run = self._operand(node.operand, numeric=True)
        return kind if node.operator == "+" else NUMBER, signed(node.operator, run)

    def _binary(self, node: BinaryOperation) -> tuple[Kind, Closure]:
        numeric = node.operator in ARITHMETIC
        left_kind, left = self._operand(node.left, numeric=numeric)
        right_kind, right = self._operand(node.right, numeric=numeric)
        if numeric:
            kind = _arithmetic_kind(node.operator, left_kind, right_kind)
            if kind == NUMBER:
                if left_kind == right_kind == DATE and node.operator == "-":
                    return NUMBER, days_apart(left, right)
                return NUMBER, on_numbers(node.operator, left, right)
            return kind, on_values(node.operator, left, right)
        if node.operator == "&":
            return TEXT, joined(left, right)
        return BOOLEAN, compared(node.operator, left, right)

    def _call(self, node: Call) -> tuple[Kind, Closure]:
        function = FUNCTIONS.get(node.name)
        if function is None:
            suggestion = nearest(node.name, list(FUNCTIONS))
            fault: FormulaRejected = UnknownFunction(offset=node.offset, name=node.name, suggestion=suggestion)
            return self._refused(fault, *node.arguments)
        if not function.accepts(len(node.arguments)):
            fault = WrongArgumentCount(
                offset=node.offset, name=node.name, expected=_arity(function), found=len(node.arguments)
            )
            return self._refused(fault, *node.arguments)
        self.uses_clock = self.uses_clock or function.uses_clock
        self._note_calendar(function, node)
        kinds, runs = [], []
        for index, argument in enumerate(node.arguments):
            kind, run = self._argument(argument, function.parameter(index))
            kinds.append(kind)
            runs.append(run)
        returns = function.returns if isinstance(function.returns, Kind) else function.returns(kinds)
        return returns, called(function, runs)

    def _note_calendar(self, function: Function, node: Call) -> None:
        if not function.uses_calendar:
            return
        self.uses_calendar = True
        for argument in node.arguments[_CALENDAR_ARGUMENT:]:
            if isinstance(argument, Constant) and isinstance(argument.value, str) and is_calendar_key(argument.value):
                self.calendars.add(argument.value)

    def _argument(self, node: Node, parameter: Parameter) -> tuple[Kind, Closure]:
        kind, run = self.node(node)
        wanted = parameter.kind
        is_many = wanted in {"number", "text", "boolean", "date"} and (kind.is_list or kind.name in _WHOLE)
        if is_many or (wanted in {"number", "date"} and kind.name in _NEVER_NUMBERS):
            return self._refused(_misfit(node, wanted, kind))
        if wanted in {"number", "date"} and kind.name in {"text", "option"} and not _is_numeric_text(node):
            self.warnings.append(Warned(node.offset, kind_word(wanted), kind.word))
        return kind, converted(parameter, kind, run, node=node)


def _never(_env: Env) -> FormulaValue:
    raise AssertionError  # a formula with a fault is not evaluated


def _misfit(node: Node, expected: str, kind: Kind) -> FormulaTypeError:
    return FormulaTypeError(offset=node.offset, position=node.offset + 1, expected=kind_word(expected), found=kind.word)


def _constant(node: Constant) -> tuple[Kind, Closure]:
    value = node.value
    match value:
        case None:
            kind = NULL
        case bool():
            kind = BOOLEAN
        case str():
            kind = TEXT
        case _:
            kind = NUMBER
            value = CONTEXT.plus(value) if isinstance(value, Decimal) else value
    return kind, Held(value)


def _is_numeric_text(node: Node) -> bool:
    if not isinstance(node, Constant) or not isinstance(node.value, str):
        return False
    try:
        parse_number(node.value)
    except Fault:
        return False
    return True


def _arity(function: Function) -> str:
    if function.most is None:
        return f"≥ {function.least}"
    return str(function.least) if function.least == function.most else f"{function.least}–{function.most}"


def _arithmetic_kind(operator: str, left: Kind, right: Kind) -> Kind:
    """Day ± number is a day, day − day a number; with an unknown operand the kind is unknown too."""
    if operator not in {"+", "-"}:
        return NUMBER
    left_time, right_time = left in (DATE, DATETIME), right in (DATE, DATETIME)
    if left_time and right_time:
        return NUMBER
    if left_time:
        return ANY if right == ANY else left
    if right_time:
        return right if operator == "+" and left != ANY else ANY if left == ANY else NUMBER
    return ANY if ANY in (left, right) else NUMBER
