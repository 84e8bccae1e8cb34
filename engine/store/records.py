"""Records in their own tables: insert, read through a predicate, update by version, page by keyset."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from engine.model.expressions import EVERYTHING, Compare, Expression
from engine.model.values import SYSTEM_FIELDS, Scalar, Value
from engine.query.sorts import Sort
from engine.store.columns import int_to_instant, reader, writer
from engine.store.database import Dialect, Statement, Tx, UniqueViolation
from engine.store.database import Row as DatabaseRow
from engine.store.entities import StoredEntity
from engine.store.expressions import Conditions
from engine.store.link_rows import LinkRows
from engine.store.orders import Orders
from engine.store.pages import Pages
from engine.store.parameters import Parameters
from engine.store.reports import Reports
from engine.store.rollups import Rollups
from engine.store.searching import Searching
from engine.store.stored_rows import RowReader, StoredRow
from engine.store.subforms import IN_LIMIT, nested


@dataclass(frozen=True)
class Record:
    """A record: what the engine keeps of it, and its values by field key (every field of the entity is present)."""

    id: str
    version: int
    created_at: datetime
    created_by: str | None
    created_department: str | None
    updated_at: datetime
    updated_by: str | None
    flow_status: str | None = None
    values: Mapping[str, Value] = field(default_factory=dict)

    def changed_by(self, values: Mapping[str, Value]) -> frozenset[str]:
        """The keys of these values that are others than the record's."""
        return frozenset(key for key, value in values.items() if value != self.values.get(key))

    @property
    def whole(self) -> Mapping[str, Value]:
        """All values by key, those of system fields too."""
        return {**self.values, **self.system()}

    def system(self) -> dict[str, Value]:
        """The system fields by key."""
        return {
            "id": self.id,
            "version": Decimal(self.version),
            "created_at": self.created_at,
            "created_by": self.created_by,
            "created_department": self.created_department,
            "updated_at": self.updated_at,
            "updated_by": self.updated_by,
            "flow_status": self.flow_status,
        }


