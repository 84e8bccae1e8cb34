"""What is wrong with the shape of a document, in both languages: pydantic's findings as problems."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from engine.errors import Param, Problem
from engine.model.base import FIELD_PATH_PATTERN, KEY_PATTERN, Fault, Faults
from engine.model.json_text import JsonTree, escape_pointer
from engine.model.member_names import member_names, nearest
from engine.model.spans import SPAN_PATTERN

MAX_PROBLEMS = 500  # of one document
_QUOTED = re.compile(r"'([^']*)'")


class ShapeText(NamedTuple):
    """A code and its texts; `{…}` are filled from pydantic's own parameters."""

    code: str
    zh: str
    en: str


def _wrong_type(zh: str, en: str) -> ShapeText:
    return ShapeText("wrong_type", f"应为{zh}", f"Must be {en}")


_OBJECT = _wrong_type("对象 {{…}}", "an object {{…}}")
_LIST = _wrong_type("列表 […]", "a list […]")
_NUMBER = _wrong_type("数值", "a number")
_WHOLE = _wrong_type("整数", "a whole number")
_BAD_NUMBER = ShapeText("bad_number", "应为普通数值, 如 12.5", "Must be a plain number such as 12.5")
_BAD_INSTANT = ShapeText(
    "bad_instant",
    "应为带时区的日期时间, 如 2026-01-31T09:30:00+08:00",
    "Must be a date and time with its zone, such as 2026-01-31T09:30:00+08:00",
)
_BAD_DATE = ShapeText("bad_date", "应为日期, 如 2026-01-31", "Must be a date such as 2026-01-31")
_UNKNOWN_KIND = ShapeText(
    "unknown_kind", "不支持 “{tag}”, 可用: {expected}", "“{tag}” is not known; known are {expected}"
)
_NO_KIND = ShapeText("missing_kind", "缺少 “{discriminator}”", "“{discriminator}” is missing")

SHAPE_TEXTS: Mapping[str, ShapeText] = {
    "missing": ShapeText("missing_member", "缺少 “{member}”", "“{member}” is missing"),
    "extra_forbidden": ShapeText("unknown_member", "没有成员 “{member}”", "There is no member “{member}”"),
    "model_type": _OBJECT,
    "model_attributes_type": _OBJECT,
    "dict_type": _OBJECT,
    "mapping_type": _OBJECT,
    "tuple_type": _LIST,
    "list_type": _LIST,
    "string_type": _wrong_type("文本", "text"),
    "string_too_short": ShapeText("text_too_short", "至少 {min_length} 个字符", "At least {min_length} character(s)"),
    "string_too_long": ShapeText("text_too_long", "最多 {max_length} 个字符", "At most {max_length} characters"),
    "string_pattern_mismatch": ShapeText("bad_form", "须符合格式 {pattern}", "Must have the form {pattern}"),
    "literal_error": ShapeText("value_not_allowed", "应为以下之一: {expected}", "Must be one of: {expected}"),
    "bool_type": _wrong_type("true 或 false", "true or false"),
    "int_type": _WHOLE,
    "int_from_float": _WHOLE,
    "int_parsing_size": _WHOLE,
    "float_type": _NUMBER,
    "decimal_type": _NUMBER,
    "decimal_parsing": _BAD_NUMBER,
    "finite_number": _BAD_NUMBER,
    "is_instance_of": _NUMBER,
    "greater_than_equal": ShapeText("below_min", "不能小于 {ge}", "Must not be less than {ge}"),
    "less_than_equal": ShapeText("above_max", "不能大于 {le}", "Must not be greater than {le}"),
    "too_short": ShapeText("too_few", "至少 {min_length} 项", "At least {min_length} item(s)"),
    "too_long": ShapeText("too_many", "最多 {max_length} 项", "At most {max_length} items"),
    "union_tag_invalid": _UNKNOWN_KIND,
    "union_tag_not_found": _NO_KIND,
    "unknown_block": ShapeText(
        "unknown_block",
        "流程块须恰好有以下之一: seq, choice, inclusive, parallel, initiate, approve, handle, cc, trigger, terminate",
        "A block needs exactly one of: seq, choice, inclusive, parallel, initiate, approve, handle, cc, trigger, "
        "terminate",
    ),
    "datetime_type": _BAD_INSTANT,
    "datetime_parsing": _BAD_INSTANT,
    "datetime_object_invalid": _BAD_INSTANT,
    "datetime_from_date_parsing": _BAD_INSTANT,
    "timezone_aware": _BAD_INSTANT,
    "date_type": _BAD_DATE,
    "date_parsing": _BAD_DATE,
    "date_from_datetime_parsing": _BAD_DATE,
    "date_from_datetime_inexact": _BAD_DATE,
    "recursion_loop": ShapeText("too_deep", "嵌套过深", "Nested too deeply"),
}
_PATTERN_TEXTS: Mapping[str, ShapeText] = {
    KEY_PATTERN: ShapeText(
        "bad_key",
        "标识须以小写字母开头, 只含小写字母、数字和下划线, 最多 63 个字符",
        "A key begins with a lower-case letter and has only lower-case letters, digits and underscores, at most 63",
    ),
    SPAN_PATTERN: ShapeText(
        "bad_span",
        "应为天、小时、分钟组成的时长, 如 P1D (一天)、PT4H (四小时)、P1DT30M",
        "Must be days, hours and minutes such as P1D (a day), PT4H (four hours), P1DT30M",
    ),
    FIELD_PATH_PATTERN: ShapeText(
        "bad_field_path",
        "应为字段标识, 子表单的列写作 子表单.列",
        "Must be the key of a field, a column of a subform as subform.column",
    ),
}
# Reached only when a document uses a pydantic type that has no entry above; a test tries to reach it.
FALLBACK = ShapeText("bad_shape", "内容不符合要求 ({type})", "Not of the right form: {reason}")
_SUGGESTION = ShapeText("", ", 是否想写 “{suggestion}”?", "; did you mean “{suggestion}”?")


