"""Bodies of answers: orjson bytes, and the one shape of every error."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

import orjson
from pydantic import BaseModel
from starlette import status as codes
from starlette.requests import Request
from starlette.responses import Response

from engine.errors import Param, Problem, Problems, Rejection
from engine.runtime.backend import Backend

JSON = "application/json"


def encode(value: object) -> object:
    """What orjson does not know by itself: authored documents, exact numbers, tuples and sets are JSON too."""
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json", by_alias=True)
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, frozenset | set):
        return sorted(value)
    raise TypeError


def body(content: object) -> bytes:
    """JSON bytes of a view."""
    return orjson.dumps(content, default=encode)


def answer(content: object, *, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """A JSON response."""
    return Response(body(content), status_code=status, headers=headers, media_type=JSON)


def error_body(
    rejection: Rejection, *, language: str, request_id: str, errors: Iterable[Problem] | None = None
) -> dict[str, object]:
    """`{"error": {code, message, path, params, request_id, errors}}` in the caller's language."""
    problems = errors if errors is not None else (rejection.errors if isinstance(rejection, Problems) else ())
    return {
        "error": {
            "code": rejection.code,
            "message": rejection.text(language),
            "path": rejection.path,
            "params": rejection.params,
            "request_id": request_id,
            "errors": [problem_body(problem, language=language) for problem in problems],
        }
    }


def problem_body(problem: Problem, *, language: str) -> dict[str, str | dict[str, Param] | None]:
    """One entry of `errors`."""
    return {
        "code": problem.code,
        "message": problem.text(language),
        "path": problem.path,
        "params": dict(problem.params),
    }


def caller_language(request: Request) -> str:
    """`zh-CN` or `en` by what the Accept-Language header names first; for other languages the server's setting."""
    header = request.headers.get("accept-language", "")
    first = header.split(",", 1)[0].strip().lower()
    if first.startswith("en"):
        return "en"
    backend: Backend = request.app.state.backend
    return "zh-CN" if first.startswith("zh") else backend.settings.language


def rejected(request: Request, rejection: Rejection) -> Response:
    """The response of a rejection."""
    content = error_body(
        rejection, language=caller_language(request), request_id=str(request.scope.get("request_id", ""))
    )
    return answer(content, status=rejection.status, headers=_when_again(rejection))


def _when_again(rejection: Rejection) -> dict[str, str] | None:
    """The header that says after how many seconds it may be tried again."""
    match rejection.status:
        case codes.HTTP_503_SERVICE_UNAVAILABLE:
            return {"Retry-After": "1"}
        case codes.HTTP_429_TOO_MANY_REQUESTS:
            return {"Retry-After": str(rejection.params["seconds"])}
        case _:
            return None
