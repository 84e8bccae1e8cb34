"""The documents say what the code does."""

from __future__ import annotations

import argparse
import json
import re
from dataclasses import fields

import pytest
from pydantic import TypeAdapter

from engine.cli import build_parser
from engine.model.flow_nodes.blocks import BLOCK_KINDS, Block
from engine.settings import PREFIX, Settings
from tests.architecture.sources import ROOT
from tests.docs.errors_page import PAGE, errors_page

READMES = ("README.md", "README.zh-CN.md")


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def commands() -> dict[str, argparse.ArgumentParser]:
    parser = build_parser()
    action = next(item for item in parser._actions if isinstance(item, argparse._SubParsersAction))
    return dict(action.choices)


def test_every_setting_is_documented_with_its_default() -> None:
    page = text("docs/settings.md")
    for member in fields(Settings):
        default = f"`{member.default}`" if str(member.default) else ""
        assert f"| `{PREFIX}{member.name.upper()}` | {default} |".replace("  ", " ") in page.replace("  ", " ")


def test_every_command_and_option_is_documented() -> None:
    rows = {
        match.group(1): match.group(0)
        for match in re.finditer(r"^\| `([a-z-]+)` \|.*$", text("docs/commands.md"), re.MULTILINE)
    }
    assert rows.keys() == commands().keys()
    everywhere = {"--help", "--data", "--database-url"}
    for name, parser in commands().items():
        options = {option for action in parser._actions for option in action.option_strings if option.startswith("--")}
        missing = {option for option in options - everywhere if option not in rows[name]}
        assert missing == set(), name
        assert parser.description


def test_every_node_kind_has_an_example_that_is_read() -> None:
    page = text("docs/nodes.md")
    examples = dict(re.findall(r"^\| `([a-z]+)` \|.*\| `(\{.*\})` \|$", page, re.MULTILINE))
    assert examples.keys() == set(BLOCK_KINDS)
    adapter: TypeAdapter[object] = TypeAdapter(Block)
    for kind, example in examples.items():
        assert kind in json.loads(example)
        adapter.validate_json(example)


def test_every_rule_of_assignment_and_policy_is_named() -> None:
    page = text("docs/nodes.md")
    words = """member role department department_head supervisor initiator field handlers approve reject flow_admin any
    all sequential percent count early optional required end return end_branch passed rerun direct choose allow skip
    never consecutive before_first_decision any_time hidden read write"""
    assert [word for word in words.split() if f"`{word}`" not in page and f'"{word}"' not in page] == []


def test_the_page_of_errors_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == errors_page()


@pytest.mark.parametrize("name", READMES)
def test_files_and_pages_named_by_the_readme_exist(name: str) -> None:
    page = text(name)
    for target in re.findall(r"\]\((?!http)([^)]+)\)", page):
        assert (ROOT / target).exists(), target
    for target in re.findall(r"(?:templates_library|examples)/[\w/.]+", page):
        assert (ROOT / target).exists(), target


@pytest.mark.parametrize("name", READMES)
def test_commands_of_the_readme_are_accepted(name: str) -> None:
    found = re.findall(r"(?:\.venv/bin/)?formwright ([a-z-]+(?: [^`\n#]*)?)", text(name))
    assert len(found) >= 8
    for line in found:
        words = re.split(r"[,;)]|\bto\b", line)[0].split()
        parser = build_parser()
        if words[0] in {"check", "scenario", "plan", "apply", "export"}:
            parser.parse_args(words)
        else:
            assert words[0] in commands(), line


def test_make_targets_named_by_documents_exist() -> None:
    targets = set(re.findall(r"^([a-z-]+):", text("Makefile"), re.MULTILINE))
    for name in (*READMES, "CONTRIBUTING.md"):
        for target in re.findall(r"(?:`|^)make ([a-z-]+)", text(name), re.MULTILINE):
            assert target in targets, f"{name}: {target}"


def test_both_readmes_have_the_same_sections() -> None:
    counts = [len(re.findall("^## ", text(name), re.MULTILINE)) for name in READMES]
    assert counts[0] == counts[1]


def test_decisions_are_numbered_and_short() -> None:
    pages = sorted((ROOT / "docs" / "adr").glob("*.md"))
    assert [int(page.name[:4]) for page in pages] == list(range(1, len(pages) + 1))
    assert all(len(page.read_text(encoding="utf-8").splitlines()) <= 60 for page in pages)
