"""Sample data: an organisation, applications with records, and taking all of it away again."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta

from engine.access.directory import Department, Member
from engine.access.grants import principal_of
from engine.access.predicate import writable_rights
from engine.errors import Rejection
from engine.model.application import Application
from engine.model.base import Label
from engine.model.org import Org
from engine.model.record_order import order_records
from engine.model.sample_records import SampleRecord
from engine.runtime.calls import Call, refresh
from engine.runtime.catalog import AppEntity
from engine.runtime.definitions import apply_application
from engine.runtime.names import RecordIds, with_ids
from engine.runtime.people import AccountTaken, create_admin, member_of_account
from engine.runtime.recomputing import recompute_entities
from engine.runtime.saving import Entered, prepare
from engine.runtime.settings import save_workspace
from engine.runtime.storing import store_record
from engine.runtime.submissions import Filled, submit
from engine.runtime.totalling import rebuild_all
from engine.runtime.versioning import Origin
from engine.store.database import Tx
from engine.store.directory import (
    insert_department,
    insert_department_members,
    insert_member,
    insert_role,
    remove_sample_organisation,
    set_role_members,
)
from engine.store.history import append_audit
from engine.store.marks import bump_mark, lock_mark
from engine.store.samples import (
    count_waiting_for_sample,
    end_acting_as_sample,
    list_sample_file_ids,
    remove_sample_records,
    revoke_keys_of_others,
)

_BEFORE = re.compile(r"-P(?:(\d+)D)?(?:T(\d+)H)?")


class NoSample(Rejection):
    """The workspace has no sample data."""

    code = "no_sample"
    status = 409
    zh = "工作区中没有示例数据"
    en = "The workspace has no sample data"


class HasSample(Rejection):
    """The workspace has sample data already."""

    code = "has_sample"
    status = 409
    zh = "工作区中已有示例数据"
    en = "The workspace has sample data already"


@dataclass(frozen=True)
class Removed:
    """What was taken away. `waiting`: running flows of other people that wait for a removed member."""

    records: int
    file_ids: tuple[str, ...]
    waiting: int


async def install_sample(tx: Tx, call: Call, org: Org, *, applications: Iterable[Application]) -> None:
    """The organisation, the applications and their records, in one transaction. Raises `HasSample`, `AccountTaken`."""
    if call.workspace.has_sample:
        raise HasSample
    listed = list(applications)
    await install_organisation(tx, call, org)
    await save_workspace(tx, {"has_sample": True})
    call = await refresh(tx, call)
    for application in listed:
        await apply_application(tx, call, application, is_sample=True)
        call = await refresh(tx, call)
    for application in listed:
        await _install_records(tx, call, application)
    await append_audit(tx, call.audit("sample.install", "workspace"))


async def set_up_workspace(
    tx: Tx, call: Call, admin: tuple[str, Label], *, org: Org, applications: Iterable[Application]
) -> bool:
    """An admin (account and name) and the sample data, all or nothing; False: the workspace has members already."""
    # of several servers that start at once one sets up
    await lock_mark(tx, "directory")
    call = await refresh(tx, call)
    if call.directory.members:
        return False
    account, name = admin
    await create_admin(tx, call, account, name=name)
    await install_sample(tx, await refresh(tx, call), org, applications=applications)
    return True


async def install_organisation(tx: Tx, call: Call, org: Org) -> None:
    """Departments, members and roles of a sample organisation. Raises `AccountTaken`."""
    for account in (person.account for person in org.members):
        if account in call.directory.by_account:
            raise AccountTaken(account=account)
    department_ids = {item.key: next(call.ids) for item in org.departments}
    member_ids = {item.account: next(call.ids) for item in org.members}
    for position, item in enumerate(org.departments):
        parent = None if item.parent is None else department_ids[item.parent]
        department = Department(department_ids[item.key], item.key, item.title, parent)
        await insert_department(tx, department, position=position, is_sample=True)
    for person in org.members:
        member = Member(
            id=member_ids[person.account],
            account=person.account,
            name=person.name,
            is_admin=person.account in org.admins,
            is_sample=True,
            supervisor_id=None if person.supervisor is None else member_ids[person.supervisor],
        )
        await insert_member(tx, member, at=call.now, email=person.email)
    await insert_department_members(tx, _belonging(org, department_ids, member_ids))
    for key, role in org.roles.items():
        known = call.directory.roles.get(key)
        role_id = next(call.ids) if known is None else known.id
        if known is None:
            await insert_role(tx, role_id, key, title=role.title, is_sample=True)
        holders = [*(() if known is None else known.member_ids), *(member_ids[account] for account in role.members)]
        await set_role_members(tx, role_id, dict.fromkeys(holders))
    await bump_mark(tx, "directory")


def _belonging(
    org: Org, department_ids: dict[str, str], member_ids: dict[str, str]
) -> list[tuple[str, str, bool, bool, int]]:
    heads = {(item.key, account): position for item in org.departments for position, account in enumerate(item.heads)}
    rows = {}
    for position, person in enumerate(org.members):
        for key in dict.fromkeys((person.department, *person.departments)):
            is_main = key == person.department
            rank = heads.get((key, person.account), len(org.members) + position)
            rows[key, person.account] = ((key, person.account) in heads, is_main, rank)
    for place, rank in heads.items():
        rows.setdefault(place, (True, False, rank))
    return [
        (department_ids[key], member_ids[account], head, main, rank)
        for (key, account), (head, main, rank) in rows.items()
    ]


async def _install_records(tx: Tx, call: Call, application: Application) -> None:
    app = call.catalog.app(application.app.key)
    known: dict[tuple[str, str], str] = {}
    for entity_key, position in order_records(application).ready:
        record = application.records[entity_key][position]
        made = await _install_record(tx, _as_of(call, record), app.entity(entity_key), record=record, known=known)
        if record.key is not None:
            known[entity_key, record.key] = made


def _as_of(call: Call, record: SampleRecord) -> Call:
    """The call of the person who entered the record, at the time he did."""
    member = member_of_account(call, record.by)
    principal = principal_of(call.directory, member.id) or call.principal
    return replace(call, principal=principal, now=call.now - _duration(record.at))


def _duration(text: str | None) -> timedelta:
    match = _BEFORE.fullmatch(text or "-P0D")
    days, hours = match.groups() if match is not None else (None, None)
    return timedelta(days=int(days or 0), hours=int(hours or 0))


async def _install_record(tx: Tx, call: Call, entity: AppEntity, *, record: SampleRecord, known: RecordIds) -> str:
    """The id of the record that was made. `known`: those made before, which its links may name."""
    values = with_ids(entity.compiled.entity, record.values, call.directory, records=known)
    if record.submit is not None:
        return (await submit(tx, call, entity.app_key, form_key=record.submit, filled=Filled(values))).record.id
    rights = writable_rights(None, entity.compiled.inputs, hidden=frozenset())
    written = await prepare(tx, call, entity, entered=Entered(values, rights))
    made = await store_record(
        tx,
        call,
        entity,
        values=written.values,
        origin=Origin("created"),
        created_by=call.actor_id,
        department_id=call.directory.main_department(call.member_id),
    )
    return made.id


async def _forget_removed(tx: Tx, call: Call) -> None:
    """What other records made of those that are gone now is made of nothing."""
    for app in call.catalog.apps.values():
        keys = [key for key, entity in app.entities.items() if entity.compiled.reads_others]
        await recompute_entities(tx, call, app.key, entity_keys=keys)
        await rebuild_all(tx, call, app.key)


async def remove_sample(tx: Tx, call: Call) -> Removed:
    """Take away the sample people and what they entered; applications and roles stay. Raises `NoSample`."""
    if not call.workspace.has_sample:
        raise NoSample
    removed, files = 0, []
    waiting = await count_waiting_for_sample(tx)
    for _, entity in call.catalog.by_entity.values():
        files += await list_sample_file_ids(tx, entity.table.stored)
        removed += await remove_sample_records(tx, entity.table.stored)
    await end_acting_as_sample(tx)
    await revoke_keys_of_others(tx, at=call.now)
    await remove_sample_organisation(tx)
    await save_workspace(tx, {"has_sample": False})
    await bump_mark(tx, "directory")
    await _forget_removed(tx, replace(call, holds_totals=False))
    await append_audit(tx, call.audit("sample.remove", "workspace", records=removed))
    return Removed(removed, tuple(files), waiting)
