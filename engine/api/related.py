"""Related lists: the records that link to a record."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from engine.api.addresses import PathId
from engine.api.documented import ERRORS
from engine.api.records import RECORDS, Cursor, FilterText, Limit, SortText
from engine.api.units import show
from engine.runtime.calls import Call
from engine.runtime.listing import ListQuery, RecordPage, Total
from engine.runtime.related import RelatedPlace, count_related, list_related
from engine.store.database import Tx

router = APIRouter(prefix="/api", tags=["records"], responses=ERRORS)
RELATED = f"{RECORDS}/{{record_id}}/related/{{field_key}}"


async def _place(app_key: str, entity_key: str, *, record_id: PathId, field_key: str) -> RelatedPlace:
    return RelatedPlace(app_key, entity_key, record_id, field_key)


Place = Annotated[RelatedPlace, Depends(_place)]


@router.get(RELATED, response_model=RecordPage)
async def get_related(
    request: Request,
    place: Place,
    *,
    filter_text: FilterText = None,
    sort: SortText = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Response:
    """A page of the records that link to this one, those that the caller may read; asked for as other lists are."""
    query = ListQuery(None, filter_text, sort, cursor, limit)

    async def work(tx: Tx, call: Call) -> RecordPage:
        return await list_related(tx, call, place, query=query)

    return await show(request, work)


@router.get(f"{RELATED}/count", response_model=Total)
async def get_related_count(request: Request, place: Place, filter_text: FilterText = None) -> Response:
    """How many records link to this one, of those the caller may read."""

    async def work(tx: Tx, call: Call) -> Total:
        return await count_related(tx, call, place, query=ListQuery(None, filter_text))

    return await show(request, work)
