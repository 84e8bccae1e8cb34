"""Lists of records: what is asked for, resolved for the caller, a page in order and how many there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from pydantic import TypeAdapter, ValidationError

from engine.errors import Problem, Problems, Rejection
from engine.formula.values import FormulaRejected
from engine.model.expressions import EVERYTHING, All, Expression
from engine.model.filters import Filter
from engine.model.values import Scalar, value_in
from engine.model.views import AnySort, View
from engine.query.cursors import BadCursor, RecordPlace, decode_cursor, encode_cursor
from engine.query.filters import build_expression
from engine.query.sorts import Sort, build_sort, parse_sort, seen_sort
from engine.runtime.calls import Call
from engine.runtime.catalog import AppEntity, InstalledApp, ViewNotFound
from engine.runtime.linking import with_titles
from engine.runtime.permissions import Reading, asking, hidden_in_each, reading
from engine.runtime.record_views import RecordView
from engine.store.database import Tx
from engine.store.stored_rows import StoredRow

MAX_PAGE = 200
_FILTER: TypeAdapter[Filter] = TypeAdapter(Filter)


class BadFilter(Rejection):
    """A filter that is not JSON of the filter grammar."""

    code = "bad_filter"
    status = 422
    zh = "筛选条件格式不正确: {reason}"
    en = "The filter is not well formed: {reason}"


@dataclass(frozen=True)
class RecordPage:
    """Part of a list; `next` is the cursor of the following part, None at the end."""

    items: Sequence[RecordView]
    next: str | None


@dataclass(frozen=True)
class Total:
    """How many records match."""

    count: int


@dataclass(frozen=True)
class ListQuery:
    """What a list asks for, as it came: view key, filter as JSON text, sort text, cursor."""

    view: str | None = None
    filter: str | None = None
    sort: str | None = None
    cursor: str | None = None
    limit: int = 50


@dataclass(frozen=True)
class Wanted:
    """A page that is asked for: view key, filter, order (None: the view's), cursor, at most so many records.

    `among`: only of the records for which it holds.
    """

    view: str | None = None
    filter: Filter | None = None
    sort: Sequence[AnySort] | None = None
    cursor: str | None = None
    limit: int = 50
    among: Expression = EVERYTHING


async def list_records(tx: Tx, call: Call, app_key: str, *, entity_key: str, query: ListQuery) -> RecordPage:
    """A page in order. Raises `Problems`, `FieldHidden`, `BadCursor`."""
    app, entity = call.catalog.entity(app_key, entity_key)
    return await read_page(tx, call, app, entity=entity, wanted=wanted_by(query))


def wanted_by(query: ListQuery, *, among: Expression = EVERYTHING) -> Wanted:
    """What the texts of a query ask for. Raises `Problems`."""
    return Wanted(
        view=query.view,
        filter=parse_filter(query.filter),
        sort=parse_sort(query.sort) if query.sort else None,
        cursor=query.cursor,
        limit=max(1, min(query.limit, MAX_PAGE)),
        among=among,
    )


async def read_page(tx: Tx, call: Call, app: InstalledApp, *, entity: AppEntity, wanted: Wanted) -> RecordPage:
    """A page in order. Raises `Problems`, `FieldHidden`, `BadCursor`."""
    seen = reading(call, app, entity)
    view = view_of(app, entity, wanted.view)
    sorts = sorts_of(call, app, entity, view=view, keys=wanted.sort, hidden=seen.hidden)
    after = await _place(tx, entity, seen, cursor=wanted.cursor, sorts=sorts)
    rows = await entity.table.rows(
        tx,
        access=seen.rows,
        condition=_among(wanted.among, condition_of(call, app, entity, seen=seen, view=view, wanted=wanted.filter)),
        sorts=sorts,
        after=after,
        limit=wanted.limit + 1,
    )
    shown = rows[: wanted.limit]
    hidden = await hidden_in_each(tx, call, seen, records=shown)
    show, language = entity.row_views.of, call.workspace.language
    views = [show(hidden[row.id], language)(row, call.directory) for row in shown]
    return RecordPage(
        await with_titles(tx, call, entity, views=views),
        await _next(tx, entity, seen, last=shown[-1], sorts=sorts) if len(rows) > wanted.limit else None,
    )


async def count_records(tx: Tx, call: Call, app_key: str, *, entity_key: str, query: ListQuery) -> Total:
    """How many records match, of those the caller may see."""
    app, entity = call.catalog.entity(app_key, entity_key)
    return await count_page(tx, call, app, entity=entity, wanted=wanted_by(query))


async def count_page(tx: Tx, call: Call, app: InstalledApp, *, entity: AppEntity, wanted: Wanted) -> Total:
    """How many records there are in all of the pages."""
    seen = reading(call, app, entity)
    view = view_of(app, entity, wanted.view)
    condition = condition_of(call, app, entity, seen=seen, view=view, wanted=wanted.filter)
    return Total(await entity.table.count(tx, access=seen.rows, condition=_among(wanted.among, condition)))


def _among(first: Expression, second: Expression) -> Expression:
    return All(tuple(part for part in (first, second) if part != EVERYTHING))


def view_of(app: InstalledApp, entity: AppEntity, key: str | None) -> View | None:
    """The view that a list is of. Raises `ViewNotFound`."""
    if key is None:
        return None
    view = app.compiled.application.views.get(key)
    if view is None or view.entity != entity.key:
        raise ViewNotFound(view=key[:100])
    return view


def sorts_of(
    call: Call,
    app: InstalledApp,
    entity: AppEntity,
    *,
    view: View | None,
    keys: Sequence[AnySort] | None,
    hidden: frozenset[str],
) -> tuple[Sort, ...]:
    """The order asked for; the view's own order leaves out what the caller may not see."""
    context = asking(call, app)
    own = seen_sort(view.sort, entity.queried, context, hidden=hidden) if view is not None else ()
    try:
        return build_sort(own if keys is None else keys, entity.queried, context, hidden=hidden)
    except FormulaRejected as rejection:
        raise Problems([Problem.of(rejection, path="/sort")]) from None


def condition_of(
    call: Call, app: InstalledApp, entity: AppEntity, *, seen: Reading, view: View | None, wanted: Filter | None
) -> Expression:
    """The records of the view that the filter admits. Raises `Problems`, `FieldHidden`."""
    filters = [part for part in (view.filter if view is not None else None, wanted) if part is not None]
    if not filters:
        return EVERYTHING
    context = asking(call, app)
    return All(tuple(build_expression(part, entity.queried, context, hidden=seen.hidden) for part in filters))


def parse_filter(text: str | None) -> Filter | None:
    """A filter from its JSON text. Raises `Problems`."""
    if not text:
        return None
    try:
        return _FILTER.validate_json(text)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        raise Problems([Problem.of(BadFilter(reason=str(first["msg"])), path="/filter")]) from None


async def _place(
    tx: Tx, entity: AppEntity, seen: Reading, *, cursor: str | None, sorts: Sequence[Sort]
) -> tuple[Scalar, ...] | None:
    """Where the page begins. Raises `BadCursor`."""
    if cursor is None:
        return None
    place = decode_cursor(cursor, entity.compiled.entity, sorts)
    if not isinstance(place, RecordPlace):
        return place
    values = await entity.table.place(tx, place.record_id, access=seen.rows, sorts=sorts)
    if not place.is_at(values):
        raise BadCursor
    return values


async def _next(tx: Tx, entity: AppEntity, seen: Reading, *, last: StoredRow, sorts: Sequence[Sort]) -> str:
    """The cursor behind the last record of a page; what formulas come to for it is asked of the database."""
    if any(sort.computed is not None for sort in sorts):
        return encode_cursor(sorts, await entity.table.place(tx, last.id, access=seen.rows, sorts=sorts))
    return encode_cursor(
        sorts, [cast("Scalar", value_in(last.whole, sort.field)) for sort in sorts]
    )  # no order has rows
