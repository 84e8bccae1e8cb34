"""Results of formulas made to fit their fields: rounded, cut, in the one form in which a field keeps a value."""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import TypeAlias
from zoneinfo import ZoneInfo

from engine.formula.coercion import SECONDS_A_DAY, number, text
from engine.formula.values import CONTEXT, ZERO, ErrorValue, Fault, FormulaValue
from engine.model.field_types.long_text import LongTextField
from engine.model.field_types.number import NumberBase, NumberField
from engine.model.field_types.serial import SerialField
from engine.model.field_types.text import TextBase, TextField
from engine.model.field_types.time import TimeField
from engine.model.values import BadValue, Value

# A result that is neither empty nor an error as a value of the field; raises `Fault` or `DecimalException`.
Fit: TypeAlias = Callable[[FormulaValue, ZoneInfo], Value]


# beyond the last day of the calendar
_TOO_LATE = Decimal(10_000_000)


def number_fit(field: NumberBase) -> Fit:
    """Rounded half up; what a field of fixed range cannot hold is #NUM!."""
    return _rounding(field) if isinstance(field, NumberField) else _in_range(field)


def text_fit(field: TextBase, *, is_cut: bool) -> Fit:
    """Free texts as they are, or cut to the length of the field; others in the form that the field demands."""
    if isinstance(field, TextField | LongTextField) and is_cut:
        return _cutting(field.longest)
    return as_text if isinstance(field, TextField | LongTextField | SerialField) else _parsed(field)


def _rounding(field: NumberBase) -> Callable[[FormulaValue, ZoneInfo], Decimal]:
    form = field.number_form
    quantum = Decimal(1).scaleb(-form.decimals)
    within = Context(prec=form.digits)  # in which a number with more digits is an invalid operation

    def fit(result: FormulaValue, _zone: ZoneInfo) -> Decimal:
        value = result if type(result) is Decimal else number(result)
        rounded = value.quantize(quantum, ROUND_HALF_UP, within)
        return (value if rounded == value else rounded) or ZERO  # never a negative zero

    return fit


def _in_range(field: NumberBase) -> Fit:
    form, rounding = field.number_form, _rounding(field)

    def fit(result: FormulaValue, zone: ZoneInfo) -> Value:
        value = rounding(result, zone)
        try:
            form.check_range(value)
        except BadValue:
            raise Fault(ErrorValue.NUM) from None
        return value

    return fit


def time_fit(field: TimeField) -> Fit:
    """A text such as 9:30, a wall-clock time, or a number whose fraction is that of the day, as in Excel."""

    def fit(result: FormulaValue, _zone: ZoneInfo) -> Value:
        serial = number(result)
        if not 0 <= serial < _TOO_LATE:
            raise Fault(ErrorValue.NUM)
        second = CONTEXT.multiply(serial % 1, Decimal(SECONDS_A_DAY)).to_integral_value(ROUND_HALF_UP)
        return field.at(int(second) % SECONDS_A_DAY)

    return fit


def _parsed(field: TextBase) -> Fit:
    """A text in the one form in which the field keeps it."""

    def fit(result: FormulaValue, _zone: ZoneInfo) -> Value:
        try:
            return field.parse(text(result))
        except BadValue:
            raise Fault(ErrorValue.VALUE) from None

    return fit


def _cutting(longest: int) -> Fit:
    return lambda result, _zone: (result if type(result) is str else text(result))[:longest] or None


def as_text(result: FormulaValue, _zone: ZoneInfo) -> Value:
    return text(result) or None
