"""Records are read through the access predicate: an own lint of the sources."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.architecture.sources import ROOT, python_files, tree

READS = frozenset({"get", "page", "count"})
# what stands for "all rows"; to use it needs a reason on the line above
UNFILTERED = "EVERYTHING"
REASON = "# unfiltered: "
# the store itself and its upkeep know the tables
TABLES = {"entities.py", "records.py", "verify.py", "samples.py"}


def table_reads(path: Path) -> list[ast.Call]:
    """Calls of a record table's reading methods."""
    return [
        node
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in READS
        and isinstance(node.func.value, ast.Attribute)
        and node.func.value.attr == "table"
    ]


def access_of(call: ast.Call) -> ast.expr | None:
    return next((keyword.value for keyword in call.keywords if keyword.arg == "access"), None)


def test_the_lint_sees_the_reads_there_are() -> None:
    assert sum(len(table_reads(path)) for path in python_files("engine")) >= 5


def test_every_read_of_records_names_its_predicate() -> None:
    found = [f"{path}:{call.lineno}" for path in python_files("engine") for call in table_reads(path)]
    named = [
        f"{path}:{call.lineno}" for path in python_files("engine") for call in table_reads(path) if access_of(call)
    ]
    assert found == named


def test_reading_past_the_predicate_needs_a_reason() -> None:
    without = []
    for path in python_files("engine"):
        lines = (ROOT / path).read_text(encoding="utf-8").splitlines()
        for call in table_reads(path):
            access = access_of(call)
            is_open = isinstance(access, ast.Name) and access.id.isupper()
            if is_open and REASON not in lines[call.lineno - 2]:
                without.append(f"{path}:{call.lineno}")
    assert without == []


def test_only_the_store_names_record_tables() -> None:
    found = [
        str(path)
        for path in python_files("engine")
        if path.name not in TABLES and any(word in (ROOT / path).read_text("utf-8") for word in ("[r_", "[s_", '"r_'))
    ]
    assert found == []
