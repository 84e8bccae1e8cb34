"""Texts with `*` for any characters and `?` for any one: runs of characters, found from left to right.

Each run is found once: when the next ones do not follow its first place, they follow no later one. So no pattern takes
longer than the text is long times its pieces, and what it takes is counted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from engine.formula.functions.registry import Env

ANY = "\0"  # any character, in a run
_BETWEEN = re.compile(f"[^{ANY}]+")


def find_run(env: Env, run: str, subject: str, position: int) -> int:
    """The first place from `position` on where the run matches; none: -1."""
    pieces = _pieces(run)
    offset, longest = max(pieces, key=lambda piece: len(piece[1]), default=(0, ""))
    last = len(subject) - len(run)
    while position <= last:
        env.spend(1 + len(pieces))
        position = subject.find(longest, position + offset) - offset
        if not 0 <= position <= last:
            break
        if _stands(pieces, subject, position):
            return position
        position += 1
    return -1


def _pieces(run: str) -> list[tuple[int, str]]:
    return [(piece.start(), piece.group()) for piece in _BETWEEN.finditer(run)]


def _stands(pieces: Sequence[tuple[int, str]], subject: str, position: int) -> bool:
    return all(subject.startswith(piece, position + place) for place, piece in pieces)


def whole_text(runs: Sequence[str]) -> Callable[[Env, str], bool]:
    """Whether a text consists of these runs, with any characters between them."""
    first, *others = runs
    if not others and ANY not in first:
        return lambda _env, subject: subject == first
    inner, last = others[:-1], others[-1] if others else ""
    shortest = sum(map(len, runs))
    opening, closing = _pieces(first), _pieces(last)

    def matches(env: Env, subject: str) -> bool:
        env.spend(1 + len(opening) + len(closing))
        end = len(subject) - len(last)
        if len(subject) < shortest or (not others and len(subject) > shortest):
            return False
        if not (_stands(opening, subject, 0) and _stands(closing, subject, end)):
            return False
        position = len(first)
        for run in inner:
            found = find_run(env, run, subject, position)
            if found < 0:
                return False
            position = found + len(run)
        return position <= end

    return matches
