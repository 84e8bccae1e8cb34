"""Formulas computed by the databases: the records they choose and their values are the interpreter's, to the digit."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from engine.forms.compile import entity_scope
from engine.formula.check import Compiled, Scope, compile_formula
from engine.formula.coercion import number
from engine.formula.expressions import Given, condition, sort_term
from engine.formula.fields import value_at
from engine.formula.not_in_sql import FormulaNotInSql
from engine.formula.values import ErrorValue, FormulaRejected, Kind, Result
from engine.ids import IdSource
from engine.model.expressions import EVERYTHING, Holds
from engine.model.terms import Term
from engine.model.values import Row, Scalar, Value
from engine.query.sorts import Sort
from engine.store.columns import reader
from engine.store.database import Database, Tx
from engine.store.entities import publish_entities
from engine.store.parameters import Parameters
from engine.store.records import Record, RecordTable
from engine.store.terms import Terms
from tests.formula.generating import ENTITY, MEMBERS, records, subset
from tests.store.shapes import APP, NOW, insert
from tests.store.test_records import examples, ident

SCOPE: Scope = {**entity_scope(ENTITY), "current.user": Kind("member"), "current.department": Kind("department")}
BERLIN = ZoneInfo("Europe/Berlin")
GIVEN = Given(
    datetime(2025, 10, 26, 0, 30, tzinfo=UTC), BERLIN, values={"current.user": MEMBERS[0], "current.department": None}
)


def stored(position: int, values: Mapping[str, Value]) -> Record:
    """A record, its rows with ids."""
    given = {field.key: values.get(field.key) for field in ENTITY.fields}
    rows = given["lines"]
    if isinstance(rows, tuple):
        filled = [row for row in rows if isinstance(row, Row)]
        given["lines"] = tuple(
            Row(
                ident(1000 + 10 * position + number), {key: row.values.get(key) for key in ("item", "qty", "due", "ok")}
            )
            for number, row in enumerate(filled)
        )
    return Record(ident(position), 1, NOW, MEMBERS[0], None, NOW, MEMBERS[0], values=given)


def result_of(formula: Compiled, record: Record) -> Result:
    """What the interpreter says."""
    values = {**record.values, **record.system()}
    return formula.evaluate(GIVEN.environment(lambda path: value_at(values, path, BERLIN)))


def comparable(result: Result) -> Scalar:
    """A value as it is ordered: errors are empty, days are numbers."""
    if isinstance(result, ErrorValue | tuple):
        return None
    return number(result) if isinstance(result, date) else result


async def made_table(database: Database, ids: IdSource, *kept: Record) -> RecordTable:
    """A table with the records."""

    async def unit(tx: Tx) -> RecordTable:
        return RecordTable((await publish_entities(tx, APP, [ENTITY], ids=ids))["thing"], tx.dialect)

    table = await database.write(unit)
    await insert(database, table, *kept)
    return table


async def values_in(database: Database, table: RecordTable, term: Term) -> dict[str, Scalar]:
    """The value that the database computes for each record."""
    terms = Terms(table.stored.columns, table.stored.subforms, database.dialect)
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
    kept = [stored(position, values) for position, values in enumerate(examples(records(), 60))]
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
            wanted = {record.id: comparable(result_of(formula, record)) for record in kept}
            assert await values_in(database, table, term) == wanted, source
            if kind == "boolean":
                true = {record.id for record in kept if result_of(formula, record) is True}
                assert await chosen_in(database, table, condition(formula, ENTITY, GIVEN)) == true, source
    assert done > (4_000 if is_proof else 200)
