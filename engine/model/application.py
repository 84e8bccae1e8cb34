"""One application as a whole: everything its files say, by key."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

from pydantic import BaseModel

from engine.model.apps import App
from engine.model.derived import derive
from engine.model.entities import Entity
from engine.model.flows import Flow
from engine.model.forms import Form
from engine.model.permission_sets import PermissionSet
from engine.model.sample_records import SampleRecord, SampleRecords
from engine.model.scenarios import Scenario
from engine.model.views import View

APP_FILE = "app.json"
# The folder of each kind of document, which is also the name of its mapping below.
FOLDERS: Mapping[str, type[BaseModel]] = {
    "entities": Entity,
    "forms": Form,
    "flows": Flow,
    "views": View,
    "permission_sets": PermissionSet,
    "scenarios": Scenario,
    "records": SampleRecords,
}


@dataclass(frozen=True)
class Application:
    """The documents of one application, by key; scenarios by file name, sample records by entity."""

    app: App
    entities: Mapping[str, Entity] = field(default_factory=dict)
    forms: Mapping[str, Form] = field(default_factory=dict)
    flows: Mapping[str, Flow] = field(default_factory=dict)
    views: Mapping[str, View] = field(default_factory=dict)
    permission_sets: Mapping[str, PermissionSet] = field(default_factory=dict)
    scenarios: Mapping[str, Scenario] = field(default_factory=dict)
    records: Mapping[str, tuple[SampleRecord, ...]] = field(default_factory=dict)

    @cached_property
    def derived(self) -> Mapping[str, Entity]:
        """The entities with lookups as fields of the types of what they show; the others are those authored."""
        return derive(self.entities)

    def documents(self) -> Iterator[tuple[str, BaseModel]]:
        """Every document that a version is made of, with the path of its file; without sample records."""
        yield APP_FILE, self.app
        for folder in FOLDERS:
            if folder != "records":
                for key, document in sorted(self.folder(folder).items()):
                    yield f"{folder}/{key}.json", document

    def folder(self, name: str) -> Mapping[str, BaseModel]:
        """The documents of one folder of `FOLDERS`, by key."""
        match name:
            case "entities":
                return self.entities
            case "forms":
                return self.forms
            case "flows":
                return self.flows
            case "views":
                return self.views
            case "permission_sets":
                return self.permission_sets
            case "scenarios":
                return self.scenarios
            case "records":
                return {key: SampleRecords(root=records) for key, records in self.records.items()}
            case _:
                raise KeyError(name)


_Kind = TypeVar("_Kind", bound=BaseModel)


def assemble(app: App, folders: Mapping[str, Mapping[str, BaseModel]]) -> Application:
    """The application made of these documents, given by folder and key."""
    return Application(
        app=app,
        entities=_of_kind(Entity, folders.get("entities", {})),
        forms=_of_kind(Form, folders.get("forms", {})),
        flows=_of_kind(Flow, folders.get("flows", {})),
        views=_of_kind(View, folders.get("views", {})),
        permission_sets=_of_kind(PermissionSet, folders.get("permission_sets", {})),
        scenarios=_of_kind(Scenario, folders.get("scenarios", {})),
        records={key: records.root for key, records in _of_kind(SampleRecords, folders.get("records", {})).items()},
    )


def _of_kind(model: type[_Kind], documents: Mapping[str, BaseModel]) -> dict[str, _Kind]:
    return {key: document for key, document in documents.items() if isinstance(document, model)}
