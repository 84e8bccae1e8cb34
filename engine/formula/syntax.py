"""The syntax tree of formulas: frozen nodes with their place in the text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from engine.formula.values import FormulaScalar

Binary = Literal["+", "-", "*", "/", "^", "&", "=", "<>", "<", "<=", ">", ">="]
Unary = Literal["-", "+", "%"]


@dataclass(frozen=True)
class Constant:
    """A literal."""

    value: FormulaScalar
    offset: int


@dataclass(frozen=True)
class Reference:
    """A field by its path of keys."""

    path: str
    offset: int


@dataclass(frozen=True)
class UnaryOperation:
    """Sign or percent."""

    operator: Unary
    operand: Node
    offset: int


@dataclass(frozen=True)
class BinaryOperation:
    """Two operands."""

    operator: Binary
    left: Node
    right: Node
    offset: int


@dataclass(frozen=True)
class Call:
    """A function by its upper-case name. A missing argument (`IF(a,,b)`) is an empty constant."""

    name: str
    arguments: tuple[Node, ...]
    offset: int


Node: TypeAlias = Constant | Reference | UnaryOperation | BinaryOperation | Call


def parts(node: Node) -> tuple[Node, ...]:
    """What a node is made of."""
    match node:
        case UnaryOperation():
            return (node.operand,)
        case BinaryOperation():
            return (node.left, node.right)
        case Call():
            return node.arguments
        case _:
            return ()


def result_parts(node: Node) -> Iterator[Node]:
    """The parts of a formula one of which is its result: what IF, IFS, SWITCH, CHOOSE and IFERROR choose between."""
    chosen: tuple[Node, ...]
    match node:
        case Call(name="IF"):
            chosen = node.arguments[1:]
        case Call(name="IFS"):
            chosen = node.arguments[1::2]
        case Call(name="SWITCH"):
            has_default = len(node.arguments) % 2 == 0
            chosen = (*node.arguments[2::2], *(node.arguments[-1:] if has_default else ()))
        case Call(name="CHOOSE"):
            chosen = node.arguments[1:]
        case Call(name="IFERROR" | "IFNA"):
            chosen = node.arguments
        case _:
            yield node
            return
    for part in chosen:
        yield from result_parts(part)
