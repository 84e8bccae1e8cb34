"""An entity as filters and sorts see it: its fields, and the formulas over them, compiled once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from engine.errors import Problem, Rejection
from engine.formula.check import Compiled, Scope, check_formula, compile_formula
from engine.formula.columns import Beyond
from engine.formula.expressions import Given, Together, condition, sort_term
from engine.formula.fields import value_at
from engine.formula.notes import Note, note_of
from engine.formula.results import CONDITION, conversions, misfits
from engine.formula.syntax import Reference
from engine.formula.values import BOOLEAN, FormulaRejected, Kind
from engine.model.entities import Entity
from engine.model.expressions import EVERYTHING, Expression, Holds
from engine.model.fields import EntityField
from engine.model.filters import Filter, formulas_in
from engine.model.links import Entities, follow
from engine.model.paths import is_among
from engine.model.system_fields import SYSTEM_FIELD_TYPES
from engine.model.values import Values
from engine.query.computed import Computed

MAX_KEPT = 1_000


class UnknownFilterField(Rejection):
    """A path that names no field which can be compared."""

    code = "unknown_field"
    status = 422
    zh = "没有可筛选的字段 “{field}”"
    en = "There is no field “{field}” to filter by"


class FieldHidden(Rejection):
    """A field the caller may not see; filtering by it would reveal it."""

    code = "field_hidden"
    status = 403
    zh = "无权使用字段 “{field}”"
    en = "You may not use the field “{field}”"


@dataclass(frozen=True)
class Seen:
    """What the caller may see of an entity behind a link: its records, and the paths hidden in some of them."""

    rows: Expression = EVERYTHING
    hidden: frozenset[str] = frozenset()


# by the key of the entity behind a link
Behind: TypeAlias = Callable[[str], Seen]


def all_there_is(_entity_key: str) -> Seen:
    """Every record, with every field."""
    return Seen()


@dataclass(frozen=True)
class Asker:
    """For whom formulas are computed: what is given to them, the paths hidden from him, what he sees behind links, and
    how large they are together.
    """

    given: Given
    hidden: frozenset[str] = frozenset()
    behind: Behind = all_there_is
    together: Together = field(default_factory=Together, compare=False)


@dataclass(frozen=True)
class JudgedCondition:
    """What is wrong and what is doubtful about a formula by which somebody wants to filter."""

    problems: tuple[Note, ...]
    warnings: tuple[Note, ...] = ()


class SeenScope(Mapping[str, Kind]):
    """A scope without what is hidden: to whoever may not see a field, it is none."""

    def __init__(self, scope: Scope, is_hidden: Callable[[str], bool]) -> None:
        self._scope = scope
        self._is_hidden = is_hidden

    def __getitem__(self, path: str) -> Kind:
        kind = self._scope[path]
        if self._is_hidden(path):
            raise KeyError(path)
        return kind

    def __iter__(self) -> Iterator[str]:
        return (path for path in self._scope if not self._is_hidden(path))

    def __len__(self) -> int:
        return sum(1 for _ in self)


class Queried:
    """An entity and what formulas over its records may name; `entities`: those that its links may lead to."""

    def __init__(self, entity: Entity, scope: Scope, entities: Entities) -> None:
        self.entity = entity
        self._scope = scope
        self._entities = entities
        self._compiled: dict[str, Compiled] = {}

    def field(self, path: str, hidden: frozenset[str]) -> EntityField:
        """The field a filter or sort names; raises `UnknownFilterField` or `FieldHidden`."""
        field = self.entity.value_at(path) or SYSTEM_FIELD_TYPES.get(path)
        if field is None:
            raise UnknownFilterField(field=path[:100])
        if self.entity.whole_of(path) in hidden:
            raise FieldHidden(field=path)
        return field

    def compiled(self, source: str, asker: Asker) -> Compiled:
        """A formula that reads nothing hidden. Raises `FormulaRejected`, `FieldHidden`."""
        found = self._compiled.get(source)
        if found is None:
            found = self._compile(source, asker)
            if len(self._compiled) >= MAX_KEPT:
                self._compiled.clear()
            self._compiled[source] = found
        for path in sorted(found.references):
            if self.is_hidden(path, asker):
                raise FieldHidden(field=path)
        return found

    def _compile(self, source: str, asker: Asker) -> Compiled:
        try:
            return compile_formula(source, self._scope)
        except FormulaRejected:
            # what is wrong must tell nothing about hidden fields, and no suggestion name one
            return compile_formula(source, self.seen_by(asker))

    def seen_by(self, asker: Asker) -> Scope:
        """What formulas of the asker may name."""
        return SeenScope(self._scope, lambda path: self.is_hidden(path, asker))

    def judge(self, source: str, asker: Asker) -> JudgedCondition:
        """What is to be said of a condition that the asker is writing; hidden fields are unknown to him."""
        checked = check_formula(source, self.seen_by(asker))
        faults = checked.faults
        if checked.compiled is None:
            return JudgedCondition(_notes(faults, source))
        faults = tuple(misfits(checked.compiled, CONDITION))
        if not faults:
            try:
                self.holds(source, asker)
            except FormulaRejected as refusal:
                faults = (refusal,)
        return JudgedCondition(_notes(faults, source), _notes(conversions(checked.compiled, CONDITION), source))

    def is_hidden(self, path: str, asker: Asker) -> bool:
        """Whether the path, or a link on its way, is hidden where it lies."""
        steps, rest = follow(self.entity, path, self._entities)
        hidden = asker.hidden
        for step in steps:
            if step.link in hidden:
                return True
            hidden = asker.behind(step.target.key).hidden
        return path in asker.hidden or is_among(rest, hidden)

    def _given(self, asker: Asker) -> Given:
        return replace(asker.given, beyond=Beyond(self._entities, lambda key: asker.behind(key).rows))

    def holds(self, source: str, asker: Asker) -> Holds:
        """The condition that a formula is. Raises `FormulaRejected`, `FieldHidden`."""
        formula = self.compiled(source, asker).expect(BOOLEAN)
        given = self._given(asker)
        reads_links = any(follow(self.entity, path, self._entities)[0] for path in formula.references)
        term = condition(formula, self.entity, given)
        asker.together.add(formula, term)
        return Holds(term, _test(formula, given), reads_links)

    def computed(self, source: str, asker: Asker) -> Computed | str:
        """What a formula is to sort by; the path, if it is just a field. Raises `FormulaRejected`, `FieldHidden`."""
        formula = self.compiled(source, asker)
        if isinstance(formula.tree, Reference) and self.entity.value_at(formula.tree.path) is not None:
            return formula.tree.path
        if isinstance(formula.tree, Reference) and formula.tree.path in SYSTEM_FIELD_TYPES:
            return formula.tree.path
        term = sort_term(formula, self.entity, self._given(asker))
        asker.together.add(formula, term)
        return Computed(term, uses_clock=formula.uses_clock)

    def shows(self, source: str, asker: Asker) -> bool:
        """Whether the formula can be read, and reads nothing hidden."""
        try:
            self.compiled(source, asker)
        except (FormulaRejected, FieldHidden):
            return False
        return True

    def moves(self, part: Filter | None) -> bool:
        """Whether formulas of a filter that is part of the definition may hold for other records tomorrow."""
        return any(compile_formula(source, self._scope).uses_clock for source, _ in formulas_in(part))


def _notes(found: Iterable[FormulaRejected], source: str) -> tuple[Note, ...]:
    return tuple(note_of(Problem.of(one), source) for one in found)


def _test(formula: Compiled, given: Given) -> Callable[[Values], bool]:
    def test(values: Values) -> bool:
        return formula.evaluate(given.environment(lambda path: value_at(values, path, given.zone))) is True

    return test
