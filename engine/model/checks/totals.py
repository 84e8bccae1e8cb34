"""Totals: fields that can be added up and grouped by, sources that are grouped alike."""

from __future__ import annotations

from collections.abc import Iterator

from engine.errors import Problem
from engine.model.base import DuplicateKey, Fault
from engine.model.checks.filters import check_filter
from engine.model.checks.lookup import Scope, UnknownEntity, UnknownField, repeated, unknown
from engine.model.checks.uniques import COMPARED
from engine.model.entities import Entity
from engine.model.field_types.link import LinkField
from engine.model.fields import EntityField
from engine.model.filters import Condition, Current, depends_on_time, walk_filter
from engine.model.system_fields import SYSTEM_FIELD_TYPES
from engine.model.totals import Counted, GroupPart, Period, Total

_ADDED = frozenset({"decimal", "integer"})
_DATED = frozenset({"day", "instant"})
# the engine settles these with every save, and computing a value anew would move it to another group
_OF_SAVING = frozenset({"id", "version", "updated_at", "updated_by"})
_OF_ASKER = frozenset({"is_me", "in_my_departments", "in_my_subtree"})


class NotSummable(Fault):
    code = "not_summable"
    zh = "“{name}” 不是数字, 不能合计"
    en = "“{name}” is no number and cannot be added up"


class NotGroupable(Fault):
    code = "not_groupable"
    zh = "不能按字段 “{name}” 分组"
    en = "Totals cannot be grouped by “{name}”"


class NoDate(Fault):
    code = "no_date"
    zh = "“{name}” 不是日期, 不能按期间分组"
    en = "“{name}” is no date and falls into no period"


class TotalOfSubforms(Fault):
    code = "total_of_subforms"
    zh = "列应全属于同一个子表单"
    en = "All columns must be of one subform"


class GroupsDiffer(Fault):
    code = "groups_differ"
    zh = "“by” 应与合计的分组逐项同类"
    en = "“by” must have the same kinds of groups as the total, in the same order"


class WhereNotFixed(Fault):
    code = "where_not_fixed"
    zh = "合计的条件不能使用公式, 也不能随时间或使用者而变"
    en = "What a total counts cannot depend on formulas, on the time or on who asks"


class NoBound(Fault):
    code = "no_bound"
    zh = "需要 “at_least” 或 “at_most”"
    en = "“at_least” or “at_most” is missing"


def check_totals(entity: Entity, scope: Scope) -> Iterator[Problem]:
    """What is wrong with the totals of an entity, apart from the formulas of their bounds."""
    keys = ((item.key, f"/totals/{position}/key") for position, item in enumerate(entity.totals))
    yield from repeated(keys, fault=DuplicateKey)
    for position, total in enumerate(entity.totals):
        yield from _check_total(entity, total, pointer=f"/totals/{position}", scope=scope)


def _check_total(entity: Entity, total: Total, *, pointer: str, scope: Scope) -> Iterator[Problem]:
    if total.at_least is None and total.at_most is None:
        yield Problem.of(NoBound(path=pointer))
    entities = scope.application.entities
    wanted = _shapes(entity, total)
    for key, place, _, counted in total.sources(entity.key):
        source = entity if key == entity.key else entities.get(key)
        at = f"{pointer}{place}"
        if source is None:
            yield from scope.missing(UnknownEntity, key, f"{at}/entity")
            continue
        problems = list(_check_counted(source, counted, at))
        yield from problems
        if not problems and _shapes(source, counted) != wanted:
            yield Problem.of(GroupsDiffer(path=f"{at}/by"))


def _check_counted(entity: Entity, counted: Counted, at: str) -> Iterator[Problem]:
    subforms = {path.rpartition(".")[0] for path, _ in counted.named if "." in path}
    if len(subforms) > 1:
        yield Problem.of(TotalOfSubforms(path=at))
    parts = dict(zip((place for _, place in counted.named if place != "/sum"), counted.by, strict=True))
    for path, place in counted.named:
        field = counted_field(entity, path)
        if field is None:
            known = [*entity.by_key, *SYSTEM_FIELD_TYPES]
            yield unknown(UnknownField, path, known=known, path=at + place)
        elif fault := _refused(field, path, parts.get(place)):
            yield Problem.of(fault, path=at + place)
    yield from check_filter(counted.where, entity, f"{at}/where")
    if counted.where is not None and not is_fixed(counted):
        yield Problem.of(WhereNotFixed(path=f"{at}/where"))


def _refused(field: EntityField, path: str, part: GroupPart | None) -> Fault | None:
    """Why a field cannot be added up, where `part` is None, or grouped by."""
    if part is None:
        return None if field.column_kind in _ADDED else NotSummable(name=path)
    if isinstance(part, Period):
        is_dated = field.column_kind in _DATED and path not in _OF_SAVING
        return None if is_dated else NoDate(name=path)
    is_grouped = field.column_kind in COMPARED and field.type != "long_text" and path not in _OF_SAVING
    return None if is_grouped else NotGroupable(name=path)


def is_fixed(counted: Counted) -> bool:
    """Whether a record counts by its own values alone, whenever and by whomever it is written."""
    if counted.where is None:
        return True
    parts = [part for part, _, _ in walk_filter(counted.where)]
    return not depends_on_time(counted.where) and all(
        isinstance(part, Condition) and part.op not in _OF_ASKER and not isinstance(part.value, Current)
        for part in parts
    )


def counted_field(entity: Entity, path: str) -> EntityField | None:
    """An authored field or column, or one of the engine's."""
    return entity.field_at(path) or SYSTEM_FIELD_TYPES.get(path)


def _shapes(entity: Entity, counted: Counted) -> list[tuple[str, str]]:
    """Of which kind each part of a group is: groups of several sources must be the same values."""
    found: list[tuple[str, str]] = []
    for part in counted.by:
        if isinstance(part, Period):
            found.append(("period", part.by))
            continue
        field = counted_field(entity, part)
        kind = "" if field is None else field.type
        found.append((kind, field.target if isinstance(field, LinkField) else ""))
    return found
