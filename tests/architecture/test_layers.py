"""What the import contracts (pyproject.toml, `lint-imports`) cannot see of the layers."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.sources import ROOT, functions, python_files, tree

PURE = ("model", "calendars", "formula", "forms", "flow", "access", "query")
SQL = frozenset({"alembic", "asyncpg", "sqlalchemy", "sqlite3"})
# reading the clock, and input or output that needs no import
IMPURE_METHODS = frozenset({"now", "today", "utcnow"})
IMPURE_FUNCTIONS = frozenset({"open", "print", "input", "eval", "exec", "compile"})
UNITS = frozenset({"read", "write"})


def calls(path: Path) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree(path)) if isinstance(node, ast.Call))


def imported(path: Path) -> set[str]:
    """The top names of what a file imports."""
    found: set[str] = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found |= {name.name.partition(".")[0] for name in node.names}
        if isinstance(node, ast.ImportFrom) and node.module is not None:
            found.add(node.module.partition(".")[0])
    return found


def below(*folders: str) -> list[Path]:
    return [path for path in python_files("engine") if path.parts[1] in folders]


def test_the_contracts_name_every_part_of_the_engine() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    layers = next(item for item in contracts if item["type"] == "layers")
    named = {name for layer in layers["layers"] for name in layer.split(" | ")}
    present = {path.parts[1].removesuffix(".py") for path in python_files("engine")} - {"__init__"}
    assert named == present
    pure = next(item for item in contracts if item["name"].startswith("the pure core"))
    assert pure["source_modules"] == [f"engine.{name}" for name in PURE]
    apart = next(item for item in contracts if item["name"] == "only the store speaks SQL")
    covered = {name.removeprefix("engine.") for name in apart["source_modules"]} | set(PURE) | {"store"}
    assert covered == present


def test_the_pure_core_reads_no_clock_and_touches_nothing() -> None:
    found = [
        f"{path}:{call.lineno}"
        for path in below(*PURE)
        for call in calls(path)
        if (isinstance(call.func, ast.Attribute) and call.func.attr in IMPURE_METHODS)
        or (isinstance(call.func, ast.Name) and call.func.id in IMPURE_FUNCTIONS)
    ]
    assert found == []


def test_the_pure_core_waits_for_nothing() -> None:
    found = [
        f"{path}:{item.lineno}"
        for path in below(*PURE)
        for item in functions(path)
        if isinstance(item, ast.AsyncFunctionDef)
    ]
    assert found == []


def test_only_the_store_imports_databases() -> None:
    found = [str(path) for path in python_files("engine") if path.parts[1] != "store" and imported(path) & SQL]
    assert found == []


def test_units_of_work_are_opened_by_the_api_and_the_commands_only() -> None:
    found = [
        f"{path}:{call.lineno}"
        for path in below("runtime", "store", "files", *PURE)
        for call in calls(path)
        if isinstance(call.func, ast.Attribute)
        and call.func.attr in UNITS
        and "database" in ast.unparse(call.func.value)
    ]
    assert found == []
