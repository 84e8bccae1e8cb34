"""Fixtures of all tests: databases of both kinds, time and ids, loud skips.

`database_url` is a migrated, empty database of its own for each test, on SQLite and on PostgreSQL (`--database`);
`database` is it opened; `clock` stands still until it is set; `ids` are in order. `world` (tests/world.py) is a server
with the sample organisation and the initiation template on such a database.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import sqlite3
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NoReturn

import asyncpg
import pytest
from hypothesis import settings

from engine.clock import SettableClock
from engine.ids import IdSource, system_ids
from engine.store.database import Database
from engine.store.migrate import migrate
from engine.store.opening import open_database
from tests.postgres.cluster import is_available, server_url
from tests.world import World, build_world, fill

# how long an example takes says nothing about the product on a busy machine
settings.register_profile("formwright", deadline=None)
settings.load_profile("formwright")
LOUD = "NOT TESTED:"
START = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
PROOF = "FORMWRIGHT_PROOF"
# a file that gets the loud skips of several runs of pytest; the Makefile shows it at the end
NOT_TESTED = "FORMWRIGHT_NOT_TESTED"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database", choices=("sqlite", "postgresql", "both"), default="both")
    parser.addoption("--proof", action="store_true", help="run at the full counts")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "database_kind" in metafunc.fixturenames:
        chosen = metafunc.config.getoption("--database")
        metafunc.parametrize("database_kind", ("sqlite", "postgresql") if chosen == "both" else (chosen,))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    reasons: dict[str, int] = {}
    for report in terminalreporter.stats.get("skipped", []):
        text = str(report.longrepr[2]) if isinstance(report.longrepr, tuple) else str(report.longrepr)
        if LOUD in text:
            reasons[text] = reasons.get(text, 0) + 1
    lines = [f"{count} test(s) {text.removeprefix('Skipped: ')}" for text, count in reasons.items()]
    for line in lines:
        terminalreporter.write_line(line, red=True, bold=True)
    if NOT_TESTED in os.environ:
        with Path(os.environ[NOT_TESTED]).open("a", encoding="utf-8") as file:
            file.writelines(f"{line}\n" for line in lines)


def skip_loudly(reason: str) -> NoReturn:
    """Something the machine lacks: skip and say so at the end; where everything must run, fail."""
    if os.environ.get("CI"):
        pytest.fail(f"{LOUD} {reason}", pytrace=False)
    pytest.skip(f"{LOUD} {reason}")


@pytest.fixture(scope="session")
def is_proof(request: pytest.FixtureRequest) -> bool:
    """Whether tests run at their full counts."""
    return bool(request.config.getoption("--proof") or os.environ.get(PROOF))


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def clock() -> SettableClock:
    return SettableClock(START)


@pytest.fixture
def ids() -> IdSource:
    return system_ids()


class Templates:
    """Databases that are made once and copied for each test: `empty` has the tables, `sample` the sample data."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._made: dict[tuple[str, str], str] = {}
        self._count = 0
        self._worker = os.environ.get("PYTEST_XDIST_WORKER", "main") + str(os.getpid())

    def fresh(self, kind: str, content: str, place: Path) -> str:
        """The URL of a new database with that content."""
        template = self._template(kind, content)
        self._count += 1
        if kind == "sqlite":
            file = place / "formwright.db"
            shutil.copy(template.removeprefix("sqlite://"), file)
            return f"sqlite://{file}"
        name = f"t_{self._worker}_{self._count}"
        source = template.rpartition("/")[2]
        asyncio.run(_administer(f'CREATE DATABASE "{name}" TEMPLATE "{source}" STRATEGY file_copy'))
        return f"{server_url()}/{name}"

    def durable(self, kind: str, place: Path) -> str:
        """A database with the sample data on a server that keeps what it acknowledges, for tests that kill."""
        if kind == "sqlite":
            return self.fresh(kind, "sample", place)
        _require_postgresql()
        self._count += 1
        name = f"d_{self._worker}_{self._count}"
        asyncio.run(_administer(f'CREATE DATABASE "{name}"', server_url("durable")))
        url = f"{server_url('durable')}/{name}"
        migrate(url)
        asyncio.run(fill(url, START, self._folder))
        return url

    def drop(self, url: str) -> None:
        """Forget a database of `fresh`."""
        if url.startswith("postgresql"):
            asyncio.run(_administer(f'DROP DATABASE IF EXISTS "{url.rpartition("/")[2]}" WITH (FORCE)'))

    def _template(self, kind: str, content: str) -> str:
        known = self._made.get((kind, content))
        if known is not None:
            return known
        if kind == "sqlite":
            url = f"sqlite://{self._folder / content}.db"
        else:
            _require_postgresql()
            name = f"{content}_{self._worker}"
            asyncio.run(_administer(f'CREATE DATABASE "{name}"'))
            url = f"{server_url()}/{name}"
        migrate(url)
        if content == "sample":
            asyncio.run(fill(url, START, self._folder))
        if kind == "sqlite":
            # everything into the one file that is copied
            _checkpoint(Path(url.removeprefix("sqlite://")))
        self._made[kind, content] = url
        return url


def _require_postgresql() -> None:
    if not is_available():
        skip_loudly("there are no PostgreSQL programs")


def _checkpoint(file: Path) -> None:
    connection = sqlite3.connect(file)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


async def _administer(statement: str, server: str | None = None) -> None:
    connection = await asyncpg.connect(f"{server or server_url()}/postgres")
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Templates:
    return Templates(tmp_path_factory.mktemp("templates"))


@pytest.fixture
def database_url(database_kind: str, templates: Templates, tmp_path: Path) -> Iterator[str]:
    """A migrated database of its own."""
    url = templates.fresh(database_kind, "empty", tmp_path)
    yield url
    templates.drop(url)


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """The test's database, open."""
    opened = open_database(database_url)
    try:
        yield opened
    finally:
        await opened.close()


@pytest.fixture
def sample_url(database_kind: str, templates: Templates, tmp_path: Path) -> Iterator[str]:
    """A database of its own with the sample data."""
    url = templates.fresh(database_kind, "sample", tmp_path)
    yield url
    templates.drop(url)


@pytest.fixture
def durable_url(database_kind: str, templates: Templates, tmp_path: Path) -> str:
    """A database with the sample data on a server that keeps what it acknowledges."""
    return templates.durable(database_kind, tmp_path)


@pytest.fixture
async def world(sample_url: str, clock: SettableClock, tmp_path: Path) -> AsyncIterator[World]:
    """A server on sample data, called in this process."""
    opened = open_database(sample_url)
    try:
        yield await build_world(opened, clock, tmp_path)
    finally:
        await opened.close()
