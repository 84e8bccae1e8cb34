"""Formula vectors: cases that say what a formula has to come to over given fields, and how far they hold.

A case's fields are read as the values that formulas see, so that any interpreter can be held against the same cases.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation
from typing import TypeAlias
from zoneinfo import ZoneInfo

from engine.calendars.days import WorkCalendar, WorkCalendars
from engine.errors import Rejection
from engine.formula.check import Compiled, Scope, compile_formula
from engine.formula.coercion import text
from engine.formula.environment import NO_CALENDARS, Environment
from engine.formula.parser import parse
from engine.formula.syntax import BinaryOperation, Call, Constant, Node, Reference, UnaryOperation
from engine.formula.values import (
    ANY,
    BOOLEAN,
    DATE,
    DATETIME,
    NUMBER,
    TEXT,
    ErrorValue,
    FormulaRejected,
    FormulaScalar,
    FormulaValue,
    Kind,
    Result,
)
from engine.formula.wire import wire_formula, wire_value

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 1, 5, 1, 0, tzinfo=UTC)
_TWELVE_DIGITS = Context(prec=12, rounding=ROUND_HALF_UP)
_EMPTY_TYPES = frozenset({"null", "empty", "blank"})
EMPTY = "null"
_MARKS = frozenset({"decimal", "date", "datetime"})

Json: TypeAlias = bool | int | Decimal | str | Sequence["Json"] | Mapping[str, "Json"] | None


class VectorsUnreadable(Rejection):
    """What was given is no file of vectors."""

    code = "formula_vectors_unreadable"
    zh = "{file} 不是公式用例文件: {reason}"
    en = "{file} is no file of formula vectors: {reason}"


class UnreadableCase(Rejection):
    """A case with a form that is not known; it counts as failed."""

    code = "formula_vector_unreadable"
    zh = "无法读取用例中的 {part}"
    en = "{part} of the case cannot be read"


class UnknownCalendar(Rejection):
    """A case that wants a working calendar which is not there; it counts as failed."""

    code = "formula_vector_calendar"
    zh = "没有工作日历 {calendar}"
    en = "There is no working calendar {calendar}"


class CaseBroke(Rejection):
    """An evaluation that ended in a way it never should; it counts as failed."""

    code = "formula_vector_broke"
    zh = "求值意外中断: {reason}"
    en = "The evaluation broke off: {reason}"


@dataclass(frozen=True)
class Case:
    """One case. `expect`: `type` with `value`, and for numbers `exact` or `tol` (relative tolerance)."""

    id: str
    formula: str
    fields: Mapping[str, Json]
    expect: Mapping[str, Json]
    calendar: str | None


def read_cases(document: Json) -> tuple[Case, ...]:
    """All cases of a document, numbers in it read as int or Decimal. Raises `UnreadableCase`."""
    vectors = document.get("vectors") if isinstance(document, Mapping) else document
    if not isinstance(vectors, Sequence) or isinstance(vectors, str):
        raise UnreadableCase(part="vectors")
    return tuple(_case(raw, place) for place, raw in enumerate(vectors))


def _case(raw: Json, place: int) -> Case:
    if not isinstance(raw, Mapping):
        raise UnreadableCase(part=f"vectors/{place}")
    fields, expect, calendar = raw.get("fields"), raw.get("expect"), raw.get("calendar")
    return Case(
        id=str(raw.get("id", place + 1)),
        formula=str(raw.get("formula", "")),
        fields=fields if isinstance(fields, Mapping) else {},
        expect=expect if isinstance(expect, Mapping) else {},
        calendar=None if calendar is None else str(calendar),
    )


@dataclass(frozen=True)
class Prepared:
    """A case whose formula is compiled over its fields."""

    compiled: Compiled
    values: Mapping[str, FormulaValue]


def prepare(case: Case) -> Prepared:
    """The case ready to be evaluated. Raises `FormulaRejected`, `UnreadableCase`."""
    scope, values = case_fields(case)
    return Prepared(compile_formula(case.formula, scope), values)


def case_fields(case: Case) -> tuple[Scope, Mapping[str, FormulaValue]]:
    """Scope and values; a list of objects is a subform whose columns are lists, as long as it has rows."""
    scope: dict[str, Kind] = {}
    values: dict[str, FormulaValue] = {}
    columns = _columns_named_in(case.formula)
    for key, raw in case.fields.items():
        if not _is_subform(raw):
            scope[key], values[key] = field_value(raw, key)
        if isinstance(raw, Sequence) and not isinstance(raw, str) and (_is_subform(raw) or not raw):
            rows = [row for row in raw if isinstance(row, Mapping)]
            for column in {*columns.get(key, ()), *(name for row in rows for name in row)}:
                path = f"{key}.{column}"
                scope[path], values[path] = field_value([row.get(column) for row in rows], path)
    return scope, values


def _is_subform(raw: Json) -> bool:
    if not isinstance(raw, Sequence) or isinstance(raw, str) or not raw:
        return False
    first = raw[0]
    return isinstance(first, Mapping) and not _MARKS & set(first)


def _columns_named_in(formula: str) -> Mapping[str, set[str]]:
    """Columns that a formula names, by subform: a subform without rows does not say which it has."""
    found: dict[str, set[str]] = {}
    try:
        paths = list(_paths(parse(formula)))
    except FormulaRejected:
        return found
    for path in paths:
        key, _, column = path.partition(".")
        if column:
            found.setdefault(key, set()).add(column)
    return found


def _paths(node: Node) -> Iterator[str]:
    match node:
        case Reference():
            yield node.path
        case UnaryOperation():
            yield from _paths(node.operand)
        case BinaryOperation():
            yield from _paths(node.left)
            yield from _paths(node.right)
        case Call():
            for argument in node.arguments:
                yield from _paths(argument)
        case Constant():
            return


def field_value(raw: Json, place: str) -> tuple[Kind, FormulaValue]:
    """Kind and value of one field of a case. Raises `UnreadableCase`."""
    if isinstance(raw, Sequence) and not isinstance(raw, str):
        pairs = [_scalar(item, place) for item in raw]
        kinds = {kind.name for kind, _ in pairs if kind != ANY}
        name = kinds.pop() if len(kinds) == 1 else "any"
        return Kind(name, is_list=True), tuple(value for _, value in pairs)
    return _scalar(raw, place)


def _scalar(raw: Json, place: str) -> tuple[Kind, FormulaScalar]:
    try:
        match raw:
            case None:
                return ANY, None
            case bool():
                return BOOLEAN, raw
            case int() | Decimal() if Decimal(raw).is_finite():
                return NUMBER, Decimal(raw)
            case str():
                return TEXT, raw
            case {"decimal": str() | int() | Decimal() as digits} if Decimal(digits).is_finite():
                return NUMBER, Decimal(digits)
            case {"date": str() as day}:
                return DATE, date.fromisoformat(day)
            case {"datetime": str() as moment}:
                return DATETIME, datetime.fromisoformat(moment).replace(tzinfo=None)
    except (ValueError, InvalidOperation):
        pass
    raise UnreadableCase(part=place)


def run_case(case: Case, calendars: Mapping[str, WorkCalendar]) -> Result:
    """What the formula comes to. Raises a `Rejection` that says why it comes to nothing."""
    if case.calendar is not None and case.calendar not in calendars:
        raise UnknownCalendar(calendar=case.calendar)
    try:
        prepared = prepare(case)
        used = NO_CALENDARS if case.calendar is None else WorkCalendars(calendars[case.calendar], calendars)
        env = Environment(prepared.values.__getitem__, now=NOW, zone=ZONE, calendars=used)
        return prepared.compiled.evaluate(env)
    except Rejection:
        raise
    except Exception as bug:
        # one broken case must not hide how all others end
        raise CaseBroke(reason=f"{type(bug).__name__}: {bug}") from bug


def agrees(result: Result, expect: Mapping[str, Json]) -> bool:
    """Whether a result is the expected one; a form of expectation that is not known never holds."""
    wanted = expect.get("value")
    kind = expect.get("type")
    match kind:
        case "number":
            return isinstance(result, Decimal) and _is_same_number(result, expect)
        case "text":
            return isinstance(result, str) and result == wanted
        case "boolean":
            return isinstance(result, bool) and result is wanted
        case "error":
            return isinstance(result, ErrorValue) and result.value == wanted
        case "date" | "datetime":
            return isinstance(result, date) and _as_moment(result) == _moment_of(wanted)
        case "list":
            return isinstance(result, tuple) and wanted == wire_value(result)
        case _:
            return kind in _EMPTY_TYPES and result is None


def _is_same_number(result: Decimal, expect: Mapping[str, Json]) -> bool:
    try:
        target = Decimal(str(expect.get("value")))
        if expect.get("exact") is True:
            return result == target
        if "tol" in expect:
            return abs(result - target) <= abs(target) * Decimal(str(expect["tol"]))
    except InvalidOperation:
        return False
    return _TWELVE_DIGITS.plus(result) == _TWELVE_DIGITS.plus(target)


def _as_moment(value: date) -> datetime:
    return value if isinstance(value, datetime) else datetime.combine(value, time())


def _moment_of(wanted: Json) -> datetime | None:
    try:
        return datetime.fromisoformat(wanted).replace(tzinfo=None) if isinstance(wanted, str) else None
    except ValueError:
        return None


def expected_text(expect: Mapping[str, Json]) -> str:
    """An expectation for people, in the form of `result_text`."""
    kind, wanted = expect.get("type"), expect.get("value")
    if kind == "text" and isinstance(wanted, str):
        return quoted(wanted)
    if kind == "boolean" and isinstance(wanted, bool):
        return text(wanted)
    if kind in {"number", "error", "date", "datetime"}:
        return str(wanted)
    return EMPTY if kind in _EMPTY_TYPES else f"{kind}: {wanted}"


def result_text(result: Result) -> str:
    """A result for people: texts in quotes as literals are, errors by their code, all else as text."""
    if isinstance(result, ErrorValue):
        return result.value
    if isinstance(result, tuple):
        return f"[{', '.join(result_text(item) for item in result)}]"
    if isinstance(result, str):
        return quoted(result)
    return EMPTY if result is None else text(result)


def quoted(value: str) -> str:
    """The literal of a text; line breaks are shown as such."""
    doubled = value.replace('"', '""').replace("\n", "\\n").replace("\r", "\\r")
    return f'"{doubled}"'


def typed_case(case: Case) -> dict[str, object]:
    """A case for another interpreter: the typed tree in place of the text, values as it reads them.

    `refused` is the code of the reason why there is no tree.
    """
    line: dict[str, object] = {
        "id": case.id,
        "formula": case.formula,
        "calendar": case.calendar,
        "expect": {name: str(value) if isinstance(value, Decimal) else value for name, value in case.expect.items()},
    }
    try:
        prepared = prepare(case)
    except Rejection as rejection:
        return {**line, "typed": None, "values": {}, "refused": rejection.code}
    values = {path: wire_value(value) for path, value in prepared.values.items()}
    return {**line, "typed": wire_formula(prepared.compiled), "values": values, "refused": None}
