"""The check of a whole application: all of its documents against each other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from engine.errors import Problem
from engine.model.application import APP_FILE, Application
from engine.model.apps import App, ViewItem
from engine.model.checks.entities import check_entity
from engine.model.checks.flows import check_flow, check_scenario
from engine.model.checks.listings import check_form, check_permission_set, check_view
from engine.model.checks.lookup import Scope, UnknownForm, UnknownView, renames
from engine.model.checks.records import check_record_links, check_records


def check_references(
    application: Application, *, unread: frozenset[tuple[str, str]] = frozenset()
) -> tuple[Problem, ...]:
    """Every name that does not fit, with file and JSON pointer.

    `unread` are the folders and keys of documents that exist and could not be read.
    """
    scope = Scope(application, unread)
    problems: list[Problem] = []
    for file, found in _checks(scope):
        problems.extend(replace(problem, file=file) for problem in found)
    problems.extend(check_record_links(application))
    problems.extend(_check_renames(application))
    return tuple(problems)


def _checks(scope: Scope) -> Iterator[tuple[str, Iterator[Problem]]]:
    application = scope.application
    yield APP_FILE, _check_app(application.app, scope)
    for key, entity in application.entities.items():
        yield f"entities/{key}.json", check_entity(entity, scope)
    for key, form in application.forms.items():
        yield f"forms/{key}.json", check_form(form, scope)
    for key, flow in application.flows.items():
        yield f"flows/{key}.json", check_flow(flow, scope)
    for key, view in application.views.items():
        yield f"views/{key}.json", check_view(view, scope)
    for key, permission_set in application.permission_sets.items():
        yield f"permission_sets/{key}.json", check_permission_set(permission_set, scope)
    for key, scenario in application.scenarios.items():
        yield f"scenarios/{key}.json", check_scenario(scenario, scope)
    for key, records in application.records.items():
        yield f"records/{key}.json", check_records(key, records, scope)


def _check_app(app: App, scope: Scope) -> Iterator[Problem]:
    for row, group in enumerate(app.menu):
        for column, item in enumerate(group.items):
            path = f"/menu/{row}/items/{column}"
            if isinstance(item, ViewItem):
                yield from scope.missing(UnknownView, item.view, f"{path}/view")
            else:
                yield from scope.missing(UnknownForm, item.form, f"{path}/form")


def _check_renames(application: Application) -> Iterator[Problem]:
    """Renames among documents of one folder: there the path of a sibling is its file."""
    for folder in ("entities", "forms", "views", "permission_sets"):
        siblings = [
            (key, getattr(document, "was", None), f"{folder}/{key}.json")
            for key, document in application.folder(folder).items()
        ]
        for problem in renames(siblings):
            file, _, member = (problem.path or "").rpartition("/")
            yield replace(problem, file=file, path=f"/{member}")
