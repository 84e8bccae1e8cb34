"""Records in their tables: exact values, filters that mean what they say, pages without gaps, updates by version."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.ids import IdSource
from engine.model.expressions import EVERYTHING, All, AnyOf, Compare, Expression, IsReader, Negated
from engine.model.values import Row, Scalar, Value
from engine.query.match import matches
from engine.query.sorts import Sort
from engine.store.database import Database, Tx, UniqueViolation
from engine.store.history import add_readers
from engine.store.records import Record, RecordTable
from tests.store.shapes import NOW, insert, publish, record

T = TypeVar("T")
TEXT = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0"), min_size=1, max_size=12)
WORDS = st.sampled_from(["a", "b", "ab", "数据", "数", "𠮷", "Z", "a%", "a_", "'"])
VALUES: st.SearchStrategy[dict[str, Value]] = st.fixed_dictionaries(
    {},
    optional={
        "name": WORDS | TEXT,
        "note": TEXT,
        "price": st.decimals(-(10**12), 10**12, places=2, allow_nan=False),
        "huge": st.decimals(-(10**13), 10**13, places=4, allow_nan=False),
        "done": st.booleans(),
        "day": st.dates(date(1900, 1, 1), date(2200, 1, 1)),
        "at": st.datetimes(datetime(1970, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
        "kind": st.sampled_from(["a", "b", "c"]),
        "tags": st.lists(st.sampled_from(["x", "y", "z"]), unique=True, min_size=1).map(tuple),
        "owner": st.sampled_from(["1" * 24, "2" * 24]),
    },
)


def conditions() -> st.SearchStrategy[Expression]:
    """Expressions over every kind of field."""
    small = st.sampled_from([Decimal(0), Decimal("1.5"), Decimal(-3), Decimal(1000)])
    order = st.sampled_from(["eq", "ne", "lt", "le", "gt", "ge"])
    leaves = st.one_of(
        st.builds(
            lambda op, word: Compare("name", op, (word,)),
            st.sampled_from(["eq", "ne", "contains", "not_contains", "starts_with"]),
            WORDS,
        ),
        st.builds(lambda words: Compare("name", "in", tuple(words)), st.lists(WORDS, min_size=1, max_size=3)),
        st.builds(lambda words: Compare("name", "not_in", tuple(words)), st.lists(WORDS, min_size=1, max_size=3)),
        st.builds(lambda op, number: Compare("price", op, (number,)), order, small),
        st.builds(lambda low, high: Compare("price", "between", (low, high)), small, small),
        st.builds(lambda op, day: Compare("day", op, (day,)), order, st.dates(date(1990, 1, 1), date(2050, 1, 1))),
        st.builds(lambda key: Compare("kind", "eq", (key,)), st.sampled_from(["a", "b"])),
        st.builds(
            lambda op, keys: Compare("tags", op, tuple(keys)),
            st.sampled_from(["has_any", "has_all"]),
            st.lists(st.sampled_from(["x", "y"]), min_size=1, unique=True),
        ),
        st.builds(
            Compare,
            st.sampled_from(["name", "price", "done", "day", "tags", "lines", "owner"]),
            st.sampled_from(["empty", "not_empty"]),
        ),
        st.builds(lambda flag: Compare("done", "eq", (flag,)), st.booleans()),
        st.just(IsReader("r" * 24)),
    )
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            st.lists(inner, max_size=3).map(lambda parts: All(tuple(parts))),
            st.lists(inner, max_size=3).map(lambda parts: AnyOf(tuple(parts))),
            inner.map(Negated),
        ),
        max_leaves=6,
    )  # fmt: skip


async def clear(tx: Tx, table: RecordTable) -> None:
    await tx.execute(f"DELETE FROM [{table.stored.table}]")
    await tx.execute("DELETE FROM [record_reader]")


def ident(number: int) -> str:
    return f"{number:024x}"


async def fetched(database: Database, table: RecordTable, record_id: str) -> Record | None:
    async def unit(tx: Tx) -> Record | None:
        return await table.get(tx, record_id, access=EVERYTHING)

    return await database.read(unit)


async def test_every_kind_of_value_comes_back_exactly(database: Database, ids: IdSource) -> None:
    table = RecordTable(await publish(database, ids), database.dialect)
    numbers = iter(range(10_000))

    async def check(values: dict[str, Value]) -> None:
        whole = record(ident(next(numbers)), **values)
        await insert(database, table, whole)
        assert await fetched(database, table, whole.id) == whole

    for values in examples(VALUES):
        await check(values)
    edges: list[dict[str, Value]] = [
        {"huge": Decimal("99999999999999.9999")},
        {"huge": Decimal("-99999999999999.9999")},
        {"price": Decimal("0.01"), "name": "𠮷野家 👩‍👩‍👧 \u202e", "note": "a\r\nb\ttab"},
        {"at": datetime(2026, 1, 1, tzinfo=UTC) + timedelta(milliseconds=1)},
        {"lines": tuple(Row(ident(90 + n), {"item": str(n), "qty": Decimal(n) / 8}) for n in range(12))},
        {"lines": (Row(ident(80), {"item": None, "qty": None}),)},
    ]
    for values in edges:
        await check(values)


def examples(strategy: st.SearchStrategy[T], count: int = 60) -> list[T]:
    """So many values of a strategy, the same in every run."""
    found: list[T] = []

    @settings(max_examples=count, deadline=None, derandomize=True, database=None)
    @given(strategy)
    def collect(value: T) -> None:
        found.append(value)

    collect()
    return found


async def test_a_filter_finds_what_matches_in_memory(database: Database, ids: IdSource, is_proof: bool) -> None:
    table = RecordTable(await publish(database, ids), database.dialect)
    rows = examples(VALUES, 50)
    stored = [record(ident(number), **values) for number, values in enumerate(rows)]
    lined = record(ident(60), lines=(Row(ident(61), {"item": "x", "qty": Decimal(1)}),))
    await insert(database, table, *stored, lined)
    readable = {item.id for item in stored[::3]}

    async def let_read(tx: Tx) -> None:
        for record_id in readable:
            await add_readers(tx, table.stored.id, record_id, readers=[("r" * 24, "test")])

    await database.write(let_read)

    async def found(expression: Expression) -> set[str]:
        async def unit(tx: Tx) -> tuple[set[str], int]:
            page = await table.page(tx, access=EVERYTHING, condition=expression, sorts=(Sort("id"),), limit=200)
            return {item.id for item in page}, await table.count(tx, access=expression)

        listed, count = await database.read(unit)
        assert len(listed) == count
        return listed

    for expression in examples(conditions(), 1000 if is_proof else 150):
        wanted = {
            item.id
            for item in (*stored, lined)
            if matches(
                expression,
                {**item.values, **item.system()},
                readers=frozenset({"r" * 24}) if item.id in readable else frozenset(),
            )
        }
        assert await found(expression) == wanted, expression


SORTS = [
    (Sort("name"), Sort("id")),
    (Sort("name", desc=True), Sort("id", desc=True)),
    (Sort("price"), Sort("id")),
    (Sort("price", desc=True), Sort("id", desc=True)),
    (Sort("day", desc=True), Sort("name"), Sort("id")),
    (Sort("done"), Sort("price", desc=True), Sort("id")),
    (Sort("id", desc=True),),
]


@pytest.mark.parametrize("sorts", SORTS)
async def test_pages_follow_each_other_in_order(database: Database, ids: IdSource, sorts: Sequence[Sort]) -> None:
    table = RecordTable(await publish(database, ids), database.dialect)
    names = ["b", "a", None, "Z", "数", "a", None, "𠮷", "￿"]
    stored = [
        record(
            ident(number),
            name=names[number % len(names)],
            price=None if number % 4 == 0 else Decimal(number % 5) / 2,
            day=None if number % 3 == 0 else date(2026, 1, 1 + number % 4),
            done=[True, False, None][number % 3],
        )
        for number in range(37)
    ]
    await insert(database, table, *stored)
    seen: list[Record] = []
    after: tuple[Scalar, ...] | None = None
    while True:
        page = await database.read(partial(a_page, table=table, sorts=sorts, after=after))
        seen += page
        if len(page) < 4:
            break
        last = {**page[-1].values, **page[-1].system()}
        after = tuple(last[sort.field] for sort in sorts)  # type: ignore[misc]
    assert [item.id for item in seen] == [item.id for item in ordered(stored, sorts)]


async def a_page(
    tx: Tx, *, table: RecordTable, sorts: Sequence[Sort], after: tuple[Scalar, ...] | None
) -> list[Record]:
    return await table.page(tx, access=EVERYTHING, sorts=sorts, after=after, limit=4)


def ordered(records: Sequence[Record], sorts: Sequence[Sort]) -> list[Record]:
    """The order that is promised: empty first ascending, text by code point."""
    found = list(records)
    for sort in reversed(sorts):

        def key(item: Record, field: str = sort.field) -> tuple[bool, object]:
            value = {**item.values, **item.system()}[field]
            return (value is not None, value if value is not None else 0)

        found.sort(key=key, reverse=sort.desc)
    return found


async def test_an_update_needs_the_version_it_saw(database: Database, ids: IdSource) -> None:
    table = RecordTable(await publish(database, ids), database.dialect)
    first = record(ident(1), name="one", lines=(Row(ident(5), {"item": "a", "qty": None}),))
    await insert(database, table, first)
    second = replace(first, version=2, values={**first.values, "name": "two", "lines": None})

    async def update(tx: Tx) -> bool:
        return await table.update(tx, first, second)

    assert await database.write(update) is True
    assert await database.write(update) is False
    assert await fetched(database, table, first.id) == second


async def test_of_two_updates_at_once_one_wins(database: Database, ids: IdSource) -> None:
    table = RecordTable(await publish(database, ids), database.dialect)
    first = record(ident(1), name="one")
    await insert(database, table, first)

    def update(name: str) -> Record:
        return replace(first, version=2, values={**first.values, "name": name})

    async def change(tx: Tx, *, name: str) -> bool:
        return await table.update(tx, first, update(name))

    won = await asyncio.gather(*(database.write(partial(change, name=str(number))) for number in range(8)))
    assert sorted(won) == [False] * 7 + [True]


async def test_a_value_that_repeats_is_refused_with_its_field(database: Database, ids: IdSource) -> None:
    table = RecordTable(await publish(database, ids), database.dialect)
    await insert(database, table, record(ident(1), code="x"), record(ident(2)), record(ident(3)))
    with pytest.raises(UniqueViolation) as caught:
        await insert(database, table, record(ident(4), code="x"))
    assert table.unique_field(caught.value) == "code"
    with pytest.raises(UniqueViolation) as caught:
        await insert(database, table, record(ident(1)))
    assert table.unique_field(caught.value) is None


async def test_the_predicate_decides_what_is_read(database: Database, ids: IdSource) -> None:
    table = RecordTable(await publish(database, ids), database.dialect)
    await insert(database, table, record(ident(1), kind="a"), record(ident(2), kind="b"))
    mine: Expression = Compare("kind", "eq", ("a",))

    async def unit(tx: Tx) -> tuple[Record | None, Record | None, int]:
        return (
            await table.get(tx, ident(1), access=mine),
            await table.get(tx, ident(2), access=mine),
            await table.count(tx, access=mine),
        )

    seen, unseen, count = await database.read(unit)
    assert (seen is not None, unseen, count) == (True, None, 1)
    assert NOW.tzinfo is UTC
