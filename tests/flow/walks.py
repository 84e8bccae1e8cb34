"""Driving a flow in tests: a small company, and a walk that carries out commands by account and node key."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from pydantic import TypeAdapter

from engine.access.directory import Department, Directory, Member, Role
from engine.errors import Rejection
from engine.flow.advance import Advanced, NeedFacts, Refused, advance
from engine.flow.apply import fold
from engine.flow.commands import Command, Continue, Decide, Fail, Retry, Return, Start, Withdraw
from engine.flow.compile import compile_flow
from engine.flow.compiled import CompiledFlow
from engine.flow.events import Event, ReturnMode
from engine.flow.facts import Facts, NeedPeople, Person
from engine.flow.people import find_people
from engine.flow.requests import next_request
from engine.flow.state import Decision, Instance
from engine.formula.check import Scope
from engine.formula.values import Kind
from engine.model.entities import Entity
from engine.model.flows import Flow
from engine.model.values import Value
from engine.runtime.holidays import builtin_calendars

ZONE = ZoneInfo("Asia/Shanghai")
MORNING = datetime(2026, 1, 5, 1, 0, tzinfo=UTC)
ENTITY: Entity = TypeAdapter(Entity).validate_python(
    {
        "key": "proposal",
        "title": "立项",
        "fields": [
            {"key": "name", "type": "text", "title": "名称"},
            {"key": "budget", "type": "number", "title": "预算"},
            {"key": "kind", "type": "text", "title": "类型"},
            {"key": "total", "type": "number", "title": "合计", "computed": "{budget}"},
            {"key": "owner", "type": "member", "title": "负责人"},
            {"key": "people", "type": "member", "multiple": True, "title": "相关人员"},
            {"key": "unit", "type": "department", "title": "部门"},
            {"key": "is_urgent", "type": "boolean", "title": "紧急"},
            {
                "key": "lines",
                "type": "subform",
                "title": "明细",
                "fields": [{"key": "price", "type": "number", "title": "单价"}],
            },
        ],
    }
)
PROJECT: Entity = TypeAdapter(Entity).validate_python(
    {"key": "project", "title": "项目", "fields": [{"key": "name", "type": "text", "title": "名称", "required": True}]}
)


SCOPE: Scope = {
    "name": Kind("text"),
    "budget": Kind("number"),
    "kind": Kind("text"),
    "total": Kind("number"),
    "owner": Kind("member"),
    "people": Kind("member", is_list=True),
    "unit": Kind("department"),
    "is_urgent": Kind("boolean"),
    "lines.price": Kind("number", is_list=True),
}


def company(*, disabled: frozenset[str] = frozenset()) -> Directory:
    """Board (li, head) over R&D (wang, head) over team one (zhang, xu; head chen). Ids are the accounts."""
    bosses = {"zhang": "chen", "xu": "chen", "chen": "wang", "wang": "li", "sun": "li", "zhou": "sun", "gao": "li"}
    departments = {
        "team": ("rd", ("chen",), ("chen", "zhang", "xu")),
        "rd": ("board", ("wang",), ("wang",)),
        "money": ("board", ("sun",), ("sun", "zhou", "gao")),
        "board": (None, ("li",), ("li", "admin")),
    }
    home = {member: key for key, (_, _, members) in departments.items() for member in members}
    return Directory(
        members={
            account: Member(
                id=account,
                account=account,
                name=account,
                is_active=account not in disabled,
                is_admin=account == "admin",
                supervisor_id=bosses.get(account),
                department_ids=(key,),
            )
            for account, key in home.items()
        },
        departments={
            key: Department(id=key, key=key, title=key, parent_id=parent, head_ids=heads, member_ids=members)
            for key, (parent, heads, members) in departments.items()
        },
        roles={
            key: Role(id=key, key=key, title=key, member_ids=members)
            for key, members in {
                "finance": ("sun", "zhou"),
                "legal": ("gao",),
                "board": ("li", "wang", "sun", "zhou", "gao"),
                "chair": ("li",),
                "nobody": (),
            }.items()
        },
    )


def flow_of(*blocks: Mapping[str, object], policies: Mapping[str, object] | None = None) -> CompiledFlow:
    """A flow that begins with the node `apply` and goes on with the blocks."""
    authored = {
        "key": "approve_proposal",
        "entity": "proposal",
        "title": "审批",
        "policies": policies or {},
        "root": {"key": "root", "seq": [{"key": "apply", "initiate": {}}, *blocks]},
    }
    return compile_flow(
        Flow.model_validate(authored),
        entity=ENTITY,
        entities={"proposal": ENTITY, "project": PROJECT},
        scope=SCOPE,
    )


def approve(key: str, *accounts: str, **rules: object) -> dict[str, object]:
    """An approval by named members that may also reject and return."""
    assign: list[object] = [{"by": "member", "member": account} for account in accounts]
    node: dict[str, object] = {"assign": assign, "actions": ["approve", "reject", "return"], **rules}
    node = {name.removesuffix("_"): rule for name, rule in node.items()}
    return {"key": key, "approve": node}


class RefusedCommand(AssertionError):
    """A walk tried what the flow refuses."""

    def __init__(self, rejection: Rejection) -> None:
        self.code = rejection.code
        super().__init__(rejection.code)


class Walk:
    """One instance and the commands done to it. Each command happens a minute after the one before."""

    def __init__(
        self, flow: CompiledFlow, *, directory: Directory | None = None, record: Mapping[str, Value] | None = None
    ) -> None:
        self.flow = flow
        self.directory = directory or company()
        self.record: dict[str, Value] = {"name": "数据中台", "budget": Decimal(100), **(record or {})}
        self.instance: Instance | None = None
        self.events: list[Event] = []
        self.at = MORNING
        self.creates_records = True
        self.calendars = builtin_calendars()

    @property
    def now(self) -> Instance:
        assert self.instance is not None
        return self.instance

    def do(self, command: Command, changed: frozenset[str] = frozenset()) -> tuple[Event, ...]:
        """Carry out a command, answering questions about people, and the requests for records it causes."""
        people: dict[NeedPeople, tuple[Person, ...]] = {}
        while True:
            facts = Facts(zone=ZONE, calendars=self.calendars, record=self.record, people=people, changed=changed)
            match advance(self.flow, self.instance, facts, command):
                case NeedFacts(keys):
                    people |= {key: find_people(key, self.directory, self.record) for key in keys}
                case Refused(rejection):
                    raise RefusedCommand(rejection)
                case Advanced(instance, events):
                    break
        assert fold(events, self.instance) == instance
        self.instance = instance
        self.events.extend(events)
        self.at += timedelta(minutes=1)
        request = next_request(self.now, self.events) if self.creates_records else None
        if request is not None:
            record = f"record-{request.activation}"
            events += self.do(Continue(activation=request.activation, record=record, at=self.at))
        return events

    def start(self, actor: str = "zhang", department: str | None = None) -> Walk:
        self.do(Start(actor=actor, department=department or self.directory.main_department(actor), at=self.at))
        return self

    def task(self, member: str, node: str | None = None) -> int:
        """The number of the member's only open task (at the node)."""
        (number,) = (
            task.number for task in self.now.tasks.values() if task.member == member and node in {None, task.node}
        )
        return number

    def decide(self, member: str, decision: Decision, *, node: str | None = None, comment: str | None = None) -> Walk:
        return self.write(member, decision, {}, node=node, comment=comment)

    def write(
        self,
        member: str,
        decision: Decision,
        written: Mapping[str, Value],
        *,
        node: str | None = None,
        comment: str | None = None,
    ) -> Walk:
        """Decide and change fields of the record with it."""
        self.record |= written
        task = self.task(member, node)
        self.do(Decide(task=task, actor=member, decision=decision, at=self.at, comment=comment), frozenset(written))
        return self

    def approve(self, *members: str) -> Walk:
        for member in members:
            self.decide(member, "approve")
        return self

    def reject(self, member: str) -> Walk:
        return self.decide(member, "reject")

    def submit(self, member: str, **written: Value) -> Walk:
        return self.write(member, "submit", written)

    def send_back(self, member: str, to: str, resume: ReturnMode | None = None, *, node: str | None = None) -> Walk:
        self.do(Return(task=self.task(member, node), actor=member, to=to, resume=resume, at=self.at))
        return self

    def withdraw(self, member: str = "zhang") -> Walk:
        self.do(Withdraw(actor=member, at=self.at))
        return self

    def retry(self, node: str) -> Walk:
        live = self.now.live(node)
        assert live is not None
        self.do(Retry(activation=live.id, actor="admin", at=self.at))
        return self

    def fail(self, node: str, reason: str) -> Walk:
        live = self.now.live(node)
        assert live is not None
        self.do(Fail(activation=live.id, reason=reason, reason_en=f"{reason} in English", at=self.at))
        return self

    @property
    def open(self) -> dict[str, list[str]]:
        """Members with open tasks by node."""
        found: dict[str, list[str]] = {}
        for task in self.now.tasks.values():
            found.setdefault(task.node, []).append(task.member)
        return found

    @property
    def status(self) -> str:
        return self.now.status

    def kinds(self, node: str) -> list[str]:
        """Kinds of the events at a node, in order."""
        return [event.kind for event in self.events if getattr(event, "node", None) == node]
