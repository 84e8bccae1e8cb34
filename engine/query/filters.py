"""From the filter grammar to expression trees: fields looked up, values parsed, relative values resolved."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import cast

from engine.errors import Problem, Problems, Rejection
from engine.formula.values import FormulaRejected
from engine.model.expressions import All, AnyOf, Compare, Expression, Negated, Operator
from engine.model.field_types.composite import parts_of
from engine.model.field_types.date import DateField
from engine.model.field_types.number import NumberBase, exact_decimal
from engine.model.field_types.text import TextBase
from engine.model.fields import EntityField
from engine.model.filters import (
    MAX_CONDITIONS,
    MAX_DEPTH,
    SEVERAL,
    VALUELESS,
    And,
    Condition,
    Current,
    Filter,
    FilterScalar,
    FormulaCondition,
    Last,
    Not,
    Or,
    This,
    Today,
    filter_operators,
    walk_filter,
)
from engine.model.values import BadValue, Scalar
from engine.query.context import QueryContext
from engine.query.periods import before, day_start, this_period
from engine.query.queried import FieldHidden, Queried

# reads days of values that no field of their own describes
_DAY = DateField(key="day", title="day")
_KIND_OF_CURRENT = {"user": "member", "subordinates": "member", "department": "department", "subtree": "department"}


class OperatorRefused(Rejection):
    """An operator the field's type does not have."""

    code = "operator_refused"
    status = 422
    zh = "字段 “{field}” 不支持 “{op}”"
    en = "The field “{field}” has no “{op}”"


class FilterValueRefused(Rejection):
    """A value of the wrong form for the operator."""

    code = "filter_value"
    status = 422
    zh = "“{op}” 的值不正确"
    en = "The value of “{op}” is not of the right form"


class FilterTooLarge(Rejection):
    """Deeper than 8 levels or more than 100 conditions."""

    code = "filter_too_large"
    status = 422
    zh = "筛选条件过多或嵌套过深"
    en = "The filter has too many conditions or is nested too deeply"


def build_expression(
    authored: Filter, queried: Queried, context: QueryContext, *, hidden: frozenset[str] = frozenset()
) -> Expression:
    """The tree of a filter; raises `Problems` with JSON pointers, or `FieldHidden`."""
    conditions = list(walk_filter(authored))
    if len(conditions) > MAX_CONDITIONS or any(depth > MAX_DEPTH for _, _, depth in conditions):
        raise FilterTooLarge
    builder = _Builder(queried, context, hidden)
    expression = builder.build(authored, "")
    if builder.problems:
        raise Problems(builder.problems)
    return expression


