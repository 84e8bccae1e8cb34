"""Orders of records: the fields sorted by, always ended by the id so that every record has one place."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pydantic import TypeAdapter, ValidationError

from engine.errors import Rejection
from engine.model.base import FIELD_PATH_PATTERN
from engine.model.fields import FIELD_TYPES
from engine.model.terms import Fixed
from engine.model.views import AnySort, FormulaSort, SortKey
from engine.query.computed import Computed
from engine.query.context import QueryContext
from engine.query.queried import Asker, Queried

MAX_KEYS = 5
_KEYS: TypeAdapter[tuple[AnySort, ...]] = TypeAdapter(tuple[AnySort, ...])
_KEY = re.compile(FIELD_PATH_PATTERN)
SORTABLE = frozenset(
    kind.type_key()
    for kind in FIELD_TYPES
    if "sort" not in kind.refused_members and kind.type_column_kind != "none"  # sorted as the type that it shows
)


class SortRefused(Rejection):
    """A field that has no order."""

    code = "sort_refused"
    status = 422
    zh = "不能按字段 “{field}” 排序"
    en = "Records cannot be sorted by “{field}”"


class BadSort(Rejection):
    """An order that is not JSON of sort keys."""

    code = "bad_sort"
    status = 422
    zh = "排序格式不正确: {reason}"
    en = "The order is not well formed: {reason}"


@dataclass(frozen=True)
class Sort:
    """One field key, or a formula with `=` before it, and its direction; empty comes first ascending."""

    field: str
    desc: bool = False
    computed: Computed | None = None


def parse_sort(text: str) -> tuple[AnySort, ...]:
    """`-budget,name`: descending by budget, then by name; or a JSON list of sort keys. Raises `BadSort`."""
    if text.lstrip().startswith("["):
        try:
            return _KEYS.validate_json(text)
        except ValidationError as error:
            first = error.errors(include_url=False, include_context=False, include_input=False)[0]
            raise BadSort(reason=str(first["msg"])) from None
    parts = [part.strip() for part in text.split(",") if part.strip()]
    keys = []
    for part in parts[: MAX_KEYS + 1]:
        name = part.lstrip("+-")
        if _KEY.fullmatch(name) is None:
            raise SortRefused(field=part[:100])
        keys.append(SortKey(field=name, desc=part.startswith("-")))
    return tuple(keys)


def build_sort(
    keys: Iterable[AnySort], queried: Queried, context: QueryContext, *, hidden: frozenset[str] = frozenset()
) -> tuple[Sort, ...]:
    """The order with its last key, the id (descending when the first key is).

    Raises `SortRefused`, `FieldHidden`, `FormulaRejected`.
    """
    found: dict[str, Sort] = {}
    asker = context.asker(hidden)
    for key in keys:
        sort = _by_formula(key, queried, asker) if isinstance(key, FormulaSort) else key
        made = sort if isinstance(sort, Sort) else _by_field(sort, queried, hidden=hidden)
        found.setdefault(made.field, made)
    if len(found) > MAX_KEYS:
        raise SortRefused(field=list(found)[MAX_KEYS])
    # what is the same for every record orders nothing
    sorts = [sort for sort in found.values() if sort.computed is None or not isinstance(sort.computed.term, Fixed)]
    if "id" not in found:
        first = next(iter(found.values()), None)
        sorts.append(Sort("id", desc=True if first is None else first.desc))
    return tuple(sorts)


def seen_sort(
    keys: Iterable[AnySort], queried: Queried, context: QueryContext, *, hidden: frozenset[str]
) -> tuple[AnySort, ...]:
    """The keys that use nothing hidden."""
    asker = context.asker(hidden)
    return tuple(
        key
        for key in keys
        if (
            queried.shows(key.formula, asker)
            if isinstance(key, FormulaSort)
            else queried.entity.whole_of(key.field) not in hidden
        )
    )


def _by_field(key: SortKey, queried: Queried, *, hidden: frozenset[str]) -> Sort:
    field = queried.field(key.field, hidden)
    if key.field != "id" and field.type not in SORTABLE:
        raise SortRefused(field=key.field)
    return Sort(key.field, key.desc)


def _by_formula(key: FormulaSort, queried: Queried, asker: Asker) -> Sort | SortKey:
    """The order by a formula; one that is a field alone is the order by that field."""
    found = queried.computed(key.formula, asker)
    if isinstance(found, str):
        return SortKey(field=found, desc=key.desc)
    return Sort(f"={key.formula}", key.desc, found)


def signature(sorts: Sequence[Sort]) -> str:
    """The order as text, so that a cursor of another order is recognised."""
    parts = [f"{'-' if sort.desc else ''}{sort.field}" for sort in sorts]
    if any(sort.computed for sort in sorts):
        # the text of a formula would be taken for several keys, and need not travel
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:32]
    return ",".join(parts)
