"""Applications as files: check, plan, apply, export, scenario."""

from __future__ import annotations

import asyncio
import tempfile
from argparse import Namespace
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from engine.app import build_backend
from engine.commands.context import (
    FAILED,
    complain,
    complain_of,
    either,
    language_of,
    read_folder,
    run_on,
    run_unit,
    say,
    settings_of,
)
from engine.commands.library import read_application, read_definitions, read_sample_organisation
from engine.errors import Rejection
from engine.model.application import Application
from engine.model.base import label_text
from engine.runtime.backend import Backend
from engine.runtime.calls import Call, refresh
from engine.runtime.definitions import (
    CheckReport,
    Plan,
    apply_application,
    check_files,
    export_application,
    plan_application,
)
from engine.runtime.samples import install_organisation
from engine.runtime.scenarios import Unmet, play_scenario
from engine.settings import Settings
from engine.store.database import Tx
from engine.store.migrate import migrate
from engine.store.opening import open_database


class NotEmpty(Rejection):
    """A folder that an export would mix with other files."""

    code = "folder_not_empty"
    zh = "目录 {folder} 不为空; 用 --force 覆盖其中的同名文件"
    en = "The folder {folder} is not empty; --force overwrites files of the same name"


def check(options: Namespace) -> int:
    """Report everything that is wrong with the files of applications."""
    failed = False
    for folder in options.folders:
        report = check_files(read_folder(folder))
        _complain(folder, report)
        failed = failed or report.application is None
        if report.application is not None:
            say(either(f"✓ {folder}: 定义正确", f"✓ {folder}: the definitions are correct"))
    return FAILED if failed else 0


def _complain(folder: Path, report: CheckReport) -> None:
    problems = [replace(problem, file=str(folder / (problem.file or ""))) for problem in report.problems]
    warnings = [replace(problem, file=str(folder / (problem.file or ""))) for problem in report.warnings]
    complain_of(problems, mark="✗")
    complain_of(warnings, mark="!")
    if problems:
        complain(either(f"{folder}: {len(problems)} 处问题", f"{folder}: {len(problems)} problem(s)"))


def plan(options: Namespace) -> int:
    """Say what applying would change; nothing is written."""
    application = read_definitions(options.folder)

    async def work(tx: Tx, call: Call) -> Plan:
        return await plan_application(tx, call, application)

    _show_plan(run_unit(settings_of(options), work, is_write=False))
    return 0


def _show_plan(found: Plan) -> None:
    complain_of(found.warnings, mark="!")
    for change in found.changes:
        say(f"  {change.text(language_of())}")
    if not found.changes:
        say(either(f"{found.app_key}: 没有变化", f"{found.app_key}: nothing to change"))


def apply(options: Namespace) -> int:
    """Publish a new version; nothing happens when nothing differs."""
    application = read_definitions(options.folder)

    async def work(tx: Tx, call: Call) -> Plan:
        return await apply_application(tx, call, application, note=options.note)

    found = run_unit(settings_of(options), work, is_write=True)
    _show_plan(found)
    if found.changes:
        number = found.from_version + 1
        say(either(f"{found.app_key}: 已发布第 {number} 版", f"{found.app_key}: published version {number}"))
    return 0


def export(options: Namespace) -> int:
    """Write the files of an installed application."""
    folder: Path = options.folder
    if folder.exists() and any(folder.iterdir()) and not options.force:
        raise NotEmpty(folder=str(folder))

    async def work(_tx: Tx, call: Call) -> Mapping[str, str]:
        return export_application(call, options.app)

    files = run_unit(settings_of(options), work, is_write=False)
    for path, text in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    say(either(f"已导出 {len(files)} 个文件到 {folder}", f"Exported {len(files)} files to {folder}"))
    return 0


def scenario(options: Namespace) -> int:
    """Play the scenarios of applications on a database of their own."""
    unmet = 0
    for folder in options.folders:
        application = read_application(folder)
        with tempfile.TemporaryDirectory(prefix="formwright-scenario-") as place:
            unmet += _play_all(application, Path(place), only=options.only)
    return FAILED if unmet else 0


def _play_all(application: Application, place: Path, *, only: str | None) -> int:
    settings = Settings(data=place)
    migrate(settings.url)
    chosen = {name for name in application.scenarios if only in {None, name}}
    found = asyncio.run(_play(application, settings, chosen=frozenset(chosen)))
    for name, misses in found.items():
        title = application.scenarios[name].title
        shown = f"{name}  {label_text(title, language_of())}" if title is not None else name
        say(f"{'✗' if misses else '✓'} {shown}")
        for miss in misses:
            complain(f"    {miss.where}: {miss.text}")
    failed = sum(1 for misses in found.values() if misses)
    say(either(f"{len(found)} 个场景, {failed} 个不符", f"{len(found)} scenario(s), {failed} failed"))
    return failed


async def _play(
    application: Application, settings: Settings, *, chosen: frozenset[str]
) -> dict[str, tuple[Unmet, ...]]:
    database = open_database(settings.url)
    try:
        backend = build_backend(settings, database)
        await run_on(backend, lambda tx, call: _prepare(tx, call, application), is_write=True)
        return {name: await _play_one(backend, application, name) for name in sorted(chosen)}
    finally:
        await database.close()


async def _prepare(tx: Tx, call: Call, application: Application) -> None:
    await install_organisation(tx, call, read_sample_organisation())
    await apply_application(tx, await refresh(tx, call), application)


async def _play_one(backend: Backend, application: Application, name: str) -> tuple[Unmet, ...]:
    async def work(tx: Tx, call: Call) -> tuple[Unmet, ...]:
        return await play_scenario(tx, call, application.app.key, scenario=application.scenarios[name])

    return await run_on(backend, work, is_write=True)
