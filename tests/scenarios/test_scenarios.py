"""Every scenario file holds: the readable specification of flows."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.model.scenarios import Scenario
from tests.scenarios.playing import HERE, Unmet, play

FILES = sorted(file for file in HERE.glob("*/*.json") if file.parent.name not in {"flows", "entities"})


def read(file: Path) -> Scenario:
    return Scenario.model_validate_json(file.read_text(encoding="utf-8"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_the_scenario_holds(file: Path) -> None:
    play(read(file))


def test_a_scenario_that_expects_something_else_fails() -> None:
    scenario = read(HERE / "votes" / "any_first_decides.json")
    wrong = scenario.expect.model_copy(update={"status": "rejected"})
    with pytest.raises(Unmet, match="status is approved"):
        play(scenario.model_copy(update={"expect": wrong}))


def test_every_flow_is_played() -> None:
    played = {read(file).flow for file in FILES}
    assert {file.stem for file in (HERE / "flows").glob("*.json")} == played
