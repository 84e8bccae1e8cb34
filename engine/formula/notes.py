"""What is wrong or doubtful about a formula, with the piece of its text that it is about."""

from __future__ import annotations

from dataclasses import dataclass

from engine.errors import Problem
from engine.formula.lexer import token_end


@dataclass(frozen=True)
class Note:
    """Something wrong or doubtful about a draft; `offset` and `end` are code points of its text."""

    problem: Problem
    offset: int
    end: int


def note_of(problem: Problem, source: str, *, at: int | None = None) -> Note:
    """The problem with its piece of the formula `source`; the whole text where nothing says."""
    offset = problem.params.get("offset") if at is None else at
    if not isinstance(offset, int) or problem.code == "formula_too_large":
        return Note(problem, 0, len(source))
    return Note(problem, offset, token_end(source, offset))
