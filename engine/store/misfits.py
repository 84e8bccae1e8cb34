"""Fields that a publish would change into, or bring back from hiding as, what their columns cannot hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from engine.errors import Problem, Rejection
from engine.model.entities import Entity
from engine.model.field_types.subform import SubformField
from engine.model.fields import ColumnField, EntityField
from engine.store.database import Tx
from engine.store.entities import (
    ColumnKindChanged,
    StoredEntity,
    StoredField,
    column_shape,
    is_link_change,
    load_entities,
    match_stored,
)
from engine.store.link_index import find_several

_NAMED = 5


class LinkHoldsSeveral(Rejection):
    """A link to many that is to lead to one record only, while some records hold several."""

    code = "link_holds_several"
    status = 422
    zh = "字段 “{field}” 在 {records} 等数据中关联了多条, 不能改为单条; 请先在这些数据中只保留一条"
    en = "The field “{field}” links to several records in {records}; leave one in each of them first"


@dataclass(frozen=True)
class _Place:
    """A field of the new version over a stored one; `entity_id`: of its entity, `pointer`: in its file."""

    item: EntityField | ColumnField
    stored: StoredField
    pointer: str


async def find_misfits(tx: Tx, application_id: str, entities: Iterable[Entity]) -> tuple[Problem, ...]:
    """What publishing the entities would refuse of hidden fields and of links; of others the former version tells."""
    wanted = tuple(entities)
    known = await load_entities(tx, application_id)
    rows = await tx.fetch_all(
        "SELECT key FROM [entity_def] WHERE application_id = $1 AND is_hidden = 1", application_id
    )
    hidden = {row["key"] for row in rows}
    found: list[Problem] = []
    for key, stored in match_stored(wanted, known, hidden).items():
        entity = next(item for item in wanted if item.key == key)
        for place in _places(entity.fields, stored.fields):
            is_hidden = place.stored.is_hidden or stored.key in hidden
            problem = await _misfit(tx, stored, place, is_hidden=is_hidden)
            if problem is not None:
                found.append(Problem.of(problem, path=f"{place.pointer}/{problem.path}", file=f"entities/{key}.json"))
    return tuple(found)


async def _misfit(tx: Tx, entity: StoredEntity, place: _Place, *, is_hidden: bool) -> Rejection | None:
    """Why the column cannot hold the field; the member at fault is the path."""
    stored, field = place.stored, place.item.key
    kind, scale = column_shape(place.item)
    if is_link_change(stored, kind) and place.item.type == "link":
        several = [] if kind == "links" else await find_several(tx, stored.link_index(entity.id), limit=_NAMED)
        return LinkHoldsSeveral(path="multiple", field=field, records=", ".join(several)) if several else None
    if is_hidden and (stored.kind != kind or scale > stored.scale):
        return ColumnKindChanged(path="decimals" if stored.kind == kind else "type", field=field)
    return None


def _places(
    items: Sequence[EntityField | ColumnField],
    known: Sequence[StoredField],
    *,
    parent_id: str = "",
    path: str = "/fields",
) -> Iterator[_Place]:
    """Every field that is stored already, columns of subforms too."""
    here = {stored.key: stored for stored in known if stored.parent_id == parent_id}
    matched = match_stored(items, here, {key for key, stored in here.items() if stored.is_hidden})
    for position, item in enumerate(items):
        stored = matched.get(item.key)
        if stored is None:
            continue
        yield _Place(item, stored, f"{path}/{position}")
        if isinstance(item, SubformField) and stored.kind == "table":
            yield from _places(item.fields, known, parent_id=stored.id, path=f"{path}/{position}/fields")
