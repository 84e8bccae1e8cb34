"""What the audit trail records has words in the browser: every action, every kind of target, every detail."""

from __future__ import annotations

import ast
import json
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT

LOCALES = ROOT / "builder_ui" / "src" / "locales"
PAGE = ROOT / "builder_ui" / "src"
# how `audit(action, target_kind, …)` is told of whom and where: shown as the target itself
OF_THE_TARGET = {"target_id", "title", "app", "entity", "record_id"}
FLOW_ACTIONS = {"task.approve", "task.reject", "task.return", "task.submit", "flow.withdraw"}


def audit_calls() -> list[ast.Call]:
    """Every call of the runtime that makes an entry."""
    calls = [
        node
        for file in sorted((ROOT / "engine").rglob("*.py"))
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "audit"
    ]
    assert len(calls) > 8
    return calls


def recorded() -> dict[str, set[str]]:
    """What is recorded, by the group of texts that says it."""
    found: dict[str, set[str]] = {"actions": set(FLOW_ACTIONS), "targets": set(), "details": set()}
    for call in audit_calls():
        action, kind = call.args
        if isinstance(action, ast.Constant):
            found["actions"].add(str(action.value))
        assert isinstance(kind, ast.Constant)
        found["targets"].add(str(kind.value))
        found["details"] |= {keyword.arg or "" for keyword in call.keywords}
    found["actions"] = {action.replace(".", "_") for action in found["actions"]}
    found["targets"] -= {"workspace"}
    found["details"] -= OF_THE_TARGET
    return found


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_everything_recorded_has_words(language: str) -> None:
    texts = json.loads((LOCALES / language / "audit.json").read_text(encoding="utf-8"))
    for group, names in recorded().items():
        assert set(texts[group]) == names, group


def test_the_page_knows_every_word() -> None:
    sources = "".join(
        Path(PAGE / name).read_text(encoding="utf-8") for name in ("pages/AuditPage.tsx", "audit/AuditTarget.tsx")
    )
    missing = [name for names in recorded().values() for name in names if f'"{name}"' not in sources]
    assert missing == []
