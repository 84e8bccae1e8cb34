"""The page of all error codes. Run as a program it writes docs/errors.md."""

from __future__ import annotations

from engine.flow.incidents import INCIDENT_TEXTS
from tests.architecture.error_texts import described
from tests.architecture.sources import ROOT

PAGE = ROOT / "docs" / "errors.md"
HEAD = """# 错误代码 / Error codes

所有错误的格式 / The shape of every error:
`{"error": {"code", "message", "path", "params", "request_id", "errors": [{"code", "message", "path", "params"}]}}`.
`path` 是指向输入的 JSON 指针 / is a JSON pointer into the input; `errors` 列出全部问题 / lists all faults.

| code | HTTP | 中文 | English |
|---|---|---|---|
"""
INCIDENTS = """
## 流程异常 / Incidents

流程遇到数据或定义的问题时停在该节点, 等待管理员修正; 原因有以下几种。
A flow that cannot go on by its data or definition is parked where it is until an admin repairs the cause:

| code | 中文 | English |
|---|---|---|
"""
# its text is the message that the author of the rule wrote
OF_AUTHORS = (
    "| `rule_broken` | 422 | 违反校验规则: 规则自己的提示 | A rule is broken: the message of the rule itself |",
)


def errors_page() -> str:
    """The text of the page."""
    rows = {f"| `{item.code}` | {item.status} | {_cell(item.zh)} | {_cell(item.en)} |" for item in described()}
    incidents = [f"| `{code}` | {_cell(text.zh_cn)} | {_cell(text.en)} |" for code, text in INCIDENT_TEXTS.items()]
    return HEAD + "\n".join(sorted({*rows, *OF_AUTHORS})) + "\n" + INCIDENTS + "\n".join(sorted(incidents)) + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


if __name__ == "__main__":
    PAGE.write_text(errors_page(), encoding="utf-8")
