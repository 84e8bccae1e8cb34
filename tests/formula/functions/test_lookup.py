"""Picking out of lists and alternatives."""

from __future__ import annotations

import pytest

from tests.formula.functions.evaluation import shown

CASES = [
    ('CHOOSE(2.9,"a","b")', "b"),
    ('CHOOSE(0,"a")', "#VALUE!"),
    ('CHOOSE(1,"a",1/0)', "a"),
    ("INDEX({list.number},3)", "9"),
    ("INDEX({list.number},-1)", "2"),
    ("INDEX({list.number},6)", "#REF!"),
    ("INDEX({list.number},0)", "#VALUE!"),
    ("INDEX({list.number},1,2)", "#REF!"),
    ("INDEX({list.text},MATCH(9,{list.number},0))", "a"),
    ('MATCH("A",{list.text},0)', "4"),
    ('MATCH("显*",{list.text},0)', "2"),
    ('MATCH("a~*",{list.text},0)', "5"),
    ('MATCH("z",{list.text},0)', "#N/A"),
    ('MATCH("2",{list.number},0)', "#N/A"),
    ("MATCH({empty},{list.number},0)", "#N/A"),
    ("MATCH(DATE(2024,5,20),{list.day},0)", "3"),
    ("MATCH(6,UNION(1,3,5,7))", "3"),
    ("MATCH(0,UNION(1,3,5,7))", "#N/A"),
    ("MATCH(9,UNION(1,3,5,7))", "4"),
    ("MATCH(4,UNION(7,5,3,1),-1)", "2"),
    ("MATCH(8,UNION(7,5,3,1),-1)", "#N/A"),
    ('MAPX("first",2,{list.number},{list.text})', "显示器"),
    ('MAPX("last",2,{list.number},{list.day})', "2024-05-20"),
    ('MAPX("sum","a",{list.text},{list.number})', "9"),
    ('MAPX("AVG",2,{list.number},{list.number})', "2"),
    ('MAPX("max",7,{list.number},{list.number})', "0"),
    ('MAPX("avg",7,{list.number},{list.number})', "#DIV/0!"),
    ('MAPX("count",2,{list.number},{list.text})', "2"),
    ('ISBLANK(MAPX("first",7,{list.number},{list.number}))', "TRUE"),
    ('MAPX("count",{empty},{list.number},{list.number})', "0"),
    ('MAPX("mode",2,{list.number},{list.text})', "#VALUE!"),
    ('MAPX("sum",2,{list.number},{list.none})', "#VALUE!"),
    ('JOIN(UNION({list.number},9,"9"),"-")', "5-2-9-9"),
]


@pytest.mark.parametrize(("formula", "expected"), CASES)
def test_values_are_found(formula: str, expected: str) -> None:
    assert shown(formula) == expected
