"""Formats: what is newer is refused, what is older is brought to the present one step by step."""

from __future__ import annotations

import json

import pytest

from engine.errors import Rejection
from engine.model.base import FORMAT
from engine.model.canonical import dump_application, parse_application
from engine.model.json_text import JsonTree
from engine.model.loading import load_application
from engine.model.upgrade import UPGRADES, read_format, upgrade_document
from tests.model.applications import small_files


def test_every_older_format_has_its_upgrade() -> None:
    assert set(UPGRADES) == set(range(1, FORMAT))


@pytest.mark.parametrize(
    ("stated", "code"),
    [(FORMAT + 1, "format_newer"), (0, "format_unknown"), ("1", "format_unknown"), (True, "format_unknown")],
)
def test_a_format_that_is_not_known_is_refused(stated: JsonTree, code: str) -> None:
    with pytest.raises(Rejection) as refusal:
        read_format({"format": stated})
    assert (refusal.value.code, refusal.value.path) == (code, "/format")


def test_a_document_of_the_present_format_stays_as_it_is() -> None:
    tree: JsonTree = {"format": FORMAT, "key": "a"}
    assert upgrade_document("app", tree, written_in=read_format(tree)) is tree


def test_a_stored_version_of_a_newer_format_is_refused() -> None:
    application, _ = load_application(small_files())
    assert application is not None
    stored = json.loads(dump_application(application)) | {"format": FORMAT + 1}
    with pytest.raises(Rejection) as refusal:
        parse_application(json.dumps(stored))
    assert refusal.value.code == "format_newer"
