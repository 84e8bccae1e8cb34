"""The search index of a text field: which records have which pairs of neighbouring characters.

A word of two Chinese characters is one pair, so it is found without reading every record; longer words are those
records that have all of their pairs. What is found is compared with the text again. On SQLite the pairs lie in a table
of FTS5 without content, on PostgreSQL in an array with a GIN index.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from engine.store.database import Dialect, Tx
from engine.store.parameters import Parameters

# a word that more records have is not worth an index: an ordered list finds enough of them at once
RARE = 2_000
_FILL = 500
_MOST = 30  # pairs of a word that are looked up; what is found is compared anyway
_BITS = 21  # of a code point


def pairs_of(text: str) -> list[tuple[int, int]]:
    """Each pair of neighbouring code points once, in order."""
    return sorted({(ord(one), ord(other)) for one, other in itertools.pairwise(text)})


@dataclass(frozen=True)
class SearchIndex:
    """The index of one field, whose texts lie in `column` of `source`."""

    field_id: str
    source: str
    column: str

    @property
    def table(self) -> str:
        """Where the pairs lie."""
        return f"g_{self.field_id}"

    @property
    def _numbers(self) -> str:
        """Which record has which number on SQLite, where pairs are kept by whole numbers."""
        return f"d_{self.field_id}"

    async def create(self, tx: Tx) -> None:
        """Make it, and fill it from the records."""
        if tx.dialect == "sqlite":
            await tx.execute(
                f"CREATE VIRTUAL TABLE [{self.table}] USING"
                " fts5(pairs, content='', detail=none, columnsize=0, tokenize='ascii')"
            )
            await tx.execute(
                f"CREATE TABLE [{self._numbers}] (number INTEGER PRIMARY KEY, record_id TEXT NOT NULL UNIQUE)"
            )
        else:
            await tx.execute(f'CREATE TABLE [{self.table}] (record_id TEXT COLLATE "C" PRIMARY KEY, pairs BIGINT[])')
        await self._fill(tx)
        if tx.dialect == "postgresql":
            await tx.execute(f'CREATE INDEX "x_{self.table}" ON [{self.table}] USING GIN (pairs)')

    async def _fill(self, tx: Tx) -> None:
        last = ""
        while True:
            rows = await tx.fetch_all(
                f'SELECT id, "{self.column}" AS text FROM [{self.source}] WHERE id > $1 ORDER BY id LIMIT {_FILL:d}',
                last,
            )
            await self.add(tx, ((row["id"], row["text"]) for row in rows))
            if len(rows) < _FILL:
                return
            last = rows[-1]["id"]

    async def drop(self, tx: Tx) -> None:
        """Take it away."""
        for table in (self.table, self._numbers):
            await tx.execute(f"DROP TABLE IF EXISTS [{table}]")

    async def add(self, tx: Tx, texts: Iterable[tuple[str, object]]) -> None:
        """Texts of records that had none, by record id; those without a pair are left out."""
        found = [(record_id, text) for record_id, text in texts if isinstance(text, str) and len(text) > 1]
        if not found:
            return
        if tx.dialect == "postgresql":
            await tx.execute_many(
                f"INSERT INTO [{self.table}] (record_id, pairs) VALUES ($1, $2)",
                [(record_id, _numbers_of(text)) for record_id, text in found],
            )
            return
        await tx.execute_many(
            f"INSERT INTO [{self._numbers}] (record_id) VALUES ($1)", [(record_id,) for record_id, _ in found]
        )
        await tx.execute_many(
            f"INSERT INTO [{self.table}] (rowid, pairs) SELECT number, $2 FROM [{self._numbers}] WHERE record_id = $1",
            [(record_id, _tokens_of(text)) for record_id, text in found],
        )

    async def remove(self, tx: Tx, record_id: str, text: object) -> None:
        """The text that a record had."""
        if not isinstance(text, str) or len(text) <= 1:
            return
        if tx.dialect == "sqlite":
            # without content the index must be told what it held
            await tx.execute(
                f"INSERT INTO [{self.table}] ([{self.table}], rowid, pairs)"
                f" SELECT 'delete', number, $2 FROM [{self._numbers}] WHERE record_id = $1",
                record_id, _tokens_of(text),
            )  # fmt: skip
        await tx.execute(f"DELETE FROM [{self._holder(tx.dialect)}] WHERE record_id = $1", record_id)

    async def change(self, tx: Tx, record_id: str, *, before: object, after: object) -> None:
        """Another text of a record."""
        if before != after:
            await self.remove(tx, record_id, before)
            await self.add(tx, [(record_id, after)])

    def _holder(self, dialect: Dialect) -> str:
        """The table that has a line for each record."""
        return self._numbers if dialect == "sqlite" else self.table

    async def is_rare(self, tx: Tx, word: str) -> bool:
        """Whether few records can have the word, so that they are looked for first."""
        if len(word) <= 1:
            return False
        parameters = Parameters()
        row = await tx.fetch_one(
            f"SELECT count(*) AS n FROM (SELECT 1 FROM {self._matching(word, parameters, tx.dialect)}"
            f" LIMIT {RARE + 1:d}) found",
            *parameters.values,
        )
        return row is not None and row["n"] <= RARE

    def _matching(self, word: str, parameters: Parameters, dialect: Dialect) -> str:
        """The lines of the index that have all pairs of the word."""
        if dialect == "sqlite":
            place = parameters.add(" AND ".join(itertools.islice(_tokens(word), _MOST)))
            return f"[{self.table}] WHERE [{self.table}] MATCH {place}"
        return f"[{self.table}] g WHERE g.pairs @> {parameters.add(_numbers_of(word)[:_MOST])}::bigint{_ARRAY}"

    def records(self, word: str, parameters: Parameters, dialect: Dialect) -> str:
        """A statement for the ids of the records that have all pairs of the word."""
        matching = self._matching(word, parameters, dialect)
        if dialect == "sqlite":
            numbers = f"SELECT rowid FROM {matching}"
            return f"SELECT d.record_id FROM [{self._numbers}] d WHERE d.number IN ({numbers})"
        return f"SELECT g.record_id FROM {matching}"

    async def find_differing(self, tx: Tx, *, limit: int) -> list[str]:
        """Records whose text the index does not know as it is."""
        found: list[str] = []
        last = ""
        while len(found) < limit:
            rows = await tx.fetch_all(
                f'SELECT r.id, r."{self.column}" AS text, h.record_id AS kept FROM [{self.source}] r'
                f" LEFT JOIN [{self._holder(tx.dialect)}] h ON h.record_id = r.id"
                f" WHERE r.id > $1 ORDER BY r.id LIMIT {_FILL:d}",
                last,
            )
            for row in rows:
                text = row["text"] if isinstance(row["text"], str) and len(row["text"]) > 1 else None
                if (text is None) != (row["kept"] is None) or (text and not await self._knows(tx, row["id"], text)):
                    found.append(row["id"])
            if len(rows) < _FILL:
                break
            last = rows[-1]["id"]
        return [*found, *await self._ownerless(tx)][:limit]

    async def _knows(self, tx: Tx, record_id: str, text: str) -> bool:
        """Whether the record is found by all of its text."""
        if tx.dialect == "postgresql":
            row = await tx.fetch_one(
                f"SELECT pairs = $2::bigint{_ARRAY} AS same FROM [{self.table}] WHERE record_id = $1",
                record_id, _numbers_of(text),
            )  # fmt: skip
            return row is not None and bool(row["same"])
        tokens = list(_tokens(text))
        for start in range(0, len(tokens), _MOST):
            row = await tx.fetch_one(
                f"SELECT 1 AS found FROM [{self.table}] WHERE [{self.table}] MATCH $2"
                f" AND rowid = (SELECT number FROM [{self._numbers}] WHERE record_id = $1)",
                record_id, " AND ".join(tokens[start : start + _MOST]),
            )  # fmt: skip
            if row is None:
                return False
        return True

    async def _ownerless(self, tx: Tx) -> list[str]:
        """Records that the index knows and that are gone."""
        rows = await tx.fetch_all(
            f"SELECT h.record_id FROM [{self._holder(tx.dialect)}] h LEFT JOIN [{self.source}] r ON r.id = h.record_id"
            " WHERE r.id IS NULL LIMIT 1000"
        )
        return [row["record_id"] for row in rows]


_ARRAY = "[]"


def _numbers_of(text: str) -> list[int]:
    """The pairs as PostgreSQL keeps them."""
    return [one << _BITS | other for one, other in pairs_of(text)]


def _tokens(text: str) -> Iterator[str]:
    """The pairs as FTS5 keeps them: words of letters and digits, so that none is taken for something else."""
    return (f"{one:x}z{other:x}" for one, other in pairs_of(text))


def _tokens_of(text: str) -> str:
    return " ".join(_tokens(text))
