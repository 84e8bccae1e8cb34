"""Applications as files: check, plan, apply, export; and as the person who works in them finds them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from engine.access.directory import Role
from engine.errors import Problem, Problems
from engine.flow.compiled import CompiledFlow
from engine.model.application import Application
from engine.model.apps import FormItem
from engine.model.base import Label
from engine.model.canonical import dump_application, export_files, hash_of
from engine.model.diff import Change, check_changes, diff_applications
from engine.model.entities import Entity
from engine.model.forms import Form
from engine.model.loading import load_readable
from engine.model.views import View
from engine.query.sorts import seen_sort
from engine.runtime.across import check_across
from engine.runtime.calendars import provide_calendars
from engine.runtime.calls import Call, refresh
from engine.runtime.catalog import InstalledApp
from engine.runtime.compiling import check_application
from engine.runtime.permissions import asking, may_create, reading
from engine.runtime.recomputing import recompute_changed
from engine.runtime.submissions import may_open, without_hidden
from engine.runtime.totalling import rebuild_changed, refuse_broken
from engine.runtime.uniques import find_repeated
from engine.store.applications import EntityIds, Published, insert_version, map_need, save_field_ids
from engine.store.database import Tx
from engine.store.directory import insert_role
from engine.store.entities import publish_entities
from engine.store.history import append_audit
from engine.store.marks import bump_mark, lock_mark
from engine.store.misfits import find_misfits
from engine.store.uniques import publish_uniques


@dataclass(frozen=True)
class CheckReport:
    """Everything that is wrong or doubtful about the files of an application."""

    application: Application | None
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Plan:
    """What publishing would do: the version it would make, every change, and warnings. No changes: nothing to do."""

    app_key: str
    from_version: int
    changes: tuple[Change, ...]
    warnings: tuple[Problem, ...]


@dataclass(frozen=True)
class MenuEntry:
    """An entry of the menu; exactly one of `form` and `view` is set."""

    title: Label
    form: str | None = None
    view: str | None = None


@dataclass(frozen=True)
class MenuSection:
    """A heading and its entries."""

    title: Label
    items: Sequence[MenuEntry]


@dataclass(frozen=True)
class AppBrief:
    """An application with the part of its menu that the caller can use."""

    key: str
    title: Label
    icon: str | None
    version: int
    menu: Sequence[MenuSection]


@dataclass(frozen=True)
class AppList:
    """Installed applications."""

    items: Sequence[AppBrief]


@dataclass(frozen=True)
class FlowBrief:
    """A flow by name, and the entity it is about."""

    key: str
    entity: str
    title: Label


@dataclass(frozen=True)
class AppView:
    """An application as the caller sees it: definitions without fields that he never sees.

    `can_create`: entities whose records he may make outside of forms.
    """

    key: str
    title: Label
    icon: str | None
    version: int
    menu: Sequence[MenuSection]
    entities: Mapping[str, Entity]
    forms: Mapping[str, Form]
    views: Mapping[str, View]
    flows: Mapping[str, FlowBrief]
    can_create: Sequence[str]


def check_files(files: Mapping[str, bytes]) -> CheckReport:
    """Read and compile the files of an application; all problems at once, each once."""
    loaded = load_readable(files)
    if loaded.application is None:
        return CheckReport(None, loaded.problems)
    checked = check_application(loaded.application)
    problems: dict[tuple[str | None, str | None, str], Problem] = {}
    for problem in (*loaded.problems, *loaded.without_echoes(checked.problems)):
        problems.setdefault((problem.file, problem.path, problem.code), problem)
    warnings = tuple(loaded.without_echoes(checked.warnings))
    return CheckReport(None if problems else loaded.application, tuple(problems.values()), warnings)


async def plan_application(tx: Tx, call: Call, application: Application) -> Plan:
    """What publishing would change. Raises `Problems` for changes that stored records do not allow."""
    installed = call.catalog.apps.get(application.app.key)
    old = None if installed is None else installed.compiled.application
    problems = check_changes(old, application)
    if installed is not None:
        problems += await find_misfits(tx, installed.id, application.derived.values())
        if not problems:
            problems += tuple(await find_repeated(tx, call, installed, application=application))
    checked = check_application(application)
    across = check_across(application, old, call.catalog)
    if problems or checked.problems or across.problems:
        raise Problems([*checked.problems, *problems, *across.problems])
    return Plan(
        app_key=application.app.key,
        from_version=0 if installed is None else installed.stored.version,
        changes=diff_applications(old, application),
        warnings=(*checked.warnings, *across.warnings),
    )


async def apply_application(
    tx: Tx, call: Call, application: Application, *, note: str | None = None, is_sample: bool = False
) -> Plan:
    """Publish a new immutable version with its tables; nothing happens when nothing differs. Raises `Problems`."""
    # who publishes at the same time goes first or waits; what he made is what the plan must start from
    await lock_mark(tx, "definitions")
    call = await refresh(tx, call)
    plan = await plan_application(tx, call, application)
    if not plan.changes:
        return plan
    known = call.catalog.apps.get(application.app.key)
    application_id = next(call.ids) if known is None else known.id
    number = plan.from_version + 1
    document = dump_application(application)
    version = Published(application_id, number, hash_of(document), document, note, call.now, call.actor_id)
    await insert_version(tx, application.app.key, version, is_sample=is_sample)
    tables = await publish_entities(tx, application_id, application.derived.values(), ids=iter(call.ids))
    for key, entity in application.derived.items():
        await publish_uniques(tx, tables[key], entity)
    field_ids = {key: EntityIds(tables[key].id, tables[key].field_ids) for key in application.entities}
    await save_field_ids(tx, application_id, number, entities=field_ids)
    await _provide_roles(tx, call, application, application_id=application_id)
    await bump_mark(tx, "definitions")
    await provide_calendars(tx, call, application.app.needs.calendars)
    entry = call.audit(
        "application.publish", "application", target_id=application_id, app=application.app.key, version=number
    )
    await append_audit(tx, entry)
    if known is not None:
        await _follow_up(tx, replace(await refresh(tx, call), holds_totals=False), application.app.key, before=known)
    return plan


async def _follow_up(tx: Tx, call: Call, app_key: str, *, before: InstalledApp) -> None:
    """What stored records make of the new version: computed values, and totals. Raises `Problems`."""
    changed = await rebuild_changed(tx, call, app_key, before=before)
    recomputed = await recompute_changed(tx, call, app_key, before=before.compiled)
    if changed or recomputed:
        await refuse_broken(tx, call, app_key)


async def _provide_roles(tx: Tx, call: Call, application: Application, *, application_id: str) -> None:
    """A role the application needs is the workspace's role of that key; one that is missing is made, empty."""
    made = False
    for key, need in application.app.needs.roles.items():
        role = call.directory.roles.get(key)
        if role is None:
            role = Role(next(call.ids), key, need.title)
            await insert_role(tx, role.id, key, title=need.title, is_sample=False)
            made = True
        await map_need(tx, application_id, "role", need_key=key, target_id=role.id)
    if made:
        await bump_mark(tx, "directory")


