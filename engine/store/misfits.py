"""Fields that a publish would bring back from hiding into columns which cannot hold them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from engine.errors import Problem
from engine.model.entities import Entity
from engine.model.field_types.subform import SubformField
from engine.model.fields import ColumnField, EntityField
from engine.store.database import Tx
from engine.store.entities import ColumnKindChanged, StoredField, column_shape, load_entities, match_stored


async def find_misfits(tx: Tx, application_id: str, entities: Iterable[Entity]) -> tuple[Problem, ...]:
    """What publishing the entities would refuse of hidden fields; of others the former version tells."""
    wanted = tuple(entities)
    known = await load_entities(tx, application_id)
    rows = await tx.fetch_all(
        "SELECT key FROM [entity_def] WHERE application_id = $1 AND is_hidden = 1", application_id
    )
    hidden = {row["key"] for row in rows}
    found: list[Problem] = []
    for key, stored in match_stored(wanted, known, hidden).items():
        entity = next(item for item in wanted if item.key == key)
        fields = [item for item in stored.fields if item.is_hidden or stored.key in hidden]
        for pointer, field in _misfits(entity.fields, stored.fields, hidden=fields):
            found.append(Problem.of(ColumnKindChanged(field=field), path=pointer, file=f"entities/{key}.json"))
    return tuple(found)


def _misfits(
    items: Sequence[EntityField | ColumnField],
    known: Sequence[StoredField],
    *,
    hidden: Sequence[StoredField],
    parent_id: str = "",
    path: str = "/fields",
) -> Iterator[tuple[str, str]]:
    """Pointer and key of each, columns of subforms too."""
    here = {stored.key: stored for stored in known if stored.parent_id == parent_id}
    matched = match_stored(items, here, {key for key, stored in here.items() if stored.is_hidden})
    for position, item in enumerate(items):
        stored = matched.get(item.key)
        if stored is None:
            continue
        kind, scale = column_shape(item)
        pointer = f"{path}/{position}"
        if stored in hidden and (stored.kind != kind or scale > stored.scale):
            yield f"{pointer}/{'decimals' if stored.kind == kind else 'type'}", item.key
        elif isinstance(item, SubformField):
            yield from _misfits(item.fields, known, hidden=hidden, parent_id=stored.id, path=f"{pointer}/fields")
