"""What the parameters of functions and their groups are called, for the editor."""

from __future__ import annotations

from collections.abc import Mapping

from engine.formula.functions.registry import Function, ParameterKind
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
_BY_KIND: Mapping[ParameterKind, Translated] = {
    "number": Translated(zh_cn="数字", en="number"),
    "text": Translated(zh_cn="文本", en="text"),
    "boolean": Translated(zh_cn="真假", en="truth"),
    "date": Translated(zh_cn="日期", en="day"),
    "any": Translated(zh_cn="值", en="value"),
    "list": Translated(zh_cn="列表", en="list"),
    "lazy": Translated(zh_cn="值", en="value"),
}
# one line for each parameter in order, Chinese before the bar; functions that are absent are named by kinds
_NAMES: Mapping[str, str] = {
    "IF": "条件|condition, 成立时|if true, 不成立时|if false",
    "IFS": "条件1|condition 1, 值1|value 1, 条件|condition, 值|value",
    "SWITCH": "值|value, 情况1|case 1, 结果1|result 1, 情况、结果或默认值|case or result or default",
    "IFERROR": "值|value, 出错时|if error",
    "IFNA": "值|value, 无结果时|if #N/A",
    "AND": "条件|condition",
    "OR": "条件|condition",
    "XOR": "条件|condition",
    "NOT": "条件|condition",
    "ROUND": "数字|number, 小数位数|digits",
    "ROUNDUP": "数字|number, 小数位数|digits",
    "ROUNDDOWN": "数字|number, 小数位数|digits",
    "TRUNC": "数字|number, 小数位数|digits",
    "CEILING": "数字|number, 倍数|multiple",
    "FLOOR": "数字|number, 倍数|multiple",
    "MROUND": "数字|number, 倍数|multiple",
    "MOD": "被除数|number, 除数|divisor",
    "QUOTIENT": "被除数|number, 除数|divisor",
    "POWER": "底数|number, 指数|power",
    "LOG": "数字|number, 底数|base",
    "COMBIN": "总数|number, 选取数|chosen",
    "COUNTIF": "范围1|range 1, 条件1|criterion 1, 范围|range, 条件|criterion",
    "SUMIF": "范围|range, 条件|criterion, 求和列|sum of",
    "SUMIFS": "求和列|sum of, 范围1|range 1, 条件1|criterion 1, 范围|range, 条件|criterion",
    "AVERAGEIF": "范围|range, 条件|criterion, 平均列|mean of",
    "AVERAGEIFS": "平均列|mean of, 范围1|range 1, 条件1|criterion 1, 范围|range, 条件|criterion",
    "MAXIFS": "取值列|largest of, 范围1|range 1, 条件1|criterion 1, 范围|range, 条件|criterion",
    "MINIFS": "取值列|smallest of, 范围1|range 1, 条件1|criterion 1, 范围|range, 条件|criterion",
    "LARGE": "列表|list, 名次|rank",
    "SMALL": "列表|list, 名次|rank",
    "LEFT": "文本|text, 字数|count",
    "RIGHT": "文本|text, 字数|count",
    "MID": "文本|text, 起始位置|start, 字数|count",
    "TEXTJOIN": "分隔符|separator, 忽略空值|skip empty, 列表|list",
    "JOIN": "列表|list, 分隔符|separator",
    "SPLIT": "文本|text, 分隔符|separator",
    "EXACT": "文本1|text 1, 文本2|text 2",
    "FIND": "要找的文本|find, 文本|within, 起始位置|start",
    "SEARCH": "要找的文本|find, 文本|within, 起始位置|start",
    "REPLACE": "文本|text, 起始位置|start, 字数|count, 新文本|new text",
    "SUBSTITUTE": "文本|text, 旧文本|old text, 新文本|new text, 第几处|occurrence",
    "REPT": "文本|text, 次数|times",
    "CONTAINS": "文本或列表|text or list, 要找的值|value",
    "FIXED": "数字|number, 小数位数|digits, 不用千分位|no commas",
    "TEXT": "值|value, 格式|format",
    "DATE": "年|year, 月|month, 日|day",
    "TIME": "时|hour, 分|minute, 秒|second",
    "WEEKDAY": "日期|day, 一周起始|week begins",
    "EDATE": "日期|day, 月数|months",
    "EOMONTH": "日期|day, 月数|months",
    "DAYS": "结束日期|end, 开始日期|start",
    "DATEDELTA": "日期|day, 天数|days",
    "DATEDIF": "开始日期|start, 结束日期|end, 单位|unit",
    "NETWORKDAYS": "开始日期|start, 结束日期|end, 假日|holidays",
    "WORKDAY": "开始日期|start, 天数|days, 假日|holidays",
    "UPPERMONEY": "金额|amount",
    "NUMBERVALUE": "文本|text, 小数点|decimal point, 千分位符|thousands separator",
    "PMT": "利率|rate, 期数|periods, 现值|present value, 终值|future value, 是否期初|at the start",
    "FV": "利率|rate, 期数|periods, 每期付款|payment, 现值|present value, 是否期初|at the start",
    "PV": "利率|rate, 期数|periods, 每期付款|payment, 终值|future value, 是否期初|at the start",
    "NPER": "利率|rate, 每期付款|payment, 现值|present value, 终值|future value, 是否期初|at the start",
    "NPV": "贴现率|rate, 各期收支|values",
    "IRR": "各期收支|values, 起始估计|guess",
    "EFFECT": "名义利率|nominal rate, 每年期数|periods a year",
    "NOMINAL": "实际利率|effective rate, 每年期数|periods a year",
    "SLN": "原值|cost, 残值|salvage, 期数|periods",
    "DISTANCE": "纬度1|latitude 1, 经度1|longitude 1, 纬度2|latitude 2, 经度2|longitude 2",
    "CHOOSE": "序号|position, 值1|value 1, 值|value",
    "INDEX": "列表|list, 位置|position, 列|column",
    "MATCH": "值|value, 列表|list, 方式|kind",
    "MAPX": "运算|operation, 值|value, 匹配列|column to match, 结果列|column of results",
    "BASE": "数字|number, 进制|base, 最少位数|least digits",
    "DECIMAL": "文本|text, 进制|base",
    "ROMAN": "数字|number, 写法|form",
    "WEEKNUM": "日期|day, 方式|kind",
    "DAYS360": "开始|start, 结束|end, 欧洲算法|European",
    "YEARFRAC": "开始|start, 结束|end, 计日方式|day count",
    "RANK": "数字|number, 列表|list, 升序|ascending",
}


def group_of(function: Function) -> str:
    """The group of a function: the file it is in."""
    return function.call.__module__.rpartition(".")[2]


def parameter_names(function: Function) -> tuple[Translated, ...]:
    """The name of each parameter, in order."""
    kinds = tuple(_BY_KIND[parameter.kind] for parameter in function.parameters)
    given = _NAMES.get(function.main_name)
    if given is None:
        return kinds
    named = tuple(Translated(zh_cn=zh, en=en) for zh, _, en in (item.partition("|") for item in given.split(", ")))
    return named if len(named) == len(kinds) else kinds
