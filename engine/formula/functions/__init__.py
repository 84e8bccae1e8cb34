"""The functions of the formula language, one group a file."""

from engine.formula.functions import aggregate, dates, logic, maths, money, text
from engine.formula.functions.registry import FUNCTIONS

GROUPS = (logic, maths, aggregate, text, money, dates)

__all__ = ["FUNCTIONS", "GROUPS"]
