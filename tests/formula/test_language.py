"""The rules of the language: precedence, empty cells, conversions, errors, laziness, types, budgets."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.formula.check import compile_formula
from engine.formula.coercion import text
from engine.formula.environment import Environment
from engine.formula.functions import FUNCTIONS
from engine.formula.values import (
    BOOLEAN,
    DATE,
    NUMBER,
    TEXT,
    ErrorValue,
    FormulaBudgetExceeded,
    FormulaRejected,
    FormulaTooLarge,
    FormulaTypeError,
    FormulaValue,
    Kind,
    Result,
    UnknownFunction,
    UnknownReference,
)
from tests.formula.vectors import NOW, ZONE

SCOPE = {
    "n": NUMBER,
    "t": TEXT,
    "d": DATE,
    "b": BOOLEAN,
    "who": Kind("member"),
    "lines.amount": Kind("number", is_list=True),
    "lines.ok": Kind("boolean", is_list=True),
    "tags": Kind("option", is_list=True),
}


def evaluate(source: str, **values: FormulaValue) -> Result:
    given_values = {path: values.get(path.replace(".", "_")) for path in SCOPE}
    return compile_formula(source, SCOPE).evaluate(Environment(given_values.__getitem__, now=NOW, zone=ZONE))


def shown(result: Result) -> str:
    return result.value if isinstance(result, ErrorValue) else text(result)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("-2^2", "4"),
        ("2^3^2", "64"),
        ("1+2*3", "7"),
        ("50%*2", "1"),
        ("1&2+3", "15"),
        ("=1=1", "TRUE"),
        ("（1＋2）＊3", "9"),
        ("IF(FALSE,1/0,5)", "5"),
        ("AND(TRUE,1/0)", "#DIV/0!"),
        ('"3"*"4"', "12"),
        ('"a"+1', "#VALUE!"),
        ('"a"="A"', "FALSE"),
        ("0.1+0.2=0.3", "TRUE"),
        ("ROUND(1.005,2)&ROUND(-2.5,0)", "1.01-3"),
        ('LEN("𠮷")', "1"),
        ("IF(1=2,,3)", "3"),
        ("10^400*10^400", "#NUM!"),
        ("10^150*10^150", "1" + "0" * 300),
        ("1/3*3", "0.9999999999999999999999999999999999"),
    ],
)
def test_expressions_follow_the_rules(source: str, expected: str) -> None:
    assert shown(evaluate(source)) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("{n}+1", "1"),
        ("{n}=0", "TRUE"),
        ('{t}=""', "TRUE"),
        ("1/{n}", "#DIV/0!"),
        ("SUM({lines.amount})", "0"),
        ("AVERAGE({lines.amount})", "#DIV/0!"),
        ("MAX({lines.amount})", "0"),
        ("ISBLANK({d})", "TRUE"),
        ('CONTAINS({tags},"x")', "FALSE"),
        ("IF({b},1,2)", "2"),
    ],
)
def test_empty_fields_behave_like_empty_cells(source: str, expected: str) -> None:
    assert shown(evaluate(source)) == expected


DIGITS = "1234567890123456789012345678901234"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (f"ABS(-{DIGITS})", DIGITS),
        (f"INT({DIGITS[:33]}.5)", DIGITS[:33]),
        (f"ROUND({DIGITS},0)-1", "1234567890123456789012345678901233"),
        (f"MOD({DIGITS},1000)", "234"),
        (f"ROUND({DIGITS[:30]}.55,1)", f"{DIGITS[:30]}.6"),
        (f"TRUNC({DIGITS[:30]}.55,1)", f"{DIGITS[:30]}.5"),
    ],
)
def test_functions_keep_all_34_digits(source: str, expected: str) -> None:
    assert shown(evaluate(source)) == expected


def test_blank_rows_say_nothing_however_many_there_are() -> None:
    assert evaluate("AND({lines.ok})", lines_ok=(None, True)) is True
    assert evaluate("OR({lines.ok})", lines_ok=(None, False)) is False
    assert evaluate("AND({lines.ok})", lines_ok=(None,)) == evaluate("AND({lines.ok})", lines_ok=(None, None))
    assert evaluate("AND({b},TRUE)") is False


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('SEARCH("B*d","abcbxd")', "2"),
        ('SEARCH("?c","abc")', "2"),
        ('SEARCH("b?d*f","abcbxdef")', "4"),
        ('SEARCH("*c","abc")', "1"),
        ('SEARCH("","abc",4)', "4"),
        ('SEARCH("a*b","ab",2)', "#VALUE!"),
        ('SEARCH("ab?","ab")', "#VALUE!"),
        ('SEARCH("??","abc",2)', "2"),
        ('SEARCH("b","abab",3)', "4"),
        ('SEARCH("b","abab",0)', "#VALUE!"),
        ('SEARCH("b","abab",9)', "#VALUE!"),
    ],
)
def test_wildcards_are_found_as_early_as_they_can_be(source: str, expected: str) -> None:
    assert shown(evaluate(source)) == expected


def test_searching_takes_as_long_as_reading() -> None:
    # with a matcher that goes back this would take hours
    assert evaluate('SEARCH("*a*b*a*b*z",{t})', t="ab" * 16_000) is ErrorValue.VALUE
    with pytest.raises(FormulaBudgetExceeded):
        evaluate('SEARCH({t}&"?z",REPT("a",32000)&"z")', t="?a" * 5000)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("FIXED(1234.5,127)", "1,234.5" + "0" * 126),
        ("FIXED(1,128)", "#VALUE!"),
        ("FIXED(1,{n})", "#VALUE!"),
        ("FIXED(1.5,-{n})", "0"),
    ],
)
def test_fixed_text_has_a_bounded_length(source: str, expected: str) -> None:
    assert shown(evaluate(source, n=Decimal(999999999999))) == expected


def test_days_are_added_and_subtracted() -> None:
    day = date(2024, 1, 31)
    assert evaluate("{d}+1", d=day) == date(2024, 2, 1)
    assert evaluate("{d}-DATE(2024,1,1)", d=day) == Decimal(30)
    assert compile_formula("{d}+1", SCOPE).kind == DATE
    assert compile_formula("{d}-{d}", SCOPE).kind == NUMBER


def test_lists_are_summed_and_searched() -> None:
    assert evaluate("SUM({lines.amount})", lines_amount=(Decimal("1.1"), None, Decimal("2.2"))) == Decimal("3.3")
    assert evaluate('CONTAINS({tags},"x")', tags=("x", "y")) is True
    assert evaluate('CONTAINS({tags},"x")', tags=("xx",)) is False


@pytest.mark.parametrize(
    ("source", "error", "offset"),
    [
        ("{who}+1", FormulaTypeError, 0),
        ("{lines.amount}+1", FormulaTypeError, 0),
        ("1+ROUND({tags},2)", FormulaTypeError, 8),
        ("SUMM(1)", UnknownFunction, 0),
        ("1+{missing}", UnknownReference, 2),
        ("1+", FormulaRejected, 2),
        ("ROUND()", FormulaRejected, 0),
        ('"abc', FormulaRejected, 0),
    ],
)
def test_a_wrong_formula_names_the_place(source: str, error: type[FormulaRejected], offset: int) -> None:
    with pytest.raises(error) as caught:
        compile_formula(source, SCOPE)
    assert caught.value.offset == offset


@pytest.mark.parametrize(
    ("source", "english", "chinese"),
    [
        ("{n}/{n", "a closing } after the field", "字段后的 }"),
        ("数量*2", "a field in braces such as {qty}", "写在花括号中的字段"),
        ('"open', 'a closing "', '结束引号 "'),
        ("ABS({n}", "a comma or )", "逗号或 )"),
    ],
)
def test_a_formula_that_cannot_be_read_says_what_is_missing(source: str, english: str, chinese: str) -> None:
    with pytest.raises(FormulaRejected) as caught:
        compile_formula(source, SCOPE)
    assert english in caught.value.text("en")
    assert chinese in caught.value.text("zh-CN")


def test_a_similar_name_is_suggested() -> None:
    with pytest.raises(UnknownFunction) as caught:
        compile_formula("SUMM(1)", SCOPE)
    assert "SUM" in caught.value.text("en")
    assert "SUM" in caught.value.text("zh-CN")


def test_text_where_a_number_is_expected_is_a_warning() -> None:
    compiled = compile_formula("{t}*2", SCOPE)
    assert [(warned.offset, warned.expected) for warned in compiled.warnings] == [(0, "number")]
    assert compile_formula('"3"*2', SCOPE).warnings == ()


def test_a_condition_must_be_able_to_be_true() -> None:
    compile_formula("{n}>1", SCOPE).expect(BOOLEAN)
    with pytest.raises(FormulaTypeError):
        compile_formula("{n}+1", SCOPE).expect(BOOLEAN)


def test_clock_and_references_are_known() -> None:
    compiled = compile_formula("IF(TODAY()>{d},{n},0)", SCOPE)
    assert compiled.uses_clock
    assert compiled.references == {"d", "n"}


@pytest.mark.parametrize("source", ["(" * 80 + "1" + ")" * 80, "1" + "+1" * 2100, "1+" * 4001 + "1", "-" * 90 + "1"])
def test_oversized_formulas_are_refused(source: str) -> None:
    with pytest.raises(FormulaTooLarge):
        compile_formula(source, SCOPE)


def test_long_work_is_refused() -> None:
    rows = tuple(Decimal(1) for _ in range(500))
    source = f"SUM({','.join(['{lines.amount}'] * 250)})"
    with pytest.raises(FormulaBudgetExceeded):
        evaluate(source, lines_amount=rows)


def test_text_cannot_grow_without_bound() -> None:
    assert evaluate('REPT("x",1000000000)') is ErrorValue.VALUE
    assert evaluate('REPT(REPT("x",30000),30000)') is ErrorValue.VALUE


@given(st.text(max_size=60))
def test_any_text_is_either_a_formula_or_a_typed_rejection(source: str) -> None:
    try:
        compiled = compile_formula(source, SCOPE)
    except FormulaRejected as rejection:
        offset = rejection.offset
    else:
        offset = 0
        compiled.evaluate(Environment(lambda _path: None, now=NOW, zone=ZONE))
    assert 0 <= offset <= len(source)


@given(
    st.lists(
        st.sampled_from([*"+-*/^&=<>(),%", "{n}", "{t}", "{d}", '"x"', "1", "0", "IF(", "ROUND(", "TEXT(", "DATE("]),
        max_size=14,
    )
)
def test_likely_text_is_either_a_formula_or_a_typed_rejection(parts: list[str]) -> None:
    try:
        compiled = compile_formula("".join(parts), SCOPE)
    except FormulaRejected:
        return
    known: dict[str, FormulaValue] = {"n": Decimal(7), "t": "x", "d": date(2024, 2, 29)}
    result = compiled.evaluate(Environment(known.__getitem__, now=NOW, zone=ZONE))
    assert compiled.kind is not None
    assert not isinstance(result, float)


@given(st.decimals(-(10**9), 10**9, places=4), st.decimals(-(10**9), 10**9, places=4))
def test_sums_are_exact(first: Decimal, second: Decimal) -> None:
    compiled = compile_formula("{a}+{b}-{b}={a}", {"a": NUMBER, "b": NUMBER})
    assert compiled.evaluate(Environment({"a": first, "b": second}.__getitem__, now=NOW, zone=ZONE)) is True


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_every_function_is_explained_by_an_example_that_holds(name: str) -> None:
    function = FUNCTIONS[name]
    assert function.help.zh
    assert function.help.en
    assert shown(evaluate(function.help.example)) == function.help.result
