"""The command line as an operator uses it: what it prints, how it ends, what it says when it cannot go on."""

from __future__ import annotations

import json
import os
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from engine.cli import main

ROOT = Path(__file__).resolve().parents[2]
TEMPLATE = ROOT / "templates_library" / "1_initiation" / "project_initiation"
PORT_TAKEN = "Port {port} is taken; choose another one: formwright serve --port …, or make run PORT=…\n"


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str


def formwright(*arguments: str | Path, language: str = "en", **environment: str) -> Ran:
    found = subprocess.run(
        [sys.executable, "-m", "engine.cli", *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, "FORMWRIGHT_LANGUAGE": language, **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    # an error that was not foreseen ends with the same code as one that was
    assert "Traceback" not in found.stderr, found.stderr
    return Ran(found.returncode, found.stdout, found.stderr)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data directory with an empty, migrated database."""
    folder = tmp_path / "data"
    assert formwright("migrate", "--data", folder).code == 0
    return folder


def copy_template(place: Path) -> Path:
    folder = place / "project_initiation"
    for file in TEMPLATE.rglob("*.json"):
        target = folder / file.relative_to(TEMPLATE)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(file.read_bytes())
    return folder


def edit(file: Path, before: str, after: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert before in text
    file.write_text(text.replace(before, after, 1), encoding="utf-8")


def test_check_reports_all_problems_with_file_pointer_code_and_text(tmp_path: Path) -> None:
    folder = copy_template(tmp_path)
    edit(folder / "entities" / "proposal.json", '"SUM({lines.amount})"', '"SUM({lines.amonut})"')
    edit(folder / "views" / "all_projects.json", '"budget"', '"bugdet"')
    edit(folder / "flows" / "approve_proposal.json", '"when": "{budget}>=1000000"', '"when": "{budget}>="')
    edit(folder / "forms" / "apply.json", '"outsourced",', '"outsourcd",')
    ran = formwright("check", folder)
    assert ran.code == 1
    lines = [line for line in ran.err.splitlines() if line.startswith("✗")]
    places = {line.split()[1].removeprefix(str(folder)) for line in lines}
    assert {"/views/all_projects.json#/columns/6", "/forms/apply.json#/layout/3/items/0"} <= places
    for line in lines:
        assert len(line.split("  ")) >= 3
    assert "没有" in formwright("check", folder, language="zh-CN").err


def test_check_accepts_what_ships() -> None:
    ran = formwright("check", TEMPLATE, ROOT / "examples" / "travel_expense", ROOT / "bench" / "expenses")
    assert (ran.code, ran.err) == (0, "")


def test_plan_writes_nothing_apply_publishes_and_applying_twice_changes_nothing(data: Path, tmp_path: Path) -> None:
    folder = copy_template(tmp_path)
    assert "added entities/proposal" in formwright("plan", folder, "--data", data).out
    assert "published version 1" in formwright("apply", folder, "--data", data).out
    assert "nothing to change" in formwright("apply", folder, "--data", data).out
    edit(folder / "entities" / "proposal.json", '"max_length": 2000, ', "")
    again = formwright("plan", folder, "--data", data).out
    assert "changed entities/proposal/review_note: max_length" in again
    assert "published version 2" in formwright("apply", folder, "--data", data, "--note", "longer").out
    out = tmp_path / "exported"
    assert formwright("export", "project_initiation", out, "--data", data).code == 0
    assert "nothing to change" in formwright("plan", out, "--data", data).out
    second = formwright("export", "project_initiation", out, "--data", data)
    assert (second.code, second.err) == (
        1,
        f"The folder {out} is not empty; --force overwrites files of the same name\n",
    )


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    ran = formwright("check", tmp_path / "nothing")
    assert (ran.code, ran.err) == (1, f"{tmp_path / 'nothing'} cannot be read: not a folder\n")


@pytest.fixture
def here(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Ran]:
    """The command in this process; an error that was not foreseen fails the test."""
    monkeypatch.setenv("FORMWRIGHT_LANGUAGE", "en")

    def run(*arguments: str | Path) -> Ran:
        code = main([str(argument) for argument in arguments])
        return Ran(code, *capsys.readouterr())

    return run


def test_only_json_files_of_a_folder_are_read_and_none_beyond_its_bound(
    here: Callable[..., Ran], tmp_path: Path
) -> None:
    folder = copy_template(tmp_path)
    with (folder / "README.bin").open("wb") as file:
        file.truncate(8 * 1024**4)
    assert here("check", folder).code == 0
    with (folder / "entities" / "vast.json").open("wb") as file:
        file.truncate(8 * 1024**4)
    ran = here("check", folder)
    assert ran.code == 1
    assert "/entities/vast.json#  json_too_large" in ran.err


def test_a_place_that_cannot_be_written_is_said_plainly(here: Callable[..., Ran], tmp_path: Path) -> None:
    here("migrate", "--data", tmp_path / "data")
    here("apply", copy_template(tmp_path), "--data", tmp_path / "data")
    (tmp_path / "file").write_text("x", encoding="ascii")
    (tmp_path / "out" / "app.json").mkdir(parents=True)
    for place in (tmp_path / "file", tmp_path / "file" / "out", tmp_path / "out"):
        ran = here("export", "project_initiation", place, "--data", tmp_path / "data", "--force")
        assert (ran.code, ran.err.startswith(str(tmp_path)), "cannot be used: " in ran.err) == (1, True, True), ran.err
    assert "cannot be used: Is a directory" in here("openapi", tmp_path).err


def test_bytes_that_are_no_text_are_refused(here: Callable[..., Ran]) -> None:
    for arguments in (("create-admin", "boss", "--name", "\udcff\udcfe"), ("check", "/tmp/\udcff")):
        ran = here(*arguments)
        assert (ran.code, ran.err.startswith("The argument '"), "is not UTF-8 text" in ran.err) == (1, True, True)


def test_addresses_that_are_none_are_named(here: Callable[..., Ran], tmp_path: Path) -> None:
    for url in ("http://[bad", "javascript:alert(1)", "http://", "forms.example", "https://forms.example:99999"):
        ran = here("serve", "--data", tmp_path, "--base-url", url)
        assert (ran.code, ran.err) == (1, f"Setting FORMWRIGHT_BASE_URL cannot be used: {url}\n")
    ran = here("verify", "--database-url", "postgresql://[::1/x", "--data", tmp_path)
    assert (ran.code, ran.err.startswith("Setting FORMWRIGHT_DATABASE_URL cannot be used")) == (1, True)
    for url in ("postgresql://%zz@@:::/x", "postgresql://a@127.0.0.1:99999/x"):
        ran = here("verify", "--data", tmp_path, "--database-url", url)
        assert (ran.code, ran.err.count("\n")) == (1, 1), ran.err


def test_a_field_that_is_left_out_is_hidden_and_comes_back_with_its_values(data: Path, tmp_path: Path) -> None:
    folder = copy_template(tmp_path)
    formwright("apply", folder, "--data", data)
    file = folder / "entities" / "project.json"
    entity = json.loads(file.read_text(encoding="utf-8"))
    whole = json.dumps(entity)
    entity["fields"] = [field for field in entity["fields"] if field["key"] != "cost_center"]
    file.write_text(json.dumps(entity), encoding="utf-8")
    edit(folder / "forms" / "project.json", '"cost_center", ', "")
    edit(folder / "flows" / "approve_proposal.json", '"cost_center": "{cost_center}", ', "")
    edit(folder / "permission_sets" / "project_everyone.json", ', "cost_center": "hidden"', "")
    (folder / "records" / "project.json").unlink()
    ran = formwright("apply", folder, "--data", data)
    assert "hidden entities/project/cost_center" in ran.out, ran.err
    file.write_text(whole, encoding="utf-8")
    assert "added entities/project/cost_center" in formwright("apply", folder, "--data", data).out
    assert formwright("verify", "--data", data).code == 0


def test_a_change_that_stored_records_do_not_allow_is_refused(data: Path, tmp_path: Path) -> None:
    folder = copy_template(tmp_path)
    formwright("apply", folder, "--data", data)
    edit(folder / "entities" / "project.json", '"key": "start", "type": "date"', '"key": "start", "type": "text"')
    ran = formwright("apply", folder, "--data", data)
    assert ran.code == 1
    assert "type_change_unsupported" in ran.err
    assert "formula_type" in ran.err  # the map of the trigger gives a date


def test_scenarios_of_the_library_hold() -> None:
    ran = formwright("scenario", TEMPLATE)
    assert ran.code == 0, ran.err
    assert "10 scenario(s), 0 failed" in ran.out


def test_a_scenario_that_does_not_hold_says_where(tmp_path: Path) -> None:
    folder = copy_template(tmp_path)
    edit(folder / "scenarios" / "chair_vetoes.json", '"status": "rejected"', '"status": "approved"')
    ran = formwright("scenario", folder, "--only", "chair_vetoes")
    assert ran.code == 1
    assert "the status is rejected, not approved" in ran.err


def test_a_sign_in_link_is_for_an_account_that_exists(data: Path) -> None:
    made = formwright("create-admin", "boss", "--name", "Boss", "--data", data)
    link, note = made.out.splitlines()
    assert (link.partition("?")[0], note) == ("http://127.0.0.1:8000/sign-in", "good for 24 hours, once")
    ran = formwright("sign-in-link", "boss", "--data", data, "--base-url", "https://forms.example")
    assert ran.out.startswith("https://forms.example/sign-in?token=")
    ran = formwright("sign-in-link", "nobody", "--data", data)
    assert (ran.code, ran.err) == (1, "There is no account nobody, or it is disabled\n")
    assert "already" in formwright("create-admin", "boss", "--data", data).err


def test_sample_data_comes_and_goes(data: Path) -> None:
    formwright("create-admin", "boss", "--data", data)
    assert formwright("sample", "--data", data).code == 0
    assert "already" in formwright("sample", "--data", data).err
    assert formwright("verify", "--data", data).code == 0
    asked = formwright("remove-sample", "--data", data)
    assert asked.code == 1
    assert "no departments" in asked.err
    assert "没有部门" in formwright("remove-sample", "--data", data, language="zh-CN").err
    ran = formwright("remove-sample", "--yes", "--data", data)
    assert "Removed 6 sample record(s)" in ran.out
    assert formwright("verify", "--data", data).code == 0
    assert formwright("sign-in-link", "zhang.wei", "--data", data).code == 1


@pytest.mark.parametrize(
    "command",
    [
        ["verify"],
        ["sign-in-link", "admin"],
        ["create-admin", "boss"],
        ["plan", str(TEMPLATE)],
        ["apply", str(TEMPLATE)],
        ["export", "project_initiation", "out"],
        ["serve", "--port", "0"],
        ["sample"],
        ["remove-sample", "--yes"],
    ],
    ids=lambda words: words[0],
)
def test_where_there_is_no_workspace_this_is_said_and_nothing_is_made(
    command: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for language, text in (("en", "There is no workspace in {place}; name"), ("zh-CN", "{place} 中没有工作区")):
        monkeypatch.setenv("FORMWRIGHT_LANGUAGE", language)
        assert main([*command, "--data", "none"]) == 1
        assert capsys.readouterr().err.startswith(text.format(place=tmp_path / "none"))
    assert [*tmp_path.iterdir()] == []


def test_checking_settings_makes_no_workspace(tmp_path: Path) -> None:
    ran = formwright("check-config", "--data", tmp_path / "none")
    assert (ran.code, ran.out.splitlines()[-1]) == (1, "database: not set up yet (run formwright migrate)")
    assert [*tmp_path.iterdir()] == []


def test_a_database_that_is_newer_is_refused(data: Path) -> None:
    with sqlite3.connect(data / "formwright.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    ran = formwright("serve", "--data", data, "--port", "0")
    assert (ran.code, ran.err) == (1, "The database was written by a newer release; upgrade Formwright\n")
    assert formwright("check-config", "--data", data).code == 1


def test_a_taken_port_is_said_plainly(data: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        ran = formwright("serve", "--data", data, "--port", str(port))
    assert (ran.code, ran.err) == (1, PORT_TAKEN.format(port=port))


def test_a_directory_that_cannot_be_written_is_said_plainly(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="ascii")
    ran = formwright("migrate", "--data", tmp_path / "file" / "data")
    assert ran.code == 1
    assert "cannot be written" in ran.err


def test_a_setting_that_cannot_be_used_is_named() -> None:
    ran = formwright("check-config", FORMWRIGHT_PORT="many")
    assert (ran.code, ran.err) == (1, "Setting FORMWRIGHT_PORT cannot be used: many\n")
    ran = formwright("check-config", FORMWRIGHT_DATABASE_URL="mysql://x")
    assert ran.code == 1


def test_wrong_usage_is_explained() -> None:
    assert formwright("nothing").code == 2
    assert "sign-in-link" in formwright("--help").out
    assert formwright("version").out.startswith("formwright ")


# complains when a database is opened, or a file written that was not asked for
WATCHED = """
import os, sys
from engine.cli import main
def watch(event, arguments):
    if event == "sqlite3.connect" or (event == "open" and arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)):
        if not str(arguments[0]).endswith((".pyc", "openapi.json")) and ".pyc." not in str(arguments[0]):
            print("opened", arguments[0])
sys.addaudithook(watch)
sys.exit(main(sys.argv[1:]))
"""


def test_describing_the_api_takes_neither_settings_nor_a_database(tmp_path: Path) -> None:
    found = subprocess.run(
        [sys.executable, "-c", WATCHED, "openapi", str(tmp_path / "openapi.json")],
        cwd=ROOT,
        env={**os.environ, "FORMWRIGHT_DATABASE_URL": "mysql://x"},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert (found.returncode, found.stdout, found.stderr) == (0, "", "")


def test_the_api_description_is_written_to_a_file(tmp_path: Path) -> None:
    file = tmp_path / "openapi.json"
    assert formwright("openapi", file).code == 0
    assert json.loads(file.read_text(encoding="utf-8")) == json.loads(
        (ROOT / "builder_ui" / "openapi.json").read_text(encoding="utf-8")
    )
