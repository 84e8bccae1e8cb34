"""Paths of fields (`budget`), columns (`lines.qty`) and columns of inner subforms (`lines.parts.qty`), and pointers."""

from __future__ import annotations

from collections.abc import Container, Iterator

# the person who acts, whatever rows have columns called `current`
CURRENT_PATHS = frozenset({"current.user", "current.department"})


def head_of(path: str) -> str:
    """The field of the record that a path begins with."""
    return path.partition(".")[0]


def last_of(path: str) -> str:
    """The key at the end of a path."""
    return path.rpartition(".")[2]


def beside(path: str, key: str) -> str:
    """The path of another field of the record, or column of the same rows."""
    outer, dot, _ = path.rpartition(".")
    return f"{outer}{dot}{key}"


def above(path: str) -> Iterator[str]:
    """The subforms in whose rows a path lies, from the outside in: `lines`, `lines.parts` for `lines.parts.qty`."""
    end = path.find(".")
    while end >= 0:
        yield path[:end]
        end = path.find(".", end + 1)


def is_among(path: str, paths: Container[str]) -> bool:
    """Whether the path or a subform that it lies in is one of the paths."""
    return path in paths or any(outer in paths for outer in above(path))


def path_of(pointer: str) -> str:
    """The path of a place: `lines.parts.qty` for `/lines/0/parts/2/qty`, `lines` for the row `/lines/0`."""
    return ".".join(step for step in pointer.split("/")[1:] if not step.isdigit())
