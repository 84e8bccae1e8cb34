"""The closed union of field types: a new type is one file in `field_types` and one line here.

A type that a subform may have as a column is listed in `field_types/columns.py`.
"""

from __future__ import annotations

from typing import Annotated, TypeAlias, get_args

from pydantic import Field

from engine.model.field_types.base import FieldBase
from engine.model.field_types.columns import Column
from engine.model.field_types.related import RelatedField
from engine.model.field_types.rollup import RollupField
from engine.model.field_types.serial import SerialField
from engine.model.field_types.subform import RowField, SubformField

# what a row of a subform may have
ColumnField: TypeAlias = RowField
EntityField: TypeAlias = Column | RollupField | SerialField | SubformField | RelatedField
AnyField: TypeAlias = Annotated[EntityField, Field(discriminator="type")]
FIELD_TYPES: tuple[type[FieldBase], ...] = get_args(EntityField)

__all__ = ["FIELD_TYPES", "AnyField", "ColumnField", "EntityField", "FieldBase"]
