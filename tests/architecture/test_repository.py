"""The repository speaks of the product alone, and of no machine."""

from __future__ import annotations

import json
import re
from functools import cache

from tests.architecture.sources import ROOT, tracked

# written in parts, so that this file does not hold what it looks for
PLACES = [f"/{name}/" for name in ("work", "home", "opt", "root", "Users")]
REGISTRIES = [
    ".".join(parts)
    for parts in (
        ("registry", "npm"), ("registry", "yarnpkg"), ("npm" + "mirror", "com"), ("npm", "taobao"), ("cdn", "npm"),
        ("files", "pythonhosted"), ("pypi", "org"), ("pypi", "python"), ("pypi", "tuna"), ("pypi", "douban"),
        ("tuna", "tsinghua"), ("mirrors", "aliyun"), ("mirrors", "ustc"), ("mirrors", "cloud"), ("repo", "huaweicloud"),
        ("proxy", "golang"), ("art" + "ifactory",), ("nex" + "us", "repository"),
    )
]  # fmt: skip
# the tree of a flow begins at a member called root, so its pointers are not meant
MACHINE = re.compile("|".join(rf"(?<![\w.$}}]){re.escape(place)}(?!seq\b)\w" for place in PLACES))
HOST = re.compile("|".join(rf"\b{re.escape(host)}" for host in REGISTRIES), re.IGNORECASE)


@cache
def texts() -> dict[str, str]:
    """Every file of the repository that is text."""
    contents = {str(path): (ROOT / path).read_bytes() for path in tracked()}
    return {name: content.decode("utf-8") for name, content in contents.items() if b"\0" not in content}


def found(pattern: re.Pattern[str]) -> dict[str, str]:
    return {name: match.group(0) for name, text in texts().items() if (match := pattern.search(text))}


def test_no_machine_is_named() -> None:
    assert MACHINE.search(f'open("{PLACES[0]}main")')
    assert found(MACHINE) == {}


def test_no_registry_is_named() -> None:
    assert HOST.search(f"https://{REGISTRIES[0]}js.org/react")
    assert found(HOST) == {}


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
    words = re.compile("|".join(rf"\b{word}\b" for word in ("TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK")))
    assert {name: word for name, word in found(words).items() if not name.endswith("package-lock.json")} == {}


def test_nothing_built_or_stored_is_kept() -> None:
    suffixes = {".db", ".pyc", ".whl", ".gz", ".zip", ".log", ".sqlite", ".map"}
    folders = {"node_modules", "__pycache__", ".venv", "dist", "static"}
    kept = [str(path) for path in tracked() if path.suffix in suffixes or folders & set(path.parts)]
    assert kept == []
