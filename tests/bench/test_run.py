"""The comparison runs: both applications are filled and served, and answer every kind of request it measures."""

from __future__ import annotations

import argparse
import json
import urllib.request
from pathlib import Path

import pytest

from bench import run
from bench.filling import HIGHEST
from bench.load import Request


def test_both_applications_answer_everything_that_is_measured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[str] = []

    def send(url: str, request: Request, *, clients: int, seconds: int, folder: Path) -> float:
        """One request in place of the load generator."""
        body = None if request.body is None else json.dumps(request.body).encode()
        headers = {"Authorization": f"Bearer {request.token}", "Content-Type": "application/json"}
        path = request.paths[0]
        with urllib.request.urlopen(
            urllib.request.Request(url + path, data=body, headers=headers, method=request.method), timeout=30
        ) as answer:
            found = json.loads(answer.read())
        if "sort=-amount" in path or "below=" in path:
            items = found["items"] if isinstance(found, dict) else found
            amounts = [float(item.get("values", item)["amount"]) for item in items]
            assert amounts == sorted(amounts, reverse=True)
            assert 0 < amounts[0] < HIGHEST
        asked.append(path)
        return 2.0

    monkeypatch.setattr(run, "measure", send)
    monkeypatch.setattr(run, "DECISIONS_A_SECOND", 2)
    options = argparse.Namespace(rows=60, seconds=1, rounds=1, clients="1", database="", usual_database="")
    found = run.compare(options, tmp_path)
    run.report(found)
    assert len(asked) == 2 * len(found)
    lines = capsys.readouterr().out.splitlines()[-len(found) :]
    assert {line.split()[-1] for line in lines} == {"1.00"}
    assert [line.split()[0] for line in lines] == [
        "create", "get", "page", "decide", "create", "scan", "totals",
        "member/admin", "linked/plain", "far/first", "all/10,000",
    ]  # fmt: skip


def test_memory_is_measured_with_and_without_more_entities(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(run, "measure", lambda *_args, **_options: 1.0)
    run.report_memory(3, tmp_path)
    assert capsys.readouterr().out.startswith("idle memory: ")
