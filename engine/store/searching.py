"""Conditions that search indexes serve: found before the statement is written, as only few records may have a word."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from engine.model.expressions import All, AnyOf, Compare, Expression, Looked
from engine.model.values import Values
from engine.store.database import Tx
from engine.store.search_index import SearchIndex

_SERVED = frozenset({"contains", "starts_with"})


class Searching:
    """The search indexes of one entity, by field key: kept with its records, asked before they are read."""

    def __init__(self, indexes: Mapping[str, SearchIndex]) -> None:
        self._indexes = indexes

    def __bool__(self) -> bool:
        """Whether there are any."""
        return bool(self._indexes)

    async def insert(self, tx: Tx, records: Iterable[tuple[str, Values]]) -> None:
        """Records that are new, by id."""
        listed = list(records)
        for key, index in self._indexes.items():
            await index.add(tx, [(record_id, values.get(key)) for record_id, values in listed])

    async def replace(self, tx: Tx, record_id: str, *, old: Values, new: Values) -> None:
        """The texts of a record that differ; all that it had where `new` has none."""
        for key, index in self._indexes.items():
            await index.change(tx, record_id, before=old.get(key), after=new.get(key))

    async def looked_up(self, tx: Tx, expression: Expression) -> Expression:
        """The same condition, in which words that few records have are looked up in the indexes."""
        if not self._indexes:
            return expression
        match expression:
            case All():
                return All(tuple([await self.looked_up(tx, part) for part in expression.parts]))
            case AnyOf():
                return AnyOf(tuple([await self.looked_up(tx, part) for part in expression.parts]))
            case Compare(field=key, op=op, values=(str() as word,)) if op in _SERVED and key in self._indexes:
                return Looked(expression) if await self._indexes[key].is_rare(tx, word) else expression
            case _:
                return expression
