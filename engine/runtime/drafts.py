"""Drafts: what a member typed and has not submitted; nobody else sees them and nothing of them is validated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pydantic import JsonValue

from engine.errors import Rejection
from engine.model.base import Label
from engine.runtime.calls import Call
from engine.runtime.record_views import instant_text
from engine.runtime.submissions import offer_form
from engine.store.database import Tx
from engine.store.drafts import MAX_DRAFTS, Draft, delete_draft, find_draft, list_drafts, save_draft


class DraftNotFound(Rejection):
    """No such draft, or somebody else's."""

    code = "draft_not_found"
    status = 404
    zh = "没有这份草稿"
    en = "There is no such draft"


class TooManyDrafts(Rejection):
    """A member keeps at most 200 drafts."""

    code = "too_many_drafts"
    status = 422
    zh = "草稿已达 {max} 份, 请先删除一些"
    en = "You have {max} drafts already; delete some first"


@dataclass(frozen=True)
class DraftView:
    """A draft; `values` in JSON form as they were typed."""

    id: str
    app: str
    form: str
    form_title: Label
    updated_at: str
    values: Mapping[str, JsonValue]


@dataclass(frozen=True)
class DraftList:
    """A member's drafts, the latest first."""

    items: Sequence[DraftView]


def _view(call: Call, draft: Draft) -> DraftView | None:
    """The draft, unless its application or form is gone."""
    app = call.catalog.by_id.get(draft.application_id)
    if app is None or draft.form_key not in app.compiled.forms:
        return None
    title = app.compiled.forms[draft.form_key].form.title
    return DraftView(draft.id, app.key, draft.form_key, title, instant_text(draft.updated_at), {**draft.values})


async def list_own(tx: Tx, call: Call) -> DraftList:
    """The caller's drafts."""
    views = [_view(call, draft) for draft in await list_drafts(tx, call.member_id)]
    return DraftList([view for view in views if view is not None])


async def get_own(tx: Tx, call: Call, draft_id: str) -> DraftView:
    """One of the caller's drafts. Raises `DraftNotFound`."""
    draft = await find_draft(tx, draft_id, member_id=call.member_id)
    view = None if draft is None else _view(call, draft)
    if view is None:
        raise DraftNotFound
    return view


async def create(tx: Tx, call: Call, app_key: str, *, form_key: str, values: Mapping[str, JsonValue]) -> DraftView:
    """Keep what was typed so far. Raises `NotAllowed`, `TooManyDrafts`."""
    offered = offer_form(call, app_key, form_key)
    if len(await list_drafts(tx, call.member_id)) >= MAX_DRAFTS:
        raise TooManyDrafts(max=MAX_DRAFTS)
    draft = Draft(next(call.ids), call.member_id, offered.app.id, form_key, {**values}, call.now)
    await save_draft(tx, draft)
    return await get_own(tx, call, draft.id)


async def replace_values(tx: Tx, call: Call, draft_id: str, *, values: Mapping[str, JsonValue]) -> DraftView:
    """Keep what is typed now. Raises `DraftNotFound`."""
    draft = await find_draft(tx, draft_id, member_id=call.member_id)
    if draft is None:
        raise DraftNotFound
    await save_draft(tx, Draft(draft.id, draft.member_id, draft.application_id, draft.form_key, {**values}, call.now))
    return await get_own(tx, call, draft_id)


async def discard(tx: Tx, call: Call, draft_id: str) -> None:
    """Forget a draft. Raises `DraftNotFound`."""
    if not await delete_draft(tx, draft_id, member_id=call.member_id):
        raise DraftNotFound
