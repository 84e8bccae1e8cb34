"""Links between entities: related lists stand opposite to a link that leads to them."""

from __future__ import annotations

from collections.abc import Iterator

from engine.errors import Problem
from engine.model.base import Fault
from engine.model.checks.lookup import Scope, UnknownEntity, missing_field, missing_value
from engine.model.entities import Entity
from engine.model.field_types.link import LinkField
from engine.model.field_types.related import RelatedField


class NotALinkHere(Fault):
    code = "not_a_link_here"
    zh = "“{name}” 不是实体 “{entity}” 中关联到 “{here}” 的字段"
    en = "“{name}” is no link of the entity “{entity}” that leads to “{here}”"


class OwnApplication(Fault):
    code = "own_application"
    zh = "“{app}” 就是本应用, 请去掉 app"
    en = "“{app}” is this application itself; leave app out"


class NotAColumn(Fault):
    code = "not_a_list_column"
    zh = "列表不能显示 “{name}”"
    en = "A list cannot show “{name}”"


def check_related(field: RelatedField, here: Entity, path: str, *, scope: Scope) -> Iterator[Problem]:
    """What is wrong with what a related list names; of another application that is looked at when it is published."""
    yield from check_target(field, path, scope)
    target = scope.application.entities.get(field.target)
    if target is not None:
        yield from check_side(field, target, path, back=here.key)


def check_target(field: LinkField | RelatedField, path: str, scope: Scope) -> Iterator[Problem]:
    """What is wrong with the entity that is named."""
    if field.app is None:
        yield from scope.missing(UnknownEntity, field.entity, f"{path}/entity")
    elif field.app == scope.application.app.key:
        yield Problem.of(OwnApplication(path=f"{path}/app", app=field.app))


def check_side(field: RelatedField, target: Entity, path: str, *, back: str) -> Iterator[Problem]:
    """What is wrong with a related list over the entity `target`, whose link must lead to `back`."""
    missing = list(missing_field(target, field.by, f"{path}/by"))
    yield from missing
    link = target.field_at(field.by)
    if not missing and not (isinstance(link, LinkField) and link.target == back):
        yield Problem.of(NotALinkHere(path=f"{path}/by", name=field.by, entity=field.target, here=back))
    for position, name in enumerate(field.columns):
        yield from missing_value(target, name, f"{path}/columns/{position}")
        yield from check_column(target, name, f"{path}/columns/{position}")


def check_column(entity: Entity, name: str, path: str) -> Iterator[Problem]:
    """A related list is no value that a cell of a list could show."""
    if isinstance(entity.field_at(name), RelatedField):
        yield Problem.of(NotAColumn(path=path, name=name))
