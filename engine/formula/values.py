"""Kinds and values of formulas: decimals, text, booleans, days, instants, lists, empty, and Excel's error values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import (
    ROUND_HALF_UP,
    Context,
    Decimal,
    DivisionByZero,
    InvalidOperation,
    Overflow,
    Subnormal,
)
from enum import Enum
from typing import Literal, TypeAlias

from engine.errors import Param, Rejection, Word

KindName = Literal[
    "number", "text", "boolean", "date", "datetime", "option", "member", "department", "record", "files", "rich_text",
    "null", "any",
]  # fmt: skip


class NumberContext(Context):
    """How numbers are computed: 34 significant digits, half away from zero; a result nearer to 0 than 10^-307 is 0.

    The precision is that of IEEE decimal128; numbers stay below 10^308 as in Excel, so that none takes long to write
    out or to count with.
    """

    def add(self, left: Decimal | int, right: Decimal | int, /) -> Decimal:
        try:
            return super().add(left, right)
        except Subnormal:
            return ZERO

    def subtract(self, left: Decimal | int, right: Decimal | int, /) -> Decimal:
        try:
            return super().subtract(left, right)
        except Subnormal:
            return ZERO

    def multiply(self, left: Decimal | int, right: Decimal | int, /) -> Decimal:
        try:
            return super().multiply(left, right)
        except Subnormal:
            return ZERO

    def divide(self, left: Decimal | int, right: Decimal | int, /) -> Decimal:
        try:
            return super().divide(left, right)
        except Subnormal:
            return ZERO

    def plus(self, value: Decimal | int, /) -> Decimal:
        try:
            return super().plus(value)
        except Subnormal:
            return ZERO

    def power(self, base: Decimal | int, exponent: Decimal | int, modulo: Decimal | int | None = None) -> Decimal:
        try:
            return super().power(base, exponent, modulo)
        except Subnormal:
            return ZERO

    def create_decimal(self, num: Decimal | float | str | tuple[int, Sequence[int], int] = "0", /) -> Decimal:
        try:
            return super().create_decimal(num)
        except Subnormal:
            return ZERO


ZERO = Decimal(0)
CONTEXT = NumberContext(
    prec=34,
    rounding=ROUND_HALF_UP,
    Emax=307,
    Emin=-307,
    traps=[InvalidOperation, DivisionByZero, Overflow, Subnormal],
)


@dataclass(frozen=True)
class Kind:
    """The static kind of an expression; `is_list`: a list of such values; `of`: the entity of a record."""

    name: KindName
    is_list: bool = False
    of: str | None = None

    def __str__(self) -> str:
        return f"list of {self.name}" if self.is_list else self.name

    @property
    def word(self) -> Word:
        """The kind in texts."""
        return Word(str(self), f"{_KINDS_IN_CHINESE[self.name]}列表") if self.is_list else kind_word(self.name)


_KINDS_IN_CHINESE: Mapping[str, str] = {
    "number": "数字", "text": "文本", "boolean": "真假值", "date": "日期", "datetime": "日期时间", "option": "选项",
    "member": "成员", "department": "部门", "record": "关联数据",
    "files": "附件", "rich_text": "富文本", "null": "空值", "any": "任意值", "one value": "单个值",
}  # fmt: skip


def kind_word(name: str) -> Word:
    """What a kind, or what is wanted in its place, is called in texts."""
    return Word(name, _KINDS_IN_CHINESE[name])


NUMBER, TEXT, BOOLEAN = Kind("number"), Kind("text"), Kind("boolean")
DATE, DATETIME, NULL, ANY = Kind("date"), Kind("datetime"), Kind("null"), Kind("any")


class ErrorValue(Enum):
    """A value that says why there is none; it spreads through every operation that does not catch it."""

    DIV0 = "#DIV/0!"
    VALUE = "#VALUE!"
    NUM = "#NUM!"
    NA = "#N/A"
    REF = "#REF!"
    CYCLE = "#CYCLE!"


class Fault(Exception):
    """An error value on its way up to whoever catches it (IFERROR, ISERROR, the caller)."""

    def __init__(self, error: ErrorValue) -> None:
        self.error = error
        super().__init__(error.value)


FormulaScalar: TypeAlias = Decimal | str | bool | date | datetime | None
FormulaValue: TypeAlias = FormulaScalar | tuple[FormulaScalar, ...]
Result: TypeAlias = FormulaValue | ErrorValue


class FormulaRejected(Rejection):
    """Something is wrong with the text of a formula; `offset` counts code points from 0."""

    code = "formula_invalid"
    status = 422
    zh = "公式有误"
    en = "The formula is wrong"

    def __init__(self, *, offset: int = 0, **params: Param) -> None:
        self.offset = offset
        super().__init__(path=None, offset=offset, **params)


class FormulaSyntaxError(FormulaRejected):
    """The text cannot be read."""

    code = "formula_syntax"
    zh = "公式第 {position} 个字符处: 应为 {expected}, 实为 {found}"
    en = "At character {position} of the formula: expected {expected}, found {found}"


class FormulaTooLarge(FormulaRejected):
    """Beyond 8,000 characters, 2,000 nodes, 64 levels of brackets or 150 operations on each other's results."""

    code = "formula_too_large"
    zh = "公式过大 (上限 {limit})"
    en = "The formula is too large (limit {limit})"


class UnknownFunction(FormulaRejected):
    """No function of that name."""

    code = "formula_unknown_function"
    zh = "没有函数 {name}{suggestion}"
    en = "There is no function {name}{suggestion}"


class UnknownReference(FormulaRejected):
    """No field of that key where the formula stands."""

    code = "formula_unknown_field"
    zh = "没有字段 {name}{suggestion}"
    en = "There is no field {name}{suggestion}"


class WrongArgumentCount(FormulaRejected):
    """Too few or too many arguments."""

    code = "formula_argument_count"
    zh = "{name} 需要 {expected} 个参数, 实有 {found} 个"
    en = "{name} takes {expected} argument(s), found {found}"


class FormulaTypeError(FormulaRejected):
    """An operand of a kind that can never work there."""

    code = "formula_type"
    zh = "公式第 {position} 个字符处: 应为 {expected}, 实为 {found}"
    en = "At character {position} of the formula: expected {expected}, found {found}"


class CalendarNotListed(FormulaRejected):
    """A working calendar named by its key that the application does not say it needs; a warning."""

    code = "calendar_not_listed"
    zh = "公式使用工作日历 “{name}”, 但 app.json 的 needs.calendars 中没有列出; 工作区没有它时结果为 #VALUE!"
    en = (
        "The formula counts by the working calendar “{name}”, which needs.calendars of app.json does not list;"
        " where the workspace lacks it, the result is #VALUE!"
    )


class FormulaConverts(FormulaRejected):
    """A warning: an operand or a result of another kind, which Excel's rules convert."""

    code = "formula_converts"
    zh = "公式第 {position} 个字符处: 按 Excel 规则把 {found} 当作 {expected}, 请确认是否符合本意"
    en = "At character {position} of the formula: {found} is taken as {expected} by Excel's rules; is that meant?"


class FormulaBudgetExceeded(Rejection):
    """The evaluation took more steps than allowed."""

    code = "formula_budget"
    status = 422
    zh = "公式计算步数超过上限 {limit}"
    en = "The formula takes more than {limit} steps"
