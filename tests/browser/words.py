"""The texts of the browser application, from the files that it shows them from."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

LOCALES = Path(__file__).resolve().parents[2] / "builder_ui" / "src" / "locales"


@cache
def _group(language: str, name: str) -> dict[str, object]:
    found: dict[str, object] = json.loads((LOCALES / language / f"{name}.json").read_text(encoding="utf-8"))
    return found


class Words:
    """`words("form.submit")`: what a person of that language reads."""

    def __init__(self, language: str) -> None:
        self.language = language

    def __call__(self, path: str, **holes: object) -> str:
        group, *rest = path.split(".")
        part: object = _group(self.language, group)
        for key in rest:
            assert isinstance(part, dict), path
            part = part[key]
        assert isinstance(part, str), path
        for name, value in holes.items():
            part = part.replace("{{" + name + "}}", str(value))
        return part

    def of(self, chinese: str, english: str) -> str:
        """A text of the sample data in this language."""
        return chinese if self.language == "zh-CN" else english
