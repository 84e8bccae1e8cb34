"""Arithmetic: exact where it can be, to 15 digits where it cannot."""

from __future__ import annotations

import pytest

from tests.formula.functions.evaluation import shown

CASES = [
    ("MOD(-10,3)", "2"),
    ("MOD(10,-3)", "-2"),
    ("MOD(1,0.1)", "0"),
    ("MOD(5,0)", "#DIV/0!"),
    ("QUOTIENT(-10,3)", "-3"),
    ("POWER(1.05,10)", "1.62889462677744140625"),
    ("POWER(2,-2)", "0.25"),
    ("POWER(-8,1/3)", "#NUM!"),
    ("0^0", "#NUM!"),
    ("0^-1", "#DIV/0!"),
    ("POWER(98.6,3.2)", "2401077.22206958"),
    ("10^-308", "0"),
    ("1e-200*1e-200", "0"),
    ("1e-200/1e200", "0"),
    ("EXP(-800)", "0"),
    ("EXP(800)", "#NUM!"),
    ("EXP(1)", "2.71828182845905"),
    ("LN(0)", "#NUM!"),
    ("LOG(8,2)", "3"),
    ("LOG(1,1)", "#DIV/0!"),
    ("SQRT(2)", "1.414213562373095048801688724209698"),
    ("SQRT(-1)", "#NUM!"),
    ("DEGREES(PI())", "180"),
    ("RADIANS(180)", "3.14159265358979"),
    ("FACT(1.9)", "1"),
    ("FACT(-1)", "#NUM!"),
    ("FACT(171)", "#NUM!"),
    ("COMBIN(49,6)", "13983816"),
    ("COMBIN(1000000,2)", "499999500000"),
    ("COMBIN(3,5)", "#NUM!"),
    ("COMBIN(5,-0.5)", "#NUM!"),
    ('ABS("5")', "5"),
    ('ABS("x")', "#VALUE!"),
]


@pytest.mark.parametrize(("formula", "expected"), CASES)
def test_arithmetic(formula: str, expected: str) -> None:
    assert shown(formula) == expected
