"""Times of day."""

from __future__ import annotations

import pytest

from tests.formula.functions.evaluation import shown

CASES = [
    ("TIME(13,45,50)*86400", "49550"),
    ("TIME(27,0,0)", "0.125"),
    ("TIME(0,750,0)", "0.5208333333333333333333333333333333"),
    ("TIME(1,-10,0)*1440", "50"),
    ("TIME(-1,0,0)", "#NUM!"),
    ("TIME(32768,0,0)", "#NUM!"),
    ('HOUR("18:30")&MINUTE("18:30")', "1830"),
    ("HOUR({at})", "13"),
    ("SECOND({at})", "50"),
    ("HOUR(-1)", "#NUM!"),
    ('TEXT(NOW(),"yyyy-mm-dd hh:mm")', "2026-03-02 09:00"),
    # midnight in Shanghai is 16:00 of the day before in UTC
    ("TIMESTAMP(DATE(1970,1,1))", "-28800000"),
    ("TIMESTAMP({at})", "1709185550000"),
    ("ISBLANK(TIMESTAMP({empty}))", "TRUE"),
    ('TIMESTAMP("x")', "#VALUE!"),
]


@pytest.mark.parametrize(("formula", "expected"), CASES)
def test_times(formula: str, expected: str) -> None:
    assert shown(formula) == expected
