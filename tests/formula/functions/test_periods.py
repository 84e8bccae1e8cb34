"""Between days, and weeks."""

from __future__ import annotations

import pytest

from tests.formula.functions.evaluation import shown

CASES = [
    ("WEEKDAY({d})", "5"),
    ("WEEKDAY({d},2)", "4"),
    ("WEEKDAY({d},3)", "3"),
    ("WEEKDAY({d},14)", "1"),
    ("WEEKDAY({d},4)", "#NUM!"),
    ("WEEKNUM(DATE(2024,12,31))", "53"),
    ("WEEKNUM(DATE(2024,12,29),2)", "52"),
    ("WEEKNUM(DATE(2024,12,31),21)", "1"),
    ("WEEKNUM({d},3)", "#NUM!"),
    ("ISOWEEKNUM(DATE(2021,1,3))", "53"),
    ('DAYS("2024-03-01","2024-02-01")', "29"),
    ('DATEDIF(DATE(2023,1,31),DATE(2023,3,1),"MD")', "-2"),
    ('DATEDIF(DATE(2023,12,25),DATE(2024,1,5),"MD")', "11"),
    ('DATEDIF(DATE(2024,2,29),DATE(2025,2,28),"Y")', "0"),
    ('DATEDIF(DATE(2024,2,29),DATE(2025,2,28),"YD")', "365"),
    ('DATEDIF(DATE(2024,1,1),DATE(2025,3,5),"ym")', "2"),
    ('DATEDIF(DATE(2024,1,1),{at},"h")', "1429"),
    ('DATEDIF(DATE(2024,1,1),DATE(2024,1,2),"m")', "1440"),
    ('DATEDIF(DATE(2024,1,1),DATE(2024,3,1),"M")', "2"),
    ('DATEDIF(DATE(2024,1,2),DATE(2024,1,1),"D")', "#NUM!"),
    ('DATEDIF(1,2,"X")', "#NUM!"),
    ("DAYS360(DATE(2024,1,1),DATE(2024,12,31))", "360"),
    ("DAYS360(DATE(2024,1,1),DATE(2024,12,31),TRUE)", "359"),
    ("DAYS360(DATE(2024,2,29),DATE(2024,3,31))", "30"),
    ("DAYS360(DATE(2024,1,30),DATE(2024,2,29))", "29"),
    ("YEARFRAC(DATE(2024,1,1),DATE(2024,7,1),1)*366", "182"),
    ("YEARFRAC(DATE(2023,3,1),DATE(2024,2,28),1)*365", "364"),
    ("ROUND(YEARFRAC(DATE(2020,1,1),DATE(2024,1,1),1),6)", "3.998358"),
    ("ROUND(YEARFRAC(DATE(2024,2,29),DATE(2024,3,31)),6)", "0.086111"),
    ("YEARFRAC(DATE(2024,7,1),DATE(2024,1,1),2)*360", "182"),
    ("YEARFRAC(DATE(2024,1,1),DATE(2024,12,31),4)*360", "359"),
    ("YEARFRAC(1,2,5)", "#NUM!"),
]


@pytest.mark.parametrize(("formula", "expected"), CASES)
def test_periods(formula: str, expected: str) -> None:
    assert shown(formula) == expected
