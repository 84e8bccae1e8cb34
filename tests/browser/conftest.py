"""Fixtures of the browser tests: one server, one browser, a fresh context with guards for each person.

A page fails its test by console errors and warnings, uncaught errors, requests to other origins, and 5xx answers.
`@pytest.mark.refusals`: the test provokes refusals (4xx) or cuts requests off, which Chromium writes into the console.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    Response,
    expect,
    sync_playwright,
)

from engine.resources import find_page
from tests.browser.server import Server, serving
from tests.browser.user import User
from tests.browser.words import Words
from tests.browser_finding import find_chromium, node_program
from tests.conftest import skip_loudly

FAILURES = Path(__file__).parent / "failures"
DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
FLAGS = [
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
]
WAIT_MS = 15_000
expect.set_options(timeout=WAIT_MS)
# what Chromium writes of a 4xx answer, and of a request that the test itself cut off
EXPECTED_REFUSALS = (
    "Failed to load resource: the server responded with a status of 4",
    "Failed to load resource: net::ERR_FAILED",
)
CHOOSE_LANGUAGE = """const key = 'formwright.language';
try { localStorage.getItem(key) ?? localStorage.setItem(key, '%s'); }
catch { /* a page without an origin has no storage */ }"""


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "refusals: the page is refused something or cut off, which the console reports")


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    if find_page() is None:
        skip_loudly("the browser application is not built")
    with serving(tmp_path_factory.mktemp("data")) as running:
        yield running


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    program = find_chromium()
    if program is None:
        skip_loudly("there is no Chromium")
    node = node_program()
    if node is not None:
        os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", str(node))
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield launched
        launched.close()


@dataclass
class Guard:
    """What a page must not do."""

    base: str
    may_be_refused: bool
    complaints: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        """Listen to everything the page does."""
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.complaints.append(f"uncaught: {error}"))
        page.on("request", self._request)
        page.on("response", self._response)

    def _console(self, message: ConsoleMessage) -> None:
        is_refusal = message.text.startswith(EXPECTED_REFUSALS)
        if message.type in {"error", "warning"} and not (is_refusal and self.may_be_refused):
            self.complaints.append(f"console {message.type}: {message.text} ({message.location['url']})")

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.base, "data:", "blob:")):
            self.complaints.append(f"request to another origin: {request.url}")

    def _response(self, response: Response) -> None:
        if response.status >= 500:
            self.complaints.append(f"{response.status} {response.url}")


@dataclass
class People:
    """Makes people: each with a browser context of his own."""

    server: Server
    browser: Browser
    guard: Guard
    contexts: list[BrowserContext] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)

    def __call__(
        self,
        account: str | None = None,
        *,
        language: str = "zh-CN",
        is_phone: bool = False,
        is_dark: bool = False,
        has_chosen: bool = True,
    ) -> User:
        """A person; with `account` signed in and on the start page. `has_chosen`: he once chose his language."""
        context = self.browser.new_context(
            viewport=PHONE if is_phone else DESKTOP,  # type: ignore[arg-type]  # a dict with these two members
            locale=language,
            color_scheme="dark" if is_dark else "light",
            has_touch=is_phone,
            # a dialog that still moves is pressed beside its buttons
            reduced_motion="reduce",
            # not the zone of the workspace: what is shown must not depend on where the browser is
            timezone_id="America/New_York",
        )
        context.set_default_timeout(WAIT_MS)
        if has_chosen:
            context.add_init_script(CHOOSE_LANGUAGE % language)
        page = context.new_page()
        self.guard.watch(page)
        self.contexts.append(context)
        self.pages.append(page)
        user = User(page, self.server.base, Words(language), is_phone=is_phone)
        if account is not None:
            user.sign_in(self.server.sign_in_link(account))
        return user


@pytest.fixture
def people(server: Server, browser: Browser, request: pytest.FixtureRequest) -> Iterator[Callable[..., User]]:
    guard = Guard(server.base, may_be_refused=request.node.get_closest_marker("refusals") is not None)
    made = People(server, browser, guard)
    failed_before = request.session.testsfailed
    yield made
    if request.session.testsfailed > failed_before or guard.complaints:
        FAILURES.mkdir(exist_ok=True)
        for number, page in enumerate(made.pages):
            page.screenshot(path=FAILURES / f"{request.node.name}-{number}.png", full_page=True)
    for context in made.contexts:
        context.close()
    assert not guard.complaints, "\n".join(guard.complaints)
