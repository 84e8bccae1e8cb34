"""The map from a log to an application: which activity is which command at which node, by whom.

A map is JSON; `README.md` beside the script describes its members. Everything else (the route a case took,
where a return leads) is read from the log itself.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, JsonValue, ValidationError, model_validator

from examples.replay.xes import Case, Event

Command = Literal["start", "submit", "approve", "reject", "return", "withdraw", "ignore"]
PLACEHOLDER = re.compile(r"\{([^{}]+)\}")


class BadMap(Exception):
    """The map cannot be used; the message says why."""


class Act(BaseModel):
    """What an activity of the log means: a command, at a node, by the member who stands for a role."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    command: Command
    node: str | None = None
    role: str | None = None
    values: Mapping[str, JsonValue] = {}


class LogMap(BaseModel):
    """A whole map."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    application: str
    form: str
    initiator: str
    activities: Mapping[str, Act]
    roles: Mapping[str, str | tuple[str, ...]] = {}
    heads: Annotated[tuple[str, ...], Field(max_length=20)] = ()
    values: Mapping[str, JsonValue] = {}
    route_field: str | None = None
    submit_node: str | None = None

    @model_validator(mode="after")
    def _knows_its_roles(self) -> Self:
        known = {self.initiator, *self.roles}
        used = {act.role for act in self.activities.values() if act.role is not None} | set(self.heads)
        if unknown := sorted(used - known):
            raise ValueError(f"neither the initiator nor among the roles: {', '.join(unknown)}")
        return self

    def keys_of(self, role: str) -> tuple[str, ...]:
        """The role keys of the application that a role of the log has."""
        keys = self.roles.get(role, ())
        return (keys,) if isinstance(keys, str) else keys


@dataclass(frozen=True)
class Step:
    """One event with its meaning. `position` counts events of the case from 0."""

    event: Event
    act: Act
    position: int


def read_map(path: Path) -> LogMap:
    """The map in a file; raises `BadMap`."""
    try:
        return LogMap.model_validate(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise BadMap(f"{path}: {error}") from None
    except ValidationError as error:
        lines = "; ".join(f"/{'/'.join(map(str, item['loc']))}: {item['msg']}" for item in error.errors())
        raise BadMap(f"{path}: {lines}") from None


def steps_of(case: Case, log_map: LogMap) -> tuple[tuple[Step, ...], tuple[str, ...]]:
    """The mapped steps of a case in order, and the activities that the map does not know."""
    steps, unknown = [], []
    for position, event in enumerate(case.events):
        act = log_map.activities.get(event.activity)
        if act is None:
            unknown.append(event.activity)
        elif act.command != "ignore":
            steps.append(Step(event=event, act=act, position=position))
    return tuple(steps), tuple(unknown)


def record_values(case: Case, log_map: LogMap, names: Mapping[str, str]) -> dict[str, JsonValue]:
    """Values of the record, placeholders filled from the first event, then from the case.

    `names`: what stands for people and the department, by placeholder such as `@MANAGER`.
    """
    known = {**case.attributes, **(case.events[0].attributes if case.events else {}), "case": case.name, **names}
    return {key: fill(template, known) for key, template in log_map.values.items()}


def fill(template: JsonValue, known: Mapping[str, str]) -> JsonValue:
    """The value with placeholders replaced in every text; what is not known is empty."""
    match template:
        case str():
            return PLACEHOLDER.sub(lambda match: known.get(match.group(1), ""), template)
        case list():
            return [fill(item, known) for item in template]
        case dict():
            return {key: fill(item, known) for key, item in template.items()}
        case _:
            return template


def route_from(steps: tuple[Step, ...], start: int, options: frozenset[str]) -> list[str]:
    """Nodes among `options` that the round beginning after step `start` visits, in order, each once.

    A round ends with a return or a withdrawal, or with the case.
    """
    found: dict[str, None] = {}
    for step in steps[start + 1 :]:
        if step.act.node in options:
            found[step.act.node or ""] = None
        if step.act.command in {"return", "withdraw"}:
            break
    return list(found)


def return_target(steps: tuple[Step, ...], index: int, legal: tuple[str, ...]) -> str | None:
    """Where the return at `index` leads: the node of the next step if legal, else the first legal target."""
    following = steps[index + 1].act.node if index + 1 < len(steps) else None
    if following in legal:
        return following
    return legal[0] if legal else None
