"""The guards of the other browser tests see what they are for, and the built page asks nobody else for anything."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from engine.resources import find_page
from tests.browser.conftest import Guard
from tests.browser.server import Server

ABSOLUTE = re.compile(r"""(?:src|href)=["']?(https?:|//)|url\(["']?(https?:|//)|@import ["'](https?:|//)""")


@pytest.fixture
def watched(browser: Browser, server: Server) -> Iterator[tuple[Page, Guard]]:
    """A page of the server that nobody else looks after."""
    context = browser.new_context()
    page, guard = context.new_page(), Guard(server.base, may_be_refused=False)
    guard.watch(page)
    page.goto(f"{server.base}/healthz")
    yield page, guard
    context.close()


@pytest.mark.parametrize(
    ("deed", "complaint"),
    [
        ("console.error('broken')", "console error: broken"),
        ("console.warn('careful')", "console warning: careful"),
        ("setTimeout(() => { throw new Error('lost') })", "uncaught: lost"),
        # an image is asked for; the policy of the page stops others before they become requests, and says so
        ("new Image().src = 'http://elsewhere.invalid/a.png'", "elsewhere.invalid"),
        ("fetch('http://elsewhere.invalid/').catch(() => 0)", "elsewhere.invalid"),
        ("fetch('/api/nowhere')", "status of 4"),
    ],
)
def test_a_bad_page_fails(watched: tuple[Page, Guard], deed: str, complaint: str) -> None:
    page, guard = watched
    page.evaluate(f"() => {{ {deed} }}")
    for _ in range(50):
        if guard.complaints:
            break
        page.wait_for_timeout(20)
    assert any(complaint in item for item in guard.complaints), guard.complaints


def test_a_good_page_passes(watched: tuple[Page, Guard]) -> None:
    page, guard = watched
    page.evaluate("() => fetch('/healthz').then((answer) => answer.text())")
    assert guard.complaints == []


def test_the_built_page_names_no_other_origin(server: Server) -> None:
    folder = find_page()
    assert folder is not None
    files = [file for file in folder.rglob("*") if file.suffix in {".html", ".css"}]
    assert files
    named = {file.name: found.group() for file in files if (found := ABSOLUTE.search(file.read_text(encoding="utf-8")))}
    assert named == {}
