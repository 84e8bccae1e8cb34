"""The functions of the formula language, one group a file."""

from engine.formula.functions import (
    aggregate,
    characters,
    conditional,
    conversion,
    dates,
    finance,
    geometry,
    logic,
    lookup,
    maths,
    money,
    numerals,
    periods,
    rounding,
    statistics,
    text,
    times,
)
from engine.formula.functions.registry import FUNCTIONS

GROUPS = (
    logic,
    lookup,
    maths,
    rounding,
    numerals,
    aggregate,
    conditional,
    statistics,
    text,
    characters,
    conversion,
    money,
    dates,
    times,
    periods,
    finance,
    geometry,
)

__all__ = ["FUNCTIONS", "GROUPS"]
