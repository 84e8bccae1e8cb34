"""Nothing is left out in silence: what a machine lacks is said, and fails where everything must run."""

from __future__ import annotations

import re

import pytest

from tests.architecture.sources import ROOT
from tests.conftest import LOUD, skip_loudly

SKIP = re.compile(r"pytest\.skip\((?P<reason>[^)]*)\)")


def test_what_is_missing_is_skipped_aloud(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match=f"{LOUD} there is no Chromium"):
        skip_loudly("there is no Chromium")


def test_what_is_missing_fails_where_everything_must_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match=f"{LOUD} there is no Chromium"):
        skip_loudly("there is no Chromium")


def test_only_outside_data_may_be_absent_everywhere() -> None:
    skips = {
        (file.relative_to(ROOT).as_posix(), found["reason"])
        for file in (ROOT / "tests").rglob("*.py")
        if file != ROOT / "tests" / "conftest.py"
        for found in SKIP.finditer(file.read_text(encoding="utf-8"))
    }
    # a database that was not chosen is not missing
    assert [item for item in skips if "the outside" not in item[1] and item[1] != '"not wanted"'] == []
