"""Small event logs and the maps for them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from xml.sax.saxutils import quoteattr

Cases = Mapping[str, list[tuple[str, str]]]


def write_log(file: Path, cases: Cases, **attributes: str) -> Path:
    """A log with the events of each case as (day and time in January 2026, activity)."""
    traces = []
    for name, events in cases.items():
        lines = [f"<string key={quoteattr(key)} value={quoteattr(value)}/>" for key, value in attributes.items()]
        lines += [
            f'<event><string key="concept:name" value={quoteattr(activity)}/>'
            f'<date key="time:timestamp" value="2026-01-{at}:00.000+00:00"/></event>'
            for at, activity in events
        ]
        traces.append(f'<trace><string key="concept:name" value={quoteattr(name)}/>{"".join(lines)}</trace>')
    file.write_text(f'<log xmlns="http://www.xes-standard.org/">{"".join(traces)}</log>', encoding="utf-8")
    return file


# the template that ships: parallel approvals, a committee's votes, returns and withdrawals
INITIATION_MAP: dict[str, object] = {
    "application": "project_initiation",
    "form": "apply",
    "initiator": "申请人",
    "heads": ["Manager", "Director"],
    "roles": {
        "Manager": [],
        "Director": [],
        "财务": "finance",
        "法务": "legal",
        "Member A": "investment_committee",
        "Member B": "investment_committee",
        "Chair": ["investment_committee", "committee_chair"],
    },
    "values": {
        "name": "Project {case}",
        "kind": "it",
        "goals": ["digital"],
        "goal": "Figures",
        "start": "2026-02-01",
        "finish": "2026-08-01",
        "owner": "{@申请人}",
        "department": "{@department}",
        "lines": [{"item": "All", "qty": "1", "price": "{Amount}"}],
    },
    "activities": {
        "applied": {"command": "start"},
        "applied again": {"command": "submit", "node": "apply"},
        "withdrawn": {"command": "withdraw"},
        "manager yes": {"command": "approve", "node": "dept", "role": "Manager"},
        "manager no": {"command": "reject", "node": "dept", "role": "Manager"},
        "director yes": {"command": "approve", "node": "vp", "role": "Director"},
        "finance yes": {"command": "approve", "node": "fin", "role": "财务", "values": {"cost_center": "C-1"}},
        "finance back": {"command": "return", "node": "fin", "role": "财务"},
        "legal yes": {"command": "approve", "node": "legal", "role": "法务", "values": {"review_note": "ok"}},
        "a yes": {"command": "approve", "role": "Member A"},
        "b yes": {"command": "approve", "role": "Member B"},
        "chair no": {"command": "reject", "node": "committee", "role": "Chair"},
        "mail sent": {"command": "ignore"},
    },
}
INITIATION_CASES: Cases = {
    "whole": [
        ("05T08:00", "mail sent"),
        ("05T09:00", "applied"),
        ("05T10:00", "manager yes"),
        ("05T12:00", "legal yes"),
        ("05T15:00", "finance yes"),
        ("06T15:00", "b yes"),
        ("06T16:00", "a yes"),
    ],
    "withdrawn": [("05T09:00", "applied"), ("05T09:30", "withdrawn")],
    "returned, then vetoed": [
        ("05T09:00", "applied"),
        ("05T10:00", "manager yes"),
        ("05T11:00", "finance back"),
        ("05T13:00", "applied again"),
        ("05T14:00", "manager yes"),
        ("05T15:00", "finance yes"),
        ("05T15:00", "legal yes"),
        ("05T17:00", "chair no"),
    ],
    "refused, applied again, still open": [
        ("05T09:00", "applied"),
        ("05T10:00", "manager no"),
        ("05T11:00", "applied again"),
    ],
    "begins with a decision": [("05T09:00", "manager yes"), ("05T10:00", "legal yes")],
    "too late": [("05T09:00", "applied"), ("05T10:00", "manager yes"), ("05T11:00", "withdrawn")],
}
