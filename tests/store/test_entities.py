"""Tables follow the published entities: added, renamed, hidden, restored, never dropped; indexes follow the fields."""

from __future__ import annotations

import random
from typing import Any

import pytest

from engine.ids import IdSource
from engine.model.entities import Entity
from engine.model.expressions import EVERYTHING, Compare
from engine.model.values import Row as SubformRow
from engine.model.values import Value
from engine.query.sorts import Sort
from engine.store.database import Database, Tx, UniqueViolation
from engine.store.drift import find_drift
from engine.store.entities import ColumnKindChanged, StoredEntity, publish_entities
from engine.store.indexes import ValuesRepeat
from engine.store.records import Record, RecordTable
from tests.store.explained import Explained
from tests.store.shapes import APP, changed, fields, insert, publish, record

FIRST = "1" * 24


def small(*given: dict[str, Any], key: str = "small", **members: Any) -> Entity:
    """An entity of text fields; members of a field beside its key may be given."""
    listed = [{"type": "text", "title": field["key"], **field} for field in given]
    return Entity.model_validate({"key": key, "title": key, "fields": listed, **members})


async def publish_all(database: Database, ids: IdSource, *entities: Entity) -> dict[str, StoredEntity]:
    async def unit(tx: Tx) -> dict[str, StoredEntity]:
        return await publish_entities(tx, APP, entities, ids=ids)

    return await database.write(unit)


async def only(database: Database, stored: StoredEntity) -> Record:
    async def unit(tx: Tx) -> list[Record]:
        table = RecordTable(stored, database.dialect)
        return [item for item in [await table.get(tx, FIRST, access=EVERYTHING)] if item is not None]

    return (await database.read(unit))[0]


async def put(database: Database, stored: StoredEntity, *, record_id: str = FIRST, **values: Value) -> None:
    made = record(record_id)
    await insert(database, RecordTable(stored, database.dialect), Record(**{**made.__dict__, "values": values}))


async def values_of(database: Database, stored: StoredEntity) -> dict[str, Value]:
    return dict((await only(database, stored)).values)


async def test_publishing_twice_changes_nothing(database: Database, ids: IdSource) -> None:
    first = await publish(database, ids)
    again = await publish(database, ids)
    assert (first, first.fields) == (again, again.fields)


async def test_a_field_that_is_left_out_is_hidden_and_its_values_come_back(database: Database, ids: IdSource) -> None:
    stored = await publish(database, ids)
    await insert(database, RecordTable(stored, database.dialect), record(FIRST, name="kept", note="x"))
    less = await publish(database, ids, changed(fields=fields(without="name")))
    assert "name" not in (await only(database, less)).values
    back = await publish(database, ids)
    assert (await only(database, back)).values["name"] == "kept"


async def test_a_renamed_field_keeps_its_column(database: Database, ids: IdSource) -> None:
    stored = await publish(database, ids)
    await insert(database, RecordTable(stored, database.dialect), record(FIRST, name="kept"))
    renamed = await publish(database, ids, changed(fields=fields(name={"key": "title", "was": "name"})))
    assert (await only(database, renamed)).values["title"] == "kept"
    again = await publish(database, ids, changed(fields=fields(name={"key": "title", "was": "name"})))
    assert (await only(database, again)).values["title"] == "kept"


@pytest.mark.parametrize(
    "after",
    [[{"key": "b", "was": "a"}, {"key": "a"}], [{"key": "a"}, {"key": "b", "was": "a"}]],
    ids=["renamed first", "renamed last"],
)
async def test_a_field_may_get_the_key_that_another_gave_up(
    database: Database, ids: IdSource, after: list[dict[str, Any]]
) -> None:
    stored = (await publish_all(database, ids, small({"key": "a"})))["small"]
    await put(database, stored, a="kept")
    for _ in range(2):
        now = (await publish_all(database, ids, small(*after)))["small"]
        assert await values_of(database, now) == {"a": None, "b": "kept"}


async def test_keys_may_move_along_a_chain(database: Database, ids: IdSource) -> None:
    stored = (await publish_all(database, ids, small({"key": "a"}, {"key": "b"})))["small"]
    await put(database, stored, a="1", b="2")
    for _ in range(2):
        entity = small({"key": "b", "was": "a"}, {"key": "c", "was": "b"})
        stored = (await publish_all(database, ids, entity))["small"]
        assert await values_of(database, stored) == {"b": "1", "c": "2"}


