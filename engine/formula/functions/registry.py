"""How a function is described: its parameters, what it yields, its help, and the table of all of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import DecimalException
from typing import Literal, Protocol, TypeAlias, get_args
from zoneinfo import ZoneInfo

from engine.calendars.days import WorkCalendars
from engine.formula.values import ErrorValue, Fault, FormulaScalar, FormulaValue, Kind
from engine.model.base import Translated

ParameterKind = Literal["number", "text", "boolean", "date", "any", "list", "lazy"]


class Env(Protocol):
    """What an evaluation may ask for. Instants that a lookup yields are wall-clock times of `zone`, without zone."""

    @property
    def now(self) -> datetime:
        """The wall-clock time of the evaluation."""

    @property
    def zone(self) -> ZoneInfo:
        """The workspace's zone."""

    @property
    def calendars(self) -> WorkCalendars:
        """The working calendars of the workspace."""

    @property
    def known(self) -> Mapping[str, object]:
        """Values of fields that need not be looked up."""

    def lookup(self, path: str, /) -> FormulaValue:
        """The value of a field."""

    def spend(self, steps: int, /) -> None:
        """Count work; raises `FormulaBudgetExceeded`."""


class Single(tuple[FormulaScalar, ...]):
    """The list that one single argument makes: its text is converted, as Excel does for literals."""

    __slots__ = ()


class Cell(Single):
    """The list that a reference to one single value makes: as with a cell in Excel its text and truths do not count."""

    __slots__ = ()


class Answer(Cell):
    """The list that a reference to a yes/no field makes: one that nobody answered is FALSE."""

    __slots__ = ()


class Omitted(Single):
    """The list that an argument makes that was left out (`SUM(1,)`): it counts as 0."""

    __slots__ = ()


def is_literal(values: tuple[FormulaScalar, ...]) -> bool:
    """Whether a list is a single value that was written or computed, so that its text and truth are converted."""
    return isinstance(values, Single) and not isinstance(values, Cell)


Closure: TypeAlias = Callable[[Env], FormulaValue]
Thunk: TypeAlias = Callable[[], FormulaValue]
Returns: TypeAlias = Kind | Callable[[Sequence[Kind]], Kind]


@dataclass(frozen=True, slots=True)
class Held:
    """The closure of what is known beforehand."""

    value: FormulaScalar

    def __call__(self, _env: Env, /) -> FormulaValue:
        return self.value


@dataclass(frozen=True)
class Parameter:
    """One parameter: its name, the kind its arguments are converted to, whether it may be missing or repeats.

    `list` takes lists and single values alike and hands on a tuple; `lazy` hands on a thunk.
    """

    title: Translated
    kind: ParameterKind
    optional: bool = False
    repeats: bool = False


@dataclass(frozen=True)
class Help:
    """What the editor shows: a sentence in each language and an example that a test evaluates."""

    zh: str
    en: str
    example: str
    result: str


@dataclass(frozen=True)
class Function:
    """A function of the language. `call` gets the environment only if `wants_env`.

    `main_name`: the first of its names, by which the browser knows it. `uses_calendar`: its third argument may be
    the key of a working calendar. `closure`, if there is one, makes the evaluation of a call from those of its
    arguments; it comes to what `call` comes to, faster.
    """

    name: str
    main_name: str
    parameters: tuple[Parameter, ...]
    returns: Returns
    call: Callable[..., FormulaValue]
    help: Help
    wants_env: bool = False
    uses_clock: bool = False
    uses_calendar: bool = False
    group: int = 1
    closure: Callable[[Sequence[Closure]], Closure] | None = None

    @property
    def least(self) -> int:
        """The smallest number of arguments."""
        return sum(not parameter.optional for parameter in self.parameters)

    @property
    def most(self) -> int | None:
        """The largest number of arguments; None: any."""
        return None if any(parameter.repeats for parameter in self.parameters) else len(self.parameters)

    def accepts(self, count: int) -> bool:
        """Whether `count` arguments can be given; repeating parameters come in groups (`IFS` in pairs)."""
        if count < self.least or (self.most is not None and count > self.most):
            return False
        fixed = sum(not parameter.repeats for parameter in self.parameters)
        return self.most is not None or self.group == 1 or (count - fixed) % self.group == 0

    def parameter(self, index: int) -> Parameter:
        """The parameter that argument `index` fills."""
        if index < len(self.parameters):
            return self.parameters[index]
        return self.parameters[len(self.parameters) - self.group + (index - len(self.parameters)) % self.group]


FUNCTIONS: dict[str, Function] = {}


_ITEM = re.compile(r"(?P<zh>[^/]+)/(?P<en>[^/]+): (?P<kind>[a-z]+)(?P<mark>[?*+]?)")


def parameters(shape: str) -> tuple[Parameter, ...]:
    """`"数字/number: number, 小数位数/digits: number?"`: name in Chinese and English, and kind, of each in order.

    `?` may be missing, `*` repeats (and may be missing), `+` repeats.
    """
    return tuple(_parameter(item) for item in shape.split(", ") if shape)


def _parameter(item: str) -> Parameter:
    found = _ITEM.fullmatch(item)
    if found is None or found["kind"] not in get_args(ParameterKind):
        message = f"not of the form 名称/name: kind: {item}"
        raise ValueError(message)
    return Parameter(
        Translated(zh_cn=found["zh"], en=found["en"]),
        found["kind"],  # type: ignore[arg-type]  # one of them, as seen
        optional=found["mark"] in ("?", "*"),
        repeats=found["mark"] in ("*", "+"),
    )


def register(
    *names: str,
    shape: str,
    returns: Returns,
    help: Help,  # noqa: A002  # the word of the field
    wants_env: bool = False,
    uses_clock: bool = False,
    uses_calendar: bool = False,
    group: int = 1,
    closure: Callable[[Sequence[Closure]], Closure] | None = None,
) -> Callable[[Callable[..., FormulaValue]], Callable[..., FormulaValue]]:
    """Add a function under its name and other names for it."""

    def add(call: Callable[..., FormulaValue]) -> Callable[..., FormulaValue]:
        for name in names:
            FUNCTIONS[name] = Function(
                name=name,
                main_name=names[0],
                parameters=parameters(shape),
                returns=returns,
                call=call,
                help=help,
                wants_env=wants_env,
                uses_clock=uses_clock,
                uses_calendar=uses_calendar,
                group=group,
                closure=closure,
            )
        return call

    return add


def value_or_fault(thunk: Thunk) -> FormulaValue | Fault:
    """The value of a lazy argument, or the fault that it ended with; what is too large to be computed is #NUM!."""
    try:
        return thunk()
    except Fault as fault:
        return fault
    except (DecimalException, OverflowError):
        return Fault(ErrorValue.NUM)
