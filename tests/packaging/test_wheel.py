"""The wheel works outside of a checkout: commands, templates, migrations, the page."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import time
import urllib.request
import venv
import zipfile
from pathlib import Path

import pytest

from engine.app import NO_PAGE
from tests.durability.serving import free_port

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 60


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, with the page if it was built."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder],
        cwd=ROOT,
        env={**os.environ, "FORMWRIGHT_SKIP_UI": "1"},
        check=True,
        capture_output=True,
    )
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of an environment with the wheel, which borrows the dependencies of this one."""
    folder = tmp_path_factory.mktemp("elsewhere") / "venv"
    venv.create(folder, with_pip=False)
    site = Path(sysconfig.get_path("purelib", vars={"base": str(folder), "platbase": str(folder)}))
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(site)
    # behind the wheel's own package on the path; an editable install of the checkout is not followed
    (site / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return folder / "bin" / "python"


def run(python: Path, *arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "FORMWRIGHT"))}
    return subprocess.run(
        [python, "-m", "engine.cli", *arguments],
        cwd=cwd,
        env={**environment, "FORMWRIGHT_LANGUAGE": "en"},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_the_wheel_holds_what_the_engine_needs(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as packed:
        names = packed.namelist()
    assert "engine/_migrations/versions/r0001_system_tables.py" in names
    assert "engine/_templates/1_initiation/project_initiation/app.json" in names
    assert "engine/_templates/org/sample/org.json" in names
    assert not [
        name for name in names if name.startswith(("tests/", "builder_ui/", "bench/")) or "node_modules" in name
    ]


def test_commands_run_from_the_wheel(installed: Path, tmp_path: Path) -> None:
    where = subprocess.run(
        [installed, "-c", "import engine; print(engine.__file__)"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert str(installed.parents[1]) in where.stdout
    assert run(installed, "version", cwd=tmp_path).stdout.startswith("formwright ")
    assert run(installed, "migrate", cwd=tmp_path).returncode == 0
    ran = run(installed, "create-admin", "boss", cwd=tmp_path)
    assert "sign-in?token=" in ran.stdout, ran.stderr
    assert run(installed, "sample", cwd=tmp_path).returncode == 0
    assert run(installed, "verify", cwd=tmp_path).returncode == 0


def test_the_wheel_serves_the_api_and_the_page(installed: Path, wheel: Path, tmp_path: Path) -> None:
    port = free_port()
    with (tmp_path / "log").open("ab") as log:
        server = subprocess.Popen(
            [installed, "-m", "engine.cli", "serve", "--setup", "--port", str(port)],
            cwd=tmp_path,
            stdout=log,
            stderr=log,
        )
    try:
        assert b"ready" in fetch(f"http://127.0.0.1:{port}/readyz", server)
        page = fetch(f"http://127.0.0.1:{port}/", server)
        with zipfile.ZipFile(wheel) as packed:
            is_built = "engine/static/app/index.html" in packed.namelist()
        assert (b'<div id="root">' in page) if is_built else (page == NO_PAGE.encode())
    finally:
        server.terminate()
        assert server.wait(timeout=30) == 0, (tmp_path / "log").read_text()


def fetch(url: str, server: subprocess.Popen[bytes]) -> bytes:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                content: bytes = answer.read()
                return content
        except OSError:
            time.sleep(0.05)
    raise AssertionError(f"no answer from {url}")
