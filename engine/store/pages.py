"""Pages of records in order: the statements that read them from behind a place, by ranges of an index."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from engine.model.expressions import Expression
from engine.model.values import Scalar
from engine.query.sorts import Sort
from engine.store.database import Row, Tx
from engine.store.expressions import Conditions
from engine.store.orders import Behind, Orders, after_id, behind, in_empty_part, in_filled_part, whole_part
from engine.store.parameters import Parameters


@dataclass(frozen=True)
class Pages:
    """Pages of one table, its record named `r`; `names`: the columns that are read."""

    table: str
    names: str
    conditions: Conditions
    orders: Orders

    async def rows(
        self,
        tx: Tx,
        conditions: tuple[Expression, ...],
        *,
        sorts: Sequence[Sort],
        after: Sequence[Scalar] | None,
        limit: int,
    ) -> list[Row]:
        """At most `limit` rows for which all conditions hold, from behind the place `after`."""
        if after is None:
            return await self._fetch(tx, conditions, sorts=sorts, limit=limit)
        if _in_one_direction(sorts):
            return await self._by_range(tx, conditions, sorts=sorts, after=after, limit=limit)
        return await self._fetch(tx, conditions, sorts=sorts, limit=limit, wanted=behind(after))

    async def _fetch(
        self,
        tx: Tx,
        conditions: Iterable[Expression],
        *,
        sorts: Sequence[Sort],
        limit: int,
        wanted: Behind | None = None,
    ) -> list[Row]:
        parameters = Parameters()
        keys = self.orders.keys(sorts, parameters)
        where = self.conditions.where(conditions, parameters)
        if wanted is not None:
            more = wanted(keys, parameters)
            where = f"{where} AND {more}" if where else f" WHERE {more}"
        order = self.orders.order_by(keys)
        text = f"SELECT {self.names} FROM [{self.table}] r{where} ORDER BY {order} LIMIT {limit:d}"
        return list(await tx.fetch_all(text, *parameters.values))

    async def _by_range(
        self,
        tx: Tx,
        conditions: tuple[Expression, ...],
        *,
        sorts: Sequence[Sort],
        after: Sequence[Scalar],
        limit: int,
    ) -> list[Row]:
        """One sort key and the id: index ranges over the filled part and the empty part, in their order."""
        if len(sorts) == 1:
            return await self._fetch(tx, conditions, sorts=sorts, limit=limit, wanted=after_id(after[0]))
        value, last = after
        here = in_empty_part(last) if value is None else in_filled_part(value, last)
        found = await self._fetch(tx, conditions, sorts=sorts, limit=limit, wanted=here)
        rest, desc = limit - len(found), sorts[0].desc
        # ascending the filled part follows the empty one, descending the empty part follows the filled one
        if rest > 0 and (value is None) != desc:
            found += await self._fetch(tx, conditions, sorts=sorts, limit=rest, wanted=whole_part(is_empty=desc))
        return found


def _in_one_direction(sorts: Sequence[Sort]) -> bool:
    return len(sorts) <= 2 and sorts[-1].field == "id" and len({sort.desc for sort in sorts}) == 1  # noqa: PLR2004
