"""Sample records in the order in which they can be loaded: behind those that their links name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engine.model.application import Application
from engine.model.entities import Entity
from engine.model.field_types.link import LinkField
from engine.model.field_types.subform import SubformField
from engine.model.fields import EntityField
from engine.model.sample_records import SampleRecord
from engine.model.values import RawJson


@dataclass(frozen=True)
class NamedLink:
    """A link of a sample record: the entity it leads to, the key it names, and where it stands below the values."""

    entity: str
    key: str
    path: str


@dataclass(frozen=True)
class RecordOrder:
    """Records by entity key and position. `stuck` are those that wait for each other or for what is not there."""

    ready: tuple[tuple[str, int], ...]
    stuck: tuple[tuple[str, int], ...]


def named_links(entity: Entity, values: Mapping[str, RawJson]) -> Iterator[NamedLink]:
    """The links among the values of a record, those in rows too."""
    return _links_in(entity.by_key, values, "")


def _links_in(fields: Mapping[str, EntityField], values: Mapping[str, RawJson], path: str) -> Iterator[NamedLink]:
    for name, raw in values.items():
        field = fields.get(name)
        if isinstance(field, LinkField):
            yield from _named(field, raw, f"{path}/{name}")
        elif isinstance(field, SubformField) and isinstance(raw, list | tuple):
            for position, row in enumerate(raw):
                if isinstance(row, Mapping):
                    yield from _links_in(field.columns, row, f"{path}/{name}/{position}")


def _named(field: LinkField, raw: RawJson, path: str) -> Iterator[NamedLink]:
    if isinstance(raw, str):
        yield NamedLink(field.target, raw, path)
    elif isinstance(raw, list | tuple):
        for position, key in enumerate(raw):
            if isinstance(key, str):
                yield NamedLink(field.target, key, f"{path}/{position}")


def order_records(application: Application) -> RecordOrder:
    """In the order of the files as far as links allow."""
    waiting = [(key, number) for key, records in application.records.items() for number in range(len(records))]
    ready: list[tuple[str, int]] = []
    known: set[tuple[str, str]] = set()
    while waiting:
        stuck = []
        for key, number in waiting:
            record = application.records[key][number]
            if all((link.entity, link.key) in known for link in _links(application, key, record)):
                ready.append((key, number))
                if record.key is not None:
                    known.add((key, record.key))
            else:
                stuck.append((key, number))
        if len(stuck) == len(waiting):
            return RecordOrder(tuple(ready), tuple(stuck))
        waiting = stuck
    return RecordOrder(tuple(ready), ())


def _links(application: Application, key: str, record: SampleRecord) -> Iterator[NamedLink]:
    entity = application.entities.get(key)
    if entity is not None:
        yield from named_links(entity, record.values)
