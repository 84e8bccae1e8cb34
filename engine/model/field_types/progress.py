"""How far something has come."""

from __future__ import annotations

from decimal import Decimal
from functools import cached_property
from typing import ClassVar, Literal

from pydantic import Field

from engine.model.base import Translated
from engine.model.cells import CellNames
from engine.model.field_types.number import NumberBase, NumberForm
from engine.model.values import RawJson

FINISHED = 100


class ProgressField(NumberBase):
    """How much of something is done, from 0 to 100."""

    type_title: ClassVar[Translated] = Translated(zh_cn="进度", en="Progress")
    type_description: ClassVar[Translated] = Translated(
        zh_cn="完成的百分比, 0 到 100", en="How much is done, from 0 to 100"
    )

    type: Literal["progress"] = "progress"
    decimals: int = Field(default=0, ge=0, le=2)

    def read_filled_cell(self, text: str, names: CellNames) -> RawJson:
        """With or without the sign: 65% is 65."""
        return super().read_filled_cell(text.removesuffix("%").removesuffix("％"), names)

    @cached_property
    def number_form(self) -> NumberForm:
        return NumberForm(self.decimals, digits=3 + self.decimals, least=Decimal(0), most=Decimal(FINISHED))
