"""Related lists: the records of another entity that link to a record, as far as the caller may read them."""

from __future__ import annotations

from dataclasses import dataclass

from engine.errors import Rejection
from engine.model.entities import Entity
from engine.model.expressions import LinksTo
from engine.model.field_types.link import LinkField, target_name
from engine.model.field_types.related import RelatedField
from engine.model.paths import is_among
from engine.query.queried import FieldHidden
from engine.runtime.calls import Call
from engine.runtime.catalog import AppEntity, InstalledApp
from engine.runtime.listing import ListQuery, RecordPage, Total, Wanted, count_page, read_page, wanted_by
from engine.runtime.permissions import hidden_in_each, reading
from engine.runtime.records import load_readable
from engine.store.database import Tx


class RelatedNotFound(Rejection):
    """The entity has no related list of this key."""

    code = "related_not_found"
    status = 404
    zh = "没有关联列表 “{field}”"
    en = "There is no related list “{field}”"


class RelatedUnavailable(Rejection):
    """The other application no longer has the entity, or its link does not lead here any more."""

    code = "related_unavailable"
    status = 404
    zh = "关联列表 “{field}” 所属的应用中已没有对应的实体或关联字段"
    en = "The application that the related list “{field}” is of no longer has the entity, or its link"


@dataclass(frozen=True)
class RelatedPlace:
    """A related list of a record: `app`, `entity` and `record_id` of the record, `field` the key of the list."""

    app: str
    entity: str
    record_id: str
    field: str


@dataclass(frozen=True)
class _Side:
    """The other side of a link: the entity whose records are listed, and those of them that link here."""

    app: InstalledApp
    entity: AppEntity
    wanted: Wanted


async def list_related(tx: Tx, call: Call, place: RelatedPlace, *, query: ListQuery) -> RecordPage:
    """A page of the list. Raises `RecordNotFound`, `RelatedNotFound`, `FieldHidden`, and as lists do."""
    side = await _side(tx, call, place, query=query)
    return await read_page(tx, call, side.app, entity=side.entity, wanted=side.wanted)


async def count_related(tx: Tx, call: Call, place: RelatedPlace, *, query: ListQuery) -> Total:
    """How many records the list has for the caller. Raises as `list_related`."""
    side = await _side(tx, call, place, query=query)
    return await count_page(tx, call, side.app, entity=side.entity, wanted=side.wanted)


async def _side(tx: Tx, call: Call, place: RelatedPlace, *, query: ListQuery) -> _Side:
    app, entity = call.catalog.entity(place.app, place.entity)
    field = entity.compiled.entity.by_key.get(place.field)
    if not isinstance(field, RelatedField):
        raise RelatedNotFound(field=place.field[:100])
    seen = reading(call, app, entity)
    record = await load_readable(tx, entity, seen=seen, record_id=place.record_id)
    if field.key in (await hidden_in_each(tx, call, seen, records=[record]))[record.id]:
        raise FieldHidden(field=field.key)
    behind = call.catalog.target(app.key, field.target)
    if behind is None or not leads_to(behind[1].compiled.entity, field.by, from_app=field.app, here=entity):
        raise RelatedUnavailable(field=field.key)
    other, target = behind
    # whoever may not see in every record where it leads must not learn it from a list
    if is_among(field.by, reading(call, other, target).hidden):
        raise FieldHidden(field=field.key)
    return _Side(other, target, wanted_by(query, among=LinksTo(field.by, (record.id,))))


def leads_to(target: Entity, by: str, *, from_app: str | None, here: AppEntity) -> bool:
    """Whether a link of an entity, of another application where `from_app` names it, leads to the entity `here`."""
    link = target.field_at(by)
    back = target_name(None if from_app is None else here.app_key, here.key)
    return isinstance(link, LinkField) and link.target == back
