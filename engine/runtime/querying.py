"""Queries of records: a page with chosen columns, and the records that its links lead to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pydantic import JsonValue

from engine.errors import Problem, Problems, Rejection
from engine.model.expressions import Compare
from engine.model.paths import head_of
from engine.model.reports import RecordQuery
from engine.query.queried import FieldHidden, UnknownFilterField
from engine.query.sorts import Sort
from engine.runtime.calls import Call
from engine.runtime.catalog import AppEntity, InstalledApp
from engine.runtime.linking import shown_links, with_titles
from engine.runtime.listing import Wanted, read_page
from engine.runtime.permissions import hidden_in_each, reading
from engine.runtime.record_views import RecordView, show_record
from engine.store.database import Tx

MAX_EXPANDED = 1_000


class NotALink(Rejection):
    """A path that leads to no other record."""

    code = "not_a_link"
    status = 422
    zh = "“{field}” 不是关联字段"
    en = "“{field}” is not a link to records"


class TooManyLinked(Rejection):
    """More linked records than one answer brings along."""

    code = "too_many_linked"
    status = 422
    zh = "关联的数据超过 {max} 条; 请减少每页条数或展开的字段"
    en = "The links lead to more than {max} records; ask for fewer records or expand fewer links"


@dataclass(frozen=True)
class QueryPage:
    """Part of a list; `next` is the cursor of the following part. `linked`: records behind expanded links, by id."""

    items: Sequence[RecordView]
    next: str | None
    linked: Mapping[str, RecordView] = field(default_factory=dict)


async def query_records(tx: Tx, call: Call, app_key: str, *, entity_key: str, asked: RecordQuery) -> QueryPage:
    """A page with what was chosen of it. Raises as `list_records`, and `TooManyLinked`."""
    app, entity = call.catalog.entity(app_key, entity_key)
    hidden = reading(call, app, entity).hidden_always
    columns = _columns(entity, asked.columns, hidden=hidden)
    _check_links(entity, asked.expand, hidden=hidden)
    wanted = Wanted(asked.view, asked.filter, asked.sort, asked.cursor, asked.limit)
    page = await read_page(tx, call, app, entity=entity, wanted=wanted)
    linked = await _expanded(tx, call, app, entity=entity, views=page.items, paths=asked.expand)
    items = page.items if columns is None else [_only(entity, view, columns) for view in page.items]
    return QueryPage(items, page.next, linked)


def _columns(
    entity: AppEntity, asked: Sequence[str] | None, *, hidden: frozenset[str]
) -> Mapping[str, frozenset[str]] | None:
    """The chosen fields, with the chosen columns of subforms; none of these: all of them. Raises `Problems`."""
    if asked is None:
        return None
    found: dict[str, frozenset[str]] = {}
    problems = []
    for place, path in enumerate(asked):
        if entity.compiled.entity.read_at(path) is None:
            problems.append(Problem.of(UnknownFilterField(field=path), path=f"/columns/{place}"))
            continue
        if entity.compiled.entity.whole_of(path) in hidden:
            raise FieldHidden(field=path)
        key, _, column = path.partition(".")
        found[key] = found.get(key, frozenset()) | ({column} if column else frozenset())
    if problems:
        raise Problems(problems)
    whole = {path for path in asked if "." not in path}
    return {key: frozenset() if key in whole else columns for key, columns in found.items()}


def _check_links(entity: AppEntity, paths: Iterable[str], *, hidden: frozenset[str]) -> None:
    """Raises `Problems`, `FieldHidden`."""
    listed = list(paths)
    wrong = [
        Problem.of(NotALink(field=path), path=f"/expand/{place}")
        for place, path in enumerate(listed)
        if path not in entity.compiled.links
    ]
    if wrong:
        raise Problems(wrong)
    for path in listed:
        if path in hidden:
            raise FieldHidden(field=path)


async def _expanded(
    tx: Tx, call: Call, app: InstalledApp, *, entity: AppEntity, views: Sequence[RecordView], paths: Sequence[str]
) -> dict[str, RecordView]:
    """The records behind the links that the caller may read: one statement for each entity."""
    if not paths:
        return {}
    keys = {path.partition(".")[0] for path in paths}
    chosen = [{key: value for key, value in view.values.items() if key in keys} for view in views]
    ids_of = shown_links(entity, chosen)
    wanted = {entity.compiled.links[path].target for path in paths}
    if sum(len(ids) for key, ids in ids_of.items() if key in wanted) > MAX_EXPANDED:
        raise TooManyLinked(max=MAX_EXPANDED)
    found: dict[str, RecordView] = {}
    for key in sorted(wanted & ids_of.keys()):
        behind = call.catalog.target(app.key, key)
        if behind is None:
            continue
        other, target = behind
        seen = reading(call, other, target)
        ids = tuple(sorted(ids_of[key]))
        records = await target.table.page(
            tx, access=seen.rows, condition=Compare("id", "in", ids), sorts=(Sort("id"),), limit=len(ids)
        )
        hidden = await hidden_in_each(tx, call, seen, records=records)
        shown = [show_record(call, target, record, hidden=hidden[record.id]) for record in records]
        found |= {view.id: view for view in await with_titles(tx, call, target, views=shown)}
    return found


def _only(entity: AppEntity, view: RecordView, columns: Mapping[str, frozenset[str]]) -> RecordView:
    """The record with the chosen fields; what is hidden in it stays so."""
    values = {
        key: _cells(entity, key, view.values[key], columns=chosen)
        for key, chosen in columns.items()
        if key in view.values
    }
    ids = frozenset[str]().union(*shown_links(entity, [values]).values())
    return replace(view, values=values, links={key: title for key, title in view.links.items() if key in ids})


def _cells(entity: AppEntity, path: str, value: JsonValue, *, columns: frozenset[str]) -> JsonValue:
    """What is at a path, of a subform its chosen columns (`qty`, `parts.qty`); all where none is chosen."""
    if not columns or path not in entity.compiled.entity.subforms:
        return value
    rows = value if isinstance(value, list) else []
    kept: dict[str, frozenset[str]] = {"id": frozenset()}
    for column in columns - {item for item in columns if head_of(item) in columns and head_of(item) != item}:
        head, _, rest = column.partition(".")
        kept[head] = kept.get(head, frozenset()) | ({rest} if rest else frozenset())
    return [
        {name: _cells(entity, f"{path}.{name}", cell, columns=kept[name]) for name, cell in row.items() if name in kept}
        for row in rows
        if isinstance(row, dict)
    ]
