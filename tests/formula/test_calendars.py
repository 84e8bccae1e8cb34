"""NETWORKDAYS and WORKDAY count by the working calendars of the workspace."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.calendars.days import WorkCalendar, WorkCalendars
from engine.formula.check import compile_formula
from engine.formula.environment import Environment
from engine.formula.values import DATE, FormulaBudgetExceeded, FormulaValue, Kind, Result
from engine.runtime.holidays import builtin_calendar
from tests.formula.vectors import NOW, ZONE

FACTORY = WorkCalendar(workdays=frozenset(range(1, 7)))
CALENDARS = WorkCalendars(builtin_calendar("CN"), {"factory": FACTORY, "CN": builtin_calendar("CN")})
SCOPE = {"a": DATE, "b": DATE, "off.day": Kind("date", is_list=True), "key": Kind("text")}


def evaluate(source: str, **values: FormulaValue) -> Result:
    compiled = compile_formula(source, SCOPE)
    found = {path: values.get(path.replace(".", "_")) for path in SCOPE}
    return compiled.evaluate(Environment(found.__getitem__, now=NOW, zone=ZONE, calendars=CALENDARS))


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("NETWORKDAYS(DATE(2026,2,9),DATE(2026,2,28))", 11),
        ("NETWORKDAYS(DATE(2026,2,28),DATE(2026,2,9))", -11),
        ('NETWORKDAYS(DATE(2026,2,9),DATE(2026,2,28),"factory")', 18),
        ('NETWORKDAYS(DATE(2026,2,9),DATE(2026,2,28),"CN")', 11),
        ('NETWORKDAYS(DATE(2026,2,9),DATE(2026,2,28),"2026-02-10")', 10),
        ("NETWORKDAYS(DATE(2026,2,9),DATE(2026,2,28),DATE(2026,2,16))", 11),
        ("WORKDAY(DATE(2026,2,14),1)", date(2026, 2, 24)),
        ("WORKDAY(DATE(2026,2,24),-1)", date(2026, 2, 14)),
        ('WORKDAY(DATE(2026,2,14),1,"factory")', date(2026, 2, 16)),
        ("WORKDAY(DATE(2026,2,14),0)", date(2026, 2, 14)),
        ("WORKDAY(DATE(2026,3,2),1,DATE(2026,3,3))", date(2026, 3, 4)),
        ("WORKDAY(DATE(9999,12,30),9)", "#NUM!"),
        ('NETWORKDAYS(DATE(2026,1,1),DATE(2026,1,9),"nobody")', "#VALUE!"),
    ],
)
def test_days_are_counted_by_the_calendar_meant(source: str, expected: object) -> None:
    result = evaluate(source)
    assert (result if isinstance(result, date | Decimal) else getattr(result, "value", result)) == expected


def test_a_field_may_name_the_calendar() -> None:
    span = {"a": date(2026, 2, 9), "b": date(2026, 2, 28)}
    assert evaluate("NETWORKDAYS({a},{b},{key})", **span, key="factory") == 18
    assert evaluate("NETWORKDAYS({a},{b},{key})", **span, key=None) == 11


@given(
    st.lists(st.integers(0, 40).map(lambda offset: date(2026, 2, 1) + timedelta(days=offset)), max_size=15),
    st.integers(-30, 30),
)
def test_days_off_besides_are_not_counted(off: list[date], count: int) -> None:
    start = date(2026, 2, 20)
    reached = evaluate(f"WORKDAY({{a}},{count},{{off.day}})", a=start, off_day=tuple(off))
    worked, step, current = abs(count), timedelta(days=1 if count > 0 else -1), start
    while worked:
        current += step
        worked -= CALENDARS.default.is_workday(current) and current not in off
    assert reached == current
    first, last = min(start, current), max(start, current)
    counted = sum(
        CALENDARS.default.is_workday(day) and day not in off
        for day in (first + timedelta(days=offset) for offset in range((last - first).days + 1))
    )
    assert evaluate("NETWORKDAYS({a},{b},{off.day})", a=first, b=last, off_day=tuple(off)) == counted


def test_long_spans_cost_no_steps() -> None:
    compiled = compile_formula("NETWORKDAYS(DATE(1900,1,1),DATE(9999,12,31))", {})
    environment = Environment(lambda _path: None, now=NOW, zone=ZONE, calendars=CALENDARS, steps=2)
    assert compiled.evaluate(environment) == 2_112_933


def test_a_formula_says_that_it_uses_calendars_and_which() -> None:
    compiled = compile_formula('IF({a}>{b},WORKDAY({a},1,"factory"),NETWORKDAYS({a},{b},{off.day}))', SCOPE)
    assert compiled.uses_calendar
    assert compiled.calendars == {"factory"}
    assert not compile_formula("DAYS({a},{b})", SCOPE).uses_calendar


def test_many_days_off_in_a_row_cost_steps() -> None:
    off = tuple(date(2026, 3, 1) + timedelta(days=offset) for offset in range(90))
    compiled = compile_formula("WORKDAY({a},1,{off.day})", SCOPE)
    values: dict[str, FormulaValue] = {"a": date(2026, 3, 1), "off.day": off}
    environment = Environment(values.__getitem__, now=NOW, zone=ZONE, calendars=CALENDARS, steps=100)
    with pytest.raises(FormulaBudgetExceeded):
        compiled.evaluate(environment)
