"""Random formulas over all functions, and records with what is hard to get right, from a seed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import TypeAlias

from engine.formula.functions.registry import FUNCTIONS, Function
from engine.formula.syntax import BinaryOperation, Call, Constant, Node, Reference, UnaryOperation, parts
from engine.formula.values import FormulaScalar, FormulaValue, Kind

Record: TypeAlias = Mapping[str, FormulaValue]

SCOPE: Mapping[str, Kind] = {
    "n": Kind("number"),
    "m": Kind("number"),
    "i": Kind("number"),
    "t": Kind("text"),
    "u": Kind("text"),
    "b": Kind("boolean"),
    "d": Kind("date"),
    "e": Kind("date"),
    "at": Kind("datetime"),
    "x": Kind("any"),
    "kind": Kind("option"),
    "who": Kind("member"),
    "tags": Kind("option", is_list=True),
    "lines": Kind("any", is_list=True),
    "lines.amount": Kind("number", is_list=True),
    "lines.qty": Kind("number", is_list=True),
    "lines.name": Kind("text", is_list=True),
    "lines.ok": Kind("boolean", is_list=True),
    "lines.day": Kind("date", is_list=True),
    "lines.at": Kind("datetime", is_list=True),
    "mixed": Kind("any", is_list=True),
}
BY_KIND: Mapping[str, tuple[str, ...]] = {
    "number": ("n", "m", "i"),
    "text": ("t", "u", "kind"),
    "boolean": ("b",),
    "date": ("d", "e", "at"),
    "any": ("n", "t", "b", "d", "at", "x", "kind", "who", "i", "tags"),
    "list": tuple(path for path, kind in SCOPE.items() if kind.is_list),
}
SMALL = ("0", "1", "2", "3", "4", "7", "10", "12", "0.5", "2.5", "0.05", "100")
NUMBERS = (
    *SMALL, "1.005", "2.675", "0.285", "1234.5678", "99999.995", "45000", "45292.75", "60", "61", "1E-7", "1E-20",
    "123456789012345678901234567890.1234", "9999999999999999999999999999999999", "0.3333333333333333333333333333333333",
    "1E+20", "1E+300", "1E-300", "2958465", "2958466", "255", "1024", "65", "20320", "128512", "40000",
)  # fmt: skip
TEXTS = (
    "", "a", "abc", "ABC", "aBc", "b", "数据", "表匠 Form", "𠮷", "a😀b𠮷c", "12", "-3.5", " 12 ", "1,234.5",
    "12%", "1e3", "2024-01-31", "2024/2/29", "2024年12月31日", "2023-02-30", "2024-01-31 08:30", "08:30",
    "1/2", "-0", "TRUE", "false", "é", "ß", "straße", "İ", "ς", "ΑΣ", "ﬁ", "a*b", "a?b", "a~*b", "*", "?",
    "~", ">5", "<=2", "=abc", "<>a", "!=b", "=", "hello world  x", " x  y ", "a,b,c", "a;b", "\n", "\t",
    "'", '"', "\\", "xyz.abc", "１２", "¥12", "$5", "MMXXIV", "FF", "zz", "0", "00012", "+7", ".5", "5.",
    "-", "１", "é", "\u200b", "\ufeff", "\x07bell",
)  # fmt: skip
DAYS = (
    date(1, 1, 1), date(1899, 12, 30), date(1899, 12, 31), date(1900, 1, 1), date(1900, 2, 28), date(1900, 3, 1),
    date(2000, 2, 29), date(2023, 12, 31), date(2024, 1, 1), date(2024, 1, 31), date(2024, 2, 9), date(2024, 2, 29),
    date(2024, 10, 1), date(2024, 12, 30), date(2024, 12, 31), date(2025, 1, 26), date(2026, 2, 28), date(2100, 2, 28),
    date(9999, 12, 31),
)  # fmt: skip
_FORMATS = (
    "0", "0.00", "#,##0.00", "#,##0", "0%", "0.0%", "000", "#.##", "0.00E+00", "yyyy-mm-dd", "yyyy/m/d", "yyyy年m月d日",
    "hh:mm:ss", "h:mm AM/PM", "yyyy-mm-dd hh:mm", "ddd", "dddd", "mmm", "mmmm d, yyyy", "@", "General", "", '"x"0',
    "0.00;(0.00)", "0;-0;zero", "[>100]0", "¥#,##0.00", "0.0##", "?0", "mm:ss", "[h]:mm", "aaa", "aaaa",
)  # fmt: skip
_CRITERIA = (
    ">1", ">=2", "<3", "<=0", "<>1", "=1", "1", "!=1", "==1", "a", "=a", "<>a", "*", "a*", "?bc", "~*", "", "=", "<>",
    ">a", "TRUE", "false", ">2024-01-31", "2024-02-29", "12%", "1,234.5", "!=", "*b*",
)  # fmt: skip
# what an argument usually is, by function and place
ARGUMENTS: Mapping[tuple[str, int], Sequence[str]] = {
    ("TEXT", 1): _FORMATS,
    ("DATEDIF", 2): ("Y", "M", "D", "YM", "MD", "YD", "y", "m", "d", "h", "s", "w", ""),
    ("MAPX", 0): ("sum", "count", "average", "max", "min", "first", "last", "SUM", "other"),
    **{(name, 1): _CRITERIA for name in ("COUNTIF", "SUMIF", "AVERAGEIF")},
    **{(name, 2): _CRITERIA for name in ("SUMIFS", "AVERAGEIFS", "MAXIFS", "MINIFS")},
}
_OPERATORS = {
    "number": ("+", "-", "*", "/", "^", "+", "-", "*"),
    "text": ("&",),
    "boolean": ("=", "<>", "<", "<=", ">", ">="),
    "date": ("+", "-"),
}
_YIELDS = {"any": "any", "null": "any", "datetime": "date", "option": "text", "member": "any", "files": "any"}


def _by_result() -> Mapping[str, tuple[Function, ...]]:
    """Functions by the kind that they come to; what depends on the arguments comes to anything."""
    found: dict[str, list[Function]] = {"any": []}
    for function in sorted({f.main_name: f for f in FUNCTIONS.values()}.values(), key=lambda f: f.main_name):
        found["any"].append(function)
        if isinstance(function.returns, Kind):
            name = "list" if function.returns.is_list else _YIELDS.get(function.returns.name, function.returns.name)
            found.setdefault(name, []).append(function)
        else:
            for name in ("number", "text", "date", "boolean"):
                found.setdefault(name, []).append(function)
    return {name: tuple(functions) for name, functions in found.items()}


FUNCTIONS_BY_RESULT = _by_result()


@dataclass
class Making:
    """One random formula after another."""

    random: Random

    def formula(self) -> Node:
        """A formula of any kind."""
        # every function comes up as the outermost one, whatever it comes to
        if self.random.random() < 0.7:
            return self._call(self.random.choice(FUNCTIONS_BY_RESULT["any"]), 2)
        return self.node(self.random.choice(("number", "text", "boolean", "date", "any")), 3)

    def node(self, kind: str, depth: int) -> Node:
        """A tree that mostly comes to the kind."""
        chance = self.random.random()
        if chance < 0.06:
            kind = self.random.choice(("number", "text", "boolean", "date", "any", "list"))
        if depth <= 0 or chance < 0.4:
            return self._leaf(kind)
        if kind in _OPERATORS and chance < 0.6:
            return self._operation(kind, depth - 1)
        functions = FUNCTIONS_BY_RESULT.get(kind)
        return self._call(self.random.choice(functions), depth - 1) if functions else self._leaf(kind)

    def _leaf(self, kind: str) -> Node:
        chance = self.random.random()
        if kind == "list":
            return Reference(self.random.choice(BY_KIND["list"]), 0)
        if chance < 0.55 and kind in BY_KIND:
            return Reference(self.random.choice(BY_KIND[kind]), 0)
        match kind:
            case "number":
                return _number_node(self.random.choice(SMALL if chance < 0.8 else NUMBERS), self.random)
            case "text":
                return Constant(self.random.choice(TEXTS), 0)
            case "boolean":
                return Call(self.random.choice(("TRUE", "FALSE")), (), 0)
            case "date":
                day = self.random.choice(DAYS)
                return Call("DATE", tuple(Constant(Decimal(part), 0) for part in (day.year, day.month, day.day)), 0)
            case _:
                return self._leaf(self.random.choice(("number", "text", "boolean", "date")))

    def _operation(self, kind: str, depth: int) -> Node:
        sign = self.random.choice(_OPERATORS[kind])
        if kind == "date":
            return BinaryOperation(sign, self.node("date", depth), self.node("number", depth), 0)  # type: ignore[arg-type]
        if kind == "number" and self.random.random() < 0.2:
            return UnaryOperation(self.random.choice(("-", "+", "%")), self.node("number", depth), 0)
        if kind == "number" and sign == "-" and self.random.random() < 0.3:
            return BinaryOperation("-", self.node("date", depth), self.node("date", depth), 0)
        operands = {"number": "number", "text": "any"}.get(kind) or self.random.choice(
            ("number", "text", "date", "any")
        )
        return BinaryOperation(sign, self.node(operands, depth), self.node(operands, depth), 0)  # type: ignore[arg-type]

    def _call(self, function: Function, depth: int) -> Node:
        wanted = function.least
        most = function.most
        if most is not None:
            wanted += self.random.randint(0, most - wanted)
        elif self.random.random() < 0.5:
            wanted += function.group * self.random.randint(1, 2)
        return Call(function.name, tuple(self._argument(function, place, depth) for place in range(wanted)), 0)

    def _argument(self, function: Function, place: int, depth: int) -> Node:
        usual = ARGUMENTS.get((function.name, place))
        chance = self.random.random()
        if usual is not None and chance < 0.85:
            return Constant(self.random.choice(usual), 0)
        kind = function.parameter(place).kind
        if kind == "lazy":
            kind = "boolean" if place == 0 and chance < 0.5 else "any"
        if kind == "list" and chance < 0.25:
            return self.node(self.random.choice(("number", "number", "text", "any")), depth)
        if chance > 0.98:
            return Constant(None, 0)
        return self.node(kind, depth)

    def record(self) -> Record:
        """Values for every path of `SCOPE`."""
        rows = self.random.choice((0, 1, 2, 3, 5, 8))
        found: dict[str, FormulaValue] = {}
        for path, kind in SCOPE.items():
            if not kind.is_list:
                found[path] = self._value(path, kind)
            elif path.startswith("lines."):
                found[path] = tuple(self._value(path, Kind(kind.name)) for _ in range(rows))
            elif path == "lines":
                found[path] = tuple(str(row) for row in range(rows))
            elif path == "mixed":
                kinds = [Kind(self.random.choice(("number", "text", "boolean", "date"))) for _ in range(rows)]
                found[path] = tuple(self._value(path, each) for each in kinds)
            else:
                found[path] = tuple(self.random.sample(("x", "y", "z"), self.random.randint(0, 3)))
        return found

    def _value(self, path: str, kind: Kind) -> FormulaScalar:
        chance = self.random.random()
        if chance < 0.12:
            return None
        name = kind.name
        if name == "any":
            name = self.random.choice(("number", "text", "boolean", "date", "datetime"))
        match name:
            case "number":
                return Decimal(self.random.randint(-3, 12)) if path == "i" else self._number(chance)
            case "boolean":
                return chance < 0.6
            case "date":
                return self._day()
            case "datetime":
                return self._moment()
            case "option" | "member":
                return self.random.choice(("a", "b", "x", "12"))
            case _:
                return self.random.choice(TEXTS)

    def _number(self, chance: float) -> Decimal:
        if chance < 0.5:
            return Decimal(self.random.choice(("", "", "", "-")) + self.random.choice(NUMBERS))
        if chance < 0.8:
            return Decimal(f"{self.random.randint(-100_000, 100_000)}E-{self.random.randint(0, 4)}")
        digits = self.random.randint(1, 34)
        return Decimal(f"{self.random.randint(1 - 10**digits, 10**digits - 1)}E{self.random.randint(-40, 12)}")

    def _day(self) -> date:
        if self.random.random() < 0.5:
            return self.random.choice(DAYS)
        return date(2015, 1, 1) + timedelta(days=self.random.randint(0, 6000))

    def _moment(self) -> datetime:
        clock = timedelta(
            seconds=self.random.choice((0, 1, 59, 43200, 86399, self.random.randint(0, 86399))),
            microseconds=self.random.choice((0, 0, 0, 500_000, 1, 999_999)),
        )
        day = self._day()
        return datetime(day.year, day.month, day.day) + clock  # noqa: DTZ001  # wall clock


def _number_node(digits: str, random: Random) -> Node:
    node = Constant(Decimal(digits), 0)
    return UnaryOperation("-", node, 0) if random.random() < 0.15 else node


def source_of(node: Node) -> str:
    """The text of a tree, with brackets around every operation."""
    match node:
        case Constant(value=None):
            return ""
        case Constant(value=str() as text):
            return '"{}"'.format(text.replace('"', '""'))
        case Constant(value=value):
            return str(value)
        case Reference():
            return f"{{{node.path}}}"
        case UnaryOperation(operator="%"):
            return f"({source_of(node.operand)}%)"
        case UnaryOperation():
            return f"({node.operator}{source_of(node.operand)})"
        case BinaryOperation():
            return f"({source_of(node.left)}{node.operator}{source_of(node.right)})"
        case Call():
            return f"{node.name}({','.join(map(source_of, node.arguments))})"


def simpler(node: Node) -> Iterator[Node]:
    """Trees that are a little smaller: a part in place of the whole, then each part made smaller."""
    inner = parts(node)
    yield from inner
    if isinstance(node, Call):
        yield from (replace(node, arguments=node.arguments[:count]) for count in range(len(node.arguments) - 1, -1, -1))
    if inner or isinstance(node, Reference):
        yield from (Constant(Decimal(1), 0), Constant("a", 0))
    for place, part in enumerate(inner):
        for smaller in simpler(part):
            yield _with_part(node, place, smaller)


def _with_part(node: Node, place: int, part: Node) -> Node:
    match node:
        case UnaryOperation():
            return replace(node, operand=part)
        case BinaryOperation():
            return replace(node, left=part) if place == 0 else replace(node, right=part)
        case Call():
            return replace(node, arguments=(*node.arguments[:place], part, *node.arguments[place + 1 :]))
        case _:
            return node


def smallest(node: Node, record: Record, is_bad: Callable[[Node], bool]) -> tuple[Node, Record]:
    """The smallest formula found for which `is_bad` still holds, with what it reads of the record."""
    budget = 400
    shrunk = True
    while shrunk and budget > 0:
        shrunk = False
        for smaller in simpler(node):
            budget -= 1
            if budget <= 0:
                break
            if len(source_of(smaller)) < len(source_of(node)) and is_bad(smaller):
                node, shrunk = smaller, True
                break
    return node, {path: value for path, value in record.items() if f"{{{path}}}" in source_of(node)}
