"""Other logs with other maps: what cannot be expressed is listed; files that are no logs are refused."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import pytest

from tests.examples.logs import INITIATION_CASES, INITIATION_MAP, write_log
from tests.examples.test_replay import figure, replay

PLAIN_MAP = {
    "application": "travel_expense",
    "form": "declare",
    "initiator": "EMPLOYEE",
    "route_field": "route",
    "submit_node": "confirm",
    "roles": {"SUPERVISOR": "supervisor"},
    "values": {"purpose": "{case}", "amount": "12.5"},
    "activities": {
        "sent": {"command": "submit", "node": "confirm", "role": "EMPLOYEE"},
        "approved": {"command": "approve", "node": "supervisor", "role": "SUPERVISOR"},
    },
}
EVENT = '<event><string key="concept:name" value="sent"/>{time}</event>'
TIME = '<date key="time:timestamp" value="{at}"/>'


def write_map(place: Path, content: object = PLAIN_MAP) -> Path:
    file = place / "map.json"
    file.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return file


@pytest.mark.parametrize("is_packed", [False, True])
def test_parallel_approvals_votes_returns_and_withdrawals_of_the_template(tmp_path: Path, *, is_packed: bool) -> None:
    log = write_log(tmp_path / "log.xes", INITIATION_CASES, Amount="1500000")
    if is_packed:
        packed = tmp_path / "log.packed"
        packed.write_bytes(gzip.compress(log.read_bytes()))
        log = packed
    ran = replay(log, "--map", write_map(tmp_path, INITIATION_MAP), "--reasons")
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "history against log   equal" in ran.stdout
    assert figure(ran.stdout, "cases replayed") == 5, ran.stdout
    assert figure(ran.stdout, "withdrawals") == 1
    assert figure(ran.stdout, "rejections") == 3
    assert "too late: withdrawn: " in ran.stdout
    # both wait since the head's approval, whichever of them decides first; the votes since both are done
    assert waits(ran.stdout, "fin") == (3, "1.00", "5.00")
    assert waits(ran.stdout, "legal") == (3, "1.00", "2.00")
    assert waits(ran.stdout, "committee") == (3, "24.00", "25.00")


def waits(output: str, node: str) -> tuple[int, str, str]:
    """Number, median and 90th percentile of a node."""
    found = re.search(rf"^  {node} +(\d+) +([\d.]+) +([\d.]+)", output, re.MULTILINE)
    assert found is not None, output
    return int(found.group(1)), found.group(2), found.group(3)


def test_the_result_is_kept_in_the_database_that_is_named(tmp_path: Path, database_url: str) -> None:
    log = write_log(tmp_path / "log.xes", INITIATION_CASES, Amount="1500000")
    log_map = write_map(tmp_path, INITIATION_MAP)
    for _ in range(2):  # a second time on what the first one left
        ran = replay(log, "--map", log_map, "--database", database_url)
        assert ran.returncode == 0, ran.stdout + ran.stderr
        assert figure(ran.stdout, "cases replayed") == 5
        assert "history against log   equal" in ran.stdout
    other = write_map(tmp_path, {**INITIATION_MAP, "roles": {**dict.fromkeys(["New"], "pmo"), **_roles()}})
    ran = replay(log, "--map", other, "--database", database_url)
    assert (ran.returncode, ran.stdout) == (1, "")
    assert "another map" in ran.stderr


def _roles() -> dict[str, object]:
    roles = INITIATION_MAP["roles"]
    assert isinstance(roles, dict)
    return roles


def test_every_unmapped_activity_is_listed_within_the_lines(tmp_path: Path) -> None:
    names = [f"Some rather long name of an activity that nobody mapped, number {number}" for number in range(60)]
    cases = {name: [("05T09:00", "sent"), ("05T10:00", name)] for name in names}
    log = write_log(tmp_path / "log.xes", {**cases, "good": [("05T09:00", "sent")]})
    ran = replay(log, "--map", write_map(tmp_path))
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert len(ran.stdout.splitlines()) <= 30
    assert [name for name in names if f"{name} (1)" not in ran.stdout] == []
    assert figure(ran.stdout, "cases not expressible") == 60


def test_events_of_one_instant_keep_the_order_of_the_log(tmp_path: Path) -> None:
    same = [("05T09:00", "sent"), ("05T09:00", "approved")]
    log = write_log(tmp_path / "log.xes", {"as it was": same, "other way round": same[::-1]})
    ran = replay(log, "--map", write_map(tmp_path), "--reasons")
    assert figure(ran.stdout, "cases replayed") == 1, ran.stdout
    assert "other way round: approved while it waits at confirm" in ran.stdout


def test_cases_without_events_times_or_names_are_listed(tmp_path: Path) -> None:
    good = EVENT.format(time=TIME.format(at="2026-01-05T09:00:00Z"))
    bodies = {
        "good": good,
        "without zone": EVENT.format(time=TIME.format(at="2026-01-05T09:00:00.123456")),
        "empty": "",
        "no time": good + EVENT.format(time=""),
        "no date": EVENT.format(time=TIME.format(at="2026-02-30T09:00:00Z")),
        "too early": EVENT.format(time=TIME.format(at="0001-01-01T00:00:00+14:00")),
        "no name": f"<event>{TIME.format(at='2026-01-05T09:00:00Z')}</event>",
    }
    traces = [
        f'<x:trace><string key="concept:name" value="{name}"><string key="concept:name" value="inner"/></string>'
        f"{body}</x:trace>".replace("<string", "<x:string")
        .replace("</string", "</x:string")
        .replace("<e", "<x:e")
        for name, body in bodies.items()
    ]
    text = f'<x:log xmlns:x="http://www.xes-standard.org/">{"".join(traces)}</x:log>'
    log = tmp_path / "log.xes"
    log.write_text(text.replace("</event", "</x:event").replace("<date", "<x:date"), encoding="utf-8")
    ran = replay(log, "--map", write_map(tmp_path), "--reasons")
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert figure(ran.stdout, "cases replayed") == 2, ran.stdout
    for name in ("no time", "no date", "too early"):
        assert f"{name}: an event has no usable timestamp" in ran.stdout
    assert "empty: no events" in ran.stdout
    assert "no name: an event has no name" in ran.stdout


ENTITIES = '<!ENTITY a "ha">' + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in ("ab", "bc", "cd", "de", "ef"))
BOMB = f'<?xml version="1.0"?><!DOCTYPE log [{ENTITIES}]><log><trace><string key="x" value="&f;"/></trace></log>'
HOSTILE: dict[str, tuple[bytes, str]] = {
    "malformed": (b"<log><trace></log>", "mismatched tag"),
    "cut off": (b"<log><trace>", "no element found"),
    "nothing": (b"", "no element found"),
    "no log": (b"<html><trace/></html>", "no event log"),
    "entities": (BOMB.encode(), "document type"),
    "outside entity": (
        b'<!DOCTYPE log [<!ENTITY x SYSTEM "file:///etc/hostname">]><log>&x;</log>',
        "document type",
    ),
    "packed bomb": (gzip.compress(b"<log>" + b" " * 40_000_000), "times its size"),
    "endless attribute": (b'<log><trace><string key="x" value="' + b"x" * 70_000_000, "MiB"),
    "cut off while packed": (gzip.compress(b"<log></log>" * 1000)[:-20], "unpacked"),
    "spoilt": (gzip.compress(b"<log></log>")[:10] + b"\xff" * 50, "unpacked"),
    "no cases": (b"<log></log>", "no events"),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_what_is_no_log_is_refused_plainly(tmp_path: Path, what: str) -> None:
    content, reason = HOSTILE[what]
    log = tmp_path / "log.xes"
    log.write_bytes(content)
    ran = replay(log, "--map", write_map(tmp_path))
    assert (ran.returncode, ran.stdout, len(ran.stderr.splitlines())) == (1, "", 1), ran.stderr[-2000:]
    assert reason in ran.stderr


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"activities": {"sent": {"command": "submit", "role": "NOBODY"}}}, "NOBODY"),
        ({"heads": ["NOBODY"]}, "NOBODY"),
        ({"form": "nothing"}, "no form nothing"),
        ({"application": "nothing"}, "no application nothing"),
    ],
)
def test_a_map_that_does_not_fit_is_refused_plainly(tmp_path: Path, change: dict[str, object], reason: str) -> None:
    log = write_log(tmp_path / "log.xes", {"c": [("05T09:00", "sent")]})
    ran = replay(log, "--map", write_map(tmp_path, {**PLAIN_MAP, **change}))
    assert (ran.returncode, ran.stdout, len(ran.stderr.splitlines())) == (1, "", 1), ran.stderr[-2000:]
    assert reason in ran.stderr
