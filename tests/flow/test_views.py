"""What a page shows of an instance."""

from __future__ import annotations

from decimal import Decimal

from engine.flow.offers import Offer, may_withdraw, offered_actions
from engine.flow.views import TreeNode, current_nodes, node_rights, tree_view
from tests.flow.walks import Walk, approve, flow_of

PICK = {
    "key": "pick",
    "choice": {
        "branches": [{"key": "big", "title": "大额", "when": "{budget}>=1000", "block": approve("boss", "li")}],
        "default": approve("plain", "wang", return_={"to": "passed", "resume": "choose"}),
    },
}


def states(tree: TreeNode) -> dict[str, str]:
    found: dict[str, str] = {tree.key: tree.state}
    for child in tree.children:
        found |= states(child)
    return found


def test_the_tree_shows_where_the_instance_is() -> None:
    walk = Walk(flow_of(approve("first", "chen"), PICK, approve("last", "gao"))).start().approve("chen")
    assert states(tree_view(walk.flow, walk.now)) == {
        "root": "active",
        "apply": "passed",
        "first": "passed",
        "pick": "active",
        "boss": "skipped",
        "plain": "active",
        "last": "idle",
    }
    assert [(node.key, node.member_ids) for node in current_nodes(walk.flow, walk.now)] == [("plain", ("wang",))]


def test_a_node_that_returned_is_shown_so() -> None:
    walk = Walk(flow_of(approve("first", "chen"), PICK)).start().approve("chen").send_back("wang", "first", "rerun")
    shown = states(tree_view(walk.flow, walk.now))
    assert (shown["first"], shown["plain"], shown["pick"]) == ("active", "returned", "cancelled")


def test_a_flow_without_instance_is_idle_and_shows_its_branches() -> None:
    flow = flow_of(PICK)
    tree = tree_view(flow, None)
    assert set(states(tree).values()) == {"idle"}
    boss = tree.children[1].children[0]
    assert (boss.branch, boss.branch_title, boss.when) == ("big", "大额", "{budget}>=1000")


def test_members_are_shown_with_their_votes() -> None:
    walk = Walk(flow_of(approve("check", "wang", "li", decide={"mode": "all"}))).start().approve("wang")
    check = tree_view(walk.flow, walk.now).children[1]
    assert [(member.id, member.decision) for member in check.members] == [("wang", "approve"), ("li", None)]


def test_offers_name_targets_and_ways_back() -> None:
    walk = Walk(flow_of(approve("first", "chen"), PICK)).start().approve("chen")
    assert offered_actions(walk.flow, walk.now, walk.task("wang")) == (
        Offer(action="approve"),
        Offer(action="reject", effect="end"),
        Offer(action="return", targets=("apply", "first"), resume_modes=("rerun", "direct")),
    )
    assert offered_actions(walk.flow, walk.now, 999) == ()


def test_a_node_passed_without_anybody_is_no_target() -> None:
    flow = flow_of(
        {"key": "auto", "approve": {"assign": [{"by": "role", "role": "nobody"}], "empty": "approve"}},
        approve("last", "li"),
    )
    walk = Walk(flow).start()
    offer = offered_actions(walk.flow, walk.now, walk.task("li"))[-1]
    assert offer.targets == ("apply",)


def test_only_the_initiator_may_withdraw_and_only_before_the_first_decision() -> None:
    walk = Walk(flow_of(approve("first", "chen"), approve("last", "li"))).start()
    assert may_withdraw(walk.flow, walk.now, "zhang")
    assert not may_withdraw(walk.flow, walk.now, "chen")
    walk.approve("chen")
    assert not may_withdraw(walk.flow, walk.now, "zhang")


def test_resubmitting_after_a_rejection_by_policy_is_no_new_decision() -> None:
    walk = Walk(flow_of(approve("first", "chen", on_reject={"do": "return", "to": "apply"}))).start().reject("chen")
    assert walk.open == {"apply": ["zhang"]}
    decisions = walk.now.decisions
    assert walk.submit("zhang").now.decisions == decisions


def test_rights_are_those_authored_or_the_default_of_the_kind() -> None:
    flow = flow_of(
        approve("seen", "li"),
        approve("filled", "li", fields={"*": "hidden", "lines": {"price": "write"}}),
        {"key": "work", "handle": {"assign": [{"by": "initiator"}]}},
    )
    assert node_rights(flow, "seen") == {"*": "read"}
    assert node_rights(flow, "filled") == {"*": "hidden", "lines": {"price": "write"}}
    assert node_rights(flow, "work") == {"*": "write"}
    assert flow.nodes["filled"].asks_for_input
    assert not flow.nodes["filled"].requires_input


def test_numbers_of_a_trigger_are_rounded_to_the_field_they_go_to() -> None:
    trigger = {"do": "create_record", "entity": "proposal", "map": {"budget": "{budget}/3", "name": "{name}"}}
    walk = Walk(flow_of({"key": "make", "trigger": trigger}), record={"budget": Decimal(100)}).start()
    (requested,) = [event for event in walk.events if event.kind == "record_requested"]
    assert requested.values == {"budget": Decimal(33), "name": "数据中台"}
