"""The workspace: settings, organisation, audit trail."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from engine.api.addresses import IdCursor
from engine.api.bodies import read_body
from engine.api.documented import ERRORS, takes
from engine.api.units import change, show
from engine.runtime.calls import Call
from engine.runtime.people import DirectoryView, show_directory
from engine.runtime.sessions import WorkspaceView, show_workspace
from engine.runtime.settings import SettingsChange
from engine.runtime.workspaces import AuditPage, change_settings, show_audit
from engine.store.database import Tx

router = APIRouter(prefix="/api", tags=["workspace"], responses=ERRORS)


@router.get("/workspace", response_model=WorkspaceView)
async def get_workspace(request: Request) -> Response:
    """Settings in force."""

    async def work(_tx: Tx, call: Call) -> WorkspaceView:
        return show_workspace(call)

    return await show(request, work)


@router.patch("/workspace", response_model=WorkspaceView, openapi_extra=takes(SettingsChange))
async def change_workspace(request: Request) -> Response:
    """Change settings; admins only."""
    asked = await read_body(request, SettingsChange)

    async def work(tx: Tx, call: Call) -> WorkspaceView:
        return await change_settings(tx, call, asked)

    return await change(request, work)


@router.get("/directory", response_model=DirectoryView)
async def get_directory(request: Request) -> Response:
    """Members, departments and roles."""

    async def work(_tx: Tx, call: Call) -> DirectoryView:
        return show_directory(call)

    return await show(request, work)


@router.get("/audit", response_model=AuditPage)
async def get_audit(
    request: Request, cursor: IdCursor = None, limit: Annotated[int, Query(ge=1, le=200)] = 50
) -> Response:
    """What people did, latest first; admins only."""

    async def work(tx: Tx, call: Call) -> AuditPage:
        return await show_audit(tx, call, cursor=cursor, limit=limit)

    return await show(request, work)
