"""Field types seen by formulas: the kind of each, and values on their way in and out of an evaluation."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo

from engine.formula.coercion import boolean, day, moment, number, text, to_instant, to_wall_clock
from engine.formula.functions.maths import round_to
from engine.formula.values import (
    BOOLEAN,
    DATE,
    DATETIME,
    NUMBER,
    TEXT,
    ErrorValue,
    Fault,
    FormulaValue,
    Kind,
    Result,
)
from engine.model.fields import EntityField
from engine.model.values import FileRef, Row, Value, Values

_KINDS: Mapping[str, Kind] = {
    "text": TEXT,
    "long_text": TEXT,
    "serial": TEXT,
    "number": NUMBER,
    "boolean": BOOLEAN,
    "date": DATE,
    "datetime": DATETIME,
    "select": Kind("option"),
    "multi_select": Kind("option", is_list=True),
    "attachment": Kind("files", is_list=True),
}


def field_kind(field: EntityField) -> Kind:
    """The kind formulas see; a subform as a whole is a list of anything, to be counted or asked whether it is empty."""
    if field.type in {"member", "department"}:
        name: Kind = Kind("member") if field.type == "member" else Kind("department")
        return Kind(name.name, is_list=bool(getattr(field, "multiple", False)))
    return _KINDS.get(field.type, Kind("any", is_list=True))


def to_formula(value: Value, zone: ZoneInfo) -> FormulaValue:
    """A record's value as formulas see it: instants as wall-clock times, files by name, rows by their ids."""
    if isinstance(value, datetime):
        return to_wall_clock(value, zone)
    if isinstance(value, tuple):
        return tuple(_element(item) for item in value)
    return value


def _element(item: str | FileRef | Row) -> str:
    if isinstance(item, FileRef):
        return item.name
    return (item.id or "-") if isinstance(item, Row) else item


def column_values(values: Values, subform: str, column: str, *, zone: ZoneInfo) -> FormulaValue:
    """A subform's column as a list in row order."""
    rows = values.get(subform)
    if not isinstance(rows, tuple):
        return ()
    cells = [to_formula(row.values.get(column), zone) for row in rows if isinstance(row, Row)]
    return tuple(text(cell) if isinstance(cell, tuple) else cell for cell in cells)


def from_formula(field: EntityField, result: Result, *, zone: ZoneInfo) -> Value | ErrorValue:
    """A formula's result as a value of the field: numbers rounded half up to its decimals, or the error value."""
    if isinstance(result, ErrorValue) or result is None:
        return result
    try:
        return _canonical(field, result, zone=zone)
    except Fault as fault:
        return fault.error


def _canonical(field: EntityField, result: FormulaValue, *, zone: ZoneInfo) -> Value:
    match field.type:
        case "number":
            rounded = round_to(number(result), Decimal(field.decimals), ROUND_HALF_UP)
            if abs(rounded) >= Decimal(10) ** (field.digits - field.decimals):
                raise Fault(ErrorValue.NUM)
            return rounded
        case "boolean":
            return boolean(result)
        case "date":
            return day(result)
        case "datetime":
            return to_instant(moment(result), zone)
        case "text" | "long_text":
            return text(result)[: field.max_length] or None
        case "multi_select":
            return tuple(text(item) for item in result) if isinstance(result, tuple) else (text(result),)
        case "member" | "department" if field.multiple:
            return tuple(text(item) for item in result) if isinstance(result, tuple) else (text(result),)
        case _:
            return text(result) or None
