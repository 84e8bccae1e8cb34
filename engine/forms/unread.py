"""Inputs that could not be read, and with them the computed values that therefore cannot be told."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property


def paths_to(pointer: str) -> Iterator[str]:
    """The field that a pointer such as `/lines/0/qty` leads to, and the column of that (`lines`, `lines.qty`)."""
    key, _, cell = pointer[1:].partition("/")
    yield key
    if cell:
        yield f"{key}.{cell.partition('/')[2]}"


@dataclass(frozen=True)
class Unread:
    """JSON pointers of fields (`/budget`, `/lines`) and of cells (`/lines/0/qty`)."""

    pointers: frozenset[str] = frozenset()

    @cached_property
    def paths(self) -> frozenset[str]:
        """The fields concerned, and the columns (`lines`, `lines.qty`)."""
        return frozenset(path for pointer in self.pointers for path in paths_to(pointer))

    def holds(self, path: str) -> bool:
        """Whether the value of a field or of any cell of a column (`lines.qty`) is not known."""
        if not self.pointers:
            return False
        key, _, rest = path.partition(".")
        # a part of a cell (`lines.period.start`) is known as far as the cell is
        cell = f"{key}.{rest.partition('.')[0]}" if "." in rest else path
        return path in self.paths or cell in self.paths or f"/{key}" in self.pointers

    def holds_any(self, paths: Iterable[str]) -> bool:
        """Whether something made from these fields and columns cannot be told."""
        return bool(self.pointers) and any(self.holds(path) for path in paths)

    def holds_for_row(self, row: str, paths: Iterable[str], *, columns: Container[str]) -> bool:
        """Whether a formula of the row at pointer `row` cannot be told; `columns` are those it has itself."""
        return bool(self.pointers) and any(
            f"{row}/{key}" in self.pointers if (key := path.partition(".")[0]) in columns else self.holds(path)
            for path in paths
        )

    def and_also(self, pointers: Iterable[str]) -> Unread:
        """With further places."""
        return Unread(self.pointers.union(pointers))


ALL_READ = Unread()
