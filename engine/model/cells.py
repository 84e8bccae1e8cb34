"""The cells of spreadsheets: by which texts people name members, departments, records and options."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, tzinfo
from functools import cached_property

from engine.model.bad_values import AmbiguousName, UnknownName
from engine.model.base import Language

_SEPARATOR = re.compile(r"[,，;；、\n]")
_ID = re.compile(r"[0-9a-f]{24}")
SEPARATOR = "; "
SHOWN_NAME = 100


@dataclass(frozen=True)
class Named:
    """What a cell may be called by: exact keys first, then names, which several may share."""

    keys: Mapping[str, str]
    names: Mapping[str, frozenset[str]]

    def find(self, text: str) -> str:
        """The id that is meant. Raises `UnknownName` or `AmbiguousName`."""
        if text in self.keys:
            return self.keys[text]
        found = self.names.get(text, frozenset())
        if not found:
            raise UnknownName(name=text[:SHOWN_NAME])
        if len(found) > 1:
            raise AmbiguousName(name=text[:SHOWN_NAME], count=len(found))
        return next(iter(found))

    def write(self, wanted: str, texts: Iterable[str]) -> str:
        """The first of the texts that `find` reads as the id, and that stays whole in a list; else the id."""
        for text in texts:
            if text == text.strip() and text and not _SEPARATOR.search(text) and self._is_one(text, wanted):
                return text
        return wanted

    def _is_one(self, text: str, wanted: str) -> bool:
        return self.keys.get(text, next(iter(self.names.get(text, ())), None)) == wanted and (
            text in self.keys or len(self.names[text]) == 1
        )


def named(keys: Iterable[tuple[str, str]], names: Iterable[tuple[str, str]]) -> Named:
    """From pairs of text and id."""
    found: dict[str, set[str]] = {}
    for text, wanted in names:
        found.setdefault(text.strip(), set()).add(wanted)
    return Named(dict(keys), {text: frozenset(ids) for text, ids in found.items() if text})


@dataclass(frozen=True)
class MemberName:
    """What a member is called."""

    account: str
    name: str


@dataclass(frozen=True)
class CellNames:
    """What is known while cells are read and written: the language and zone of whoever does, and names by id.

    `departments`: the titles from the top of the tree down. `records`: titles of records that links may lead to.
    """

    language: Language = "zh-CN"
    zone: tzinfo = UTC
    members: Mapping[str, MemberName] = field(default_factory=dict)
    departments: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    records: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def members_named(self) -> Named:
        """Members by account or id, and by name."""
        keys = [(key, key) for key in self.members] + [(one.account, key) for key, one in self.members.items()]
        return named(keys, ((one.name, key) for key, one in self.members.items()))

    @cached_property
    def departments_named(self) -> Named:
        """Departments by id, and by the end of their path: `研发部`, `总部/研发部`."""
        ends = (("/".join(path[at:]), key) for key, path in self.departments.items() for at in range(len(path)))
        return named(((key, key) for key in self.departments), ends)

    @cached_property
    def records_named(self) -> Named:
        """Records by id and title."""
        return named(((key, key) for key in self.records), ((title, key) for key, title in self.records.items()))


def find_id(known: Named, text: str) -> str:
    """As `Named.find`; an id is itself, known or not: whether it is one of those that may be chosen is asked later."""
    try:
        return known.find(text)
    except UnknownName:
        if _ID.fullmatch(text):
            return text
        raise


def written_list(texts: Iterable[str]) -> str:
    """Several texts in one cell."""
    return SEPARATOR.join(texts)


def read_list(text: str, find: Callable[[str], str]) -> list[str]:
    """What the parts of a cell mean; `,` `;` `、` and their full-width forms and line breaks stand between them."""
    return [find(part.strip()) for part in _SEPARATOR.split(text) if part.strip()]
