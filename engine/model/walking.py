"""Every object of a document with its JSON pointer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pydantic import BaseModel

from engine.model.json_text import escape_pointer


def walk(value: object, path: str = "") -> Iterator[tuple[str, BaseModel]]:
    """The models inside `value`, itself included, outer ones first."""
    match value:
        case BaseModel():
            yield path, value
            for name, field in type(value).model_fields.items():
                yield from walk(getattr(value, name), f"{path}/{escape_pointer(field.alias or name)}")
        case Mapping():
            for key, item in value.items():
                yield from walk(item, f"{path}/{escape_pointer(str(key))}")
        case tuple():
            for position, item in enumerate(value):
                yield from walk(item, f"{path}/{position}")
        case _:
            return
