"""Who votes at a node: the assignment, those who are absent, the policies for nobody and for the initiator himself."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from engine.flow.compiled import Node, TaskBlock
from engine.flow.facts import NeedPeople, Person, Purpose
from engine.flow.run import FieldsLost, Run
from engine.flow.state import AssignSource, Automatic, Decision, Voter
from engine.model.flow_nodes.assign import (
    AssignRule,
    ByDepartmentHead,
    ByField,
    ByHandlers,
    ByInitiator,
    BySupervisor,
)
from engine.model.flow_nodes.blocks import ApproveBlock, HandleBlock, InitiateBlock
from engine.model.flow_nodes.tasks import EmptyTo

EMPTY: AssignSource = "empty"
FLOW_ADMIN: AssignSource = "flow_admin"


@dataclass(frozen=True, kw_only=True)
class Assignment:
    """The voters, or `outcome` when the node is decided without any; neither: nobody can be found."""

    voters: tuple[Voter, ...] = ()
    source: AssignSource = "assign"
    absent: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()
    outcome: Decision | None = None
    automatic: Automatic | None = None


def find(
    run: Run, node: str, purpose: Purpose, *, rules: tuple[AssignRule, ...] = (), members: tuple[str, ...] = ()
) -> tuple[Person, ...]:
    """People by rules, or the state of members already known. Raises PeopleNeeded, FieldsLost."""
    lost = run.facts.lost.intersection(field for rule in rules if (field := _field_of(rule)) is not None)
    if lost:
        raise FieldsLost(lost)
    wanted = dict.fromkeys(rule.of for rule in rules if isinstance(rule, ByHandlers))
    marks = {key: run.instance.passed(key) for key in wanted}
    return run.people(
        NeedPeople(
            node=node,
            purpose=purpose,
            initiator=run.instance.initiator,
            department=run.instance.department,
            rules=rules,
            members=members,
            handlers=tuple((key, mark.handlers) for key, mark in marks.items() if mark is not None),
        )
    )


def _field_of(rule: AssignRule) -> str | None:
    """The field a rule reads; `initiator` is none of the record."""
    match rule:
        case ByField():
            return rule.field
        case ByDepartmentHead() | BySupervisor():
            return rule.of
        case _:
            return None


def assign(run: Run, node: Node, block: TaskBlock, *, kept: tuple[Voter, ...] = ()) -> Assignment:
    """The voters of a visit that begins; `kept` voters of an earlier one come before the rules."""
    if kept:
        still = {person.id for person in find(run, node.key, "kept", members=_ids(kept)) if person.is_active}
        if still:
            voters = tuple(voter for voter in kept if voter.member in still)
            absent = tuple(member for member in _ids(kept) if member not in still)
            return Assignment(voters=voters, source="kept", absent=absent)
    rules = (ByInitiator(by="initiator"),) if isinstance(block, InitiateBlock) else _rules(block)
    people = find(run, node.key, "assign", rules=rules)
    absent = tuple(person.id for person in people if not person.is_active)
    present = tuple(person for person in people if person.is_active)
    if not present:
        return _nobody(run, node, block, absent=absent)
    if isinstance(block, ApproveBlock):
        return _without_initiator(run, node, block, present=present, absent=absent)
    return Assignment(voters=_voters(run, node, block, people=present), absent=absent)


def _ids(voters: tuple[Voter, ...]) -> tuple[str, ...]:
    return tuple(voter.member for voter in voters)


def _rules(block: ApproveBlock | HandleBlock) -> tuple[AssignRule, ...]:
    return block.approve.assign if isinstance(block, ApproveBlock) else block.handle.assign


def _voters(run: Run, node: Node, block: TaskBlock, *, people: tuple[Person, ...]) -> tuple[Voter, ...]:
    vetoing: set[str] = set()
    if isinstance(block, ApproveBlock) and block.approve.decide.veto:
        vetoing = {person.id for person in find(run, node.key, "veto", rules=block.approve.decide.veto)}
    return tuple(Voter(member=person.id, rule=person.rule, veto=person.id in vetoing) for person in people)


def _nobody(run: Run, node: Node, block: TaskBlock, *, absent: tuple[str, ...]) -> Assignment:
    """flow.md §1.2, empty set."""
    match block:
        case ApproveBlock():
            policy = block.approve.empty
        case HandleBlock():
            policy = block.handle.empty
        case InitiateBlock():
            policy = "flow_admin"
    if policy in {"approve", "reject"}:
        agreed: Decision = "approve" if isinstance(block, ApproveBlock) else "submit"
        outcome: Decision = "reject" if policy == "reject" else agreed
        return Assignment(absent=absent, outcome=outcome, automatic="empty")
    if isinstance(policy, EmptyTo):
        people, source = find(run, node.key, "empty", rules=policy.to), EMPTY
    else:
        people, source = find(run, node.key, "admin"), FLOW_ADMIN
    present = tuple(person for person in people if person.is_active)
    voters = _voters(run, node, block, people=present)
    if source == FLOW_ADMIN:
        voters = tuple(replace(voter, stands_in=True) for voter in voters)
    return Assignment(voters=voters, source=source, absent=absent)


def _without_initiator(
    run: Run, node: Node, block: ApproveBlock, *, present: tuple[Person, ...], absent: tuple[str, ...]
) -> Assignment:
    """flow.md §1.2, initiator = approver. Nobody is skipped where a required field would then stay empty."""
    initiator = run.instance.initiator
    policy = block.approve.self_policy or run.flow.policies.self_policy
    everyone = Assignment(voters=_voters(run, node, block, people=present), absent=absent)
    if policy == "allow" or initiator not in {person.id for person in present}:
        return everyone
    substitutes = () if policy == "skip" else _instead(run, node.key, policy)
    others = _replaced(present, initiator, substitutes)
    if others:
        voters = _voters(run, node, block, people=others)
        return Assignment(voters=voters, absent=absent, skipped=(initiator,))
    if node.requires_input:
        return everyone
    return Assignment(absent=absent, skipped=(initiator,), outcome="approve", automatic="self")


def _instead(run: Run, node: str, policy: Literal["supervisor", "department_head"]) -> tuple[Person, ...]:
    need = NeedPeople(
        node=node,
        purpose="self",
        initiator=run.instance.initiator,
        department=run.instance.department,
        instead=policy,
    )
    return tuple(person for person in run.people(need) if person.is_active)


def _replaced(people: tuple[Person, ...], leaving: str, substitutes: tuple[Person, ...]) -> tuple[Person, ...]:
    """The people in order, each once, the substitutes in the place of the one who leaves."""
    found: dict[str, Person] = {}
    for person in people:
        for present in substitutes if person.id == leaving else (person,):
            if present.id != leaving:
                found.setdefault(present.id, present)
    return tuple(found.values())
