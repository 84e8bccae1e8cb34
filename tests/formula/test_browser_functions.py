"""The browser's interpreter has the functions of the language, no more and no fewer, in groups of the same names."""

from __future__ import annotations

import re
from pathlib import Path

from engine.formula import functions
from engine.formula.functions.registry import FUNCTIONS

SOURCES = Path(__file__).resolve().parents[2] / "builder_ui" / "src" / "formula" / "functions"
TABLE = re.compile(r"^export const [A-Z_]+: FunctionTable = \{(.*?)\};?$", re.MULTILINE | re.DOTALL)
ENTRY = re.compile(r"^ *(?:\{ )?\"?([A-Z][A-Z0-9_.]*)\"?: (?:plain|asking|tolerant)\(", re.MULTILINE)


def browser_names(source: Path) -> set[str]:
    return {name for table in TABLE.findall(source.read_text(encoding="utf-8")) for name in ENTRY.findall(table)}


def test_the_browser_has_every_function_by_its_main_name() -> None:
    found = {name for source in SOURCES.glob("*.ts") for name in browser_names(source)}
    assert found == {function.main_name for function in FUNCTIONS.values()}


def test_functions_stand_in_the_same_group_on_both_sides() -> None:
    groups = {group.__name__.rpartition(".")[2] for group in functions.GROUPS}
    for group in groups:
        own = {f.main_name for f in FUNCTIONS.values() if f.call.__module__.endswith(f".functions.{group}")}
        assert browser_names(SOURCES / f"{group}.ts") == own
