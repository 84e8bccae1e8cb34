"""The organisation as one immutable value: members, departments, roles, and the walks over them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from engine.model.base import Label


@dataclass(frozen=True)
class Member:
    """A person with an account. `department_ids`: the main department first."""

    id: str
    account: str
    name: Label
    is_active: bool = True
    is_admin: bool = False
    is_sample: bool = False
    supervisor_id: str | None = None
    department_ids: tuple[str, ...] = ()


@dataclass(frozen=True)
class Department:
    """A department; `head_ids` and `member_ids` in their configured order, without those of sub-departments."""

    id: str
    key: str
    title: Label
    parent_id: str | None = None
    head_ids: tuple[str, ...] = ()
    member_ids: tuple[str, ...] = ()


@dataclass(frozen=True)
class Role:
    """A named group of members that flows and permission sets refer to by key."""

    id: str
    key: str
    title: Label
    member_ids: tuple[str, ...] = ()


@dataclass(frozen=True)
class Directory:
    """Everything about the organisation at one version of it."""

    members: Mapping[str, Member]
    departments: Mapping[str, Department]
    roles: Mapping[str, Role]

    @cached_property
    def by_account(self) -> Mapping[str, Member]:
        """Members by account name."""
        return {member.account: member for member in self.members.values()}

    @cached_property
    def department_by_key(self) -> Mapping[str, Department]:
        """Departments by their author-given key."""
        return {department.key: department for department in self.departments.values()}

    @cached_property
    def _children(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for department in self.departments.values():
            if department.parent_id is not None:
                found.setdefault(department.parent_id, []).append(department.id)
        return {parent: tuple(children) for parent, children in found.items()}

    @cached_property
    def _roles_of(self) -> Mapping[str, frozenset[str]]:
        found: dict[str, set[str]] = {}
        for key, role in self.roles.items():
            for member_id in role.member_ids:
                found.setdefault(member_id, set()).add(key)
        return {member_id: frozenset(keys) for member_id, keys in found.items()}

    def roles_of(self, member_id: str) -> frozenset[str]:
        """Keys of the roles a member holds."""
        return self._roles_of.get(member_id, frozenset())

    def is_active(self, member_id: str) -> bool:
        """Whether the member exists and is not disabled."""
        member = self.members.get(member_id)
        return member is not None and member.is_active

    def main_department(self, member_id: str) -> str | None:
        """The department a member acts for unless he says otherwise."""
        member = self.members.get(member_id)
        return member.department_ids[0] if member and member.department_ids else None

    def upward(self, department_id: str | None) -> Iterator[Department]:
        """The department, its parent, its parent's parent …; ends at the root, a cycle or an unknown id."""
        seen: set[str] = set()
        department = self.departments.get(department_id or "")
        while department is not None and department.id not in seen:
            seen.add(department.id)
            yield department
            department = self.departments.get(department.parent_id or "")

    def subtree(self, department_id: str) -> tuple[str, ...]:
        """Ids of the department and of all below it, parents first."""
        found: list[str] = []
        waiting = [department_id] if department_id in self.departments else []
        while waiting:
            current = waiting.pop(0)
            if current not in found:
                found.append(current)
                waiting.extend(self._children.get(current, ()))
        return tuple(found)

    def department_members(self, department_id: str, *, subtree: bool) -> tuple[str, ...]:
        """Member ids of a department (with sub-departments if `subtree`), each once, in tree order."""
        departments = self.subtree(department_id) if subtree else (department_id,)
        found: dict[str, None] = {}
        for current in departments:
            department = self.departments.get(current)
            if department is not None:
                found.update(dict.fromkeys(department.member_ids))
        return tuple(found)

    def heads(self, department_id: str | None, level: int) -> tuple[str, ...]:
        """Heads of the department `level` steps up (1: the department itself); () where the tree ends before."""
        for number, department in enumerate(self.upward(department_id), start=1):
            if number == level:
                return department.head_ids
        return ()

    def supervisor(self, member_id: str | None, level: int) -> str | None:
        """The person `level` steps up the supervisor line (1: the direct one)."""
        current = member_id
        for _ in range(level):
            member = self.members.get(current) if current is not None else None
            current = member.supervisor_id if member is not None else None
        return current

    def subordinates(self, member_id: str) -> frozenset[str]:
        """Everyone whose supervisor line leads to the member, the member himself excluded."""
        below: dict[str, list[str]] = {}
        for member in self.members.values():
            if member.supervisor_id is not None:
                below.setdefault(member.supervisor_id, []).append(member.id)
        found: set[str] = set()
        waiting = list(below.get(member_id, ()))
        while waiting:
            current = waiting.pop()
            if current not in found:
                found.add(current)
                waiting.extend(below.get(current, ()))
        return frozenset(found - {member_id})
