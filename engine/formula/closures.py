"""What a checked formula is evaluated with: a closure for every node, made for what is known about its operands.

Most values are what their static kind promises, so each closure tries that first and converts only what is not.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal, Subnormal, getcontext, setcontext
from typing import TypeAlias

from engine.formula.coercion import SECONDS_A_DAY, boolean, compare, day, from_serial, moment, number, text
from engine.formula.functions.maths import divide, power
from engine.formula.functions.registry import Answer, Cell, Closure, Env, Function, Held, Omitted, Parameter, Single
from engine.formula.functions.text import limited
from engine.formula.syntax import Binary, BinaryOperation, Node, Reference, Unary, UnaryOperation
from engine.formula.values import BOOLEAN, CONTEXT, NUMBER, ZERO, ErrorValue, Fault, FormulaValue, Kind

HUNDRED = Decimal(100)
OnNumbers: TypeAlias = Callable[[Decimal, Decimal], Decimal]

ARITHMETIC: Mapping[str, OnNumbers] = {
    # in the context of the evaluation, which is that of numbers; whoever calls them sees to what underflows
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": divide,
    "^": power,
}
_COMPARISONS: Mapping[str, Callable[..., bool]] = {
    "=": operator.eq,
    "<>": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
LETTERS_A_STEP = 32  # of a text that a function is given
# two values of one of these types compare as Python compares them
_COMPARABLE = frozenset({Decimal, str, bool, date, datetime})


class exactly:  # noqa: N801  # reads like the function it is used as
    """While it lasts, Python's operators compute as formulas do."""

    __slots__ = ("_before",)

    def __enter__(self) -> None:
        self._before = getcontext()
        setcontext(CONTEXT)

    def __exit__(self, *_fault: object) -> None:
        setcontext(self._before)


def reference(path: str) -> Closure:
    """The value of a field."""

    def run(env: Env) -> FormulaValue:
        value = env.known.get(path)
        return env.lookup(path) if value is None else value  # type: ignore[return-value]  # a value as formulas see it

    return run


def one_within(path: str) -> Closure:
    """What lies inside of a field and is one value: nothing where the field is empty."""

    def run(env: Env) -> FormulaValue:
        value = env.known.get(path)
        found = env.lookup(path) if value is None else value
        return None if found == () else found  # type: ignore[return-value]  # a value as formulas see it

    return run


def signed(sign: Unary, run: Closure) -> Closure:
    """Sign or percent."""
    if sign == "+":
        return run
    apply = operator.neg if sign == "-" else _percent

    def applied(value: FormulaValue) -> Decimal:
        try:
            return apply(value if type(value) is Decimal else number(value))
        except Subnormal:
            return ZERO

    if isinstance(run, Held) and type(run.value) is Decimal:
        with exactly():
            return Held(applied(run.value))
    return lambda env: applied(run(env))


def _percent(value: Decimal) -> Decimal:
    return value / HUNDRED


def on_numbers(sign: Binary, left: Closure, right: Closure) -> Closure:
    """Arithmetic that comes to a number whatever it is given."""
    apply = ARITHMETIC[sign]
    if isinstance(right, Held) and type(right.value) is Decimal:
        return _with_number(apply, left, right.value)

    def run(env: Env) -> FormulaValue:
        first, second = left(env), right(env)
        try:
            if type(first) is Decimal and type(second) is Decimal:
                return apply(first, second)
            return apply(number(first), number(second))
        except Subnormal:
            return ZERO

    return run


def _with_number(apply: OnNumbers, left: Closure, second: Decimal) -> Closure:
    def run(env: Env) -> FormulaValue:
        first = left(env)
        try:
            return apply(first if type(first) is Decimal else number(first), second)
        except Subnormal:
            return ZERO

    return run


def days_apart(left: Closure, right: Closure) -> Closure:
    """How many days one day is after another; an empty one is day 0."""

    def run(env: Env) -> FormulaValue:
        first, second = left(env), right(env)
        if type(first) is date and type(second) is date:
            return Decimal((first - second).days)
        return number(first) - number(second)

    return run


