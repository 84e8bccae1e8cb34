"""The published JSON Schemas: current, described, and as strict as the models but not stricter."""

from __future__ import annotations

import json
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from pydantic import ValidationError
from referencing import Registry

from engine.model.canonical import read_document
from engine.model.json_text import read_json
from engine.model.schemas import SCHEMA_KINDS, build_schema, generate_schemas, schema_file
from engine.model.shape_problems import FALLBACK, shape_problems
from engine.model.values import Json
from tests.model.applications import APPLICATION_FOLDERS, ROOT, SMALL

SCHEMA_FOLDER = ROOT / "templates_library" / "schemas"
KIND_OF_FOLDER = {
    "entities": "entity",
    "forms": "form",
    "flows": "flow",
    "views": "view",
    "permission_sets": "permission_set",
    "scenarios": "scenario",
    "records": "records",
}
ODD_VALUES: tuple[Json, ...] = (
    None,
    True,
    0,
    -1,
    1.5,
    10**14,
    "",
    "a",
    "A b",
    "2026-01-01",
    [],
    ["a"],
    [{}],
    {},
    {"a": 1},
)


def kind_of(path: str) -> str:
    folder, _, name = path.rpartition("/")
    return KIND_OF_FOLDER.get(folder.rpartition("/")[2], name.removesuffix(".json"))


def validator(kind: str) -> Draft202012Validator:
    """Never with a registry that fetches what a document refers to."""
    return Draft202012Validator(build_schema(kind), registry=Registry())


def product_documents() -> Iterator[Path]:
    yield ROOT / "templates_library" / "org" / "sample" / "org.json"
    for folder in APPLICATION_FOLDERS:
        yield from (path for path in sorted(folder.rglob("*.json")) if kind_of(path.as_posix()) in SCHEMA_KINDS)


PRODUCT_DOCUMENTS = tuple(product_documents())


def places(tree: Json, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    yield path
    children = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    for step, child in children:
        yield from places(child, (*path, step))


def changed(tree: Json, path: tuple[str | int, ...], value: Json) -> Json:
    """The tree with another value at a place."""
    if not path:
        return value
    copy = deepcopy(tree)
    target = copy
    for step in path[:-1]:
        target = target[step]  # type: ignore[index]
    target[path[-1]] = value  # type: ignore[index]
    return copy


def variants(tree: Json) -> Iterator[Json]:
    """The tree with each of its places replaced, removed or added to, one at a time."""
    for path in places(tree):
        for value in ODD_VALUES:
            yield changed(tree, path, value)
    for path in places(tree):
        parent = tree
        for step in path[:-1]:
            parent = parent[step]  # type: ignore[index]
        if path and isinstance(parent, dict):
            less = {name: member for name, member in parent.items() if name != path[-1]}
            yield changed(tree, path[:-1], less)
            yield changed(tree, path[:-1], {**parent, "extra": parent[str(path[-1])]})


def model_schemas(kind: str) -> list[tuple[str, dict[str, dict[str, dict[str, str]]]]]:
    schema = json.loads(json.dumps(build_schema(kind)))
    bodies = [*schema.get("$defs", {}).items(), (kind, schema)]
    return [(name, body) for name, body in bodies if "properties" in body]


def test_the_committed_schemas_are_current() -> None:
    committed = {path.name: path.read_text(encoding="utf-8") for path in SCHEMA_FOLDER.iterdir()}
    assert committed == dict(generate_schemas())


@pytest.mark.parametrize("kind", SCHEMA_KINDS)
def test_a_schema_is_valid_and_stands_alone(kind: str) -> None:
    schema = build_schema(kind)
    Draft202012Validator.check_schema(schema)
    references = [part for part in json.dumps(schema).split('"$ref": "')[1:] if not part.startswith("#/$defs/")]
    assert references == []


@pytest.mark.parametrize("kind", SCHEMA_KINDS)
def test_every_member_is_described_in_both_languages(kind: str) -> None:
    undescribed = [
        f"{name}.{member}"
        for name, body in model_schemas(kind)
        for member, described in body["properties"].items()
        if "\n" not in described.get("description", "")
    ]
    assert undescribed == []


@pytest.mark.parametrize("path", PRODUCT_DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_the_documents_of_the_product_pass_their_schemas(path: Path) -> None:
    tree = json.loads(path.read_text(encoding="utf-8"))
    assert [error.message for error in validator(kind_of(path.as_posix())).iter_errors(tree)] == []
    if isinstance(tree, dict):
        schema = (path.parent / tree["$schema"]).resolve()
        assert schema == SCHEMA_FOLDER / schema_file(kind_of(path.as_posix()))


@pytest.mark.parametrize("path", SMALL)
def test_what_the_models_accept_the_schemas_accept_and_every_refusal_is_explained(path: str) -> None:
    kind = kind_of(path)
    model, check = SCHEMA_KINDS[kind], validator(kind)
    accepted = refused = 0
    for tree in variants(SMALL[path]):
        text = json.dumps(tree).encode()
        try:
            read_document(model, text)
        except ValidationError as error:
            refused += 1
            problems = shape_problems(model, error, read_json(text)[0])
            assert problems
            assert FALLBACK.code not in {problem.code for problem in problems}
            assert all(problem.text("zh-CN") and problem.text("en") for problem in problems)
        else:
            accepted += 1
            assert check.is_valid(tree), tree
    assert accepted > 10
    assert refused > 50
