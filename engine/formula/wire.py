"""The typed tree of a checked formula as JSON: what the browser's interpreter is given instead of the text.

Every node says what kind of value it comes to, and a call says how each argument is handed over, so the other side
needs neither a parser nor a table of parameters.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal, TypeAlias, assert_never

from engine.formula.check import Compiled
from engine.formula.coercion import plain
from engine.formula.functions.registry import FUNCTIONS, ParameterKind
from engine.formula.syntax import Binary, BinaryOperation, Call, Constant, Node, Reference, Unary, UnaryOperation
from engine.formula.values import ErrorValue, Kind, KindName, Result


@dataclass(frozen=True)
class WireConstant:
    """A literal; numbers as decimal text (`12.5`, `1E+20`), a missing argument as null."""

    type: Literal["constant"]
    kind: KindName
    value: str | bool | None


@dataclass(frozen=True)
class WireReference:
    """A field by its path of keys."""

    type: Literal["reference"]
    kind: KindName
    is_list: bool
    path: str


@dataclass(frozen=True)
class WireUnary:
    """Sign or percent."""

    type: Literal["unary"]
    kind: KindName
    operator: Unary
    operand: WireNode


@dataclass(frozen=True)
class WireBinary:
    """Two operands."""

    type: Literal["binary"]
    kind: KindName
    operator: Binary
    left: WireNode
    right: WireNode


@dataclass(frozen=True)
class WireCall:
    """A function by its main name; `takes` says for each argument what it is converted to before the call."""

    type: Literal["call"]
    kind: KindName
    is_list: bool
    name: str
    arguments: tuple[WireNode, ...]
    takes: tuple[ParameterKind, ...]


WireNode: TypeAlias = WireConstant | WireReference | WireUnary | WireBinary | WireCall


@dataclass(frozen=True)
class WireFormula:
    """A formula for the browser.

    `references`: every path it may read, sorted. `steps`: of the budget, known beforehand for one evaluation.
    """

    tree: WireNode
    references: tuple[str, ...]
    uses_clock: bool
    steps: int


def wire_formula(compiled: Compiled) -> WireFormula:
    """The formula as the browser interprets it."""
    return WireFormula(
        tree=_node(compiled.tree, compiled.kinds),
        references=tuple(sorted(compiled.references)),
        uses_clock=compiled.uses_clock,
        steps=compiled.cost,
    )


def _node(node: Node, kinds: Mapping[int, Kind]) -> WireNode:
    kind = kinds[id(node)]
    match node:
        case Constant():
            return _constant(node, kind)
        case Reference():
            return WireReference("reference", kind.name, kind.is_list, node.path)
        case UnaryOperation():
            return WireUnary("unary", kind.name, node.operator, _node(node.operand, kinds))
        case BinaryOperation():
            return WireBinary("binary", kind.name, node.operator, _node(node.left, kinds), _node(node.right, kinds))
        case Call():
            function = FUNCTIONS[node.name]
            return WireCall(
                type="call",
                kind=kind.name,
                is_list=kind.is_list,
                name=function.main_name,
                arguments=tuple(_node(argument, kinds) for argument in node.arguments),
                takes=tuple(function.parameter(index).kind for index in range(len(node.arguments))),
            )
        case _:
            assert_never(node)


def _constant(node: Constant, kind: Kind) -> WireConstant:
    value = node.value
    if isinstance(value, Decimal):
        return WireConstant("constant", "number", str(value))
    if value is None or isinstance(value, str | bool):
        return WireConstant("constant", kind.name, value)
    raise TypeError(value)  # the parser makes no other literals


WireValue: TypeAlias = bool | str | list["WireValue"] | dict[str, str] | None


def wire_value(value: Result) -> WireValue:
    """A value or an error value as JSON, one form for each value, so that equal values are equal texts.

    `{"decimal": "12.5"}` without exponent and trailing zeros, `{"date": "2026-01-31"}`,
    `{"datetime": "2026-01-31T08:30:00"}` (wall clock; microseconds if there are any), `{"error": "#N/A"}`, lists,
    texts, booleans, null.
    """
    match value:
        case ErrorValue():
            return {"error": value.value}
        case None | bool() | str():
            return value
        case Decimal():
            return {"decimal": plain(value)}
        case datetime():
            return {"datetime": value.isoformat()}
        case date():
            return {"date": value.isoformat()}
        case tuple():
            return [wire_value(item) for item in value]
        case _:
            assert_never(value)
