"""The values of a statement."""

from __future__ import annotations


class Parameters:
    """The values of a statement in the order of their `$n` places."""

    def __init__(self, *first: object) -> None:
        self.values: list[object] = list(first)

    def add(self, value: object) -> str:
        """The place of one more value."""
        self.values.append(value)
        return f"${len(self.values)}"
