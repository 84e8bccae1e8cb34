"""The templates that ship with the engine: sample organisation and applications."""

from __future__ import annotations

from pathlib import Path

from engine.commands.context import read_folder
from engine.errors import Problems
from engine.model.application import APP_FILE, Application
from engine.model.loading import load_application, load_org
from engine.model.org import Org
from engine.resources import find
from engine.runtime.definitions import check_files


def application_folders() -> list[Path]:
    """The folder of every application in the library."""
    return sorted(file.parent for file in find("templates_library").glob(f"*/*/{APP_FILE}"))


def read_application(folder: Path) -> Application:
    """The application in a folder. Raises `Problems`, `FolderUnreadable`."""
    report = check_files(read_folder(folder))
    if report.application is None:
        raise Problems(report.problems)
    return report.application


def read_definitions(folder: Path) -> Application:
    """The application in a folder, whose formulas and flows are yet to be checked: planning reports what is wrong.

    Raises `Problems`, `FolderUnreadable`.
    """
    files = read_folder(folder)
    application, _ = load_application(files)
    if application is None:
        raise Problems(check_files(files).problems)
    return application


def read_sample_organisation() -> Org:
    """The sample organisation. Raises `Problems`."""
    org, problems = load_org(read_folder(find("templates_library") / "org" / "sample"))
    if org is None:
        raise Problems(problems)
    return org


def read_library() -> tuple[Org, list[Application]]:
    """The sample organisation and every application of the library. Raises `Problems`."""
    return read_sample_organisation(), [read_application(folder) for folder in application_folders()]
