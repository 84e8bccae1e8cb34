"""Compiling a form: which fields it shows, and under which conditions."""

from __future__ import annotations

from dataclasses import dataclass

from engine.errors import Problem, Problems
from engine.forms.compile import CompiledEntity, compile_at
from engine.formula.check import Compiled
from engine.formula.values import BOOLEAN
from engine.model.forms import Form


@dataclass(frozen=True)
class Placed:
    """A field of the layout and the conditions (its section's, its own) that must hold for it to be seen."""

    field: str
    conditions: tuple[Compiled, ...]


@dataclass(frozen=True)
class CompiledForm:
    """A form ready to be interpreted."""

    form: Form
    placed: tuple[Placed, ...]


def compile_form(form: Form, compiled: CompiledEntity) -> CompiledForm:
    """Check all visibility conditions; raises `Problems` with JSON pointers."""
    problems: list[Problem] = []
    placed: list[Placed] = []
    for number, section in enumerate(form.layout):
        pointer = f"/layout/{number}"
        outer = _condition(section.visible_when, compiled, pointer=pointer, problems=problems)
        for index, item in enumerate(section.layout_items):
            inner = _condition(item.visible_when, compiled, pointer=f"{pointer}/items/{index}", problems=problems)
            placed.append(Placed(item.field, tuple(part for part in (outer, inner) if part is not None)))
    if problems:
        raise Problems(problems)
    return CompiledForm(form, tuple(placed))


def _condition(
    source: str | None, compiled: CompiledEntity, *, pointer: str, problems: list[Problem]
) -> Compiled | None:
    if source is None:
        return None
    return compile_at(source, compiled.scope, pointer=f"{pointer}/visible_when", expect=BOOLEAN, problems=problems)
