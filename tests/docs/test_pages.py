"""The documents say what the code does."""

from __future__ import annotations

import argparse
import json
import re
import shlex
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from engine.cli import build_parser, main
from engine.model.flow_nodes.blocks import BLOCK_KINDS, Block
from engine.model.flows import Flow
from engine.settings import PREFIX, Settings
from tests.architecture.sources import ROOT, tracked
from tests.docs.errors_page import PAGE, errors_page

DOCS = ROOT / "docs"
BUILT = "engine/static/"
READMES = ("README.md", "README.zh-CN.md")


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def commands(parser: argparse.ArgumentParser | None = None, above: str = "") -> dict[str, argparse.ArgumentParser]:
    """Every command that does something, by its words; a command with commands of its own is only their beginning."""
    found: dict[str, argparse.ArgumentParser] = {}
    for item in (parser or build_parser())._actions:
        if isinstance(item, argparse._SubParsersAction):
            for name, inner in item.choices.items():
                found |= commands(inner, f"{above}{name} ") or {f"{above}{name}": inner}
    return found


def rows(page: str) -> dict[str, list[str]]:
    """The cells of every row of the tables of a page, by the name in the first cell."""
    found = {}
    for line in text(page).splitlines():
        cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
        if cells and (name := re.fullmatch(r"`([^`]+)`", cells[0])):
            found[name.group(1)] = cells[1:]
    return found


def is_chinese(words: str) -> bool:
    return re.search("[一-鿿]", words) is not None


def assert_both_languages(cells: list[str], name: str) -> None:
    """The Chinese text and then the English one are the last cells but for an example."""
    zh, en = cells
    assert is_chinese(zh), name
    assert re.search("[a-z]{3}", en), name
    assert not is_chinese(en), name


def test_every_setting_is_documented_with_its_default_and_meaning() -> None:
    page = rows("docs/settings.md")
    assert list(page) == [f"{PREFIX}{member.name.upper()}" for member in fields(Settings)]
    for member in fields(Settings):
        default, *meaning = page[f"{PREFIX}{member.name.upper()}"]
        assert default == (f"`{member.default}`" if str(member.default) else "")
        assert_both_languages(meaning, member.name)


def test_every_command_and_option_is_documented_with_an_example() -> None:
    page = rows("docs/commands.md")
    assert page.keys() == commands().keys()
    everywhere = {"--help", "--data", "--database-url"}
    for name, parser in commands().items():
        *meaning, example = page[name]
        assert_both_languages(meaning, name)
        options = {option for action in parser._actions for option in action.option_strings if option.startswith("--")}
        assert [option for option in options - everywhere if option not in " ".join(page[name])] == [], name
        assert all(action.help or action.metavar for action in parser._actions), name
        words = shlex.split(example.strip("`"))
        assert words[0] == "formwright"
        given = build_parser().parse_args(words[1:])
        assert " ".join(filter(None, (given.command, getattr(given, "action", None)))) == name


