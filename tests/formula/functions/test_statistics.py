"""Order and spread of lists."""

from __future__ import annotations

import pytest

from tests.formula.functions.evaluation import shown

CASES = [
    ("LARGE({list.number},1)", "9"),
    ("LARGE({list.number},2)", "5"),
    ("LARGE({list.number},4)", "2"),
    ("LARGE({list.number},5)", "#NUM!"),
    ("LARGE({list.number},0)", "#NUM!"),
    ("LARGE({list.number},1.9)", "9"),
    ("SMALL({list.number},3)", "5"),
    ("SMALL({list.day},1)", "2024-05-10"),
    ("LARGE({list.mixed},1)", "1"),
    ("RANK(5,{list.number})", "2"),
    ("RANK(2,{list.number})", "3"),
    ("RANK(2,{list.number},1)", "1"),
    ("RANK(7,{list.number})", "#N/A"),
    ("VAR({list.number})", "11"),
    ("VAR.P({list.number})", "8.25"),
    ("VAR(1)", "#DIV/0!"),
    ("VARP(5)", "0"),
    ("VARP({list.none})", "#DIV/0!"),
    ("STDEV(1,2,3,4)", "1.29099444873581"),
    ("STDEV.P(1,2,3,4)", "1.11803398874989"),
    ("GEOMEAN(4,9)", "6"),
    ("GEOMEAN(0,1)", "#NUM!"),
    ("HARMEAN(1,2,4)", "1.71428571428571"),
    ("HARMEAN({list.none})", "#NUM!"),
]


@pytest.mark.parametrize(("formula", "expected"), CASES)
def test_lists_are_ordered_and_measured(formula: str, expected: str) -> None:
    assert shown(formula) == expected