async def test_a_rename_wins_over_a_hidden_field_of_that_key(database: Database, ids: IdSource) -> None:
    stored = (await publish_all(database, ids, small({"key": "a"}, {"key": "b"})))["small"]
    await put(database, stored, a="1", b="2")
    await publish_all(database, ids, small({"key": "a"}))
    stored = (await publish_all(database, ids, small({"key": "b", "was": "a"})))["small"]
    assert await values_of(database, stored) == {"b": "1"}
    assert await database.read(lambda tx: find_drift(tx, stored)) == []


async def test_columns_of_a_subform_are_added_renamed_hidden_and_restored(database: Database, ids: IdSource) -> None:
    def entity(*columns: dict[str, Any]) -> Entity:
        listed = [{"type": "text", "title": "c", **column} for column in columns]
        lines = {"key": "lines", "type": "subform", "title": "Lines", "fields": listed}
        return Entity.model_validate({"key": "order", "title": "Order", "fields": [lines]})

    async def rows(stored: StoredEntity) -> list[dict[str, Value]]:
        found = (await values_of(database, stored))["lines"]
        assert isinstance(found, tuple)
        return [dict(row.values) for row in found if isinstance(row, SubformRow)]

    stored = (await publish_all(database, ids, entity({"key": "item"})))["order"]
    await put(database, stored, lines=(SubformRow("5" * 24, {"item": "x"}), SubformRow("4" * 24, {"item": "y"})))
    stored = (await publish_all(database, ids, entity({"key": "name", "was": "item"}, {"key": "unit"})))["order"]
    assert await rows(stored) == [{"name": "x", "unit": None}, {"name": "y", "unit": None}]
    stored = (await publish_all(database, ids, entity({"key": "unit"})))["order"]
    assert await rows(stored) == [{"unit": None}, {"unit": None}]
    stored = (await publish_all(database, ids, entity({"key": "name"}, {"key": "unit"})))["order"]
    assert [row["name"] for row in await rows(stored)] == ["x", "y"]


async def test_entities_are_hidden_restored_and_renamed(database: Database, ids: IdSource) -> None:
    stored = await publish_all(database, ids, small({"key": "a"}, key="one"), small({"key": "a"}, key="two"))
    await put(database, stored["one"], a="first")
    await put(database, stored["two"], a="second")
    left = await publish_all(database, ids, small({"key": "a"}, key="one"))
    assert left["one"] == stored["one"]
    # the name of a hidden entity goes to the renamed one, and its own to a new one
    after = await publish_all(database, ids, small({"key": "a"}, key="two", was="one"), small({"key": "a"}, key="one"))
    assert await values_of(database, after["two"]) == {"a": "first"}
    assert after["one"].id not in {item.id for item in stored.values()}
    restored = await publish_all(database, ids, small({"key": "a"}, key="two"))
    assert await values_of(database, restored["two"]) == {"a": "first"}


async def test_a_kind_that_does_not_fit_its_column_is_refused(database: Database, ids: IdSource) -> None:
    await publish(database, ids)
    with pytest.raises(ColumnKindChanged):
        await publish(database, ids, changed(fields=fields(price={"decimals": 3})))


async def test_a_refused_publication_leaves_nothing_behind(database: Database, ids: IdSource) -> None:
    stored = await publish(database, ids)
    more = [{"key": "more", "type": "text", "title": "More"}, *fields(price={"decimals": 3})]
    with pytest.raises(ColumnKindChanged):
        await publish(database, ids, changed(fields=more))
    again = await publish(database, ids)
    assert again.fields == stored.fields


async def test_a_missing_column_is_found(database: Database, ids: IdSource) -> None:
    stored = await publish(database, ids)
    column = stored.columns["note"].name
    stored = await publish(database, ids, changed(fields=fields(without="note")))

    async def drop(tx: Tx) -> None:
        await tx.execute(f'ALTER TABLE [{stored.table}] DROP COLUMN "{column}"')
        await tx.execute(f"DROP TABLE [{stored.subforms['lines'].table}]")

    async def look(tx: Tx) -> list[str]:
        return await find_drift(tx, stored)

    assert await database.read(look) == []
    await database.write(drop)
    found = await database.read(look)
    assert f"{stored.table}.{column}" in found  # of a hidden field: its values would be lost
    assert {item.partition(".")[0] for item in found} == {stored.table, stored.subforms["lines"].table}


