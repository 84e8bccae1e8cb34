"""The tables of functions in docs/formula.md. Run as a program it writes them anew."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from engine.formula.functions.registry import FUNCTIONS, Function, Parameter, ParameterKind
from engine.formula.signatures import GROUP_TITLES
from tests.architecture.sources import ROOT

PAGE = ROOT / "docs" / "formula.md"
BEFORE = (
    "`[x]` 可省略 / may be left out; `…` 可重复 / repeats; 括号中为类型 / the kind is in parentheses\n"
    "(无括号的可为任意值 / none: any value; 列表也可为单个值 / a list may be a single value).\n"
)
COLUMNS = "| function | 参数 / parameters | 说明 | meaning | 例 / example |\n|---|---|---|---|---|\n"
KINDS: Mapping[ParameterKind, str] = {
    "boolean": " (真假 truth)",
    "date": " (日期 day)",
    "list": " (列表 list)",
    "number": " (数字 number)",
    "text": " (文本 text)",
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
    parameters = ", ".join(_parameters(first))
    example = f"`{first.help.example}` → `{first.help.result}`"
    return f"| {shown} | {parameters} | {first.help.zh} | {first.help.en} | {example} |\n"


def _parameters(function: Function) -> list[str]:
    """Those that repeat together are in brackets together."""
    shown = [_parameter(item) for item in function.parameters]
    repeating = shown[-function.group :]
    last = function.parameters[-1] if shown else None
    if last is None or not last.repeats:
        return shown
    group = ", ".join(repeating) + " …"
    return [*shown[: -function.group], f"[{group}]" if last.optional else group]


def _parameter(parameter: Parameter) -> str:
    name = f"{parameter.title.zh_cn} {parameter.title.en}"
    kind = KINDS.get(parameter.kind, "")
    shown = name if kind == f" ({name})" else name + kind
    return f"[{shown}]" if parameter.optional and not parameter.repeats else shown


if __name__ == "__main__":
    text = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(text[: text.index(BEFORE) + len(BEFORE)] + functions_tables(), encoding="utf-8")
