"""The short way to endpoints: what it serves, and that it leaves everything else to the framework."""

from __future__ import annotations

from typing import Annotated

from fastapi import FastAPI, Query
from fastapi.routing import APIRoute
from httpx2 import ASGITransport, AsyncClient
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send

from engine.api.short_way import ShortWay
from engine.app import create_routes


async def show(
    request: Request,
    key: str,
    most: Annotated[int, Query(ge=1, le=9)] = 5,
    words: Annotated[str, Query(alias="q")] = "",
) -> Response:
    return JSONResponse({"key": key, "most": most, "words": words, "path": request.url.path})


async def refuse(request: Request) -> Response:
    raise HTTPException(400, "no form")


async def by_itself(most: int) -> dict[str, int]:
    return {"most": most}


def application() -> tuple[FastAPI, list[str]]:
    """Three endpoints, and a list of the paths that the framework itself was asked for."""
    app = FastAPI(openapi_url=None)
    app.add_api_route("/items/{key}", show)
    app.add_api_route("/items/{key}/form", refuse, methods=["POST"])
    app.add_api_route("/plain", by_itself)
    app.add_api_route("/{rest:path}", show)
    asked: list[str] = []

    async def on_http(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        return JSONResponse({"refused": error.detail}, status_code=error.status_code)

    app.add_exception_handler(HTTPException, on_http)
    inner = app.router

    async def framework(scope: Scope, receive: Receive, send: Send) -> None:
        asked.append(scope["path"])
        await inner(scope, receive, send)

    short = ShortWay(framework, routes=tuple(app.routes))
    app.router = short  # type: ignore[assignment]  # called the same way
    return app, asked


async def test_a_plain_request_never_meets_the_framework() -> None:
    app, asked = application()
    async with AsyncClient(transport=ASGITransport(app), base_url="http://test") as client:
        found = await client.get("/items/one?most=7&q=a%20b&other=1")
        assert found.json() == {"key": "one", "most": 7, "words": "a b", "path": "/items/one"}
        assert (await client.get("/items/one")).json()["most"] == 5
        assert asked == []


async def test_what_is_not_plain_is_left_to_the_framework() -> None:
    app, asked = application()
    async with AsyncClient(transport=ASGITransport(app), base_url="http://test") as client:
        assert (await client.get("/items/one?most=10")).status_code == 422
        assert (await client.get("/items/one?most=x")).status_code == 422
        assert (await client.get("/plain?most=3")).json() == {"most": 3}
        assert (await client.get("/elsewhere/at/all")).status_code == 422
        assert (await client.post("/items/one")).status_code in {404, 405}
        assert asked == ["/items/one", "/items/one", "/plain", "/elsewhere/at/all", "/items/one"]


async def test_a_refusal_of_the_framework_inside_an_endpoint_keeps_its_answer() -> None:
    app, _ = application()
    async with AsyncClient(transport=ASGITransport(app), base_url="http://test") as client:
        found = await client.post("/items/one/form")
        assert (found.status_code, found.json()) == (400, {"refused": "no form"})


def test_every_route_of_records_takes_the_short_way() -> None:
    short = ShortWay(FastAPI(), routes=tuple(create_routes().routes))
    places = [
        route
        for route in create_routes().routes
        # what has several parameters put together goes the framework's way
        if isinstance(route, APIRoute) and "records" in route.tags and not route.dependant.dependencies
    ]
    assert len(places) >= 8
    for route in places:
        path = route.path.replace("{record_id}", "0" * 24).replace("{version}", "1").replace("{", "").replace("}", "")
        for method in route.methods or ():
            assert short.serves(method, path), (method, path)
