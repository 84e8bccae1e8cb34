"""Reading event logs in IEEE XES (plain or gzipped), one case at a time and within bounds.

A log is input from outside: document types (and with them entities) are refused, and so is a file that unpacks to
more than a log of its size can.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import IO
from xml.parsers import expat

from engine.model.field_types.datetime import to_milliseconds

GZIP_MAGIC = b"\x1f\x8b"
CHUNK = 256 * 1024
MAX_BYTES = 2 * 1024**3
MAX_CASE_BYTES = 64 * 1024**2
# logs shrink by 10 to 60 times; what shrinks more is made to fill the memory
MAX_RATIO = 250
RATIO_FROM = 16 * 1024**2


class BadLog(Exception):
    """The file is not an event log that can be read; the message says where."""


@dataclass(frozen=True)
class Event:
    """One event: `attributes` as written in the log, `at` as an aware UTC instant to the millisecond."""

    activity: str
    at: datetime
    attributes: Mapping[str, str]


@dataclass(frozen=True)
class Case:
    """One case of the log with its events in log order (stable by time: equal timestamps keep their order).

    `fault`: why its events cannot be put in order, if so; it has none then.
    """

    name: str
    attributes: Mapping[str, str]
    events: tuple[Event, ...]
    fault: str | None = None


def read_cases(path: Path) -> Iterator[Case]:
    """Every case of the log in file order; raises `BadLog`."""
    reader = _Reader()
    try:
        with path.open("rb") as packed:
            for chunk in _chunks(packed, path.stat().st_size):
                reader.feed(chunk)
                yield from reader.take()
        reader.feed(b"", is_last=True)
        yield from reader.take()
    except expat.ExpatError as error:
        raise BadLog(f"{path}: {error}") from None
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise BadLog(f"{path}: it cannot be unpacked: {error}") from None
    except _Refused as refusal:
        raise BadLog(f"{path}: {refusal}") from None
    if not reader.is_log:
        raise BadLog(f"{path}: it is no event log in XES, its root is <{reader.root}>")


class _Refused(Exception):
    """The content is not what a log is."""


def _chunks(packed: IO[bytes], size: int) -> Iterator[bytes]:
    """The uncompressed bytes of a log, whatever its suffix says."""
    magic = packed.read(len(GZIP_MAGIC))
    packed.seek(0)
    handle: IO[bytes] | gzip.GzipFile = gzip.GzipFile(fileobj=packed) if magic == GZIP_MAGIC else packed
    total = 0
    while chunk := handle.read(CHUNK):
        total += len(chunk)
        if total > MAX_BYTES:
            raise _Refused(f"it holds more than {MAX_BYTES // 1024**3} GiB")
        if total > max(RATIO_FROM, size * MAX_RATIO):
            raise _Refused(f"it unpacks to more than {MAX_RATIO} times its size")
        yield chunk


@dataclass
class _Open:
    """A trace or event that was begun. `depth`: its own."""

    depth: int
    attributes: dict[str, str] = field(default_factory=dict)


class _Reader:
    """Builds cases from what the parser meets; attributes of attributes and of the log itself are passed over."""

    def __init__(self) -> None:
        self.root = ""
        self._depth = 0
        self._case: _Open | None = None
        self._event: _Open | None = None
        self._events: list[Mapping[str, str]] = []
        self._done: list[Case] = []
        self._since_case = 0
        self._parser = expat.ParserCreate(namespace_separator="}")
        self._parser.StartElementHandler = self._begin
        self._parser.EndElementHandler = self._end
        self._parser.StartDoctypeDeclHandler = self._refuse_type

    @property
    def is_log(self) -> bool:
        """Whether the document is a log at all."""
        return self.root == "log"

    def feed(self, chunk: bytes, *, is_last: bool = False) -> None:
        """Go on with more of the file."""
        self._since_case += len(chunk)
        self._parser.Parse(chunk, is_last)
        if self._since_case > MAX_CASE_BYTES:
            raise _Refused(f"a case, or what is between two, has more than {MAX_CASE_BYTES // 1024**2} MiB")

    def take(self) -> list[Case]:
        """The cases that ended since it was asked last."""
        done, self._done = self._done, []
        return done

    def _refuse_type(self, *_declared: object) -> None:
        raise _Refused("it declares a document type; event logs have none")

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition("}")[2]
        self._depth += 1
        self.root = self.root or tag
        if tag == "trace" and self._case is None:
            self._case, self._events = _Open(self._depth), []
        elif tag == "event" and self._case is not None and self._event is None:
            self._event = _Open(self._depth)
        else:
            around = self._event or self._case
            if around is not None and self._depth == around.depth + 1 and attributes.get("key"):
                around.attributes[attributes["key"]] = attributes.get("value", "")

    def _end(self, _name: str) -> None:
        if self._event is not None and self._depth == self._event.depth:
            self._events.append(self._event.attributes)
            self._event = None
        elif self._case is not None and self._depth == self._case.depth:
            self._done.append(_case(self._case.attributes, self._events))
            self._case = None
            self._since_case = 0
        self._depth -= 1


def _case(attributes: Mapping[str, str], listed: list[Mapping[str, str]]) -> Case:
    name = attributes.get("concept:name", "")
    events = []
    for item in listed:
        at = _instant(item.get("time:timestamp", ""))
        if at is None:
            return Case(name, attributes, (), fault="an event has no usable timestamp")
        if not item.get("concept:name"):
            return Case(name, attributes, (), fault="an event has no name")
        events.append(Event(item["concept:name"], at, item))
    events.sort(key=lambda event: event.at)  # the sort is stable
    return Case(name, attributes, tuple(events))


def _instant(text: str) -> datetime | None:
    """The instant; without a zone it is taken as UTC, so that it means the same on every machine."""
    try:
        at = datetime.fromisoformat(text.strip())
        return to_milliseconds((at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC))
    except (ValueError, OverflowError):
        return None
