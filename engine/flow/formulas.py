"""Formulas of a flow: conditions of branches and values of triggers, read on a record and the initiator."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo

from engine.formula.check import Compiled, Scope, compile_formula
from engine.formula.coercion import to_instant, to_wall_clock
from engine.formula.environment import Environment
from engine.formula.functions.maths import round_to
from engine.formula.functions.registry import WorkCalendar
from engine.formula.values import BOOLEAN, ErrorValue, FormulaBudgetExceeded, FormulaScalar, FormulaValue, Kind
from engine.model.field_types.number import NumberField
from engine.model.fields import AnyField
from engine.model.values import FileRef, Row, Scalar, Value, Values

INITIATOR = "initiator"
INITIATOR_DEPARTMENT = "initiator.department"
INITIATOR_SCOPE: Mapping[str, Kind] = {INITIATOR: Kind("member"), INITIATOR_DEPARTMENT: Kind("department")}
_WHOLE_FIELD = re.compile(r"^\s*\{([a-z][a-z0-9_]*)\}\s*$")


@dataclass(frozen=True)
class FormulaFailure:
    """An evaluation that ended in an error value such as `#DIV/0!`, or took too many steps."""

    code: str


@dataclass(frozen=True)
class Moment:
    """When and where a formula is evaluated: `now` is an instant, `zone` the workspace's."""

    now: datetime
    zone: ZoneInfo
    calendar: WorkCalendar | None = None


@dataclass(frozen=True)
class Formula:
    """A formula of the flow. `copies`: the field it consists of, whose value is then taken as it is.

    `decimals`: to how many a number is rounded, half up.
    """

    compiled: Compiled
    copies: str | None = None
    decimals: int | None = None

    @property
    def is_constant(self) -> bool:
        """Whether it has the same value for every record at every time."""
        return not self.compiled.references and not self.compiled.uses_clock

    def evaluate(self, record: Values, moment: Moment) -> Value | FormulaFailure:
        """Its value for a record."""
        if self.copies is not None and self.copies in record:
            return self._rounded(record[self.copies])
        environment = Environment(
            lambda path: _look_up(record, path, moment.zone),
            now=moment.now,
            zone=moment.zone,
            calendar=moment.calendar,
        )
        try:
            result = self.compiled.evaluate(environment)
        except FormulaBudgetExceeded as exceeded:
            return FormulaFailure(exceeded.code)
        if isinstance(result, ErrorValue):
            return FormulaFailure(result.value)
        return self._rounded(_to_value(result, moment.zone))

    def _rounded(self, value: Value) -> Value:
        if self.decimals is None or not isinstance(value, Decimal):
            return value
        return round_to(value, Decimal(self.decimals), ROUND_HALF_UP)


def compile_condition(source: str, scope: Scope) -> Formula:
    """A formula that is true or false. Raises FormulaRejected."""
    return Formula(compile_formula(source, {**scope, **INITIATOR_SCOPE}).expect(BOOLEAN))


def compile_value(source: str, scope: Scope, *, field: AnyField | None) -> Formula:
    """A formula for the value of a field. Raises FormulaRejected."""
    whole = _WHOLE_FIELD.match(source)
    return Formula(
        compile_formula(source, {**scope, **INITIATOR_SCOPE}),
        copies=whole.group(1) if whole is not None else None,
        decimals=field.decimals if isinstance(field, NumberField) else None,
    )


def _look_up(record: Values, path: str, zone: ZoneInfo) -> FormulaValue:
    """The value at a path; a column of a subform is the list of its values in row order."""
    if path in record:
        return _to_formula(record[path], zone)
    key, _, column = path.partition(".")
    rows = record.get(key)
    if not column or not isinstance(rows, tuple):
        return None
    found = (_to_formula(row.values.get(column), zone) for row in rows if isinstance(row, Row))
    return tuple(value for value in found if not isinstance(value, tuple))


def _to_formula(value: Value, zone: ZoneInfo) -> FormulaValue:
    if isinstance(value, tuple):
        return tuple(item.name if isinstance(item, FileRef) else item for item in value if not isinstance(item, Row))
    return to_wall_clock(value, zone) if isinstance(value, datetime) else value


def _to_value(result: FormulaValue, zone: ZoneInfo) -> Value:
    """Empty text and lists are empty values; of a list, texts are kept, as fields with several values hold them."""
    if isinstance(result, tuple):
        return tuple(item for item in result if isinstance(item, str)) or None
    return _scalar(result, zone)


def _scalar(result: FormulaScalar, zone: ZoneInfo) -> Scalar:
    match result:
        case datetime():
            return to_instant(result, zone).astimezone(UTC)
        case "":
            return None
        case Decimal() | str() | bool() | date() | None:
            return result
