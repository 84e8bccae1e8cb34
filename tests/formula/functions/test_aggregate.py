"""Aggregates: what counts in lists, in fields and among written values."""

from __future__ import annotations

import pytest

from tests.formula.functions.evaluation import shown

CASES = [
    ('SUM(1,"2",TRUE)', "4"),
    ("SUM({list.mixed})", "1"),
    # a field is a cell: its text and truth do not count
    ("SUM({t},1)", "1"),
    ("SUM({b},1)", "1"),
    ('SUM("a",1)', "#VALUE!"),
    ("SUM({empty},1)", "1"),
    ("SUM({list.number},{n})", "20.5"),
    ("SUM(1,1/0)", "#DIV/0!"),
    # an argument that is left out counts as 0
    ("AVERAGE(,2)", "1"),
    ("MIN(3,)", "0"),
    ("COUNT(1,,2)", "3"),
    ("COUNTA(,)", "2"),
    ("PRODUCT(2,)", "0"),
    ("AVERAGE({list.number})", "4.5"),
    ("AVERAGE({list.none})", "#DIV/0!"),
    ("MAX({list.none})", "0"),
    ("MAX({list.day})", "2024-06-01"),
    ("MIN({list.day},{d})", "2024-02-29"),
    ("MAX({list.day},99999)", "99999"),
    ("COUNT({list.mixed})", "1"),
    ('COUNT("5","x",TRUE,DATE(2024,1,1))', "3"),
    ("COUNT({t})", "0"),
    # errors are passed over by COUNT and counted by COUNTA
    ("COUNT(1/0,1)", "1"),
    ("COUNTA(1/0,1)", "2"),
    ("COUNTA({list.mixed})", "4"),
    ('COUNTA("")', "1"),
    ("COUNTBLANK({list.mixed})", "1"),
    ("PRODUCT({list.number})", "180"),
    ("PRODUCT({list.none})", "0"),
    ('SUMSQ(3,"4")', "25"),
    ("MEDIAN({list.number})", "3.5"),
    ("MEDIAN({list.none})", "#NUM!"),
    ("SUMPRODUCT({list.number},{list.number})", "114"),
    ("SUMPRODUCT({list.number},{list.none})", "#VALUE!"),
]


@pytest.mark.parametrize(("formula", "expected"), CASES)
def test_aggregates_count_what_excel_counts(formula: str, expected: str) -> None:
    assert shown(formula) == expected
