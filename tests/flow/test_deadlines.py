"""Deadlines: what may be authored, when tasks are due, and what happens where that cannot be worked out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from pydantic import TypeAdapter, ValidationError

from engine.calendars.days import WorkCalendar, WorkCalendars
from engine.errors import Problems
from engine.flow.apply import fold
from engine.flow.commands import Retry
from engine.flow.events import TaskOpened, dump_event, load_event
from engine.flow.incidents import incident_text
from engine.flow.state import dump_instance, load_instance
from engine.flow.views import current_nodes
from engine.model.flow_nodes.deadline import Deadline
from engine.model.flows import Flow
from tests.flow.walks import MORNING, Walk, approve, flow_of

DEADLINE: TypeAdapter[Deadline] = TypeAdapter(Deadline)
DUE = datetime(2026, 1, 6, 1, 0, tzinfo=UTC)


def started(deadline: Mapping[str, object], *, calendar: str | None = None, **calendars: WorkCalendar) -> Walk:
    policies = {} if calendar is None else {"calendar": calendar}
    walk = Walk(flow_of(approve("check", "wang", "sun", deadline=deadline), policies=policies))
    walk.calendars = WorkCalendars(WorkCalendar(), calendars)
    walk.start("zhang")
    return walk


def dues(walk: Walk) -> set[datetime | None]:
    return {task.due_at for task in walk.now.tasks.values()}


def test_every_task_of_a_node_is_due_and_stays_so() -> None:
    walk = started({"after": "P1D"})
    assert dues(walk) == {DUE}
    walk.calendars = WorkCalendars(WorkCalendar(workdays=frozenset({7})))
    walk.approve("wang")
    assert dues(walk) == {DUE}
    assert fold(tuple(walk.events)) == walk.now


def test_the_deadline_is_kept_in_events_and_snapshots() -> None:
    walk = started({"after": "P1D"})
    opened = next(event for event in walk.events if isinstance(event, TaskOpened) and event.due_at is not None)
    assert load_event(dump_event(opened)) == opened
    assert load_instance(dump_instance(walk.now)) == walk.now
    former = dump_event(replace(opened, due_at=None)).replace(',"due_at":null', "")
    assert load_event(former) == replace(opened, due_at=None)


def test_the_first_deadline_is_that_of_the_node() -> None:
    walk = started({"after": "P1D"})
    assert [node.due_at for node in current_nodes(walk.flow, walk.now)] == [DUE]


def test_deadlines_count_by_the_calendar_of_the_flow() -> None:
    night = WorkCalendar(workdays=frozenset({7}), hours=((60, 120),))
    walk = started({"after": "PT30M"}, calendar="night", night=night)
    assert dues(walk) == {datetime(2026, 1, 10, 17, 30, tzinfo=UTC)}


def test_a_calendar_that_is_not_there_parks_the_node_until_it_is() -> None:
    walk = started({"after": "P1D"}, calendar="gone")
    live = walk.now.live("check")
    assert live is not None
    assert live.incident is not None
    assert not walk.now.tasks
    assert "gone" in incident_text(live.incident, "en")
    walk.calendars = WorkCalendars(WorkCalendar(), {"gone": WorkCalendar()})
    walk.do(Retry(activation=live.id, actor="admin", at=MORNING))
    assert dues(walk) == {DUE}


def test_a_calendar_without_work_parks_the_node() -> None:
    walk = started({"after": "P1D"}, calendar="empty", empty=WorkCalendar(workdays=frozenset()))
    live = walk.now.live("check")
    assert live is not None
    assert live.incident is not None
    assert live.incident.code == "no_working_time"


@pytest.mark.parametrize(
    ("deadline", "code"),
    [
        ({"after": "PT0M"}, "deadline_out_of_bounds"),
        ({"after": "P367D"}, "deadline_out_of_bounds"),
        ({"after": "P"}, "deadline_out_of_bounds"),
        ({"after": "P1D", "at": [{"after": "-PT4H", "do": "remind"}]}, "reminders_not_yet"),
        ({"field": "due", "at": []}, "reminders_not_yet"),
    ],
)
def test_other_deadlines_are_refused_with_a_reason(deadline: object, code: str) -> None:
    with pytest.raises(ValidationError) as caught:
        DEADLINE.validate_python(deadline)
    assert [error["ctx"]["error"].code for error in caught.value.errors()] == [code]


@pytest.mark.parametrize(
    "deadline", [{"after": "1 day"}, {"after": "P1W"}, {"after": "P1D", "time": "x"}, {}, {"field": 1}]
)
def test_what_has_another_shape_is_refused(deadline: object) -> None:
    with pytest.raises(ValidationError):
        DEADLINE.validate_python(deadline)


@pytest.mark.parametrize(("field", "code"), [("nothing", "unknown_field"), ("name", "not_a_day_field")])
def test_the_field_of_a_deadline_must_be_a_day(field: str, code: str) -> None:
    with pytest.raises(Problems) as caught:
        flow_of(approve("check", "wang", deadline={"field": field}))
    assert [(problem.code, problem.path) for problem in caught.value.errors] == [
        (code, "/root/seq/1/approve/deadline/field")
    ]


def test_the_calendar_of_a_flow_is_a_key_or_the_built_in_one() -> None:
    authored = {"key": "f", "entity": "proposal", "title": "x", "root": {"key": "root", "seq": []}}
    for name in ("CN", "factory"):
        assert Flow.model_validate({**authored, "policies": {"calendar": name}}).policies.calendar == name
    with pytest.raises(ValidationError):
        Flow.model_validate({**authored, "policies": {"calendar": "US"}})


def test_a_walk_that_comes_late_is_due_later() -> None:
    walk = Walk(flow_of(approve("check", "wang", deadline={"after": "PT2H", "time": "calendar"})))
    walk.at = MORNING + timedelta(days=3)
    walk.start("zhang")
    assert dues(walk) == {walk.now.started_at + timedelta(hours=2)}