class RecordTable:
    """Everything SQL about one published entity, prepared once; it holds no state of its own."""

    def __init__(
        self, stored: StoredEntity, dialect: Dialect, *, others: Mapping[str, StoredEntity] | None = None
    ) -> None:
        self.stored = stored
        self._dialect = dialect
        self.reader = RowReader(stored, dialect)
        self._own = [(key, *place) for key, place in self.reader.places.items() if key not in SYSTEM_FIELDS]
        self._writers = {key: writer(column, dialect) for key, column in stored.columns.items()}
        self._subforms = nested(stored.subforms, dialect)
        self.link_rows = LinkRows.of(stored)
        self._conditions = Conditions(stored, dialect, others={} if others is None else others)
        self.searching = Searching(stored.search_indexes)
        self.rollups = Rollups(stored, self._conditions, dialect)
        self.reports = Reports(stored, self._conditions, dialect)
        self._orders = Orders(stored.read_columns, self._conditions.terms, dialect)
        self._names = ", ".join(f'r."{column.name}"' for column in stored.columns.values())
        self._pages = Pages(stored.table, self._names, self._conditions, self._orders)
        plain = ", ".join(f'"{column.name}"' for column in stored.columns.values())
        places = ", ".join(f"${number}" for number in range(1, len(stored.columns) + 1))
        self._insert = f"INSERT INTO [{stored.table}] ({plain}) VALUES ({places})"

    async def insert(self, tx: Tx, record: Record, *, beside: Sequence[Statement] = ()) -> None:
        """Store a new record, with what is written `beside` it; rows of subforms must have ids.

        Raises `UniqueViolation`.
        """
        given = {**record.values, **record.system()}
        cells = [write(_scalar(given.get(key))) for key, write in self._writers.items()]
        await tx.execute_all([(self._insert, cells), *beside])
        for key, subform in self._subforms.items():
            await subform.insert(tx, record.id, given.get(key))
        if self.searching:
            await self.searching.insert(tx, [(record.id, given)])
        if self.link_rows:
            await self.link_rows.add(tx, record.id, given)

    async def insert_many(self, tx: Tx, records: Iterable[Record]) -> None:
        """Store new records: one call of the database for each table. Raises `UniqueViolation`."""
        given = [(record.id, {**record.values, **record.system()}) for record in records]
        writers = self._writers.items()
        await tx.execute_many(
            self._insert, [[write(_scalar(values.get(key))) for key, write in writers] for _, values in given]
        )
        for key, subform in self._subforms.items():
            await subform.insert_many(tx, [(record_id, values.get(key)) for record_id, values in given])
        if self.searching:
            await self.searching.insert(tx, given)
        if self.link_rows:
            await self.link_rows.add_all(tx, given)

    async def get(self, tx: Tx, record_id: str, *, access: Expression, lock: bool = False) -> Record | None:
        """One record, if the predicate admits it."""
        parameters = Parameters(record_id)
        where = "" if access == EVERYTHING else f" AND {self._conditions.build(access, parameters)}"
        suffix = " FOR UPDATE" if lock and self._dialect == "postgresql" else ""
        raw = await tx.fetch_one(
            f"SELECT {self._names} FROM [{self.stored.table}] r WHERE r.id = $1{where}{suffix}", *parameters.values
        )
        if raw is None:
            return None
        return (await self._with_rows(tx, [raw]))[0]

    async def page(
        self,
        tx: Tx,
        *,
        access: Expression,
        condition: Expression = EVERYTHING,
        sorts: Sequence[Sort],
        after: Sequence[Scalar] | None = None,
        limit: int,
    ) -> list[Record]:
        """At most `limit` records in order, from behind the place `after` (values of the sort fields)."""
        found = await self.rows(
            tx, access=access, condition=condition, sorts=sorts, after=after, limit=limit
        )  # no record is read but through the predicate given
        return [self.record(row) for row in found]

    async def rows(
        self,
        tx: Tx,
        *,
        access: Expression,
        condition: Expression = EVERYTHING,
        sorts: Sequence[Sort],
        after: Sequence[Scalar] | None = None,
        limit: int,
    ) -> list[StoredRow]:
        """As `page`, rows as they are stored."""
        condition = await self.searching.looked_up(tx, condition)
        raws = await self._pages.rows(tx, (access, condition), sorts=sorts, after=after, limit=limit)
        return await self._stored_rows(tx, raws)

    async def place(self, tx: Tx, record_id: str, *, access: Expression, sorts: Sequence[Sort]) -> tuple[Scalar, ...]:
        """Where a record that the predicate admits stands in an order: its values of the keys; else nothing."""
        parameters = Parameters()
        keys = self._orders.keys(sorts, parameters)
        names = ", ".join(f"{key.text} AS k{position}" for position, key in enumerate(keys))
        where = f" AND {self._conditions.build(access, parameters)}" if access != EVERYTHING else ""
        raw = await tx.fetch_one(
            f"SELECT {names} FROM [{self.stored.table}] r WHERE r.id = {parameters.add(record_id)}{where}",
            *parameters.values,
        )
        return () if raw is None else tuple(key.read(raw[position]) for position, key in enumerate(keys))

    async def admitted(self, tx: Tx, ids: Sequence[str], *, access: Expression) -> frozenset[str]:
        """Those of the ids whose records the predicate admits."""
        found: set[str] = set()
        for start in range(0, len(ids), IN_LIMIT):
            condition = Compare("id", "in", tuple(ids[start : start + IN_LIMIT]))
            parameters = Parameters()
            where = self._conditions.where((condition, access), parameters)
            rows = await tx.fetch_all(f"SELECT r.id FROM [{self.stored.table}] r{where}", *parameters.values)
            found.update(row["id"] for row in rows)
        return frozenset(found)

    async def count(self, tx: Tx, *, access: Expression, condition: Expression = EVERYTHING) -> int:
        """How many records match."""
        parameters = Parameters()
        condition = await self.searching.looked_up(tx, condition)
        where = self._conditions.where((access, condition), parameters)
        row = await tx.fetch_one(f"SELECT count(*) AS n FROM [{self.stored.table}] r{where}", *parameters.values)
        return 0 if row is None else int(row["n"])

    async def update(self, tx: Tx, before: Record, after: Record) -> bool:
        """Replace what differs if the stored version is still `before.version`. Raises `UniqueViolation`."""
        old, new = {**before.values, **before.system()}, {**after.values, **after.system()}
        parameters = Parameters(before.id, before.version)
        changes = [
            f'"{column.name}" = {parameters.add(self._writers[key](_scalar(new.get(key))))}'
            for key, column in self.stored.columns.items()
            if key != "id" and new.get(key) != old.get(key)
        ]
        if changes:
            # of a version that is not saved yet only rows may differ
            text = f"UPDATE [{self.stored.table}] SET {', '.join(changes)} WHERE id = $1 AND version = $2"
            if await tx.execute(text, *parameters.values) == 0:
                return False
        for key, subform in self._subforms.items():
            if new.get(key) != old.get(key):
                await subform.replace(tx, before.id, new.get(key))
        if self.link_rows:
            await self.link_rows.replace(tx, before.id, old=old, new=new)
        if self.searching:
            await self.searching.replace(tx, before.id, old=old, new=new)
        return True

    def unique_field(self, violation: UniqueViolation) -> str | None:
        """The key of the field whose unique index refused; None: the id."""
        for item in self.stored.fields:
            if item.column.name in violation.columns or violation.constraint.endswith(f"h_{item.id}"):
                return item.key
        return None

    async def find(
        self, tx: Tx, ids: Iterable[str], *, access: Expression, keys: Iterable[str], lock: bool = False
    ) -> dict[str, dict[str, Value]]:
        """Some values of the records with these ids that the predicate admits, by id: one statement for up to 500
        of them, one more for each subform among the keys.

        `lock`: nobody changes them before this transaction ends; while somebody does, the unit begins anew.
        """
        wanted = frozenset(keys)
        own = [(key, column.name) for key, column in self.stored.columns.items() if key in wanted and key != "id"]
        readers = {key: reader(self.stored.columns[key], self._dialect) for key, _ in own}
        names = ", ".join(["r.id", *(f'r."{name}"' for _, name in own)])
        # in order; and who waited for them with records of his own could be waited for by whoever changes them
        suffix = " ORDER BY r.id FOR SHARE NOWAIT" if lock and self._dialect == "postgresql" else ""
        listed = sorted(set(ids))
        found: dict[str, dict[str, Value]] = {}
        for start in range(0, len(listed), IN_LIMIT):
            parameters = Parameters()
            places = ", ".join(parameters.add(record_id) for record_id in listed[start : start + IN_LIMIT])
            where = "" if access == EVERYTHING else f" AND {self._conditions.build(access, parameters)}"
            text = f"SELECT {names} FROM [{self.stored.table}] r WHERE r.id IN ({places}){where}{suffix}"
            for raw in await tx.fetch_all(text, *parameters.values):
                found[raw["id"]] = {"id": raw["id"], **{key: readers[key](raw[name]) for key, name in own}}
        for key, subform in self._subforms.items():
            if key in wanted:
                rows = await subform.rows_of(tx, list(found))
                for record_id, values in found.items():
                    values[key] = tuple(rows.get(record_id, ())) or None
        return found

    async def load(self, tx: Tx, ids: Iterable[str], *, access: Expression, waits: bool = True) -> list[Record]:
        """The records with these ids that the predicate admits, by id; nobody changes them before this transaction
        ends. Without `waits` the unit begins anew while somebody does.
        """
        suffix = f" FOR UPDATE{'' if waits else ' NOWAIT'}" if self._dialect == "postgresql" else ""
        listed = sorted(set(ids))
        raws: list[DatabaseRow] = []
        for start in range(0, len(listed), IN_LIMIT):
            parameters = Parameters()
            places = ", ".join(parameters.add(record_id) for record_id in listed[start : start + IN_LIMIT])
            where = "" if access == EVERYTHING else f" AND {self._conditions.build(access, parameters)}"
            text = f"SELECT {self._names} FROM [{self.stored.table}] r WHERE r.id IN ({places}){where}"
            raws += await tx.fetch_all(f"{text} ORDER BY r.id{suffix}", *parameters.values)
        return await self._with_rows(tx, raws)

    async def linking(self, tx: Tx, path: str, ids: Iterable[str], *, limit: int | None) -> list[str]:
        """Ids of at most `limit` records that link to one of the records by a field, or by a column of their rows."""
        outer, _, key = path.rpartition(".")
        most = "" if limit is None else f" LIMIT {limit:d}"
        listed = sorted(set(ids))
        found: dict[str, None] = {}
        for start in range(0, len(listed), IN_LIMIT):
            parameters = Parameters()
            places = ", ".join(parameters.add(record_id) for record_id in listed[start : start + IN_LIMIT])
            if outer:
                subform = self.stored.subforms[outer]
                held, owner, table = subform.columns[key], "record_id", subform.table
            else:
                held, owner, table = self.stored.columns[key], "id", self.stored.table
            name = held.name
            if held.kind == "links":
                name, owner, table = "target_id", "record_id", held.index_table
            text = f'SELECT DISTINCT {owner} AS id FROM [{table}] WHERE "{name}" IN ({places}){most}'
            found.update(dict.fromkeys(raw["id"] for raw in await tx.fetch_all(text, *parameters.values)))
        return list(found)[:limit]

    async def _with_rows(self, tx: Tx, raws: Sequence[DatabaseRow]) -> list[Record]:
        return [self.record(row) for row in await self._stored_rows(tx, raws)]

    async def _stored_rows(self, tx: Tx, raws: Sequence[DatabaseRow]) -> list[StoredRow]:
        """Records with their subform rows: one statement a subform for up to 500 records."""
        if not self._subforms:
            return [StoredRow(self.reader, raw, {}) for raw in raws]
        ids = [raw["id"] for raw in raws]
        rows = {key: await subform.rows_of(tx, ids) for key, subform in self._subforms.items()}
        return [
            StoredRow(
                self.reader, raw, {key: tuple(by_record.get(raw["id"], ())) or None for key, by_record in rows.items()}
            )
            for raw in raws
        ]

    def record(self, row: StoredRow) -> Record:
        """The record that the row holds."""
        raw = row.raw
        values: dict[str, Value] = {key: read(raw[position]) for key, position, read in self._own}
        values.update(row.rows)
        return Record(
            id=raw["id"],
            version=raw["version"],
            created_at=int_to_instant(raw["created_at"]),
            created_by=raw["created_by"],
            created_department=raw["created_department"],
            updated_at=int_to_instant(raw["updated_at"]),
            updated_by=raw["updated_by"],
            flow_status=raw["flow_status"],
            values=values,
        )


def _scalar(value: Value) -> Scalar:
    """The value of a plain column; subform rows are stored elsewhere."""
    return value  # type: ignore[return-value]  # columns never name a subform
