"""An entity with a field of every column kind, and records of it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from engine.ids import IdSource
from engine.model.entities import Entity
from engine.model.values import Value
from engine.store.database import Database, Tx
from engine.store.entities import StoredEntity, publish_entities
from engine.store.records import Record, RecordTable

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
APP = "a" * 24
ENTITY = Entity.model_validate(
    {
        "key": "thing",
        "title": "Thing",
        "fields": [
            {"key": "name", "type": "text", "title": "Name", "sort": True},
            {"key": "code", "type": "text", "title": "Code", "unique": True},
            {"key": "note", "type": "long_text", "title": "Note"},
            {"key": "price", "type": "number", "title": "Price", "decimals": 2, "sort": True},
            {"key": "huge", "type": "number", "title": "Huge", "decimals": 4, "digits": 18},
            {"key": "done", "type": "boolean", "title": "Done"},
            {"key": "day", "type": "date", "title": "Day", "sort": True},
            {"key": "at", "type": "datetime", "title": "At"},
            {"key": "kind", "type": "select", "title": "Kind", "options": [{"key": k, "title": k} for k in "abc"]},
            {
                "key": "tags",
                "type": "multi_select",
                "title": "Tags",
                "options": [{"key": k, "title": k} for k in "xyz"],
            },
            {"key": "owner", "type": "member", "title": "Owner"},
            {
                "key": "lines",
                "type": "subform",
                "title": "Lines",
                "fields": [
                    {"key": "item", "type": "text", "title": "Item"},
                    {"key": "qty", "type": "number", "title": "Quantity", "decimals": 3},
                ],
            },
        ],
    }
)


async def publish(database: Database, ids: IdSource, entity: Entity = ENTITY) -> StoredEntity:
    """The entity's tables."""

    async def unit(tx: Tx) -> StoredEntity:
        return (await publish_entities(tx, APP, [entity], ids=ids))[entity.key]

    return await database.write(unit)


def record(record_id: str, **values: Value) -> Record:
    """A first version; fields that are not given are empty."""
    given = {field.key: values.get(field.key) for field in ENTITY.fields}
    return Record(record_id, 1, NOW, "m" * 24, None, NOW, "m" * 24, values=given)


async def insert(database: Database, table: RecordTable, *records: Record) -> None:
    """Store records in one unit."""

    async def unit(tx: Tx) -> None:
        for item in records:
            await table.insert(tx, item)

    await database.write(unit)


def changed(entity: Entity = ENTITY, **members: Any) -> Entity:
    """The entity with other members."""
    content = entity.model_dump(mode="json", by_alias=True, exclude_unset=True)
    return Entity.model_validate({**content, **members})


def fields(*, without: str = "", **replaced: dict[str, Any]) -> list[dict[str, Any]]:
    """The authored fields of `ENTITY` without one of them, some with other members."""
    content = ENTITY.model_dump(mode="json", by_alias=True, exclude_unset=True)["fields"]
    return [{**field, **replaced.get(field["key"], {})} for field in content if field["key"] != without]
