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

from engine import __version__
from engine.app import NO_PAGE
from tests.durability.serving import free_port

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 60


def build(target: str, source: Path, folder: Path) -> Path:
    """The distribution, with the page if it was built."""
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", target, "-d", folder],
        cwd=source,
        env={**os.environ, "FORMWRIGHT_SKIP_UI": "1"},
        check=True,
        capture_output=True,
    )
    (built,) = folder.iterdir()
    return built


def contents(wheel: Path) -> dict[str, int]:
    with zipfile.ZipFile(wheel) as packed:
        return {entry.filename: entry.CRC for entry in packed.infolist() if ".dist-info/" not in entry.filename}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build("wheel", ROOT, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The unpacked source distribution."""
    packed = build("sdist", ROOT, tmp_path_factory.mktemp("sdist"))
    folder = tmp_path_factory.mktemp("unpacked")
    subprocess.run(["tar", "-xzf", packed, "-C", folder], check=True)
    return folder / packed.name.removesuffix(".tar.gz")


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of programs of an environment with the wheel, which borrows the dependencies of this one."""
    folder = tmp_path_factory.mktemp("elsewhere") / "venv"
    venv.create(folder, with_pip=False)
    pip: list[str | Path] = [
        sys.executable,
        "-m",
        "pip",
        "--python",
        folder / "bin" / "python",
        "--disable-pip-version-check",
    ]
    subprocess.run([*pip, "install", "-q", "--no-deps", "--no-index", wheel], check=True)
    site = Path(sysconfig.get_path("purelib", vars={"base": str(folder), "platbase": str(folder)}))
    # behind the wheel's own package on the path; an editable install of the checkout is not followed
    (site / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return folder / "bin"


def without_settings() -> dict[str, str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "FORMWRIGHT"))}
    return {**environment, "FORMWRIGHT_LANGUAGE": "en"}


def run(installed: Path, *arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [installed / "formwright", *arguments],
        cwd=cwd,
        env=without_settings(),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_the_wheel_holds_what_the_engine_needs(wheel: Path) -> None:
    names = contents(wheel)
    assert "engine/_migrations/versions/r0001_system_tables.py" in names
    assert "engine/_templates/1_initiation/project_initiation/app.json" in names
    assert "engine/_templates/org/sample/org.json" in names
    assert "engine/_templates/calendars/CN.json" in names
    assert {name.partition("/")[0] for name in names} == {"engine"}
    assert not [name for name in names if "node_modules" in name or name.endswith(".pyc")]


def test_a_wheel_from_the_source_distribution_is_the_same(wheel: Path, source: Path, tmp_path: Path) -> None:
    assert contents(build("wheel", source, tmp_path)) == contents(wheel)


def test_the_source_distribution_needs_no_node_if_the_page_is_current(source: Path) -> None:
    assert digest(source) == digest(ROOT)
    assert not [path for path in source.rglob("*") if path.name == "node_modules"]


def digest(source: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-c", "import build_page; print(build_page.source_digest())"],
        cwd=source / "builder_ui",
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def test_an_editable_install_copies_nothing_that_could_grow_stale(tmp_path: Path) -> None:
    asked = "import sys, hatchling.build as b; b.build_editable(sys.argv[1])"
    subprocess.run([sys.executable, "-c", asked, tmp_path], cwd=ROOT, check=True, capture_output=True)
    (built,) = tmp_path.iterdir()
    assert [name for name in contents(built) if not name.endswith(".pth")] == []


def test_commands_run_from_the_wheel(installed: Path, tmp_path: Path) -> None:
    where = subprocess.run(
        [installed / "python", "-c", "import engine; print(engine.__file__)"],
        cwd=tmp_path,
        env=without_settings(),
        capture_output=True,
        text=True,
        check=True,
    )
    package = Path(where.stdout.strip()).parent
    assert package.is_relative_to(installed.parent)
    assert run(installed, "version", cwd=tmp_path).stdout == f"formwright {__version__}\n"
    for folder in sorted((package / "_templates").glob("[0-9]_*/*")):
        checked = run(installed, "check", str(folder), cwd=tmp_path)
        assert checked.returncode == 0, checked.stderr
    assert run(installed, "migrate", cwd=tmp_path).returncode == 0
    ran = run(installed, "create-admin", "boss", cwd=tmp_path)
    assert "sign-in?token=" in ran.stdout, ran.stderr
    assert run(installed, "sample", cwd=tmp_path).returncode == 0
    assert run(installed, "verify", cwd=tmp_path).returncode == 0


def test_the_wheel_serves_the_api_and_the_page(installed: Path, wheel: Path, tmp_path: Path) -> None:
    port = free_port()
    with (tmp_path / "log").open("ab") as log:
        server = subprocess.Popen(
            [installed / "formwright", "serve", "--setup", "--port", str(port)],
            cwd=tmp_path,
            env=without_settings(),
            stdout=log,
            stderr=log,
        )
    try:
        assert b"ready" in fetch(f"http://127.0.0.1:{port}/readyz", server)
        page = fetch(f"http://127.0.0.1:{port}/", server)
        is_built = "engine/static/app/index.html" in contents(wheel)
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
