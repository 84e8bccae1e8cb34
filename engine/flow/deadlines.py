"""Until when a task is to be done, worked out once when it is opened (flow.md §1.7)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import assert_never

from engine.calendars.days import NoWorkingTime, WorkCalendar
from engine.calendars.hours import WorkTime
from engine.flow.compiled import Node
from engine.flow.run import Run
from engine.model.flow_nodes.blocks import ApproveBlock, HandleBlock
from engine.model.flow_nodes.deadline import Deadline, DeadlineAfter, DeadlineField
from engine.model.spans import read_span


@dataclass(frozen=True)
class NoDeadline:
    """Why a deadline cannot be worked out: the code of an incident and what fills its text."""

    code: str
    calendar: str


def deadline_of(node: Node) -> Deadline | None:
    """What is authored at the node; the initiator's has none."""
    match node.block:
        case ApproveBlock() as block:
            return block.approve.deadline
        case HandleBlock() as block:
            return block.handle.deadline
        case _:
            return None


def find_due(run: Run, node: Node) -> datetime | NoDeadline | None:
    """When a task that is opened now is due; None where nothing is authored, or the field says nothing."""
    deadline = deadline_of(node)
    if deadline is None:
        return None
    key = run.flow.policies.calendar
    calendar = run.facts.calendars.default if key is None else run.facts.calendars.find(key)
    if calendar is None:
        return NoDeadline("calendar_missing", key or "")
    try:
        return _due(run, deadline, calendar)
    except (NoWorkingTime, OverflowError):
        return NoDeadline("no_working_time", run.facts.calendars.default_key if key is None else key)


def _due(run: Run, deadline: Deadline, calendar: WorkCalendar) -> datetime | None:
    work = WorkTime(calendar, run.facts.zone)
    match deadline:
        case DeadlineAfter():
            span = read_span(deadline.after)
            return work.add(run.at, span) if deadline.time == "working" else work.add_elapsed(run.at, span)
        case DeadlineField():
            said = run.facts.record.get(deadline.field)
            if isinstance(said, datetime):
                return said.astimezone(UTC)
            return work.end_of(said) if isinstance(said, date) else None
        case _:
            assert_never(deadline)
