"""What happens when a definition or the data cannot go on: the block parks, is repaired, and is tried again."""

from __future__ import annotations

from decimal import Decimal

import pytest

from engine.flow.incidents import INCIDENT_TEXTS, incident_text
from engine.flow.state import Incident
from tests.flow.walks import RefusedCommand, Walk, approve, company, flow_of

NOTHING = {"key": "nothing", "seq": []}
BRANCH: dict[str, object] = {"key": "odd", "when": "1/{budget}>2", "block": approve("x", "li")}
FRAGILE = {"key": "pick", "choice": {"branches": [BRANCH], "default": NOTHING}}
CREATE = {"key": "make", "trigger": {"do": "create_record", "entity": "project", "map": {"name": "{name}"}}}


def incident_at(walk: Walk, node: str) -> Incident:
    live = walk.now.live(node)
    assert live is not None
    assert live.incident is not None
    return live.incident


def test_a_condition_that_fails_parks_the_choice_until_it_is_retried() -> None:
    walk = Walk(flow_of(FRAGILE), record={"budget": Decimal(0)}).start()
    incident = incident_at(walk, "pick")
    assert (incident.code, incident.params) == ("condition_failed", {"branch": "odd", "cause": "#DIV/0!"})
    walk.retry("pick")
    assert incident_at(walk, "pick") == incident
    walk.record["budget"] = Decimal(1)
    assert walk.retry("pick").status == "approved"


def test_a_cause_is_told_in_words_of_each_language() -> None:
    truth = {"key": "pick", "choice": {"branches": [{**BRANCH, "when": "IFERROR({budget},TRUE)"}], "default": NOTHING}}
    incident = incident_at(Walk(flow_of(truth), record={"budget": Decimal(3)}).start(), "pick")
    assert incident.params["cause"] == "not_boolean"
    assert "结果不是真或假" in incident_text(incident, "zh-CN")
    assert "the result is not a truth value" in incident_text(incident, "en")


def test_only_a_parked_block_can_be_retried() -> None:
    walk = Walk(flow_of(approve("check", "li"))).start()
    with pytest.raises(RefusedCommand, match="nothing_to_retry"):
        walk.retry("check")


def test_a_record_that_cannot_be_created_parks_the_trigger() -> None:
    walk = Walk(flow_of(CREATE))
    walk.creates_records = False
    walk.start()
    assert walk.status == "running"
    walk.fail("make", "名称必填")
    assert incident_text(incident_at(walk, "make"), "zh-CN").endswith(": 名称必填")
    assert incident_text(incident_at(walk, "make"), "en").endswith(": 名称必填 in English")
    walk.creates_records = True
    assert walk.retry("make").status == "approved"
    assert walk.now.created == {"make": "record-3"}


def test_a_value_that_cannot_be_computed_parks_the_trigger() -> None:
    trigger = {"do": "create_record", "entity": "project", "map": {"name": "{name}&1/{budget}"}}
    walk = Walk(flow_of({"key": "make", "trigger": trigger}), record={"budget": Decimal(0)}).start()
    assert incident_at(walk, "make").code == "trigger_value_failed"


def test_nobody_at_all_parks_the_node_until_somebody_is_there() -> None:
    rule = [{"by": "role", "role": "nobody"}]
    flow = flow_of({"key": "check", "approve": {"assign": rule, "empty": {"to": rule}}})
    walk = Walk(flow).start()
    assert incident_at(walk, "check").code == "nobody_found"
    walk.directory = company()
    roles = {**walk.directory.roles, "nobody": walk.directory.roles["legal"]}
    walk.directory = type(walk.directory)(walk.directory.members, walk.directory.departments, roles)
    assert walk.retry("check").open == {"check": ["gao"]}


def test_a_flow_that_goes_in_circles_by_itself_parks_after_a_thousand_steps() -> None:
    nobody = [{"by": "role", "role": "nobody"}]
    first = {"key": "first", "approve": {"assign": nobody, "empty": "approve"}}
    second = {
        "key": "second",
        "approve": {"assign": nobody, "empty": "reject", "on_reject": {"do": "return", "to": "first"}},
    }
    walk = Walk(flow_of(first, second)).start()
    (parked,) = [found.incident for found in walk.now.activations.values() if found.incident is not None]
    assert parked.code == "too_many_steps"
    assert len(walk.events) < 10_000


def test_a_rejection_cannot_return_to_a_node_that_was_not_passed() -> None:
    pick = {
        "key": "pick",
        "choice": {
            "branches": [{"key": "urgent", "when": "{is_urgent}", "block": approve("expert", "sun")}],
            "default": NOTHING,
        },
    }
    walk = Walk(flow_of(pick, approve("last", "li", on_reject={"do": "return", "to": "expert"}))).start()
    walk.reject("li")
    assert incident_at(walk, "last").code == "target_not_passed"
    assert walk.retry("last").open == {"last": ["li"]}


def test_every_incident_has_a_text_for_its_parameters() -> None:
    without = Incident(code="record_not_created", params={"reason": "名称必填"})
    assert incident_text(without, "en") == "The record could not be created: 名称必填"
    given = {
        "branch": "a",
        "cause": "b",
        "field": "c",
        "reason": "d",
        "absent": "1",
        "target": "e",
        "limit": "9",
        "calendar": "h",
    }
    for code in INCIDENT_TEXTS:
        incident = Incident(code=code, params=given)
        assert incident_text(incident, "zh-CN") != incident_text(incident, "en")
