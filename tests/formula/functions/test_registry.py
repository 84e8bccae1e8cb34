"""Functions are described: every parameter has a name in both languages that tells it from the others."""

from __future__ import annotations

import inspect
import re

import pytest

from engine.formula.functions.registry import FUNCTIONS, Function, parameters

EACH = pytest.mark.parametrize("function", FUNCTIONS.values(), ids=FUNCTIONS)


@EACH
def test_no_two_parameters_of_a_function_are_called_alike(function: Function) -> None:
    for names in zip(*((item.title.zh_cn, item.title.en) for item in function.parameters), strict=True):
        assert len(set(names)) == len(names), names


@EACH
def test_the_name_of_a_parameter_is_in_its_language(function: Function) -> None:
    for item in function.parameters:
        assert re.fullmatch(r"[\u4e00-\u9fff]+[12]?", item.title.zh_cn), item.title.zh_cn
        assert re.fullmatch(r"[A-Za-z]+( [a-zA-Z]+)*( [12])?", item.title.en), item.title.en


@EACH
def test_a_function_can_be_called_with_as_many_arguments_as_it_has_parameters(function: Function) -> None:
    given = [object()] * (len(function.parameters) + function.wants_env)
    inspect.signature(function.call).bind(*given)


def test_a_shape_gives_names_and_kinds_in_order_and_marks_what_may_be_missing_or_repeats() -> None:
    found = parameters("数字/number: number, 新文本/new text: text?, 条件/criterion: list*, 值/value: any+")
    assert [(item.title.zh_cn, item.title.en, item.kind, item.optional, item.repeats) for item in found] == [
        ("数字", "number", "number", False, False),
        ("新文本", "new text", "text", True, False),
        ("条件", "criterion", "list", True, True),
        ("值", "value", "any", False, True),
    ]
    assert parameters("") == ()


@pytest.mark.parametrize("shape", ["number", "数字: number", "数字/: number", "数字/number: digit", "数字/number"])
def test_a_parameter_without_names_in_both_languages_or_a_kind_is_refused(shape: str) -> None:
    with pytest.raises(ValueError, match="名称/name: kind"):
        parameters(shape)
