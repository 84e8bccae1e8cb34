"""The dependency graph of an application: which computed field reads what, across its entities."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from engine.forms.compile import CompiledEntity, Step
from engine.forms.context import CURRENT_SCOPE
from engine.forms.graph import Graph, Place
from engine.forms.links import Hop, Way
from engine.formula.check import Compiled
from engine.model.paths import above


def places_read(compiled: CompiledEntity, formula: Compiled, *, subform: str | None = None) -> frozenset[Place]:
    """Every field, column and system field that a formula about a record, or a row at a path, is made from."""
    known = compiled.needed(formula, subform) - CURRENT_SCOPE.keys()
    paths = {path for path in known if path in compiled.entity.paths or path in compiled.scope}
    return _places(compiled.entity.key, paths, compiled.ways(formula.references, subform))


def read_by(entity_key: str, step: Step) -> frozenset[Place]:
    """Every field, column and system field that a computed value is made from, those behind links too."""
    return _places(entity_key, step.needs, step.ways)


def _places(entity_key: str, paths: AbstractSet[str], ways: Iterable[Way]) -> frozenset[Place]:
    """The places of paths of an entity; `ways`: those of them that lead through links."""
    listed = tuple(ways)
    through = {way.path for way in listed} | {hop.path for way in listed for hop in way.hops}
    own = {Place(entity_key, path) for path in paths - through}
    return frozenset(own).union(*(way.places for way in listed))


def dependency_graph(entities: Mapping[str, CompiledEntity]) -> Graph[Place]:
    """Rows stand before their sums; a column is also made from the rows it is in, which come and go."""
    needs: dict[Place, frozenset[Place]] = {}
    for key, compiled in entities.items():
        for step in compiled.steps:
            read = read_by(key, step)
            rows = {
                Place(place.entity, outer) for place in (*read, Place(key, step.path)) for outer in above(place.path)
            }
            needs[Place(key, step.path)] = read | rows
        for rollup in compiled.rollups:
            needs[Place(key, rollup.key)] = rollup.places
    return Graph(needs)


# members that change no value
_SHOWN = {"title", "help", "was", "search", "sort"}


@dataclass(frozen=True)
class Back:
    """The way back from a field to what reads it: computed fields of `entity` name it `path`, through the `hops`."""

    entity: str
    path: str
    hops: tuple[Hop, ...]


def link_reads(entities: Mapping[str, CompiledEntity]) -> Mapping[tuple[str, str], tuple[Back, ...]]:
    """What computed fields read through links, by the entity and the key of each field on their ways."""
    found: dict[tuple[str, str], dict[Back, None]] = {}
    for key, compiled in entities.items():
        for way in (way for step in compiled.steps for way in step.ways):
            for number, hop in enumerate(way.hops):
                after = way.hops[number + 1].field if number + 1 < len(way.hops) else way.rest.partition(".")[0]
                found.setdefault((hop.target, after), {})[Back(key, way.path, way.hops[: number + 1])] = None
    return {place: tuple(backs) for place, backs in found.items()}


@dataclass(frozen=True)
class RolledInto:
    """Where records are rolled up: in the roll-up `key` of the records of `entity` to which `by` leads."""

    entity: str
    key: str
    by: str


def rollup_reads(entities: Mapping[str, CompiledEntity]) -> Mapping[tuple[str, str], tuple[RolledInto, ...]]:
    """What roll-ups read of the records that link to theirs, by the entity of these and the key of each field."""
    found: dict[tuple[str, str], dict[RolledInto, None]] = {}
    for key, compiled in entities.items():
        for rollup in compiled.rollups:
            into = RolledInto(key, rollup.key, rollup.authored.by)
            for path in rollup.reads:
                found.setdefault((rollup.authored.entity, path.partition(".")[0]), {})[into] = None
    return {place: tuple(into) for place, into in found.items()}


def changed_entities(before: Mapping[str, CompiledEntity], after: Mapping[str, CompiledEntity]) -> frozenset[str]:
    """The entities some of whose values are computed in another way than before, or were not computed before."""
    return frozenset(
        key
        for key, entity in after.items()
        if _making(entity) - (_making(before[key]) if key in before else frozenset())
    )


def _making(compiled: CompiledEntity) -> frozenset[str]:
    """How each computed value is made: formula, kinds of what it reads, and what its field can hold."""
    made = set()
    for step in compiled.steps:
        scope = compiled.scope if step.subform is None else compiled.row_scope(step.subform)
        kinds = sorted((path, str(scope[path])) for path in step.formula.references)
        holds = step.field.model_dump(mode="json", exclude=_SHOWN)
        made.add(repr((step.path, step.formula.source, kinds, holds)))
    for rollup in compiled.rollups:
        made.add(repr((rollup.key, rollup.authored.model_dump(mode="json", exclude=_SHOWN), rollup.field.type)))
    return frozenset(made)
