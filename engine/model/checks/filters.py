"""Authored filters: fields, operators and values, against one entity."""

from __future__ import annotations

from collections.abc import Iterator

from engine.errors import Problem
from engine.model.bad_values import NotText
from engine.model.base import Fault
from engine.model.checks.lookup import UnknownField, any_field, unknown
from engine.model.entities import Entity
from engine.model.field_types.composite import parts_of
from engine.model.field_types.number import NumberBase, exact_decimal
from engine.model.field_types.select import OptionsBase
from engine.model.field_types.text import TextBase
from engine.model.fields import EntityField
from engine.model.filters import (
    MAX_CONDITIONS,
    MAX_DEPTH,
    SEVERAL,
    VALUELESS,
    Condition,
    Current,
    Filter,
    FilterOperand,
    Last,
    This,
    Today,
    filter_operators,
    walk_filter,
)
from engine.model.system_fields import SYSTEM_FIELD_TYPES
from engine.model.values import BadValue

_RANGE_ENDS = 2


class FilterTooDeep(Fault):
    code = "filter_too_deep"
    zh = "筛选条件嵌套超过 {max} 层"
    en = "The filter is nested deeper than {max} levels"


class FilterTooLong(Fault):
    code = "filter_too_long"
    zh = "筛选条件超过 {max} 个"
    en = "The filter has more than {max} conditions"


class FieldNotFilterable(Fault):
    code = "field_not_filterable"
    zh = "不能按子表单的列 “{name}” 筛选"
    en = "A filter cannot use “{name}”, a column of a subform"


class OperatorNotApplicable(Fault):
    code = "operator_not_applicable"
    zh = "“{field}” 不支持运算 “{op}”, 可用: {expected}"
    en = "“{op}” cannot be used with “{field}”; possible are {expected}"


class FilterValueMissing(Fault):
    code = "filter_value_missing"
    zh = "运算 “{op}” 需要 {expected}"
    en = "“{op}” needs {expected}"


class FilterValueNotApplicable(Fault):
    code = "filter_value_not_applicable"
    zh = "运算 “{op}” 不能用于此值"
    en = "“{op}” cannot be used with this value"


class FilterReference(Fault):
    code = "filter_reference"
    zh = '文件中不写成员、部门或数据的编号, 请用 is_me 或 {{"current": …}}'
    en = 'Files name no members, departments or records; use is_me or {{"current": …}}'


def check_filter(part: Filter | None, entity: Entity, path: str) -> Iterator[Problem]:
    """What is wrong with a filter on the records of this entity; `path` is where the filter is."""
    conditions = [] if part is None else list(walk_filter(part))
    if len(conditions) > MAX_CONDITIONS:
        yield Problem.of(FilterTooLong(path=path, max=MAX_CONDITIONS))
    if any(depth > MAX_DEPTH for _, _, depth in conditions):
        yield Problem.of(FilterTooDeep(path=path, max=MAX_DEPTH))
    for condition, pointer, _ in conditions:
        # formulas are checked where they are compiled
        if isinstance(condition, Condition):
            yield from _check_condition(condition, entity, path + pointer)


def _check_condition(condition: Condition, entity: Entity, path: str) -> Iterator[Problem]:
    field = any_field(entity, condition.field)
    if field is None:
        if entity.read_at(condition.field) is not None:
            yield Problem.of(FieldNotFilterable(path=f"{path}/field", name=condition.field))
        else:
            known = [*entity.by_key, *SYSTEM_FIELD_TYPES]
            yield unknown(UnknownField, condition.field, known=known, path=f"{path}/field")
        return
    expected = filter_operators(field)
    if condition.op not in expected:
        names = ", ".join(expected)
        yield Problem.of(
            OperatorNotApplicable(path=f"{path}/op", field=condition.field, op=condition.op, expected=names)
        )
        return
    try:
        _check_value(condition, field)
    except (Fault, BadValue) as refusal:
        yield Problem.of(refusal, path=f"{path}/value" + (refusal.path or ""))


def _check_value(condition: Condition, field: EntityField) -> None:
    """Raises the first thing that is wrong with the value of a condition."""
    op, value = condition.op, condition.value
    if op == "overlaps" or parts_of(field):
        _check_parts(condition, field)
        return
    match value:
        case None:
            if op not in VALUELESS:
                raise FilterValueMissing(op=op, expected="value")
        case Last() | This():
            if op != "within":
                raise FilterValueNotApplicable(op=op)
        case Current():
            _check_current(value, condition, field)
        case tuple():
            _check_several(value, condition, field)
        case _:
            if op in VALUELESS or op in {"within", "between"} or op in SEVERAL:
                raise FilterValueNotApplicable(op=op)
            _check_operand(value, field, path="")


def _check_parts(condition: Condition, field: EntityField) -> None:
    """A day or a text that a value contains, or a range of days that it overlaps."""
    op, value = condition.op, condition.value
    part = next(iter(parts_of(field).values()), field)
    match value:
        case None if op in VALUELESS:
            return
        case This() if op == "overlaps":
            return
        case (first, last) if op == "overlaps":
            for position, operand in enumerate((first, last)):
                _check_operand(operand, part, path=f"/{position}")
        case bool() | int() | float() | str() | Today() if op in {"contains", "not_contains"}:
            _check_operand(value, part, path="")
        case None:
            raise FilterValueMissing(op=op, expected="[from, to]" if op == "overlaps" else "value")
        case _:
            raise FilterValueNotApplicable(op=op)


def _check_several(values: tuple[FilterOperand, ...], condition: Condition, field: EntityField) -> None:
    if condition.op not in SEVERAL and condition.op != "between":
        raise FilterValueNotApplicable(op=condition.op)
    if condition.op == "between" and len(values) != _RANGE_ENDS:
        raise FilterValueMissing(op=condition.op, expected="[from, to]")
    for position, operand in enumerate(values):
        _check_operand(operand, field, path=f"/{position}")


def _check_current(value: Current, condition: Condition, field: EntityField) -> None:
    of_type = {"user": "member", "subordinates": "member", "department": "department", "subtree": "department"}
    is_one = condition.op in {"eq", "ne"}
    if field.type != of_type[value.current] or (is_one and value.current != "user"):
        raise FilterValueNotApplicable(op=condition.op)
    if not is_one and condition.op not in SEVERAL:
        raise FilterValueNotApplicable(op=condition.op)


def _check_operand(operand: FilterOperand, field: EntityField, *, path: str) -> None:
    if isinstance(operand, Today):
        if field.type not in {"date", "datetime"}:
            raise FilterValueNotApplicable(op="today", path=path)
        return
    if field.type in {"member", "department", "link"}:
        raise FilterReference(path=path)
    try:
        match field:
            case NumberBase():
                exact_decimal(operand)
            case TextBase():
                if not isinstance(operand, str):
                    raise NotText
            case OptionsBase():
                field.parse_option(operand)
            case _:
                field.parse(operand)
    except BadValue as refusal:
        refusal.path = path
        raise
