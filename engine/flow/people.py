"""The answer of an organisation to what a flow asks about people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol, assert_never

from engine.flow.facts import NeedPeople, Person
from engine.model.flow_nodes.assign import (
    AssignRule,
    ByDepartment,
    ByDepartmentHead,
    ByField,
    ByHandlers,
    ByInitiator,
    ByMember,
    ByRole,
    BySupervisor,
)
from engine.model.values import Values

MAX_LEVELS = 20


class MemberLike(Protocol):
    """A member as far as flows need to know him."""

    @property
    def id(self) -> str: ...
    @property
    def is_admin(self) -> bool: ...


class DepartmentLike(Protocol):
    """A department as far as flows need to know it."""

    @property
    def id(self) -> str: ...


class RoleLike(Protocol):
    """A role as far as flows need to know it; its members in order."""

    @property
    def member_ids(self) -> tuple[str, ...]: ...


class Organisation(Protocol):
    """What is asked of the organisation; `engine.access.directory.Directory` answers it."""

    @property
    def members(self) -> Mapping[str, MemberLike]: ...
    @property
    def departments(self) -> Mapping[str, DepartmentLike]: ...
    @property
    def roles(self) -> Mapping[str, RoleLike]: ...
    @property
    def by_account(self) -> Mapping[str, MemberLike]: ...
    @property
    def department_by_key(self) -> Mapping[str, DepartmentLike]: ...
    def is_active(self, member_id: str) -> bool: ...
    def main_department(self, member_id: str) -> str | None: ...
    def department_members(self, department_id: str, *, subtree: bool) -> tuple[str, ...]: ...
    def heads(self, department_id: str | None, level: int) -> tuple[str, ...]: ...
    def supervisor(self, member_id: str | None, level: int) -> str | None: ...


def find_people(need: NeedPeople, organisation: Organisation, record: Values) -> tuple[Person, ...]:
    """The people a need names, each once, in the order of the rules, disabled members included as such."""
    found: dict[str, int | None] = {}
    for member in need.members:
        found.setdefault(member, None)
    for index, rule in enumerate(need.rules):
        for member in _by_rule(rule, need, organisation=organisation, record=record):
            found.setdefault(member, index)
    if need.purpose == "admin":
        found.update(dict.fromkeys(member.id for member in organisation.members.values() if member.is_admin))
    if need.instead is not None:
        found.update(dict.fromkeys(_instead(need, organisation)))
    return tuple(
        Person(id=member, is_active=organisation.is_active(member), rule=rule) for member, rule in found.items()
    )


def _by_rule(rule: AssignRule, need: NeedPeople, *, organisation: Organisation, record: Values) -> Iterable[str]:
    match rule:
        case ByMember() | ByRole() | ByDepartment():
            return _by_name(rule, organisation)
        case ByDepartmentHead() | BySupervisor():
            return _above(rule, need, organisation=organisation, record=record)
        case ByInitiator():
            return (need.initiator,)
        case ByField():
            return _by_field(rule, organisation, record)
        case ByHandlers():
            return dict(need.handlers).get(rule.of, ())
        case _:
            assert_never(rule)


def _by_name(rule: ByMember | ByRole | ByDepartment, organisation: Organisation) -> tuple[str, ...]:
    match rule:
        case ByMember():
            member = organisation.by_account.get(rule.member)
            return (member.id,) if member is not None else ()
        case ByRole():
            role = organisation.roles.get(rule.role)
            return role.member_ids if role is not None else ()
        case ByDepartment():
            department = organisation.department_by_key.get(rule.department)
            if department is None:
                return ()
            return organisation.department_members(department.id, subtree=rule.subtree)
        case _:
            assert_never(rule)


def _above(
    rule: ByDepartmentHead | BySupervisor, need: NeedPeople, *, organisation: Organisation, record: Values
) -> Iterator[str]:
    members = (need.initiator,) if rule.of == "initiator" else _ids(record.get(rule.of))
    for member in members:
        if isinstance(rule, BySupervisor):
            supervisor = organisation.supervisor(member, rule.level)
            if supervisor is not None:
                yield supervisor
        else:
            own = need.department if rule.of == "initiator" else None
            yield from organisation.heads(own or organisation.main_department(member), rule.level)


def _by_field(rule: ByField, organisation: Organisation, record: Values) -> Iterator[str]:
    for found in _ids(record.get(rule.field)):
        if found in organisation.departments:
            yield from organisation.heads(found, 1)
        else:
            yield found


def _ids(value: object) -> tuple[str, ...]:
    """The ids in a member or department field, single or multiple."""
    if isinstance(value, str):
        return (value,)
    return tuple(item for item in value if isinstance(item, str)) if isinstance(value, tuple) else ()


def _instead(need: NeedPeople, organisation: Organisation) -> tuple[str, ...]:
    """Who decides in place of the initiator: his supervisor, or the nearest heads above that are not he himself."""
    if need.instead == "supervisor":
        supervisor = organisation.supervisor(need.initiator, 1)
        return (supervisor,) if supervisor is not None else ()
    department = need.department or organisation.main_department(need.initiator)
    for level in range(1, MAX_LEVELS + 1):
        heads = organisation.heads(department, level)
        if others := tuple(head for head in heads if head != need.initiator and organisation.is_active(head)):
            return others
    return ()
