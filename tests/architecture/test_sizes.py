"""Files and functions stay small, names say something."""

from __future__ import annotations

import ast

from tests.architecture.sources import ROOT, functions, python_files, tracked

CODE = ("engine", "examples", "bench", "migrations", "builder_ui")
MOST_POSITIONAL = 3
# the values of a spreadsheet function come in the order of its arguments
BY_POSITION = "engine/formula/functions/"
BANNED = frozenset({"utils", "util", "helpers", "helper", "manager", "common", "data", "info", "misc"})
SCRIPTS = frozenset({".ts", ".tsx"})
GENERATED = frozenset({"schema.d.ts"})


def lines(path: object) -> int:
    return len((ROOT / str(path)).read_text(encoding="utf-8").splitlines())


def test_no_file_is_longer_than_400_lines() -> None:
    assert {str(path): lines(path) for path in python_files(*CODE) if lines(path) > 400} == {}


def test_no_test_file_is_longer_than_800_lines() -> None:
    assert {str(path): lines(path) for path in python_files("tests") if lines(path) > 800} == {}


def test_no_script_of_the_browser_is_longer_than_400_lines() -> None:
    scripts = [path for path in tracked() if path.suffix in SCRIPTS and path.name not in GENERATED]
    assert {str(path): lines(path) for path in scripts if lines(path) > 400} == {}


def test_no_function_is_longer_than_50_lines() -> None:
    found = {
        f"{path}:{item.lineno} {item.name}": (item.end_lineno or 0) - item.lineno + 1
        for path in python_files(*CODE, "tests")
        for item in functions(path)
        if (item.end_lineno or 0) - item.lineno >= 50
    }
    assert found == {}


def test_no_function_has_more_than_3_positional_parameters() -> None:
    found = {}
    for path in python_files(*CODE):
        text = (ROOT / path).read_text(encoding="utf-8").splitlines()
        for item in functions(path):
            given = [*item.args.posonlyargs, *item.args.args]
            count = len(given) - (bool(given) and given[0].arg in {"self", "cls"})
            is_explained = "noqa: PLR0917" in " ".join(text[item.lineno - 1 : item.body[0].lineno])
            if count > MOST_POSITIONAL and not is_explained and not str(path).startswith(BY_POSITION):
                found[f"{path}:{item.lineno} {item.name}"] = count
    assert found == {}


def test_more_positional_parameters_are_for_routes_and_the_interpreter_only() -> None:
    found = {str(path) for path in python_files(*CODE) if "noqa: PLR0917" in (ROOT / path).read_text(encoding="utf-8")}
    assert found <= {
        "engine/api/batches.py",
        "engine/api/bins.py",
        "engine/api/flows.py",
        "engine/api/records.py",
        "engine/flow/advance.py",
    }


def test_nothing_is_imported_inside_a_function() -> None:
    found = [
        f"{path}:{node.lineno}"
        for path in python_files(*CODE, "tests")
        for item in functions(path)
        for node in ast.walk(item)
        if isinstance(node, ast.Import | ast.ImportFrom)
        or (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "__import__")
    ]
    assert found == []


def test_no_module_has_a_name_that_says_nothing() -> None:
    named = [path for path in tracked() if path.suffix in {".py", *SCRIPTS}]
    assert [str(path) for path in named if BANNED & {part.partition(".")[0] for part in path.parts}] == []
