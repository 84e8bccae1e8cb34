"""The fields that every record has without being authored, described as fields are, for filters, columns and labels."""

from __future__ import annotations

from collections.abc import Mapping

from engine.model.base import Translated
from engine.model.field_types.datetime import DateTimeField
from engine.model.field_types.department import DepartmentField
from engine.model.field_types.member import MemberField
from engine.model.field_types.number import NumberField
from engine.model.field_types.select import Option, SelectField
from engine.model.field_types.text import TextField
from engine.model.fields import EntityField

FLOW_STATUSES = (
    Option(key="running", title=Translated(zh_cn="审批中", en="In approval"), color="blue"),
    Option(key="approved", title=Translated(zh_cn="已通过", en="Approved"), color="green"),
    Option(key="rejected", title=Translated(zh_cn="已拒绝", en="Rejected"), color="red"),
    Option(key="withdrawn", title=Translated(zh_cn="已撤回", en="Withdrawn"), color="default"),
    Option(key="terminated", title=Translated(zh_cn="已终止", en="Terminated"), color="default"),
)
_FIELDS: tuple[EntityField, ...] = (
    TextField(key="id", title=Translated(zh_cn="编号 (系统)", en="Record id")),
    NumberField(key="version", title=Translated(zh_cn="版本", en="Version")),
    DateTimeField(key="created_at", title=Translated(zh_cn="创建时间", en="Created at"), sort=True),
    MemberField(key="created_by", title=Translated(zh_cn="创建人", en="Created by")),
    DepartmentField(key="created_department", title=Translated(zh_cn="创建部门", en="Created in department")),
    DateTimeField(key="updated_at", title=Translated(zh_cn="更新时间", en="Updated at"), sort=True),
    MemberField(key="updated_by", title=Translated(zh_cn="更新人", en="Updated by")),
    SelectField(key="flow_status", title=Translated(zh_cn="流程状态", en="Flow status"), options=FLOW_STATUSES),
)
SYSTEM_FIELD_TYPES: Mapping[str, EntityField] = {field.key: field for field in _FIELDS}
