"""Days made, taken apart and moved."""

from __future__ import annotations

import pytest

from tests.formula.functions.evaluation import shown

CASES = [
    ("DATE(2024,14,35)", "2025-03-07"),
    ("DATE(2024,0,0)", "2023-11-30"),
    ("DATE(108,1,2)", "2008-01-02"),
    ("DATE(-1,1,1)", "#NUM!"),
    ("DATE(10000,1,1)", "#NUM!"),
    ('DATEVALUE("2024-01-05 12:00")', "2024-01-05"),
    ('DATEVALUE("2024年1月5日")', "2024-01-05"),
    ('DATEVALUE("45296")', "#VALUE!"),
    # day 0 is 1899-12-30: from 1 March 1900 on serial numbers are Excel's; there was no 29 February 1900
    ("DATE(1900,3,1)*1", "61"),
    ("DATE(1900,2,28)+1", "1900-03-01"),
    ("DAY(0)", "30"),
    ("DAY(-1)", "#NUM!"),
    ("YEAR(2958465)", "9999"),
    ('DAY("2024-01-05")', "5"),
    ("EDATE(DATE(2024,1,31),1.9)", "2024-02-29"),
    ("EDATE(DATE(2024,3,31),-13)", "2023-02-28"),
    ("EOMONTH({d},0)", "2024-02-29"),
    ("{d}+1", "2024-03-01"),
    ("{d}+0.5", "2024-02-29 12:00:00"),
    ("{d}+TIME(9,30,0)", "2024-02-29 09:30:00"),
    ("{d}-DATE(2024,1,1)", "59"),
    ("DATEDELTA({d},-60)", "2023-12-31"),
    ("NETWORKDAYS(DATE(2024,1,7),DATE(2024,1,1))", "-5"),
    ("NETWORKDAYS(DATE(2024,1,1),DATE(2024,1,10),DATE(2024,1,3))", "7"),
    ("NETWORKDAYS({d},{d},{list.day})", "1"),
    ("WORKDAY(DATE(2024,1,5),1,DATE(2024,1,8))", "2024-01-09"),
    ("WORKDAY(DATE(2024,1,6),0)", "2024-01-06"),
    ("WORKDAY(DATE(2024,1,8),-1)", "2024-01-05"),
]


@pytest.mark.parametrize(("formula", "expected"), CASES)
def test_days(formula: str, expected: str) -> None:
    assert shown(formula) == expected
