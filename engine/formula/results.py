"""What a formula comes to, checked against what is wanted of it, with the place in its text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal

from engine.errors import Problem
from engine.formula.check import Compiled, Scope, compile_formula
from engine.formula.fields import field_kind
from engine.formula.functions.maths import round_to
from engine.formula.syntax import Constant
from engine.formula.values import (
    ANY,
    BOOLEAN,
    DATE,
    DATETIME,
    NULL,
    NUMBER,
    TEXT,
    CalendarNotListed,
    FormulaConverts,
    FormulaRejected,
    FormulaTypeError,
    Kind,
    KindName,
)
from engine.model.bad_values import RetiredOption
from engine.model.field_types.multi_select import MultiSelectField
from engine.model.field_types.number import NumberBase
from engine.model.field_types.select import OptionsBase
from engine.model.field_types.text import TextBase
from engine.model.field_types.time import TimeField
from engine.model.fields import EntityField
from engine.model.values import BadValue


@dataclass(frozen=True)
class Wanted:
    """The kinds of results that fit, the one to be named first, and those that Excel's rules make fit."""

    fits: tuple[Kind, ...]
    converts: frozenset[Kind] = frozenset()


CONDITION = Wanted((BOOLEAN,))
ANYTHING = Wanted(())
# Numbers and days become text by `&` and TEXT only, and text a number by VALUE (formula.md §4.2).
_ALSO: Mapping[KindName, tuple[KindName, ...]] = {
    "text": ("option",),
    "option": ("text",),
    "datetime": ("date",),
    "rich_text": ("text",),
}
_CONVERTED: Mapping[KindName, frozenset[Kind]] = {
    "number": frozenset({BOOLEAN, DATE, DATETIME}),
    "date": frozenset({DATETIME, NUMBER}),
    "datetime": frozenset({NUMBER}),
}
_WHOLE_ONLY: frozenset[KindName] = frozenset({"files", "any"})


def wanted_of(target: EntityField) -> Wanted:
    """What a formula for the value of a field has to come to; a single value is a list of one."""
    kind = field_kind(target)
    if isinstance(target, TimeField):
        return Wanted((TEXT,), frozenset({NUMBER, DATETIME}))
    names = (kind.name, *_ALSO.get(kind.name, ()))
    if not kind.is_list:
        return Wanted(tuple(Kind(name, of=kind.of) for name in names), _CONVERTED.get(kind.name, frozenset()))
    lists = tuple(Kind(name, is_list=True, of=kind.of) for name in names)
    return Wanted(lists if kind.name in _WHOLE_ONLY else (*lists, *(Kind(name, of=kind.of) for name in names)))


def misfits(formula: Compiled, wanted: Wanted) -> Iterator[FormulaTypeError]:
    """A fault for every result of the formula that can never be what is wanted."""
    for part, kind in formula.results if wanted.fits else ():
        if kind not in (*wanted.fits, *wanted.converts, ANY, NULL):
            yield FormulaTypeError(
                offset=part.offset, position=part.offset + 1, expected=wanted.fits[0].word, found=kind.word
            )


def conversions(formula: Compiled, wanted: Wanted) -> Iterator[FormulaConverts]:
    """A warning for every operand and every result that is converted by Excel's rules."""
    for warned in formula.warnings:
        yield FormulaConverts(
            offset=warned.offset, position=warned.offset + 1, expected=warned.expected, found=warned.found
        )
    for part, kind in formula.results:
        if kind in wanted.converts:
            yield FormulaConverts(
                offset=part.offset, position=part.offset + 1, expected=wanted.fits[0].word, found=kind.word
            )


def bad_literals(formula: Compiled, target: EntityField) -> Iterator[Problem]:
    """A problem for every literal that the formula can come to and the field cannot hold."""
    for part, _ in formula.results:
        if not isinstance(part, Constant):
            continue
        try:
            _parse_literal(target, part)
        except BadValue as bad:
            yield Problem(
                code=bad.code,
                zh=f"公式第 {{position}} 个字符处: {bad.zh}",
                en=f"At character {{position}} of the formula: {bad.en}",
                params={**bad.params, "offset": part.offset, "position": part.offset + 1},
            )


def _parse_literal(target: EntityField, part: Constant) -> None:
    value = part.value
    if isinstance(target, OptionsBase) and isinstance(value, str) and value:
        target.parse([value] if isinstance(target, MultiSelectField) else value)
        if value not in target.active_option_keys:
            raise RetiredOption(option=value)
    elif isinstance(target, TextBase | TimeField) and isinstance(value, str) and value:
        target.parse(value)
    elif isinstance(target, NumberBase) and isinstance(value, Decimal):
        target.parse(target.dump(round_to(value, Decimal(target.number_form.decimals), ROUND_HALF_UP)))


@dataclass
class FormulaReport:
    """What was found about the formulas of one document. `is_broken`: one of them has no meaning at all."""

    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    is_broken: bool = False

    def read(
        self, source: str, scope: Scope, *, pointer: str, wanted: Wanted, literals_of: EntityField | None = None
    ) -> Compiled | None:
        """The formula, or None when it cannot be read; what is wrong or doubtful about it is noted at its pointer.

        `literals_of`: the field that must be able to hold every literal that is a result.
        """
        try:
            compiled = compile_formula(source, scope)
            if wanted is CONDITION:
                compiled.expect(BOOLEAN)
        except FormulaRejected as rejection:
            self.note_broken(Problem.of(rejection, path=pointer))
            return None
        self.problems += [Problem.of(fault, path=pointer) for fault in misfits(compiled, wanted)]
        if literals_of is not None:
            self.problems += [replace(problem, path=pointer) for problem in bad_literals(compiled, literals_of)]
        self.warnings += [Problem.of(warning, path=pointer) for warning in conversions(compiled, wanted)]
        # whoever knows what the application needs drops those that it lists
        self.warnings += [
            Problem.of(CalendarNotListed(offset=0, name=name), path=pointer) for name in sorted(compiled.calendars)
        ]
        return compiled

    def note_broken(self, problem: Problem) -> None:
        """Add a problem that leaves the document without meaning."""
        self.problems.append(problem)
        self.is_broken = True
