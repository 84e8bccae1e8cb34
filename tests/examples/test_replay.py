"""A log is replayed at its own times, and the engine's history says what the log says."""

from __future__ import annotations

import gzip
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "examples" / "replay_event_log.py"
OUTSIDE = ROOT.parent / "shared" / "data" / "bpi2020-domestic-declarations.xes.gz"
LOUD = "NOT TESTED:"
SUBMITTED, SAVED = "Declaration SUBMITTED by EMPLOYEE", "Declaration SAVED by EMPLOYEE"
CHECKED, SENT_BACK = "Declaration APPROVED by ADMINISTRATION", "Declaration REJECTED by ADMINISTRATION"
TAKEN_BACK, APPROVED = "Declaration REJECTED by EMPLOYEE", "Declaration FINAL_APPROVED by SUPERVISOR"
PAID = ("Request Payment", "Payment Handled")


def log_of(*cases: list[tuple[str, str]]) -> str:
    traces = []
    for number, events in enumerate(cases):
        lines = [
            f'<event><string key="concept:name" value="{name}"/>'
            f'<date key="time:timestamp" value="2018-01-{at}:00.000+01:00"/></event>'
            for at, name in events
        ]
        traces.append(
            f'<trace><string key="concept:name" value="case {number}"/><float key="Amount" value="12.3456"/>'
            f"{''.join(lines)}</trace>"
        )
    return f'<?xml version="1.0"?><log xes.version="1.0" xmlns="http://www.xes-standard.org/">{"".join(traces)}</log>'


def replay(log: Path, *options: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, SCRIPT, log, *options], cwd=ROOT, capture_output=True, text=True, check=False, timeout=1200
    )


def figure(output: str, name: str) -> int:
    found = re.search(rf"^{name}\s+([\d,]+)", output, re.MULTILINE)
    assert found is not None, output
    return int(found.group(1).replace(",", ""))


@pytest.fixture
def log_map(tmp_path: Path) -> Path:
    """The map that ships, with the amount under a name that the small logs have."""
    content = json.loads((ROOT / "examples" / "travel_expense" / "log_map.json").read_text(encoding="utf-8"))
    content["values"]["amount"] = "{Amount}"
    file = tmp_path / "map.json"
    file.write_text(json.dumps(content), encoding="utf-8")
    return file


def test_cases_are_replayed_and_others_are_listed_with_their_reason(tmp_path: Path, log_map: Path) -> None:
    straight = [("01T09:00", SUBMITTED), ("01T10:00", CHECKED), ("02T10:00", APPROVED), ("03T10:00", PAID[0])]
    returned = [
        ("01T09:00", SAVED),
        ("01T09:30", SUBMITTED),
        ("01T10:00", SENT_BACK),
        ("01T11:00", TAKEN_BACK),
        ("01T12:00", SUBMITTED),
        ("01T12:00", CHECKED),
    ]
    wrong = [("01T09:00", SUBMITTED), ("01T10:00", PAID[1])]
    strange = [("01T09:00", SUBMITTED), ("01T10:00", "Coffee")]
    log = tmp_path / "log.xes"
    log.write_text(log_of(straight, returned, wrong, strange), encoding="utf-8")
    ran = replay(log, "--map", log_map, "--reasons")
    assert ran.returncode == 0, ran.stderr
    assert figure(ran.stdout, "cases replayed") == 2
    assert figure(ran.stdout, "events") == 10
    assert figure(ran.stdout, "rejections") == 1
    assert figure(ran.stdout, "variants") == 2
    assert "history against log   equal" in ran.stdout
    assert "case 2: Payment Handled while it waits at supervisor" in ran.stdout
    assert "case 3: unmapped activity: Coffee" in ran.stdout
    waits = re.search(r"supervisor\s+1\s+24.00\s+24.00\s+24.00", ran.stdout)
    assert waits is not None, ran.stdout


def test_a_gzipped_log_is_read_and_a_broken_one_refused(tmp_path: Path, log_map: Path) -> None:
    packed = tmp_path / "log.xes.gz"
    packed.write_bytes(gzip.compress(log_of([("01T09:00", SUBMITTED)]).encode()))
    assert figure(replay(packed, "--map", log_map).stdout, "cases replayed") == 1
    broken = tmp_path / "broken.xes"
    broken.write_text("<log><trace>", encoding="utf-8")
    ran = replay(broken)
    assert (ran.returncode, len(ran.stderr.splitlines())) == (1, 1)


def test_a_map_that_cannot_be_used_is_named(tmp_path: Path, log_map: Path) -> None:
    log = tmp_path / "log.xes"
    log.write_text(log_of([("01T09:00", SUBMITTED)]), encoding="utf-8")
    wrong = tmp_path / "wrong.json"
    wrong.write_text('{"application": "x"}', encoding="utf-8")
    ran = replay(log, "--map", wrong)
    assert ran.returncode == 1
    assert "/form" in ran.stderr


def test_ten_thousand_real_approvals_run_through_the_engine(is_proof: bool, tmp_path: Path) -> None:
    if not OUTSIDE.is_file():
        pytest.skip(f"{LOUD} the outside event log is absent")
    log = OUTSIDE
    if not is_proof:
        log = tmp_path / "part.xes"
        text = gzip.decompress(OUTSIDE.read_bytes()).decode()
        end = [match.end() for match in re.finditer("</trace>", text)][599]
        log.write_text(f"{text[:end]}</log>", encoding="utf-8")
    ran = replay(log)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert len(ran.stdout.splitlines()) <= 30
    assert figure(ran.stdout, "cases replayed") >= (10_000 if is_proof else 590)
    assert "history against log   equal" in ran.stdout
