"""Fields that show what other records hold, and in the end themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engine.errors import Problem
from engine.model.base import Fault
from engine.model.derived import derived_circle
from engine.model.entities import Entity


class DerivedInCircle(Fault):
    code = "derived_in_circle"
    zh = "查找引用或汇总互相指向: {cycle}"
    en = "Fields that show each other lead back to themselves: {cycle}"


def check_circle(entity: Entity, own: str, entities: Mapping[str, Entity], *, path: str) -> Iterator[Problem]:
    """A problem when the field, or column, shows in the end itself."""
    circle = derived_circle(entity, own, entities)
    if circle:
        cycle = " → ".join(".".join(spot) for spot in circle)
        yield Problem.of(DerivedInCircle(path=f"{path}/field", cycle=cycle))
