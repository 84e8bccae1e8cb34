"""Names that documents use of each other, and what to say when one does not exist."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from engine.errors import Problem
from engine.model.application import Application
from engine.model.base import DuplicateKey, Fault
from engine.model.calendars import STATUTORY
from engine.model.entities import Entity
from engine.model.fields import EntityField
from engine.model.member_names import nearest
from engine.model.shape_problems import ShapeText, suggested
from engine.model.system_fields import SYSTEM_FIELD_TYPES


class UnknownName(Fault):
    """A name that nothing has; `name` in the texts."""

    folder: ClassVar[str] = ""


class UnknownEntity(UnknownName):
    folder = "entities"
    code = "unknown_entity"
    zh = "没有实体 “{name}”"
    en = "There is no entity “{name}”"


class UnknownForm(UnknownName):
    folder = "forms"
    code = "unknown_form"
    zh = "没有表单 “{name}”"
    en = "There is no form “{name}”"


class UnknownFlow(UnknownName):
    folder = "flows"
    code = "unknown_flow"
    zh = "没有流程 “{name}”"
    en = "There is no flow “{name}”"


class UnknownView(UnknownName):
    folder = "views"
    code = "unknown_view"
    zh = "没有视图 “{name}”"
    en = "There is no view “{name}”"


class UnknownField(UnknownName):
    code = "unknown_field"
    zh = "实体没有字段 “{name}”"
    en = "The entity has no field “{name}”"


class UnknownRole(UnknownName):
    code = "unknown_role"
    zh = "app.json 的 needs.roles 中没有角色 “{name}”"
    en = "There is no role “{name}” in needs.roles of app.json"


class UnknownCalendar(UnknownName):
    code = "unknown_calendar"
    zh = "app.json 的 needs.calendars 中没有工作日历 “{name}”"
    en = "There is no working calendar “{name}” in needs.calendars of app.json"


class WasStillThere(Fault):
    code = "was_still_there"
    zh = "“was” 指向的 “{name}” 仍然存在, 改名后旧标识不能再使用"
    en = "“was” names “{name}”, which is still there; after a rename the old key must be gone"


class WasTwice(Fault):
    code = "was_twice"
    zh = "有两处都由 “{name}” 改名而来"
    en = "Two of them say that they were “{name}”"


class NamedTwice(Fault):
    code = "named_twice"
    zh = "“{name}” 出现了两次"
    en = "“{name}” is there twice"


@dataclass(frozen=True)
class Scope:
    """The application, and the documents that could not be read: a name of one of those is no mistake."""

    application: Application
    unread: frozenset[tuple[str, str]] = frozenset()

    def missing(self, fault: type[UnknownName], name: str, path: str) -> Iterator[Problem]:
        """A problem when no document of the fault's folder has this name."""
        documents = self.application.folder(fault.folder)
        if name not in documents and (fault.folder, name) not in self.unread:
            yield unknown(fault, name, known=documents, path=path)

    def missing_role(self, name: str, path: str) -> Iterator[Problem]:
        """A problem when the application does not say that it needs this role."""
        roles = self.application.app.needs.roles
        if name not in roles and ("app", "app") not in self.unread:
            yield unknown(UnknownRole, name, known=roles, path=path)

    def missing_calendar(self, name: str, path: str) -> Iterator[Problem]:
        """A problem when the application does not say that it needs this calendar; the built-in one is always there."""
        calendars = self.application.app.needs.calendars
        if name not in {STATUTORY, *calendars} and ("app", "app") not in self.unread:
            yield unknown(UnknownCalendar, name, known=(STATUTORY, *calendars), path=path)


def unknown(fault: type[UnknownName], name: str, *, known: Iterable[str], path: str) -> Problem:
    """The problem that nothing is called `name`, with the name that is probably meant."""
    text, more = suggested(ShapeText(fault.code, fault.zh, fault.en), name, nearest(name, known))
    return Problem(code=text.code, zh=text.zh, en=text.en, path=path, params={"name": name, **more})


def missing_field(entity: Entity, name: str, path: str) -> Iterator[Problem]:
    """A problem when the entity has no such field or column."""
    if entity.field_at(name) is None:
        yield unknown(UnknownField, name, known=entity.by_key, path=path)


def missing_value(entity: Entity, name: str, path: str) -> Iterator[Problem]:
    """A problem when records have no such field, part of a field or system field; columns of subforms are none."""
    if any_field(entity, name) is None:
        yield unknown(UnknownField, name, known=[*entity.by_key, *SYSTEM_FIELD_TYPES], path=path)


def any_field(entity: Entity, name: str) -> EntityField | None:
    """An authored or a system field by its key, or a part of a field by its path."""
    return entity.value_at(name) or SYSTEM_FIELD_TYPES.get(name)


def repeated(names: Iterable[tuple[str, str]], *, fault: type[Fault] = NamedTwice) -> Iterator[Problem]:
    """A problem for each name after its first use; `names` are pairs of name and path."""
    seen: set[str] = set()
    for name, path in names:
        if name in seen:
            params = {"key": name} if fault is DuplicateKey else {"name": name}
            yield Problem.of(fault(path=path, **params))
        seen.add(name)


def renames(siblings: Iterable[tuple[str, str | None, str]]) -> Iterator[Problem]:
    """What is wrong with the renames among siblings, given as key, former key and path."""
    listed = list(siblings)
    keys = {key for key, _, _ in listed}
    for _, was, path in listed:
        if was in keys:
            yield Problem.of(WasStillThere(path=f"{path}/was", name=was))
    yield from repeated([(was, f"{path}/was") for _, was, path in listed if was is not None], fault=WasTwice)
