"""Formulas at the command line: vectors, typed trees, one formula."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.cli import main
from tests.architecture.sources import ROOT
from tests.formula.vectors import OWN

Run = Callable[..., tuple[int, list[str], str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    def go(*words: str | Path, language: str = "en") -> tuple[int, list[str], str]:
        monkeypatch.setenv("FORMWRIGHT_LANGUAGE", language)
        code = main(["formula", *map(str, words)])
        ended = capsys.readouterr()
        return code, ended.out.splitlines(), ended.err

    return go


def vectors(place: Path, *cases: dict[str, object]) -> Path:
    file = place / "vectors.json"
    file.write_text(json.dumps({"format": 1, "vectors": cases}), encoding="utf-8")
    return file


def test_vectors_that_hold_end_with_their_number(run: Run) -> None:
    count = len(json.loads(OWN.read_text(encoding="utf-8"))["vectors"])
    assert run("run-vectors", OWN) == (0, [f"{count} passed, 0 failed"], "")


def test_every_failure_is_a_line_whatever_is_wrong_with_the_case(run: Run, tmp_path: Path) -> None:
    number = {"type": "number", "value": "3"}
    file = vectors(
        tmp_path,
        {"id": "a", "formula": "1+2", "fields": {}, "expect": number},
        {"id": "b", "formula": "1+3", "fields": {}, "expect": number},
        {"id": "c", "formula": "NOSUCH(1)", "fields": {}, "expect": number},
        {"id": "d", "formula": "{x}+\n1", "fields": {"x": {"money": 1}}, "expect": number},
        {"id": "e", "formula": "1+", "expect": number},
        {"id": "f", "formula": "1+2", "fields": {}, "expect": {"type": "colour", "value": "red"}},
        {"id": "g", "formula": "NETWORKDAYS(1,2)", "calendar": "MARS", "expect": number},
        {},
    )
    code, lines, complaints = run("run-vectors", file)
    assert (code, lines[-1], complaints) == (1, "1 passed, 7 failed", "")
    assert [line.split("  ")[0] for line in lines[:-1]] == ["✗ b", "✗ c", "✗ d", "✗ e", "✗ f", "✗ g", "✗ 8"]
    assert lines[0] == "✗ b  1+3  expected 3, found 4"
    assert lines[1].startswith("✗ c  NOSUCH(1)  expected 3, found There is no function NOSUCH")
    assert lines[2] == "✗ d  {x}+ 1  expected 3, found x of the case cannot be read"
    assert lines[5].endswith("There is no working calendar MARS")
    zh = run("run-vectors", file, language="zh-CN")[1]
    assert zh[0] == "✗ b  1+3  应为 3, 实为 4"
    assert (lines[6], zh[6]) == ("✗ 8    expect.type is missing", "✗ 8    没有 expect.type")
    assert zh[-1] == "1 passed, 7 failed"


def test_the_file_of_vectors_that_the_documentation_shows_holds(run: Run, tmp_path: Path) -> None:
    page = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    (shown,) = re.findall(r"```json\n(.*?)```", page, re.DOTALL)
    file = tmp_path / "shown.json"
    file.write_text(shown, encoding="utf-8")
    code, lines, _ = run("run-vectors", file)
    assert (code, lines) == (0, [f"{len(json.loads(shown)['vectors'])} passed, 0 failed"])


def test_a_file_without_cases_passes_none(run: Run, tmp_path: Path) -> None:
    assert run("run-vectors", vectors(tmp_path)) == (0, ["0 passed, 0 failed"], "")


@pytest.mark.parametrize("content", [b"not json", b"[NaN]", b"5", b"[1]", b"\xff", b"[" * 100_000])
@pytest.mark.parametrize("action", ["run-vectors", "typed-trees"])
def test_a_file_that_cannot_be_read_is_said_so(run: Run, tmp_path: Path, content: bytes, action: str) -> None:
    file = tmp_path / "vectors.json"
    file.write_bytes(content)
    code, lines, complaint = run(action, file)
    assert (code, lines) == (2, [])
    assert f"{file} is no file of formula vectors" in complaint
    assert "不是公式用例文件" in run(action, file, language="zh-CN")[2]


def test_a_file_that_is_not_there_is_said_so(run: Run, tmp_path: Path) -> None:
    code, lines, complaint = run("run-vectors", tmp_path / "none.json")
    assert (code, lines) == (2, [])
    assert "No such file" in complaint


def test_typed_trees_are_lines_of_json_with_values_and_expectations(run: Run, tmp_path: Path) -> None:
    fields = {"n": 1.50, "d": {"date": "2026-01-31"}}
    file = vectors(
        tmp_path,
        {"id": "a", "formula": "{n}+1", "fields": fields, "expect": {"type": "number", "value": "2.5", "tol": 0.1}},
        {"id": "b", "formula": "1+", "fields": {}, "expect": {"type": "error", "value": "#N/A"}, "calendar": "CN"},
    )
    code, lines, complaints = run("typed-trees", file)
    assert (code, complaints) == (0, "")
    head, first, second = map(json.loads, lines)
    assert head.pop("tables")["CN"]["extra"][0] == "2004-01-17"
    assert head == {"now": "2026-01-05T09:00:00", "zone": "Asia/Shanghai", "count": 2}
    assert first == {
        "id": "a",
        "formula": "{n}+1",
        "calendar": None,
        "expect": {"type": "number", "value": "2.5", "tol": "0.1"},
        "refused": None,
        "values": {"n": {"decimal": "1.5"}, "d": {"date": "2026-01-31"}},
        "typed": {
            "references": ["n"],
            "uses_clock": False,
            "steps": 3,
            "tree": {
                "type": "binary",
                "kind": "number",
                "operator": "+",
                "left": {"type": "reference", "kind": "number", "is_list": False, "path": "n"},
                "right": {"type": "constant", "kind": "number", "value": "1"},
            },
        },
    }
    assert (second["refused"], second["typed"], second["values"], second["calendar"]) == (
        "formula_syntax", None, {}, "CN",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        (("ROUND({qty}*{price},2)", "--field", "qty=3", "--field", "price=19.995"), "59.99"),
        (("{d}+1", "--field", "d=2026/1/31"), "2026-02-01"),
        (("HOUR({t})", "--field", "t=2026-01-31T08:30:00"), "8"),
        (("ISTEXT({t})&ISTEXT({u})", "--field", 't="3"', "--field", "u=3"), "TRUEFALSE"),
        (("IF({ok},{t},0)", "--field", "ok=true", "--field", "t=上海"), "上海"),
        (("ISBLANK({n})", "--field", "n="), "TRUE"),
    ],
)
def test_a_formula_is_evaluated_over_the_fields_that_are_given(run: Run, words: tuple[str, ...], shown: str) -> None:
    assert run("eval", *words) == (0, [shown], "")


def test_an_error_value_and_a_refused_formula_end_with_1(run: Run) -> None:
    assert run("eval", "1/0") == (1, ["#DIV/0!"], "")
    code, lines, complaint = run("eval", "{nothing}")
    assert (code, lines) == (1, [])
    assert "There is no field nothing" in complaint
