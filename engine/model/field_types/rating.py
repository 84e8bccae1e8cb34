"""A number of stars."""

from __future__ import annotations

from decimal import Decimal
from functools import cached_property
from typing import ClassVar, Literal

from pydantic import Field

from engine.model.base import Translated
from engine.model.cells import CellNames
from engine.model.field_types.number import NumberBase, NumberForm
from engine.model.values import RawJson


class RatingField(NumberBase):
    """So many stars of `max`."""

    type_title: ClassVar[Translated] = Translated(zh_cn="评分", en="Rating")
    type_description: ClassVar[Translated] = Translated(zh_cn="以星数表示的评价", en="A judgement in stars")

    type: Literal["rating"] = "rating"
    max: int = Field(default=5, ge=2, le=10)

    def read_filled_cell(self, text: str, names: CellNames) -> RawJson:
        """A number, or the stars themselves."""
        return len(text) if set(text) == {"★"} else super().read_filled_cell(text, names)

    @cached_property
    def number_form(self) -> NumberForm:
        return NumberForm(decimals=0, digits=2, least=Decimal(0), most=Decimal(self.max))
