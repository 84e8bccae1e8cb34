"""The syntax tree of formulas: frozen nodes with their place in the text."""

from __future__ import annotations

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
