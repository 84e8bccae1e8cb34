"""The four boxes of a member: to do, started, handled, copied."""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from engine.errors import Rejection
from engine.flow.views import node_title
from engine.model.base import ID_PATTERN, Label
from engine.model.expressions import EVERYTHING, Compare
from engine.query.cursors import BadCursor
from engine.query.sorts import Sort
from engine.runtime.calls import Call
from engine.runtime.flow_runs import instance_title
from engine.runtime.record_views import instant_text, maybe_instant
from engine.store.database import Tx
from engine.store.inbox import Box, Due, InboxRow, Place, count_box, list_box, list_due

Order = Literal["latest", "due"]
MAX_PAGE = 200
MAX_WORDS = 100
_ID = re.compile(ID_PATTERN)


class OrderNotOfBox(Rejection):
    """Only what is still to be done can be ordered by its deadline."""

    code = "order_not_of_box"
    status = 422
    zh = "只有待办可以按期限排序"
    en = "Only to-dos can be ordered by their deadlines"


@dataclass(frozen=True)
class InboxItem:
    """One line of a box; `at` is what the box is ordered by; `is_returned`: it waits for its initiator again."""

    id: str
    at: str
    task_id: str | None
    instance_id: str
    app: str
    app_title: Label
    flow_title: Label
    entity: str
    record_id: str
    title: str
    node_key: str | None
    node_title: Label | None
    initiator_id: str
    status: str
    started_at: str
    opened_at: str | None
    due_at: str | None
    decision: str | None
    read: bool
    is_returned: bool


@dataclass(frozen=True)
class InboxPage:
    """Part of a box; `next` is the cursor of the following part, None at the end."""

    items: Sequence[InboxItem]
    next: str | None


@dataclass(frozen=True)
class InboxCounts:
    """Open to-dos and unread copies."""

    todo: int
    copied: int


async def list_inbox(
    tx: Tx,
    call: Call,
    box: Box,
    *,
    cursor: str | None = None,
    limit: int = 50,
    words: str = "",
    order: Order = "latest",
) -> InboxPage:
    """A page of a box; `words`: only titles that contain them. Raises `BadCursor`, `OrderNotOfBox`."""
    size = max(1, min(limit, MAX_PAGE))
    listed = words.strip()[:MAX_WORDS]
    if order == "due":
        if box != "todo":
            raise OrderNotOfBox(path="/order")
        place = _due_place(cursor)
        rows = await list_due(tx, call.member_id, after=place, limit=size + 1, words=listed)
    else:
        rows = await list_box(tx, box, call.member_id, before=_place(cursor), limit=size + 1, words=listed)
    titles = await _titles_today(tx, call, rows[:size])
    items = [await _item(tx, call, row, title=titles.get(row.instance_id, row.title)) for row in rows[:size]]
    return InboxPage(
        [item for item in items if item is not None],
        _cursor(rows[size - 1], order) if len(rows) > size else None,
    )


async def count_inbox(tx: Tx, call: Call) -> InboxCounts:
    """What the badges show."""
    todo, copied = await count_box(tx, call.member_id)
    return InboxCounts(todo, copied)


async def _titles_today(tx: Tx, call: Call, rows: Sequence[InboxRow]) -> dict[str, str]:
    """Titles by instance, of entities that keep something out of them: what was stored may tell it still."""
    found: dict[str, str] = {}
    for entity_id in {row.entity_id for row in rows} & call.catalog.by_entity.keys():
        _, entity = call.catalog.by_entity[entity_id]
        if not entity.is_title_cut:
            continue
        listed = [row for row in rows if row.entity_id == entity_id]
        ids = tuple({row.record_id for row in listed})
        condition, sorts = Compare("id", "in", ids), (Sort("id"),)
        # unfiltered: a title shows nothing that anybody may not see
        records = await entity.table.page(tx, access=EVERYTHING, condition=condition, sorts=sorts, limit=len(ids))
        by_id = {record.id: record for record in records}
        for row in listed:
            number, key = row.application_version, row.flow_key
            version = await call.caches.flow_version(tx, call.catalog, entity_id=entity_id, number=number, flow_key=key)
            if row.record_id in by_id:
                found[row.instance_id] = instance_title(
                    call, entity, by_id[row.record_id], also=version.hidden_from_some
                )
    return found


async def _item(tx: Tx, call: Call, row: InboxRow, *, title: str) -> InboxItem | None:
    if row.entity_id not in call.catalog.by_entity:
        return None
    app, entity = call.catalog.by_entity[row.entity_id]
    flow = await call.caches.flow(tx, row.application_id, number=row.application_version, flow_key=row.flow_key)
    return InboxItem(
        id=row.row_id,
        at=instant_text(row.at),
        task_id=row.task_id,
        instance_id=row.instance_id,
        app=app.key,
        app_title=app.compiled.application.app.title,
        flow_title=flow.title,
        entity=entity.key,
        record_id=row.record_id,
        title=title,
        node_key=row.node_key,
        node_title=None if row.node_key is None else node_title(flow, row.node_key),
        initiator_id=row.initiator_id,
        status=row.status,
        started_at=instant_text(row.started_at),
        opened_at=maybe_instant(row.opened_at),
        due_at=maybe_instant(row.due_at),
        decision=row.decision,
        read=row.is_read,
        is_returned=row.initiator_node == flow.initiate,
    )


def _cursor(row: InboxRow, order: Order) -> str:
    at = row.due_at if order == "due" else row.at
    content = json.dumps([None if at is None else at.isoformat(), row.row_id])
    return base64.urlsafe_b64encode(content.encode()).decode().rstrip("=")


def _place(cursor: str | None) -> Place | None:
    found = _due_place(cursor)
    if found is None:
        return None
    if found.at is None:
        raise BadCursor
    return Place(found.at, found.id)


def _due_place(cursor: str | None) -> Due | None:
    if cursor is None:
        return None
    try:
        at, row_id = json.loads(base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True))
        moment = None if at is None else datetime.fromisoformat(at)
    except (binascii.Error, ValueError, TypeError):
        raise BadCursor from None
    is_naive = moment is not None and moment.tzinfo is None
    if is_naive or not isinstance(row_id, str) or _ID.fullmatch(row_id) is None:
        raise BadCursor
    return Due(moment, row_id)
