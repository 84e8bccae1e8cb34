"""Values as people write them in files: members by account, departments by key."""

from __future__ import annotations

from collections.abc import Mapping

from engine.access.directory import Directory
from engine.errors import Problem, Problems
from engine.forms.validate import UnknownDepartment, UnknownMember
from engine.model.entities import Entity
from engine.model.field_types.subform import SubformField
from engine.model.fields import EntityField
from engine.model.values import RawJson


def with_ids(entity: Entity, raw: Mapping[str, RawJson], directory: Directory) -> dict[str, RawJson]:
    """The values with ids in place of accounts and department keys. Raises `Problems`."""
    problems: list[Problem] = []
    found = {
        key: _field(entity.by_key[key], item, directory, pointer=f"/{key}", problems=problems)
        if key in entity.by_key
        else item
        for key, item in raw.items()
    }
    if problems:
        raise Problems(problems)
    return found


def _field(field: EntityField, raw: RawJson, directory: Directory, *, pointer: str, problems: list[Problem]) -> RawJson:
    if isinstance(field, SubformField) and isinstance(raw, list | tuple):
        return [
            {
                key: _field(field.columns[key], cell, directory, pointer=f"{pointer}/{n}/{key}", problems=problems)
                if key in field.columns
                else cell
                for key, cell in row.items()
            }
            if isinstance(row, Mapping)
            else row
            for n, row in enumerate(raw)
        ]
    if field.type not in {"member", "department"} or raw is None:
        return raw
    if isinstance(raw, list | tuple):
        return [_id(field, item, directory, pointer=pointer, problems=problems) for item in raw]
    return _id(field, raw, directory, pointer=pointer, problems=problems)


def _id(field: EntityField, raw: RawJson, directory: Directory, *, pointer: str, problems: list[Problem]) -> str:
    name = str(raw)
    if field.type == "member":
        member = directory.by_account.get(name)
        if member is not None:
            return member.id
        problems.append(Problem.of(UnknownMember(), path=pointer))
        return name
    department = directory.department_by_key.get(name)
    if department is not None:
        return department.id
    problems.append(Problem.of(UnknownDepartment(), path=pointer))
    return name
