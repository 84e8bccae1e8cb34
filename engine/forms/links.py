"""What formulas read through links: the steps of a path, and what must be read of the records behind them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import TypeAlias

from engine.forms.graph import Place
from engine.formula.fields import field_kind
from engine.formula.values import Kind
from engine.model.entities import Entity
from engine.model.field_types.subform import SubformField
from engine.model.links import Entities, follow
from engine.model.system_fields import SYSTEM_FIELD_TYPES

# so many links may lie between a formula and the field it reads
MAX_STEPS = 3


@dataclass(frozen=True)
class Hop:
    """A link that a path follows.

    `path`: the links so far (`project.customer`; `lines.product` for a link in rows). It lies in the field or column
    `field` of the entity `source` and leads to the entity `target`.
    """

    path: str
    source: str
    field: str
    target: str


@dataclass(frozen=True)
class Way:
    """A path through links: `hops` in order, and the path `rest` of the entity they end at, which is of `kind`.

    `whole`: the field or column there; `rest` may be a part of it.
    """

    hops: tuple[Hop, ...]
    rest: str
    kind: Kind
    whole: str

    @property
    def path(self) -> str:
        """As the entity names it: `lines.product.price` for what a row's formula calls `product.price`."""
        return f"{self.hops[-1].path}.{self.rest}"

    @property
    def places(self) -> Iterator[Place]:
        """Every field that is read on the way, the links too."""
        for hop in self.hops:
            yield Place(hop.source, hop.field)
        yield Place(self.hops[-1].target, self.whole)


def way_of(entity: Entity, path: str, entities: Entities, *, subform: str | None = None) -> Way | None:
    """The way of a path that begins with a link of the record, or of a row of the subform at a path; None: no way."""
    steps, rest = follow(entity, path, entities, subform=subform)
    if not 0 < len(steps) <= MAX_STEPS:
        return None
    kind = _kind_in(steps[-1].target, rest)
    if kind is None:
        return None
    paths = accumulate((step.link for step in steps), "{}.{}".format)
    hops = [Hop(so_far, at.source.key, at.link, at.target.key) for so_far, at in zip(paths, steps, strict=True)]
    return Way(tuple(hops), rest, kind, steps[-1].target.whole_of(rest))


def _kind_in(entity: Entity, path: str) -> Kind | None:
    """The kind of a field, a column as a list, or a system field; None: there is none, or more links follow."""
    found = entity.read_at(path) or SYSTEM_FIELD_TYPES.get(path)
    if found is None or ("." in path and isinstance(found, SubformField)):
        return None
    return field_kind(found) if entity.value_at(path) or "." not in path else replace(field_kind(found), is_list=True)


@dataclass(frozen=True)
class LinkNeed:
    """What must be known of the records behind a link: of which entity, and which of their fields."""

    entity: str
    keys: frozenset[str]


# by the path of the link, those first through which others are reached
LinkNeeds: TypeAlias = Mapping[str, LinkNeed]


def needs_of(ways: Iterable[Way]) -> LinkNeeds:
    """What evaluating formulas that read these ways needs."""
    found: dict[str, LinkNeed] = {}
    for way in ways:
        after = [*(hop.field for hop in way.hops[1:]), way.rest.partition(".")[0]]
        for hop, key in zip(way.hops, after, strict=True):
            known = found.get(hop.path, LinkNeed(hop.target, frozenset()))
            found[hop.path] = replace(known, keys=known.keys | {key})
    return dict(sorted(found.items(), key=lambda item: item[0].count(".")))


def lost_behind(needs: LinkNeeds, lost: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """The needed paths of entities that are gone, and of fields that are; `lost`: these by each entity still there."""
    return frozenset(
        f"{path}.{key}"
        for path, need in needs.items()
        for key in (need.keys & lost[need.entity] if need.entity in lost else need.keys)
    )


def merged(several: Iterable[LinkNeeds]) -> LinkNeeds:
    """The needs of several formulas together."""
    found: dict[str, LinkNeed] = {}
    for needs in several:
        for path, need in needs.items():
            known = found.get(path, need)
            found[path] = replace(known, keys=known.keys | need.keys)
    return dict(sorted(found.items(), key=lambda item: item[0].count(".")))
