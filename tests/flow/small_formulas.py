"""A formula language just large enough for flow tests: a path, a comparison of a path with a literal, a failure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from engine.errors import Rejection
from engine.flow.formulas import FormulaFailure
from engine.model.values import Value, Values

_FORM = re.compile(r'^\{([a-z_.]+)\}(?:(>=|<|=)(?:(\d+)|"([^"]*)"|\{([a-z_.]+)\}))?$')


class NotAFormula(Rejection):
    code = "not_a_formula"
    zh = "不是公式"
    en = "Not a formula"


@dataclass(frozen=True)
class SmallFormula:
    source: str
    path: str | None
    operator: str | None = None
    literal: Value = None
    other: str | None = None

    @property
    def is_boolean(self) -> bool:
        return self.operator is not None or self.source in {"TRUE", "FALSE", "1/0"} or "is_" in self.source

    @property
    def is_constant(self) -> bool:
        return self.path is None

    @property
    def references(self) -> frozenset[str]:
        return frozenset(path for path in (self.path, self.other) if path is not None)

    def evaluate(self, record: Values, now: datetime) -> Value | FormulaFailure:
        if self.path is None:
            return FormulaFailure("#DIV/0!") if self.source == "1/0" else self.source == "TRUE"
        left = record.get(self.path)
        if self.operator is None:
            return left
        right = record.get(self.other) if self.other is not None else self.literal
        if self.operator == "=":
            return left == right
        if not isinstance(right, Decimal) or not isinstance(left, Decimal | None):
            return FormulaFailure("#VALUE!")
        number = left or Decimal(0)
        return number >= right if self.operator == ">=" else number < right


def compile_small(source: str) -> SmallFormula:
    if source in {"TRUE", "FALSE", "1/0"}:
        return SmallFormula(source, None)
    match = _FORM.match(source)
    if match is None:
        raise NotAFormula
    path, operator, number, text, other = match.groups()
    literal = Decimal(number) if number is not None else text
    return SmallFormula(source, path, operator, literal, other)
