"""The commands of the READMEs on PostgreSQL: one URL in the environment is all that differs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from engine.cli import main
from engine.runtime.holidays import holiday_years
from engine.runtime.settings import DEFAULT_ZONE
from tests.commands.test_commands import TEMPLATE, Ran, copy_template, edit
from tests.conftest import Templates


def this_year() -> int:
    """Where the workspace is."""
    return datetime.now(ZoneInfo(DEFAULT_ZONE)).year


def unknown_from(year: int) -> list[str]:
    """Of a year and the next those whose holidays are not built in."""
    known = {found.year for found in holiday_years("CN")}
    return [str(one) for one in (year, year + 1) if one not in known]


@pytest.fixture
def url(templates: Templates, tmp_path: Path, pytestconfig: pytest.Config) -> Iterator[str]:
    """An empty, migrated database; on SQLite the other tests run the same commands."""
    if pytestconfig.getoption("--database") == "sqlite":
        pytest.skip("not wanted")
    made = templates.fresh("postgresql", "empty", tmp_path)
    yield made
    templates.drop(made)


def test_a_workspace_lives_from_its_admin_to_the_end_of_its_sample(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FORMWRIGHT_DATABASE_URL", url)
    monkeypatch.setenv("FORMWRIGHT_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("FORMWRIGHT_LANGUAGE", "en")

    def run(*words: str | Path) -> Ran:
        code = main([*map(str, words)])
        said = capsys.readouterr()
        return Ran(code, said.out, said.err)

    assert run("migrate").code == 0
    before = this_year()
    shown = run("check-config")
    assert shown.code == 0, shown.err
    assert "fits this release" in shown.out
    told = re.findall(r"does not know the holidays of (\d+)", shown.err)
    # the year may have changed meanwhile
    assert told in [unknown_from(before), unknown_from(this_year())]
    assert "sign-in?token=" in run("create-admin", "boss", "--name", "Boss").out
    assert "already" in run("create-admin", "boss").err
    ran = run("sample")
    assert ran.code == 0, ran.err
    assert "already" in run("sample").err
    assert "sign-in?token=" in run("sign-in-link", "zhang.wei").out
    assert "everything holds" in run("verify").out
    assert "nothing to change" in run("plan", TEMPLATE).out
    folder = copy_template(tmp_path)
    edit(folder / "entities" / "proposal.json", '"max_length": 2000, ', "")
    assert run("check", folder).code == 0
    assert "changed entities/proposal/review_note: max_length" in run("plan", folder).out
    assert "published version 2" in run("apply", folder, "--note", "longer").out
    assert "nothing to change" in run("apply", folder).out
    assert run("export", "project_initiation", tmp_path / "exported").code == 0
    assert "nothing to change" in run("plan", tmp_path / "exported").out
    ran = run("remove-sample", "--yes")
    assert "Removed 6 sample record(s)" in ran.out, ran.err
    assert run("sign-in-link", "zhang.wei").code == 1
    assert "sign-in?token=" in run("sign-in-link", "boss").out
    assert "everything holds" in run("verify").out
    assert not list((tmp_path / "data").glob("*.db"))
