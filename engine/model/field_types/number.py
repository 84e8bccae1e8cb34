"""An exact decimal number."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Annotated, ClassVar, Literal

from pydantic import Field, PlainSerializer, StringConstraints

from engine.model.bad_values import AboveMax, BelowMin, NotANumber, NumberNeedsText, TooManyDecimals, TooManyDigits
from engine.model.base import LANGUAGES, Fault, Label, Translated, label_text
from engine.model.cells import CellNames
from engine.model.currencies import CURRENCIES
from engine.model.expressions import Operator
from engine.model.field_types.base import FieldBase
from engine.model.values import ColumnKind, Json, RawJson, Value

# Every decimal of so many digits survives a parser that goes through binary floating point.
JSON_NUMBER_DIGITS = 15
PERCENT_DECIMALS = 2
ORDERED_OPERATORS: tuple[Operator, ...] = (
    "eq", "ne", "in", "not_in", "lt", "le", "gt", "ge", "between", "empty", "not_empty",
)  # fmt: skip
_NUMERAL = re.compile(r"[+-]?[0-9]{1,40}(?:\.[0-9]{1,40})?")
_CELL = re.compile(
    r"(?P<open>\()?(?P<sign>[+-])?(?:[A-Z]{3}|[¥$€£₩₹])?\s*"
    r"(?P<digits>[0-9]{1,40}(?:\.[0-9]{1,40})?|[0-9]{1,3}(?:,[0-9]{3}){1,12}(?:\.[0-9]{1,40})?)"
    r"\s*(?P<percent>%)?(?:[A-Z]{3}|元|[¥$€£₩₹])?(?P<close>\))?"
)
_EXPONENT_LIMIT = 40


class MinAboveMax(Fault):
    code = "min_above_max"
    zh = "“{low}” 大于 “{high}”"
    en = "“{low}” is greater than “{high}”"


class TooFewDigits(Fault):
    code = "too_few_digits"
    zh = "总位数 {digits} 至少要比小数位数 {decimals} 多 1"
    en = "{digits} digits leave no place before the point for {decimals} decimals"


class UnknownCurrency(Fault):
    code = "unknown_currency"
    zh = "没有货币 “{currency}”"
    en = "There is no currency “{currency}”"


class PercentConflict(Fault):
    code = "percent_conflict"
    zh = "百分数不能再设置 “{member}”"
    en = "A percentage has no “{member}”"


class PercentNeedsDecimals(Fault):
    code = "percent_needs_decimals"
    zh = "百分数至少要有 2 位小数 (12% 保存为 0.12)"
    en = "A percentage needs at least 2 decimals: 12% is kept as 0.12"


class BoundNotHeld(Fault):
    code = "bound_not_held"
    zh = "“{member}” 超出该字段能保存的范围或小数位数"
    en = "“{member}” is outside of what the field can hold"


def exact_decimal(raw: RawJson) -> Decimal:
    """The number a JSON input stands for, exactly. Raises `NotANumber` or `NumberNeedsText`."""
    match raw:
        case bool():
            raise NotANumber
        case str() if _NUMERAL.fullmatch(raw):
            return Decimal(raw)
        case int() if abs(raw) >= 10**JSON_NUMBER_DIGITS:
            raise NumberNeedsText
        case int():
            return Decimal(raw)
        case float():
            number = Decimal(repr(raw))
        case Decimal():
            number = raw
        case _:
            raise NotANumber
    if not number.is_finite() or abs(number.adjusted()) > _EXPONENT_LIMIT:
        raise NotANumber
    if len(number.normalize().as_tuple().digits) > JSON_NUMBER_DIGITS:
        raise NumberNeedsText
    return number


def decimal_places(number: Decimal) -> int:
    """How many digits after the point the number needs."""
    exponent = number.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def plain(number: Decimal) -> str:
    """The number without exponent and without superfluous zeros."""
    return format(number.normalize() + 0, "f")


def json_number(number: Decimal) -> int | float | str:
    """The number as JSON, when every reader gets it exactly, else its digits as text."""
    if len(number.normalize().as_tuple().digits) > JSON_NUMBER_DIGITS:
        return plain(number)
    return int(number) if number == number.to_integral_value() else float(number)


def cell_number(text: str, *, units: tuple[str, ...] = ()) -> Decimal:
    """The number of a cell: `1,234.5` `¥5` `5元` `(5)` `12%` (which is 0.12). Raises `NotANumber`."""
    shown = unicodedata.normalize("NFKC", text).strip()
    for unit in units:
        shown = shown.removesuffix(unit).strip()
    found = _CELL.fullmatch(shown)
    if found is None or bool(found["open"]) != bool(found["close"]) or (found["open"] and found["sign"]):
        raise NotANumber
    number = Decimal(found["digits"].replace(",", ""))
    if found["open"] or found["sign"] == "-":
        number = -number
    return number.scaleb(-PERCENT_DECIMALS) if found["percent"] else number


@dataclass(frozen=True)
class NumberForm:
    """Which numbers a field holds: `digits` in all, of which `decimals` after the point, from `least` to `most`."""

    decimals: int
    digits: int
    least: Decimal | None = None
    most: Decimal | None = None

    def holds(self, number: Decimal) -> bool:
        """Whether the column has enough places before and after the point."""
        return decimal_places(number) <= self.decimals and abs(number) < self.below

    @property
    def below(self) -> Decimal:
        """What every number held is less than."""
        return Decimal(10) ** (self.digits - self.decimals)

    def check_range(self, number: Decimal) -> None:
        """Raises `BelowMin` or `AboveMax`."""
        if self.least is not None and number < self.least:
            raise BelowMin(min=plain(self.least))
        if self.most is not None and number > self.most:
            raise AboveMax(max=plain(self.most))


class NumberBase(FieldBase):
    """What fields share whose value is an exact number."""

    type_column_kind: ClassVar[ColumnKind] = "decimal"
    type_plain_json: ClassVar[bool] = True
    type_operators: ClassVar[tuple[Operator, ...]] = ORDERED_OPERATORS
    refused_members: ClassVar[frozenset[str]] = frozenset({"search"})

    @property
    def number_form(self) -> NumberForm:
        """Which numbers the field holds."""
        raise NotImplementedError

    @property
    def is_plain_json(self) -> bool:
        return self.number_form.digits <= JSON_NUMBER_DIGITS

    def parse_filled(self, raw: RawJson) -> Value:
        form, number = self.number_form, exact_decimal(raw)
        if decimal_places(number) > form.decimals:
            raise TooManyDecimals(max=form.decimals)
        if not form.holds(number):
            raise TooManyDigits(max=form.digits - form.decimals)
        form.check_range(number)
        return number + 0 if number else Decimal(0)

    def write_cell(self, value: Value, names: CellNames) -> str:  # noqa: ARG002 - digits in every language
        return plain(value) if isinstance(value, Decimal) else ""

    def read_filled_cell(self, text: str, names: CellNames) -> RawJson:  # noqa: ARG002 - as above
        return plain(cell_number(text))

    def dump(self, value: Value) -> Json:
        """A JSON number where every reader gets it exactly, else its digits as text."""
        if not isinstance(value, Decimal):
            return None
        return plain(value) if self.number_form.digits > JSON_NUMBER_DIGITS else json_number(value)


Bound = Annotated[Decimal, PlainSerializer(json_number, when_used="json")]


class NumberField(NumberBase):
    """An exact number: `digits` in all, of which `decimals` after the point. `unit` is shown beside it.

    `percent`: 0.125 is shown as 12.5%. `currency`: the code of ISO 4217 with which it is shown.
    """

    type_title: ClassVar[Translated] = Translated(zh_cn="数字", en="Number")
    type_description: ClassVar[Translated] = Translated(
        zh_cn="精确的十进制数, 可带单位和范围", en="An exact decimal number with unit and range"
    )

    type: Literal["number"] = "number"
    decimals: int = Field(default=0, ge=0, le=8)
    digits: int = Field(default=JSON_NUMBER_DIGITS, ge=1, le=18)
    unit: Label | None = None
    percent: bool = False
    currency: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")] | None = None
    min: Bound | None = None
    max: Bound | None = None

    @cached_property
    def number_form(self) -> NumberForm:
        return NumberForm(self.decimals, self.digits, self.min, self.max)

    def faults(self) -> Iterator[Fault]:
        yield from super().faults()
        yield from self._style_faults()
        if self.digits <= self.decimals:
            yield TooFewDigits(path="/digits", digits=self.digits, decimals=self.decimals)
        if self.min is not None and self.max is not None and self.min > self.max:
            yield MinAboveMax(path="/min", low="min", high="max")
        for member, bound in (("min", self.min), ("max", self.max)):
            if bound is not None and not (bound.is_finite() and self.number_form.holds(bound)):
                yield BoundNotHeld(path=f"/{member}", member=member)

    def write_cell(self, value: Value, names: CellNames) -> str:
        if self.percent and isinstance(value, Decimal):
            return f"{plain(value.scaleb(PERCENT_DECIMALS))}%"
        return super().write_cell(value, names)

    def read_filled_cell(self, text: str, names: CellNames) -> RawJson:  # noqa: ARG002 - the same in every language
        """A percentage without its sign is the fraction, as everywhere but on the screen."""
        unit = self.unit
        units = () if unit is None else tuple({label_text(unit, language) for language in LANGUAGES})
        return plain(cell_number(text, units=units))

    def _style_faults(self) -> Iterator[Fault]:
        if self.currency is not None and self.currency not in CURRENCIES:
            yield UnknownCurrency(path="/currency", currency=self.currency)
        if self.percent:
            for member in ("unit", "currency"):
                if getattr(self, member) is not None:
                    yield PercentConflict(path=f"/{member}", member=member)
            if self.decimals < PERCENT_DECIMALS:
                yield PercentNeedsDecimals(path="/decimals")
