"""The page about formulas is true: its examples hold, its tables are those of the functions there are."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from engine.formula import parser
from engine.formula.check import compile_formula
from engine.formula.coercion import text
from engine.formula.environment import Environment
from engine.formula.functions.registry import FUNCTIONS
from engine.formula.lexer import MAX_CHARACTERS
from engine.formula.values import ErrorValue
from tests.docs.function_examples import FILE, function_examples
from tests.docs.functions_table import PAGE, functions_tables

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
WRITTEN = PAGE.read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^\| `([^`]+)` \| `([^`]+)` \|", WRITTEN, re.MULTILINE)


def nothing_there(path: str) -> None:
    raise AssertionError(path)


def test_the_tables_of_functions_are_current() -> None:
    assert WRITTEN.endswith(functions_tables())


def test_the_examples_that_the_browser_evaluates_are_current() -> None:
    assert FILE.read_text(encoding="utf-8") == function_examples()


def test_every_function_is_in_a_table() -> None:
    assert [name for name in FUNCTIONS if f"`{name}`" not in functions_tables()] == []


def test_there_are_examples_of_the_language() -> None:
    assert len(EXAMPLES) >= 8


@pytest.mark.parametrize(("formula", "shown"), EXAMPLES)
def test_an_example_of_the_language_holds(formula: str, shown: str) -> None:
    found = compile_formula(formula, {}).evaluate(Environment(nothing_there, now=NOW, zone=ZoneInfo("Asia/Shanghai")))
    assert (found.value if isinstance(found, ErrorValue) else text(found)) == shown


def test_every_error_value_and_limit_is_named() -> None:
    assert [value.value for value in ErrorValue if f"`{value.value}`" not in WRITTEN] == []
    for limit in (MAX_CHARACTERS, parser.MAX_NODES, parser.MAX_DEPTH):
        assert f"{limit:,} " in WRITTEN
