"""A department of the organisation, or several."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from engine.model.base import Translated
from engine.model.cells import CellNames, Named
from engine.model.field_types.member import ReferenceBase


class DepartmentField(ReferenceBase):
    """One department, or several when `multiple` is set."""

    type_title: ClassVar[Translated] = Translated(zh_cn="部门", en="Department")
    type_description: ClassVar[Translated] = Translated(
        zh_cn="组织中的一个或多个部门", en="One or several departments of the organisation"
    )

    type: Literal["department"] = "department"

    def named(self, names: CellNames) -> Named:
        return names.departments_named

    def texts_of(self, key: str, names: CellNames) -> Iterator[str]:
        if key in names.departments:
            yield "/".join(names.departments[key])
