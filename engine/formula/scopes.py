"""Names that formulas may use, put together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engine.formula.check import Scope
from engine.formula.values import Kind


class WiderScope(Mapping[str, Kind]):
    """A scope with more names, which come first; paths through links stay to be found."""

    def __init__(self, more: Scope, scope: Scope) -> None:
        self._more = more
        self._scope = scope

    def __getitem__(self, path: str) -> Kind:
        return self._more[path] if path in self._more else self._scope[path]

    def __iter__(self) -> Iterator[str]:
        yield from self._more
        yield from (path for path in self._scope if path not in self._more)

    def __len__(self) -> int:
        return sum(1 for _ in self)
