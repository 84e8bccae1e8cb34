"""Documents as text: one text per meaning, and nothing lost on the way out and back."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from engine.model.application import Application
from engine.model.canonical import (
    LINE_LENGTH,
    canonical_json,
    dump_application,
    export_files,
    hash_of,
    parse_application,
)
from engine.model.loading import load_application
from engine.model.values import Json
from tests.model.applications import APPLICATION_FOLDERS, put, read_folder, small_files

ENTITY = "entities/order.json"


def loaded(files: dict[str, bytes]) -> Application:
    application, problems = load_application(files)
    assert application is not None, problems
    return application


@pytest.mark.parametrize("folder", [*APPLICATION_FOLDERS, None], ids=lambda folder: folder.name if folder else "small")
def test_an_exported_application_is_the_same_application(folder: Path | None) -> None:
    application = loaded(small_files() if folder is None else read_folder(folder))
    exported = export_files(application)
    again = loaded({path: text.encode() for path, text in exported.items()})
    assert again == application
    assert export_files(again) == exported


@pytest.mark.parametrize("folder", APPLICATION_FOLDERS, ids=lambda folder: folder.name)
def test_a_stored_version_is_the_same_application_without_sample_records(folder: Path) -> None:
    application = loaded(read_folder(folder))
    stored = dump_application(application)
    assert parse_application(stored) == replace(application, records={})
    assert dump_application(parse_application(stored)) == stored


def test_what_means_the_same_is_the_same_text() -> None:
    name: Json = {"title": "Name", "max_length": 255, "type": "text", "required": True, "key": "name", "sort": False}
    spelt_out = loaded(small_files(put(ENTITY, "/fields/1", name)))
    assert dump_application(spelt_out) == dump_application(loaded(small_files()))


def test_the_order_of_members_does_not_change_the_hash() -> None:
    document = dump_application(loaded(small_files()))
    assert hash_of(json.dumps(json.loads(document), sort_keys=True)) == hash_of(document)
    assert hash_of(document.replace("Desk", "Chair")) != hash_of(document)


def test_another_meaning_is_another_text() -> None:
    changed = loaded(small_files(put(ENTITY, "/fields/1/max_length", 10)))
    assert dump_application(changed) != dump_application(loaded(small_files()))


def test_members_have_one_order_and_short_objects_one_line() -> None:
    note: Json = {"title": "N", "min": -0.5, "decimals": 1, "type": "number", "key": "note"}
    text = canonical_json(loaded(small_files(put(ENTITY, "/fields/9", note))).entities["order"])
    lines = text.splitlines()
    assert '    {"key": "note", "type": "number", "title": "N", "decimals": 1, "min": -0.5}' in lines
    assert '  "title": {"zh-CN": "订单", "en": "Order"},' in lines
    assert "$schema" not in text
    assert all(len(line) <= LINE_LENGTH + 1 for line in lines)
    assert json.loads(text)["fields"][9]["min"] == -0.5
