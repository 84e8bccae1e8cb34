"""Text functions: positions count code points."""

from __future__ import annotations

import pytest

from tests.formula.functions.evaluation import shown

CASES = [
    ('LEN("𠮷野")', "2"),
    ('LEFT("𠮷野家",1)', "𠮷"),
    ('LEFT("abc",2.9)', "ab"),
    ('LEFT("abc",-1)', "#VALUE!"),
    ('LEFT("abc",)', ""),
    ('RIGHT("abc",0)', ""),
    ('MID("abc",2.9,1.9)', "b"),
    ('MID("abc",0,1)', "#VALUE!"),
    ('MID("abc",9,1)', ""),
    ('UPPER("aß")', "ASS"),
    ('TRIM("  a   b ")', "a b"),
    ("CONCAT({list.mixed})", "12TRUEabc"),
    ('TEXTJOIN("-",TRUE,{list.mixed},"z")', "1-2-TRUE-abc-z"),
    ('TEXTJOIN("-",FALSE,{list.mixed},"z")', "1-2-TRUE-abc--z"),
    ('FIND("b","abcb",3)', "4"),
    ('FIND("B","abc")', "#VALUE!"),
    ('FIND("","abc")', "1"),
    ('SEARCH("B?","abc")', "2"),
    ('SEARCH("~*","a*c")', "2"),
    ('SEARCH("~?","abc")', "#VALUE!"),
    ('SEARCH("~~","a~c")', "2"),
    ('SEARCH("b*d","abcd")', "2"),
    ('SUBSTITUTE("a-a-a","-",":",2)', "a-a:a"),
    ('SUBSTITUTE("abc","","x")', "abc"),
    ('SUBSTITUTE("a-a","-",":",0)', "#VALUE!"),
    ('REPLACE("abc",2,0,"+")', "a+bc"),
    ('REPLACE("abc",9,1,"x")', "abcx"),
    ('REPT("ab",1.9)', "ab"),
    ('REPT("a",-1)', "#VALUE!"),
    ('EXACT(1,"1")', "TRUE"),
]


@pytest.mark.parametrize(("formula", "expected"), CASES)
def test_texts_are_cut_and_joined(formula: str, expected: str) -> None:
    assert shown(formula) == expected
