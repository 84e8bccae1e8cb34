"""Every code of the engine with its texts, wherever it is written."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from types import ModuleType
from typing import NamedTuple

import engine
from engine.errors import Rejection
from engine.model.shape_problems import ShapeText

SHAPE_STATUS = 422


class Described(NamedTuple):
    """A code with its status and texts."""

    code: str
    status: int
    zh: str
    en: str


def modules() -> list[ModuleType]:
    """Every module of the engine."""
    return [importlib.import_module(found.name) for found in pkgutil.walk_packages(engine.__path__, "engine.")]


def rejections() -> list[type[Rejection]]:
    """Every class of rejection in the engine."""
    modules()

    def below(kind: type[Rejection]) -> Iterator[type[Rejection]]:
        for child in kind.__subclasses__():
            yield child
            yield from below(child)

    return [kind for kind in dict.fromkeys(below(Rejection)) if kind.__module__.startswith("engine.")]


def shape_texts() -> Iterator[ShapeText]:
    """Texts about the shape of documents and bodies, which are values of modules."""
    for module in modules():
        for value in vars(module).values():
            items = value.values() if isinstance(value, Mapping) else (value,)
            yield from (item for item in items if isinstance(item, ShapeText) and item.code)


def described() -> list[Described]:
    """Every code of the engine, with each of its wordings."""
    found = [Described(kind.code, kind.status, kind.zh, kind.en) for kind in rejections() if "code" in vars(kind)]
    return sorted({*found, *(Described(text.code, SHAPE_STATUS, text.zh, text.en) for text in shape_texts())})
