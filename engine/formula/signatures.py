"""What the groups of functions are called, for the editor."""

from __future__ import annotations

from collections.abc import Mapping

from engine.formula.functions.registry import Function
from engine.model.base import Translated

GROUP_TITLES: Mapping[str, Translated] = {
    "logic": Translated(zh_cn="逻辑", en="Logic"),
    "lookup": Translated(zh_cn="查找", en="Look-up"),
    "maths": Translated(zh_cn="数学", en="Mathematics"),
    "rounding": Translated(zh_cn="取整", en="Rounding"),
    "numerals": Translated(zh_cn="数制", en="Numerals"),
    "aggregate": Translated(zh_cn="汇总", en="Aggregation"),
    "conditional": Translated(zh_cn="按条件汇总", en="Aggregation by criteria"),
    "statistics": Translated(zh_cn="统计", en="Statistics"),
    "text": Translated(zh_cn="文本", en="Text"),
    "characters": Translated(zh_cn="字符", en="Characters"),
    "conversion": Translated(zh_cn="转换", en="Conversion"),
    "money": Translated(zh_cn="金额", en="Money"),
    "dates": Translated(zh_cn="日期", en="Days"),
    "times": Translated(zh_cn="时间", en="Times"),
    "periods": Translated(zh_cn="期间", en="Periods"),
    "finance": Translated(zh_cn="财务", en="Finance"),
    "geometry": Translated(zh_cn="位置", en="Places"),
}


def group_of(function: Function) -> str:
    """The group of a function: the file it is in."""
    return function.call.__module__.rpartition(".")[2]
