"""Formulas computed by the databases: the records they choose and their values are the interpreter's, to the digit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import partial
from zoneinfo import ZoneInfo

import pytest

from engine.forms.scopes import entity_scope
from engine.formula.check import Compiled, Scope, compile_formula
from engine.formula.coercion import number
from engine.formula.columns import Beyond
from engine.formula.expressions import Given, condition, sort_term
from engine.formula.fields import value_at
from engine.formula.linked import Linked
from engine.formula.not_in_sql import FormulaNotInSql
from engine.formula.values import ErrorValue, FormulaRejected, Result
from engine.ids import IdSource
from engine.model.expressions import EVERYTHING, Holds
from engine.model.terms import Term
from engine.model.values import Row, Scalar, Value
from engine.model.views import FormulaSort
from engine.query.context import QueryContext
from engine.query.cursors import RecordPlace, decode_cursor, encode_cursor
from engine.query.queried import Queried
from engine.query.sorts import Sort, SortRefused, build_sort
from engine.store.columns import reader
from engine.store.database import Database, Tx
from engine.store.entities import publish_entities
from engine.store.expressions import Conditions
from engine.store.parameters import Parameters
from engine.store.records import Record, RecordTable
from engine.store.terms import DecimalsNarrowed
from tests.formula.generating import COUNT, ENTITY, MEMBERS, records, subset
from tests.store.shapes import APP, NOW, changed, insert
from tests.store.test_records import examples, ident

SCOPE: Scope = entity_scope(ENTITY, {"thing": ENTITY})
BERLIN = ZoneInfo("Europe/Berlin")
GIVEN = Given(
    datetime(2025, 10, 26, 0, 30, tzinfo=UTC),
    BERLIN,
    values={"current.user": MEMBERS[0], "current.department": None},
    beyond=Beyond({"thing": ENTITY}),
)
LINKS = frozenset({"next", "next.next", "next.next.next"})

CONTEXT = QueryContext(now=GIVEN.now, zone=BERLIN, member_id=MEMBERS[0], current=GIVEN.values)
SIZE = 7


def stored(position: int, values: Mapping[str, Value]) -> Record:
    """A record, its rows with ids."""
    given = {field.key: values.get(field.key) for field in ENTITY.fields}
    rows = given["lines"]
    if isinstance(rows, tuple):
        filled = [row for row in rows if isinstance(row, Row)]
        given["lines"] = tuple(
            Row(
                ident(1000 + 10 * position + number),
                {key: row.values.get(key) for key in ("item", "qty", "due", "ok", "span", "spot")},
            )
            for number, row in enumerate(filled)
        )
    return Record(ident(position), 1, NOW, MEMBERS[0], None, NOW, MEMBERS[0], values=given)


def result_of(formula: Compiled, record: Record, kept: Sequence[Record]) -> Result:
    """What the interpreter says; links lead to the `kept` records."""
    linked = Linked(LINKS, {item.id: {**item.values, **item.system()} for item in kept})
    values = {**record.values, **record.system()}
    return formula.evaluate(GIVEN.environment(lambda path: value_at(values, path, BERLIN, linked=linked)))


def comparable(result: Result) -> Scalar:
    """A value as it is ordered: errors are empty, days are numbers."""
    if isinstance(result, ErrorValue | tuple):
        return None
    return number(result) if isinstance(result, date) else result


async def made_table(database: Database, ids: IdSource, *kept: Record) -> RecordTable:
    """A table with the records."""

    async def unit(tx: Tx) -> RecordTable:
        entities = await publish_entities(tx, APP, [ENTITY], ids=ids)
        return RecordTable(entities["thing"], tx.dialect, others=entities)

    table = await database.write(unit)
    await insert(database, table, *kept)
    return table


async def values_in(database: Database, table: RecordTable, term: Term) -> dict[str, Scalar]:
    """The value that the database computes for each record."""
    terms = Conditions(table.stored, database.dialect, others={"thing": table.stored}).terms
    parameters = Parameters()
    text = terms.write(term, parameters)

    async def unit(tx: Tx) -> dict[str, Scalar]:
        read = reader(terms.column(term), tx.dialect)
        rows = await tx.fetch_all(f"SELECT r.id AS id, {text} AS v FROM [{table.stored.table}] r", *parameters.values)
        return {row["id"]: read(row["v"]) for row in rows}

    return await database.read(unit)


async def chosen_in(database: Database, table: RecordTable, term: Term) -> set[str]:
    """The records that the database chooses."""
    holds = Holds(term, lambda _values: False)

    async def unit(tx: Tx) -> set[str]:
        page = await table.page(tx, access=EVERYTHING, condition=holds, sorts=(Sort("id"),), limit=200)
        return {item.id for item in page}

    return await database.read(unit)


def compiled(source: str) -> Compiled | None:
    """The formula, unless its kinds do not fit together."""
    try:
        return compile_formula(source, SCOPE)
    except FormulaRejected:
        return None


async def test_the_database_computes_what_the_interpreter_does(
    database: Database, ids: IdSource, is_proof: bool
) -> None:
    kept = [stored(position, values) for position, values in enumerate(examples(records(), COUNT))]
    table = await made_table(database, ids, *kept)
    done = 0
    for kind in ("number", "text", "boolean", "date"):
        for source in examples(subset(kind), 4_000 if is_proof else 150):
            formula = compiled(source)
            if formula is None:
                continue
            try:
                term = sort_term(formula, ENTITY, GIVEN)
            except FormulaNotInSql:
                continue
            done += 1
            wanted = {record.id: comparable(result_of(formula, record, kept)) for record in kept}
            assert await values_in(database, table, term) == wanted, source
            if kind == "boolean":
                true = {record.id for record in kept if result_of(formula, record, kept) is True}
                assert await chosen_in(database, table, condition(formula, ENTITY, GIVEN)) == true, source
    assert done > (4_000 if is_proof else 200)


async def test_pages_in_the_order_of_a_formula_are_those_of_its_values(
    database: Database, ids: IdSource, is_proof: bool
) -> None:
    kept = [stored(position, values) for position, values in enumerate(examples(records(), COUNT))]
    table = await made_table(database, ids, *kept)
    queried = Queried(ENTITY, SCOPE, {"thing": ENTITY})
    done = 0
    for kind in ("number", "text", "boolean", "date"):
        for source in examples(subset(kind, depth=2), 400 if is_proof else 25):
            if compiled(source) is None:
                continue
            for desc in (False, True):
                try:
                    sorts = build_sort([FormulaSort(formula=source, desc=desc)], queried, CONTEXT)
                except (FormulaNotInSql, SortRefused):
                    continue
                done += 1
                wanted = sorted(kept, key=partial(place_of, compiled_of(source), kept), reverse=desc)
                assert await paged(database, table, sorts=sorts) == [record.id for record in wanted], source
    assert done > (1_000 if is_proof else 100)


def compiled_of(source: str) -> Compiled:
    """The formula."""
    return compile_formula(source, SCOPE)


def place_of(formula: Compiled, kept: Sequence[Record], record: Record) -> tuple[bool, Scalar, str]:
    """Where a record stands: empty first, then by value, then by id."""
    value = comparable(result_of(formula, record, kept))
    return value is not None, "" if value is None else value, record.id


async def paged(database: Database, table: RecordTable, *, sorts: Sequence[Sort]) -> list[str]:
    """All ids, seven a page, each page asked for with the cursor of the one before."""
    found: list[str] = []
    after: Sequence[Scalar] | None = None
    while True:
        page = await database.read(partial(one_page, table=table, sorts=sorts, after=after))
        found += page
        if len(page) < SIZE:
            return found
        place = await database.read(partial(place_in, table=table, record_id=page[-1], sorts=sorts))
        again = decode_cursor(encode_cursor(sorts, place), ENTITY, sorts)
        after = place if isinstance(again, RecordPlace) else again


async def place_in(tx: Tx, *, table: RecordTable, record_id: str, sorts: Sequence[Sort]) -> Sequence[Scalar]:
    """Where the database says that a record stands."""
    return await table.place(tx, record_id, access=EVERYTHING, sorts=sorts)


async def one_page(tx: Tx, *, table: RecordTable, sorts: Sequence[Sort], after: Sequence[Scalar] | None) -> list[str]:
    """Ids of a page behind a place."""
    page = await table.page(tx, access=EVERYTHING, sorts=sorts, after=after, limit=SIZE)
    return [item.id for item in page]


async def test_a_whole_number_of_the_system_comes_back_as_a_number(database: Database, ids: IdSource) -> None:
    kept = stored(1, {"done": True})
    table = await made_table(database, ids, kept)
    for source in ("IF({done}, {version},)", "-{version}", "{version} + 0", "{next.version}"):
        term = sort_term(compile_formula(source, SCOPE), ENTITY, GIVEN)
        wanted = comparable(result_of(compile_formula(source, SCOPE), kept, [kept]))
        assert await values_in(database, table, term) == {kept.id: wanted}, source


async def test_numbers_that_lost_decimals_are_computed_as_they_are_stored(database: Database, ids: IdSource) -> None:
    table = await made_table(database, ids, stored(1, {"price": Decimal("0.25"), "fine": Decimal("0.00000001")}))
    coarse = changed(ENTITY, fields=[field_with(key, decimals=0) for key in ENTITY.by_key])
    formula = compile_formula("{price} + {whole} < 0.5", SCOPE)
    assert await chosen_in(database, table, condition(formula, coarse, GIVEN)) == {ident(1)}
    large = compile_formula("{fine} + {whole} < 0.5", SCOPE)
    term = condition(large, coarse, GIVEN)
    if database.dialect == "sqlite":
        # 18 digits before the point and 8 behind it are more than 63 bits hold
        with pytest.raises(DecimalsNarrowed):
            await chosen_in(database, table, term)
    else:
        assert await chosen_in(database, table, term) == {ident(1)}


def field_with(key: str, **members: object) -> dict[str, object]:
    """A field of the entity; a number with other members."""
    content = ENTITY.by_key[key].model_dump(mode="json", by_alias=True, exclude_unset=True)
    return {**content, **members} if content["type"] == "number" else content
