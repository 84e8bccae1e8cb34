"""Field types seen by formulas: the kind of each, and values on their way in and out of an evaluation."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal, DecimalException
from typing import TypeAlias, assert_never
from zoneinfo import ZoneInfo

from engine.formula.check import Compiled
from engine.formula.coercion import boolean, day, moment, text, to_instant, to_wall_clock
from engine.formula.fits import Fit, as_text, number_fit, text_fit, time_fit
from engine.formula.functions.registry import Env
from engine.formula.linked import NO_LINKS, Linked
from engine.formula.values import (
    ANY,
    BOOLEAN,
    DATE,
    DATETIME,
    NUMBER,
    TEXT,
    ErrorValue,
    Fault,
    FormulaScalar,
    FormulaValue,
    Kind,
    Result,
)
from engine.model.field_types.attachment import FilesBase
from engine.model.field_types.barcode import BarcodeField
from engine.model.field_types.boolean import BooleanField
from engine.model.field_types.composite import CompositeBase
from engine.model.field_types.date import DateField
from engine.model.field_types.datetime import DateTimeField, to_milliseconds
from engine.model.field_types.department import DepartmentField
from engine.model.field_types.duration import DurationField
from engine.model.field_types.email import EmailField
from engine.model.field_types.link import LinkField, linked_ids
from engine.model.field_types.long_text import LongTextField
from engine.model.field_types.lookup import LookupField
from engine.model.field_types.member import MemberField
from engine.model.field_types.multi_select import MultiSelectField
from engine.model.field_types.number import NumberBase, NumberField
from engine.model.field_types.phone import PhoneField
from engine.model.field_types.progress import ProgressField
from engine.model.field_types.rating import RatingField
from engine.model.field_types.related import RelatedField
from engine.model.field_types.rich_text import RichTextField
from engine.model.field_types.rollup import RollupField
from engine.model.field_types.select import SelectField
from engine.model.field_types.serial import SerialField
from engine.model.field_types.subform import SubformField
from engine.model.field_types.text import TextBase, TextField
from engine.model.field_types.time import TimeField
from engine.model.field_types.url import UrlField
from engine.model.fields import EntityField
from engine.model.values import Composite, FileRef, Row, Value, Values

ScalarField: TypeAlias = (
    TextField
    | LongTextField
    | SerialField
    | RichTextField
    | BarcodeField
    | EmailField
    | UrlField
    | PhoneField
    | TimeField
    | NumberField
    | RatingField
    | ProgressField
    | DurationField
    | BooleanField
    | DateField
    | DateTimeField
    | SelectField
)


def field_kind(field: EntityField) -> Kind:
    """The kind formulas see; a subform as a whole is a list of anything, to be counted or asked whether it is empty."""
    match field:
        case MemberField():
            return Kind("member", is_list=field.multiple)
        case DepartmentField():
            return Kind("department", is_list=field.multiple)
        case LinkField():
            return Kind("record", is_list=field.multiple, of=field.target)
        case MultiSelectField():
            return Kind("option", is_list=True)
        case FilesBase():
            return Kind("files", is_list=True)
        case SubformField() | RelatedField() | CompositeBase():
            return Kind("any", is_list=True)
        case LookupField() | RollupField():
            # one that leads nowhere
            return ANY
        case _:
            return _scalar_kind(field)


def _scalar_kind(field: ScalarField) -> Kind:
    match field:
        case RichTextField():
            return Kind("rich_text")
        case TextBase() | TimeField():
            return TEXT
        case NumberBase():
            return NUMBER
        case BooleanField():
            return BOOLEAN
        case DateField():
            return DATE
        case DateTimeField():
            return DATETIME
        case SelectField():
            return Kind("option")
        case _:
            assert_never(field)


# what formulas see as it is in a record
AS_IT_IS: frozenset[type] = frozenset({Decimal, str, bool, date})


def to_formula(value: Value, zone: ZoneInfo) -> FormulaValue:
    """A record's value as formulas see it: instants as wall-clock times, files by name, rows by their ids."""
    if isinstance(value, datetime):
        return to_wall_clock(value, zone)
    if isinstance(value, tuple):
        return tuple(_element(item) for item in value)
    if isinstance(value, Composite):
        return tuple(part for part in value.parts.values() if part is not None)
    return value


def _element(item: str | FileRef | Row) -> str:
    if isinstance(item, FileRef):
        return item.name
    return (item.id or "-") if isinstance(item, Row) else item


