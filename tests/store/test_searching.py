"""Words are found by the search index, and exactly where they stand: the answer is that of reading every record."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

import pytest

from engine.ids import IdSource
from engine.model.entities import Entity
from engine.model.expressions import EVERYTHING, All, AnyOf, Compare, Expression
from engine.query.match import matches
from engine.query.sorts import Sort
from engine.store import search_index
from engine.store.database import Database, Tx
from engine.store.entities import StoredEntity, publish_entities
from engine.store.records import Record, RecordTable
from engine.store.verify import check_entity
from tests.store.explained import Explained
from tests.store.shapes import APP, insert, record

# few characters, so that pairs meet; letters, signs that FTS5 knows, and characters beyond the first plane
CHARACTERS = "项目预算ab AND*\":'-_%\u0301😀"


def entity(*, search: bool) -> Entity:
    fields: list[dict[str, Any]] = [
        {"key": "name", "type": "text", "title": "name", "search": search},
        {"key": "note", "type": "long_text", "title": "note", "search": search},
    ]
    return Entity.model_validate({"key": "paper", "title": "paper", "fields": fields})


async def publish(database: Database, ids: IdSource, *, search: bool = True) -> StoredEntity:
    async def unit(tx: Tx) -> StoredEntity:
        return (await publish_entities(tx, APP, [entity(search=search)], ids=ids))["paper"]

    return await database.write(unit)


def paper(number: int, name: str | None, note: str | None = None, version: int = 1) -> Record:
    return Record(**{
        **record(f"{number:024x}").__dict__, "version": version, "values": {"name": name or None, "note": note or None},
    })  # fmt: skip


async def found(database: Database, stored: StoredEntity, condition: Expression) -> list[str]:
    table = RecordTable(stored, database.dialect)

    async def unit(tx: Tx) -> list[str]:
        records = await table.page(tx, access=EVERYTHING, condition=condition, sorts=(Sort("id"),), limit=1000)
        assert await table.count(tx, access=EVERYTHING, condition=condition) == len(records)
        return [item.id for item in records]

    return await database.read(unit)


async def breaches(database: Database, stored: StoredEntity) -> list[str]:
    async def unit(tx: Tx) -> list[str]:
        return [item.subject for item in await check_entity(tx, stored) if item.invariant.startswith("search_index")]

    return await database.read(unit)


async def change(database: Database, stored: StoredEntity, before: Record, after: Record) -> None:
    async def unit(tx: Tx) -> None:
        assert await RecordTable(stored, database.dialect).update(tx, before, after)

    await database.write(unit)


def conditions(words: Sequence[str]) -> list[Expression]:
    one, other = words[0] or "x", words[1] or "y"
    return [
        Compare("name", "contains", (one,)),
        Compare("note", "starts_with", (one,)),
        Compare("name", "not_contains", (one,)),
        AnyOf((Compare("name", "contains", (one,)), Compare("note", "contains", (other,)))),
        All((Compare("name", "contains", (one,)), Compare("note", "contains", (other,)))),
    ]


@pytest.mark.parametrize("rare", [2, 1000], ids=["most words common", "most words rare"])
async def test_the_index_finds_what_reading_finds(
    database: Database, ids: IdSource, rare: int, monkeypatch: pytest.MonkeyPatch, *, is_proof: bool
) -> None:
    monkeypatch.setattr(search_index, "RARE", rare)
    stored = await publish(database, ids)
    drawn = random.Random(11)
    kept: dict[str, Record] = {}

    def text() -> str:
        return "".join(drawn.choice(CHARACTERS) for _ in range(drawn.randrange(12)))

    for _ in range(400 if is_proof else 40):
        number = drawn.randrange(9)
        before = kept.get(f"{number:024x}")
        made = paper(number, text(), text(), version=1 if before is None else before.version + 1)
        if before is None:
            await insert(database, RecordTable(stored, database.dialect), made)
        else:
            await change(database, stored, before, made)
        kept[made.id] = made
        name, note = (str(made.values[key] or "") for key in ("name", "note"))
        for words in ([text()[:3], text()[:2]], [name[1:4], note[:2]]):
            for condition in conditions(words):
                expected = sorted(item.id for item in kept.values() if matches(condition, item.values))
                assert await found(database, stored, condition) == expected, condition
    assert await breaches(database, stored) == []


async def test_rare_words_are_looked_up_and_not_read_for(database: Database, ids: IdSource) -> None:
    stored = await publish(database, ids)
    for number in range(4):
        await insert(database, RecordTable(stored, database.dialect), paper(number, f"项目{number}号预算"))

    async def unit(tx: Tx) -> str:
        explained = Explained(tx)
        condition = Compare("name", "contains", ("2号预",))
        page = await RecordTable(stored, database.dialect).page(
            explained, access=EVERYTHING, condition=condition, sorts=(Sort("created_at"), Sort("id")), limit=5
        )
        assert [item.values["name"] for item in page] == ["项目2号预算"]
        return " ".join(explained.plans)

    plans = await database.write(unit)
    assert f"SCAN {stored.table}" not in plans
    assert "SCAN r" not in plans
    assert f"Seq Scan on {stored.table}" not in plans


async def test_an_index_is_made_from_what_is_stored_and_goes_when_nobody_asks_for_it(
    database: Database, ids: IdSource
) -> None:
    stored = await publish(database, ids, search=False)
    assert not stored.search_indexes
    for number, name in enumerate(("项目预算", "a", "", "立项")):
        await insert(database, RecordTable(stored, database.dialect), paper(number, name))
    stored = await publish(database, ids)
    assert stored.search_indexes.keys() == {"name", "note"}
    assert await found(database, stored, Compare("name", "contains", ("预算",))) == [f"{0:024x}"]
    assert await breaches(database, stored) == []
    stored = await publish(database, ids, search=False)
    assert not stored.search_indexes
    assert await found(database, stored, Compare("name", "contains", ("预算",))) == [f"{0:024x}"]
    await change(database, stored, paper(0, "项目预算"), paper(0, "另一个", version=2))
    stored = await publish(database, ids)
    assert await found(database, stored, Compare("name", "contains", ("预算",))) == []


async def test_verify_names_records_that_the_index_does_not_know_as_they_are(database: Database, ids: IdSource) -> None:
    stored = await publish(database, ids)
    for number, name in enumerate(("项目预算", "立项申请", "a")):
        await insert(database, RecordTable(stored, database.dialect), paper(number, name))
    column = stored.columns["name"].name

    async def break_it(tx: Tx) -> None:
        await tx.execute(f'UPDATE [{stored.table}] SET "{column}" = $2 WHERE id = $1', f"{0:024x}", "项目变更")
        await tx.execute(f'UPDATE [{stored.table}] SET "{column}" = $2 WHERE id = $1', f"{2:024x}", "ab")

    await database.write(break_it)
    table = stored.search_indexes["name"].table
    assert await breaches(database, stored) == [f"{table}/{0:024x}", f"{table}/{2:024x}"]
