"""What is computed from what: the order of computing, what a change reaches, and the cycles that forbid both."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, NamedTuple, TypeVar


class Place(NamedTuple):
    """A field or a column of an entity: `("order", "lines.amount")`."""

    entity: str
    path: str

    def __str__(self) -> str:
        return f"{self.entity}.{self.path}"


N = TypeVar("N", bound=Hashable)


@dataclass(frozen=True)
class Graph(Generic[N]):
    """`needs`: for everything that is computed, what its formula reads; what is entered need not be there."""

    needs: Mapping[N, frozenset[N]]

    @cached_property
    def _walked(self) -> tuple[tuple[N, ...], tuple[tuple[N, ...], ...]]:
        walk = _Walk(self.needs)
        for node in self.needs:
            walk.visit(node)
        return tuple(walk.done), tuple(walk.cycles)

    @property
    def order(self) -> tuple[N, ...]:
        """What is computed, each behind all it needs."""
        return self._walked[0]

    @property
    def cycles(self) -> tuple[tuple[N, ...], ...]:
        """Ways that lead back to their beginning, which stands at both ends; one for each place that closes one."""
        return self._walked[1]

    @cached_property
    def used_by(self) -> Mapping[N, frozenset[N]]:
        """For everything that is read, what is computed from it directly."""
        found: dict[N, set[N]] = {}
        for node, needs in self.needs.items():
            for needed in needs:
                found.setdefault(needed, set()).add(node)
        return {node: frozenset(users) for node, users in found.items()}

    def reached(self, changed: Iterable[N]) -> tuple[N, ...]:
        """All that is computed from what changed, directly or not, in order."""
        dirty = set(changed)
        found: set[N] = set()
        waiting = list(dirty)
        while waiting:
            for user in self.used_by.get(waiting.pop(), ()):
                if user not in found:
                    found.add(user)
                    waiting.append(user)
        return tuple(node for node in self.order if node in found)


class _Walk(Generic[N]):
    """Depth first, without recursion: chains may be as long as there are fields."""

    def __init__(self, needs: Mapping[N, frozenset[N]]) -> None:
        self._needs = needs
        self.done: dict[N, None] = {}
        self.cycles: list[tuple[N, ...]] = []

    def visit(self, start: N) -> None:
        if start in self.done:
            return
        trail: dict[N, Iterator[N]] = {start: self._inner(start)}
        while trail:
            node, inner = next(reversed(trail.items()))
            step = next(inner, None)
            if step is None:
                trail.pop(node)
                self.done[node] = None
            elif step in trail:
                way = list(trail)
                self.cycles.append((*way[way.index(step) :], step))
            elif step not in self.done:
                trail[step] = self._inner(step)

    def _inner(self, node: N) -> Iterator[N]:
        return iter(sorted((needed for needed in self._needs[node] if needed in self._needs), key=str))
