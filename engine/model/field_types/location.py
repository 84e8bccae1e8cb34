"""A place on the earth."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import ClassVar, Literal

from engine.model.bad_values import PlaceIncomplete
from engine.model.base import Translated
from engine.model.field_types.composite import CompositeBase, PartField
from engine.model.field_types.number import NumberField
from engine.model.field_types.text import TextField
from engine.model.values import ColumnKind, Composite, Json, Value

# a tenth of a metre
PLACE_DECIMALS = 6


class LocationField(CompositeBase):
    """Longitude and latitude in degrees (WGS 84, as browsers give them), and what the place is called."""

    type_title: ClassVar[Translated] = Translated(zh_cn="定位", en="Location")
    type_description: ClassVar[Translated] = Translated(
        zh_cn="经度、纬度和地点说明", en="Longitude, latitude and what the place is called"
    )
    type_column_kind: ClassVar[ColumnKind] = "location"
    type_parts: ClassVar[Mapping[str, PartField]] = {
        "longitude": NumberField(
            key="longitude",
            title=Translated(zh_cn="经度", en="Longitude"),
            decimals=PLACE_DECIMALS,
            digits=9,
            min=Decimal(-180),
            max=Decimal(180),
        ),
        "latitude": NumberField(
            key="latitude",
            title=Translated(zh_cn="纬度", en="Latitude"),
            decimals=PLACE_DECIMALS,
            digits=8,
            min=Decimal(-90),
            max=Decimal(90),
        ),
        "address": TextField(key="address", title=Translated(zh_cn="地点", en="Place"), max_length=200),
    }

    type: Literal["location"] = "location"

    def check(self, value: Composite) -> None:
        for key in ("longitude", "latitude"):
            if value.parts[key] is None:
                raise PlaceIncomplete

    def dump(self, value: Value) -> Json:
        if not isinstance(value, Composite):
            return None
        found = {key: part.dump(value.parts.get(key)) for key, part in self.parts.items()}
        return found if found["address"] is not None else {key: found[key] for key in ("longitude", "latitude")}
