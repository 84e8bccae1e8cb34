"""How routes are described in OpenAPI: request bodies read by hand, and the one shape of every error."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel, JsonValue

from engine.api.bodies import (
    ActBody,
    CheckConditionBody,
    CheckFormulaBody,
    CommentBody,
    EvaluateBody,
    HolidaysBody,
    KeyBody,
    LinkBody,
    PersonBody,
    RecordBody,
    RetryBody,
    SaveFormulaBody,
    SubmitBody,
    ValuesBody,
)
from engine.api.operation_bodies import BatchBody, RevertBody, UpsertBody
from engine.model.calendars import CalendarDefinition
from engine.model.reports import Aggregation, Distinct, Pivot, RecordQuery
from engine.runtime.repeats import MAX_KEY
from engine.runtime.settings import SettingsChange

REFERENCE = "#/components/schemas/{model}"
ENTITY_TAG = r'^(W/)?"?[0-9]{1,12}"?$'
BODIES: tuple[type[BaseModel], ...] = (
    ActBody, Aggregation, BatchBody, CalendarDefinition, CheckConditionBody,
    CheckFormulaBody, CommentBody, Distinct, EvaluateBody, HolidaysBody, KeyBody, LinkBody,
    PersonBody, Pivot, RecordBody, RecordQuery, RetryBody, RevertBody, SaveFormulaBody, SettingsChange, SubmitBody,
    UpsertBody, ValuesBody,
)  # fmt: skip


class ErrorItem(BaseModel):
    """One fault of the input; `path` is a JSON pointer."""

    code: str
    message: str
    path: str | None
    params: dict[str, JsonValue]


class ErrorContent(BaseModel):
    """What went wrong, in the caller's language."""

    code: str
    message: str
    path: str | None
    params: dict[str, JsonValue]
    request_id: str
    errors: list[ErrorItem]


class ErrorBody(BaseModel):
    """The shape of every error."""

    error: ErrorContent


ERRORS: dict[int | str, dict[str, Any]] = {"default": {"model": ErrorBody, "description": "Error"}}


Header: TypeAlias = dict[str, Any]
IDEMPOTENCY_KEY: Header = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "Chosen by the client for this request: sent again with the same key, it has the effect and the "
    "answer of the first time. With another body it is refused (422).",
    "schema": {"type": "string", "minLength": 1, "maxLength": MAX_KEY},
}
IF_MATCH: Header = {
    "name": "If-Match",
    "in": "header",
    "required": True,
    "description": "The version of the record that was seen, as its ETag. Without it 428; if a field that is written "
    "was changed since, 409 with both sides.",
    "schema": {"type": "string", "pattern": ENTITY_TAG},
}
WITH_ETAG: dict[int | str, dict[str, Any]] = {
    200: {
        "headers": {
            "ETag": {
                "description": "The version of the record, for If-Match.",
                "schema": {"type": "string", "pattern": ENTITY_TAG},
            }
        }
    }
}


def takes(model: type[BaseModel], *headers: Header) -> dict[str, Any]:
    """The description of a request body, and of headers, that the route reads itself."""
    schema = {"$ref": REFERENCE.format(model=model.__name__)}
    body = {"required": True, "content": {"application/json": {"schema": schema}}}
    return {"requestBody": body, "parameters": [*headers]} if headers else {"requestBody": body}


def repeatable(model: type[BaseModel]) -> dict[str, Any]:
    """As `takes`, of a request that may be sent again with the same key."""
    return takes(model, IDEMPOTENCY_KEY)


def describe(app: FastAPI) -> Mapping[str, Any]:
    """The OpenAPI document of the application, with the bodies that routes read themselves."""
    document: dict[str, Any] = get_openapi(
        title="Formwright",
        version=app.version,
        summary="Forms, approval flows and records",
        description="Sign in with a cookie session or send `Authorization: Bearer <API key>`.",
        routes=app.routes,
    )
    schemas: dict[str, Any] = document.setdefault("components", {}).setdefault("schemas", {})
    for model in BODIES:
        schema = model.model_json_schema(ref_template=REFERENCE)
        schemas.update(schema.pop("$defs", {}))
        schemas[model.__name__] = schema
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    for path in document["paths"].values():
        for operation in path.values():
            operation["responses"].pop("422", None)
    return document
