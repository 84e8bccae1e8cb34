"""Records that a person may link to: found by the words of their titles, or named by their ids."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engine.forms.rights import mask
from engine.model.entities import Entity
from engine.model.expressions import All, AnyOf, Compare, Expression
from engine.query.sorts import Sort
from engine.runtime.calls import Call
from engine.runtime.linking import title_keys, titles_of
from engine.runtime.permissions import Reading, reading
from engine.runtime.record_views import title_of
from engine.store.database import Tx

MAX_CHOICES = 20
MAX_WORDS = 5


@dataclass(frozen=True)
class Choice:
    """A record by its id and title."""

    id: str
    title: str


@dataclass(frozen=True)
class ChoiceList:
    """At most 20 records; `more`: there are others, which more words would find."""

    items: Sequence[Choice]
    more: bool


async def list_choices(tx: Tx, call: Call, app_key: str, *, entity_key: str, words: str) -> ChoiceList:
    """Records whose titles hold all the words, latest first. Raises `AppNotFound`, `EntityNotFound`."""
    app, entity = call.catalog.entity(app_key, entity_key)
    seen = reading(call, app, entity)
    found = await entity.table.page(
        tx,
        access=seen.rows,
        condition=_holding(entity.compiled.entity, seen, words),
        sorts=(Sort("id", desc=True),),
        limit=MAX_CHOICES + 1,
    )
    items = [
        Choice(record.id, title_of(call, entity.compiled, mask(record.values, seen.hidden)))
        for record in found[:MAX_CHOICES]
    ]
    return ChoiceList(items, len(found) > MAX_CHOICES)


def _holding(entity: Entity, seen: Reading, words: str) -> Expression:
    """Every word stands in one of the texts of the title that the caller sees in all rows."""
    texts = [key for key in title_keys(entity) if key not in seen.hidden and "contains" in entity.by_key[key].operators]
    return All(
        tuple(AnyOf(tuple(Compare(key, "contains", (word,)) for key in texts)) for word in words.split()[:MAX_WORDS])
    )


async def name_choices(tx: Tx, call: Call, app_key: str, *, entity_key: str, ids: Sequence[str]) -> ChoiceList:
    """The titles of these records, of those that the caller may read. Raises as `list_choices`."""
    call.catalog.entity(app_key, entity_key)
    titles = await titles_of(tx, call, app_key, wanted={entity_key: ids})
    return ChoiceList([Choice(record_id, title) for record_id, title in titles.items()], more=False)
