"""Signing in: one-time links, sessions, acting as another person while there is sample data, API keys."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache

from engine.access.predicate import NotAllowed
from engine.calendars.days import days_off, make_up_days
from engine.errors import Rejection
from engine.model.base import Label, label_text
from engine.model.calendars import STATUTORY, Base, CalendarDefinition, minutes
from engine.runtime.calls import Call
from engine.runtime.holidays import holiday_years
from engine.runtime.record_views import instant_text, maybe_instant
from engine.store.database import Tx
from engine.store.history import append_audit
from engine.store.sessions import (
    ApiKey,
    Session,
    delete_expired,
    delete_session,
    insert_key,
    insert_link,
    insert_session,
    is_usable,
    list_keys,
    revoke_key,
    set_session_member,
    use_link,
)

SESSION_DAYS = 14
LINK_HOURS = 24
KEY_PREFIX = "fwk_"
SHOWN_PREFIX = 12


class SignInNeeded(Rejection):
    """Nobody is signed in."""

    code = "sign_in_needed"
    status = 401
    zh = "请先登录"
    en = "Please sign in"


class KeyInvalid(Rejection):
    """An API key that does not exist, was revoked or belongs to nobody who may work."""

    code = "key_invalid"
    status = 401
    zh = "API 密钥无效或已吊销"
    en = "The API key is not valid, or it was revoked"


class PersonChanged(Rejection):
    """A request made for a person who is not the one of the session any more: another tab changed him."""

    code = "person_changed"
    status = 409
    zh = "此页面属于另一位人员: 您现在的身份是 {name}, 请求未执行"
    en = "This page was opened for somebody else: you are {name} now, nothing was done"


class LinkInvalid(Rejection):
    """A sign-in link that was used, has expired or never existed."""

    code = "link_invalid"
    status = 401
    zh = "登录链接无效、已使用或已过期, 请重新获取"
    en = "The sign-in link is invalid, was used already or has expired; please get a new one"


class KeyNotFound(Rejection):
    """No such API key in force."""

    code = "key_not_found"
    status = 404
    zh = "没有这个密钥, 或已吊销"
    en = "There is no such key, or it is revoked"


class NoSwitching(Rejection):
    """Acting as another person outside of a workspace with sample data."""

    code = "no_switching"
    status = 403
    zh = "仅管理员在带有示例数据的工作区中可以切换人员"
    en = "Only an admin of a workspace with sample data may act as somebody else"


class MemberUnknown(Rejection):
    """No active member of this id."""

    code = "member_unknown"
    status = 404
    zh = "没有这位成员, 或已停用"
    en = "There is no such member, or he is disabled"


@dataclass(frozen=True)
class Credentials:
    """What a request brings: the hash of its session cookie, of its API key, or neither."""

    session_hash: str | None = None
    key_hash: str | None = None


@dataclass(frozen=True)
class PersonView:
    """A person in a few words."""

    id: str
    account: str
    name: Label
    is_admin: bool


@dataclass(frozen=True)
class HolidayDays:
    """Days off of a table of public holidays, and the days that are worked to make up for them."""

    off: Sequence[date]
    extra: Sequence[date]


@dataclass(frozen=True)
class SentCalendar:
    """A working calendar: ISO weekdays worked, then the days of the table `base`, then its own days, which beat both.

    `hours`: from and to of each stretch of work, in minutes since midnight.
    """

    key: str
    title: Label
    base: Base | None
    workdays: Sequence[int]
    off: Sequence[date]
    extra: Sequence[date]
    hours: Sequence[tuple[int, int]]


@dataclass(frozen=True)
class WorkspaceView:
    """Settings of the workspace; `default_calendar` is the key of one of `calendars`."""

    title: str
    zone: str
    language: str
    default_calendar: str
    calendars: Sequence[SentCalendar]
    tables: Mapping[Base, HolidayDays]
    has_sample: bool
    bin_days: int


@dataclass(frozen=True)
class Me:
    """Who is signed in. `origin`: the admin behind the person; `can_switch`: whether he may act as others."""

    member: PersonView
    origin: PersonView | None
    can_switch: bool
    workspace: WorkspaceView


@dataclass(frozen=True)
class KeyView:
    """An API key without its token; `prefix` is how it begins."""

    id: str
    title: str
    prefix: str
    member_id: str
    created_by: str
    created_at: str
    revoked_at: str | None


@dataclass(frozen=True)
class KeyList:
    """Keys the caller made or owns, newest first."""

    items: Sequence[KeyView]


@dataclass(frozen=True)
class NewKey:
    """A new key; the token is shown this once."""

    key: KeyView
    token: str


def hash_token(token: str) -> str:
    """What is stored of a token; tokens are random, so a plain hash keeps them secret."""
    return hashlib.sha256(token.encode()).hexdigest()


def require_person(call: Call, member_id: str | None) -> None:
    """Raises `PersonChanged` unless the call is made by the person it was meant for; None: by anyone."""
    if member_id is not None and member_id != call.member_id:
        member = call.directory.members.get(call.member_id)
        raise PersonChanged(name="" if member is None else label_text(member.name, call.language))


async def create_link(tx: Tx, call: Call, member_id: str, *, token: str) -> None:
    """A sign-in link for a member, good once and for a day."""
    expires_at = call.now + timedelta(hours=LINK_HOURS)
    await insert_link(tx, hash_token(token), member_id=member_id, at=call.now, expires_at=expires_at)
    await append_audit(tx, call.audit("session.link", "member", target_id=member_id))


async def require_link(tx: Tx, link_token: str, *, now: datetime) -> None:
    """Raises `LinkInvalid` unless the link could be used now."""
    if not await is_usable(tx, hash_token(link_token), at=now):
        raise LinkInvalid


async def sign_in(tx: Tx, call: Call, link_token: str, *, session_token: str) -> str:
    """Use a link; answers the member's id. Raises `LinkInvalid`."""
    member_id = await use_link(tx, hash_token(link_token), at=call.now)
    if member_id is None or not call.directory.is_active(member_id):
        raise LinkInvalid
    await delete_expired(tx, at=call.now)
    session = Session(member_id, None, call.now + timedelta(days=SESSION_DAYS))
    await insert_session(tx, hash_token(session_token), session, at=call.now)
    # nobody was signed in when the request came: the actor is whom it signed in
    await append_audit(tx, replace(call.audit("session.sign_in", "member", target_id=member_id), actor_id=member_id))
    return member_id


