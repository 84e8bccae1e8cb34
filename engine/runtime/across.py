"""Links from one application into another: what must be there when one of them is published."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from engine.errors import Problem
from engine.model.application import Application
from engine.model.base import Fault
from engine.model.checks.links import check_side
from engine.model.checks.lookup import UnknownEntity, UnknownName, unknown
from engine.model.diff import TypeChangeUnsupported
from engine.model.entities import Entity
from engine.model.field_types.link import LinkField, target_name
from engine.model.field_types.related import RelatedField
from engine.model.field_types.subform import SubformField
from engine.model.renames import former_keys
from engine.runtime.catalog import Catalog


class UnknownApp(UnknownName):
    code = "unknown_app"
    zh = "没有安装应用 “{name}”; 请先发布它"
    en = "The application “{name}” is not installed; publish it first"


class LinkedFromElsewhere(Fault):
    code = "linked_from_elsewhere"
    zh = "应用 “{app}” 的 “{field}” 关联到实体 “{entity}”; 发布后显示为不可用, 直到它指向现有的实体"
    en = "“{field}” of the application “{app}” leads to “{entity}”; it is unavailable until it names one that is there"


@dataclass(frozen=True)
class Across:
    """What is wrong, and what is doubtful: a link that was published before and leads nowhere any more may stay."""

    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]


def check_across(application: Application, old: Application | None, catalog: Catalog) -> Across:
    """What is to be said of links and related lists that name other applications, and of those that name this one."""
    problems: list[Problem] = []
    warnings = list(_left_behind(application, catalog))
    for key, entity in application.entities.items():
        was = _former(application, old, key)
        for path, pointer, field in _named(entity):
            before = None if was is None else was.field_at(path)
            found = list(_check(field, pointer, catalog, back=target_name(application.app.key, key)))
            is_old = isinstance(before, LinkField | RelatedField) and before.target == field.target
            if not found and isinstance(field, LinkField) and isinstance(before, LinkField):
                found = list(_check_change(field, before, pointer, catalog=catalog))
            (warnings if is_old else problems).extend(replace(item, file=f"entities/{key}.json") for item in found)
    return Across(tuple(problems), tuple(warnings))


def _left_behind(application: Application, catalog: Catalog) -> Iterator[Problem]:
    """The links of other applications that would lead nowhere."""
    own = application.app.key
    had = catalog.apps[own].entities if own in catalog.apps else {}
    lost = had.keys() - application.entities.keys()
    for app in catalog.apps.values():
        for key, entity in app.compiled.application.entities.items():
            for path, _, field in _named(entity):
                if field.app == own and field.entity in lost:
                    fault = LinkedFromElsewhere(app=app.key, field=f"{key}.{path}", entity=field.entity)
                    yield Problem.of(fault, file="app.json", path="/key")


def _check(field: LinkField | RelatedField, pointer: str, catalog: Catalog, *, back: str) -> Iterator[Problem]:
    if field.app is None:
        return
    app = catalog.apps.get(field.app)
    if app is None:
        yield unknown(UnknownApp, field.app, known=catalog.apps, path=f"{pointer}/app")
    elif field.entity not in app.entities:
        yield unknown(UnknownEntity, field.entity, known=app.entities, path=f"{pointer}/entity")
    elif isinstance(field, RelatedField):
        yield from check_side(field, app.entities[field.entity].compiled.entity, pointer, back=back)


def _check_change(field: LinkField, before: LinkField, pointer: str, *, catalog: Catalog) -> Iterator[Problem]:
    """A link that holds records of one entity cannot hold those of another while both are there."""
    if field.app is None or before.target == field.target or catalog.target("", before.target) is None:
        return
    fault = TypeChangeUnsupported(path=f"{pointer}/entity", field=field.key, old=before.target, new=field.target)
    yield Problem.of(fault)


def _former(application: Application, old: Application | None, key: str) -> Entity | None:
    """The entity as it was; fields that were renamed with it are looked up by their present key only."""
    if old is None:
        return None
    formers = former_keys(old.entities, {name: entity.was for name, entity in application.entities.items()})
    former = formers.get(key)
    return None if former is None else old.entities[former]


def _named(entity: Entity) -> Iterator[tuple[str, str, LinkField | RelatedField]]:
    """Links and related lists with their paths and JSON pointers."""
    for place, field in enumerate(entity.fields):
        if isinstance(field, LinkField | RelatedField):
            yield field.key, f"/fields/{place}", field
        elif isinstance(field, SubformField):
            for number, column in enumerate(field.fields):
                if isinstance(column, LinkField):
                    yield f"{field.key}.{column.key}", f"/fields/{place}/fields/{number}", column
