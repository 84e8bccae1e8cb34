"""Records of an entity: list, count, create, read, update, history, flows."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from engine.api.addresses import PathId, Words
from engine.api.answers import answer
from engine.api.bodies import RecordBody, ValuesBody, read_body
from engine.api.documented import ERRORS, IF_MATCH, WITH_ETAG, repeatable, takes
from engine.api.preconditions import entity_tag, seen_version
from engine.api.units import create, run, show
from engine.runtime.calls import Call
from engine.runtime.choices import ChoiceList, list_choices, name_choices
from engine.runtime.instances import InstanceList, list_record_instances
from engine.runtime.listing import ListQuery, RecordPage, Total, count_records, list_records
from engine.runtime.record_views import RecordView
from engine.runtime.records import HistoryView, RecordDetail, create_record, get_record, read_history, update_record
from engine.store.database import Tx

router = APIRouter(prefix="/api", tags=["records"], responses=ERRORS)
RECORDS = "/apps/{app_key}/entities/{entity_key}/records"
FilterText = Annotated[str | None, Query(alias="filter", max_length=20_000)]
SortText = Annotated[str | None, Query(max_length=10_000)]
ViewKey = Annotated[str | None, Query(max_length=63)]
Cursor = Annotated[str | None, Query(max_length=20_000)]
RecordIds = Annotated[str | None, Query(pattern="^[0-9a-f]{24}(,[0-9a-f]{24}){0,99}$")]
Limit = Annotated[int, Query(ge=1, le=200)]


@router.get("/apps/{app_key}/entities/{entity_key}/choices", response_model=ChoiceList)
async def get_choices(  # noqa: PLR0917 - one parameter for each of the query's
    request: Request, app_key: str, entity_key: str, q: Words = "", ids: RecordIds = None
) -> Response:
    """Records that the caller may link to: at most 20 whose titles hold the words, or those with these `ids`."""

    async def work(tx: Tx, call: Call) -> ChoiceList:
        if ids is not None:
            return await name_choices(tx, call, app_key, entity_key=entity_key, ids=ids.split(","))
        return await list_choices(tx, call, app_key, entity_key=entity_key, words=q)

    return await show(request, work)


@router.get(RECORDS, response_model=RecordPage)
async def get_records(  # noqa: PLR0917 - one parameter for each of the query's
    request: Request,
    app_key: str,
    entity_key: str,
    view: ViewKey = None,
    filter_text: FilterText = None,
    sort: SortText = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Response:
    """A page of records: `filter` is JSON of the filter grammar, `sort` such as `-budget,name` or a JSON list."""
    query = ListQuery(view, filter_text, sort, cursor, limit)

    async def work(tx: Tx, call: Call) -> RecordPage:
        return await list_records(tx, call, app_key, entity_key=entity_key, query=query)

    return await show(request, work)


@router.get(f"{RECORDS}/count", response_model=Total)
async def get_count(  # noqa: PLR0917 - see above
    request: Request, app_key: str, entity_key: str, view: ViewKey = None, filter_text: FilterText = None
) -> Response:
    """How many records match."""
    query = ListQuery(view, filter_text)

    async def work(tx: Tx, call: Call) -> Total:
        return await count_records(tx, call, app_key, entity_key=entity_key, query=query)

    return await show(request, work)


@router.post(RECORDS, response_model=RecordView, status_code=201, openapi_extra=repeatable(RecordBody))
async def post_record(request: Request, app_key: str, entity_key: str) -> Response:
    """Make a record outside of flows; may be repeated with the same `Idempotency-Key` or `id`."""
    asked = await read_body(request, RecordBody)

    async def work(tx: Tx, call: Call) -> RecordView:
        return await create_record(tx, call, app_key, entity_key=entity_key, values=asked.values, record_id=asked.id)

    return await create(request, work, own_id=asked.id)


@router.get(f"{RECORDS}/{{record_id}}", response_model=RecordDetail, responses=WITH_ETAG)
async def get_one(request: Request, app_key: str, entity_key: str, record_id: PathId) -> Response:  # noqa: PLR0917
    """One record, with the paths that the caller may change; the header ETag holds its version."""

    async def work(tx: Tx, call: Call) -> RecordDetail:
        return await get_record(tx, call, app_key, entity_key=entity_key, record_id=record_id)

    detail = await run(request, work, is_write=False)
    return answer(detail, headers=entity_tag(detail.record.version))


@router.patch(
    f"{RECORDS}/{{record_id}}",
    response_model=RecordView,
    responses=WITH_ETAG,
    openapi_extra=takes(ValuesBody, IF_MATCH),
)
async def patch_record(request: Request, app_key: str, entity_key: str, record_id: PathId) -> Response:  # noqa: PLR0917
    """Change fields of a record; `If-Match` names the version that was seen."""
    asked = await read_body(request, ValuesBody)
    seen = seen_version(request)

    async def work(tx: Tx, call: Call) -> RecordView:
        return await update_record(
            tx, call, app_key, entity_key=entity_key, record_id=record_id, values=asked.values, seen_version=seen
        )

    view = await run(request, work, is_write=True)
    return answer(view, headers=entity_tag(view.version))


@router.get(f"{RECORDS}/{{record_id}}/history", response_model=HistoryView)
async def get_history(request: Request, app_key: str, entity_key: str, record_id: PathId) -> Response:  # noqa: PLR0917
    """Every version of a record, newest first."""

    async def work(tx: Tx, call: Call) -> HistoryView:
        return await read_history(tx, call, app_key, entity_key=entity_key, record_id=record_id)

    return await show(request, work)


@router.get(f"{RECORDS}/{{record_id}}/instances", response_model=InstanceList)
async def get_instances(request: Request, app_key: str, entity_key: str, record_id: PathId) -> Response:  # noqa: PLR0917
    """The flows that were run for a record, latest first."""

    async def work(tx: Tx, call: Call) -> InstanceList:
        return await list_record_instances(tx, call, app_key, entity_key=entity_key, record_id=record_id)

    return await show(request, work)
