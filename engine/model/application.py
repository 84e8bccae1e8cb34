"""One application as a whole: everything its files say, by key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from engine.model.apps import App
from engine.model.entities import Entity
from engine.model.flows import Flow
from engine.model.forms import Form
from engine.model.permission_sets import PermissionSet
from engine.model.sample_records import SampleRecord
from engine.model.scenarios import Scenario
from engine.model.views import View


def _none[T]() -> Mapping[str, T]:
    return MappingProxyType({})
