"""What publishing a new version of an application would change, and which changes the stored records do not allow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel

from engine.errors import Problem
from engine.model.application import APP_FILE, Application
from engine.model.base import Fault
from engine.model.checks.versions import check_flow_changes
from engine.model.entities import Entity
from engine.model.field_types.link import LinkField
from engine.model.field_types.number import NumberBase
from engine.model.field_types.subform import SubformField
from engine.model.fields import EntityField
from engine.model.renames import former_keys

Effect = Literal["added", "changed", "renamed", "hidden", "removed"]
ChangeKind = Literal["app", "entity", "field", "column", "form", "flow", "view", "permission_set", "scenario"]
ORDER = "order"  # stands among the changed members for: the same fields in another order
_KINDS: Mapping[str, ChangeKind] = {
    "forms": "form",
    "flows": "flow",
    "views": "view",
    "permission_sets": "permission_set",
    "scenarios": "scenario",
}
# A column of the left type holds every value of the right one.
_WIDENING = frozenset({("text", "long_text")})
_EFFECTS: Mapping[Effect, tuple[str, str]] = {
    "added": ("新增", "added"),
    "changed": ("修改", "changed"),
    "renamed": ("改名", "renamed"),
    "hidden": ("隐藏", "hidden"),
    "removed": ("删除", "removed"),
}


class TypeChangeUnsupported(Fault):
    code = "type_change_unsupported"
    zh = "字段 “{field}” 已有数据, 不能从 “{old}” 改为 “{new}”; 请新增另一个标识的字段"
    en = "The field “{field}” holds data and cannot change from “{old}” to “{new}”; add a field with another key"


class DecimalsUpUnsupported(Fault):
    code = "decimals_up_unsupported"
    zh = "字段 “{field}” 已有数据, 小数位数不能从 {old} 增加到 {new}; 请新增另一个标识的字段"
    en = "The field “{field}” holds data and cannot go from {old} to {new} decimals; add a field with another key"


@dataclass(frozen=True)
class Change:
    """One difference. `path` is folder and key, below an entity also the fields: `entities/order/lines/qty`.

    `hidden` data stays in the store and comes back when the key does; what is `removed` held no data. `was` is the
    former key of something renamed, `members` what else is different about it.
    """

    kind: ChangeKind
    path: str
    effect: Effect
    was: str | None = None
    members: tuple[str, ...] = ()

    def text(self, language: str) -> str:
        """One line for people."""
        zh, en = _EFFECTS[self.effect]
        is_zh = language.startswith("zh")
        former = "" if self.was is None else f" (原 {self.was})" if is_zh else f" (was {self.was})"
        members = f": {', '.join(self.members)}" if self.members else ""
        return f"{zh if is_zh else en} {self.path}{former}{members}"


def diff_applications(old: Application | None, new: Application) -> tuple[Change, ...]:
    """Every difference, nothing when publishing would change nothing; all is added where there is no old version."""
    return tuple(_differences(old, new))


def check_changes(old: Application | None, new: Application) -> tuple[Problem, ...]:
    """The changes that the records already stored, and the flows that were published, do not allow."""
    entities: Mapping[str, Entity] = {} if old is None else old.entities
    pairs = tuple(_pairs(entities, new.entities))
    today = {former: key for former, key in pairs if former is not None and key is not None}
    fields = (
        problem
        for former, key in pairs
        if former is not None and key is not None
        for problem in _check_fields(
            entities[former].fields, new.entities[key].fields, today=today, file=f"entities/{key}.json"
        )
    )
    return (*fields, *check_flow_changes(old, new))


def _differences(old: Application | None, new: Application) -> Iterator[Change]:
    if old is None:
        yield Change("app", APP_FILE, "added")
    elif members := _changed_members(old.app, new.app):
        yield Change("app", APP_FILE, "changed", members=members)
    yield from _entity_changes({} if old is None else old.entities, new.entities)
    for folder, kind in _KINDS.items():
        before: Mapping[str, BaseModel] = {} if old is None else old.folder(folder)
        after = new.folder(folder)
        for former, key in _pairs(before, after):
            if key is None:
                yield Change(kind, f"{folder}/{former}", "removed")
            elif former is None:
                yield Change(kind, f"{folder}/{key}", "added")
            else:
                members = _changed_members(before[former], after[key])
                yield from _survivor(kind, f"{folder}/{key}", former, members=members)


def _entity_changes(old: Mapping[str, Entity], new: Mapping[str, Entity]) -> Iterator[Change]:
    for former, key in _pairs(old, new):
        path = f"entities/{key or former}"
        before = old[former].fields if former is not None else ()
        if key is None:
            yield Change("entity", path, "hidden")
            continue
        after = new[key].fields
        if former is None:
            yield Change("entity", path, "added")
        else:
            members = _changed_members(old[former], new[key], without="fields") + _order(before, after)
            yield from _survivor("entity", path, former, members=members)
        yield from _field_changes("field", path, before=before, after=after)


def _field_changes(
    kind: ChangeKind, parent: str, *, before: tuple[EntityField, ...], after: tuple[EntityField, ...]
) -> Iterator[Change]:
    old, new = _by_key(before), _by_key(after)
    for former, key in _pairs(old, new):
        path = f"{parent}/{key or former}"
        if key is None:
            yield Change(kind, path, "hidden")
            continue
        columns, former_columns = _columns(new[key]), _columns(old[former]) if former is not None else ()
        if former is None:
            yield Change(kind, path, "added")
        else:
            members = _changed_members(old[former], new[key], without="fields") + _order(former_columns, columns)
            yield from _survivor(kind, path, former, members=members)
        yield from _field_changes("column", path, before=former_columns, after=columns)


def _survivor(kind: ChangeKind, path: str, former: str, *, members: tuple[str, ...]) -> Iterator[Change]:
    """The change of something that is in both versions, if it differs."""
    if former != path.rpartition("/")[2]:
        yield Change(kind, path, "renamed", was=former, members=members)
    elif members:
        yield Change(kind, path, "changed", members=members)


def _check_fields(
    before: tuple[EntityField, ...],
    after: tuple[EntityField, ...],
    *,
    today: Mapping[str, str],
    file: str,
    path: str = "/fields",
) -> Iterator[Problem]:
    """`today`: what the former entities are called now."""
    old, new = _by_key(before), _by_key(after)
    positions = {field.key: position for position, field in enumerate(after)}
    for former, key in _pairs(old, new):
        if former is None or key is None:
            continue
        pointer = f"{path}/{positions[key]}"
        fault = _refused_change(old[former], new[key], today)
        if fault is not None:
            yield Problem.of(fault, path=pointer + (fault.path or ""), file=file)
        else:
            yield from _check_fields(
                _columns(old[former]), _columns(new[key]), today=today, file=file, path=f"{pointer}/fields"
            )


def _refused_change(before: EntityField, after: EntityField, today: Mapping[str, str]) -> Fault | None:
    """Why the column that holds the field cannot go on holding it; None when it can."""
    if before.type != after.type and (before.type, after.type) not in _WIDENING:
        return TypeChangeUnsupported(path="/type", field=after.key, old=before.type, new=after.type)
    is_link = isinstance(before, LinkField) and isinstance(after, LinkField)
    # between one and several the records decide: see the store's misfits
    if before.column_kind != after.column_kind and not is_link:
        return TypeChangeUnsupported(path="/multiple", field=after.key, old=before.column_kind, new=after.column_kind)
    if isinstance(before, NumberBase) and isinstance(after, NumberBase):
        old, new = before.number_form.decimals, after.number_form.decimals
        if new > old:
            return DecimalsUpUnsupported(path="/decimals", field=after.key, old=old, new=new)
    if isinstance(before, LinkField) and isinstance(after, LinkField) and not _leads_on(before, after, today):
        return TypeChangeUnsupported(path="/entity", field=after.key, old=before.target, new=after.target)
    return None


def _leads_on(before: LinkField, after: LinkField, today: Mapping[str, str]) -> bool:
    """Whether the link leads where it led; what an entity of another application is called now is known there."""
    if before.app is not None or after.app is not None:
        return before.app == after.app
    return today.get(before.entity) == after.entity


def _pairs(old: Mapping[str, object], new: Mapping[str, object]) -> Iterator[tuple[str | None, str | None]]:
    """The former and the present key of everything in either."""
    formers = former_keys(old, {key: getattr(document, "was", None) for key, document in new.items()})
    for key, former in formers.items():
        yield former, key
    kept = set(formers.values())
    for key in old:
        if key not in kept:
            yield key, None


def _changed_members(before: BaseModel, after: BaseModel, *, without: str = "") -> tuple[str, ...]:
    """The members that differ, as authors write them; a key and its former key are not content."""
    fields = {**type(before).model_fields, **type(after).model_fields}
    skipped = {"key", "was", "schema_url", without}
    return tuple(
        field.alias or name
        for name, field in fields.items()
        if name not in skipped and getattr(before, name, None) != getattr(after, name, None)
    )


def _order(before: tuple[EntityField, ...], after: tuple[EntityField, ...]) -> tuple[str, ...]:
    """Whether the fields that are in both versions stand in another order now."""
    pairs = _pairs(_by_key(before), _by_key(after))
    formers = [former for former, key in pairs if former is not None and key is not None]
    stayed = [field.key for field in before if field.key in formers]
    return () if formers == stayed else (ORDER,)


def _by_key(fields: tuple[EntityField, ...]) -> Mapping[str, EntityField]:
    return {field.key: field for field in fields}


def _columns(field: EntityField) -> tuple[EntityField, ...]:
    return field.fields if isinstance(field, SubformField) else ()
