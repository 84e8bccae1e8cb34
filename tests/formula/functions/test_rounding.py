"""Rounding to places and to multiples: signs, halves, negative places."""

from __future__ import annotations

import pytest

from tests.formula.functions.evaluation import shown

CASES = [
    ("ROUND(1.005,2)", "1.01"),
    ("ROUND(-2.5,0)", "-3"),
    ("ROUND(626.3,-3)", "1000"),
    ("ROUND(1.2345,2.9)", "1.23"),
    ("ROUND(5,-400)", "0"),
    ("ROUNDUP(-2.1,0)", "-3"),
    ("ROUNDDOWN(-2.9,0)", "-2"),
    ("TRUNC(-8.987,2)", "-8.98"),
    ("INT(-2.5)", "-3"),
    ("CEILING(4.1,2)", "6"),
    ("CEILING(-4.1,2)", "-4"),
    ("CEILING(-4.1,-2)", "-6"),
    ("CEILING(4.1,-2)", "#NUM!"),
    ("CEILING(4.1,0)", "0"),
    ("FLOOR(7.7,0.24)", "7.68"),
    ("FLOOR(-2.5,2)", "-4"),
    ("FLOOR(-2.5,-2)", "-2"),
    ("FLOOR(2.5,-2)", "#NUM!"),
    ("FLOOR(2.5,0)", "#DIV/0!"),
    ("MROUND(10,3)", "9"),
    ("MROUND(2.675,0.05)", "2.7"),
    ("MROUND(-10,-3)", "-9"),
    ("MROUND(5,-2)", "#NUM!"),
    ("MROUND(5,0)", "0"),
    ("EVEN(-1)", "-2"),
    ("EVEN(0)", "0"),
    ("ODD(0)", "1"),
    ("ODD(-2)", "-3"),
]


@pytest.mark.parametrize(("formula", "expected"), CASES)
def test_numbers_are_rounded(formula: str, expected: str) -> None:
    assert shown(formula) == expected
