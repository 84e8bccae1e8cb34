"""The working calendars of the workspace."""

from __future__ import annotations

from fastapi import APIRouter
from starlette import status as codes
from starlette.requests import Request
from starlette.responses import Response

from engine.api.addresses import PathKey
from engine.api.bodies import HolidaysBody, read_body, read_document
from engine.api.documented import ERRORS, takes
from engine.api.units import change, run, show
from engine.model.calendars import CalendarDefinition
from engine.runtime.calendars import (
    CalendarList,
    CalendarView,
    UploadView,
    delete_calendar,
    list_calendars,
    put_calendar,
    upload_days,
)
from engine.runtime.calls import Call
from engine.store.database import Tx

router = APIRouter(prefix="/api/calendars", tags=["workspace"], responses=ERRORS)


@router.get("", response_model=CalendarList)
async def get_calendars(request: Request) -> Response:
    """All working calendars, and the built-in tables of holidays."""

    async def work(_tx: Tx, call: Call) -> CalendarList:
        return list_calendars(call)

    return await show(request, work)


@router.put("/{calendar_key}", response_model=CalendarView, openapi_extra=takes(CalendarDefinition))
async def save(request: Request, calendar_key: PathKey) -> Response:
    """Make a working calendar or replace it; admins only."""
    asked = await read_document(request, CalendarDefinition)

    async def work(tx: Tx, call: Call) -> CalendarView:
        return await put_calendar(tx, call, asked, key=calendar_key)

    return await change(request, work)


@router.delete("/{calendar_key}", status_code=codes.HTTP_204_NO_CONTENT)
async def remove(request: Request, calendar_key: PathKey) -> Response:
    """Delete a working calendar; admins only."""

    async def work(tx: Tx, call: Call) -> None:
        await delete_calendar(tx, call, calendar_key)

    await run(request, work, is_write=True)
    return Response(status_code=codes.HTTP_204_NO_CONTENT)


@router.post("/{calendar_key}/holidays", response_model=UploadView, openapi_extra=takes(HolidaysBody))
async def upload(request: Request, calendar_key: PathKey) -> Response:
    """Take over published holidays, such as those of the next year; admins only."""
    asked = await read_body(request, HolidaysBody)

    async def work(tx: Tx, call: Call) -> UploadView:
        return await upload_days(tx, call, calendar_key, text=asked.text, year=asked.year)

    return await change(request, work)
