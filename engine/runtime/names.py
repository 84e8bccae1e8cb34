"""Values as people write them in files: members by account, departments and sample records by key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from engine.access.directory import Directory
from engine.errors import Problem, Problems, Rejection
from engine.forms.validate import UnknownDepartment, UnknownLinkedRecord, UnknownMember
from engine.model.entities import Entity
from engine.model.field_types.department import DepartmentField
from engine.model.field_types.link import LinkField
from engine.model.field_types.subform import SubformField
from engine.model.fields import EntityField
from engine.model.values import RawJson

# ids of sample records by entity and key
RecordIds: TypeAlias = Mapping[tuple[str, str], str]


def with_ids(
    entity: Entity, raw: Mapping[str, RawJson], directory: Directory, *, records: RecordIds | None = None
) -> dict[str, RawJson]:
    """The values with ids in place of accounts, department keys and keys of records. Raises `Problems`."""
    names = _Names(directory, records or {})
    found = {
        key: names.read(entity.by_key[key], item, pointer=f"/{key}") if key in entity.by_key else item
        for key, item in raw.items()
    }
    if names.problems:
        raise Problems(names.problems)
    return found


@dataclass
class _Names:
    directory: Directory
    records: RecordIds
    problems: list[Problem] = field(default_factory=list)

    def read(self, item: EntityField, raw: RawJson, *, pointer: str) -> RawJson:
        if isinstance(item, SubformField) and isinstance(raw, list | tuple):
            return [self._row(item, row, pointer=f"{pointer}/{number}") for number, row in enumerate(raw)]
        if item.type not in {"member", "department", "link"} or raw is None:
            return raw
        if isinstance(raw, list | tuple):
            return [self._id(item, name, pointer=pointer) for name in raw]
        return self._id(item, raw, pointer=pointer)

    def _row(self, item: SubformField, row: RawJson, *, pointer: str) -> RawJson:
        if not isinstance(row, Mapping):
            return row
        return {
            key: self.read(item.columns[key], cell, pointer=f"{pointer}/{key}") if key in item.columns else cell
            for key, cell in row.items()
        }

    def _id(self, item: EntityField, raw: RawJson, *, pointer: str) -> str:
        name = str(raw)
        fault: Rejection
        match item:
            case LinkField():
                found, fault = self.records.get((item.target, name)), UnknownLinkedRecord()
            case DepartmentField():
                department = self.directory.department_by_key.get(name)
                found, fault = None if department is None else department.id, UnknownDepartment()
            case _:
                member = self.directory.by_account.get(name)
                found, fault = None if member is None else member.id, UnknownMember()
        if found is None:
            self.problems.append(Problem.of(fault, path=pointer))
        return name if found is None else found
