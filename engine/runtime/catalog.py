"""Published applications, compiled once per version, and the caches of what changes rarely.

A cache entry carries the version mark it was made under; the mark is read in each transaction, so another process
that publishes or changes the organisation is noticed at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeAlias, TypeVar

from engine.access.directory import Directory
from engine.access.predicate import Access, Grant, Principal, hidden_by, made_from
from engine.errors import Rejection
from engine.flow.compiled import CompiledFlow
from engine.forms.compile import CompiledEntity
from engine.forms.layout import CompiledForm
from engine.forms.rights import hidden_paths, resolve_rights
from engine.model.expressions import EVERYTHING
from engine.query.queried import Queried
from engine.runtime.compiling import CompiledApplication
from engine.runtime.kept import Kept
from engine.runtime.published import Versions
from engine.runtime.row_views import RowViews
from engine.runtime.settings import WorkspaceSettings, read_workspace
from engine.runtime.versions import EntityVersion, FlowVersion, authored_rights, paths_today, source_of
from engine.store.applications import StoredApplication, list_applications
from engine.store.database import Dialect, Tx
from engine.store.directory import load_directory
from engine.store.entities import load_entities
from engine.store.marks import hold_marks, read_marks
from engine.store.records import RecordTable

T = TypeVar("T")


class AppNotFound(Rejection):
    """No application of this key is installed."""

    code = "app_not_found"
    status = 404
    zh = "没有应用 “{app}”"
    en = "There is no application “{app}”"


class EntityNotFound(Rejection):
    """The application has no such entity."""

    code = "entity_not_found"
    status = 404
    zh = "没有实体 “{entity}”"
    en = "There is no entity “{entity}”"


class FormNotFound(Rejection):
    """The application has no such form."""

    code = "form_not_found"
    status = 404
    zh = "没有表单 “{form}”"
    en = "There is no form “{form}”"


class ViewNotFound(Rejection):
    """The application has no such view."""

    code = "view_not_found"
    status = 404
    zh = "没有视图 “{view}”"
    en = "There is no view “{view}”"


@dataclass(frozen=True)
class AppEntity:
    """An entity of an application: what it means, where its records lie, and how its values are shown.

    `version`: number of the application's version. `former_hidden`: what nodes hide that are gone, by source.
    `hidden_by_sets`: paths that some permission set hides.
    """

    app_key: str
    version: int
    compiled: CompiledEntity
    table: RecordTable
    default_form: CompiledForm | None
    flows: tuple[CompiledFlow, ...] = ()
    former_hidden: Mapping[str, frozenset[str]] = field(default_factory=dict)
    hidden_by_sets: frozenset[str] = frozenset()

    @cached_property
    def queried(self) -> Queried:
        """The entity as filters and sorts see it."""
        return Queried(self.compiled.entity, self.compiled.scope, self.compiled.entities)

    @cached_property
    def row_views(self) -> RowViews:
        """How its rows are shown in lists."""
        return RowViews(self.compiled, self.table.reader)

    @cached_property
    def hidden_today(self) -> Mapping[str, frozenset[str]]:
        """What each node of the entity's flows hides, by source; nodes without people hide as the first does."""
        return {
            source_of(flow.key, key): hidden_paths(resolve_rights(self.compiled, authored_rights(flow, key)))
            for flow in self.flows
            for key in flow.nodes
        }

    @cached_property
    def node_hidden(self) -> Mapping[str, frozenset[str]]:
        """What each node hides that ever brought people to records, by source."""
        return {**self.former_hidden, **self.hidden_today}

    @cached_property
    def hidden_from_some(self) -> frozenset[str]:
        """Paths that some node hides from its people."""
        return frozenset[str]().union(*self.node_hidden.values())

    @cached_property
    def untitled(self) -> frozenset[str]:
        """Paths that no title shows which people read in lists whatever they may see: somebody may not see them."""
        return self.hidden_from_some | self.hidden_by_sets | self.through_links

    @cached_property
    def through_links(self) -> frozenset[str]:
        """Values that are made from other records, which not everyone may read."""
        hops = frozenset(hop.path for step in self.compiled.steps for way in step.ways for hop in way.hops)
        return made_from(self.compiled.inputs, hops.union(*(item.needs for item in self.compiled.rollups)))

    @cached_property
    def is_title_cut(self) -> bool:
        """Whether titles lack some of their fields today; those that were stored before may not."""
        entity = self.compiled.entity
        named = entity.title_fields if entity.record_title is not None else tuple(entity.by_key)
        return not self.untitled.isdisjoint(named)

    @cached_property
    def everything(self) -> frozenset[str]:
        """Every path."""
        return frozenset(self.compiled.inputs)

    @property
    def id(self) -> str:
        """The id under which history, readers and flows know the entity."""
        return self.table.stored.id

    @property
    def key(self) -> str:
        """Its key in the application."""
        return self.compiled.entity.key


