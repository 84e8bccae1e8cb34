"""What the interpreter must be told: the record, the people, and what was written with the command."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal
from zoneinfo import ZoneInfo

from engine.calendars.days import WorkCalendars
from engine.formula.linked import NO_LINKS, Linked
from engine.model.flow_nodes.assign import AssignRule
from engine.model.values import Values

# assign: who works at the node · veto: who of them has a veto · empty: who takes over · admin: flow administrators
# self: who decides in place of the initiator · copy: who is told · kept: whether earlier voters are still there
Purpose = Literal["assign", "veto", "empty", "admin", "self", "copy", "kept"]


@dataclass(frozen=True, kw_only=True)
class NeedPeople:
    """A question to the organisation; `find_people` answers it. It is the key of the answer in `Facts.people`.

    `members`: people already known, of whom only the state is asked. `handlers`: who acted at the nodes that a
    rule refers to.
    """

    node: str
    purpose: Purpose
    initiator: str
    department: str | None
    rules: tuple[AssignRule, ...] = ()
    members: tuple[str, ...] = ()
    handlers: tuple[tuple[str, tuple[str, ...]], ...] = ()
    instead: Literal["supervisor", "department_head"] | None = None


@dataclass(frozen=True, kw_only=True)
class Person:
    """A member and the index of the first rule that named him, None where no rule did."""

    id: str
    is_active: bool = True
    rule: int | None = None


@dataclass(frozen=True, kw_only=True)
class Facts:
    """`record`: canonical values by field key, after the write that came with the command.

    `changed`: top-level fields whose values that write changed, computed ones included.
    `lost`: paths that the flow's version knew and of which nothing is known any more.
    `zone` and `calendars`: those of the workspace, for formulas that read the time. `given`: what formulas find by
    its path besides the record and the initiator, such as the person who acts. `linked`: what the record's links
    lead to.
    """

    zone: ZoneInfo
    calendars: WorkCalendars = field(default_factory=WorkCalendars)
    record: Values = field(default_factory=dict)
    people: Mapping[NeedPeople, tuple[Person, ...]] = field(default_factory=dict)
    changed: frozenset[str] = frozenset()
    lost: frozenset[str] = frozenset()
    given: Values = field(default_factory=dict)
    linked: Linked = NO_LINKS
