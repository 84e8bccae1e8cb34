"""The HTTP application, put together: routes, error handlers, the browser's pages."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import Match

from engine import __version__
from engine.api import (
    apps,
    batches,
    bins,
    calendars,
    files,
    flows,
    formulas,
    queries,
    records,
    related,
    sessions,
    workspaces,
)
from engine.api.answers import answer, rejected
from engine.api.attempts import Attempts
from engine.api.bodies import shape_problems
from engine.api.documented import describe
from engine.api.middleware import Bug, Surroundings
from engine.api.short_way import ShortWay
from engine.api.units import require_credentials
from engine.clock import Clock, SystemClock
from engine.errors import Problems, Rejection
from engine.files.storage import LocalStorage
from engine.ids import IdSource, system_ids
from engine.resources import find_page
from engine.runtime.backend import Backend
from engine.runtime.catalog import Caches
from engine.runtime.sessions import SignInNeeded
from engine.settings import Settings
from engine.store.database import Database, Tx

MEGABYTE = 1024 * 1024
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
ELSEWHERE = "/api/{rest:path}"
PAGES = "/{path:path}"
IMMUTABLE = "public, max-age=31536000, immutable"
NO_PAGE = """<!doctype html><meta charset="utf-8"><title>Formwright</title>
<p>The browser application was not built. The API is served under /api/.</p>
<p>浏览器端未构建。接口位于 /api/。</p>"""


class NotFound(Rejection):
    """An address that leads nowhere."""

    code = "not_found"
    status = 404
    zh = "没有这个地址"
    en = "There is nothing at this address"


class MethodNotAllowed(Rejection):
    """An address that does not take this method."""

    code = "method_not_allowed"
    status = 405
    zh = "此地址不支持 {method}"
    en = "This address does not take {method}"


class RequestRefused(Rejection):
    """Whatever else the framework refuses."""

    code = "bad_request"
    status = 400
    zh = "请求无法处理: {reason}"
    en = "The request cannot be handled: {reason}"


def build_backend(
    settings: Settings, database: Database, *, clock: Clock | None = None, ids: IdSource | None = None
) -> Backend:
    """The parts a process runs on, with files in the data directory."""
    return Backend(
        settings=settings,
        database=database,
        caches=Caches(database.dialect),
        storage=LocalStorage(settings.data / "files"),
        clock=clock or SystemClock(),
        ids=ids or system_ids(),
    )


def create_app(
    backend: Backend, *, lifespan: Callable[[FastAPI], AbstractAsyncContextManager[None]] | None = None
) -> FastAPI:
    """The application on a backend; without `lifespan` the caller closes the database."""
    app = create_routes(lifespan)
    app.state.backend = backend
    app.state.attempts = Attempts()
    _handle_errors(app)
    app.add_middleware(ShortWay, routes=tuple(app.routes))
    app.add_middleware(
        Surroundings,
        public_url=backend.settings.public_url,
        new_request_id=lambda: next(backend.ids),
        max_upload=backend.settings.max_upload_mb * MEGABYTE,
    )
    return app


def create_routes(lifespan: Callable[[FastAPI], AbstractAsyncContextManager[None]] | None = None) -> FastAPI:
    """All routes on no backend: enough to describe the API, not to answer."""
    app = FastAPI(
        title="Formwright", version=__version__, docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan
    )
    # in one flat list, what is asked most first: an included router would match its routes twice
    for module in (
        bins,
        records,
        related,
        flows,
        sessions,
        queries,
        batches,
        apps,
        workspaces,
        calendars,
        files,
        formulas,
    ):
        app.router.routes.extend(module.router.routes)
    app.add_api_route("/healthz", _alive, include_in_schema=False)
    app.add_api_route("/readyz", _ready, include_in_schema=False)
    app.add_api_route("/api/openapi.json", _openapi, include_in_schema=False)
    app.add_api_route(ELSEWHERE, _nowhere, methods=list(METHODS), include_in_schema=False)
    app.add_api_route(PAGES, _page, include_in_schema=False)
    app.openapi = lambda: dict(describe(app))  # type: ignore[method-assign]  # FastAPI's own way to extend it
    return app


def _handle_errors(app: FastAPI) -> None:
    async def on_rejection(request: Request, error: Exception) -> Response:
        return rejected(request, error if isinstance(error, Rejection) else Bug())

    async def on_validation(request: Request, error: Exception) -> Response:
        try:
            require_credentials(request)
        except SignInNeeded as needed:
            return rejected(request, needed)
        found: list[Any] = list(error.errors()) if isinstance(error, RequestValidationError) else []
        if any(item["loc"][0] == "path" and item["type"] == "string_pattern_mismatch" for item in found):
            return rejected(request, NotFound())
        return rejected(request, Problems(shape_problems(found)))

    async def on_http(request: Request, error: Exception) -> Response:
        return rejected(request, _http_rejection(request, error))

    app.add_exception_handler(Rejection, on_rejection)
    app.add_exception_handler(RequestValidationError, on_validation)
    app.add_exception_handler(HTTPException, on_http)


def _http_rejection(request: Request, error: Exception) -> Rejection:
    status = error.status_code if isinstance(error, HTTPException) else Bug.status
    if status == NotFound.status:
        return NotFound()
    if status == MethodNotAllowed.status:
        return MethodNotAllowed(method=request.method)
    return RequestRefused(reason=str(getattr(error, "detail", ""))[:200])


async def _alive() -> Response:
    return answer({"status": "ok"})


async def _ready(request: Request) -> Response:
    """Whether the database answers."""
    backend: Backend = request.app.state.backend

    async def unit(tx: Tx) -> None:
        await backend.caches.surroundings(tx)

    await backend.database.read(unit)
    return answer({"status": "ready"})


async def _openapi(request: Request) -> Response:
    return answer(request.app.openapi())


async def _nowhere(request: Request) -> Response:
    """An address of the API that no route serves with this method."""
    allowed = [method for method in METHODS if _is_served(request, method)]
    if not allowed:
        raise NotFound
    response = rejected(request, MethodNotAllowed(method=request.method))
    response.headers["Allow"] = ", ".join(allowed)
    return response


def _is_served(request: Request, method: str) -> bool:
    scope = {**request.scope, "method": method}
    routes = (route for route in request.app.routes if getattr(route, "path", None) not in {ELSEWHERE, PAGES})
    return any(route.matches(scope)[0] is Match.FULL for route in routes)


async def _page(path: str) -> Response:
    """A file of the browser application; every other address is one of its own, so it gets the page itself."""
    folder = find_page()
    if folder is None:
        return HTMLResponse(NO_PAGE)
    file = _inside(folder, path)
    if file is not None:
        headers = {"cache-control": IMMUTABLE if path.startswith("assets/") else "no-cache"}
        return FileResponse(file, headers=headers)
    if path.startswith("assets/"):
        raise NotFound
    return FileResponse(folder / "index.html", headers={"cache-control": "no-cache"})


def _inside(folder: Path, path: str) -> Path | None:
    """The file of that path, if it is one and lies inside the folder."""
    try:
        file = (folder / path).resolve()
        return file if file.is_file() and file.is_relative_to(folder) else None
    except (OSError, ValueError):  # a name that no file can have
        return None