def _hidden_by_sets(compiled: CompiledApplication, key: str) -> frozenset[str]:
    """Paths of an entity that some permission set hides from those whom it lets read."""
    inputs = compiled.entities[key].inputs
    return frozenset[str]().union(
        *(
            hidden_by(Grant(frozenset(given.actions), EVERYTHING, given.fields), inputs)
            for given in compiled.application.permission_sets.values()
            if given.entity == key and "read" in given.actions
        )
    )


@dataclass(frozen=True)
class InstalledApp:
    """The current version of an application."""

    stored: StoredApplication
    compiled: CompiledApplication
    entities: Mapping[str, AppEntity]

    @property
    def id(self) -> str:
        """Its id."""
        return self.stored.id

    @property
    def key(self) -> str:
        """Its key."""
        return self.stored.key

    def entity(self, key: str) -> AppEntity:
        """An entity by key. Raises `EntityNotFound`."""
        if key not in self.entities:
            raise EntityNotFound(entity=key[:100])
        return self.entities[key]

    def form(self, key: str) -> CompiledForm:
        """A form by key. Raises `FormNotFound`."""
        if key not in self.compiled.forms:
            raise FormNotFound(form=key[:100])
        return self.compiled.forms[key]


@dataclass(frozen=True)
class Catalog:
    """All installed applications at one version of the definitions."""

    apps: Mapping[str, InstalledApp]
    by_id: Mapping[str, InstalledApp]
    by_entity: Mapping[str, tuple[InstalledApp, AppEntity]]
    # earlier versions of flows over these entities, filled as they are asked for
    flow_versions: dict[tuple[str, int, str], FlowVersion] = field(default_factory=dict, compare=False, repr=False)

    def app(self, key: str) -> InstalledApp:
        """An application by key. Raises `AppNotFound`."""
        if key not in self.apps:
            raise AppNotFound(app=key[:100])
        return self.apps[key]

    def entity(self, app_key: str, entity_key: str) -> tuple[InstalledApp, AppEntity]:
        """An application and its entity. Raises `AppNotFound`, `EntityNotFound`."""
        app = self.app(app_key)
        return app, app.entity(entity_key)

    def target(self, app_key: str, name: str) -> tuple[InstalledApp, AppEntity] | None:
        """Where a link of an application leads, by its `target`; None: the other application has it no more."""
        other, _, key = name.rpartition("/")
        app = self.apps.get(other or app_key)
        return None if app is None or key not in app.entities else (app, app.entities[key])


@dataclass(frozen=True)
class Standing:
    """What permission sets give a person of one entity. `beyond`: paths through links that are hidden from him."""

    grants: tuple[Grant, ...]
    access: Access
    beyond: frozenset[str]


Standings: TypeAlias = dict[tuple[str, Principal], Standing]


@dataclass(frozen=True)
class Surroundings:
    """What every call of the runtime stands on: the workspace's settings, organisation and applications.

    `standings`: by entity id and person, as they were found; they hold as long as nothing of this changes.
    """

    workspace: WorkspaceSettings
    directory: Directory
    catalog: Catalog
    standings: Standings = field(default_factory=dict, compare=False, repr=False)

    @property
    def parts(self) -> tuple[WorkspaceSettings, Directory, Catalog]:
        """The three things themselves."""
        return self.workspace, self.directory, self.catalog


def _are_same(first: Surroundings, second: Surroundings) -> bool:
    return all(one is other for one, other in zip(first.parts, second.parts, strict=True))


