"""Numbers in other bases, Roman numerals, divisors."""

from __future__ import annotations

import pytest

from tests.formula.functions.evaluation import shown

CASES = [
    ("BASE(255,16,4)", "00FF"),
    ("BASE(7.9,2)", "111"),
    ("BASE(0,2)", "0"),
    ("BASE(-1,2)", "#NUM!"),
    ("BASE(7,37)", "#NUM!"),
    ('DECIMAL("zz",36)', "1295"),
    ('DECIMAL("12",2)', "#NUM!"),
    ('DECIMAL("",10)', "0"),
    ("ROMAN(0)", ""),
    ("ROMAN(499)", "CDXCIX"),
    ("ROMAN(499,1)", "LDVLIV"),
    ("ROMAN(499,2)", "XDIX"),
    ("ROMAN(499,3)", "VDIV"),
    ("ROMAN(499,4)", "ID"),
    ("ROMAN(4000)", "#VALUE!"),
    ("GCD(24.9,36)", "12"),
    ("GCD(5,0)", "5"),
    ("GCD(-4,2)", "#NUM!"),
    ("GCD({t},10)", "5"),
    ("GCD({list.none})", "0"),
    ("LCM(4,6)", "12"),
    ("LCM(5,0)", "0"),
    ("LCM({empty},4)", "0"),
    ("GCD({empty},4)", "4"),
    ("LCM(2^52+1,2^52-1)", "#NUM!"),
]


@pytest.mark.parametrize(("formula", "expected"), CASES)
def test_numbers_are_written_in_other_ways(formula: str, expected: str) -> None:
    assert shown(formula) == expected
