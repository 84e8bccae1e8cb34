"""Roll-ups: the link by which records are rolled up, the field that is, and which records count."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engine.errors import Problem
from engine.model.base import Fault
from engine.model.checks.circles import check_circle
from engine.model.checks.filters import check_filter
from engine.model.checks.lookup import UnknownEntity, UnknownField, unknown
from engine.model.derived import can_be_rolled_up, derive
from engine.model.entities import Entity
from engine.model.field_types.link import LinkField
from engine.model.field_types.rollup import RollupField
from engine.model.filters import FormulaCondition, moves, walk_filter
from engine.model.paths import above
from engine.model.system_fields import SYSTEM_FIELD_TYPES

# what every save settles anew, computing anew too
OF_EVERY_SAVE = frozenset({"version", "updated_at", "updated_by"})


class RollupNeedsLink(Fault):
    code = "rollup_needs_link"
    zh = "“{name}” 不是关联到 “{entity}” 的字段"
    en = "“{name}” is no link to “{entity}”"


class RollupCannotTake(Fault):
    code = "rollup_cannot_take"
    zh = "“{function}” 不能汇总 “{name}”"
    en = "“{function}” cannot be made of “{name}”"


class RollupMoves(Fault):
    code = "rollup_moves"
    zh = "汇总条件不能随时间、查看人或每次保存变化, 也不能是公式: “{name}”"
    en = "What is rolled up cannot move with time, person or every save, nor hang on a formula: “{name}”"


@dataclass(frozen=True)
class _Child:
    """The entity whose records are rolled up, as authored and with lookups as the fields they show."""

    authored: Entity
    derived: Entity


def check_rollup(field: RollupField, entity: Entity, entities: Mapping[str, Entity], *, path: str) -> Iterator[Problem]:
    """What is wrong with a roll-up of the entity."""
    authored = entities.get(field.entity)
    if authored is None:
        yield unknown(UnknownEntity, field.entity, known=entities, path=f"{path}/entity")
        return
    child = _Child(authored, derive(entities)[authored.key])
    link = authored.field_at(field.by)
    if link is None:
        yield unknown(UnknownField, field.by, known=authored.by_key, path=f"{path}/by")
    elif not isinstance(link, LinkField) or link.target != entity.key or _is_inner(field.by):
        yield Problem.of(RollupNeedsLink(path=f"{path}/by", name=field.by, entity=entity.key))
    circle = [*check_circle(entity, field.key, entities, path=path)]
    yield from circle or _check_field(field, child, path)
    yield from _check_where(field, child, f"{path}/where")


def _is_inner(path: str) -> bool:
    """Whether it is a column of rows in rows, which are not rolled up."""
    return sum(1 for _ in above(path)) > 1


def _check_field(field: RollupField, child: _Child, path: str) -> Iterator[Problem]:
    name = field.field
    if name is None:
        return
    source = child.derived.field_at(name) or SYSTEM_FIELD_TYPES.get(name)
    row, _, column = field.by.partition(".")
    is_of_other_rows = "." in name and (not column or name.partition(".")[0] != row)
    if source is None:
        yield unknown(UnknownField, name, known=[*child.authored.by_key, *SYSTEM_FIELD_TYPES], path=f"{path}/field")
    elif _is_inner(name) or is_of_other_rows or name in OF_EVERY_SAVE or not can_be_rolled_up(source, field.function):
        yield Problem.of(RollupCannotTake(path=f"{path}/field", name=name, function=field.function))


def _check_where(field: RollupField, child: _Child, path: str) -> Iterator[Problem]:
    yield from check_filter(field.where, child.derived, path)
    for condition, pointer, _ in () if field.where is None else walk_filter(field.where):
        if isinstance(condition, FormulaCondition):
            yield Problem.of(RollupMoves(path=f"{path}{pointer}/formula", name=condition.formula))
        elif condition.field in OF_EVERY_SAVE or moves(condition):
            yield Problem.of(RollupMoves(path=f"{path}{pointer}", name=condition.field))
