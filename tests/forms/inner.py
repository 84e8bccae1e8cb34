"""An order whose lines have parts: sums at every level, row formulas that see all rows around them."""

from __future__ import annotations

from typing import Any

from engine.forms.compile import CompiledEntity, compile_entity
from engine.model.entities import Entity

PARTS: dict[str, Any] = {
    "key": "parts",
    "type": "subform",
    "title": {"zh-CN": "零件", "en": "Parts"},
    "max_rows": 4,
    "fields": [
        {"key": "name", "type": "text", "title": "Part", "max_length": 12, "required": True, "unique": True},
        {"key": "qty", "type": "number", "decimals": 2, "title": "Quantity"},
        {"key": "fit", "type": "boolean", "title": "Fits"},
        {"key": "cost", "type": "number", "decimals": 2, "title": "Cost", "computed": "{qty}*{price}*{rate}"},
        {"key": "share", "type": "number", "decimals": 4, "title": "Share", "computed": "{qty}/SUM({parts.qty})"},
    ],
}
LINES: dict[str, Any] = {
    "key": "lines",
    "type": "subform",
    "title": {"zh-CN": "明细", "en": "Lines"},
    "max_rows": 5,
    "fields": [
        {"key": "item", "type": "text", "title": "Item"},
        {"key": "price", "type": "number", "decimals": 2, "title": "Price"},
        PARTS,
        {"key": "amount", "type": "number", "decimals": 2, "title": "Amount", "computed": "SUM({parts.cost})"},
        {"key": "count", "type": "number", "title": "Count", "computed": "COUNTA({parts})"},
    ],
}
ORDER: dict[str, Any] = {
    "key": "order",
    "title": "Order",
    "fields": [
        {"key": "name", "type": "text", "title": "Name"},
        {"key": "rate", "type": "number", "decimals": 2, "title": "Rate"},
        LINES,
        {"key": "total", "type": "number", "decimals": 2, "title": "Total", "computed": "SUM({lines.amount})"},
        {"key": "pieces", "type": "number", "decimals": 2, "title": "Pieces", "computed": "SUM({lines.parts.qty})"},
        {"key": "names", "type": "text", "title": "Names", "computed": 'TEXTJOIN("/",TRUE,{lines.parts.name})'},
    ],
}


def order(**changes: Any) -> CompiledEntity:
    """The order compiled, with other members."""
    return compile_entity(Entity.model_validate({**ORDER, **changes}))


def with_parts(*columns: dict[str, Any]) -> CompiledEntity:
    """The order with further columns of its parts."""
    parts = {**PARTS, "fields": [*PARTS["fields"], *columns]}
    lines = {**LINES, "fields": [parts if item is PARTS else item for item in LINES["fields"]]}
    return order(fields=[lines if item is LINES else item for item in ORDER["fields"]])
