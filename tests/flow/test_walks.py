"""Random flows, random commands: the invariants hold after every one of them."""

from __future__ import annotations

import os
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DataObject

from engine.flow.apply import fold
from engine.flow.commands import Decide, Retry, Return, Withdraw
from engine.flow.events import dump_event, load_events
from engine.flow.offers import may_withdraw, offered_actions
from engine.flow.state import Decision, Task, dump_instance, load_instance
from tests.flow.definitions import ACCOUNTS, Block, flows
from tests.flow.invariants import check_events, check_offers, check_state, no_people
from tests.flow.walks import RefusedCommand, Walk, company, flow_of

WALKS = 10_000 if os.environ.get("FORMWRIGHT_PROOF") else 300
MAX_COMMANDS = 14
ROUNDS = 300


def write_something(walk: Walk, data: DataObject) -> frozenset[str]:
    """Change the fields that conditions read, sometimes."""
    field = data.draw(st.sampled_from(["", "", "is_urgent", "budget", "owner", "name"]))
    match field:
        case "is_urgent":
            walk.record["is_urgent"] = data.draw(st.booleans())
        case "budget":
            walk.record["budget"] = Decimal(data.draw(st.sampled_from([0, 10, 60, 100])))
        case "owner":
            walk.record["owner"] = data.draw(st.sampled_from(ACCOUNTS))
        case "name":
            walk.record["name"] = data.draw(st.sampled_from(["甲", "乙"]))
    return frozenset({field} - {""})


def act(walk: Walk, task: Task, data: DataObject) -> None:
    """One offered action of the task's owner; the same command again is refused."""
    offer = data.draw(st.sampled_from(offered_actions(walk.flow, walk.now, task.number)))
    changed = write_something(walk, data)
    if offer.action == "return":
        command: Decide | Return = Return(
            task=task.number,
            actor=task.member,
            to=data.draw(st.sampled_from(offer.targets)),
            resume=data.draw(st.sampled_from(offer.resume_modes)),
            at=walk.at,
        )
    else:
        command = Decide(task=task.number, actor=task.member, decision=offer.action, at=walk.at)
    walk.do(command, changed)
    with pytest.raises(RefusedCommand):
        walk.do(command)


def take_step(walk: Walk, data: DataObject) -> None:
    before, known = walk.instance, len(walk.events)
    tasks = list(walk.now.tasks.values())
    parked = [found.id for found in walk.now.activations.values() if found.incident is not None]
    choice = data.draw(st.integers(0, 19))
    if choice == 0 and may_withdraw(walk.flow, walk.now, walk.now.initiator):
        walk.do(Withdraw(actor=walk.now.initiator, at=walk.at))
    elif parked and (choice < 6 or not tasks):
        write_something(walk, data)
        walk.do(Retry(activation=data.draw(st.sampled_from(parked)), actor="admin", at=walk.at))
    elif tasks:
        act(walk, data.draw(st.sampled_from(tasks)), data)
    check_events(walk.flow, before, tuple(walk.events[known:]))
    check_state(walk.flow, walk.now)


@settings(
    max_examples=WALKS,
    deadline=None,
    derandomize=WALKS == 300,
    database=None,
    suppress_health_check=list(HealthCheck),
)
@given(definition=flows(), data=st.data())
def test_every_walk_keeps_the_invariants(definition: tuple[list[Block], Block], data: DataObject) -> None:
    blocks, policies = definition
    disabled = data.draw(st.frozensets(st.sampled_from(ACCOUNTS[1:]), max_size=3))
    walk = Walk(flow_of(*blocks, policies=policies), directory=company(disabled=disabled))
    write_something(walk, data)
    walk.start(data.draw(st.sampled_from(["zhang", "wang", "li"])))
    check_state(walk.flow, walk.now)
    for _ in range(data.draw(st.integers(0, MAX_COMMANDS))):
        if walk.status != "running":
            break
        check_offers(walk.flow, walk.now, no_people())
        take_step(walk, data)
    check_stored_forms(walk, data.draw(st.integers(0, len(walk.events) - 1)))
    check_that_it_can_end(walk)


def check_stored_forms(walk: Walk, middle: int) -> None:
    """I7: the events as stored give the snapshot, from the start and from any state between."""
    stored = load_events(dump_event(event) for event in walk.events)
    assert stored == tuple(walk.events)
    assert fold(stored) == walk.now
    assert load_instance(dump_instance(walk.now)) == walk.now
    if middle:
        halfway = load_instance(dump_instance(fold(stored[:middle])))
        assert fold(stored[middle:], halfway) == walk.now


def check_that_it_can_end(walk: Walk) -> None:
    """I13: agreeing to everything ends the instance, unless a block is parked."""
    walk.record |= {"budget": Decimal(60), "owner": "gao"}
    for _ in range(ROUNDS):
        if walk.status != "running" or not walk.now.tasks:
            break
        task = next(iter(walk.now.tasks.values()))
        offered = {offer.action for offer in offered_actions(walk.flow, walk.now, task.number)}
        agree: Decision = "approve" if "approve" in offered else "submit"
        walk.do(Decide(task=task.number, actor=task.member, decision=agree, at=walk.at, comment="同意"))
        check_state(walk.flow, walk.now)
    parked = [found for found in walk.now.activations.values() if found.incident is not None]
    assert walk.status != "running" or parked
