"""Which members an object of a document may have, found by its place; used to suggest the right name."""

from __future__ import annotations

import types
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import Annotated, Literal, Union, get_args, get_origin

from pydantic import BaseModel, RootModel

from engine.model.json_text import JsonTree


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name that `name` is most likely a misspelling of."""
    found = get_close_matches(name, tuple(known), n=1, cutoff=0.6)
    return found[0] if found else None


def member_names(model: type[BaseModel], steps: Sequence[str | int], tree: JsonTree) -> tuple[str, ...]:
    """The members that the object at `steps` below a document of type `model` may have, as authors write them."""
    places: list[object] = [model]
    for step in steps:
        places = [below for place in places for below in _below(place, step)]
        tree = _child(tree, step)
    models = [place for place in places if isinstance(place, type) and issubclass(place, BaseModel)]
    members = tree if isinstance(tree, dict) else {}
    best = max(models, key=lambda candidate: _likeness(candidate, members), default=None)
    return () if best is None else tuple(_authored_fields(best))


def _below(place: object, step: str | int) -> Iterable[object]:
    """The types that a value one step below `place` may have."""
    if isinstance(place, type) and issubclass(place, RootModel):
        return _below_alternatives(place.model_fields["root"].annotation, step)
    if isinstance(place, type) and issubclass(place, BaseModel):
        fields = _authored_fields(place)
        return _alternatives(fields[step]) if isinstance(step, str) and step in fields else ()
    origin, arguments = get_origin(place), get_args(place)
    if origin is tuple and isinstance(step, int):
        return _alternatives(arguments[0])
    if isinstance(origin, type) and issubclass(origin, Mapping) and isinstance(step, str):
        return _alternatives(arguments[1])
    return ()


def _below_alternatives(annotation: object, step: str | int) -> Iterable[object]:
    return [below for place in _alternatives(annotation) for below in _below(place, step)]


def _alternatives(annotation: object) -> list[object]:
    """The members of a union, without annotations."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return _alternatives(get_args(annotation)[0])
    if origin in {Union, types.UnionType}:
        return [each for part in get_args(annotation) for each in _alternatives(part)]
    return [annotation]


def _authored_fields(model: type[BaseModel]) -> dict[str, object]:
    refused: frozenset[str] = getattr(model, "refused_members", frozenset())
    return {
        field.alias or name: field.annotation
        for name, field in model.model_fields.items()
        if name not in refused and not field.exclude
    }


def _likeness(model: type[BaseModel], members: Mapping[str, JsonTree]) -> tuple[int, int]:
    """How well the members fit a model: first by the constants that choose it, then by known names."""
    fields = _authored_fields(model)
    constants = sum(
        members.get(name) in get_args(annotation)
        for name, annotation in fields.items()
        if get_origin(annotation) is Literal and name in members
    )
    return constants, sum(name in fields for name in members)


def _child(tree: JsonTree, step: str | int) -> JsonTree:
    if isinstance(tree, dict) and isinstance(step, str):
        return tree.get(step)
    if isinstance(tree, list) and isinstance(step, int) and step < len(tree):
        return tree[step]
    return None
