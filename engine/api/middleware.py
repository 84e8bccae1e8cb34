"""What surrounds every request: an id, security headers, the body limit, the origin check, the access log."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable, Iterable
from typing import TypeAlias
from urllib.parse import quote, urlsplit

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from engine.api.answers import JSON, rejected
from engine.errors import Rejection

log = logging.getLogger("formwright.access")
errors = logging.getLogger("formwright")
SESSION_COOKIE = "formwright_session"
BEARER = "bearer "
# what curl and others say of any body; a form that a page sends is so written that it is never JSON
CALLED_A_FORM = "application/x-www-form-urlencoded"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
REQUEST_ID = re.compile(r"^[A-Za-z0-9._-]{8,64}$")
MAX_JSON_BYTES = 2 * 1024 * 1024
CONTENT_POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "font-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; "
    "frame-ancestors 'none'"
)
RawHeader: TypeAlias = tuple[bytes, bytes]
REQUEST_ID_HEADER = b"x-request-id"
SECURITY_HEADERS: tuple[RawHeader, ...] = (
    (b"content-security-policy", CONTENT_POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"x-frame-options", b"DENY"),
    (b"cross-origin-opener-policy", b"same-origin"),
)
API_HEADERS: tuple[RawHeader, ...] = (*SECURITY_HEADERS, (b"cache-control", b"no-store"))


class BodyTooLarge(Rejection):
    """A JSON body beyond 2 MiB."""

    code = "body_too_large"
    status = 413
    zh = "请求内容超过 {limit} 字节"
    en = "The body is larger than {limit} bytes"


class OriginRefused(Rejection):
    """A change asked for by a page of another site."""

    code = "origin_refused"
    status = 403
    zh = "请求来自其他网站, 已拒绝"
    en = "The request comes from another site"


class JsonExpected(Rejection):
    """A body of a kind that a page of another site could send as well."""

    code = "json_expected"
    status = 415
    zh = "请求内容的类型应为 application/json"
    en = "Send the body as application/json"


class Bug(Rejection):
    """Our fault; the request id leads to the log."""

    code = "internal_error"
    status = 500
    zh = "系统内部错误, 请把请求编号告诉管理员"
    en = "Something went wrong inside; give the request id to your admin"


class Surroundings:
    """ASGI middleware around the whole application."""

    def __init__(self, app: ASGIApp, *, public_url: str, new_request_id: Callable[[], str], max_upload: int) -> None:
        self._app = app
        self._public_host = urlsplit(public_url).netloc
        self._new_request_id = new_request_id
        self._max_upload = max_upload

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        given = headers.get("x-request-id", "")
        scope["request_id"] = given if REQUEST_ID.match(given) else self._new_request_id()
        started = time.perf_counter()
        status = 0

        async def send_with_headers(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = _with_headers(
                    message.get("headers", ()), request_id=scope["request_id"], is_api=scope["path"].startswith("/api/")
                )
            await send(message)

        try:
            refusal = self._refusal(scope, headers)
            if refusal is not None:
                await rejected(Request(scope), refusal)(scope, receive, send_with_headers)
            else:
                await self._app(scope, self._limited(scope, receive), send_with_headers)
        except Exception:
            if status:
                raise
            errors.exception("request %s failed", scope["request_id"], extra={"request_id": scope["request_id"]})
            await rejected(Request(scope), Bug())(scope, receive, send_with_headers)
        finally:
            log.info(
                "%s %s %d %.1f ms",
                scope["method"],
                # the path as it was sent: decoded it could write lines of its own
                quote(scope["path"]),
                status,
                (time.perf_counter() - started) * 1000,
                extra={"request_id": scope["request_id"]},
            )

    def _refusal(self, scope: Scope, headers: Headers) -> Rejection | None:
        if scope["method"] in SAFE_METHODS:
            return None
        # a browser sends cookies by itself, and signs in by a link without any; it never sends a key by itself
        if headers.get("authorization", "")[: len(BEARER)].lower() != BEARER:
            origin = headers.get("origin")
            if origin is not None and not self._is_own(_host_of(origin), headers):
                return OriginRefused()
            if not _may_be_json(scope["path"], headers):
                return JsonExpected()
        length = headers.get("content-length", "0")
        limit = self._limit(scope)
        if length.isdigit() and int(length) > limit:
            return BodyTooLarge(limit=limit)
        return None

    def _is_own(self, host: str, headers: Headers) -> bool:
        return host != "" and host in {headers.get("host"), self._public_host}

    def _limit(self, scope: Scope) -> int:
        # a multipart body carries boundaries and headers besides the file
        return self._max_upload + 64 * 1024 if scope["path"] == "/api/files" else MAX_JSON_BYTES

    def _limited(self, scope: Scope, receive: Receive) -> Receive:
        limit, seen = self._limit(scope), 0

        async def receive_counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > limit:
                raise BodyTooLarge(limit=limit)
            return message

        return receive_counted


def _with_headers(given: Iterable[RawHeader], *, request_id: str, is_api: bool) -> list[RawHeader]:
    """The headers of an answer with those that every answer has, unless it brings its own."""
    headers = [pair for pair in given if pair[0] != REQUEST_ID_HEADER]
    known = {name for name, _ in headers}
    headers += [pair for pair in (API_HEADERS if is_api else SECURITY_HEADERS) if pair[0] not in known]
    headers.append((REQUEST_ID_HEADER, request_id.encode("latin-1")))
    return headers


def _host_of(origin: str) -> str:
    """Host and port of an origin; an empty text stands for one that is no address."""
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return ""


def _may_be_json(path: str, headers: Headers) -> bool:
    """Whether the body is of the kind that the address takes, as far as its type tells."""
    if not path.startswith("/api/") or path == "/api/files":
        return True
    kind = headers.get("content-type", JSON).partition(";")[0].strip().lower()
    return kind in {JSON, CALLED_A_FORM}
