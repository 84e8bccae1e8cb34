"""Reading numbers out of texts and writing them by formats."""

from __future__ import annotations

import pytest

from tests.formula.functions.evaluation import shown

CASES = [
    ('VALUE("1,234.5")', "1234.5"),
    ('VALUE("12%")', "0.12"),
    ('VALUE("$1,000")', "1000"),
    ('VALUE("¥-5")', "-5"),
    ('VALUE("(5)")', "-5"),
    ('VALUE("16:48")', "0.7"),
    ('VALUE("6:00 PM")', "0.75"),
    ('VALUE("13:00 PM")', "#VALUE!"),
    ('VALUE("12:60")', "#VALUE!"),
    ('VALUE("2024-01-05 12:00")', "45296.5"),
    ('VALUE("2024-02-30")', "#VALUE!"),
    ('VALUE("1.2.3")', "#VALUE!"),
    ('VALUE("--5")', "#VALUE!"),
    ('VALUE("")', "#VALUE!"),
    ("VALUE({at})", "45351.57349537037037037037037037037"),
    ("VALUE(TRUE)", "#VALUE!"),
    ('"12:00"+1', "1.5"),
    ('NUMBERVALUE("2.500,27",",",".")', "2500.27"),
    ('NUMBERVALUE(" 1 000 ")', "1000"),
    ('NUMBERVALUE("9%%")', "0.0009"),
    ('NUMBERVALUE("")', "0"),
    ('NUMBERVALUE("1.2.3")', "#VALUE!"),
    ('NUMBERVALUE("1,5",",",",")', "#VALUE!"),
    ("FIXED(1234.567,-2)", "1,200"),
    ("FIXED(-1234.567,1,TRUE)", "-1234.6"),
    ("FIXED(-0.001)", "0.00"),
    ('T(1)&T("x")', "x"),
    ('N("5")', "0"),
    ("N({d})", "45351"),
    ("N(TRUE)", "1"),
]


@pytest.mark.parametrize(("formula", "expected"), CASES)
def test_numbers_and_texts_become_each_other(formula: str, expected: str) -> None:
    assert shown(formula) == expected