def export_application(call: Call, app_key: str) -> Mapping[str, str]:
    """The files of the current version, by path. Raises `AppNotFound`."""
    return export_files(call.catalog.app(app_key).compiled.application)


def list_apps(call: Call) -> AppList:
    """The installed applications."""
    return AppList([_brief(call, app) for app in call.catalog.apps.values()])


def _brief(call: Call, app: InstalledApp) -> AppBrief:
    document = app.compiled.application.app
    return AppBrief(document.key, document.title, document.icon, app.stored.version, _menu(call, app))


def _menu(call: Call, app: InstalledApp) -> list[MenuSection]:
    application = app.compiled.application
    sections = []
    for group in application.app.menu:
        entries = []
        for item in group.items:
            if isinstance(item, FormItem):
                if may_open(call, app, item.form):
                    entries.append(MenuEntry(item.title or application.forms[item.form].title, form=item.form))
            else:
                entries.append(MenuEntry(item.title or application.views[item.view].title, view=item.view))
        if entries:
            sections.append(MenuSection(group.title, entries))
    return sections


def show_app(call: Call, app_key: str) -> AppView:
    """The application as the caller sees it. Raises `AppNotFound`."""
    app = call.catalog.app(app_key)
    application = app.compiled.application
    hidden = {key: reading(call, app, entity).hidden_always for key, entity in app.entities.items()}
    return AppView(
        key=app.key,
        title=application.app.title,
        icon=application.app.icon,
        version=app.stored.version,
        menu=_menu(call, app),
        entities={key: without_hidden(entity.compiled.entity, hidden[key]) for key, entity in app.entities.items()},
        forms=application.forms,
        views={key: _seen_view(call, app, view, hidden=hidden[view.entity]) for key, view in application.views.items()},
        flows={key: _flow_brief(flow) for key, flow in app.compiled.flows.items()},
        can_create=[key for key, entity in app.entities.items() if may_create(call, app, entity)],
    )


def _seen_view(call: Call, app: InstalledApp, view: View, *, hidden: frozenset[str]) -> View:
    """The view without its filter, which may tell about fields, and without columns the caller never sees."""
    columns = tuple(column for column in view.columns if column not in hidden)
    sort = seen_sort(view.sort, app.entities[view.entity].queried, asking(call, app), hidden=hidden)
    return view.model_copy(update={"columns": columns, "sort": sort, "filter": None})


def _flow_brief(flow: CompiledFlow) -> FlowBrief:
    return FlowBrief(flow.key, flow.entity, flow.title)
