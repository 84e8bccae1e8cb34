"""What formulas may name and what is said of them, as answers show it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from engine.errors import Param, Word
from engine.forms.naming import Named
from engine.formula.notes import Note
from engine.formula.values import KindName
from engine.model.base import Label


@dataclass(frozen=True)
class ScopePath:
    """Something a formula may name; `titles` from the outside in."""

    path: str
    titles: Sequence[Label]
    kind: KindName
    is_list: bool


@dataclass(frozen=True)
class FormulaNote:
    """Something wrong or doubtful; `offset` and `end` are code points of the formula.

    `found`: what is there instead of what was `expected`, or what lists cannot compute.
    """

    code: str
    message: str
    offset: int
    end: int
    expected: str | None
    found: str | None
    params: Mapping[str, Param]


def scope_paths(named: Iterable[Named]) -> list[ScopePath]:
    """The paths with what people call them."""
    return [ScopePath(item.path, item.titles, item.kind.name, item.kind.is_list) for item in named]


def shown_note(note: Note, language: str) -> FormulaNote:
    """The note in the caller's language."""
    params = note.problem.params
    return FormulaNote(
        code=note.problem.code,
        message=note.problem.text(language),
        offset=note.offset,
        end=note.end,
        expected=_word(params.get("expected"), language),
        found=_word(params.get("found", params.get("what")), language),
        params=params,
    )


def _word(param: Param, language: str) -> str | None:
    if isinstance(param, Word) and language.startswith("zh"):
        return param.zh
    return None if param is None else str(param)
