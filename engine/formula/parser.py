"""From tokens to the syntax tree, with Excel's precedence.

Postfix %, then unary minus, then ^ (left-associative), * and /, + and -, &, comparisons: so `-2^2` is 4 and
`2^3^2` is 64, as in Excel.
"""

from __future__ import annotations

from typing import cast

from engine.errors import Word
from engine.formula.lexer import Token, TokenKind, tokenize
from engine.formula.syntax import Binary, BinaryOperation, Call, Constant, Node, Reference, Unary, UnaryOperation
from engine.formula.values import FormulaSyntaxError, FormulaTooLarge

MAX_NODES = 2000
MAX_DEPTH = 64
MAX_HEIGHT = 150  # of the tree: a chain such as a+b+c… grows it by one for each operator
_LEVELS: tuple[frozenset[str], ...] = (
    frozenset({"=", "<>", "<", "<=", ">", ">="}),
    frozenset({"&"}),
    frozenset({"+", "-"}),
    frozenset({"*", "/"}),
    frozenset({"^"}),
)
_NAMED = {"TRUE": True, "FALSE": False}


def parse(source: str) -> Node:
    """The tree of a formula; a leading `=` is allowed. Raises `FormulaSyntaxError`, `FormulaTooLarge`."""
    tokens = tokenize(source)
    if tokens[0].kind == "operator" and tokens[0].value == "=":
        tokens.pop(0)
    parser = _Parser(tokens)
    node = parser.binary(0, depth=0)
    parser.take("end", Word("an operator or the end of the formula", "运算符或公式结尾"))
    return node


class _Parser:
    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._position = 0
        self._nodes = 0
        self._heights: dict[int, int] = {}  # of operations and calls, by the identity of the node

    @property
    def _next(self) -> Token:
        return self._tokens[self._position]

    def _step(self) -> Token:
        token = self._tokens[self._position]
        self._position += 1
        return token

    def take(self, kind: TokenKind, expected: Word) -> Token:
        token = self._next
        if token.kind != kind:
            found = token.value or Word("the end of the formula", "公式结尾")
            raise FormulaSyntaxError(offset=token.offset, position=token.offset + 1, expected=expected, found=found)
        return self._step()

    def _counted(self, node: Node, *parts: Node) -> Node:
        """The node, unless the tree has become too large or too high with it."""
        self._nodes += 1
        if self._nodes > MAX_NODES:
            raise FormulaTooLarge(limit=MAX_NODES)
        if parts:
            height = 1 + max(self._heights.get(id(part), 0) for part in parts)
            if height > MAX_HEIGHT:
                raise FormulaTooLarge(limit=MAX_HEIGHT)
            self._heights[id(node)] = height
        return node

    def binary(self, level: int, *, depth: int) -> Node:
        if depth > MAX_DEPTH:
            raise FormulaTooLarge(limit=MAX_DEPTH)
        if level == len(_LEVELS):
            return self._unary(depth=depth)
        left = self.binary(level + 1, depth=depth)
        while self._next.kind == "operator" and self._next.value in _LEVELS[level]:
            token = self._step()
            right = self.binary(level + 1, depth=depth)
            left = self._counted(BinaryOperation(cast("Binary", token.value), left, right, token.offset), left, right)
        return left

    def _unary(self, *, depth: int) -> Node:
        token = self._next
        if token.kind == "operator" and token.value in {"-", "+"}:
            self._step()
            if depth > MAX_DEPTH:
                raise FormulaTooLarge(limit=MAX_DEPTH)
            operand = self._unary(depth=depth + 1)
            return self._counted(UnaryOperation(cast("Unary", token.value), operand, token.offset), operand)
        return self._postfix(depth=depth)

    def _postfix(self, *, depth: int) -> Node:
        node = self._primary(depth=depth)
        while self._next.kind == "operator" and self._next.value == "%":
            node = self._counted(UnaryOperation("%", node, self._step().offset), node)
        return node

    def _primary(self, *, depth: int) -> Node:
        token = self._next
        match token.kind:
            case "number":
                return self._counted(Constant(self._step().number, token.offset))
            case "text":
                return self._counted(Constant(self._step().value, token.offset))
            case "reference":
                return self._counted(Reference(self._step().value, token.offset))
            case "name":
                return self._named(depth=depth)
            case "open":
                self._step()
                node = self.binary(0, depth=depth + 1)
                self.take("close", Word(")", ")"))
                return node
            case _:
                self.take("number", Word("a value, a field or a function", "值、字段或函数"))
                raise AssertionError  # take has raised

    def _named(self, *, depth: int) -> Node:
        token = self._step()
        if self._next.kind != "open" and token.value in _NAMED:
            return self._counted(Constant(_NAMED[token.value], token.offset))
        self.take("open", Word("( after a function name", "函数名后的 ("))
        arguments: list[Node] = []
        if self._next.kind != "close":
            arguments.append(self._argument(depth=depth))
            while self._next.kind == "comma":
                self._step()
                arguments.append(self._argument(depth=depth))
        self.take("close", Word("a comma or )", "逗号或 )"))
        return self._counted(Call(token.value, tuple(arguments), token.offset), *arguments)

    def _argument(self, *, depth: int) -> Node:
        if self._next.kind in {"comma", "close"}:
            return self._counted(Constant(None, self._next.offset))
        return self.binary(0, depth=depth + 1)
