"""Criteria of COUNTIF, SUMIF and their like: `">=60"`, `"!=苹果"`, `"*器"`, or a value itself."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import lru_cache, partial

from engine.formula.coercion import compare, number, parse_number
from engine.formula.values import Fault, FormulaScalar, FormulaValue

_OPERATORS = ("<=", ">=", "<>", "!=", "==", "<", ">", "=")
_LITERAL = re.compile(r"[^*?~]*")
Test = Callable[[FormulaScalar], bool]

# an operator alone asks whether there is a value at all; an empty text is one
_EMPTINESS: dict[str, Test] = {
    "=": lambda item: item is None,
    "==": lambda item: item is None,
    "<>": lambda item: item is not None,
    "!=": lambda item: item is not None,
}


def criterion(value: FormulaValue) -> Test:
    """The test that a criterion stands for. Text compares case-sensitively; `*`, `?` and `~` as in Excel."""
    if not isinstance(value, str):
        wanted_value = Decimal(0) if value is None else value
        return lambda item: item is not None and _equal(_read(item, wanted_value), wanted_value)
    return _text_criterion(value)


@lru_cache(maxsize=256)  # most criteria are constants of formulas
def _text_criterion(value: str) -> Test:
    sign = next((known for known in _OPERATORS if value.startswith(known)), "")
    wanted = value[len(sign) :]
    if not wanted and sign in _EMPTINESS:
        return _EMPTINESS[sign]
    if sign in {"", "=", "=="}:
        return _equality(wanted)
    if sign in {"<>", "!="}:
        same = _equality(wanted)
        return lambda item: not same(item)
    return _ordering(sign, wanted)


def _read(item: FormulaScalar, value: FormulaValue) -> FormulaScalar:
    """A text as the number it reads as where a number is looked for, as in Excel."""
    if isinstance(item, str) and isinstance(value, Decimal | date):
        found = _as_number(item)
        return item if found is None else found
    return item


def _equal(item: FormulaScalar, value: FormulaValue) -> bool:
    if isinstance(item, bool) != isinstance(value, bool):
        return False
    return compare(item, value) == 0


def same_value(item: FormulaScalar, wanted: FormulaScalar) -> bool:
    """Whether neither is empty and both are equal values of one kind, as `=` compares them."""
    return item is not None and wanted is not None and _equal(item, wanted)


def equality(wanted: FormulaScalar) -> Test:
    """The test whether a value is the wanted one; in a text `*`, `?` and `~` are as in Excel."""
    if not isinstance(wanted, str):
        return lambda item: same_value(item, wanted)
    matches = _pattern(wanted)
    return lambda item: isinstance(item, str) and matches(item)


def _as_number(text: str) -> Decimal | None:
    try:
        return parse_number(text)
    except Fault:
        return None


def _equality(wanted: str) -> Test:
    if wanted == "":
        return lambda item: item is None or item == ""
    wanted_number = _as_number(wanted)
    if wanted_number is None and _LITERAL.fullmatch(wanted) and wanted.upper() not in {"TRUE", "FALSE"}:
        return partial(operator.eq, wanted)
    matches = _pattern(wanted)

    def test(item: FormulaScalar) -> bool:
        if isinstance(item, str):
            return matches(item)
        if isinstance(item, bool):
            return wanted.upper() == ("TRUE" if item else "FALSE")
        return item is not None and wanted_number is not None and number(item) == wanted_number

    return test


def _ordering(sign: str, wanted: str) -> Test:
    wanted_number = _as_number(wanted)

    def test(item: FormulaScalar) -> bool:
        if item is None or isinstance(item, bool):
            return False
        if isinstance(item, Decimal | date):
            if wanted_number is None:
                return False
            order = compare(number(item), wanted_number)
        elif wanted_number is not None:
            return False
        else:
            order = compare(item, wanted)
        return {"<": order < 0, "<=": order <= 0, ">": order > 0, ">=": order >= 0}[sign]

    return test


def _pattern(pattern: str) -> Callable[[str], bool]:
    """Whole-text match of a pattern with * and ?; matched by hand, so that no pattern can take long."""
    parts: list[str] = []  # each item: a literal character, or "*" / "?" marked by a leading NUL
    escaped = False
    for character in pattern:
        if escaped:
            parts.append(character)
            escaped = False
        elif character == "~":
            escaped = True
        else:
            parts.append("\0" + character if character in "*?" else character)
    if escaped:
        parts.append("~")
    if not any(part[0] == "\0" for part in parts):
        literal = "".join(parts)
        return lambda text: text == literal
    return lambda text: _wild(parts, text)


def _wild(parts: list[str], text: str) -> bool:
    position = index = 0
    star, retry = -1, 0
    while index < len(text):
        part = parts[position] if position < len(parts) else None
        if part == "\0*":
            star, retry, position = position, index, position + 1
        elif part is not None and part in ("\0?", text[index]):
            position, index = position + 1, index + 1
        elif star >= 0:
            retry += 1
            position, index = star + 1, retry
        else:
            return False
    return all(part == "\0*" for part in parts[position:])
