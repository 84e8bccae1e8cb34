"""The straight way: start, votes, choice, end."""

from __future__ import annotations

from decimal import Decimal

import pytest

from engine.flow.commands import Decide
from tests.flow.walks import RefusedCommand, Walk, approve, flow_of


def test_a_flow_without_approvals_is_approved_at_once() -> None:
    assert Walk(flow_of()).start().status == "approved"


def test_the_approver_gets_a_task_and_his_approval_ends_the_flow() -> None:
    walk = Walk(flow_of(approve("check", "wang"))).start()
    assert walk.open == {"check": ["wang"]}
    assert walk.status == "running"
    assert walk.approve("wang").status == "approved"
    assert walk.now.activations == {}


def test_a_rejection_ends_the_flow() -> None:
    walk = Walk(flow_of(approve("check", "wang"), approve("later", "li"))).start().reject("wang")
    assert walk.status == "rejected"
    assert walk.open == {}


@pytest.mark.parametrize(("budget", "node"), [(50, "small"), (100, "middle"), (5000, "large")])
def test_a_choice_takes_the_first_branch_that_holds(budget: int, node: str) -> None:
    choice = {
        "key": "by_amount",
        "choice": {
            "branches": [
                {"key": "a", "when": "{budget}>=1000", "block": approve("large", "li")},
                {"key": "b", "when": "{budget}>=100", "block": approve("middle", "wang")},
            ],
            "default": approve("small", "chen"),
        },
    }
    walk = Walk(flow_of(choice), record={"budget": Decimal(budget)}).start()
    assert list(walk.open) == [node]


def test_only_the_assignee_may_decide() -> None:
    walk = Walk(flow_of(approve("check", "wang"))).start()
    task = walk.task("wang")
    with pytest.raises(RefusedCommand, match="not_the_assignee"):
        walk.do(Decide(task=task, actor="li", decision="approve", at=walk.at))
