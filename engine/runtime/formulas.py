"""Formulas as admins edit them: the functions there are, the places of an entity, drafts, and publishing a change."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from engine.errors import Problem, Problems, Rejection
from engine.forms.formulas import Place, Slot, changed_document, check_draft, slots
from engine.forms.naming import named_paths
from engine.formula.values import Kind, KindName
from engine.formula.wire import WireFormula, wire_formula
from engine.model.base import Label, Translated, label_text
from engine.model.canonical import export_files
from engine.runtime.calls import Call, refresh
from engine.runtime.catalog import AppEntity, InstalledApp
from engine.runtime.definitions import apply_application, check_files
from engine.runtime.formula_words import FormulaNote, ScopePath, scope_paths, shown_note
from engine.runtime.permissions import require_admin
from engine.store.database import Tx
from engine.store.marks import lock_mark

MAX_NOTE = 500


class PlaceNotFound(Rejection):
    """The entity and its forms have no such place for a formula."""

    code = "formula_place_not_found"
    status = 404
    zh = "没有这个公式位置, 应用可能已被修改"
    en = "There is no such place for a formula; the application may have changed"


class FormulaChanged(Rejection):
    """One side of a conflict about a formula."""

    code = "formula_changed"
    status = 409
    zh = "现在的公式: {theirs}; 您的公式: {yours}"
    en = "The formula now: {theirs}; yours: {yours}"


class DefinitionConflict(Problems):
    """The application was published in the meantime; `errors` hold both sides of the formula."""

    code = "definition_conflict"
    status = 409
    zh = "应用已被他人修改 (现为第 {current} 版, 您看到的是第 {seen} 版)"
    en = "The application was changed by somebody else (now version {current}, you saw {seen})"

    def __init__(self, *, theirs: str | None, yours: str | None, seen: int, current: int) -> None:
        self.errors = (Problem.of(FormulaChanged(theirs=theirs or "", yours=yours or ""), path="/source"),)
        Rejection.__init__(self, seen=seen, current=current)


@dataclass(frozen=True)
class FormulaView:
    """A place with its formula, if there is one. `wants`: the kind its result has to be of; null: any."""

    place: Place
    titles: Sequence[Label]
    source: str | None
    wants: KindName | None
    wants_list: bool


@dataclass(frozen=True)
class FormulaList:
    """The places of an entity and its forms. `scope`: what formulas may name; `rows`: what more, by subform path."""

    version: int
    items: Sequence[FormulaView]
    scope: Sequence[ScopePath]
    rows: Mapping[str, Sequence[ScopePath]]


@dataclass(frozen=True)
class FormulaCheck:
    """A draft as far as it could be understood; `formula`, the tree to interpret, is null if it cannot be."""

    kind: KindName | None
    is_list: bool
    references: Sequence[str]
    problems: Sequence[FormulaNote]
    warnings: Sequence[FormulaNote]
    formula: WireFormula | None


@dataclass(frozen=True)
class FormulaSaved:
    """The version that has the formula, with what is doubtful about it."""

    version: int
    warnings: Sequence[FormulaNote]


@dataclass(frozen=True)
class FormulaChange:
    """Another formula at a place, or none; `seen_version`: of the application that was looked at."""

    place: Place
    source: str | None
    seen_version: int
    note: str | None = None


def list_formulas(call: Call, app_key: str, entity_key: str) -> FormulaList:
    """Every place of the entity and its forms. Raises `AdminsOnly`, `AppNotFound`, `EntityNotFound`."""
    app, entity = _found(call, app_key, entity_key)
    compiled = entity.compiled
    return FormulaList(
        version=app.stored.version,
        items=[_view(slot) for slot in _slots(app, entity)],
        scope=scope_paths(named_paths(compiled)),
        rows={subform: scope_paths(named_paths(compiled, subform=subform)) for subform in compiled.entity.subforms},
    )


def _found(call: Call, app_key: str, entity_key: str) -> tuple[InstalledApp, AppEntity]:
    require_admin(call)
    app = call.catalog.app(app_key)
    return app, app.entity(entity_key)


def _slots(app: InstalledApp, entity: AppEntity) -> list[Slot]:
    return list(slots(entity.compiled.entity, app.compiled.application.forms.values()))


def _slot(app: InstalledApp, entity: AppEntity, place: Place) -> Slot:
    for slot in _slots(app, entity):
        if slot.place == place:
            return slot
    raise PlaceNotFound


def _view(slot: Slot) -> FormulaView:
    fits = slot.wanted.fits
    kind = fits[0] if fits else None
    return FormulaView(
        place=slot.place,
        titles=slot.titles,
        source=slot.source,
        wants=None if kind is None else kind.name,
        wants_list=kind is not None and kind.is_list,
    )


def check_formula_draft(call: Call, app_key: str, entity_key: str, *, place: Place | None, source: str) -> FormulaCheck:
    """What is to be said of a draft; a wrong formula is no error. Raises as `list_formulas`, and `PlaceNotFound`."""
    app, entity = _found(call, app_key, entity_key)
    slot = None if place is None else _slot(app, entity, place)
    draft = check_draft(entity.compiled, slot, source, entities=app.compiled.entities)
    compiled = draft.compiled
    kind: Kind | None = None if compiled is None else compiled.kind
    return FormulaCheck(
        kind=None if kind is None else kind.name,
        is_list=kind is not None and kind.is_list,
        references=[] if compiled is None else sorted(compiled.references),
        problems=[shown_note(note, call.language) for note in draft.problems],
        warnings=[shown_note(note, call.language) for note in draft.warnings],
        formula=None if compiled is None else wire_formula(compiled),
    )


async def save_formula(tx: Tx, call: Call, app_key: str, *, entity_key: str, change: FormulaChange) -> FormulaSaved:
    """Publish the application with the change. Raises as `check_formula_draft`, `DefinitionConflict`, `Problems`."""
    require_admin(call)
    # who publishes at the same time goes first: what he made is what the change is made to
    await lock_mark(tx, "definitions")
    call = await refresh(tx, call)
    app, entity = _found(call, app_key, entity_key)
    if app.stored.version != change.seen_version:
        raise _conflict(app, entity, change)
    slot = _slot(app, entity, change.place)
    files = {path: text.encode() for path, text in export_files(app.compiled.application).items()}
    document = changed_document(json.loads(files[slot.file]), slot.steps, change.source)
    files[slot.file] = json.dumps(document, ensure_ascii=False).encode()
    report = check_files(files)
    if report.application is None:
        raise Problems([_placed(problem, slot) for problem in report.problems])
    try:
        plan = await apply_application(tx, call, report.application, note=change.note or _default_note(slot, call))
    except Problems as refused:
        raise Problems([_placed(problem, slot) for problem in refused.errors]) from None
    version = app.stored.version + (1 if plan.changes else 0)
    known = app.compiled.entities
    draft = check_draft(entity.compiled, slot, change.source, entities=known) if change.source else None
    return FormulaSaved(version, [shown_note(note, call.language) for note in draft.warnings] if draft else [])


def _conflict(app: InstalledApp, entity: AppEntity, change: FormulaChange) -> DefinitionConflict:
    theirs = next((slot.source for slot in _slots(app, entity) if slot.place == change.place), None)
    return DefinitionConflict(theirs=theirs, yours=change.source, seen=change.seen_version, current=app.stored.version)


def _placed(problem: Problem, slot: Slot) -> Problem:
    """The problem as one of what was sent, or else of the application: `/entities/proposal/fields/0/computed`."""
    if problem.file == slot.file and problem.path == slot.pointer:
        return replace(problem, path="/source")
    file = (problem.file or "").removesuffix(".json")
    return replace(problem, path=f"/{file}{problem.path or ''}")


_KINDS: Mapping[str, Translated] = {
    "computed": Translated(zh_cn="计算公式", en="Formula"),
    "default": Translated(zh_cn="默认值", en="Default"),
    "rule": Translated(zh_cn="校验规则", en="Rule"),
    "visibility": Translated(zh_cn="显示条件", en="Visibility"),
}


def _default_note(slot: Slot, call: Call) -> str:
    """What history says of a change that nobody described."""
    names = " / ".join(label_text(title, call.language) for title in slot.titles)
    return f"{label_text(_KINDS[slot.place.kind], call.language)}: {names}"[:MAX_NOTE]
