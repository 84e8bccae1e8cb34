"""The organisation as everyone in the workspace may see it, and the accounts that the operator makes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from engine.access.directory import Member
from engine.errors import Rejection
from engine.model.base import Label
from engine.runtime.calls import Call
from engine.store.database import Tx, UniqueViolation
from engine.store.directory import insert_member
from engine.store.history import append_audit
from engine.store.marks import bump_mark

_ACCOUNT = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@+-]{0,99}")


class AccountTaken(Rejection):
    """An account that exists."""

    code = "account_taken"
    status = 409
    zh = "账号 {account} 已存在"
    en = "The account {account} exists already"


class BadAccount(Rejection):
    """An account name that is not well formed."""

    code = "bad_account"
    status = 422
    zh = "账号 “{account}” 不合法: 只能用字母、数字和 . _ @ + -, 以字母或数字开头"
    en = "The account “{account}” is not well formed: letters, digits and . _ @ + -, beginning with one of the first"


class AccountUnknown(Rejection):
    """No member has this account, or he is disabled."""

    code = "account_unknown"
    status = 404
    zh = "没有账号 {account}, 或已停用"
    en = "There is no account {account}, or it is disabled"


@dataclass(frozen=True)
class MemberView:
    """A person. `department_id`: the main department; `departments`: all of them."""

    id: str
    account: str
    name: Label
    department_id: str | None
    departments: Sequence[str]
    supervisor_id: str | None
    active: bool
    is_admin: bool


@dataclass(frozen=True)
class DepartmentView:
    """A department and its heads."""

    id: str
    key: str
    title: Label
    parent_id: str | None
    head_ids: Sequence[str]


@dataclass(frozen=True)
class RoleView:
    """A role and who holds it."""

    key: str
    title: Label
    members: Sequence[str]


@dataclass(frozen=True)
class DirectoryView:
    """The whole organisation."""

    members: Sequence[MemberView]
    departments: Sequence[DepartmentView]
    roles: Sequence[RoleView]


def show_directory(call: Call) -> DirectoryView:
    """Everyone, every department, every role."""
    directory = call.directory
    return DirectoryView(
        members=[
            MemberView(
                member.id,
                member.account,
                member.name,
                directory.main_department(member.id),
                member.department_ids,
                member.supervisor_id,
                member.is_active,
                member.is_admin,
            )
            for member in directory.members.values()
        ],
        departments=[
            DepartmentView(item.id, item.key, item.title, item.parent_id, item.head_ids)
            for item in directory.departments.values()
        ],
        roles=[RoleView(role.key, role.title, role.member_ids) for role in directory.roles.values()],
    )


def member_of_account(call: Call, account: str) -> Member:
    """The active member of an account. Raises `AccountUnknown`."""
    member = call.directory.by_account.get(account)
    if member is None or not member.is_active:
        raise AccountUnknown(account=account)
    return member


async def create_admin(tx: Tx, call: Call, account: str, *, name: Label) -> Member:
    """A new member who may do everything. Raises `AccountTaken`, `BadAccount`."""
    if not _ACCOUNT.fullmatch(account):
        raise BadAccount(account=account[:100])
    member = Member(id=next(call.ids), account=account, name=name, is_admin=True)
    try:
        async with tx.savepoint():
            await insert_member(tx, member, at=call.now)
    except UniqueViolation:
        raise AccountTaken(account=account) from None
    await bump_mark(tx, "directory")
    await append_audit(tx, call.audit("member.create_admin", "member", target_id=member.id, account=account))
    return member
