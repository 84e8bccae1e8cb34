"""Formulas of a flow: conditions of branches and values of triggers, read on a record and the initiator."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from engine.calendars.days import WorkCalendars
from engine.formula.check import Compiled
from engine.formula.environment import Environment
from engine.formula.fields import from_formula, value_at
from engine.formula.linked import NO_LINKS, Linked
from engine.formula.syntax import Reference
from engine.formula.values import ErrorValue, FormulaBudgetExceeded, Kind
from engine.model.fields import EntityField
from engine.model.values import Value, Values

INITIATOR = "initiator"
INITIATOR_DEPARTMENT = "initiator.department"
INITIATOR_SCOPE: Mapping[str, Kind] = {INITIATOR: Kind("member"), INITIATOR_DEPARTMENT: Kind("department")}


@dataclass(frozen=True)
class FormulaFailure:
    """An evaluation that ended in an error value such as `#DIV/0!`, or took too many steps."""

    code: str


@dataclass(frozen=True)
class Moment:
    """When and where a formula is evaluated: `now` is an instant, `zone` the workspace's.

    `linked`: what the record's links lead to.
    """

    now: datetime
    zone: ZoneInfo
    calendars: WorkCalendars = field(default_factory=WorkCalendars)
    linked: Linked = NO_LINKS


@dataclass(frozen=True)
class Formula:
    """A formula of the flow: a condition, or the value of `field`."""

    compiled: Compiled
    field: EntityField | None = None

    @property
    def copies(self) -> str | None:
        """The field that the formula consists of; its files, rows and instants are taken as they are."""
        return self.compiled.tree.path if isinstance(self.compiled.tree, Reference) else None

    @property
    def is_constant(self) -> bool:
        """Whether it has the same value for every record at every time."""
        return not (self.compiled.references or self.compiled.uses_clock or self.compiled.uses_calendar)

    def evaluate(self, record: Values, moment: Moment) -> Value | FormulaFailure:
        """Its value for a record; a condition that is neither true, false nor empty has failed."""
        copied = record.get(self.copies or "")
        if isinstance(copied, tuple | datetime):
            return copied
        environment = Environment(
            lambda path: value_at(record, path, moment.zone, linked=moment.linked),
            now=moment.now,
            zone=moment.zone,
            calendars=moment.calendars,
        )
        try:
            result = self.compiled.evaluate(environment)
        except FormulaBudgetExceeded as exceeded:
            return FormulaFailure(exceeded.code)
        if isinstance(result, ErrorValue):
            return FormulaFailure(result.value)
        if self.field is None:
            return result if isinstance(result, bool | None) else FormulaFailure("not_boolean")
        found = from_formula(self.field, result, zone=moment.zone)
        return FormulaFailure(found.value) if isinstance(found, ErrorValue) else found
