"""Deleting records, and the recycle bin of an entity: list, restore, purge."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from engine.api.addresses import PathId
from engine.api.documented import ERRORS, IDEMPOTENCY_KEY, IF_MATCH
from engine.api.preconditions import seen_version
from engine.api.units import OK, backend_of, create, require_credentials, run, show
from engine.runtime.bins import BinPage, Purged, list_bin, purge_record, restore_deleted
from engine.runtime.calls import Call
from engine.runtime.deleting import Deletion, delete_record
from engine.runtime.record_views import RecordView
from engine.store.database import Tx

router = APIRouter(prefix="/api", tags=["records"], responses=ERRORS)
RECORDS = "/apps/{app_key}/entities/{entity_key}/records"
BinCursor = Annotated[str | None, Query(max_length=60)]


@router.get(f"{RECORDS}/bin", response_model=BinPage)
async def get_bin(  # noqa: PLR0917 - one parameter for each of the query's
    request: Request,
    app_key: str,
    entity_key: str,
    cursor: BinCursor = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Response:
    """What the caller deleted, last first, and until when it is kept; for admins what anybody deleted."""

    async def work(tx: Tx, call: Call) -> BinPage:
        return await list_bin(tx, call, app_key, entity_key=entity_key, cursor=cursor, limit=limit)

    return await show(request, work)


@router.delete(
    f"{RECORDS}/{{record_id}}",
    response_model=Deletion,
    openapi_extra={"parameters": [IF_MATCH, IDEMPOTENCY_KEY]},
)
async def delete_one(request: Request, app_key: str, entity_key: str, record_id: PathId) -> Response:  # noqa: PLR0917
    """Put a record into the recycle bin; `If-Match` names the version that was seen, and another one is a 409."""
    require_credentials(request)
    seen = seen_version(request)

    async def work(tx: Tx, call: Call) -> Deletion:
        return await delete_record(tx, call, app_key, entity_key=entity_key, record_id=record_id, seen_version=seen)

    return await create(request, work, status=OK)


@router.post(
    f"{RECORDS}/bin/{{record_id}}/restore",
    response_model=RecordView,
    openapi_extra={"parameters": [IDEMPOTENCY_KEY]},
)
async def post_restore(request: Request, app_key: str, entity_key: str, record_id: PathId) -> Response:  # noqa: PLR0917
    """Put a record back under its id, as its next version; 409 names the unique fields whose values are taken."""
    require_credentials(request)

    async def work(tx: Tx, call: Call) -> RecordView:
        return await restore_deleted(tx, call, app_key, entity_key=entity_key, record_id=record_id)

    return await create(request, work, status=OK)


@router.delete(f"{RECORDS}/bin/{{record_id}}", status_code=204)
async def delete_for_good(request: Request, app_key: str, entity_key: str, record_id: PathId) -> Response:  # noqa: PLR0917
    """Remove a deleted record for good, with every value that its history holds; admins only."""

    async def work(tx: Tx, call: Call) -> Purged:
        return await purge_record(tx, call, app_key, entity_key=entity_key, record_id=record_id)

    purged = await run(request, work, is_write=True)
    for file_id in purged.file_ids:
        await backend_of(request).storage.remove(file_id)
    return Response(status_code=204)
