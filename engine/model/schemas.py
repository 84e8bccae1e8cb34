"""JSON Schemas of every kind of file, generated from the models, for editors and other tools."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import TypeAlias

from pydantic import BaseModel

from engine.model.apps import App
from engine.model.base import FORMAT
from engine.model.entities import Entity
from engine.model.fields import FIELD_TYPES
from engine.model.flows import Flow
from engine.model.forms import Form
from engine.model.org import Org
from engine.model.permission_sets import PermissionSet
from engine.model.sample_records import SampleRecords
from engine.model.scenarios import Scenario
from engine.model.schema_texts import member_text
from engine.model.values import Json
from engine.model.views import View

DIALECT = "https://json-schema.org/draft/2020-12/schema"
SCHEMA_KINDS: Mapping[str, type[BaseModel]] = {
    "app": App,
    "entity": Entity,
    "form": Form,
    "flow": Flow,
    "view": View,
    "permission_set": PermissionSet,
    "scenario": Scenario,
    "org": Org,
    "records": SampleRecords,
}
_Members: TypeAlias = dict[str, Json]


def schema_file(kind: str) -> str:
    """The file name of the schema of a kind."""
    return f"{kind}.schema.json"


def generate_schemas() -> Mapping[str, str]:
    """The text of every schema by its file name."""
    return {schema_file(kind): _text(kind) for kind in SCHEMA_KINDS}


def build_schema(kind: str) -> Mapping[str, Json]:
    """The schema of one kind of file."""
    model = SCHEMA_KINDS[kind]
    schema: _Members = model.model_json_schema(by_alias=True)
    for name, body in _objects(schema, model.__name__):
        _describe(name, body)
    _simplify(schema)
    return {"$schema": DIALECT, "$id": f"urn:formwright:schema:{FORMAT}:{kind}", **schema}


def _text(kind: str) -> str:
    return json.dumps(build_schema(kind), ensure_ascii=False, indent=1) + "\n"


def _objects(schema: _Members, name: str) -> Iterator[tuple[str, _Members]]:
    """The schemas of all models in `schema`, with the names of the models."""
    yield name, schema
    definitions = schema.get("$defs")
    if isinstance(definitions, dict):
        for key, body in definitions.items():
            if isinstance(body, dict):
                yield key, body


def _describe(name: str, body: _Members) -> None:
    """Adds what a person reads, and `type` to what a field needs: without it nothing says which type it is."""
    for field_type in FIELD_TYPES:
        if field_type.__name__ == name:
            title, description = field_type.type_title, field_type.type_description
            body["title"] = f"{title.zh_cn} / {title.en}"
            body["description"] = f"{description.zh_cn}\n{description.en}"
            required = body.get("required")
            body["required"] = ["type", *(required if isinstance(required, list) else [])]
    properties = body.get("properties")
    for member, described in properties.items() if isinstance(properties, dict) else ():
        text = member_text(name, member)
        if text is not None and isinstance(described, dict):
            described["description"] = f"{text.zh}\n{text.en}"
            described.pop("title", None)


def _simplify(tree: Json) -> None:
    """Drops what no JSON Schema reader uses: OpenAPI's discriminator and defaults that say nothing."""
    if isinstance(tree, list):
        for item in tree:
            _simplify(item)
    if isinstance(tree, dict):
        if isinstance(tree.get("discriminator"), dict) and "oneOf" in tree:
            del tree["discriminator"]
        if "default" in tree and tree["default"] is None:
            del tree["default"]
        for item in tree.values():
            _simplify(item)
