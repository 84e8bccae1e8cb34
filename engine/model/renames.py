"""Renames: which former key each of the present documents has."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Mapping


def former_keys(old: Collection[str], new: Mapping[str, str | None]) -> dict[str, str | None]:
    """The former key of each key of `new`, whose values are the documents' `was`; None: it is new.

    `was` stays in the files after the rename is published, so it counts for keys only that `old` does not have, or
    whose place another rename took. One step from any version leads to the same place as several.
    """
    taken: dict[str, str] = {}
    waiting = deque(key for key in new if key not in old)
    while waiting:
        key = waiting.popleft()
        was = new[key]
        if was is not None and was in old and was not in taken:
            taken[was] = key
            if was in new:
                waiting.append(was)
    renamed = {key: former for former, key in taken.items()}
    own = {key: key for key in new if key in old and key not in taken}
    return {key: renamed.get(key, own.get(key)) for key in new}
