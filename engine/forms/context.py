"""What an interpretation of a form needs to know besides the record."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from zoneinfo import ZoneInfo

from engine.calendars.days import WorkCalendars
from engine.formula.linked import NO_LINKS, Linked
from engine.formula.values import Kind
from engine.model.values import Value, Values

CURRENT_USER = "current.user"
CURRENT_DEPARTMENT = "current.department"
CURRENT_SCOPE: Mapping[str, Kind] = {CURRENT_USER: Kind("member"), CURRENT_DEPARTMENT: Kind("department")}


def _anyone(_id: str) -> bool:
    return True


def _any_record(_entity_key: str, _id: str) -> bool:
    return True


@dataclass(frozen=True)
class Context:
    """The time, the workspace's zone and working calendars, and which ids name members, departments and records of an
    entity to choose.

    `member_id` and `department_id`: the person who acts and the department he acts for. `system`: what the engine
    keeps of the record; `linked`: what its links lead to.
    """

    now: datetime
    zone: ZoneInfo
    calendars: WorkCalendars = field(default_factory=WorkCalendars)
    is_member: Callable[[str], bool] = _anyone
    is_department: Callable[[str], bool] = _anyone
    is_record: Callable[[str, str], bool] = _any_record
    member_id: str | None = None
    department_id: str | None = None
    system: Values = field(default_factory=dict)
    linked: Linked = NO_LINKS

    @cached_property
    def given(self) -> Values:
        """What formulas find by its path besides fields: the current person, and what the engine keeps."""
        return {CURRENT_USER: self.member_id, CURRENT_DEPARTMENT: self.department_id, **self.system}

    def for_new_record(self, *, created_by: str | None, department_id: str | None) -> Context:
        """For a record that is made now by this member for this department."""
        system: dict[str, Value] = {
            "version": Decimal(1),
            "created_at": self.now,
            "created_by": created_by,
            "created_department": department_id,
            "updated_at": self.now,
            "updated_by": created_by,
        }
        return replace(self, system=system)
