"""Values that are kept between transactions, each with the version mark that it belongs to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass
class Kept(Generic[T]):
    """A value and the mark it belongs to."""

    mark: int = -1
    value: T | None = None

    def put(self, mark: int, value: T) -> None:
        """Keep the value unless a later one is kept."""
        if mark > self.mark:
            self.mark, self.value = mark, value
