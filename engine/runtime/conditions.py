"""Formulas by which people filter lists: what they may name, and what is wrong with a draft; for everybody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engine.forms.naming import named_paths
from engine.query.queried import Asker
from engine.runtime.calls import Call
from engine.runtime.catalog import AppEntity
from engine.runtime.formula_words import FormulaNote, ScopePath, scope_paths, shown_note
from engine.runtime.permissions import asking, reading


@dataclass(frozen=True)
class ConditionNames:
    """What a formula that filters may name, without what is hidden from the caller in some record."""

    items: Sequence[ScopePath]


@dataclass(frozen=True)
class ConditionCheck:
    """What is wrong and what is doubtful about a formula that filters."""

    problems: Sequence[FormulaNote]
    warnings: Sequence[FormulaNote]


def list_condition_names(call: Call, app_key: str, entity_key: str) -> ConditionNames:
    """What the caller may filter by in a formula. Raises `AppNotFound`, `EntityNotFound`."""
    entity, asker = _asker(call, app_key, entity_key)
    named = named_paths(entity.compiled)
    return ConditionNames(scope_paths(item for item in named if not entity.queried.is_hidden(item.path, asker)))


def check_condition(call: Call, app_key: str, entity_key: str, *, source: str) -> ConditionCheck:
    """What is to be said of a draft; hidden fields are unknown ones. Raises `AppNotFound`, `EntityNotFound`."""
    entity, asker = _asker(call, app_key, entity_key)
    judged = entity.queried.judge(source, asker)
    return ConditionCheck(
        [shown_note(note, call.language) for note in judged.problems],
        [shown_note(note, call.language) for note in judged.warnings],
    )


def _asker(call: Call, app_key: str, entity_key: str) -> tuple[AppEntity, Asker]:
    app, entity = call.catalog.entity(app_key, entity_key)
    return entity, asking(call, app).asker(reading(call, app, entity).hidden)
