"""Text functions; positions and lengths count Unicode code points."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from engine.formula.coercion import MAX_TEXT, text
from engine.formula.functions.registry import Env, Help, register
from engine.formula.functions.wildcards import ANY, find_run
from engine.formula.values import BOOLEAN, NUMBER, TEXT, ErrorValue, Fault, FormulaScalar, FormulaValue, Kind

List = tuple[FormulaScalar, ...]
ONE = Decimal(1)
_WILD = re.compile(r"~[~*?]|[*?]|[^~*?]+|~")


def limited(value: str) -> str:
    """The text if it is at most 32,767 characters long, else #VALUE!."""
    if len(value) > MAX_TEXT:
        raise Fault(ErrorValue.VALUE)
    return value


def _joined(separator: str, parts: Sequence[str]) -> str:
    """The parts with separators between them; what would be too long is not even made."""
    if sum(map(len, parts)) + len(separator) * (len(parts) - 1) > MAX_TEXT:
        raise Fault(ErrorValue.VALUE)
    return separator.join(parts)


def _length(value: Decimal, least: int = 0) -> int:
    if value < least:
        raise Fault(ErrorValue.VALUE)
    return min(int(value), MAX_TEXT + 1)


@register("LEN", shape="文本/text: text", returns=NUMBER, help=Help("字数", "Number of characters", 'LEN("项目")', "2"))
def len_(value: str) -> FormulaValue:
    """Code points."""
    return Decimal(len(value))


@register(
    "LEFT",
    shape="文本/text: text, 字数/count: number?",
    returns=TEXT,
    help=Help("左边几个字", "The first characters", 'LEFT("项目立项",2)', "项目"),
)
def left(value: str, count: Decimal = ONE) -> FormulaValue:
    """The first characters."""
    return value[: _length(count)]


@register(
    "RIGHT",
    shape="文本/text: text, 字数/count: number?",
    returns=TEXT,
    help=Help("右边几个字", "The last characters", 'RIGHT("abc",2)', "bc"),
)
def right(value: str, count: Decimal = ONE) -> FormulaValue:
    """The last characters."""
    length = _length(count)
    return value[-length:] if length else ""


@register(
    "MID",
    shape="文本/text: text, 起始位置/start: number, 字数/count: number",
    returns=TEXT,
    help=Help("中间一段", "Characters from a position", 'MID("abcd",2,2)', "bc"),
)
def mid(value: str, start: Decimal, count: Decimal) -> FormulaValue:
    """`count` characters from position `start`, counted from 1."""
    first = _length(start, 1) - 1
    return value[first : first + _length(count)]


@register("LOWER", shape="文本/text: text", returns=TEXT, help=Help("转小写", "Lower case", 'LOWER("AB")', "ab"))
def lower(value: str) -> FormulaValue:
    """Lower case."""
    return value.lower()


@register("UPPER", shape="文本/text: text", returns=TEXT, help=Help("转大写", "Upper case", 'UPPER("ab")', "AB"))
def upper(value: str) -> FormulaValue:
    """Upper case."""
    return value.upper()


@register(
    "TRIM",
    shape="文本/text: text",
    returns=TEXT,
    help=Help("去掉多余空格", "Without superfluous spaces", 'TRIM(" a  b ")', "a b"),
)
def trim(value: str) -> FormulaValue:
    """Without spaces at the ends, runs of spaces made one."""
    return " ".join(part for part in value.split(" ") if part)


@register(
    "CONCATENATE",
    shape="文本/text: text+",
    returns=TEXT,
    help=Help("连接文本", "Join texts", 'CONCATENATE("a",1)', "a1"),
)
def concatenate(*values: str) -> FormulaValue:
    """Texts one after the other."""
    return _joined("", values)


@register(
    "CONCAT",
    shape="文本/text: list+",
    returns=TEXT,
    help=Help("连接文本与列表", "Join texts and lists", 'CONCAT("a",1)', "a1"),
)
def concat(*lists: List) -> FormulaValue:
    """All values of all lists as one text."""
    return _joined("", [text(value) for values in lists for value in values])


@register(
    "TEXTJOIN",
    shape="分隔符/separator: text, 忽略空值/skip empty: boolean, 文本/text: list+",
    returns=TEXT,
    help=Help("用分隔符连接", "Join with a separator", 'TEXTJOIN("-",TRUE,"a","","b")', "a-b"),
)
def textjoin(separator: str, skip_empty: bool, *lists: List) -> FormulaValue:  # noqa: FBT001  # a value of the language
    """Join; empty values are left out if `skip_empty`."""
    parts = [text(value) for values in lists for value in values]
    return _joined(separator, [part for part in parts if part or not skip_empty])


@register(
    "JOIN",
    shape="列表/list: list, 分隔符/separator: text?",
    returns=TEXT,
    help=Help("把列表连成文本", "A list as one text", 'JOIN("a","-")', "a"),
)
def join(values: List, separator: str = ",") -> FormulaValue:
    """The list as one text."""
    return _joined(separator, [text(value) for value in values if value is not None])


