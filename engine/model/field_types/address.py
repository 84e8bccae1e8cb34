"""A postal address in China."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Literal

from engine.errors import Word
from engine.model.bad_values import PartBelowLevel
from engine.model.base import Translated, label_text
from engine.model.field_types.composite import CompositeBase, PartField
from engine.model.field_types.text import TextField
from engine.model.values import ColumnKind, Composite, Json, Value

Level = Literal["province", "city", "district", "detail"]
_LONGEST_NAME, _LONGEST_DETAIL = 60, 200


class AddressField(CompositeBase):
    """Province, city and district by their names, and the rest as text; `level` is the finest part asked for.

    Which divisions there are is offered and not enforced: they change, and not every address is in China.
    """

    type_title: ClassVar[Translated] = Translated(zh_cn="地址", en="Address")
    type_description: ClassVar[Translated] = Translated(
        zh_cn="省、市、区县和详细地址", en="Province, city, district and the rest of an address"
    )
    type_column_kind: ClassVar[ColumnKind] = "address"
    type_parts: ClassVar[Mapping[str, PartField]] = {
        "province": TextField(key="province", title=Translated(zh_cn="省份", en="Province"), max_length=_LONGEST_NAME),
        "city": TextField(key="city", title=Translated(zh_cn="城市", en="City"), max_length=_LONGEST_NAME),
        "district": TextField(key="district", title=Translated(zh_cn="区县", en="District"), max_length=_LONGEST_NAME),
        "detail": TextField(
            key="detail", title=Translated(zh_cn="详细地址", en="Street and number"), max_length=_LONGEST_DETAIL
        ),
    }

    type: Literal["address"] = "address"
    level: Level = "detail"

    def check(self, value: Composite) -> None:
        keys = list(self.parts)
        for key in keys[keys.index(self.level) + 1 :]:
            if value.parts[key] is not None:
                raise PartBelowLevel(level=self._word(self.level), part=self._word(key))

    def _word(self, key: str) -> Word:
        title = self.parts[key].title
        return Word(label_text(title, "en"), label_text(title, "zh-CN"))

    def dump(self, value: Value) -> Json:
        if not isinstance(value, Composite):
            return None
        return {key: part.dump(value.parts.get(key)) or "" for key, part in self.parts.items()}
