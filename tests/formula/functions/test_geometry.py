"""Distances on the earth."""

from __future__ import annotations

import pytest

from tests.formula.functions.evaluation import shown

CASES = [
    ("DISTANCE(31.23,121.47,31.23,121.47)", "0"),
    ("DISTANCE(0,0,0,180)", "20015114.44"),
    ("DISTANCE(90,0,-90,77)", "20015114.44"),
    ("DISTANCE(31.23,121.47,39.9,116.4)", "1067078.95"),
    ("DISTANCE(0,179.5,0,-179.5)", "111195.08"),
    ("DISTANCE(91,0,0,0)", "#NUM!"),
    ("DISTANCE(0,181,0,0)", "#NUM!"),
]


@pytest.mark.parametrize(("formula", "expected"), CASES)
def test_distances(formula: str, expected: str) -> None:
    assert shown(formula) == expected
