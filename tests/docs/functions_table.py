"""The tables of functions in docs/formula.md. Run as a program it writes them anew."""

from __future__ import annotations

from collections.abc import Iterable

from engine.formula.functions.registry import FUNCTIONS, Function, Parameter
from engine.formula.signatures import GROUP_TITLES
from tests.architecture.sources import ROOT

PAGE = ROOT / "docs" / "formula.md"
BEFORE = "`[x]` 可省略 / may be left out; `…` 可重复 / repeats.\n"
COLUMNS = "| function | 参数 / parameters | 说明 | meaning | 例 / example |\n|---|---|---|---|---|\n"
KINDS = {
    "any": "值 value",
    "boolean": "真假 truth",
    "date": "日期 day",
    "lazy": "值 value",
    "list": "列表 list",
    "number": "数 number",
    "text": "文本 text",
}


def functions_tables() -> str:
    """One table for each group, in the order of the sources; names of the same function share a row."""
    parts = []
    for group, title in GROUP_TITLES.items():
        members = [item for item in FUNCTIONS.values() if item.call.__module__.rpartition(".")[2] == group]
        parts.append(f"\n### {title.zh_cn} / {title.en}\n\n{COLUMNS}")
        parts += [_row(names) for names in _same(members)]
    return "".join(parts)


def _same(members: Iterable[Function]) -> list[list[Function]]:
    found: dict[object, list[Function]] = {}
    for item in members:
        found.setdefault((item.call, item.help), []).append(item)
    return list(found.values())


def _row(names: list[Function]) -> str:
    first = names[0]
    shown = " ".join(f"`{item.name}`" for item in names)
    parameters = ", ".join(_parameter(item) for item in first.parameters)
    example = f"`{first.help.example}` → `{first.help.result}`"
    return f"| {shown} | {parameters} | {first.help.zh} | {first.help.en} | {example} |\n"


def _parameter(parameter: Parameter) -> str:
    name = KINDS[parameter.kind] + (" …" if parameter.repeats else "")
    return f"[{name}]" if parameter.optional else name


if __name__ == "__main__":
    text = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(text[: text.index(BEFORE) + len(BEFORE)] + functions_tables(), encoding="utf-8")
