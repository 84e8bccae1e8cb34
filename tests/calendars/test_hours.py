"""Working time: adding it, measuring it, where it begins next, over holidays, weekends and changes of clocks."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from engine.calendars.days import NoWorkingTime, WorkCalendar
from engine.calendars.hours import WorkTime
from engine.model.spans import Span, read_span
from engine.runtime.holidays import builtin_calendar

SHANGHAI, NEW_YORK = ZoneInfo("Asia/Shanghai"), ZoneInfo("America/New_York")
CN = WorkTime(builtin_calendar("CN"), SHANGHAI)


def at(text: str, zone: ZoneInfo = SHANGHAI) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def shown(moment: datetime, zone: ZoneInfo = SHANGHAI) -> str:
    return moment.astimezone(zone).strftime("%Y-%m-%d %H:%M")


@pytest.mark.parametrize(
    ("start", "span", "due"),
    [
        ("2026-03-02 10:00", "P1D", "2026-03-03 10:00"),  # Monday
        ("2026-03-06 15:00", "P1D", "2026-03-09 15:00"),  # over the weekend
        ("2026-03-07 11:00", "P1D", "2026-03-10 09:00"),  # came on Saturday: work begins on Monday at nine
        ("2026-03-06 20:00", "P1D", "2026-03-10 09:00"),  # came after work
        ("2026-03-02 12:30", "P1D", "2026-03-03 13:30"),  # came at noon
        ("2026-03-02 10:00", "PT2H", "2026-03-02 12:00"),  # ends exactly with the morning
        ("2026-03-02 10:00", "PT4H", "2026-03-02 15:30"),  # noon does not count
        ("2026-03-06 17:00", "PT2H", "2026-03-09 10:00"),
        ("2026-03-02 10:00", "P1DT4H30M", "2026-03-03 16:00"),
        ("2026-02-13 17:30", "PT1H", "2026-02-14 09:30"),  # Saturday, worked to make up for the holiday
        ("2026-02-14 17:30", "PT1H", "2026-02-24 09:30"),  # nine days of Spring Festival
        ("2026-02-12 10:00", "P3D", "2026-02-24 10:00"),
        ("2026-09-30 09:00", "P2D", "2026-10-09 09:00"),
        ("2026-10-09 17:00", "P1D", "2026-10-10 17:00"),  # a Saturday that is worked
    ],
)
def test_working_time_is_added(start: str, span: str, due: str) -> None:
    assert shown(CN.add(at(start), read_span(span))) == due


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        ("2026-03-02 09:00", "2026-03-02 18:00", 7.5),
        ("2026-03-06 17:00", "2026-03-09 10:00", 2),
        ("2026-03-07 00:00", "2026-03-08 23:00", 0),
        ("2026-02-13 09:00", "2026-02-24 09:00", 15),
        ("2026-03-02 12:15", "2026-03-02 12:45", 0),
        ("2026-03-02 18:00", "2026-03-02 09:00", -7.5),
    ],
)
def test_working_time_is_measured(start: str, end: str, hours: float) -> None:
    assert CN.between(at(start), at(end)) == timedelta(hours=hours)


@pytest.mark.parametrize(
    ("day", "ends"),
    [
        (date(2026, 3, 2), "2026-03-02 18:00"),
        (date(2026, 2, 14), "2026-02-14 18:00"),
        (date(2026, 3, 7), "2026-03-07 23:59"),
        (date(2026, 2, 16), "2026-02-16 23:59"),
    ],
)
def test_a_day_ends_with_its_work_and_a_day_off_with_itself(day: date, ends: str) -> None:
    assert shown(CN.end_of(day)) == ends


@pytest.mark.parametrize(
    ("start", "span", "due"),
    [
        ("2026-03-07 11:00", "P1D", "2026-03-08 11:00"),  # the clocks of New York are put forward that night
        ("2026-03-07 11:00", "PT24H", "2026-03-08 12:00"),
        ("2026-03-02 23:00", "P2DT90M", "2026-03-05 00:30"),
    ],
)
def test_time_by_the_clock_on_the_wall_knows_no_work(start: str, span: str, due: str) -> None:
    never = WorkTime(WorkCalendar(workdays=frozenset()), NEW_YORK)
    assert shown(never.add_elapsed(at(start, NEW_YORK), read_span(span)), NEW_YORK) == due


def test_clocks_put_forward_take_an_hour_from_the_night() -> None:
    nights = WorkTime(WorkCalendar(workdays=frozenset(range(1, 8)), hours=((0, 240), (1320, 1440))), NEW_YORK)
    evening = at("2026-03-07 22:00", NEW_YORK)
    assert nights.between(evening, evening + timedelta(days=1)) == timedelta(hours=5)
    assert shown(nights.add(evening, read_span("PT4H")), NEW_YORK) == "2026-03-08 03:00"
    # the same night in autumn has an hour more
    evening = at("2026-10-31 22:00", NEW_YORK)
    assert nights.between(evening, evening + timedelta(hours=12)) == timedelta(hours=7)


def test_work_in_the_hour_that_does_not_exist_is_left_out() -> None:
    gap = WorkTime(WorkCalendar(workdays=frozenset(range(1, 8)), hours=((120, 180),)), NEW_YORK)
    assert shown(gap.add(at("2026-03-07 02:30", NEW_YORK), read_span("PT1H")), NEW_YORK) == "2026-03-09 02:30"


hours = (
    st.lists(st.integers(0, 96), min_size=2, max_size=8, unique=True)
    .map(sorted)
    .map(lambda marks: tuple((begin * 15, end * 15) for begin, end in zip(marks[::2], marks[1::2], strict=False)))
)
some_days = st.integers(0, 60).map(lambda offset: date(2026, 10, 1) + timedelta(days=offset))
work_times = st.builds(
    WorkTime,
    st.builds(
        WorkCalendar,
        workdays=st.frozensets(st.integers(1, 7), min_size=1),
        off=st.frozensets(some_days, max_size=20),
        extra=st.frozensets(some_days, max_size=20),
        hours=hours,
    ),
    st.sampled_from([SHANGHAI, NEW_YORK, ZoneInfo("Europe/Berlin"), ZoneInfo("Australia/Lord_Howe")]),
)
moments = st.integers(0, 60 * 24 * 60).map(lambda minute: datetime(2026, 10, 1, tzinfo=UTC) + timedelta(minutes=minute))
times = st.integers(1, 6000).map(lambda minutes: Span(0, timedelta(minutes=minutes)))


@given(work_times, moments, times)
def test_what_was_added_is_measured_again(work: WorkTime, start: datetime, span: Span) -> None:
    assert work.between(start, work.add(start, span)) == span.time


@given(work_times, moments, moments, times)
def test_who_begins_later_is_due_no_earlier(work: WorkTime, first: datetime, second: datetime, span: Span) -> None:
    assume(first <= second)
    assert work.add(first, span) <= work.add(second, span)


@given(work_times, moments, st.integers(1, 30))
def test_days_are_working_days(work: WorkTime, start: datetime, count: int) -> None:
    due = work.add(start, Span(count, timedelta(0))).astimezone(work.zone).date()
    begun = work.next_working(start).astimezone(work.zone).date()
    assert work.calendar.is_workday(due)
    assert work.calendar.count(begun + timedelta(days=1), due) == count


@given(work_times, moments, moments, moments)
def test_stretches_add_up(work: WorkTime, first: datetime, second: datetime, third: datetime) -> None:
    assert work.between(first, second) + work.between(second, third) == work.between(first, third)


@given(work_times, moments)
def test_the_next_working_instant_is_within_work(work: WorkTime, start: datetime) -> None:
    found = work.next_working(start)
    assert found >= start
    assert work.between(start, found) == timedelta(0)
    assert work.between(found, found + timedelta(minutes=1)) == timedelta(minutes=1)


@pytest.mark.parametrize(
    "calendar", [WorkCalendar(workdays=frozenset()), WorkCalendar(hours=()), WorkCalendar(hours=((60, 60),))]
)
def test_without_any_work_there_is_an_error_and_no_end_less_search(calendar: WorkCalendar) -> None:
    never = WorkTime(calendar, SHANGHAI)
    for span in ("P1D", "PT1H"):
        with pytest.raises(NoWorkingTime):
            never.add(at("2026-03-02 10:00"), read_span(span))
    assert never.between(at("2026-03-02 10:00"), at("2026-03-09 10:00")) == timedelta(0)


@pytest.mark.parametrize("weekdays", [{1}, {1, 2, 3, 4, 5}])
def test_a_span_that_takes_more_than_a_century_of_work_is_not_worked_out(weekdays: set[int]) -> None:
    seldom = WorkTime(WorkCalendar(workdays=frozenset(weekdays), hours=((540, 541),)), SHANGHAI)
    assert shown(seldom.add(at("2026-03-02 10:00"), read_span("PT1H"))) > "2026-03-30"
    with pytest.raises(NoWorkingTime):
        seldom.add(at("2026-03-02 10:00"), read_span("PT8784H"))


@pytest.mark.parametrize("text", ["", "P", "PT", "1D", "P1W", "P-1D", "P1Y", "PT1S", "P1DT"])
def test_other_durations_are_refused(text: str) -> None:
    with pytest.raises(ValueError):
        read_span(text)


def test_spans_have_bounds() -> None:
    inside = ["PT1M", "P366D", "P30DT24H"]
    outside = ["PT0M", "P367D", "P366DT1M", "P0D"]
    assert [text for text in (*inside, *outside) if read_span(text).is_in_bounds] == inside