@pytest.mark.parametrize(("language", "usage"), [("zh-CN", "用法: formwright "), ("en", "usage: formwright ")])
def test_help_is_whole_in_either_language(language: str, usage: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORMWRIGHT_LANGUAGE", language)
    for name, parser in {"": build_parser(), **commands()}.items():
        assert parser.format_help().startswith(usage)
        texts = [parser.description, *(action.help for action in parser._actions if action.dest != "command")]
        texts += [group.title for group in parser._action_groups if group._group_actions]
        for words in texts:
            assert words, name
            plain = words.replace("表匠", "")
            assert is_chinese(plain) == (language == "zh-CN"), words


def test_the_exit_codes_are_as_documented(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    page = text("docs/commands.md")
    assert main(["version"]) == 0
    assert main(["check", str(tmp_path / "missing")]) == 1
    with pytest.raises(SystemExit) as usage:
        main(["no-such-command"])
    assert usage.value.code == 2
    assert all(f"`{code}`" in page for code in (0, 1, 2, 130))
    assert "formwright 0." in capsys.readouterr().out


def test_every_node_kind_is_documented_with_an_example_that_is_read() -> None:
    page = {name: cells for name, cells in rows("docs/nodes.md").items() if cells[-1].startswith("`{")}
    kinds = {name: cells for name, cells in page.items() if name in BLOCK_KINDS}
    assert kinds.keys() == set(BLOCK_KINDS)
    adapter: TypeAdapter[object] = TypeAdapter(Block)
    for kind, (*meaning, example) in kinds.items():
        assert_both_languages(meaning, kind)
        assert kind in json.loads(example.strip("`"))
        adapter.validate_json(example.strip("`"))


def test_the_whole_flow_of_the_page_is_one() -> None:
    (example,) = re.findall(r"```json\n(.*?)```", text("docs/nodes.md"), re.DOTALL)
    flow = Flow.model_validate_json(example)
    assert flow.key == "approve_order"


def words_of_flows(schema: object) -> Iterator[str]:
    """Every member and every word that a flow definition may hold."""
    if isinstance(schema, dict):
        yield from (word for word in schema.get("enum", []) if isinstance(word, str))
        yield from (word for word in [schema.get("const")] if isinstance(word, str))
        yield from schema.get("properties", {})
        for part in schema.values():
            yield from words_of_flows(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from words_of_flows(part)


def test_every_member_and_policy_of_flows_is_named() -> None:
    page = text("docs/nodes.md")
    words = set(words_of_flows(Flow.model_json_schema(by_alias=True))) - {"$schema"}
    assert {"consecutive", "end_branch", "flow_admin", "veto"} <= words
    assert sorted(word for word in words if f"`{word}`" not in page and f'"{word}"' not in page) == []


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


@pytest.mark.parametrize("name", ["CONTRIBUTING.md", *READMES, *(f"docs/{page.name}" for page in DOCS.glob("*.md"))])
def test_every_file_that_a_document_names_exists(name: str) -> None:
    """Names with a folder, in backquotes; `<type>` and `<kind>` stand for each of theirs."""
    folders = {path.parts[0] for path in tracked() if len(path.parts) > 1}
    named = [word for word in re.findall(r"`([\w./<>-]+)`", text(name)) if word.partition("/")[0] in folders]
    for word in named:
        if "/" in word and not word.startswith(BUILT):
            pattern = re.sub("<[a-z]+>", "*", word.rstrip("/"))
            assert any(ROOT.glob(pattern)), f"{name}: {word}"


def test_the_people_of_the_first_ten_minutes_are_in_the_sample() -> None:
    org = text("templates_library/org/sample/org.json")
    named = re.findall("张伟|王芳|高源|吴强|陈静|孙丽|李娜", text("README.md"))
    assert len(set(named)) == 7
    assert all(name in org and name in text("README.zh-CN.md") for name in named)
    sample = json.loads(org)
    assert f"{len(sample['departments'])} 个部门、{len(sample['members'])} 位成员" in text("README.zh-CN.md")


def test_both_readmes_have_the_same_sections() -> None:
    counts = [len(re.findall("^## ", text(name), re.MULTILINE)) for name in READMES]
    assert counts[0] == counts[1]


def test_decisions_are_numbered_and_short() -> None:
    pages = sorted((ROOT / "docs" / "adr").glob("*.md"))
    assert [int(page.name[:4]) for page in pages] == list(range(1, len(pages) + 1))
    assert all(len(page.read_text(encoding="utf-8").splitlines()) <= 60 for page in pages)


def test_every_decision_has_a_number_of_its_own() -> None:
    names = sorted(path.name for path in (DOCS / "adr").glob("*.md"))
    assert [int(name[:4]) for name in names] == list(range(1, len(names) + 1))
    for name in names:
        assert text(f"docs/adr/{name}").startswith(f"# {int(name[:4])}. "), name
