"""How routes are described in OpenAPI: request bodies read by hand, and the one shape of every error."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel, JsonValue

from engine.api.bodies import (
    ActBody,
    CommentBody,
    EvaluateBody,
    KeyBody,
    LinkBody,
    PersonBody,
    RecordBody,
    RetryBody,
    SubmitBody,
    ValuesBody,
)
from engine.runtime.settings import SettingsChange

REFERENCE = "#/components/schemas/{model}"
BODIES: tuple[type[BaseModel], ...] = (
    ActBody, CommentBody, EvaluateBody, KeyBody, LinkBody, PersonBody, RecordBody, RetryBody, SettingsChange,
    SubmitBody, ValuesBody,
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


def takes(model: type[BaseModel]) -> dict[str, Any]:
    """The description of a request body that the route reads itself."""
    schema = {"$ref": REFERENCE.format(model=model.__name__)}
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": schema}}}}


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
