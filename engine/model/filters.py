"""The filter grammar of views, permission sets and the API: conditions joined by and, or, not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal, TypeAlias, get_args

from pydantic import Discriminator, Field, StringConstraints, Tag

from engine.model.base import Document, FieldPath, ListFormula
from engine.model.expressions import Operator
from engine.model.field_types.base import FieldBase

MAX_DEPTH = 8
MAX_CONDITIONS = 100

# What the store compares, and what is resolved to it from the clock, the person asking and the parts of a value.
RelativeOperator = Literal["within", "is_me", "in_my_departments", "in_my_subtree", "overlaps"]
FilterOperator = Literal[Operator, RelativeOperator]
_OF_PERSON: frozenset[str] = frozenset({"is_me", "in_my_departments", "in_my_subtree"})
VALUELESS = _OF_PERSON | {"empty", "not_empty"}
SEVERAL: frozenset[str] = frozenset({"in", "not_in", "has_any", "has_all"})
Duration = Annotated[str, StringConstraints(pattern=r"^P([0-9]{1,5}[YMWD]|T[0-9]{1,6}[HMS])$")]


class Today(Document):
    """The day so many days from today: 0 is today, -1 yesterday."""

    today: int = Field(ge=-36_600, le=36_600)


class Last(Document):
    """From so long ago until now."""

    last: Duration


class This(Document):
    """The calendar period that now is in; weeks begin on Monday."""

    this: Literal["day", "week", "month", "quarter", "year"]


class Current(Document):
    """The person asking, his own departments, these with all below, or his subordinates."""

    current: Literal["user", "department", "subtree", "subordinates"]


FilterScalar: TypeAlias = bool | int | float | str


def _operand_tag(operand: object) -> str:
    return "today_value" if isinstance(operand, dict | Today) else "scalar_value"


FilterOperand = Annotated[
    Annotated[FilterScalar, Tag("scalar_value")] | Annotated[Today, Tag("today_value")], Discriminator(_operand_tag)
]


def _value_tag(value: object) -> str:
    match value:
        case list() | tuple():
            return "list_value"
        case Today() | {"today": _}:
            return "today_value"
        case Last() | {"last": _}:
            return "last_value"
        case This() | {"this": _}:
            return "this_value"
        case Current() | dict():
            return "current_value"
        case _:
            return "scalar_value"


FilterValue = Annotated[
    Annotated[FilterScalar, Tag("scalar_value")]
    | Annotated[tuple[FilterOperand, ...], Field(max_length=1000), Tag("list_value")]
    | Annotated[Today, Tag("today_value")]
    | Annotated[Last, Tag("last_value")]
    | Annotated[This, Tag("this_value")]
    | Annotated[Current, Tag("current_value")],
    Discriminator(_value_tag),
]


class Condition(Document):
    """One field compared with a value; `empty`, `not_empty` and the operators about the person asking take none."""

    field: FieldPath
    op: FilterOperator
    value: FilterValue | None = None


class FormulaCondition(Document):
    """A formula that comes to TRUE for the record, made of what the databases compute."""

    formula: ListFormula


class And(Document):
    """Every part holds."""

    all_of: tuple[Filter, ...] = Field(alias="and", max_length=MAX_CONDITIONS)


class Or(Document):
    """Some part holds."""

    any_of: tuple[Filter, ...] = Field(alias="or", max_length=MAX_CONDITIONS)


class Not(Document):
    """The part does not hold."""

    negated: Filter = Field(alias="not")


def _filter_tag(part: object) -> str:
    match part:
        case And() | {"and": _}:
            return "and_part"
        case Or() | {"or": _}:
            return "or_part"
        case Not() | {"not": _}:
            return "not_part"
        case FormulaCondition() | {"formula": _}:
            return "formula_part"
        case _:
            return "condition_part"


Filter = Annotated[
    Annotated[And, Tag("and_part")]
    | Annotated[Or, Tag("or_part")]
    | Annotated[Not, Tag("not_part")]
    | Annotated[FormulaCondition, Tag("formula_part")]
    | Annotated[Condition, Tag("condition_part")],
    Discriminator(_filter_tag),
]

And.model_rebuild()
Or.model_rebuild()
Not.model_rebuild()


def walk_filter(
    part: Filter, pointer: str = "", *, depth: int = 1
) -> Iterator[tuple[Condition | FormulaCondition, str, int]]:
    """Every condition with its JSON pointer below the filter and its depth, the outermost level being 1."""
    match part:
        case And():
            for position, child in enumerate(part.all_of):
                yield from walk_filter(child, f"{pointer}/and/{position}", depth=depth + 1)
        case Or():
            for position, child in enumerate(part.any_of):
                yield from walk_filter(child, f"{pointer}/or/{position}", depth=depth + 1)
        case Not():
            yield from walk_filter(part.negated, f"{pointer}/not", depth=depth + 1)
        case Condition() | FormulaCondition():
            yield part, pointer, depth


def formulas_in(part: Filter | None) -> Iterator[tuple[str, str]]:
    """Every formula of a filter with the JSON pointer of its text below the filter."""
    for condition, pointer, _ in () if part is None else walk_filter(part):
        if isinstance(condition, FormulaCondition):
            yield condition.formula, f"{pointer}/formula"


def fields_in(part: Filter | None) -> frozenset[str]:
    """The fields that the conditions of a filter compare; its formulas are not looked at."""
    found = () if part is None else walk_filter(part)
    return frozenset(condition.field for condition, _, _ in found if isinstance(condition, Condition))


def depends_on_time(part: Filter) -> bool:
    """Whether the same filter may admit other records tomorrow; its formulas are not looked at."""
    return any(
        isinstance(condition, Condition) and _is_relative(condition.value) for condition, _, _ in walk_filter(part)
    )


def moves(condition: Condition) -> bool:
    """Whether a comparison may hold for other records tomorrow, or for somebody else."""
    is_of_person = isinstance(condition.value, Current) or condition.op in _OF_PERSON
    return is_of_person or condition.op == "within" or _is_relative(condition.value)


def _is_relative(value: FilterValue | FilterOperand | None) -> bool:
    if isinstance(value, tuple):
        return any(_is_relative(item) for item in value)
    return isinstance(value, Today | Last | This)


def filter_operators(field: FieldBase) -> tuple[FilterOperator, ...]:
    """The operators a filter may use on this field."""
    relative: tuple[FilterOperator, ...] = ()
    match field.type_key():
        case "date" | "datetime":
            relative = ("within",)
        case "member":
            relative = ("is_me",)
        case "department":
            relative = ("in_my_departments", "in_my_subtree")
        case "date_range":
            relative = ("contains", "not_contains", "overlaps")
        case "address":
            relative = ("contains", "not_contains")
        case _:
            pass
    return (*field.operators, *relative)


FILTER_OPERATORS: tuple[FilterOperator, ...] = get_args(FilterOperator)
