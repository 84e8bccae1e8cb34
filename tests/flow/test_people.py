"""Who is asked: rules, disabled members, and what the events say about it."""

from __future__ import annotations

from engine.flow.events import Assigned, Copied
from engine.flow.facts import NeedPeople
from engine.flow.people import find_people
from engine.model.flow_nodes.assign import ByDepartmentHead, ByField, ByMember, ByRole
from tests.flow.walks import Walk, approve, company, flow_of


def assigned(walk: Walk, node: str) -> Assigned:
    return next(event for event in reversed(walk.events) if isinstance(event, Assigned) and event.node == node)


def test_disabled_members_are_absent() -> None:
    flow = flow_of(approve("check", "wang", "li"))
    walk = Walk(flow, directory=company(disabled=frozenset({"wang"}))).start()
    assert walk.open == {"check": ["li"]}
    assert assigned(walk, "check").absent == ("wang",)


def test_a_node_whose_people_are_all_disabled_follows_its_empty_policy() -> None:
    flow = flow_of(approve("check", "wang", empty={"to": [{"by": "member", "member": "gao"}]}))
    walk = Walk(flow, directory=company(disabled=frozenset({"wang"}))).start()
    assert walk.open == {"check": ["gao"]}
    assert assigned(walk, "check").source == "empty"


def test_the_event_says_which_rule_gave_whom() -> None:
    need = NeedPeople(
        node="check",
        purpose="assign",
        initiator="zhang",
        department="team",
        rules=(
            ByDepartmentHead(by="department_head"),
            ByRole(by="role", role="board"),
            ByMember(by="member", member="li"),
        ),
    )
    found = find_people(need, company(), {})
    assert [(person.id, person.rule) for person in found] == [
        ("chen", 0),
        ("li", 1),
        ("wang", 1),
        ("sun", 1),
        ("zhou", 1),
        ("gao", 1),
    ]


def test_the_initiator_acts_for_the_department_he_chose() -> None:
    flow = flow_of({"key": "check", "approve": {"assign": [{"by": "department_head"}]}})
    walk = Walk(flow).start("zhang", department="money")
    assert walk.open == {"check": ["sun"]}


def test_a_department_field_gives_the_heads_of_several_departments() -> None:
    need = NeedPeople(
        node="check",
        purpose="assign",
        initiator="zhang",
        department="team",
        rules=(ByField(by="field", field="unit"), ByField(by="field", field="people")),
    )
    found = find_people(need, company(), {"unit": ("rd", "money"), "people": ("zhang", "wang")})
    assert [person.id for person in found] == ["wang", "sun", "zhang"]


def test_copies_go_to_everybody_still_there_and_never_wait() -> None:
    flow = flow_of({"key": "tell", "cc": {"to": [{"by": "role", "role": "finance"}, {"by": "role", "role": "nobody"}]}})
    walk = Walk(flow, directory=company(disabled=frozenset({"sun"}))).start()
    assert walk.status == "approved"
    assert [event.members for event in walk.events if isinstance(event, Copied)] == [("zhou",)]


def test_a_direct_return_asks_the_same_voters_again_though_the_role_has_changed() -> None:
    rule = [{"by": "role", "role": "finance"}]
    check = {
        "key": "check",
        "approve": {
            "assign": rule,
            "decide": {"mode": "any"},
            "actions": ["approve", "return"],
            "return": {"to": "passed", "resume": "direct"},
        },
    }
    walk = Walk(flow_of(check)).start().send_back("zhou", "apply")
    directory = company(disabled=frozenset({"sun"}))
    roles = {**directory.roles, "finance": directory.roles["legal"]}
    walk.directory = type(directory)(directory.members, directory.departments, roles)
    walk.submit("zhang")
    assert walk.open == {"check": ["zhou"]}
    assert assigned(walk, "check").source == "kept"
    assert assigned(walk, "check").absent == ("sun",)


def test_skipping_the_initiator_never_leaves_a_required_field_empty() -> None:
    check = approve("check", "zhang", fields={"name": "required"}, self_="skip")
    assert Walk(flow_of(check)).start().open == {"check": ["zhang"]}
