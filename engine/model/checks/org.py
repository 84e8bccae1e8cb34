"""The sample organisation: people, departments and roles that name each other."""

from __future__ import annotations

from collections.abc import Iterator

from engine.errors import Problem
from engine.model.base import DuplicateKey, Fault
from engine.model.checks.lookup import UnknownName, repeated, unknown
from engine.model.org import Org


class UnknownAccount(UnknownName):
    code = "unknown_account"
    zh = "没有成员 “{name}”"
    en = "There is no member “{name}”"


class UnknownDepartment(UnknownName):
    code = "unknown_department"
    zh = "没有部门 “{name}”"
    en = "There is no department “{name}”"


class DepartmentCycle(Fault):
    code = "department_cycle"
    zh = "部门 “{name}” 的上级部门成环"
    en = "The department “{name}” is above itself"


class SupervisorCycle(Fault):
    code = "supervisor_cycle"
    zh = "成员 “{name}” 的上级成环"
    en = "The member “{name}” is his own superior"


def check_org(org: Org) -> tuple[Problem, ...]:
    """Every name that does not fit inside the organisation."""
    return tuple(_problems(org))


def _problems(org: Org) -> Iterator[Problem]:
    accounts = {member.account for member in org.members}
    departments = {department.key for department in org.departments}
    yield from repeated(_paths("/departments", "key", (d.key for d in org.departments)), fault=DuplicateKey)
    yield from repeated(_paths("/members", "account", (m.account for m in org.members)), fault=DuplicateKey)
    for name, path in _accounts(org):
        if name not in accounts:
            yield unknown(UnknownAccount, name, known=accounts, path=path)
    for name, path in _departments(org):
        if name not in departments:
            yield unknown(UnknownDepartment, name, known=departments, path=path)
    parents = {department.key: department.parent for department in org.departments}
    for position, department in enumerate(org.departments):
        if _is_above_itself(department.key, parents):
            yield Problem.of(DepartmentCycle(path=f"/departments/{position}/parent", name=department.key))
    supervisors = {member.account: member.supervisor for member in org.members}
    for position, member in enumerate(org.members):
        if _is_above_itself(member.account, supervisors):
            yield Problem.of(SupervisorCycle(path=f"/members/{position}/supervisor", name=member.account))


def _paths(parent: str, member: str, names: Iterator[str]) -> Iterator[tuple[str, str]]:
    return ((name, f"{parent}/{position}/{member}") for position, name in enumerate(names))


def _accounts(org: Org) -> Iterator[tuple[str, str]]:
    for position, department in enumerate(org.departments):
        for place, account in enumerate(department.heads):
            yield account, f"/departments/{position}/heads/{place}"
    for position, member in enumerate(org.members):
        if member.supervisor is not None:
            yield member.supervisor, f"/members/{position}/supervisor"
    for key, role in org.roles.items():
        for place, account in enumerate(role.members):
            yield account, f"/roles/{key}/members/{place}"
    for place, account in enumerate(org.admins):
        yield account, f"/admins/{place}"


def _departments(org: Org) -> Iterator[tuple[str, str]]:
    for position, department in enumerate(org.departments):
        if department.parent is not None:
            yield department.parent, f"/departments/{position}/parent"
    for position, member in enumerate(org.members):
        yield member.department, f"/members/{position}/department"
        for place, key in enumerate(member.departments):
            yield key, f"/members/{position}/departments/{place}"


def _is_above_itself(name: str, above: dict[str, str | None]) -> bool:
    seen: set[str] = set()
    current = above.get(name)
    while current is not None and current not in seen:
        if current == name:
            return True
        seen.add(current)
        current = above.get(current)
    return False
