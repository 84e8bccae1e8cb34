"""Logic and information functions; IF, IFS, SWITCH and IFERROR evaluate only what they need."""

from __future__ import annotations

from collections.abc import Sequence

from engine.formula.coercion import boolean, compare, number
from engine.formula.functions.registry import Answer, Closure, Env, Help, Thunk, is_literal, register, value_or_fault
from engine.formula.values import ANY, BOOLEAN, NULL, ErrorValue, Fault, FormulaValue, Kind


def common_kind(kinds: Sequence[Kind]) -> Kind:
    """The kind that all of several results have; empty results do not count; else anything."""
    known = {kind for kind in kinds if kind != NULL}
    if not known:
        return NULL
    return known.pop() if len(known) == 1 else ANY


def _if_closure(runs: Sequence[Closure]) -> Closure:
    """IF without thunks: it is in most formulas of forms."""
    condition, yes, no = runs[0], runs[1] if len(runs) > 1 else _true, runs[2] if len(runs) > 2 else _false  # noqa: PLR2004

    def run(env: Env) -> FormulaValue:
        found = condition(env)
        if found is True or (found is not False and boolean(found)):
            return yes(env)
        return no(env)

    return run


def _true(_env: Env) -> FormulaValue:
    return True


def _false(_env: Env) -> FormulaValue:
    return False


@register(
    "IF",
    shape="条件/condition: lazy, 成立时/then: lazy?, 否则/otherwise: lazy?",
    returns=lambda kinds: common_kind([*kinds[1:], *([BOOLEAN] if len(kinds) < 3 else [])]),  # noqa: PLR2004
    closure=_if_closure,
    help=Help("按条件二选一", "One value or another by a condition", 'IF(2>1,"a","b")', "a"),
)
def if_(condition: Thunk, yes: Thunk | None = None, no: Thunk | None = None) -> FormulaValue:
    """Excel's IF."""
    chosen, otherwise = (yes, True) if boolean(condition()) else (no, False)
    return otherwise if chosen is None else chosen()


@register(
    "IFS",
    shape="条件1/condition 1: lazy, 值1/value 1: lazy, 条件2/condition 2: lazy*, 值2/value 2: lazy*",
    group=2,
    returns=lambda kinds: common_kind(kinds[1::2]),
    help=Help(
        "依次判断, 取第一个成立的条件后面的值", "The value after the first true condition", "IFS(1>2,1,TRUE,2)", "2"
    ),
)
def ifs(*pairs: Thunk) -> FormulaValue:
    """Excel's IFS; none true: #N/A."""
    for position in range(0, len(pairs) - 1, 2):
        if boolean(pairs[position]()):
            return pairs[position + 1]()
    raise Fault(ErrorValue.NA)


@register(
    "SWITCH",
    shape=(
        "值/value: lazy, 情况1/case 1: lazy, 结果1/result 1: lazy, "
        "其余情况与结果或默认值/more cases and results or a default: lazy*"
    ),
    returns=lambda kinds: common_kind([*kinds[2::2], *(kinds[-1:] if len(kinds) % 2 == 0 else [])]),
    help=Help("按值选取结果, 最后可给默认值", "Choose by value, with a default", 'SWITCH(2,1,"a",2,"b")', "b"),
)
def switch(subject: Thunk, *rest: Thunk) -> FormulaValue:
    """Excel's SWITCH; text compares case-sensitively."""
    value = subject()
    for position in range(0, len(rest) - 1, 2):
        if compare(value, rest[position]()) == 0:
            return rest[position + 1]()
    if len(rest) % 2 == 1:
        return rest[-1]()
    raise Fault(ErrorValue.NA)


@register(
    "IFERROR",
    shape="值/value: lazy, 出错时/if error: lazy",
    returns=common_kind,
    help=Help("出错时用另一个值代替", "A value in place of an error", "IFERROR(1/0,0)", "0"),
)
def iferror(value: Thunk, instead: Thunk) -> FormulaValue:
    """Excel's IFERROR."""
    found = value_or_fault(value)
    return instead() if isinstance(found, Fault) else found


@register(
    "IFNA",
    shape="值/value: lazy, 无结果时/if not available: lazy",
    returns=common_kind,
    help=Help("结果为 #N/A 时用另一个值代替", "A value in place of #N/A", 'IFNA(NA(),"-")', "-"),
)
def ifna(value: Thunk, instead: Thunk) -> FormulaValue:
    """Excel's IFNA."""
    found = value_or_fault(value)
    if isinstance(found, Fault):
        if found.error is not ErrorValue.NA:
            raise found
        return instead()
    return found


def _truths(lists: tuple[tuple[FormulaValue, ...], ...]) -> list[bool]:
    found = []
    for values in lists:
        if is_literal(values):  # type: ignore[arg-type]  # lists hold single values
            found.append(boolean(values[0]))
            continue
        # what is empty does not count, and neither do texts, as in Excel; but a yes/no field that is empty says no
        is_answer = isinstance(values, Answer)
        found += [boolean(value) for value in values if not isinstance(value, str) and (is_answer or value is not None)]
    if not found:
        raise Fault(ErrorValue.VALUE)
    return found


@register(
    "AND", shape="条件/condition: list+", returns=BOOLEAN, help=Help("全部成立", "All are true", "AND(1<2,2<3)", "TRUE")
)
def and_(*lists: tuple[FormulaValue, ...]) -> FormulaValue:
    """Excel's AND: every argument is evaluated, so an error in any of them is the result."""
    return all(_truths(lists))


