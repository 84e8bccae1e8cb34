"""Evaluating a formula over a handful of fields, and what it comes to as a text."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from engine.formula.check import compile_formula
from engine.formula.coercion import text
from engine.formula.environment import Environment
from engine.formula.values import ANY, BOOLEAN, DATE, DATETIME, NUMBER, TEXT, ErrorValue, FormulaValue, Kind, Result

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
ZONE = ZoneInfo("Asia/Shanghai")
SCOPE = {
    "n": NUMBER,
    "t": TEXT,
    "b": BOOLEAN,
    "d": DATE,
    "at": DATETIME,
    "empty": ANY,
    "list.number": Kind("number", is_list=True),
    "list.text": Kind("text", is_list=True),
    "list.day": Kind("date", is_list=True),
    "list.mixed": Kind("any", is_list=True),
    "list.none": Kind("number", is_list=True),
}
VALUES: dict[str, FormulaValue] = {
    "n": Decimal("2.5"),
    "t": "5",
    "b": True,
    "d": date(2024, 2, 29),
    "at": datetime(2024, 2, 29, 13, 45, 50),  # noqa: DTZ001  # wall clock
    "empty": None,
    "list.number": (Decimal(5), Decimal(2), Decimal(9), None, Decimal(2)),
    "list.text": ("服务器", "显示器", "a", "A", "a*"),
    "list.day": (date(2024, 5, 10), None, date(2024, 5, 20), date(2024, 6, 1), date(2024, 5, 20)),
    "list.mixed": (Decimal(1), "2", True, "abc", None),
    "list.none": (None, None),
}


def result(source: str, **given: FormulaValue) -> Result:
    """The value of a formula; fields that are given stand before those above."""
    values = {**VALUES, **{path.replace("_", "."): value for path, value in given.items()}}
    return compile_formula(source, SCOPE).evaluate(Environment(values.__getitem__, now=NOW, zone=ZONE))


def shown(source: str, **given: FormulaValue) -> str:
    """The value of a formula as a text, error values by their names."""
    found = result(source, **given)
    return found.value if isinstance(found, ErrorValue) else text(found)
