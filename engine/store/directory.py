"""The organisation in its tables."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from engine.access.directory import Department, Directory, Member, Role
from engine.model.base import Label
from engine.store.columns import instant_to_int
from engine.store.database import Tx
from engine.store.labels import dump_label, load_label


async def load_directory(tx: Tx) -> Directory:
    """Everything at once: an organisation is small beside its records."""
    belongs: dict[str, list[str]] = {}
    heads: dict[str, list[str]] = {}
    members_of: dict[str, list[str]] = {}
    for row in await tx.fetch_all(
        "SELECT department_id, member_id, is_head FROM [department_member]"
        " ORDER BY is_main DESC, position, department_id, member_id"
    ):
        belongs.setdefault(row["member_id"], []).append(row["department_id"])
    for row in await tx.fetch_all(
        "SELECT department_id, member_id, is_head FROM [department_member] ORDER BY position, member_id"
    ):
        members_of.setdefault(row["department_id"], []).append(row["member_id"])
        if row["is_head"]:
            heads.setdefault(row["department_id"], []).append(row["member_id"])
    members = {
        row["id"]: Member(
            id=row["id"],
            account=row["account"],
            name=load_label(row["name"]),
            is_active=row["state"] == "active",
            is_admin=bool(row["is_admin"]),
            is_sample=bool(row["is_sample"]),
            supervisor_id=row["supervisor_id"],
            department_ids=tuple(belongs.get(row["id"], ())),
        )
        for row in await tx.fetch_all(
            "SELECT id, account, name, state, is_admin, is_sample, supervisor_id FROM [member] ORDER BY id"
        )
    }
    departments = {
        row["id"]: Department(
            id=row["id"],
            key=row["key"],
            title=load_label(row["title"]),
            parent_id=row["parent_id"],
            head_ids=tuple(heads.get(row["id"], ())),
            member_ids=tuple(members_of.get(row["id"], ())),
        )
        for row in await tx.fetch_all("SELECT id, key, title, parent_id FROM [department] ORDER BY position, id")
    }
    return Directory(members=members, departments=departments, roles=await _load_roles(tx))


async def _load_roles(tx: Tx) -> dict[str, Role]:
    holders: dict[str, list[str]] = {}
    for row in await tx.fetch_all("SELECT role_id, member_id FROM [role_member] ORDER BY position, member_id"):
        holders.setdefault(row["role_id"], []).append(row["member_id"])
    return {
        row["key"]: Role(row["id"], row["key"], load_label(row["title"]), tuple(holders.get(row["id"], ())))
        for row in await tx.fetch_all("SELECT id, key, title FROM [role] ORDER BY id")
    }


async def insert_member(tx: Tx, member: Member, *, at: datetime, email: str | None = None) -> None:
    """Add a member; department rows are added apart. Raises `UniqueViolation` for an account in use."""
    await tx.execute(
        "INSERT INTO [member]"
        " (id, account, name, email, language, supervisor_id, is_admin, state, is_sample, created_at)"
        " VALUES ($1, $2, $3, $4, NULL, $5, $6, 'active', $7, $8)",
        member.id, member.account, dump_label(member.name), email, member.supervisor_id, int(member.is_admin),
        int(member.is_sample), instant_to_int(at),
    )  # fmt: skip


async def insert_department(tx: Tx, department: Department, *, position: int, is_sample: bool) -> None:
    """Add a department."""
    await tx.execute(
        "INSERT INTO [department] (id, key, title, parent_id, position, is_sample) VALUES ($1, $2, $3, $4, $5, $6)",
        department.id, department.key, dump_label(department.title), department.parent_id, position, int(is_sample),
    )  # fmt: skip


async def insert_department_members(tx: Tx, rows: Iterable[tuple[str, str, bool, bool, int]]) -> None:
    """Add (department, member, is head, is his main department, position) rows."""
    await tx.execute_many(
        "INSERT INTO [department_member] (department_id, member_id, is_head, is_main, position)"
        " VALUES ($1, $2, $3, $4, $5)",
        [(department, member, int(head), int(main), position) for department, member, head, main, position in rows],
    )


async def insert_role(tx: Tx, role_id: str, key: str, *, title: Label, is_sample: bool) -> None:
    """Add a role without members."""
    await tx.execute(
        "INSERT INTO [role] (id, key, title, is_sample) VALUES ($1, $2, $3, $4)",
        role_id, key, dump_label(title), int(is_sample),
    )  # fmt: skip


async def set_role_members(tx: Tx, role_id: str, member_ids: Iterable[str]) -> None:
    """Replace the members of a role."""
    await tx.execute("DELETE FROM [role_member] WHERE role_id = $1", role_id)
    await tx.execute_many(
        "INSERT INTO [role_member] (role_id, member_id, position) VALUES ($1, $2, $3)",
        [(role_id, member_id, position) for position, member_id in enumerate(member_ids)],
    )


async def remove_sample_organisation(tx: Tx) -> None:
    """Delete sample members, departments and roles with everything that points from or to them."""
    sample = "SELECT id FROM [member] WHERE is_sample = 1"
    for statement in (
        f"DELETE FROM [session] WHERE member_id IN ({sample})",
        f"DELETE FROM [sign_in_link] WHERE member_id IN ({sample})",
        f"DELETE FROM [api_key] WHERE member_id IN ({sample})",
        f"DELETE FROM [draft] WHERE member_id IN ({sample})",
        f"DELETE FROM [role_member] WHERE member_id IN ({sample})",
        f"DELETE FROM [department_member] WHERE member_id IN ({sample})",
        "DELETE FROM [department_member] WHERE department_id IN (SELECT id FROM [department] WHERE is_sample = 1)",
        f"UPDATE [member] SET supervisor_id = NULL WHERE supervisor_id IN ({sample})",
        "DELETE FROM [member] WHERE is_sample = 1",
        "DELETE FROM [department] WHERE is_sample = 1",
    ):
        await tx.execute(statement)
