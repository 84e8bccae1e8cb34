"""Formats of TEXT: sections, digits, percents, exponents, days and times."""

from __future__ import annotations

import pytest

from tests.formula.functions.evaluation import shown

CASES = [
    ('TEXT(1234567.891,"#,##0.00")', "1,234,567.89"),
    ('TEXT(12,"0,000")', "0,012"),
    ('TEXT(0.256,"0.0%")', "25.6%"),
    ('TEXT(7,"000")', "007"),
    ('TEXT(0,"#")', ""),
    ('TEXT(12.3,".00")', "12.30"),
    ('TEXT(-0.5,".00")', "-.50"),
    ('TEXT(12,".#")', "12"),
    ('TEXT(0.2447,".0%")', "24.5%"),
    ('TEXT(1234.5,"#,##0.0#")', "1,234.5"),
    ('TEXT(13812345678,"000-0000-0000")', "138-1234-5678"),
    ('TEXT(1234567,"#,##0.0,")', "1,234.6"),
    ('TEXT(1234567,"0.0,,")', "1.2"),
    ('TEXT(12345.678,"0.00E+00")', "1.23E+04"),
    ('TEXT(12345.678,"##0.0E+0")', "12.3E+3"),
    ('TEXT(9.999,"0.0E-0")', "1.0E1"),
    ('TEXT(0,"0.0E+00")', "0.0E+00"),
    ('TEXT(-1234.5,"#,##0;(#,##0)")', "(1,235)"),
    ('TEXT(0,"0;-0;零")', "零"),
    ('TEXT(-5,"0;;")', ""),
    ('TEXT(-0.001,"0.00")', "0.00"),
    ('TEXT(5,"0 ""个""")', "5 个"),
    ('TEXT(5,"\\a0")', "a5"),
    ('TEXT(3,"[红色]0_)")', "3 "),
    ('TEXT(1234.5,"[$¥-804]#,##0.00")', "¥1,234.50"),
    ('TEXT(5,"")', ""),
    ('TEXT("abc","@!")', "abc!"),
    ('TEXT("abc","0;0;0;<@>")', "<abc>"),
    ('TEXT("abc","0")', "abc"),
    ('TEXT(TRUE,"0")', "TRUE"),
    ('TEXT(12,"G/通用格式")', "12"),
    ('TEXT({d},"yyyy年m月d日")', "2024年2月29日"),
    ('TEXT({d},"yy/mm/dd")', "24/02/29"),
    ('TEXT({d},"mmm d, yyyy")', "Feb 29, 2024"),
    ('TEXT({d},"aaaa")', "星期四"),
    ('TEXT({d},"dddd")', "Thursday"),
    ('TEXT({at},"hh:mm:ss")', "13:45:50"),
    ('TEXT({at},"h:mm AM/PM")', "1:45 PM"),
    ('TEXT({at},"上午/下午h时mm分")', "下午1时45分"),
    ('TEXT({at},"m/d h:m")', "2/29 13:45"),
    ('TEXT(1.5,"[h]:mm")', "36:00"),
    ('TEXT(1/24,"[mm]")', "60"),
    ('TEXT(0.00001,"s.00")', "0.86"),
    ('TEXT({d},"0")', "45351"),
    ('TEXT("2024-02-09","yyyy/m/d")', "2024/2/9"),
    ('TEXT(1,REPT("0",256))', "#VALUE!"),
]


@pytest.mark.parametrize(("formula", "expected"), CASES)
def test_formats_write_values(formula: str, expected: str) -> None:
    assert shown(formula) == expected
