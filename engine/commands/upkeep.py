"""Keeping a workspace: migrate, verify, check-config, sample data, version, the API's description."""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Awaitable, Callable
from dataclasses import fields

from engine import __version__
from engine.app import create_routes
from engine.commands.context import FAILED, complain, either, run_on, run_several, run_unit, say, settings_of
from engine.commands.library import read_library
from engine.model.base import label_text
from engine.runtime.backend import Backend
from engine.runtime.calendars import CalendarList, list_calendars
from engine.runtime.calls import Call
from engine.runtime.samples import Removed, install_sample, remove_sample
from engine.runtime.totalling import verify_totals
from engine.runtime.verifying import Verified, verify_computed, verify_instances, verify_tables
from engine.settings import PREFIX, Settings, prepare_data_directory
from engine.store.database import Tx
from engine.store.migrate import migrate as bring_up_to_date
from engine.store.migrate import place_of, status
from engine.store.verify import Finding

# an operator must know before that nobody is left who could fill in a form that asks for a department
REMOVAL_ZH = """将删除全部示例部门和示例人员, 以及他们录入的全部数据; 应用、角色和用 create-admin 建立的管理员保留。
之后工作区中没有部门, 而本版本还不能新建部门和成员 (组织架构编辑将在后续版本提供):
要求填写部门的表单 (例如立项申请) 在此之前无法提交。想继续试用, 请保留示例数据。
确认删除请加 --yes"""
REMOVAL_EN = """Removes all sample departments and people and everything they entered; applications, roles and the
admins made by create-admin stay. The workspace then has no departments, and this release cannot add departments and
members yet (the editor of the organisation comes with a later one): until then no form that asks for a department,
such as the project proposal, can be submitted. Keep the sample data to go on trying things out.
To remove it, add --yes"""
_STATES = {
    "empty": ("尚未初始化 (运行 formwright migrate)", "not set up yet (run formwright migrate)"),
    "current": ("与本版本一致", "fits this release"),
    "older": ("版本较旧 (运行 formwright migrate)", "older than this release (run formwright migrate)"),
    "newer": ("由更新的版本创建 (请升级 Formwright)", "written by a newer release (upgrade Formwright)"),
}


def migrate(options: Namespace) -> int:
    """Bring the database to this release."""
    settings = settings_of(options)
    prepare_data_directory(settings)
    bring_up_to_date(settings.url)
    say(either("数据库已是最新", "The database is up to date"))
    return 0


def check_config(options: Namespace) -> int:
    """Show the settings in force, and whether directory and database can be used."""
    settings = settings_of(options)
    for member in fields(Settings):
        value = getattr(settings, member.name)
        shown = place_of(str(value)) if member.name == "database_url" and value else value
        say(f"{PREFIX}{member.name.upper():<14} {shown}")
    state = status(settings.url)
    if state != "empty":
        prepare_data_directory(settings)
    zh, en = _STATES[state]
    say(either(f"数据库: {zh}", f"database: {en}"))
    if state == "current":
        _warn_of_unknown_years(settings)
    return 0 if state == "current" else FAILED


def _warn_of_unknown_years(settings: Settings) -> None:
    async def work(_tx: Tx, call: Call) -> CalendarList:
        return list_calendars(call)

    for calendar in run_unit(settings, work, is_write=False).items:
        for year in calendar.unknown_years:
            complain(
                either(
                    f"! 工作日历 “{label_text(calendar.title, 'zh-CN')}” 还没有 {year} 年的节假日, 请在设置页导入",
                    f"! The working calendar “{label_text(calendar.title, 'en')}” does not know the holidays of {year}"
                    " yet; import them on the settings page",
                )
            )


