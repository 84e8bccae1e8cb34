"""The repository speaks of the product alone, and of no machine."""

from __future__ import annotations

import json
import re

from tests.architecture.sources import ROOT, tracked

# written in parts, so that this file does not hold what it looks for
PLACES = [f"/{name}/" for name in ("work", "home", "opt")]
REGISTRIES = [f"{name}.{rest}" for name, rest in (("registry", "npm"), ("npm", "mirror"), ("files", "python"))]
ALLOWED = {"docs/settings.md"}
TEXT = {".py", ".md", ".json", ".toml", ".ts", ".tsx", ".css", ".html", ".mjs", ".yml", ".cfg", ""}


def texts() -> dict[str, str]:
    return {
        str(path): (ROOT / path).read_text(encoding="utf-8")
        for path in tracked()
        if path.suffix in TEXT or path.name == "Makefile"
    }


def test_no_machine_is_named() -> None:
    pattern = re.compile("|".join(rf"(?<![\w.$}}]){re.escape(place)}\w" for place in PLACES))
    found = {name: match.group(0) for name, text in texts().items() if (match := pattern.search(text))}
    assert {name: place for name, place in found.items() if name not in ALLOWED} == {}


def test_no_registry_is_named() -> None:
    assert [name for name, text in texts().items() if any(host in text for host in REGISTRIES)] == []


def test_lock_files_hold_no_addresses_and_every_platform() -> None:
    locks = [path for path in tracked() if path.name == "package-lock.json"]
    assert locks
    for path in locks:
        lock = json.loads((ROOT / path).read_text(encoding="utf-8"))
        packages = lock["packages"]
        assert [name for name, entry in packages.items() if "resolved" in entry] == []
        wanted = {name for entry in packages.values() for name in entry.get("optionalDependencies", {})}
        present = {name.rpartition("node_modules/")[2] for name in packages}
        assert wanted - present == set()


def test_nothing_is_left_for_later() -> None:
    words = re.compile("|".join(("TO" + "DO", "FIX" + "ME")))
    found = [name for name, text in texts().items() if words.search(text) and not name.endswith("package-lock.json")]
    assert found == []
