"""`org.json`: a sample organisation: departments, members with heads and supervisors, roles."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from engine.model.base import Document, DocumentFile, FormatNumber, Key, Label
from engine.model.permission_sets import Account

Email = Annotated[str, StringConstraints(pattern=r"^[^@\s]{1,64}@[^@\s]{1,255}$")]


class OrgDepartment(Document):
    """A department below `parent`; its heads in order, by account."""

    key: Key
    title: Label
    parent: Key | None = None
    heads: tuple[Account, ...] = ()


class OrgMember(Document):
    """A person. `department` is the main one, `departments` are further ones."""

    account: Account
    name: Label
    email: Email | None = None
    department: Key
    departments: tuple[Key, ...] = ()
    supervisor: Account | None = None


class OrgRole(Document):
    """A role and its members in order, by account."""

    title: Label
    members: tuple[Account, ...] = ()


class Org(DocumentFile):
    """A sample organisation, installed and removed together with the sample records."""

    format: FormatNumber
    key: Key
    title: Label
    departments: tuple[OrgDepartment, ...] = Field(min_length=1, max_length=2000)
    members: tuple[OrgMember, ...] = Field(min_length=1, max_length=10_000)
    roles: dict[Key, OrgRole] = Field(default_factory=dict)
    admins: tuple[Account, ...] = ()
