"""Rows of rows in tables: written and read back, replaced with their ids, hidden and brought back, summed in SQL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, cast

import pytest
from hypothesis import strategies as st

from engine.forms.scopes import entity_scope
from engine.formula.check import compile_formula
from engine.formula.expressions import condition
from engine.ids import IdSource
from engine.model.entities import Entity
from engine.model.expressions import EVERYTHING, Holds
from engine.model.rows import rows_of, with_ids
from engine.model.values import Row, Value
from engine.query.sorts import Sort
from engine.store.database import Database, Tx
from engine.store.drift import find_drift
from engine.store.entities import StoredEntity
from engine.store.records import Record, RecordTable
from engine.store.verify import check_entity
from tests.store.shapes import insert, publish, record
from tests.store.test_records import examples
from tests.store.test_terms import GIVEN

Column = dict[str, Any]


def thing(*parts: Column, lines: Sequence[Column] = ()) -> Entity:
    """An entity whose lines have parts; without columns for the parts they have none."""
    inner = [{"key": "parts", "type": "subform", "title": "P", "fields": list(parts)}] if parts else []
    fields = [{"key": "item", "type": "text", "title": "I"}, *lines, *inner]
    return Entity.model_validate(
        {"key": "thing", "title": "T", "fields": [
            {"key": "name", "type": "text", "title": "N"},
            {"key": "lines", "type": "subform", "title": "L", "fields": fields}]}
    )  # fmt: skip


QTY: Column = {"key": "qty", "type": "number", "decimals": 2, "title": "Q"}
NOTE: Column = {"key": "note", "type": "text", "title": "N"}
ENTITY = thing(QTY, NOTE)
cells = st.fixed_dictionaries(
    {
        "qty": st.none() | st.decimals(-1000, 1000, places=2, allow_nan=False),
        "note": st.none() | st.text("ab数", min_size=1, max_size=4),
    }
)
rows = st.lists(
    st.fixed_dictionaries({"item": st.none() | st.text("xyz", min_size=1), "parts": st.lists(cells, max_size=3)}),
    max_size=4,
)


def as_value(drawn: Sequence[Mapping[str, Any]], ids: IdSource) -> Value:
    """Drawn rows with ids."""
    made = tuple(
        Row(None, {"item": row["item"], "parts": tuple(Row(None, cell) for cell in row["parts"])}) for row in drawn
    )
    return with_ids(made, lambda: next(ids)) or None


async def fetched(database: Database, stored: StoredEntity, record_id: str) -> Record:
    async def unit(tx: Tx) -> Record | None:
        return await RecordTable(stored, database.dialect).get(tx, record_id, access=EVERYTHING)

    found = await database.read(unit)
    assert found is not None
    return found


async def write(database: Database, stored: StoredEntity, before: Record, lines: Value) -> Record:
    """The record with other lines."""
    after = replace(before, version=before.version + 1, values={**before.values, "lines": lines})

    async def unit(tx: Tx) -> bool:
        return await RecordTable(stored, database.dialect).update(tx, before, after)

    assert await database.write(unit)
    return after


async def test_random_rows_in_rows_come_back_as_they_were_written(
    database: Database, ids: IdSource, is_proof: bool
) -> None:
    stored = await publish(database, ids, ENTITY)
    for number, (first, second) in enumerate(examples(st.tuples(rows, rows), 300 if is_proof else 25)):
        lines = as_value(first, ids)
        made = record(f"{number:024x}", name="N", lines=lines)
        await insert(database, RecordTable(stored, database.dialect), made)
        before = await fetched(database, stored, made.id)
        assert before.values["lines"] == lines
        # rows that stay keep their ids, whatever comes and goes around them
        mixed = (*rows_of(as_value(second, ids)), *reversed(rows_of(lines)[1:]))
        await write(database, stored, before, mixed or None)
        after = await fetched(database, stored, made.id)
        assert after.values["lines"] == (mixed or None)
        assert await database.read(lambda tx: check_rows(tx, stored)) == []


async def check_rows(tx: Tx, stored: StoredEntity) -> list[str]:
    found = await check_entity(tx, stored)
    return [item.invariant for item in found if "row" in item.invariant]


@dataclass
class Counted:
    """A transaction that counts what is asked of it."""

    tx: Tx
    count: int = 0

    def __getattr__(self, name: str) -> object:
        self.count += name == "fetch_all"
        return getattr(self.tx, name)


async def test_a_page_of_records_reads_each_level_of_rows_with_one_statement(database: Database, ids: IdSource) -> None:
    stored = await publish(database, ids, ENTITY)
    table = RecordTable(stored, database.dialect)
    drawn = [{"item": "x", "parts": [{"qty": Decimal(2), "note": None}]}] * 2
    for number in range(4):
        await insert(database, table, record(f"{number:024x}", lines=as_value(drawn, ids)))

    async def unit(tx: Tx) -> tuple[int, int]:
        counted = Counted(tx)
        listed = [f"{number:024x}" for number in range(4)]
        found = await table.load(cast("Tx", counted), listed, access=EVERYTHING)
        return len(found), counted.count

    assert await database.write(unit) == (4, 3)


async def test_columns_of_inner_rows_are_renamed_hidden_and_brought_back(database: Database, ids: IdSource) -> None:
    stored = await publish(database, ids, ENTITY)
    parts = [{"qty": Decimal(2), "note": "n"}, {"qty": Decimal(3), "note": "m"}]
    lines = as_value([{"item": "x", "parts": parts}], ids)
    await insert(database, RecordTable(stored, database.dialect), record("1" * 24, lines=lines))
    hidden = await publish(database, ids, thing({**QTY, "key": "amount", "was": "qty"}))
    before = await fetched(database, hidden, "1" * 24)
    first, second = rows_of(rows_of(before.values["lines"])[0].values["parts"])
    assert (first.values, second.values) == ({"amount": Decimal(2)}, {"amount": Decimal(3)})
    line = rows_of(before.values["lines"])[0]
    changed = (Row(second.id, {"amount": Decimal(9)}), Row(next(ids), {"amount": None}))
    await write(database, hidden, before, (Row(line.id, {**line.values, "parts": changed}),))
    back = await publish(database, ids, thing({**QTY, "was": "amount"}, NOTE))
    inner = rows_of(rows_of((await fetched(database, back, "1" * 24)).values["lines"])[0].values["parts"])
    assert [row.values for row in inner] == [{"qty": Decimal(9), "note": "m"}, {"qty": None, "note": None}]


async def test_a_hidden_inner_subform_comes_back_with_the_rows_whose_row_is_still_there(
    database: Database, ids: IdSource
) -> None:
    stored = await publish(database, ids, ENTITY)
    part = {"qty": Decimal(2), "note": None}
    lines = as_value([{"item": "x", "parts": [part]}, {"item": "y", "parts": [part]}], ids)
    await insert(database, RecordTable(stored, database.dialect), record("1" * 24, lines=lines))
    hidden = await publish(database, ids, thing())
    before = await fetched(database, hidden, "1" * 24)
    kept = rows_of(before.values["lines"])[1]
    assert set(kept.values) == {"item"}
    await write(database, hidden, before, (Row(kept.id, {"item": "z"}),))
    back = await publish(database, ids, ENTITY)
    found = rows_of((await fetched(database, back, "1" * 24)).values["lines"])
    assert [row.values["item"] for row in found] == ["z"]
    assert [row.values for row in rows_of(found[0].values["parts"])] == [part]
    assert await database.read(lambda tx: check_rows(tx, back)) == []


async def test_drift_and_orphans_are_found(database: Database, ids: IdSource) -> None:
    stored = await publish(database, ids, ENTITY)
    part = {"qty": Decimal(2), "note": None}
    lines = as_value([{"item": "x", "parts": [part]}], ids)
    await insert(database, RecordTable(stored, database.dialect), record("1" * 24, lines=lines))
    assert await database.read(lambda tx: find_drift(tx, stored)) == []
    outer, inner = stored.subforms["lines"], stored.subforms["lines.parts"]

    async def damage(tx: Tx) -> None:
        await tx.execute(f"DELETE FROM [{outer.table}]")

    await database.write(damage)
    assert await database.read(lambda tx: check_rows(tx, stored)) == ["every_inner_row_has_its_row"]

    async def drop(tx: Tx) -> None:
        await tx.execute(f'DROP INDEX "x_{inner.id}_record"')
        await tx.execute(f"ALTER TABLE [{inner.table}] DROP COLUMN row_id")

    await database.write(drop)
    assert await database.read(lambda tx: find_drift(tx, stored)) == [f"{inner.table}.row_id"]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("SUM({lines.parts.qty})>4", ["1"]),
        ("SUM({lines.parts.qty})=0", ["2", "3"]),
        ("COUNTA({lines.parts.note})=1", ["1"]),
        ("MAX({lines.parts.qty})<3", ["2", "3"]),
        ("ISBLANK({lines.parts.qty})", ["2", "3"]),
    ],
)
async def test_aggregates_over_all_inner_rows_are_compared_in_sql(
    database: Database, ids: IdSource, source: str, expected: list[str]
) -> None:
    stored = await publish(database, ids, ENTITY)
    table = RecordTable(stored, database.dialect)
    some = [
        {"item": "x", "parts": [{"qty": Decimal(2), "note": "n"}]},
        {"item": "y", "parts": [{"qty": Decimal(3), "note": None}]},
    ]
    for number, drawn in (("1", some), ("2", [{"item": "z", "parts": []}]), ("3", [])):
        await insert(database, table, record(number * 24, lines=as_value(drawn, ids)))
    formula = compile_formula(source, entity_scope(ENTITY))
    holds = Holds(condition(formula, ENTITY, GIVEN), lambda _: True)

    async def unit(tx: Tx) -> list[Record]:
        return await table.page(tx, access=EVERYTHING, condition=holds, sorts=[Sort("id")], limit=10)

    assert [item.id[0] for item in await database.read(unit)] == expected