@dataclass
class Caches:
    """What a process keeps between transactions; never the truth, always checked against the marks."""

    dialect: Dialect
    _workspace: Kept[WorkspaceSettings] = field(default_factory=Kept)
    _directory: Kept[Directory] = field(default_factory=Kept)
    _catalog: Kept[Catalog] = field(default_factory=Kept)
    _last: Surroundings | None = None
    versions: Versions = field(init=False)

    def __post_init__(self) -> None:
        self.versions = Versions(self.dialect)

    async def surroundings(
        self, tx: Tx, *, is_write: bool = False, marks: Mapping[str, int] | None = None
    ) -> Surroundings:
        """Everything as this transaction sees it; `is_write`: it stays so until what it writes is there.

        `marks`: as they were read by it already.
        """
        if marks is None:
            marks = await (hold_marks(tx) if is_write else read_marks(tx))
        around = Surroundings(
            workspace=await self._workspace_at(tx, marks.get("settings", 0)),
            directory=await self._directory_at(tx, marks.get("directory", 0)),
            catalog=await self._catalog_at(tx, marks.get("definitions", 0)),
        )
        return self._settled(around)

    def _settled(self, around: Surroundings) -> Surroundings:
        """The one object for these three, so that what was found out about them is found again."""
        last = self._last
        if last is not None and _are_same(last, around):
            return last
        # what an uncommitted transaction sees is not kept
        kept = (self._workspace.value, self._directory.value, self._catalog.value)
        if all(one is other for one, other in zip(kept, around.parts, strict=True)):
            self._last = around
        return around

    async def _workspace_at(self, tx: Tx, mark: int) -> WorkspaceSettings:
        if self._workspace.mark == mark and self._workspace.value is not None:
            return self._workspace.value
        found = await read_workspace(tx)
        tx.after_commit(lambda: self._workspace.put(mark, found))
        return found

    async def _directory_at(self, tx: Tx, mark: int) -> Directory:
        if self._directory.mark == mark and self._directory.value is not None:
            return self._directory.value
        found = await load_directory(tx)
        tx.after_commit(lambda: self._directory.put(mark, found))
        return found

    async def _catalog_at(self, tx: Tx, mark: int) -> Catalog:
        if self._catalog.mark == mark and self._catalog.value is not None:
            return self._catalog.value
        found = await self._load_catalog(tx)
        tx.after_commit(lambda: self._catalog.put(mark, found))
        return found

    async def _load_catalog(self, tx: Tx) -> Catalog:
        apps: dict[str, InstalledApp] = {}
        by_entity: dict[str, tuple[InstalledApp, AppEntity]] = {}
        for stored in await list_applications(tx):
            compiled = await self.versions.compiled(tx, stored.id, stored.version)
            tables = await load_entities(tx, stored.id)
            former = await self.versions.former_hidden(tx, stored, compiled=compiled, tables=tables)
            entities = {
                key: AppEntity(
                    app_key=stored.key,
                    version=stored.version,
                    compiled=compiled.entities[key],
                    table=RecordTable(tables[key], self.dialect, others=tables),
                    default_form=compiled.default_form(key),
                    flows=tuple(flow for flow in compiled.flows.values() if flow.entity == key),
                    former_hidden=former.get(key, {}),
                    hidden_by_sets=_hidden_by_sets(compiled, key),
                )
                for key in compiled.entities
            }
            apps[stored.key] = app = InstalledApp(stored, compiled, entities)
            by_entity.update({entity.id: (app, entity) for entity in entities.values()})
        return Catalog(apps, {app.id: app for app in apps.values()}, by_entity)

    async def flow(self, tx: Tx, application_id: str, *, number: int, flow_key: str) -> CompiledFlow:
        """A flow as it was when an instance started."""
        return (await self.versions.compiled(tx, application_id, number)).flows[flow_key]

    async def flow_version(
        self, tx: Tx, catalog: Catalog, *, entity_id: str, number: int, flow_key: str
    ) -> FlowVersion:
        """A flow as it was when an instance started, over the records of today."""
        known = catalog.flow_versions.get((entity_id, number, flow_key))
        if known is not None:
            return known
        app, entity = catalog.by_entity[entity_id]
        flow = await self.flow(tx, app.id, number=number, flow_key=flow_key)
        version = None
        if number != entity.version:
            version = await self.versions.flow_entity(
                tx, app.id, flow, number=number, now=app.compiled, stored=entity.table.stored
            )
        found = FlowVersion(flow, entity.compiled, version, entity.hidden_today)
        catalog.flow_versions[entity_id, number, flow_key] = found
        return found

    async def entities_then(
        self, tx: Tx, catalog: Catalog, app: InstalledApp, *, number: int
    ) -> dict[str, EntityVersion]:
        """The entities of a version under its own keys, those that are still there."""
        found: dict[str, EntityVersion] = {}
        for key, ids in (await self.versions.field_ids(tx, app.id, number)).items():
            if ids.id in catalog.by_entity:
                stored = catalog.by_entity[ids.id][1].table.stored
                version = await self.versions.entity(tx, app.id, number, now=app.compiled, stored=stored)
                if version is not None:
                    found[key] = version
        return found

    async def entity_today(self, tx: Tx, app: InstalledApp, *, number: int, key: str) -> AppEntity:
        """The entity of today that a version calls so. Raises `EntityNotFound`."""
        if number == app.stored.version:
            return app.entity(key)
        ids = (await self.versions.field_ids(tx, app.id, number)).get(key)
        found = (entity for entity in app.entities.values() if ids is not None and entity.id == ids.id)
        entity = next(found, None)
        if entity is None:
            raise EntityNotFound(entity=key[:100])
        return entity

    async def paths_today(self, tx: Tx, entity: AppEntity, *, number: int) -> Mapping[str, str]:
        """What the paths of a version are called today; those of removed fields are absent."""
        if number == entity.version:
            return {path: path for path in entity.everything}
        ids = await self.versions.field_ids(tx, entity.table.stored.application_id, number)
        found = next((item for item in ids.values() if item.id == entity.id), None)
        return {} if found is None else paths_today(found, entity.table.stored)
