"""The page's interpreter runs the same files of vectors as the server's, by its own command."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from builder_ui.build_page import HERE
from tests.conftest import skip_loudly
from tests.formula.vectors import OWN, shared_vectors
from tests.interpreters.page import node_environment, npm_command

# the language compares text case-sensitively
DECIDED_OTHERWISE = ["F0065"]


def run_vectors(file: Path) -> tuple[int, list[str]]:
    """What `npm run vectors -- FILE` ends with and prints."""
    ended = subprocess.run(
        [*npm_command(), "run", "--silent", "vectors", "--", str(file)],
        cwd=HERE,
        env={**node_environment(), "FORMWRIGHT_PYTHON": sys.executable, "FORMWRIGHT_LANGUAGE": "en"},
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    return ended.returncode, ended.stdout.splitlines()


def test_the_vectors_of_the_repository_hold_in_the_page() -> None:
    count = len(json.loads(OWN.read_text(encoding="utf-8"))["vectors"])
    assert run_vectors(OWN) == (0, [f"{count} passed, 0 failed"])


def test_the_outside_vectors_hold_in_the_page() -> None:
    file = shared_vectors()
    if file is None:
        skip_loudly("the outside formula vectors are absent")
    code, lines = run_vectors(file)
    assert [line.split()[1] for line in lines[:-1]] == DECIDED_OTHERWISE
    assert (code, lines[-1]) == (1, "289 passed, 1 failed")


def test_a_case_that_does_not_hold_is_listed_and_counted(tmp_path: Path) -> None:
    file = tmp_path / "vectors.json"
    wanted = {"type": "number", "value": "3"}
    cases = [{"id": name, "formula": formula, "expect": wanted} for name, formula in (("a", "1+2"), ("b", "NOSUCH(1)"))]
    file.write_text(json.dumps({"vectors": cases}), encoding="utf-8")
    code, lines = run_vectors(file)
    assert (code, lines[-1]) == (1, "1 passed, 1 failed")
    assert lines[0].startswith("✗ b  NOSUCH(1)")


def test_a_file_that_cannot_be_read_ends_with_2(tmp_path: Path) -> None:
    assert run_vectors(tmp_path / "none.json") == (2, [])
