"""Tables follow the published entities: added, renamed, hidden, restored, never dropped."""

from __future__ import annotations

from typing import Any

import pytest

from engine.ids import IdSource
from engine.model.entities import Entity
from engine.model.expressions import EVERYTHING
from engine.store.database import Database, Tx
from engine.store.entities import ColumnKindChanged, StoredEntity, find_drift
from engine.store.records import Record, RecordTable
from tests.store.shapes import ENTITY, insert, publish, record


def changed(**members: Any) -> Entity:
    content = ENTITY.model_dump(mode="json", by_alias=True, exclude_unset=True)
    return Entity.model_validate({**content, **members})


def fields(*, without: str = "", **replaced: dict[str, Any]) -> list[dict[str, Any]]:
    content = ENTITY.model_dump(mode="json", by_alias=True, exclude_unset=True)["fields"]
    return [{**field, **replaced.get(field["key"], {})} for field in content if field["key"] != without]


async def only(database: Database, stored: StoredEntity) -> Record:
    async def unit(tx: Tx) -> list[Record]:
        table = RecordTable(stored, database.dialect)
        return [item for item in [await table.get(tx, "1" * 24, access=EVERYTHING)] if item is not None]

    return (await database.read(unit))[0]


async def test_publishing_twice_changes_nothing(database: Database, ids: IdSource) -> None:
    first = await publish(database, ids)
    again = await publish(database, ids)
    assert (first, first.fields) == (again, again.fields)


async def test_a_field_that_is_left_out_is_hidden_and_its_values_come_back(database: Database, ids: IdSource) -> None:
    stored = await publish(database, ids)
    await insert(database, RecordTable(stored, database.dialect), record("1" * 24, name="kept", note="x"))
    less = await publish(database, ids, changed(fields=fields(without="name")))
    assert "name" not in (await only(database, less)).values
    back = await publish(database, ids)
    assert (await only(database, back)).values["name"] == "kept"


async def test_a_renamed_field_keeps_its_column(database: Database, ids: IdSource) -> None:
    stored = await publish(database, ids)
    await insert(database, RecordTable(stored, database.dialect), record("1" * 24, name="kept"))
    renamed = await publish(database, ids, changed(fields=fields(name={"key": "title", "was": "name"})))
    assert (await only(database, renamed)).values["title"] == "kept"
    again = await publish(database, ids, changed(fields=fields(name={"key": "title", "was": "name"})))
    assert (await only(database, again)).values["title"] == "kept"


async def test_a_kind_that_does_not_fit_its_column_is_refused(database: Database, ids: IdSource) -> None:
    await publish(database, ids)
    with pytest.raises(ColumnKindChanged):
        await publish(database, ids, changed(fields=fields(price={"decimals": 3})))


async def test_a_missing_column_is_found(database: Database, ids: IdSource) -> None:
    stored = await publish(database, ids)
    column = stored.columns["note"].name

    async def drop(tx: Tx) -> None:
        await tx.execute(f'ALTER TABLE [{stored.table}] DROP COLUMN "{column}"')

    async def look(tx: Tx) -> list[str]:
        return await find_drift(tx, stored)

    assert await database.read(look) == []
    await database.write(drop)
    assert await database.read(look) == [f"{stored.table}.{column}"]
