"""A workspace that has lost its sample data: nobody acts as others any more, the applications stay."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Browser, expect

from tests.browser.conftest import People
from tests.browser.server import ROOT, serving
from tests.browser.user import APP


def test_the_person_switch_goes_with_the_sample(browser: Browser, tmp_path: Path, people: People) -> None:
    with serving(tmp_path / "data") as server:
        base = people.guard.base
        people.server, people.guard.base = server, server.base
        admin = people()
        admin.sign_in(server.admin_link)
        switch = admin.button("shell.switchPerson")
        expect(switch).to_be_visible()
        subprocess.run(
            [sys.executable, "-m", "engine.cli", "remove-sample", "--yes", "--data", str(server.data)],
            cwd=ROOT,
            check=True,
            capture_output=True,
        )
        admin.open("/")
        expect(admin.page.get_by_role("heading", name=admin.words.of("项目立项", "Project initiation"))).to_be_visible()
        expect(switch).to_have_count(0)
        admin.open(f"/apps/{APP}/views/all_proposals")
        people.guard.base = base
