"""Lookups: the link they follow, and the field they show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from engine.errors import Problem
from engine.model.base import Fault
from engine.model.checks.circles import check_circle
from engine.model.checks.lookup import UnknownField, any_field, unknown
from engine.model.checks.rollups import check_rollup
from engine.model.derived import can_be_shown, derive, link_of
from engine.model.entities import Entity
from engine.model.field_types.base import FieldBase, MemberNotApplicable
from engine.model.field_types.lookup import LookupField
from engine.model.field_types.rollup import RollupField
from engine.model.field_types.subform import SubformField
from engine.model.fields import EntityField
from engine.model.paths import beside
from engine.model.system_fields import SYSTEM_FIELD_TYPES


class LookupNeedsLink(Fault):
    code = "lookup_needs_link"
    zh = "“{name}” 不是关联单条数据的字段, 不能通过它查找引用"
    en = "“{name}” is no link to one record that a lookup could follow"


class LookupCannotShow(Fault):
    code = "lookup_cannot_show"
    zh = "查找引用不能显示 “{name}”: {type} 的内容只属于它所在的数据"
    en = "A lookup cannot show “{name}”: what a {type} holds stays with its record"


def check_derived(entity: Entity, entities: Mapping[str, Entity]) -> Iterator[Problem]:
    """What is wrong with the lookups of an entity; `entities`: all of the application, as authored."""
    yield from _check_all(entity.fields, entity, entities, path="/fields", prefix="")


def _check_all(
    fields: Iterable[EntityField], entity: Entity, entities: Mapping[str, Entity], *, path: str, prefix: str
) -> Iterator[Problem]:
    """Of fields, or of the columns of the subform whose paths begin with the prefix."""
    for position, field in enumerate(fields):
        place, own = f"{path}/{position}", f"{prefix}{field.key}"
        yield from _check(field, entity, entities, path=place, own=own)
        if isinstance(field, SubformField):
            yield from _check_all(field.fields, entity, entities, path=f"{place}/fields", prefix=f"{own}.")


def _check(
    field: EntityField, entity: Entity, entities: Mapping[str, Entity], *, path: str, own: str
) -> Iterator[Problem]:
    if field.derived is not None:
        yield Problem.of(MemberNotApplicable(path=f"{path}/derived", type=field.type, member="derived"))
    if isinstance(field, LookupField):
        yield from _check_lookup(field, entity, entities, path=path, own=own)
    elif isinstance(field, RollupField):
        yield from check_rollup(field, entity, entities, path=path)


def _check_lookup(
    field: LookupField, entity: Entity, entities: Mapping[str, Entity], *, path: str, own: str
) -> Iterator[Problem]:
    subform = entity.subforms.get(own.rpartition(".")[0])
    siblings: Mapping[str, FieldBase] = entity.by_key if subform is None else subform.columns
    if field.link not in siblings:
        yield unknown(UnknownField, field.link, known=siblings, path=f"{path}/link")
        return
    link = link_of(entity, beside(own, field.link))
    if link is None:
        yield Problem.of(LookupNeedsLink(path=f"{path}/link", name=field.link))
        return
    target = entities.get(link.entity)
    if target is None:
        return
    source = any_field(target, field.field)
    if source is None:
        yield unknown(UnknownField, field.field, known=[*target.by_key, *SYSTEM_FIELD_TYPES], path=f"{path}/field")
        return
    if not can_be_shown(source):
        yield Problem.of(LookupCannotShow(path=f"{path}/field", name=field.field, type=source.type))
        return
    yield from check_circle(entity, own, entities, path=path)
    shown = any_field(derive(entities)[target.key], field.field)
    if shown is not None:
        yield from _check_order(field, shown, path)


def _check_order(field: LookupField, source: EntityField, path: str) -> Iterator[Problem]:
    for member in ("search", "sort"):
        if getattr(field, member) and member in source.refused_members:
            yield Problem.of(MemberNotApplicable(path=f"{path}/{member}", type=source.type, member=member))
