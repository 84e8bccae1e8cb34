"""`permission_sets/<key>.json`: who may do what with which records and fields of an entity."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Discriminator, Field, StringConstraints, Tag

from engine.model.base import Document, DocumentFile, Key, Label
from engine.model.filters import Filter

Action = Literal["read", "create", "update", "delete"]
FieldAccess = Literal["hidden", "read", "write"]
Account = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._@+-]{0,99}$")]
FieldSelector = Annotated[str, StringConstraints(pattern=r"^(\*|[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*){0,2})$")]


class Everyone(Document):
    """Every active member."""

    everyone: Literal[True]


class InRole(Document):
    """The members of a role that the application needs."""

    role: Key


class InDepartment(Document):
    """The members of a department, with `subtree` also of those below it."""

    department: Key
    subtree: bool = False


class OneMember(Document):
    """One member, by account."""

    member: Account


def _grantee_tag(grantee: object) -> str:
    match grantee:
        case InRole() | {"role": _}:
            return "role_grantee"
        case InDepartment() | {"department": _}:
            return "department_grantee"
        case OneMember() | {"member": _}:
            return "member_grantee"
        case _:
            return "everyone_grantee"


Grantee = Annotated[
    Annotated[Everyone, Tag("everyone_grantee")]
    | Annotated[InRole, Tag("role_grantee")]
    | Annotated[InDepartment, Tag("department_grantee")]
    | Annotated[OneMember, Tag("member_grantee")],
    Discriminator(_grantee_tag),
]


def _all_readable() -> dict[FieldSelector, FieldAccess]:
    return {"*": "read"}


class PermissionSet(DocumentFile):
    """What its people may do with the rows that pass `rows` (all without it), and the access to each field."""

    key: Key
    was: Key | None = None
    entity: Key
    title: Label
    to: tuple[Grantee, ...] = Field(min_length=1, max_length=100)
    actions: tuple[Action, ...] = Field(min_length=1, max_length=4)
    rows: Filter | None = None
    fields: dict[FieldSelector, FieldAccess] = Field(default_factory=_all_readable)