def shape_problems(model: type[BaseModel], error: ValidationError, tree: JsonTree) -> tuple[Problem, ...]:
    """Everything pydantic found in `tree`, read as `model`, with JSON pointers, each finding once."""
    problems: dict[tuple[str | None, str, str], Problem] = {}
    for details in error.errors(include_url=False)[:MAX_PROBLEMS]:
        for problem in _problems(model, details, tree):
            problems.setdefault((problem.path, problem.code, problem.en), problem)
    return tuple(problems.values())


def suggested(text: ShapeText, name: str, suggestion: str | None) -> tuple[ShapeText, Mapping[str, Param]]:
    """The text, with the suggestion added when there is one, and the parameters for it."""
    if suggestion is None or suggestion == name:
        return text, {}
    added = ShapeText(text.code, text.zh + _SUGGESTION.zh, text.en + _SUGGESTION.en)
    return added, {"suggestion": suggestion}


def _problems(model: type[BaseModel], details: ErrorDetails, tree: JsonTree) -> Iterator[Problem]:
    steps = _steps(details["loc"], tree, kind=details["type"])
    if steps is None:
        steps = tuple(details["loc"])
    pointer = "".join(f"/{escape_pointer(str(step))}" for step in steps)
    context = details.get("ctx", {})
    cause = context.get("error")
    if isinstance(cause, Fault | Faults):
        for fault in cause.faults if isinstance(cause, Faults) else (cause,):
            yield Problem.of(fault, path=pointer + (fault.path or ""))
        return
    if details["type"] == "too_short" and _has_enough(tree, steps, context.get("min_length")):
        return  # its items are wrong and reported by themselves
    text, params = _text(model, details, steps=steps, tree=tree)
    yield Problem(code=text.code, zh=text.zh, en=text.en, path=pointer, params=params)


def _text(
    model: type[BaseModel], details: ErrorDetails, *, steps: tuple[str | int, ...], tree: JsonTree
) -> tuple[ShapeText, Mapping[str, Param]]:
    kind, context = details["type"], details.get("ctx", {})
    text = SHAPE_TEXTS.get(kind)
    if text is None:
        return FALLBACK, {"type": kind, "reason": details["msg"]}
    params: dict[str, Param] = {
        name: value if isinstance(value, int) else str(value) for name, value in context.items() if name != "error"
    }
    member = str(steps[-1]) if steps else ""
    match kind:
        case "missing":
            return text, {"member": member}
        case "extra_forbidden":
            text, more = suggested(text, member, nearest(member, member_names(model, steps[:-1], tree)))
            return text, {"member": member, **more}
        case "string_pattern_mismatch":
            return _PATTERN_TEXTS.get(str(context.get("pattern")), text), params
        case "literal_error":
            given, expected = details["input"], _QUOTED.findall(str(context["expected"]))
            params["expected"] = ", ".join(expected) or str(context["expected"])
            text, more = suggested(text, str(given), nearest(given, expected) if isinstance(given, str) else None)
            return text, {**params, **more}
        case "union_tag_invalid":
            tag, expected = str(context["tag"]), _QUOTED.findall(str(context["expected_tags"]))
            text, more = suggested(text, tag, nearest(tag, expected))
            return text, {"tag": tag, "expected": ", ".join(expected), **more}
        case "union_tag_not_found":
            return text, {"discriminator": str(context["discriminator"]).strip("'")}
        case _:
            return text, params


def _steps(location: tuple[str | int, ...], tree: JsonTree, *, kind: str) -> tuple[str | int, ...] | None:
    """The part of pydantic's location that leads through the document, without the names of union members.

    None when it leads nowhere. The last step of a `missing` member is not in the document, that of a member that is
    too much (`extra_forbidden`) is.
    """
    if not location:
        return ()
    step, rest = location[0], location[1:]
    if not rest and kind == "missing":
        return (step,) if isinstance(tree, dict) and step not in tree else None
    if _has(tree, step):
        found = _steps(rest, _child(tree, step), kind=kind)
        if found is not None:
            return (step, *found)
    if not isinstance(step, str) or (not rest and kind == "extra_forbidden"):
        return None
    return _steps(rest, tree, kind=kind)


def _has(tree: JsonTree, step: str | int) -> bool:
    if isinstance(step, str):
        return isinstance(tree, dict) and step in tree
    return isinstance(tree, list) and 0 <= step < len(tree)


def _child(tree: JsonTree, step: str | int) -> JsonTree:
    if isinstance(tree, dict):
        return tree[str(step)]
    return tree[int(step)] if isinstance(tree, list) else None


def _has_enough(tree: JsonTree, steps: tuple[str | int, ...], minimum: object) -> bool:
    for step in steps:
        tree = _child(tree, step)
    return isinstance(tree, list | dict) and isinstance(minimum, int) and len(tree) >= minimum
