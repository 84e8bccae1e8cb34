"""Conditions, errors and what a value is."""

from __future__ import annotations

import pytest

from tests.formula.functions.evaluation import shown

CASES = [
    ('IF("TRUE",1,2)', "1"),
    ('IF("abc",1,2)', "#VALUE!"),
    ("IF({d},1,2)", "1"),
    ("IF(FALSE,1)", "FALSE"),
    ("IFS(FALSE,1)", "#N/A"),
    ('SWITCH("a","A",1,2)', "2"),
    ('SWITCH(3,1,"a")', "#N/A"),
    ("IFNA(1/0,2)", "#DIV/0!"),
    # texts of a list or of a field do not count, and neither does what is empty
    ("AND({list.mixed})", "TRUE"),
    ("AND({t},TRUE)", "TRUE"),
    ('AND("x",TRUE)', "#VALUE!"),
    ("AND({empty},TRUE)", "TRUE"),
    ("AND({empty},{empty})", "#VALUE!"),
    ("OR({empty},FALSE)", "FALSE"),
    ("OR({empty})", "#VALUE!"),
    ("XOR({empty},TRUE)", "TRUE"),
    ("AND(TRUE,)", "FALSE"),
    ("OR({list.none})", "#VALUE!"),
    ("XOR(TRUE,TRUE,TRUE)", "TRUE"),
    ("NOT({d})", "FALSE"),
    ("ISBLANK(1/0)", "FALSE"),
    ("ISBLANK({empty})", "TRUE"),
    ("ISEMPTY({list.none})", "FALSE"),
    ("ISERR(NA())", "FALSE"),
    ("ISNUMBER({d})", "TRUE"),
    ("ISEVEN(-2.9)", "TRUE"),
    ("ISODD(TRUE)", "#VALUE!"),
]


@pytest.mark.parametrize(
    ("formula", "expected"), [("AND({b},TRUE)", "FALSE"), ("OR({b})", "FALSE"), ("XOR({b},TRUE)", "TRUE")]
)
def test_a_yes_or_no_that_nobody_answered_is_no(formula: str, expected: str) -> None:
    assert shown(formula, b=None) == expected


@pytest.mark.parametrize(("formula", "expected"), CASES)
def test_conditions(formula: str, expected: str) -> None:
    assert shown(formula) == expected