async def test_a_field_may_stop_being_unique(database: Database, ids: IdSource) -> None:
    stored = (await publish_all(database, ids, small({"key": "a", "unique": True})))["small"]
    await put(database, stored, a="x")
    with pytest.raises(UniqueViolation):
        await put(database, stored, record_id="2" * 24, a="x")
    stored = (await publish_all(database, ids, small({"key": "a", "sort": True})))["small"]
    await put(database, stored, record_id="2" * 24, a="x")


async def test_a_field_with_repeated_values_cannot_become_unique(database: Database, ids: IdSource) -> None:
    stored = (await publish_all(database, ids, small({"key": "a"})))["small"]
    for number in "12":
        await put(database, stored, record_id=number * 24, a="x")
    with pytest.raises(ValuesRepeat) as caught:
        await publish_all(database, ids, small({"key": "a", "unique": True}))
    assert caught.value.params == {"field": "a", "records": "…"}
    await put(database, stored, record_id="3" * 24, a="x")


@pytest.mark.parametrize("kind", ["unique", "sort", "search"])
async def test_long_values_fit_whatever_the_field_is_indexed_for(database: Database, ids: IdSource, kind: str) -> None:
    chance = random.Random(1)
    long = "".join(chr(chance.randrange(0x4E00, 0x9FA5)) for _ in range(10_000))
    stored = (await publish_all(database, ids, small({"key": "a", kind: True})))["small"]
    await put(database, stored, record_id="9" * 24, a="short")
    stored = (await publish_all(database, ids, small({"key": "a", kind: True, "max_length": 10_000})))["small"]
    await put(database, stored, a=long)
    assert await values_of(database, stored) == {"a": long}
    if kind == "unique":
        with pytest.raises(UniqueViolation) as caught:
            await put(database, stored, record_id="2" * 24, a=long)
        assert RecordTable(stored, database.dialect).unique_field(caught.value) == "a"
    # shortened again: what is there stays
    await publish_all(database, ids, small({"key": "a", kind: True}))
    assert await values_of(database, stored) == {"a": long}


@pytest.mark.parametrize("desc", [False, True])
@pytest.mark.parametrize("after", [None, "m", "empty"])
async def test_an_index_gives_the_order_of_pages(
    database: Database, ids: IdSource, desc: bool, after: str | None
) -> None:
    stored = (await publish_all(database, ids, small({"key": "a", "sort": True})))["small"]
    for number in range(30):
        await put(database, stored, record_id=f"{number:024}", a=None if number % 3 == 0 else chr(100 + number))
    sorts = (Sort("a", desc), Sort("id", desc))
    place = None if after is None else (None if after == "empty" else after, "0" * 24)

    async def unit(tx: Tx) -> str:
        explained = Explained(tx)
        await RecordTable(stored, tx.dialect).page(explained, access=EVERYTHING, sorts=sorts, after=place, limit=5)
        return " ; ".join(explained.plans)

    found = await database.write(unit)
    assert f"x_{stored.id}_f_" in found
    assert "B-TREE" not in found
    assert "Sort" not in found


async def test_declared_indexes_serve_lists_and_figures_and_go_with_the_declaration(
    database: Database, ids: IdSource
) -> None:
    amount = {"key": "amount", "type": "number", "digits": 9}
    indexes = [{"fields": ["kind", "amount"]}, {"fields": ["kind", "created_at"]}]
    stored = (await publish_all(database, ids, small({"key": "kind"}, amount, indexes=indexes)))["small"]

    async def plans(limit: int) -> str:
        async def unit(tx: Tx) -> str:
            explained = Explained(tx)
            wanted = Compare("kind", "eq", ("a",))
            for field in ("amount", "created_at"):
                # another limit is another text: SQLite keeps plans that it was asked for
                await RecordTable(stored, database.dialect).page(
                    explained, access=EVERYTHING, condition=wanted, sorts=(Sort(field), Sort("id")), limit=limit
                )
            return " ".join(explained.plans)

        return await database.write(unit)

    found = await plans(5)
    assert found.count(f"x_{stored.id}_c_") >= 2
    assert "TEMP B-TREE" not in found
    assert "Sort" not in found
    await publish_all(database, ids, small({"key": "kind"}, amount, indexes=indexes[1:]))
    assert f"x_{stored.id}_c_" in await plans(6)
    await publish_all(database, ids, small({"key": "kind"}, amount))
    assert f"x_{stored.id}_c_" not in await plans(7)
