"""The readable rest of a document of wrong shape, so that everything else about it can be checked in the same run."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Generic, TypeVar

from pydantic import BaseModel, ValidationError

from engine.errors import Problem
from engine.model.base import KEY_PATTERN
from engine.model.canonical import read_document
from engine.model.json_text import JsonTree, escape_pointer, unescape_pointer, write_json
from engine.model.shape_problems import shape_problems

MAX_ROUNDS = 30
_Document = TypeVar("_Document", bound=BaseModel)
# Members that only people read; every document needs them.
_TITLES = frozenset({"title", "section", "message"})
# Members whose own members are named after fields or other keys.
_NAMED = frozenset({"map", "fields", "roles"})
_BY_FIELD = ("records/", "scenarios/")


@dataclass
class Lost:
    """What was left out of a document: where it was, names of everything in it, and places in lists by the list.

    `has_nameless`: something was left out whose name cannot be known, so that any unknown name may be meant for it.
    """

    names: set[str] = field(default_factory=set)
    has_nameless: bool = False
    pointers: set[str] = field(default_factory=set)
    places: dict[str, list[int]] = field(default_factory=dict)

    def was_inside(self, pointer: str | None) -> bool:
        """Whether something was left out below the place: what is said about it as a whole may be wrong then."""
        return bool(pointer) and any(left_out.startswith(f"{pointer}/") for left_out in self.pointers)

    def pointer(self, pointer: str) -> str:
        """A pointer into the rest as a pointer into the document."""
        found = ""
        for step in pointer.split("/")[1:]:
            position = step
            if step.isdigit():
                number = int(step)
                for place in sorted(self.places.get(found, ())):
                    number += place <= number
                position = str(number)
            found += f"/{position}"
        return found


@dataclass(frozen=True)
class Salvaged(Generic[_Document]):
    """The rest that can be read, and what it lacks."""

    document: _Document
    lost: Lost


def salvage(model: type[_Document], tree: JsonTree, problems: Iterable[Problem]) -> Salvaged[_Document] | None:
    """The document without the parts that have problems; None when nothing useful is left."""
    rest = _Rest(copy.deepcopy(tree))
    for _ in range(MAX_ROUNDS):
        pointers = sorted({problem.path or "" for problem in problems}, key=_from_behind, reverse=True)
        rest.lost.pointers |= {rest.lost.pointer(pointer) for pointer in pointers}
        for pointer in pointers:
            if not rest.leave_out(_steps(pointer)):
                return None
        try:
            return Salvaged(read_document(model, write_json(rest.tree)), rest.lost)
        except ValidationError as error:
            problems = shape_problems(model, error, rest.tree)
    return None


def without_echoes(problems: Iterable[Problem], lost: Mapping[str, Lost]) -> Iterator[Problem]:
    """The problems that do not come from what was left out, by file, with pointers into the documents as written."""
    names = {name for part in lost.values() for name in part.names}
    has_nameless = any(part.has_nameless for part in lost.values())
    for problem in problems:
        part = lost.get(problem.file or "")
        if part is not None:
            problem = replace(problem, path=part.pointer(problem.path or ""))
        is_echo = part is not None and part.was_inside(problem.path)
        if not is_echo and names.isdisjoint(_named(problem)) and not (has_nameless and "unknown" in problem.code):
            yield problem


def _named(problem: Problem) -> Iterator[str]:
    for value in problem.params.values():
        if isinstance(value, str):
            yield value
            yield from value.split(".")
    if (problem.file or "").startswith(_BY_FIELD):
        yield from (problem.path or "").split("/")


def _steps(pointer: str) -> list[str]:
    return [unescape_pointer(step) for step in pointer.split("/")[1:]]


def _from_behind(pointer: str) -> list[tuple[int, str]]:
    """Later places of a list are left out first, so that the earlier ones keep theirs."""
    return [(int(step), "") if step.isdigit() else (-1, step) for step in pointer.split("/")]


class _Rest:
    def __init__(self, tree: JsonTree) -> None:
        self.tree = tree
        self.lost = Lost()

    def leave_out(self, steps: list[str]) -> bool:
        """Take away the part, or what cannot be without it; False when that would be the whole document."""
        while steps:
            parent = self._at(steps[:-1])
            name = steps[-1]
            if isinstance(parent, list) and name.isdigit() and int(name) < len(parent):
                self._remove(parent, int(name), "".join(f"/{escape_pointer(step)}" for step in steps[:-1]))
                return True
            if isinstance(parent, dict) and name in parent:
                self._note(parent.pop(name))
                if len(steps) > 1 and steps[-2] in _NAMED:
                    self._note_name(name)
                elif name == "key":
                    self.lost.has_nameless = True
                return True
            if isinstance(parent, dict) and name in _TITLES:
                parent[name] = "?"
                return True
            steps = steps[:-1]
        return False

    def _remove(self, parent: list[JsonTree], position: int, pointer: str) -> None:
        places = self.lost.places.setdefault(self.lost.pointer(pointer), [])
        written = int(self.lost.pointer(f"{pointer}/{position}").rpartition("/")[2])
        self._note(parent.pop(position))
        places.append(written)

    def _note(self, part: JsonTree) -> None:
        if isinstance(part, dict):
            if isinstance(part.get("key"), str):
                self._note_name(str(part["key"]))
            part = list(part.values())
        if isinstance(part, list):
            for item in part:
                self._note(item)

    def _note_name(self, name: str) -> None:
        self.lost.names.add(name)
        self.lost.has_nameless = self.lost.has_nameless or re.fullmatch(KEY_PATTERN, name) is None

    def _at(self, steps: list[str]) -> JsonTree:
        found = self.tree
        for step in steps:
            if isinstance(found, dict) and step in found:
                found = found[step]
            elif isinstance(found, list) and step.isdigit() and int(step) < len(found):
                found = found[int(step)]
            else:
                return None
        return found