async def sign_out(tx: Tx, credentials: Credentials) -> None:
    """End the session; nothing happens without one."""
    if credentials.session_hash is not None:
        await delete_session(tx, credentials.session_hash)


def may_switch(call: Call) -> bool:
    """Whether the person, or the admin behind him, may act as others."""
    behind = call.directory.members.get(call.origin_id or call.member_id)
    return call.workspace.has_sample and behind is not None and behind.is_admin


async def switch_person(tx: Tx, call: Call, credentials: Credentials, *, member_id: str | None) -> str:
    """Act as another member, or as oneself again with None; answers who it is now.

    Raises `NoSwitching`, `MemberUnknown`.
    """
    if credentials.session_hash is None or not may_switch(call):
        raise NoSwitching
    admin_id = call.origin_id or call.member_id
    target = admin_id if member_id is None else member_id
    if not call.directory.is_active(target):
        raise MemberUnknown(path="/member_id")
    origin_id = None if target == admin_id else admin_id
    await set_session_member(tx, credentials.session_hash, member_id=target, origin_id=origin_id)
    await append_audit(tx, call.audit("session.switch", "member", target_id=target))
    return target


def show_me(call: Call) -> Me:
    """The signed-in person and his workspace."""
    return Me(
        member=_person(call, call.member_id),
        origin=None if call.origin_id is None else _person(call, call.origin_id),
        can_switch=may_switch(call),
        workspace=show_workspace(call),
    )


def show_workspace(call: Call) -> WorkspaceView:
    """The workspace's settings."""
    found = call.workspace
    return WorkspaceView(
        title=found.title,
        zone=found.zone_name,
        language=found.language,
        default_calendar=found.calendars.default,
        calendars=[_sent(key, definition) for key, definition in found.calendars.calendars.items()],
        tables={STATUTORY: _statutory_days()},
        has_sample=found.has_sample,
        bin_days=found.bin_days,
    )


def _sent(key: str, definition: CalendarDefinition) -> SentCalendar:
    return SentCalendar(
        key=key,
        title=definition.title,
        base=definition.base,
        workdays=definition.workdays,
        off=definition.holidays,
        extra=definition.extra_workdays,
        hours=[(minutes(item.start), minutes(item.end)) for item in definition.hours],
    )


@cache
def _statutory_days() -> HolidayDays:
    years = holiday_years(STATUTORY)
    return HolidayDays(sorted(days_off(years)), sorted(make_up_days(years)))


def _person(call: Call, member_id: str) -> PersonView:
    member = call.directory.members[member_id]
    return PersonView(member.id, member.account, member.name, member.is_admin)


async def create_key(tx: Tx, call: Call, title: str, *, token: str, member_id: str | None) -> NewKey:
    """An API key for oneself, or for a sample member by an admin. Raises `NotAllowed`, `MemberUnknown`."""
    owner = member_id or call.member_id
    if not call.directory.is_active(owner):
        raise MemberUnknown(path="/member_id")
    if not _may_make_key(call, owner):
        raise NotAllowed
    key = ApiKey(next(call.ids), token[:SHOWN_PREFIX], title, owner, call.member_id, call.now)
    await insert_key(tx, hash_token(token), key)
    await append_audit(tx, call.audit("key.create", "api_key", target_id=key.id, title=title, member_id=owner))
    return NewKey(_key_view(key), token)


def _may_make_key(call: Call, owner: str) -> bool:
    """A key outlives the session it was made in: nobody gets one for a real person but that person himself."""
    is_self = owner == call.member_id
    if call.actor_id is None or (is_self and call.origin_id is None):
        return True
    is_sample = call.workspace.has_sample and call.directory.members[owner].is_sample
    return is_sample and (is_self or call.principal.is_admin)


async def list_own_keys(tx: Tx, call: Call) -> KeyList:
    """Keys the caller made or owns."""
    return KeyList([_key_view(key) for key in await list_keys(tx, call.member_id)])


async def revoke_own_key(tx: Tx, call: Call, key_id: str) -> None:
    """Revoke a key at once. Raises `KeyNotFound`."""
    title = await revoke_key(tx, key_id, creator_id=call.member_id, at=call.now)
    if title is None:
        raise KeyNotFound
    await append_audit(tx, call.audit("key.revoke", "api_key", target_id=key_id, title=title))


def _key_view(key: ApiKey) -> KeyView:
    return KeyView(
        key.id,
        key.title,
        key.prefix,
        key.member_id,
        key.created_by,
        instant_text(key.created_at),
        maybe_instant(key.revoked_at),
    )
