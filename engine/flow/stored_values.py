"""Record values inside events: each is stored with its type, so that the same value comes back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, TypeAlias

from pydantic import PlainSerializer, PlainValidator

from engine.model.values import Composite, FileRef, Json, Row, Scalar, Value, Values


def _dump(value: Value) -> Json:
    match value:
        case None | bool() | str():
            return value
        case Decimal():
            return {"number": str(value)}
        case datetime():
            return {"instant": value.isoformat()}
        case date():
            return {"day": value.isoformat()}
        case Composite():
            return {"parts": _dump_all(value.parts)}
        case _:
            return [_dump_item(item) for item in value]


def _dump_item(item: str | FileRef | Row) -> Json:
    match item:
        case str():
            return item
        case FileRef():
            return {"file": asdict(item)}
        case Row():
            return {"row": item.id, "values": {key: _dump(value) for key, value in item.values.items()}}


def _load(raw: object) -> Value:
    match raw:
        case None | bool() | str():
            return raw
        case {"number": str(text)}:
            return Decimal(text)
        case {"instant": str(text)}:
            return datetime.fromisoformat(text)
        case {"day": str(text)}:
            return date.fromisoformat(text)
        case {"parts": dict(parts)}:
            return Composite({str(key): _part(part) for key, part in parts.items()})
        case list():
            return _load_list(raw)
        case _:
            raise ValueError("not a stored value")


def _part(raw: object) -> str | Decimal | date | None:
    value = _load(raw)
    if value is None or isinstance(value, str | Decimal | date):
        return value
    raise ValueError("not a stored value")


def _load_list(raw: list[object]) -> Value:
    texts: list[str] = []
    files: list[FileRef] = []
    rows: list[Row] = []
    for item in raw:
        match item:
            case str():
                texts.append(item)
            case {"file": {"id": str(id_), "name": str(name), "size": int(size), "media_type": str(media_type)}}:
                files.append(FileRef(id=id_, name=name, size=size, media_type=media_type))
            case {"row": None | str() as row_id, "values": dict(values)}:
                rows.append(Row(id=row_id, values={str(key): _scalar(value) for key, value in values.items()}))
            case _:
                raise ValueError("not a stored value")
    return tuple(rows) or tuple(files) or tuple(texts)


def _scalar(raw: object) -> Scalar:
    value = _load(raw)
    if isinstance(value, tuple):
        return tuple(item for item in value if isinstance(item, str)) or tuple(
            item for item in value if isinstance(item, FileRef)
        )
    return value


def _dump_all(values: Values) -> Json:
    return {key: _dump(value) for key, value in values.items()}


def _load_all(raw: object) -> Values:
    match raw:
        case Mapping():
            return {str(key): _load_or_keep(value) for key, value in raw.items()}
        case _:
            raise ValueError("not stored values")


def _load_or_keep(value: object) -> Value:
    """Values that are already in canonical form (an event built in the program) pass unchanged."""
    if isinstance(value, Decimal | date | tuple | Composite):
        return value
    return _load(value)


StoredValues: TypeAlias = Annotated[Values, PlainValidator(_load_all), PlainSerializer(_dump_all, return_type=object)]
