"""Single characters."""

from __future__ import annotations

import pytest

from tests.formula.functions.evaluation import shown

CASES = [
    ("CHAR(65.9)", "A"),
    ("CHAR(0)", "#VALUE!"),
    ("CHAR(256)", "#VALUE!"),
    ("UNICHAR(134071)", "𠮷"),
    ("UNICHAR(55296)", "#VALUE!"),
    ("UNICHAR(1114112)", "#VALUE!"),
    ('CODE("𠮷a")', "134071"),
    ('CODE("")', "#VALUE!"),
    ('CLEAN("a"&CHAR(7)&"b"&CHAR(10))', "ab"),
    ('PROPER("2-way street")', "2-Way Street"),
    ('PROPER("o\'NEIL 76BudGet")', "O'Neil 76Budget"),
    ('PROPER("项目abc")', "项目abc"),
]


@pytest.mark.parametrize(("formula", "expected"), CASES)
def test_characters_have_codes(formula: str, expected: str) -> None:
    assert shown(formula) == expected
