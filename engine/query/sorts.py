"""Orders of records: the fields sorted by, always ended by the id so that every record has one place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from engine.errors import Rejection
from engine.model.base import KEY_PATTERN
from engine.model.entities import Entity
from engine.model.fields import FIELD_TYPES
from engine.model.views import SortKey
from engine.query.filters import find_field

MAX_KEYS = 5
_KEY = re.compile(KEY_PATTERN)
SORTABLE = frozenset(kind.type_key() for kind in FIELD_TYPES if "sort" not in kind.refused_members)


class SortRefused(Rejection):
    """A field that has no order."""

    code = "sort_refused"
    status = 422
    zh = "不能按字段 “{field}” 排序"
    en = "Records cannot be sorted by “{field}”"


@dataclass(frozen=True)
class Sort:
    """One field key and its direction; empty comes first ascending."""

    field: str
    desc: bool = False


def parse_sort(text: str) -> tuple[SortKey, ...]:
    """`-budget,name`: descending by budget, then by name."""
    parts = [part.strip() for part in text.split(",") if part.strip()]
    keys = []
    for part in parts[: MAX_KEYS + 1]:
        name = part.lstrip("+-")
        if _KEY.fullmatch(name) is None:
            raise SortRefused(field=part[:100])
        keys.append(SortKey(field=name, desc=part.startswith("-")))
    return tuple(keys)


def build_sort(keys: Iterable[SortKey], entity: Entity, *, hidden: frozenset[str] = frozenset()) -> tuple[Sort, ...]:
    """The order with its last key, the id (descending when the first key is). Raises `SortRefused`, `FieldHidden`."""
    found: dict[str, Sort] = {}
    for key in keys:
        field = find_field(entity, key.field, hidden)
        if key.field != "id" and field.type not in SORTABLE:
            raise SortRefused(field=key.field)
        found.setdefault(key.field, Sort(key.field, key.desc))
    if len(found) > MAX_KEYS:
        raise SortRefused(field=list(found)[MAX_KEYS])
    sorts = list(found.values())
    if "id" not in found:
        sorts.append(Sort("id", desc=sorts[0].desc if sorts else True))
    return tuple(sorts)


def signature(sorts: Sequence[Sort]) -> str:
    """The order as text, so that a cursor of another order is recognised."""
    return ",".join(f"{'-' if sort.desc else ''}{sort.field}" for sort in sorts)
