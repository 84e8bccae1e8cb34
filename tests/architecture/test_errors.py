"""Every error says what is wrong in both languages, under a code of one meaning."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator

import engine
from engine.errors import Rejection

PLACE = re.compile(r"(?<!\{)\{([a-z_]+)\}(?!\})")


def rejections() -> list[type[Rejection]]:
    """Every class of rejection in the engine."""
    for module in pkgutil.walk_packages(engine.__path__, "engine."):
        importlib.import_module(module.name)

    def below(kind: type[Rejection]) -> Iterator[type[Rejection]]:
        for child in kind.__subclasses__():
            yield child
            yield from below(child)

    return [kind for kind in dict.fromkeys(below(Rejection)) if kind.__module__.startswith("engine.")]


def test_every_error_has_its_texts_in_both_languages() -> None:
    wanting = [kind.__qualname__ for kind in rejections() if kind.zh == kind.en or not re.search("[一-鿿]", kind.zh)]
    assert wanting == []


def test_both_texts_speak_of_the_same_things() -> None:
    differing = [
        kind.__qualname__ for kind in rejections() if set(PLACE.findall(kind.zh)) != set(PLACE.findall(kind.en))
    ]
    assert differing == []


def test_a_code_has_one_status() -> None:
    statuses: dict[str, set[int]] = {}
    for kind in rejections():
        statuses.setdefault(kind.code, set()).add(kind.status)
    assert {code: found for code, found in statuses.items() if len(found) > 1} == {}


def test_codes_are_lower_case_words() -> None:
    assert [kind.code for kind in rejections() if not re.fullmatch("[a-z][a-z0-9_]*", kind.code)] == []
