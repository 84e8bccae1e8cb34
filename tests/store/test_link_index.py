"""Links to many records: their index says what the records say, whatever is written, converted, hidden and restored."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping

import pytest

from engine.ids import IdSource
from engine.model.entities import Entity
from engine.model.expressions import EVERYTHING, Compare, Expression, Negated
from engine.model.values import Row, Scalar, Value
from engine.query.match import matches
from engine.query.sorts import Sort
from engine.store.bin import take_out
from engine.store.database import Database, Tx
from engine.store.drift import find_drift
from engine.store.entities import StoredEntity
from engine.store.link_index import find_differing
from engine.store.misfits import find_misfits
from engine.store.records import Record, RecordTable
from tests.store.explained import Explained
from tests.store.shapes import APP, NOW, insert, publish

TARGETS = [f"{number:024x}" for number in range(1, 8)]
FIRST = "a" * 24


def entity(*, multiple: bool = True, without: str = "") -> Entity:
    """With a link `parts`, and a column `parts` of the rows `lines`."""
    parts: dict[str, object] = {"key": "parts", "type": "link", "title": "parts", "entity": "part"}
    if multiple:
        parts["multiple"] = True
    columns: list[dict[str, object]] = [{"key": "note", "type": "text", "title": "note"}, parts]
    lines: dict[str, object] = {"key": "lines", "type": "subform", "title": "lines", "fields": columns}
    given: list[dict[str, object]] = [{"key": "name", "type": "text", "title": "name"}, parts, lines]
    fields = [field for field in given if field["key"] != without]
    return Entity.model_validate({"key": "bundle", "title": "bundle", "fields": fields})


def bundle(record_id: str, **values: Value) -> Record:
    return at_version(1, record_id, values)


def at_version(version: int, record_id: str, values: Mapping[str, Value]) -> Record:
    empty: dict[str, Value] = {"name": None, "parts": None, "lines": None}
    return Record(record_id, version, NOW, None, None, NOW, None, values={**empty, **values})


async def differing(database: Database, stored: StoredEntity) -> list[str]:
    async def unit(tx: Tx) -> list[str]:
        return [item for index in stored.link_indexes for item in await find_differing(tx, index, limit=100)]

    return await database.read(unit)


def some(chance: random.Random) -> Scalar:
    return tuple(chance.sample(TARGETS, chance.randint(0, 4))) or None


def any_values(chance: random.Random, ids: IdSource, known: Iterable[Row]) -> dict[str, Value]:
    rows = [Row(row.id, {"note": "old", "parts": some(chance)}) for row in known if chance.random() < 0.6]
    rows += [Row(next(ids), {"note": "new", "parts": some(chance)}) for _ in range(chance.randint(0, 2))]
    chance.shuffle(rows)
    return {"name": chance.choice(["a", "b", None]), "parts": some(chance), "lines": tuple(rows) or None}


def rows_of(record: Record) -> list[Row]:
    lines = record.values["lines"]
    return [row for row in lines if isinstance(row, Row)] if isinstance(lines, tuple) else []


@pytest.mark.parametrize("seed", range(3))
async def test_the_index_is_what_the_columns_say_after_any_writes(database: Database, ids: IdSource, seed: int) -> None:
    chance = random.Random(seed)
    stored = await publish(database, ids, entity())
    table = RecordTable(stored, database.dialect)
    known: dict[str, Record] = {}

    async def write(tx: Tx) -> None:
        for _ in range(60):
            if len(known) < 4 or chance.random() < 0.2:
                made = bundle(next(ids), **any_values(chance, ids, ()))
                await table.insert(tx, made)
                known[made.id] = made
                continue
            before = chance.choice(list(known.values()))
            values = {**before.values, **any_values(chance, ids, rows_of(before))}
            if chance.random() < 0.3:
                values["lines"] = before.values["lines"]
            after = at_version(before.version + 1, before.id, values)
            assert await table.update(tx, before, after)
            known[after.id] = after

    await database.write(write)
    assert await differing(database, stored) == []

    async def linking(path: str, target: str) -> set[str]:
        return set(await database.read(lambda tx: table.linking(tx, path, [target], limit=None)))

    for target in TARGETS:
        holding = {item.id for item in known.values() if target in (item.values["parts"] or ())}  # type: ignore[operator]
        assert await linking("parts", target) == holding
        in_rows = {
            item.id
            for item in known.values()
            if any(target in (row.values["parts"] or ()) for row in rows_of(item))  # type: ignore[operator]
        }
        assert await linking("lines.parts", target) == in_rows
        assert holding or in_rows or not known


CONDITIONS: list[Expression] = [
    Compare("parts", "has_any", (TARGETS[0],)),
    Compare("parts", "has_any", tuple(TARGETS[:3])),
    Compare("parts", "has_all", tuple(TARGETS[:2])),
    Compare("parts", "has_all", (TARGETS[1], TARGETS[1])),
    Compare("parts", "has_any", ()),
    Compare("parts", "has_all", ()),
    Compare("parts", "empty"),
    Compare("parts", "not_empty"),
]


async def test_filters_by_links_find_what_matches_in_memory(database: Database, ids: IdSource) -> None:
    chance = random.Random(7)
    table = RecordTable(await publish(database, ids, entity()), database.dialect)
    made = [bundle(next(ids), parts=some(chance)) for _ in range(40)]
    await insert(database, table, *made)
    for condition in [*CONDITIONS, *(Negated(part) for part in CONDITIONS)]:
        found = await database.read(
            lambda tx, condition=condition: table.page(  # type: ignore[misc]
                tx, access=EVERYTHING, condition=condition, sorts=(Sort("id"),), limit=100
            )
        )
        wanted = {item.id for item in made if matches(condition, item.values)}
        assert {item.id for item in found} == wanted, condition


async def test_a_filter_by_links_reads_their_index(database: Database, ids: IdSource) -> None:
    table = RecordTable(await publish(database, ids, entity()), database.dialect)
    chance = random.Random(1)
    targets = [f"{number:024x}" for number in range(1, 400)]
    made = [bundle(next(ids), parts=tuple(chance.sample(targets, 2))) for _ in range(600)]
    await insert(database, table, *made)
    condition = Compare("parts", "has_any", (targets[5],))

    async def plan(tx: Tx) -> str:
        if tx.dialect == "postgresql":
            await tx.execute("ANALYZE")
        explained = Explained(tx)
        await table.page(explained, access=EVERYTHING, condition=condition, sorts=(Sort("id"),), limit=5)
        return " ".join(explained.plans)

    assert "_target" in await database.write(plan)


async def stored_values(database: Database, stored: StoredEntity) -> tuple[Value, Value]:
    """The link of the first record, and that of its first row."""

    async def unit(tx: Tx) -> Record:
        found = await RecordTable(stored, database.dialect).get(tx, FIRST, access=EVERYTHING)
        assert found is not None
        return found

    found = await database.read(unit)
    return found.values.get("parts"), rows_of(found)[0].values["parts"] if rows_of(found) else None


async def test_a_link_to_one_becomes_one_to_many_and_back_without_loss(database: Database, ids: IdSource) -> None:
    single = await publish(database, ids, entity(multiple=False))
    lines = (Row(next(ids), {"note": "n", "parts": TARGETS[1]}), Row(next(ids), {"note": "n", "parts": None}))
    await insert(
        database,
        RecordTable(single, database.dialect),
        bundle(FIRST, parts=TARGETS[0], lines=lines),
        bundle("b" * 24),
    )
    several = await publish(database, ids, entity())
    assert several.field_ids == single.field_ids
    assert await stored_values(database, several) == ((TARGETS[0],), (TARGETS[1],))
    assert await differing(database, several) == []
    assert await database.read(lambda tx: find_drift(tx, several)) == []
    table = RecordTable(several, database.dialect)
    assert await database.read(lambda tx: table.linking(tx, "lines.parts", [TARGETS[1]], limit=None)) == [FIRST]
    again = await publish(database, ids, entity(multiple=False))
    assert await stored_values(database, again) == (TARGETS[0], TARGETS[1])
    assert again.link_indexes == ()
    back = RecordTable(again, database.dialect)
    assert await database.read(lambda tx: back.linking(tx, "lines.parts", [TARGETS[1]], limit=None)) == [FIRST]


async def test_links_to_several_are_not_cut_to_one(database: Database, ids: IdSource) -> None:
    stored = await publish(database, ids, entity())
    lines = (Row(next(ids), {"note": "n", "parts": tuple(TARGETS[:2])}),)
    await insert(database, RecordTable(stored, database.dialect), bundle(FIRST, parts=tuple(TARGETS[:3]), lines=lines))
    problems = await database.read(lambda tx: find_misfits(tx, APP, [entity(multiple=False)]))
    assert [(problem.code, problem.path, problem.params["records"]) for problem in problems] == [
        ("link_holds_several", "/fields/1/multiple", FIRST),
        ("link_holds_several", "/fields/2/fields/1/multiple", FIRST),
    ]


@pytest.mark.parametrize("away", ["parts", "lines"])
async def test_the_index_is_right_when_a_field_comes_back(database: Database, ids: IdSource, away: str) -> None:
    stored = await publish(database, ids, entity())
    lines = (Row(next(ids), {"note": "n", "parts": tuple(TARGETS[:2])}),)
    before = bundle(FIRST, parts=tuple(TARGETS[:3]), lines=lines)
    await insert(database, RecordTable(stored, database.dialect), before)
    gone = await publish(database, ids, entity(without=away))
    values = {key: value for key, value in before.values.items() if key != away}
    table = RecordTable(gone, database.dialect)
    after = at_version(2, FIRST, {**values, "name": "other"})
    assert await database.write(lambda tx: table.update(tx, bundle(FIRST, **values), after))
    back = await publish(database, ids, entity())
    assert await differing(database, back) == []
    assert await stored_values(database, back) == (tuple(TARGETS[:3]), tuple(TARGETS[:2]))


async def test_a_link_may_change_while_it_is_away(database: Database, ids: IdSource) -> None:
    single = await publish(database, ids, entity(multiple=False))
    await insert(database, RecordTable(single, database.dialect), bundle(FIRST, parts=TARGETS[0]))
    await publish(database, ids, entity(multiple=False, without="parts"))
    assert await database.read(lambda tx: find_misfits(tx, APP, [entity()])) == ()
    several = await publish(database, ids, entity())
    assert (await stored_values(database, several))[0] == (TARGETS[0],)
    assert await differing(database, several) == []


async def test_a_wrong_index_is_found(database: Database, ids: IdSource) -> None:
    stored = await publish(database, ids, entity())
    lines = (Row(next(ids), {"note": "n", "parts": tuple(TARGETS[:2])}),)
    await insert(database, RecordTable(stored, database.dialect), bundle(FIRST, parts=(TARGETS[0],), lines=lines))
    for index in stored.link_indexes:
        wrong = f"UPDATE [{index.table}] SET target_id = $1 WHERE position = 0"
        more = f"DELETE FROM [{index.table}] WHERE position = 0"
        for statement, values in ((wrong, (TARGETS[5],)), (more, ())):
            await database.write(lambda tx, text=statement, given=values: tx.execute(text, *given))  # type: ignore[misc]
            found = await database.read(lambda tx, index=index: find_differing(tx, index, limit=9))  # type: ignore[misc]
            assert found == [FIRST]


async def test_deleted_records_leave_the_index(database: Database, ids: IdSource) -> None:
    stored = await publish(database, ids, entity())
    table = RecordTable(stored, database.dialect)
    lines = (Row(next(ids), {"note": "n", "parts": tuple(TARGETS[:2])}),)
    await insert(database, table, bundle(FIRST, parts=(TARGETS[0],), lines=lines))
    content = await database.write(lambda tx: take_out(tx, stored, FIRST))
    assert content is not None
    assert await differing(database, stored) == []
    assert await database.read(lambda tx: table.linking(tx, "parts", [TARGETS[0]], limit=None)) == []
