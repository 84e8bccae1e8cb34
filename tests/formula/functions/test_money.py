"""Amounts in Chinese capitals."""

from __future__ import annotations

import pytest

from tests.formula.functions.evaluation import shown

CASES = [
    ("UPPERMONEY(0)", "零元整"),
    ("UPPERMONEY(0.05)", "伍分"),
    ("UPPERMONEY(0.004)", "零元整"),
    ("UPPERMONEY(0.995)", "壹元整"),
    ("UPPERMONEY(1.05)", "壹元零伍分"),
    ("UPPERMONEY(10.5)", "壹拾元伍角"),
    ("UPPERMONEY(1010)", "壹仟零壹拾元整"),
    ("UPPERMONEY(10001)", "壹万零壹元整"),
    ("UPPERMONEY(100100)", "壹拾万零壹佰元整"),
    ("UPPERMONEY(100000000)", "壹亿元整"),
    ("UPPERMONEY(100000001)", "壹亿零壹元整"),
    ("UPPERMONEY(1000010000)", "壹拾亿零壹万元整"),
    ("UPPERMONEY(123456789012.34)", "壹仟贰佰叁拾肆亿伍仟陆佰柒拾捌万玖仟零壹拾贰元叁角肆分"),
    ("UPPERMONEY(-1234.5)", "负壹仟贰佰叁拾肆元伍角"),
    ("UPPERMONEY(10^12)", "壹万亿元整"),
    ("UPPERMONEY(8350080288493)", "捌万叁仟伍佰亿捌仟零贰拾捌万捌仟肆佰玖拾叁元整"),
    ("UPPERMONEY(9200004700552)", "玖万贰仟亿零肆佰柒拾万零伍佰伍拾贰元整"),
    ("UPPERMONEY(10^16)", "#NUM!"),
]


@pytest.mark.parametrize(("formula", "expected"), CASES)
def test_amounts_in_capitals(formula: str, expected: str) -> None:
    assert shown(formula) == expected
