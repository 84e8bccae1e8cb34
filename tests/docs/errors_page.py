"""The page of all error codes. Run as a program it writes docs/errors.md."""

from __future__ import annotations

from tests.architecture.sources import ROOT
from tests.architecture.test_errors import rejections

PAGE = ROOT / "docs" / "errors.md"
HEAD = """# 错误代码 / Error codes

所有错误的格式 / The shape of every error:
`{"error": {"code", "message", "path", "params", "request_id", "errors": [{"code", "message", "path", "params"}]}}`.
`path` 是指向输入的 JSON 指针 / is a JSON pointer into the input; `errors` 列出全部问题 / lists all faults.

| code | HTTP | 中文 | English |
|---|---|---|---|
"""


def errors_page() -> str:
    """The text of the page, from the classes of the engine."""
    rows = {
        f"| `{kind.code}` | {kind.status} | {_cell(kind.zh)} | {_cell(kind.en)} |"
        for kind in rejections()
        if "code" in vars(kind)
    }
    return HEAD + "\n".join(sorted(rows)) + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


if __name__ == "__main__":
    PAGE.write_text(errors_page(), encoding="utf-8")
