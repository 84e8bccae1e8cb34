"""Records are read through the access predicate: an own lint of the sources."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.architecture.sources import ROOT, python_files, tree

READS = frozenset({"get", "page", "rows", "count", "place", "admitted"})
# what stands for "all rows", or for rows chosen by something else than permissions, needs a reason on the line above
REASON = "# unfiltered: "
STORE = Path("engine/store")
# upkeep and publishing know the tables of records by name, records.py speaks to them, and expressions.py names those
# behind links, each with its own condition
TABLES = {
    STORE / name
    for name in (
        "bin.py",
        "child_tables.py",
        "clashes.py",
        "drift.py",
        "entities.py",
        "expressions.py",
        "indexes.py",
        "records.py",
        "reports.py",
        "rollups.py",
        "samples.py",
        "subforms.py",
        "uniques.py",
        "verify.py",
    )
}
QUESTION = "Asked"
DRIVERS = frozenset({"execute", "execute_all", "execute_many", "fetch_all", "fetch_one"})


def table_reads(tree_of_file: ast.AST) -> list[ast.Call]:
    """Calls of a record table's reading methods, and questions that are put to it."""
    return [
        node
        for node in ast.walk(tree_of_file)
        if isinstance(node, ast.Call)
        and ((isinstance(node.func, ast.Name) and node.func.id == QUESTION) or _reads_table(node))
    ]


def _reads_table(node: ast.Call) -> bool:
    return (
        isinstance(node.func, ast.Attribute)
        and node.func.attr in READS
        and isinstance(node.func.value, ast.Attribute)
        and node.func.value.attr == "table"
    )


def access_of(call: ast.Call) -> ast.expr | None:
    return next((keyword.value for keyword in call.keywords if keyword.arg == "access"), None)


def is_of_the_caller(access: ast.expr | None) -> bool:
    """Whether it is the `rows` of what access to the entity was found for the caller."""
    return isinstance(access, ast.Attribute) and access.attr == "rows"


def unexplained(source: str) -> list[int]:
    """Lines that read records by another predicate than the caller's, without saying why."""
    lines = source.splitlines()
    return [
        call.lineno
        for call in table_reads(ast.parse(source))
        if not is_of_the_caller(access_of(call)) and not lines[call.lineno - 2].strip().startswith(REASON)
    ]


def kept_tables(tree_of_file: ast.AST) -> list[int]:
    """Lines on which a record table is taken to be used elsewhere, where its reads would not be seen."""
    used = {id(node.value) for node in ast.walk(tree_of_file) if isinstance(node, ast.Attribute)}
    return [
        node.lineno
        for node in ast.walk(tree_of_file)
        if isinstance(node, ast.Attribute)
        and node.attr == "table"
        and isinstance(node.ctx, ast.Load)
        and id(node) not in used
        # the name of a table in a violation is text
        and not (isinstance(node.value, ast.Name) and node.value.id == "violation")
    ]


def outside_of_the_store() -> list[Path]:
    return [path for path in python_files("engine") if not path.is_relative_to(STORE)]


def test_the_lint_sees_the_reads_there_are() -> None:
    assert sum(len(table_reads(tree(path))) for path in python_files("engine")) >= 5


def test_the_lint_finds_what_it_looks_for() -> None:
    assert unexplained("x\nentity.table.get(tx, one)") == [2]
    assert unexplained("x\nentity.table.get(tx, one, access=EVERYTHING)") == [2]
    assert unexplained("x\nentity.table.page(tx, access=AllOf(()), limit=1)") == [2]
    assert unexplained("x\nAsked(access=EVERYTHING, condition=wanted)") == [2]
    assert unexplained("# unfiltered: because\nentity.table.count(tx, access=EVERYTHING)") == []
    assert unexplained("x\nentity.table.count(tx, access=seen.rows)") == []
    assert kept_tables(ast.parse("mine = entity.table\nfetch(entity.table)\nentity.table.get(tx)")) == [1, 2]


def test_records_are_read_by_the_predicate_of_the_caller_or_for_a_reason() -> None:
    found = {str(path): unexplained((ROOT / path).read_text("utf-8")) for path in python_files("engine")}
    assert {path: lines for path, lines in found.items() if lines} == {}


def test_nobody_keeps_a_record_table_to_read_it_elsewhere() -> None:
    found = {str(path): kept_tables(tree(path)) for path in outside_of_the_store()}
    assert {path: lines for path, lines in found.items() if lines} == {}


def test_only_the_store_names_record_tables() -> None:
    found = [
        str(path)
        for path in python_files("engine")
        if path not in TABLES
        and any(word in (ROOT / path).read_text("utf-8") for word in ("[r_", "[s_", '"r_', '"s_', "stored.table"))
    ]
    assert found == []


def test_only_the_store_speaks_to_the_database() -> None:
    found = [
        f"{path}:{node.lineno}"
        for path in outside_of_the_store()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and node.attr in DRIVERS
    ]
    assert found == []