def on_values(sign: Binary, left: Closure, right: Closure) -> Closure:
    """Arithmetic on what may be days: a day ± a number is a day."""
    apply = ARITHMETIC[sign]

    def run(env: Env) -> FormulaValue:
        first, second = left(env), right(env)
        if sign in {"+", "-"} and isinstance(first, date) and not isinstance(second, date):
            return _moved(first, number(second) if sign == "+" else -number(second))
        if sign == "+" and isinstance(second, date) and not isinstance(first, date):
            return _moved(second, number(first))
        try:
            return apply(number(first), number(second))
        except Subnormal:
            return ZERO

    return run


def _moved(value: date, days: Decimal) -> date:
    try:
        if isinstance(value, datetime):
            microseconds = CONTEXT.multiply(days, Decimal(SECONDS_A_DAY * 1_000_000))
            return value + timedelta(microseconds=int(microseconds.to_integral_value()))
        if days == days.to_integral_value():
            return value + timedelta(days=int(days))
    except OverflowError:
        raise Fault(ErrorValue.NUM) from None
    whole = from_serial(number(value) + days)
    return moment(number(value) + days) if days % 1 else whole


def joined(left: Closure, right: Closure) -> Closure:
    """Two texts as one."""

    def run(env: Env) -> FormulaValue:
        first, second = left(env), right(env)
        return limited(
            (first if type(first) is str else text(first)) + (second if type(second) is str else text(second))
        )

    return run


def compared(sign: Binary, left: Closure, right: Closure) -> Closure:
    """Whether two values stand in an order."""
    holds = _COMPARISONS[sign]

    def run(env: Env) -> FormulaValue:
        first, second = left(env), right(env)
        kind = type(first)
        if kind is type(second) and kind in _COMPARABLE:
            return holds(first, second)
        return holds(compare(first, second), 0)

    return run


def converted(parameter: Parameter, kind: Kind, run: Closure, *, node: Node) -> Closure:
    """The argument as the function wants it; `node` is where it stands."""
    match parameter.kind:
        case "number":
            return run if kind == NUMBER and _is_computed(node) else _as_number(run)
        case "text":
            return _as_text(run)
        case "boolean":
            return lambda env: boolean(run(env))
        case "date":
            return lambda env: day(run(env))
        case "any":
            return run
        case "list":
            return _as_list(run, is_list=kind.is_list, single=_single_of(node, kind))
        case "lazy":
            return run


def _single_of(node: Node, kind: Kind) -> type[Single]:
    if not isinstance(node, Reference):
        return Single
    return Answer if kind == BOOLEAN else Cell


def _is_computed(node: Node) -> bool:
    """Whether it is the result of an operator: then it is never empty."""
    return isinstance(node, BinaryOperation) or (isinstance(node, UnaryOperation) and node.operator != "+")


def _as_number(run: Closure) -> Closure:
    if isinstance(run, Held) and type(run.value) is Decimal:
        return run

    def convert(env: Env) -> FormulaValue:
        value = run(env)
        return value if type(value) is Decimal else number(value)

    return convert


def _as_text(run: Closure) -> Closure:
    def convert(env: Env) -> FormulaValue:
        value = text(run(env))
        if len(value) >= LETTERS_A_STEP:
            env.spend(len(value) // LETTERS_A_STEP)
        return value

    return convert


def _as_list(run: Closure, *, is_list: bool, single: type[Single]) -> Closure:
    if isinstance(run, Held):
        alone = Omitted((None,)) if run.value is None else Single((run.value,))
        return lambda _env: alone

    def convert(env: Env) -> FormulaValue:
        value = run(env)
        if isinstance(value, tuple):
            env.spend(len(value))
            return value
        return () if is_list and value is None else single((value,))

    return convert


def called(function: Function, runs: Sequence[Closure]) -> Closure:
    """A function applied to its arguments."""
    if function.closure is not None:
        return function.closure(runs)
    call = function.call
    if function.parameters and function.parameters[0].kind == "lazy":
        return lambda env: call(*[_thunk(run, env) for run in runs])
    if function.wants_env:
        return lambda env: call(env, *[run(env) for run in runs])
    match runs:
        case [only]:
            return lambda env: call(only(env))
        case [first, Held(value=known)]:
            return lambda env: call(first(env), known)
        case [first, second]:
            return lambda env: call(first(env), second(env))
        case _:
            return lambda env: call(*[run(env) for run in runs])


def _thunk(run: Closure, env: Env) -> Callable[[], FormulaValue]:
    return lambda: run(env)
