"""Loans and savings, to 15 digits."""

from __future__ import annotations

import pytest

from tests.formula.functions.evaluation import shown

CASES = [
    ("PMT(0.05/12,60,-10000)", "188.712336440109"),
    ("PMT(0.01,12,-1000,0,1)", "87.9690977013284"),
    ("PMT(0,10,-1000)", "100"),
    ("PMT(0.1,0,100)", "#NUM!"),
    ("FV(0.06/12,12,-100)", "1233.55623728999"),
    ("FV(0.06/12,12,-100,-1000,1)", "2301.40183034094"),
    ("FV(0,12,-100,-5)", "1205"),
    ("PV(0.08/12,240,500)", "-59777.145851188"),
    ("PV(-1,2,100)", "#DIV/0!"),
    ("NPER(0.01,-100,1000)", "10.5886444594232"),
    ("NPER(0,-100,1200)", "12"),
    ("NPER(0.1,-5,1000)", "#NUM!"),
    ("NPER(0.1,-100,1000)", "#NUM!"),
    ("NPV(0.1,-100,60,60)", "3.75657400450789"),
    ("NPV(-1,1)", "#DIV/0!"),
    ("NPV(0.1,UNION(-100,60.5))", "-40.9090909090909"),
    ("IRR(UNION(-70000,12000,15000,18000,21000,26000))", "0.0866309480365316"),
    ("IRR(UNION(-100,230,-132))", "0.1"),
    ("IRR(UNION(-100,230,-132),0.3)", "0.2"),
    ("IRR(UNION(1,2,3))", "#NUM!"),
    ("IRR(UNION(-100,60),-1)", "#VALUE!"),
    ("EFFECT(0.1,4.5)", "0.103812890625"),
    ("EFFECT(0,4)", "#NUM!"),
    ("EFFECT(0.1,0.9)", "#NUM!"),
    ("NOMINAL(0.1,4)", "0.0964547563377805"),
    ("SLN(30000,7500,10)", "2250"),
    ("SLN(1,2,0)", "#DIV/0!"),
]


@pytest.mark.parametrize(("formula", "expected"), CASES)
def test_money_over_time(formula: str, expected: str) -> None:
    assert shown(formula) == expected
