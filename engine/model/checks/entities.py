"""Entities: keys of fields, renames, rules and the record title."""

from __future__ import annotations

from collections.abc import Iterator

from engine.errors import Problem
from engine.model.base import DuplicateKey, ReservedKey
from engine.model.checks.lookup import UnknownField, missing_field, renames, repeated, unknown
from engine.model.entities import Entity
from engine.model.field_types.subform import SubformField
from engine.model.fields import EntityField
from engine.model.json_text import RESERVED_MEMBERS
from engine.model.values import SYSTEM_FIELDS

# `{current.user}` and `{current.department}` name the person who acts
CURRENT = "current"
OF_CURRENT = frozenset({"user", "department"})


def check_entity(entity: Entity) -> Iterator[Problem]:
    """What is wrong inside one entity, apart from its formulas."""
    for position, field in enumerate(entity.fields):
        yield from _check_key(field, f"/fields/{position}")
    yield from _check_siblings(entity.fields, "/fields")
    for position, field in enumerate(entity.fields):
        if isinstance(field, SubformField):
            yield from renames(_siblings(field.fields, f"/fields/{position}/fields"))
    yield from _check_rules(entity)
    for name in entity.title_fields:
        if name not in entity.by_key:
            yield unknown(UnknownField, name, known=entity.by_key, path="/record_title")


def _check_key(field: EntityField, path: str) -> Iterator[Problem]:
    is_reserved = field.key in SYSTEM_FIELDS or field.key in RESERVED_MEMBERS
    if isinstance(field, SubformField):
        is_reserved = is_reserved or (field.key == CURRENT and not OF_CURRENT.isdisjoint(field.columns))
        for place, column in enumerate(field.fields):
            if column.key in RESERVED_MEMBERS:
                yield Problem.of(ReservedKey(path=f"{path}/fields/{place}/key", key=column.key))
    if is_reserved:
        yield Problem.of(ReservedKey(path=f"{path}/key", key=field.key))


def _check_siblings(fields: tuple[EntityField, ...], path: str) -> Iterator[Problem]:
    yield from repeated(
        ((field.key, f"{path}/{position}/key") for position, field in enumerate(fields)), fault=DuplicateKey
    )
    yield from renames(_siblings(fields, path))


def _siblings(fields: tuple[EntityField, ...], path: str) -> Iterator[tuple[str, str | None, str]]:
    return ((field.key, field.was, f"{path}/{position}") for position, field in enumerate(fields))


def _check_rules(entity: Entity) -> Iterator[Problem]:
    yield from repeated(
        ((rule.key, f"/rules/{position}/key") for position, rule in enumerate(entity.rules)), fault=DuplicateKey
    )
    for position, rule in enumerate(entity.rules):
        for place, name in enumerate(rule.at):
            yield from missing_field(entity, name, f"/rules/{position}/at/{place}")
