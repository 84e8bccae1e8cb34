"""What commands share: output, the language of the terminal, running a unit of work as the operator."""

from __future__ import annotations

import asyncio
import os
import sys
from argparse import Namespace
from collections.abc import Awaitable, Callable, Iterable, Mapping
from pathlib import Path
from typing import TypeVar

from engine.app import build_backend
from engine.errors import Problem, Problems, Rejection
from engine.model.json_text import MAX_BYTES
from engine.runtime.backend import Backend, moment, operator_call
from engine.runtime.calls import Call
from engine.settings import Settings, prepare_data_directory, read_settings
from engine.store.database import Tx
from engine.store.migrate import require_current
from engine.store.opening import open_database

T = TypeVar("T")
FAILED = 1


class FolderUnreadable(Rejection):
    """A folder or file that a command was given and cannot read."""

    code = "folder_unreadable"
    zh = "无法读取 {folder}: {reason}"
    en = "{folder} cannot be read: {reason}"


class PathUnusable(Rejection):
    """A file or folder that the system does not let be used as the command needs it."""

    code = "path_unusable"
    zh = "无法使用 {place}: {reason}"
    en = "{place} cannot be used: {reason}"


class ArgumentUnreadable(Rejection):
    """Bytes on the command line that are no text."""

    code = "argument_unreadable"
    zh = "参数 {argument} 不是 UTF-8 文本"
    en = "The argument {argument} is not UTF-8 text"


def language_of(environ: Mapping[str, str] | None = None) -> str:
    """`FORMWRIGHT_LANGUAGE`, else Chinese where the terminal's locale is Chinese, else English."""
    source = os.environ if environ is None else environ
    chosen = source.get("FORMWRIGHT_LANGUAGE") or source.get("LC_ALL") or source.get("LANG") or ""
    return "zh-CN" if chosen.lower().startswith("zh") else "en"


def say(text: str) -> None:
    """A line of output."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def complain(text: str) -> None:
    """A line about what is wrong."""
    sys.stderr.write(f"{text}\n")


def either(zh: str, en: str) -> str:
    """The text in the language of the terminal."""
    return zh if language_of() == "zh-CN" else en


def complain_of(problems: Iterable[Problem], *, mark: str) -> None:
    """One line each: mark, file, JSON pointer, code, text."""
    for problem in problems:
        place = f"{problem.file or ''}#{problem.path or ''}"
        complain(f"{mark} {place}  {problem.code}  {problem.text(language_of())}")


def complain_about(rejection: Rejection) -> None:
    """A rejection with all its problems."""
    complain(rejection.text(language_of()))
    if isinstance(rejection, Problems):
        complain_of(rejection.errors, mark="  ✗")


def settings_of(options: Namespace) -> Settings:
    """Settings with what the command line says. Raises `BadSetting`."""
    names = ("data", "database_url", "host", "port", "base_url")
    return read_settings(**{name: getattr(options, name, None) for name in names})


def read_folder(folder: Path) -> dict[str, bytes]:
    """The JSON files of a folder by path relative to it, the others being no part of it; none longer than is needed
    to see that it is too long. Raises `FolderUnreadable`.
    """
    if not folder.is_dir():
        raise FolderUnreadable(folder=str(folder), reason="not a folder")
    try:
        files = [file for file in sorted(folder.rglob("*.json")) if file.is_file()]
        return {file.relative_to(folder).as_posix(): _beginning(file, MAX_BYTES + 1) for file in files}
    except OSError as error:
        raise FolderUnreadable(folder=str(error.filename or folder), reason=error.strerror or str(error)) from None


def _beginning(file: Path, size: int) -> bytes:
    with file.open("rb") as stream:
        return stream.read(size)


def run_unit(settings: Settings, work: Callable[[Tx, Call], Awaitable[T]], *, is_write: bool) -> T:
    """One unit of work as the operator, on a database that fits this release."""
    require_current(settings.url)
    prepare_data_directory(settings)
    return asyncio.run(_with_backend(settings, lambda backend: run_on(backend, work, is_write=is_write)))


async def _with_backend(settings: Settings, use: Callable[[Backend], Awaitable[T]]) -> T:
    database = open_database(settings.url)
    try:
        return await use(build_backend(settings, database))
    finally:
        await database.close()


async def run_on(backend: Backend, work: Callable[[Tx, Call], Awaitable[T]], *, is_write: bool) -> T:
    """One unit of work as the operator."""
    at = moment(backend, language_of())

    async def unit(tx: Tx) -> T:
        return await work(tx, await operator_call(tx, backend, at, is_write=is_write))

    return await (backend.database.write(unit) if is_write else backend.database.read(unit))


def run_several(settings: Settings, use: Callable[[Backend], Awaitable[T]]) -> T:
    """Several units of work, on a database that fits this release."""
    require_current(settings.url)
    prepare_data_directory(settings)
    return asyncio.run(_with_backend(settings, use))
