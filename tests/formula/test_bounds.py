"""No formula and no value takes long, much memory or a deep stack: what would is refused or an error value."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from engine.formula.check import compile_formula
from engine.formula.environment import Environment
from engine.formula.values import (
    NUMBER,
    TEXT,
    ErrorValue,
    FormulaBudgetExceeded,
    FormulaRejected,
    FormulaTooLarge,
    Kind,
    Result,
)

SCOPE = {"text": TEXT, "pattern": TEXT, "n": NUMBER}
# frames of a server around the evaluation, generously
DEEP = 150


def evaluate(source: str, **values: str) -> Result:
    env = Environment(values.__getitem__, now=datetime(2026, 1, 1, tzinfo=UTC), zone=ZoneInfo("UTC"))
    return compile_formula(source, SCOPE).evaluate(env)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('LEFT("abc",VALUE({text}))', ErrorValue.VALUE),
        ("{text}+1", ErrorValue.VALUE),
        ("10^307*10", ErrorValue.NUM),
        ("EDATE(DATE(2024,1,1),10^300)", ErrorValue.NUM),
        ("DATE(2024,1,1)+10^300", ErrorValue.NUM),
        ("DATE(10^300,1,1)", ErrorValue.NUM),
        ("WORKDAY(DATE(2024,1,1),10^300)", ErrorValue.NUM),
        ("COMBIN(10^300,2)", ErrorValue.NUM),
        ('REPT("a",10^300)', ErrorValue.VALUE),
        ("ISODD(10^300)", False),
        ('MID("abc",1,10^307)', "abc"),
        ("LEN(FIXED(10^307,0))", 410),
        ("COMBIN(2^31-1,10^9)", ErrorValue.NUM),
        ("FACT(10^300)", ErrorValue.NUM),
        ("BASE(10^300,2)", ErrorValue.NUM),
        ('DECIMAL(REPT("z",256),36)', ErrorValue.NUM),
        ('DECIMAL(REPT("z",255),36)', ErrorValue.NUM),
        ("ROUND(10^307,-(10^300))", 0),
        ("TIME(10^300,0,0)", ErrorValue.NUM),
        ("POWER(1.0000001,10^15)", ErrorValue.NUM),
        ("POWER(0.5,10^15)", 0),
        ("PMT(0.1,10^15,1)", ErrorValue.NUM),
        ('LEN(TEXT(10^307,"#,##0"))', 410),
        ("LARGE(UNION(1,2),10^300)", ErrorValue.NUM),
        ("INDEX(UNION(1,2),-(10^300))", ErrorValue.REF),
    ],
)
def test_numbers_stay_below_ten_to_the_308th(source: str, expected: Result) -> None:
    assert evaluate(source, text="1e999999") == expected


@pytest.mark.parametrize("literal", ["1e308", "1e999999", "1e99999999999999999999"])
def test_a_literal_beyond_is_refused_where_it_stands(literal: str) -> None:
    with pytest.raises(FormulaRejected) as refused:
        compile_formula(f"1+{literal}", SCOPE)
    assert refused.value.offset == 2


@pytest.mark.parametrize(
    "source",
    [
        'LEN(SUBSTITUTE(REPT("a",32000),"a",REPT("b",32000)))',
        'LEN(JOIN(SPLIT(REPT("a",32000),"a"),REPT("b",32000)))',
        'LEN(TEXTJOIN(REPT("b",32000),FALSE,SPLIT(REPT("a",32000),"a")))',
        'LEN(CONCAT(SPLIT(REPT("a,",16000),","),REPT("b",32000),REPT("c",32000)))',
    ],
)
def test_a_text_that_is_too_long_is_not_even_made(source: str) -> None:
    tracemalloc.start()
    assert evaluate(source) == ErrorValue.VALUE
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 8_000_000


def test_many_logarithms_are_beyond_the_budget() -> None:
    rows = tuple(Decimal(row + 1) for row in range(500))
    scope = {"rows": Kind("number", is_list=True)}
    source = f"GEOMEAN({','.join(['{rows}'] * 12)})"
    env = Environment({"rows": rows}.__getitem__, now=datetime(2026, 1, 1, tzinfo=UTC), zone=ZoneInfo("UTC"))
    with pytest.raises(FormulaBudgetExceeded):
        compile_formula(source, scope).evaluate(env)


def test_a_rate_of_return_is_looked_for_within_the_budget() -> None:
    # no rate makes the worth of these 0, so that all rounds are used up
    rows = (Decimal(-1), Decimal(1), Decimal(-1)) * 400
    scope = {"rows": Kind("number", is_list=True)}
    env = Environment({"rows": rows}.__getitem__, now=datetime(2026, 1, 1, tzinfo=UTC), zone=ZoneInfo("UTC"))
    with pytest.raises(FormulaBudgetExceeded):
        compile_formula("IRR({rows})", scope).evaluate(env)


def test_formulas_with_budgets_of_their_own_share_one_for_all() -> None:
    scope, known = {"rows": Kind("number", is_list=True)}, {"rows": (Decimal(1),) * 100}
    total = compile_formula("SUM({rows})", scope)
    now, zone = datetime(2026, 1, 1, tzinfo=UTC), ZoneInfo("UTC")
    env = Environment(known.__getitem__, now=now, zone=zone, steps=150, in_all=250)
    for _ in range(2):
        env.look_in(known.__getitem__)
        assert total.evaluate(env) == Decimal(100)
    env.look_in(known.__getitem__)
    with pytest.raises(FormulaBudgetExceeded) as all_of_them:
        total.evaluate(env)
    assert all_of_them.value.params == {"limit": 250}
    env = Environment(known.__getitem__, now=now, zone=zone, steps=99, in_all=250)
    with pytest.raises(FormulaBudgetExceeded) as one:
        total.evaluate(env)
    assert one.value.params == {"limit": 99}


def test_long_texts_count_where_functions_are_given_them() -> None:
    source = "+".join(['LEN(SUBSTITUTE({text},{pattern},""))'] * 60)
    assert evaluate(source, text="a" * 20, pattern="b") == Decimal(1200)
    with pytest.raises(FormulaBudgetExceeded):
        evaluate(source, text="a" * 32_000, pattern="b")


def test_a_search_is_not_repeated_from_every_place() -> None:
    assert evaluate("SEARCH({pattern},{text})", text="a" * 10_000, pattern="*a" * 3000 + "b") == ErrorValue.VALUE


@pytest.mark.parametrize("call", ["COUNTIF({text},{pattern})", "MATCH({pattern},{text},0)"])
def test_a_criterion_of_many_wildcards_is_matched_within_the_budget(call: str) -> None:
    with pytest.raises(FormulaBudgetExceeded):
        evaluate(call, text="a" * 4000 + "c", pattern="*" + "a?" * 1000 + "b*c")


@pytest.mark.parametrize(
    ("pattern", "count"),
    [("*" + "a" * 3000 + "b*c", 0), ("*a" * 3000 + "b", 0), ("*a" * 3000 + "*c", 1), ("*aa?a*c", 1)],
)
def test_a_criterion_is_not_tried_from_every_place(pattern: str, count: int) -> None:
    assert evaluate("COUNTIF({text},{pattern})", text="a" * 30_000 + "c", pattern=pattern) == count


def within(frames: int, work: Callable[[], object]) -> object:
    """The work's result, with so many frames around it."""
    return work() if frames == 0 else within(frames - 1, work)


@pytest.mark.parametrize("operator", ["+", "*", "&", "^", "="])
def test_long_chains_are_refused_and_shorter_ones_work_deep_in_the_stack(operator: str) -> None:
    within(DEEP, lambda: evaluate("1" + f"{operator}1" * 150))
    with pytest.raises(FormulaTooLarge):
        compile_formula("1" + f"{operator}1" * 151, SCOPE)


@pytest.mark.parametrize("source", ["1" + "%" * 151, "-" * 151 + "1", "IF(1," * 70 + "1" + ")" * 70])
def test_other_towers_are_refused(source: str) -> None:
    with pytest.raises(FormulaTooLarge):
        compile_formula(source, SCOPE)


def test_brackets_as_deep_as_allowed_work_deep_in_the_stack() -> None:
    assert within(DEEP, lambda: evaluate("(" * 64 + "1" + ")" * 64)) == 1
    assert within(DEEP, lambda: evaluate("ABS(" * 64 + "1" + ")" * 64)) == 1
