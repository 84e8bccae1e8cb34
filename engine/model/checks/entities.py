"""Entities: keys of fields, renames, rules and the record title."""

from __future__ import annotations

from collections.abc import Iterator

from engine.errors import Problem
from engine.model.base import DuplicateKey, Fault, ReservedKey
from engine.model.checks.derived import check_derived
from engine.model.checks.links import check_related, check_target
from engine.model.checks.lookup import Scope, UnknownField, missing_field, renames, repeated, unknown
from engine.model.checks.totals import check_totals
from engine.model.checks.uniques import check_uniques
from engine.model.entities import Entity
from engine.model.field_types.link import LinkField
from engine.model.field_types.related import RelatedField
from engine.model.field_types.subform import SubformField
from engine.model.fields import EntityField
from engine.model.json_text import RESERVED_MEMBERS
from engine.model.system_fields import SYSTEM_FIELD_TYPES
from engine.model.values import SYSTEM_FIELDS

# `{current.user}` and `{current.department}` name the person who acts
CURRENT = "current"
OF_CURRENT = frozenset({"user", "department"})


class LinkInTitle(Fault):
    code = "link_in_title"
    zh = "数据标题不能使用关联字段 “{name}”: 不是每个人都能查看关联的数据"
    en = "A record title cannot use the link “{name}”: not everyone may read the record behind it"


# PostgreSQL refuses index rows of more than 2,704 bytes; a character takes up to 4
MAX_INDEXED_LENGTH = 500
MAX_INDEX_LENGTH = 600  # of all texts in an index together
_LISTS = frozenset({"json", "links", "table", "none"})


class NotIndexed(Fault):
    code = "not_indexed"
    zh = "字段 “{name}” 不能用于索引: 值过长或有多个值"
    en = "The field “{name}” cannot be in an index: its values are too long, or several"


class IndexTooLong(Fault):
    code = "index_too_long"
    zh = "索引中文本字段的最大长度合计 {length}, 最多 {max}"
    en = "The texts in the index can be {length} characters long together, at most {max} are possible"


class IndexRepeated(Fault):
    code = "index_repeated"
    zh = "已有相同字段的索引"
    en = "There is an index of these fields already"


def check_entity(entity: Entity, scope: Scope) -> Iterator[Problem]:
    """What is wrong inside one entity, apart from its formulas, and about the entities that its links name."""
    for position, field in enumerate(entity.fields):
        yield from _check_key(field, f"/fields/{position}")
        yield from _check_links(field, f"/fields/{position}", scope)
        if isinstance(field, RelatedField):
            yield from check_related(field, entity, f"/fields/{position}", scope=scope)
    yield from check_derived(entity, scope.application.entities)
    yield from _check_siblings(entity.fields, "/fields")
    for position, field in enumerate(entity.fields):
        yield from _check_column_renames(field, f"/fields/{position}")
    yield from _check_rules(entity)
    yield from check_uniques(entity)
    yield from _check_indexes(entity)
    yield from check_totals(entity, scope)
    for name in entity.title_fields:
        if name not in entity.by_key:
            yield unknown(UnknownField, name, known=entity.by_key, path="/record_title")
        elif isinstance(entity.by_key[name], LinkField | RelatedField):
            yield Problem.of(LinkInTitle(path="/record_title", name=name))


def _check_column_renames(field: EntityField, path: str) -> Iterator[Problem]:
    if isinstance(field, SubformField):
        yield from renames(_siblings(field.fields, f"{path}/fields"))
        for place, column in enumerate(field.fields):
            yield from _check_column_renames(column, f"{path}/fields/{place}")


def _check_links(field: EntityField, path: str, scope: Scope) -> Iterator[Problem]:
    if isinstance(field, LinkField):
        yield from check_target(field, path, scope)
    elif isinstance(field, SubformField):
        for place, column in enumerate(field.fields):
            yield from _check_links(column, f"{path}/fields/{place}", scope)


def _check_key(field: EntityField, path: str) -> Iterator[Problem]:
    is_reserved = field.key in SYSTEM_FIELDS or field.key in RESERVED_MEMBERS
    if is_reserved or _hides_person(field):
        yield Problem.of(ReservedKey(path=f"{path}/key", key=field.key))
    if isinstance(field, SubformField):
        yield from _check_column_keys(field, path)


def _check_column_keys(subform: SubformField, path: str) -> Iterator[Problem]:
    for place, column in enumerate(subform.fields):
        inner = f"{path}/fields/{place}"
        if column.key in RESERVED_MEMBERS or _hides_person(column):
            yield Problem.of(ReservedKey(path=f"{inner}/key", key=column.key))
        if isinstance(column, SubformField):
            yield from _check_column_keys(column, inner)


def _hides_person(field: EntityField) -> bool:
    """Whether `{current.user}` would mean something of the field."""
    is_outer = isinstance(field, SubformField) and not OF_CURRENT.isdisjoint(field.columns)
    return field.key == CURRENT and (is_outer or isinstance(field, LinkField))


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


def _check_indexes(entity: Entity) -> Iterator[Problem]:
    seen: set[tuple[str, ...]] = set()
    for number, index in enumerate(entity.indexes):
        path = f"/indexes/{number}/fields"
        if index.fields in seen:
            yield Problem.of(IndexRepeated(path=path))
        seen.add(index.fields)
        named: set[str] = set()
        length = sum(getattr(entity.by_key.get(name), "max_length", 0) for name in index.fields)
        if length > MAX_INDEX_LENGTH:
            yield Problem.of(IndexTooLong(path=path, length=length, max=MAX_INDEX_LENGTH))
        for place, name in enumerate(index.fields):
            field = entity.by_key.get(name) or SYSTEM_FIELD_TYPES.get(name)
            if name in named:
                yield Problem.of(DuplicateKey(path=f"{path}/{place}", key=name))
            elif field is None:
                yield unknown(UnknownField, name, known=entity.by_key, path=f"{path}/{place}")
            elif field.column_kind in _LISTS or getattr(field, "max_length", 0) > MAX_INDEXED_LENGTH:
                yield Problem.of(NotIndexed(path=f"{path}/{place}", name=name))
            named.add(name)
