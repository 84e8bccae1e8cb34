"""Questions about the records of an entity: pages with chosen columns, groups and figures, pivots, distinct values."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from engine.api.bodies import read_document
from engine.api.documented import ERRORS, takes
from engine.api.units import show
from engine.model.reports import Aggregation, Distinct, Pivot, RecordQuery
from engine.runtime.calls import Call
from engine.runtime.querying import QueryPage, query_records
from engine.runtime.reports import (
    PivotTable,
    Report,
    ValueList,
    aggregate_records,
    distinct_values,
    pivot_records,
)
from engine.store.database import Tx

router = APIRouter(prefix="/api", tags=["records"], responses=ERRORS)
RECORDS = "/apps/{app_key}/entities/{entity_key}/records"


@router.post(f"{RECORDS}/query", response_model=QueryPage, openapi_extra=takes(RecordQuery))
async def post_query(request: Request, app_key: str, entity_key: str) -> Response:
    """A page of records with chosen columns, and the records that expanded links lead to."""
    asked = await read_document(request, RecordQuery)

    async def work(tx: Tx, call: Call) -> QueryPage:
        return await query_records(tx, call, app_key, entity_key=entity_key, asked=asked)

    return await show(request, work)


@router.post(f"{RECORDS}/aggregate", response_model=Report, openapi_extra=takes(Aggregation))
async def post_aggregate(request: Request, app_key: str, entity_key: str) -> Response:
    """Groups of records with their figures: counts, sums, averages, least and greatest values."""
    asked = await read_document(request, Aggregation)

    async def work(tx: Tx, call: Call) -> Report:
        return await aggregate_records(tx, call, app_key, entity_key=entity_key, asked=asked)

    return await show(request, work)


@router.post(f"{RECORDS}/pivot", response_model=PivotTable, openapi_extra=takes(Pivot))
async def post_pivot(request: Request, app_key: str, entity_key: str) -> Response:
    """Figures where the groups of lines meet those of columns, with totals."""
    asked = await read_document(request, Pivot)

    async def work(tx: Tx, call: Call) -> PivotTable:
        return await pivot_records(tx, call, app_key, entity_key=entity_key, asked=asked)

    return await show(request, work)


@router.post(f"{RECORDS}/distinct", response_model=ValueList, openapi_extra=takes(Distinct))
async def post_distinct(request: Request, app_key: str, entity_key: str) -> Response:
    """The values that a field has, in order, with how many records have each."""
    asked = await read_document(request, Distinct)

    async def work(tx: Tx, call: Call) -> ValueList:
        return await distinct_values(tx, call, app_key, entity_key=entity_key, asked=asked)

    return await show(request, work)