def verify(options: Namespace) -> int:
    """Check the invariants of everything that is stored."""
    found = run_several(settings_of(options), verify_all)
    for finding in found.findings:
        complain(f"✗ {finding.invariant}  {finding.subject}")
    counted = f"{found.entities} / {found.instances}"
    if found.findings:
        complain(either(f"{len(found.findings)} 处问题", f"{len(found.findings)} problem(s)"))
        return FAILED
    say(
        either(f"✓ 数据完好 (实体 / 流程实例: {counted})", f"✓ everything holds (entities / flow instances: {counted})")
    )
    return 0


async def verify_all(backend: Backend) -> Verified:
    """All tables, then all instances in chunks."""

    async def tables(tx: Tx, call: Call) -> tuple[tuple[Finding, ...], list[str]]:
        return await verify_tables(tx, call), list(call.catalog.by_entity)

    findings, entities = await run_on(backend, tables, is_write=False)
    collected, instances, after = list(findings), 0, ""
    for entity_id in entities:
        collected += await _verify_values(backend, entity_id)
    collected += await run_on(backend, _all_totals, is_write=False)
    while True:
        ids, more = await run_on(backend, _chunk_after(after), is_write=False)
        collected += more
        instances += len(ids)
        if not ids:
            return Verified(len(entities), instances, tuple(collected))
        after = ids[-1]


async def _verify_values(backend: Backend, entity_id: str) -> list[Finding]:
    """The computed values of an entity's records, in chunks."""
    found: list[Finding] = []
    places = [""]
    while places:
        after = places[-1]

        async def chunk(tx: Tx, call: Call, after: str = after) -> tuple[list[str], list[Finding]]:
            known = call.catalog.by_entity.get(entity_id)
            return ([], []) if known is None else await verify_computed(tx, call, known[1], after=after)

        places, more = await run_on(backend, chunk, is_write=False)
        found += more
    return found


async def _all_totals(tx: Tx, call: Call) -> list[Finding]:
    """The totals of all applications, at one moment."""
    return [finding for key in call.catalog.apps for finding in await verify_totals(tx, call, key)]


def _chunk_after(place: str) -> Callable[[Tx, Call], Awaitable[tuple[list[str], list[Finding]]]]:
    async def chunk(tx: Tx, _call: Call) -> tuple[list[str], list[Finding]]:
        return await verify_instances(tx, after=place)

    return chunk


def sample(options: Namespace) -> int:
    """Install the sample organisation and every application of the library with sample records."""
    settings = settings_of(options)

    async def use(backend: Backend) -> None:
        await install_library(backend)

    run_several(settings, use)
    say(either("已安装示例数据", "Sample data installed"))
    return 0


async def install_library(backend: Backend) -> None:
    """The sample organisation and the applications of the library, in one transaction."""
    org, applications = read_library()

    async def work(tx: Tx, call: Call) -> None:
        await install_sample(tx, call, org, applications=applications)

    await run_on(backend, work, is_write=True)


def remove(options: Namespace) -> int:
    """Take the sample people and their records away."""
    if not options.yes:
        complain(either(REMOVAL_ZH, REMOVAL_EN))
        return FAILED
    settings = settings_of(options)

    async def use(backend: Backend) -> Removed:
        found = await run_on(backend, remove_sample, is_write=True)
        for file_id in found.file_ids:
            await backend.storage.remove(file_id)
        return found

    removed = run_several(settings, use)
    say(either(f"已删除 {removed.records} 条示例数据", f"Removed {removed.records} sample record(s)"))
    if removed.waiting:
        count = removed.waiting
        complain(
            either(f"! {count} 个流程仍在等待已删除的人员", f"! {count} running flow(s) wait for people who are gone")
        )
    return 0


def version(_options: Namespace) -> int:
    """Print the version."""
    say(f"formwright {__version__}")
    return 0


def openapi(options: Namespace) -> int:
    """Print the description of the API, or write it to a file."""
    document = create_routes().openapi()
    text = json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    if options.file is None:
        say(text.rstrip("\n"))
    else:
        options.file.write_text(text, encoding="utf-8")
    return 0
