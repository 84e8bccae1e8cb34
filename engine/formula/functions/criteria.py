"""Criteria of COUNTIF, SUMIF and their like: `">=60"`, `"!=苹果"`, `"*器"`, or a value itself."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import lru_cache, partial
from typing import TypeAlias

from engine.formula.coercion import compare, number, parse_number
from engine.formula.functions.registry import Env
from engine.formula.functions.wildcards import ANY, whole_text
from engine.formula.values import Fault, FormulaScalar, FormulaValue

_OPERATORS = ("<=", ">=", "<>", "!=", "==", "<", ">", "=")
_LITERAL = re.compile(r"[^*?~]*")
Test: TypeAlias = Callable[[FormulaScalar], bool]
Testing: TypeAlias = Callable[[Env], Test]  # wildcards count their work

# an operator alone asks whether there is a value at all; an empty text is one
_EMPTINESS: dict[str, Test] = {
    "=": lambda item: item is None,
    "==": lambda item: item is None,
    "<>": lambda item: item is not None,
    "!=": lambda item: item is not None,
}


def criterion(env: Env, value: FormulaValue) -> Test:
    """The test that a criterion stands for. Text compares case-sensitively; `*`, `?` and `~` as in Excel."""
    if not isinstance(value, str):
        wanted_value = Decimal(0) if value is None else value
        return lambda item: item is not None and _equal(_read(item, wanted_value), wanted_value)
    return _text_criterion(value)(env)


@lru_cache(maxsize=256)  # most criteria are constants of formulas
def _text_criterion(value: str) -> Testing:
    sign = next((known for known in _OPERATORS if value.startswith(known)), "")
    wanted = value[len(sign) :]
    if not wanted and sign in _EMPTINESS:
        return _always(_EMPTINESS[sign])
    if sign in {"", "=", "=="}:
        return _equality(wanted)
    if sign in {"<>", "!="}:
        return _inverse(_equality(wanted))
    return _always(_ordering(sign, wanted))


def _always(test: Test) -> Testing:
    return lambda _env: test


def _inverse(testing: Testing) -> Testing:
    def inverse(env: Env) -> Test:
        same = testing(env)
        return lambda item: not same(item)

    return inverse


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


def equality(env: Env, wanted: FormulaScalar) -> Test:
    """The test whether a value is the wanted one; in a text `*`, `?` and `~` are as in Excel."""
    if not isinstance(wanted, str):
        return lambda item: same_value(item, wanted)
    matches = whole_text(_runs(wanted))
    return lambda item: isinstance(item, str) and matches(env, item)


def _as_number(text: str) -> Decimal | None:
    try:
        return parse_number(text)
    except Fault:
        return None


def _equality(wanted: str) -> Testing:
    if wanted == "":
        return _always(lambda item: item is None or item == "")
    wanted_number = _as_number(wanted)
    if wanted_number is None and _LITERAL.fullmatch(wanted) and wanted.upper() not in {"TRUE", "FALSE"}:
        return _always(partial(operator.eq, wanted))
    matches = whole_text(_runs(wanted))

    def testing(env: Env) -> Test:
        def test(item: FormulaScalar) -> bool:
            if isinstance(item, str):
                return matches(env, item)
            if isinstance(item, bool):
                return wanted.upper() == ("TRUE" if item else "FALSE")
            return item is not None and wanted_number is not None and number(item) == wanted_number

        return test

    return testing


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


def _runs(pattern: str) -> list[str]:
    """The runs between the `*` of a pattern, with `ANY` for each `?`; what follows a `~` is itself."""
    runs: list[list[str]] = [[]]
    escaped = False
    for character in pattern:
        if escaped:
            runs[-1].append(character)
            escaped = False
        elif character == "~":
            escaped = True
        elif character == "*":
            runs.append([])
        else:
            runs[-1].append(ANY if character == "?" else character)
    if escaped:
        runs[-1].append("~")
    return ["".join(run) for run in runs]
