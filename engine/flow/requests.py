"""Records that triggers asked for and that nobody has created yet."""

from __future__ import annotations

from collections.abc import Iterable

from engine.flow.events import Event, RecordRequested
from engine.flow.state import Instance


def next_request(instance: Instance, events: Iterable[Event]) -> RecordRequested | None:
    """The first request among the events of a command that still waits; answer it by `Continue` or `Fail`.

    A join or the end of the instance may have cancelled the node after it asked: then no record is wanted. The
    answer causes events of its own, so ask again with all of them until there is none.
    """
    for event in events:
        if isinstance(event, RecordRequested):
            asking = instance.activations.get(event.activation)
            if asking is not None and asking.waits:
                return event
    return None