@register(
    "OR", shape="条件/condition: list+", returns=BOOLEAN, help=Help("任一成立", "Any is true", "OR(1>2,2<3)", "TRUE")
)
def or_(*lists: tuple[FormulaValue, ...]) -> FormulaValue:
    """Excel's OR."""
    return any(_truths(lists))


@register(
    "XOR",
    shape="条件/condition: list+",
    returns=BOOLEAN,
    help=Help("成立的个数为奇数", "An odd number is true", "XOR(TRUE,TRUE)", "FALSE"),
)
def xor(*lists: tuple[FormulaValue, ...]) -> FormulaValue:
    """Excel's XOR."""
    return sum(_truths(lists)) % 2 == 1


@register(
    "NOT", shape="条件/condition: boolean", returns=BOOLEAN, help=Help("取反", "The opposite", "NOT(1>2)", "TRUE")
)
def not_(value: bool) -> FormulaValue:  # noqa: FBT001  # a value of the language
    """Excel's NOT."""
    return not value


@register("TRUE", shape="", returns=BOOLEAN, help=Help("真", "True", "TRUE()", "TRUE"))
def true() -> FormulaValue:
    """TRUE."""
    return True


@register("FALSE", shape="", returns=BOOLEAN, help=Help("假", "False", "FALSE()", "FALSE"))
def false() -> FormulaValue:
    """FALSE."""
    return False


@register("NA", shape="", returns=ANY, help=Help("错误值 #N/A", "The error value #N/A", "ISNA(NA())", "TRUE"))
def na() -> FormulaValue:
    """#N/A."""
    raise Fault(ErrorValue.NA)


@register(
    "ISBLANK",
    shape="值/value: lazy",
    returns=BOOLEAN,
    help=Help("是否为空", "Whether there is no value", 'ISBLANK("")', "FALSE"),
)
def isblank(value: Thunk) -> FormulaValue:
    """Excel's ISBLANK: an empty text is not blank, nor is an error."""
    found = value_or_fault(value)
    return found is None or found == ()


@register(
    "ISEMPTY",
    "ISNULL",
    shape="值/value: any",
    returns=BOOLEAN,
    help=Help("是否为空或空文本", "Whether empty", 'ISEMPTY("")', "TRUE"),
)
def isempty(value: FormulaValue) -> FormulaValue:
    """No value, an empty text or an empty list."""
    return value is None or value in ("", ())


@register(
    "ISERROR",
    shape="值/value: lazy",
    returns=BOOLEAN,
    help=Help("是否出错", "Whether it is an error", "ISERROR(1/0)", "TRUE"),
)
def iserror(value: Thunk) -> FormulaValue:
    """Whether the value is any error."""
    return isinstance(value_or_fault(value), Fault)


@register(
    "ISERR",
    shape="值/value: lazy",
    returns=BOOLEAN,
    help=Help("是否为 #N/A 以外的错误", "Whether it is an error other than #N/A", "ISERR(NA())", "FALSE"),
)
def iserr(value: Thunk) -> FormulaValue:
    """Whether the value is an error other than #N/A."""
    found = value_or_fault(value)
    return isinstance(found, Fault) and found.error is not ErrorValue.NA


@register(
    "ISNA", shape="值/value: lazy", returns=BOOLEAN, help=Help("是否为 #N/A", "Whether it is #N/A", "ISNA(1)", "FALSE")
)
def isna(value: Thunk) -> FormulaValue:
    """Whether the value is #N/A."""
    found = value_or_fault(value)
    return isinstance(found, Fault) and found.error is ErrorValue.NA


@register(
    "ISNUMBER",
    shape="值/value: lazy",
    returns=BOOLEAN,
    help=Help("是否为数字", "Whether it is a number", 'ISNUMBER("1")', "FALSE"),
)
def isnumber(value: Thunk) -> FormulaValue:
    """Whether the value is a number or a day."""
    found = value_or_fault(value)
    return not isinstance(found, bool | str | tuple | Fault) and found is not None


@register(
    "ISTEXT",
    shape="值/value: lazy",
    returns=BOOLEAN,
    help=Help("是否为文本", "Whether it is text", 'ISTEXT("1")', "TRUE"),
)
def istext(value: Thunk) -> FormulaValue:
    """Whether the value is text."""
    return isinstance(value_or_fault(value), str)


@register(
    "ISLOGICAL",
    shape="值/value: lazy",
    returns=BOOLEAN,
    help=Help("是否为真假值", "Whether it is TRUE or FALSE", "ISLOGICAL(1)", "FALSE"),
)
def islogical(value: Thunk) -> FormulaValue:
    """Whether the value is TRUE or FALSE."""
    return isinstance(value_or_fault(value), bool)


def _whole(value: FormulaValue) -> int:
    if isinstance(value, bool):
        raise Fault(ErrorValue.VALUE)
    return int(number(value))


@register(
    "ISEVEN", shape="数字/number: any", returns=BOOLEAN, help=Help("是否偶数", "Whether even", "ISEVEN(4)", "TRUE")
)
def iseven(value: FormulaValue) -> FormulaValue:
    """Whether the number without its fraction is even."""
    return _whole(value) % 2 == 0


@register("ISODD", shape="数字/number: any", returns=BOOLEAN, help=Help("是否奇数", "Whether odd", "ISODD(4)", "FALSE"))
def isodd(value: FormulaValue) -> FormulaValue:
    """Whether the number without its fraction is odd."""
    return _whole(value) % 2 == 1
