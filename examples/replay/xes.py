"""Reading event logs in IEEE XES (plain or gzipped), one case at a time."""

from __future__ import annotations

import gzip
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO
from xml.etree import ElementTree as ET

GZIP_MAGIC = b"\x1f\x8b"


class BadLog(Exception):
    """The file is not an event log that can be read; the message says where."""


@dataclass(frozen=True)
class Event:
    """One event: `attributes` as written in the log, `at` as an aware UTC instant."""

    activity: str
    at: datetime
    attributes: Mapping[str, str]


@dataclass(frozen=True)
class Case:
    """One case of the log with its events in log order (stable by time: equal timestamps keep their order)."""

    name: str
    attributes: Mapping[str, str]
    events: tuple[Event, ...]


def open_log(path: Path) -> IO[bytes]:
    """The uncompressed bytes of a log, whatever its suffix says."""
    handle = path.open("rb")
    magic = handle.read(2)
    handle.seek(0)
    return io.BufferedReader(gzip.GzipFile(fileobj=handle)) if magic == GZIP_MAGIC else handle


def read_cases(path: Path) -> Iterator[Case]:
    """Every case of the log in file order; raises `BadLog`."""
    try:
        with open_log(path) as handle:
            for _, element in ET.iterparse(handle, events=("end",)):  # noqa: S314  # expat caps entities itself
                if _tag(element) == "trace":
                    yield _case(element)
                    element.clear()
    except (ET.ParseError, EOFError, gzip.BadGzipFile) as error:
        raise BadLog(f"{path}: {error}") from None


def _tag(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]


def _attributes(element: ET.Element) -> dict[str, str]:
    return {
        child.get("key", ""): child.get("value", "") for child in element if child.get("key") and _tag(child) != "event"
    }


def _case(element: ET.Element) -> Case:
    attributes = _attributes(element)
    name = attributes.get("concept:name", "")
    events = [_event(child, case=name) for child in element if _tag(child) == "event"]
    events.sort(key=lambda event: event.at)  # the sort is stable
    return Case(name=name, attributes=attributes, events=tuple(events))


def _event(element: ET.Element, *, case: str) -> Event:
    attributes = _attributes(element)
    try:
        at = datetime.fromisoformat(attributes["time:timestamp"]).astimezone(UTC)
        activity = attributes["concept:name"]
    except (KeyError, ValueError) as error:
        raise BadLog(f"case {case}: an event without a usable name or timestamp ({error})") from None
    return Event(activity=activity, at=at, attributes=attributes)
