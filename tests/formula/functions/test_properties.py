"""What holds for all values, not for examples alone."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import assume, given
from hypothesis import strategies as st

from engine.formula.values import ErrorValue
from tests.formula.functions.evaluation import result

NUMBERS = st.decimals(-(10**9), 10**9, places=4)
LISTS = st.lists(NUMBERS, min_size=1, max_size=12).map(tuple)
DAYS = st.dates(date(1950, 1, 1), date(2100, 12, 31))
AMOUNTS = st.decimals(0, 10**15, places=2)


@given(NUMBERS, NUMBERS.filter(bool))
def test_a_remainder_is_what_whole_multiples_leave(value: Decimal, divisor: Decimal) -> None:
    found = result(f"MOD({{n}},{divisor})", n=value)
    whole = result(f"INT({{n}}/{divisor})", n=value)
    assert isinstance(found, Decimal)
    assert isinstance(whole, Decimal)
    assert found == value - divisor * whole


@given(NUMBERS, st.integers(-3, 3))
def test_rounding_goes_to_the_nearest_and_halves_away_from_zero(value: Decimal, places: int) -> None:
    found = result(f"ROUND({{n}},{places})", n=value)
    step = Decimal(1).scaleb(-places)
    assert isinstance(found, Decimal)
    assert abs(found - value) <= step / 2
    assert result(f"ROUND(-{{n}},{places})", n=value) == -found
    if abs(found - value) == step / 2:
        assert abs(found) > abs(value)


@given(LISTS, st.randoms(use_true_random=False))
def test_the_order_of_a_list_does_not_change_its_aggregates(values: tuple[Decimal, ...], random: object) -> None:
    mixed = list(values)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    for name in ("SUM", "AVERAGE", "MAX", "MIN", "COUNT", "MEDIAN"):
        source = f"{name}({{list.number}})"
        assert result(source, list_number=values) == result(source, list_number=tuple(mixed))


@given(LISTS)
def test_largest_and_smallest_follow_the_order(values: tuple[Decimal, ...]) -> None:
    ordered = sorted(values)
    for place in range(1, len(values) + 1):
        assert result(f"SMALL({{list.number}},{place})", list_number=values) == ordered[place - 1]
        assert result(f"LARGE({{list.number}},{place})", list_number=values) == ordered[-place]


@given(st.integers(0, 2**53 - 1), st.integers(2, 36))
def test_a_number_comes_back_from_any_base(value: int, base: int) -> None:
    assert result(f"DECIMAL(BASE({value},{base}),{base})") == value


@given(DAYS, st.integers(-600, 600))
def test_months_later_is_the_same_day_or_the_last_of_its_month(day: date, months: int) -> None:
    moved = result(f"EDATE({{d}},{months})", d=day)
    assert isinstance(moved, date)
    assert (moved.year * 12 + moved.month) - (day.year * 12 + day.month) == months
    assert moved.day == day.day or (moved.day < day.day and moved == result("EOMONTH({d},0)", d=moved))


@given(DAYS, st.integers(1, 60), st.lists(DAYS, max_size=5))
def test_so_many_working_days_later_are_so_many_working_days(day: date, count: int, free: list[date]) -> None:
    holidays = tuple(free)
    reached = result(f"WORKDAY({{d}},{count},{{list.day}})", d=day, list_day=holidays)
    assert isinstance(reached, date)
    later = result("NETWORKDAYS({d}+1,INDEX({list.text},1),{list.day})", d=day, list_day=holidays, list_text=(reached,))
    assert later == count
    assert reached.weekday() < 5
    assert reached not in holidays


@given(DAYS, st.integers(0, 5000))
def test_differences_in_years_months_and_days_add_up(start: date, days: int) -> None:
    end = start + timedelta(days=days)
    years, months, rest = (
        result(f'DATEDIF({{d}},INDEX({{list.day}},1),"{unit}")', d=start, list_day=(end,)) for unit in ("Y", "YM", "M")
    )
    assert isinstance(years, Decimal)
    assert isinstance(months, Decimal)
    assert years * 12 + months == rest


@given(AMOUNTS)
def test_amounts_in_capitals_never_stammer(amount: Decimal) -> None:
    shown = result("UPPERMONEY({n})", n=amount)
    assert isinstance(shown, str)
    assert "零零" not in shown
    assert shown == "零元整" or not re.search("零[元万亿兆角分]", shown)
    assert shown.endswith(("整", "角", "分"))


@given(NUMBERS, st.sampled_from(["0", "0.00", "#,##0.00", "0.0%", "0.00E+00", "000-000", "#,##0;(#,##0)"]))
def test_a_formatted_number_reads_back_as_what_it_shows(value: Decimal, pattern: str) -> None:
    shown = result(f'TEXT({{n}},"{pattern}")', n=value)
    assert isinstance(shown, str)
    if pattern in {"0", "0.00", "#,##0.00", "0.0%", "#,##0;(#,##0)"}:
        places = {"0.00": 2, "#,##0.00": 2, "0.0%": 3}.get(pattern, 0)
        assert result("VALUE({t})", t=shown) == result(f"ROUND({{n}},{places})", n=value)


@given(st.decimals("0.001", "0.5", places=4), st.integers(1, 120), NUMBERS)
def test_payments_pay_a_loan_off(rate: Decimal, periods: int, loan: Decimal) -> None:
    assume(abs(loan) > 1)
    left = result(f"FV({rate},{periods},PMT({rate},{periods},{{n}}),{{n}})", n=loan)
    grown = result(f"FV({rate},{periods},0,{{n}})", n=loan)
    assert isinstance(left, Decimal)
    assert isinstance(grown, Decimal)
    assert abs(left) <= abs(grown) * Decimal("1e-13")


@given(st.lists(st.decimals(-1000, 1000, places=2), min_size=2, max_size=20).map(tuple))
def test_at_the_internal_rate_of_return_nothing_is_gained(flows: tuple[Decimal, ...]) -> None:
    rate = result("IRR({list.number})", list_number=flows)
    if isinstance(rate, ErrorValue):
        assert rate is ErrorValue.NUM
        return
    assume(isinstance(rate, Decimal) and rate > Decimal("-0.5"))
    worth = result(f"NPV({rate},{{list.number}})", list_number=flows)
    assert isinstance(worth, Decimal)
    assert abs(worth) < Decimal("1e-5")
