"""Criteria: operators, wildcards, days, emptiness; text compares case-sensitively."""

from __future__ import annotations

import pytest

from tests.formula.functions.evaluation import shown

CASES = [
    ('COUNTIF({list.number},">2")', "2"),
    ('COUNTIF({list.number},">=2")', "4"),
    ('COUNTIF({list.number},"<>2")', "3"),
    ("COUNTIF({list.number},2)", "2"),
    ('COUNTIF({list.number},"2")', "2"),
    ('COUNTIF({list.number},"!=2")', "3"),
    ('COUNTIF({list.number},"==2")', "2"),
    ("COUNTIF({list.mixed},2)", "1"),
    ("COUNTIF({list.mixed},TRUE)", "1"),
    ('COUNTIF({list.mixed},"TRUE")', "1"),
    ('COUNTIF({list.text},"a")', "1"),
    ('COUNTIF({list.text},"*器")', "2"),
    ('COUNTIF({list.text},"?器")', "0"),
    ('COUNTIF({list.text},"a~*")', "1"),
    ('COUNTIF({list.text},"<>a")', "4"),
    ('COUNTIF({list.text},"*")', "5"),
    ('COUNTIF({list.number},"*")', "0"),
    ('COUNTIF({list.day},">2024-05-15")', "3"),
    ("COUNTIF({list.day},DATE(2024,5,20))", "2"),
    ('COUNTIF({list.day},"<"&DATE(2024,5,20))', "1"),
    # nothing at all, nothing or an empty text, something
    ('COUNTIF({list.number},"=")', "1"),
    ('COUNTIF({list.number},"")', "1"),
    ('COUNTIF({list.number},"<>")', "4"),
    ("COUNTIF({list.number},{empty})", "0"),
    ('SUMIF({list.number},">2")', "14"),
    ('SUMIF({list.text},"*器",{list.number})', "7"),
    ('SUMIFS({list.number},{list.text},"*器",{list.number},">2")', "5"),
    ('AVERAGEIF({list.text},"*器",{list.number})', "3.5"),
    ('AVERAGEIF({list.text},"z",{list.number})', "#DIV/0!"),
    ('AVERAGEIFS({list.number},{list.number},"<9")', "3"),
    ('COUNTIFS({list.text},"*器",{list.number},">2")', "1"),
    ('MAXIFS({list.number},{list.text},"*器")', "5"),
    ('MINIFS({list.number},{list.text},"*器")', "2"),
    ('MAXIFS({list.number},{list.text},"z")', "0"),
    ("MAXIFS({list.day},{list.number},2)", "2024-05-20"),
]


@pytest.mark.parametrize(("formula", "expected"), CASES)
def test_criteria_choose_rows(formula: str, expected: str) -> None:
    assert shown(formula) == expected
