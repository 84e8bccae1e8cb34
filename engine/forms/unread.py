"""Inputs that could not be read, and with them the computed values that therefore cannot be told."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from engine.model.paths import above, head_of, path_of


def paths_to(pointer: str) -> Iterator[str]:
    """The subforms that a pointer such as `/lines/0/qty` leads through, and its end (`lines`, `lines.qty`)."""
    path = path_of(pointer)
    yield from above(path)
    yield path


@dataclass(frozen=True)
class Unread:
    """JSON pointers of fields (`/budget`, `/lines`), and of cells (`/lines/0/qty`, `/lines/0/parts`)."""

    pointers: frozenset[str] = frozenset()

    @cached_property
    def paths(self) -> frozenset[str]:
        """The fields concerned, and the columns (`lines`, `lines.qty`)."""
        return frozenset(path for pointer in self.pointers for path in paths_to(pointer))

    @cached_property
    def ends(self) -> frozenset[str]:
        """The fields and columns at the ends of pointers, of which, and of what is inside them, nothing is known."""
        return frozenset(path_of(pointer) for pointer in self.pointers)

    def holds(self, path: str) -> bool:
        """Whether the value of a field or of any cell of a column (`lines.qty`) is not known."""
        if not self.pointers:
            return False
        return path in self.paths or any(outer in self.ends for outer in above(path))

    def holds_any(self, paths: Iterable[str]) -> bool:
        """Whether something made from these fields and columns cannot be told."""
        return bool(self.pointers) and any(self.holds(path) for path in paths)

    def holds_in_rows(self, names: Iterable[str], *, around: Sequence[tuple[str, Container[str]]]) -> bool:
        """Whether something made in a row from what it calls by these names cannot be told.

        `around`: the pointer of the row with its columns, then those of the row around it. Of these only their own
        cells count, of others all.
        """
        if not self.pointers:
            return False
        for name in names:
            head = head_of(name)
            row = next((pointer for pointer, columns in around if head in columns), None)
            if (self if row is None else self._below(row)).holds(name):
                return True
        return False

    def _below(self, row: str) -> Unread:
        return Unread(frozenset(item.removeprefix(row) for item in self.pointers if item.startswith(f"{row}/")))

    def and_also(self, pointers: Iterable[str]) -> Unread:
        """With further places."""
        return Unread(self.pointers.union(pointers))


ALL_READ = Unread()
