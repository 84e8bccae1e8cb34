"""The interpreter of the page, started once for all tests here."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.interpreters.page import Page, running_page


@pytest.fixture(scope="session")
def page() -> Iterator[Page]:
    with running_page() as running:
        yield running
