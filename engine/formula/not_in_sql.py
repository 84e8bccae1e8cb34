"""Why a formula cannot be computed by the databases."""

from __future__ import annotations

from engine.errors import Word
from engine.formula.values import FormulaRejected


class FormulaNotInSql(FormulaRejected):
    """A part of a filter's or sort's formula that only a computed field can compute; `what` names it."""

    code = "formula_not_in_sql"
    zh = "公式第 {position} 个字符处: {what} 不能用于筛选和排序; 请建一个计算字段, 再按该字段筛选或排序"
    en = "At character {position} of the formula: {what} cannot be used to filter or sort; use a computed field for it"


class ListFormulasTooLarge(FormulaRejected):
    """The formulas of one filter or one order, taken together, are more than databases should compute for a list."""

    code = "list_formulas_too_large"
    zh = "同一筛选 (或排序) 中的公式合计过大 (上限 {limit}); 请把其中一些建成计算字段"
    en = "The formulas of this filter or order are too large together (limit {limit}); make computed fields of some"


class NotInSql(Exception):
    """What cannot be computed, before the place is known."""

    def __init__(self, what: Word) -> None:
        self.what = what
        super().__init__(what)


KIND_UNKNOWN = Word("a value that may be of different kinds", "类型不确定的值")
TEXT_AS_NUMBER = Word("text taken as a number", "把文本当作数字")
NOT_A_TRUTH = Word("a condition that is not simply true or false", "结果不是真假值的条件")
NOT_A_FIELD = Word("a field of another record or a whole list", "其他数据的字段或整个列表")
TIME_OF_FIELD = Word("computing with a date and time", "对日期时间的运算")
DAY_PARTS = Word("a day's part of this", "取这个值的年月日")
BROKEN_DAYS = Word("a day moved by a number with decimals", "日期加减带小数的数字")
TOO_MANY_DIGITS = Word("a number that may have more than 18 digits", "可能超过 18 位的数字")
BAD_TEXT = Word("this text", "这段文本")
AGGREGATE_OF = Word("this aggregate", "这种汇总")
TOO_BIG = Word("a formula of this size", "这么长的公式")