class _Builder:
    def __init__(self, queried: Queried, context: QueryContext, hidden: frozenset[str]) -> None:
        self._queried = queried
        self._context = context
        self._hidden = hidden
        self._asker = context.asker(hidden)
        self.problems: list[Problem] = []

    def build(self, part: Filter, pointer: str) -> Expression:
        match part:
            case And():
                return All(tuple(self.build(child, f"{pointer}/and/{n}") for n, child in enumerate(part.all_of)))
            case Or():
                return AnyOf(tuple(self.build(child, f"{pointer}/or/{n}") for n, child in enumerate(part.any_of)))
            case Not():
                return Negated(self.build(part.negated, f"{pointer}/not"))
            case Condition() | FormulaCondition():
                try:
                    return self._leaf(part)
                except FieldHidden:
                    raise
                except FormulaRejected as rejection:
                    self.problems.append(Problem.of(rejection, path=f"{pointer}/formula"))
                    return AnyOf(())
                except Rejection as rejection:
                    self.problems.append(Problem.of(rejection, path=pointer))
                    return AnyOf(())

    def _leaf(self, part: Condition | FormulaCondition) -> Expression:
        if isinstance(part, Condition):
            return self._condition(part)
        return self._queried.holds(part.formula, self._asker)

    def _condition(self, condition: Condition) -> Expression:
        path = condition.field
        field = self._queried.field(path, self._hidden)
        if condition.op not in filter_operators(field):
            raise OperatorRefused(field=condition.field, op=condition.op)
        if (condition.value is None) != (condition.op in VALUELESS):
            raise FilterValueRefused(op=condition.op)
        match condition.op:
            case "is_me":
                return self._among(path, field, (self._context.member_id,))
            case "in_my_departments":
                return self._among(path, field, self._context.department_ids)
            case "in_my_subtree":
                return self._among(path, field, self._context.subtree_ids)
            case "within":
                return self._within(path, field, condition)
            case "overlaps":
                return self._overlaps(path, condition)
            case "contains" | "not_contains" if parts_of(field):
                found = self._parts_contain(path, field, condition)
                return found if condition.op == "contains" else Negated(found)
            case _:
                return self._comparison(path, field, condition=condition)

    def _among(self, path: str, field: EntityField, ids: tuple[str, ...]) -> Expression:
        return Compare(path, "has_any" if getattr(field, "multiple", False) else "in", ids)

    def _within(self, path: str, field: EntityField, condition: Condition) -> Expression:
        match condition.value:
            case Last(last=duration):
                first = before(self._context.now.astimezone(self._context.zone), duration)
                return self._between(path, field, first=first, last=self._context.now)
            case This(this=period):
                start, end = this_period(self._context.today, period)
            case Today(today=days):
                start = end = self._context.today + timedelta(days=days)
            case _:
                raise FilterValueRefused(op="within")
        if field.type == "date":
            return Compare(path, "between", (start, end))
        first, after = (day_start(day, self._context).astimezone(UTC) for day in (start, end + timedelta(days=1)))
        return All((Compare(path, "ge", (first,)), Compare(path, "lt", (after,))))

    def _between(self, path: str, field: EntityField, *, first: datetime, last: datetime) -> Expression:
        if field.type == "date":
            zone = self._context.zone
            return Compare(path, "between", (first.astimezone(zone).date(), last.astimezone(zone).date()))
        return Compare(path, "between", (first.astimezone(UTC), last.astimezone(UTC)))

    def _overlaps(self, path: str, condition: Condition) -> Expression:
        """The range has a day in common with another, both ends of which belong to it."""
        match condition.value:
            case This(this=period):
                first, last = this_period(self._context.today, period)
            case (start, end):
                first, last = self._day(start, condition.op), self._day(end, condition.op)
            case _:
                raise FilterValueRefused(op=condition.op)
        return All((Compare(f"{path}.start", "le", (last,)), Compare(f"{path}.end", "ge", (first,))))

    def _parts_contain(self, path: str, field: EntityField, condition: Condition) -> Expression:
        """A range contains a day; an address contains a text in one of its parts."""
        value = condition.value
        if field.type == "date_range":
            if not isinstance(value, str | Today):
                raise FilterValueRefused(op=condition.op)
            day = (self._day(value, condition.op),)
            return All((Compare(f"{path}.start", "le", day), Compare(f"{path}.end", "ge", day)))
        if not isinstance(value, str) or "\0" in value:
            raise FilterValueRefused(op=condition.op)
        return AnyOf(tuple(Compare(f"{path}.{key}", "contains", (value,)) for key in parts_of(field)))

    def _day(self, value: FilterScalar | Today, op: str) -> date:
        if isinstance(value, Today):
            return self._context.today + timedelta(days=value.today)
        found = _DAY.parse(value)
        if not isinstance(found, date):
            raise FilterValueRefused(op=op)
        return found

    def _comparison(self, path: str, field: EntityField, *, condition: Condition) -> Expression:
        op = cast("Operator", condition.op)  # what is resolved to others is not asked for here
        if op in VALUELESS:
            return Compare(path, op)
        match condition.value:
            case Current() as current:
                return self._about_me(path, field, op=op, value=current)
            case tuple() as several if op in SEVERAL or (op == "between" and len(several) == 2):  # noqa: PLR2004
                return Compare(path, op, tuple(self._operand(field, item, op) for item in several))
            case (Today() | bool() | int() | float() | str()) as single if op not in SEVERAL and op != "between":
                return Compare(path, op, (self._operand(field, single, op),))
            case _:
                raise FilterValueRefused(op=op)

    def _about_me(self, path: str, field: EntityField, *, op: Operator, value: Current) -> Expression:
        # the number of somebody's departments must not decide whether a filter is right
        is_one = value.current == "user" and op in {"eq", "ne"}
        if field.type == _KIND_OF_CURRENT[value.current] and (op in SEVERAL or is_one):
            return Compare(path, op, self._current(value))
        raise FilterValueRefused(op=op)

    def _operand(self, field: EntityField, value: FilterScalar | Today, op: Operator) -> Scalar:
        if not isinstance(value, Today):
            return _parsed(field, value, op)
        day = self._context.today + timedelta(days=value.today)
        match field.type:
            case "date":
                return day
            case "datetime":
                return day_start(day, self._context).astimezone(UTC)
            case _:
                raise FilterValueRefused(op=op)

    def _current(self, value: Current) -> tuple[str, ...]:
        match value.current:
            case "user":
                return (self._context.member_id,)
            case "department":
                return self._context.department_ids
            case "subtree":
                return self._context.subtree_ids
            case "subordinates":
                return self._context.subordinate_ids


def _parsed(field: EntityField, raw: FilterScalar, op: str) -> Scalar:
    """One filter value in canonical form, by the field's own parser where it has one for single values."""
    is_part = op in {"contains", "not_contains", "starts_with"}
    if isinstance(field, TextBase) or is_part:
        if not isinstance(raw, str) or "\0" in raw:
            raise FilterValueRefused(op=op)
        return field.comparable(raw) if isinstance(field, TextBase) and not is_part else raw
    if isinstance(field, NumberBase):
        return _number(raw, op)
    plural = field.column_kind in {"json", "links"}
    parsed = field.parse([raw] if plural else raw)
    if plural and isinstance(parsed, tuple) and parsed:
        return _first(parsed)
    if parsed is None or isinstance(parsed, tuple):
        raise FilterValueRefused(op=op)
    return parsed


def _first(parsed: Iterable[object]) -> str:
    return str(next(iter(parsed)))


def _number(raw: FilterScalar, op: str) -> Scalar:
    try:
        return exact_decimal(raw)
    except BadValue:
        raise FilterValueRefused(op=op) from None