def value_at(values: Values, path: str, zone: ZoneInfo, *, linked: Linked = NO_LINKS, within: str = "") -> FormulaValue:
    """What a formula finds at a path of a record: a field's value, a subform's column as a list in row order, or
    what lies behind a link.

    A path that is a key of `values` itself is taken first: `initiator.department` is no column. `within`: the path
    that leads to the record or row (`project.`), before that of a link in it.
    """
    key, _, rest = path.partition(".")
    if not rest or path in values:
        return to_formula(values.get(path), zone)
    link = f"{within}{key}"
    if link in linked.paths:
        # a definition from when the field led to one record finds the first of them
        target = linked.records.get(next(iter(linked_ids(values.get(key))), ""))
        return None if target is None else value_at(target, rest, zone, linked=linked, within=f"{link}.")
    return _inner(values.get(key), rest, zone)


def _inner(outer: Value, path: str, zone: ZoneInfo) -> FormulaValue:
    """A part of a value, or a column of rows as a list; an empty list where there is neither."""
    if isinstance(outer, Composite):
        return outer.parts.get(path)
    if not isinstance(outer, tuple) or not outer or not isinstance(outer[0], Row):
        return ()
    column, _, rest = path.partition(".")
    cells: list[Value] = [row.values.get(column) for row in outer]  # all are rows, as the first is
    if rest:
        # an inner subform without rows is an empty list, a value of several parts without any is empty
        inside = [_inner(cell, rest, zone) if cell is not None else (None,) for cell in cells]
        return tuple(item for found in inside for item in (found if isinstance(found, tuple) else (found,)))
    if AS_IT_IS.issuperset(map(type, cells)):
        return tuple(cells)  # type: ignore[arg-type]  # all of those types
    return tuple([_cell(cell, zone) for cell in cells])


def _cell(value: Value, zone: ZoneInfo) -> FormulaScalar:
    if value is None or type(value) in AS_IT_IS:
        return value  # type: ignore[return-value]  # one of those types
    cell = to_formula(value, zone)
    return text(cell) if isinstance(cell, tuple) else cell


Computing: TypeAlias = Callable[[Env], Value | ErrorValue]


def from_formula(field: EntityField, result: Result, *, zone: ZoneInfo) -> Value | ErrorValue:
    """A formula's result as a value of the field: numbers rounded half up to its decimals, or the error value."""
    return fitted(fitting(field), result, zone)


def fitted(fit: Fit, result: Result, zone: ZoneInfo) -> Value | ErrorValue:
    """`from_formula` for a field whose `fitting` is known."""
    if result is None or type(result) is ErrorValue:
        return result
    try:
        return fit(result, zone)  # type: ignore[arg-type]  # no error value by now
    except Fault as fault:
        return fault.error
    except (DecimalException, OverflowError):
        return ErrorValue.NUM


def computing(formula: Compiled, fit: Fit) -> Computing:
    """`fitted` of the formula's value within `exactly()`, as one step: it runs for every computed field of a record."""
    run = formula.run

    def compute(env: Env) -> Value | ErrorValue:
        try:
            result = run(env)
            return None if result is None else fit(result, env.zone)
        except Fault as fault:
            return fault.error
        except (DecimalException, OverflowError):
            return ErrorValue.NUM

    return compute


def fitting(field: EntityField, *, is_cut: bool = False) -> Fit:
    """How results that are neither empty nor errors become values of the field; what cannot raises
    `Fault` or `DecimalException`.

    `is_cut`: a text that is too long for the field is cut.
    """
    match field:
        case NumberBase():
            return number_fit(field)
        case TimeField():
            return time_fit(field)
        case TextBase():
            return text_fit(field, is_cut=is_cut)
        case BooleanField():
            return lambda result, _zone: boolean(result)
        case DateField():
            return lambda result, _zone: day(result)
        case DateTimeField():
            return lambda result, zone: to_milliseconds(to_instant(moment(result), zone))
        case MultiSelectField():
            return _several
        case MemberField() | DepartmentField() | LinkField() if field.multiple:
            return _several
        case (
            SelectField()
            | MemberField()
            | DepartmentField()
            | LinkField()
            | FilesBase()
            | SubformField()
            | LookupField()
            | RollupField()
            | RelatedField()
            | CompositeBase()
        ):
            return as_text
        case _:
            assert_never(field)


def _several(result: FormulaValue, _zone: ZoneInfo) -> tuple[str, ...] | None:
    found = (text(item) for item in (result if isinstance(result, tuple) else (result,)))
    return tuple(item for item in found if item) or None
