"""The field types that a column of a subform may have."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from pydantic import Field

from engine.model.field_types.attachment import AttachmentField
from engine.model.field_types.boolean import BooleanField
from engine.model.field_types.date import DateField
from engine.model.field_types.datetime import DateTimeField
from engine.model.field_types.department import DepartmentField
from engine.model.field_types.image import ImageField
from engine.model.field_types.link import LinkField
from engine.model.field_types.long_text import LongTextField
from engine.model.field_types.lookup import LookupField
from engine.model.field_types.member import MemberField
from engine.model.field_types.multi_select import MultiSelectField
from engine.model.field_types.number import NumberField
from engine.model.field_types.select import SelectField
from engine.model.field_types.signature import SignatureField
from engine.model.field_types.text import TextField

Column: TypeAlias = (
    TextField
    | LongTextField
    | NumberField
    | BooleanField
    | DateField
    | DateTimeField
    | SelectField
    | MultiSelectField
    | MemberField
    | DepartmentField
    | LinkField
    | LookupField
    | AttachmentField
    | ImageField
    | SignatureField
)
ColumnField: TypeAlias = Annotated[Column, Field(discriminator="type")]
