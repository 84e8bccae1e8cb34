"""Ids of everything that is stored: 24 hex characters, ordered by time within a process."""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable

COUNTER_BITS = 48


class IdSource:
    """12 hex of Unix milliseconds and 12 hex of a counter with a random start; safe to share between threads."""

    def __init__(self, milliseconds: Callable[[], int], start: int) -> None:
        self._milliseconds = milliseconds
        self._counter = start % 2**COUNTER_BITS
        self._lock = threading.Lock()

    def __iter__(self) -> IdSource:
        return self

    def __next__(self) -> str:
        with self._lock:
            self._counter = (self._counter + 1) % 2**COUNTER_BITS
            return f"{self._milliseconds() % 2**COUNTER_BITS:012x}{self._counter:012x}"


def system_ids() -> IdSource:
    """Ids by the system's clock."""
    return IdSource(lambda: time.time_ns() // 1_000_000, secrets.randbits(COUNTER_BITS))
