"""The page about queries is true: its examples are answered."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import get_args

import pytest

from engine.model.reports import MeasureFunction
from tests.world import RECORDS, World

PAGE = Path(__file__).resolve().parents[2] / "docs" / "queries.md"
WRITTEN = PAGE.read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```json (\w+)\n(.*?)^```", WRITTEN, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize(("path", "text"), EXAMPLES)
async def test_the_examples_are_answered(world: World, path: str, text: str) -> None:
    admin = await world.person("admin")
    answer = await admin.post(f"{RECORDS}/proposal/records/{path}", json.loads(text))
    assert answer.keys() & {"items", "cells"}


def test_every_function_is_named() -> None:
    assert [name for name in get_args(MeasureFunction) if f"`{name}`" not in WRITTEN] == []
