"""The short way to an endpoint: what it takes is known beforehand, so a plain request needs no machinery around it.

Endpoints whose parameters come from their path and query alone are called here, found in the order of the framework's
own routes. A request that is not plain (a parameter that does not fit, an address that no such endpoint serves) goes
the framework's way, which says what is wrong: nothing is refused here.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias, cast, get_type_hints

from fastapi.routing import APIRoute
from starlette.convertors import PathConvertor
from starlette.datastructures import QueryParams
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute
from starlette.types import ASGIApp, Receive, Scope, Send

from engine.api.answers import rejected
from engine.errors import Rejection

Endpoint: TypeAlias = Callable[..., Awaitable[Response]]
PLAIN_TYPES = (str, int, bool, str | None, int | None, bool | None)


class _NotPlain(Exception):
    """The framework must say what is wrong with the request."""


@dataclass(frozen=True)
class _Parameter:
    """A parameter of an endpoint. `field`: the framework's own reader; None: any text will do."""

    name: str
    alias: str
    field: Any | None
    is_required: bool
    default: object

    @classmethod
    def of(cls, field: Any) -> _Parameter:
        described = field.field_info
        is_text = described.annotation is str and not described.metadata
        required = bool(described.is_required())
        return cls(
            field.name, field.alias, None if is_text else field, required, None if required else described.default
        )

    def read(self, raw: str | None) -> object:
        if raw is None:
            if self.is_required:
                raise _NotPlain
            return self.default
        if self.field is None:
            return raw
        value, errors = self.field.validate(raw, {}, loc=())
        if errors:
            raise _NotPlain
        return value


@dataclass(frozen=True)
class _Way:
    """A route of the framework. `endpoint`: None where only the framework can call it."""

    pattern: re.Pattern[str]
    endpoint: Endpoint | None
    request_name: str | None
    path: tuple[_Parameter, ...]
    query: tuple[_Parameter, ...]

    def arguments(self, found: Mapping[str, str], query: bytes) -> dict[str, object]:
        given = {parameter.name: parameter.read(found.get(parameter.alias)) for parameter in self.path}
        if self.query:
            asked = QueryParams(query)
            given |= {parameter.name: parameter.read(asked.get(parameter.alias)) for parameter in self.query}
        return given


def _way(route: APIRoute) -> _Way:
    takes = route.dependant
    fields = [*takes.path_params, *takes.query_params]
    asks_more = (
        takes.dependencies, takes.header_params, takes.cookie_params, takes.body_params,
        takes.http_connection_param_name, takes.websocket_param_name, takes.response_param_name,
        takes.background_tasks_param_name, takes.security_scopes_param_name,
    )  # fmt: skip
    is_plain = (
        not any(asks_more)
        and get_type_hints(route.endpoint).get("return") is Response
        and all(field.field_info.annotation in PLAIN_TYPES for field in fields)
    )
    return _Way(
        pattern=route.path_regex,
        endpoint=cast("Endpoint", route.endpoint) if is_plain else None,
        request_name=takes.request_param_name,
        path=tuple(_Parameter.of(field) for field in takes.path_params),
        query=tuple(_Parameter.of(field) for field in takes.query_params),
    )


class ShortWay:
    """ASGI middleware before the framework's router."""

    def __init__(self, app: ASGIApp, *, routes: Sequence[BaseRoute]) -> None:
        self._app = app
        self._ways: dict[tuple[str, int], list[_Way]] = {}
        for route in routes:
            if not isinstance(route, APIRoute) or any(
                isinstance(item, PathConvertor) for item in route.param_convertors.values()
            ):
                break  # what follows may be taken by it
            for method in route.methods or ():
                self._ways.setdefault((method, route.path.count("/")), []).append(_way(route))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        found = self._find(scope) if scope["type"] == "http" and not scope.get("root_path") else None
        if found is None:
            await self._app(scope, receive, send)
            return
        endpoint, arguments, request_name = found
        request = Request(scope, receive, send)
        if request_name is not None:
            arguments[request_name] = request
        try:
            response = await endpoint(**arguments)
        except Rejection as rejection:
            response = rejected(request, rejection)
        except HTTPException as error:  # the framework refuses a form by one
            response = await request.app.exception_handlers[HTTPException](request, error)
        await response(scope, receive, send)

    def serves(self, method: str, path: str) -> bool:
        """Whether the endpoint of a plain request is called from here."""
        return self._find({"method": method, "path": path, "query_string": b""}) is not None

    def _find(self, scope: Scope) -> tuple[Endpoint, dict[str, object], str | None] | None:
        path: str = scope["path"]
        for way in self._ways.get((scope["method"], path.count("/")), ()):
            match = way.pattern.match(path)
            if match is None:
                continue
            if way.endpoint is None:
                return None
            try:
                found = match.groupdict()
                arguments = way.arguments(found, scope["query_string"])
            except _NotPlain:
                return None
            scope["path_params"] = found
            return way.endpoint, arguments, way.request_name
        return None
