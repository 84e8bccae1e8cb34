"""Everything the model can say about a mistake is said in both languages with the same facts."""

from __future__ import annotations

import importlib
import pkgutil
import re
from string import Formatter

import pytest

import engine.model
from engine.errors import Rejection
from engine.model.json_text import MAX_FAULTS, read_json
from engine.model.loading import load_application
from engine.model.shape_problems import MAX_PROBLEMS, SHAPE_TEXTS
from tests.model.applications import small_files

for module in pkgutil.walk_packages(engine.model.__path__, "engine.model."):
    importlib.import_module(module.name)


def rejections(base: type[Rejection] = Rejection) -> list[type[Rejection]]:
    found = [base] if base.__module__.startswith("engine.model") else []
    return found + [each for below in base.__subclasses__() for each in rejections(below)]


def facts(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("rejection", rejections(), ids=lambda rejection: rejection.__name__)
def test_a_rejection_has_a_code_and_both_texts_with_the_same_facts(rejection: type[Rejection]) -> None:
    assert re.fullmatch("[a-z][a-z0-9_]*", rejection.code)
    assert re.search("[\u4e00-\u9fff]", rejection.zh)
    assert not re.search("[\u4e00-\u9fff]", rejection.en)
    assert facts(rejection.zh) == facts(rejection.en)


def test_a_code_means_one_thing() -> None:
    texts: dict[str, set[str]] = {}
    for rejection in rejections():
        texts.setdefault(rejection.code, set()).add(rejection.en)
    own = {code: found for code, found in texts.items() if len(found) > 1}
    assert own == {}


@pytest.mark.parametrize("kind", SHAPE_TEXTS)
def test_a_finding_about_shape_has_both_texts_with_the_same_facts(kind: str) -> None:
    text = SHAPE_TEXTS[kind]
    assert re.search("[\u4e00-\u9fff]", text.zh) or kind == "unknown_block"
    assert not re.search("[\u4e00-\u9fff]", text.en)
    assert facts(text.zh) == facts(text.en)


def test_a_file_with_very_many_mistakes_is_answered_with_the_first_of_them() -> None:
    _, problems = read_json(b"[" + b"NaN," * 100_000 + b"1]")
    assert len(problems) == MAX_FAULTS
    many = b'{"key":"order","title":"O","fields":[' + b"{}," * 100_000 + b"{}]}"
    _, problems = load_application(small_files() | {"entities/order.json": many})
    assert 0 < len(problems) <= MAX_PROBLEMS