@register(
    "SPLIT",
    shape="文本/text: text, 分隔符/separator: text",
    returns=Kind("text", is_list=True),
    help=Help("拆成列表", "Split into a list", 'JOIN(SPLIT("a-b","-"),"+")', "a+b"),
)
def split(value: str, separator: str) -> FormulaValue:
    """Parts between separators."""
    if not separator:
        raise Fault(ErrorValue.VALUE)
    return tuple(value.split(separator))


@register(
    "EXACT",
    shape="文本1/text 1: text, 文本2/text 2: text",
    returns=BOOLEAN,
    help=Help("是否完全相同", "Exactly the same", 'EXACT("a","A")', "FALSE"),
)
def exact(first: str, second: str) -> FormulaValue:
    """Same code points."""
    return first == second


@register(
    "FIND",
    shape="要找的文本/text to find: text, 所在文本/within text: text, 起始位置/start: number?",
    returns=NUMBER,
    help=Help("位置 (区分大小写)", "Position, case-sensitive", 'FIND("b","abc")', "2"),
)
def find(wanted: str, value: str, start: Decimal = ONE) -> FormulaValue:
    """Position from 1; absent: #VALUE!."""
    first = _length(start, 1) - 1
    found = value.find(wanted, first) if first <= len(value) else -1
    if found < 0:
        raise Fault(ErrorValue.VALUE)
    return Decimal(found + 1)


@register(
    "SEARCH",
    shape="要找的文本/text to find: text, 所在文本/within text: text, 起始位置/start: number?",
    returns=NUMBER,
    wants_env=True,
    help=Help("位置 (不区分大小写)", "Position, any case", 'SEARCH("B","abc")', "2"),
)
def search(env: Env, wanted: str, value: str, start: Decimal = ONE) -> FormulaValue:
    """Position from 1 in any case, `?` and `*` as wildcards unless `~` stands before them; absent: #VALUE!."""
    first, *others = _runs(_in_any_case(wanted))
    subject = _in_any_case(value)
    found = _place(env, first, subject, _length(start, 1) - 1)
    position = found + len(first)
    for run in others:
        position = _place(env, run, subject, position) + len(run)
    return Decimal(found + 1)


def _in_any_case(value: str) -> str:
    """Lowered character by character: two of them would come out longer, or differ at the end of a word."""
    return value.replace("İ", "i").replace("Σ", "σ").lower()


def _place(env: Env, run: str, subject: str, position: int) -> int:
    found = find_run(env, run, subject, position)
    if found < 0:
        raise Fault(ErrorValue.VALUE)
    return found


def _runs(pattern: str) -> list[str]:
    """The runs between the `*` of a pattern, with `ANY` for each `?`; what follows a `~` is itself."""
    runs: list[list[str]] = [[]]
    for piece in _WILD.findall(pattern):
        if piece == "*":
            runs.append([])
        else:
            runs[-1].append(ANY if piece == "?" else piece[-1] if piece[0] == "~" else piece)
    return ["".join(run) for run in runs]


@register(
    "REPLACE",
    shape="文本/text: text, 起始位置/start: number, 字数/count: number, 新文本/new text: text",
    returns=TEXT,
    help=Help("按位置替换", "Replace by position", 'REPLACE("abcd",2,2,"-")', "a-d"),
)
def replace(value: str, start: Decimal, count: Decimal, new: str) -> FormulaValue:
    """`count` characters from position `start` make way for `new`."""
    first = _length(start, 1) - 1
    return limited(value[:first] + new + value[first + _length(count) :])


@register(
    "SUBSTITUTE",
    shape="文本/text: text, 旧文本/old text: text, 新文本/new text: text, 第几处/occurrence: number?",
    returns=TEXT,
    help=Help("按内容替换", "Replace by content", 'SUBSTITUTE("a-a","a","b",2)', "a-b"),
)
def substitute(value: str, old: str, new: str, which: Decimal | None = None) -> FormulaValue:
    """All occurrences, or the one numbered `which` from 1."""
    if not old:
        return value
    parts = value.split(old)
    if which is None:
        return _joined(new, parts)
    wanted = _length(which, 1)
    if wanted >= len(parts):
        return value
    return limited(old.join(parts[:wanted]) + new + old.join(parts[wanted:]))


@register(
    "REPT",
    shape="文本/text: text, 次数/times: number",
    returns=TEXT,
    help=Help("重复", "Repeat", 'REPT("ab",2)', "abab"),
)
def rept(value: str, count: Decimal) -> FormulaValue:
    """The text `count` times."""
    times = _length(count)
    if len(value) * times > MAX_TEXT:
        raise Fault(ErrorValue.VALUE)
    return value * times


@register(
    "CONTAINS",
    shape="文本或列表/text or list: list, 要找的值/value to find: any",
    returns=BOOLEAN,
    help=Help("是否包含", "Whether it contains", 'CONTAINS("立项申请","立项")', "TRUE"),
)
def contains(values: List, wanted: FormulaValue) -> FormulaValue:
    """A list: whether one of its values is the wanted one. A single text: whether the wanted text is part of it."""
    if len(values) == 1 and type(values) is not tuple:
        return text(wanted) in text(values[0])
    return any(type(value) is type(wanted) and value == wanted for value in values)
