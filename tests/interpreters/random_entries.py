"""Forms with formulas of every kind, and what people may enter into them: mostly readable, sometimes not."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random

from engine.forms.compile import CompiledEntity, compile_entity
from engine.forms.context import Context
from engine.forms.entry import read_entry
from engine.forms.evaluate import evaluate
from engine.forms.layout import CompiledForm, compile_form
from engine.forms.rights import WRITABLE, Authored, Right, Rights, hidden_paths, mask, resolve_rights
from engine.model.entities import Entity
from engine.model.field_types.composite import parts_of
from engine.model.field_types.subform import SubformField
from engine.model.fields import EntityField
from engine.model.forms import Form
from engine.model.rows import rows_of
from engine.model.values import Json, Row, Value, Values

LIBRARY = Path(__file__).parents[2] / "templates_library"
HERE = Path(__file__).parent
PEOPLE = ("1" * 24, "2" * 24)
TEXTS = ("a", "数据平台", "𠮷𠮷𠮷", "12", " 3.50 ", "TRUE", "2026-02-28", "A1", "x" * 30, "é", "1,5", "%")
NUMBERS: tuple[Json, ...] = (0, 1, -3, 2.5, "0.005", "12.50", "3", "-0.01", 999999999999, "1e3", "abc", "1.23456789")
DAYS: tuple[Json, ...] = ("2026-02-28", "2024-02-29", "1900-01-01", "9999-12-31", "2026-13-01", "0001-01-01")
NO_PARTS: tuple[Json, ...] = ({}, {"start": ""}, [], "a", 5, {"other": 1})
RANGE_DAYS = ("0001-01-01", "2024-02-29", "2026-02-28", "2026-03-01", "9999-12-31")
INSTANTS: tuple[Json, ...] = (
    "2026-03-29T00:59:59.999Z",
    "2026-03-29T01:00:00.000Z",
    "2026-10-25T00:30:00Z",
    "2026-10-25T01:30:00Z",
    "1999-12-31T23:59:59.123456Z",
    "2026-01-01T12:00:00+08:00",
    "2026-01-01 12:00",
)
CLOCKS: tuple[Json, ...] = ("00:00", "09:30", "23:59", "09:30:15", "12:00:00", "24:00", "9:30", "09:60")
FILES: tuple[dict[str, Json], ...] = tuple(
    {"id": key, "name": f"{key[0]}.pdf", "size": 1, "media_type": ""} for key in PEOPLE
)
PICTURES = ("image/png", "image/png", "image/gif", "application/pdf")

AMOUNTS: tuple[Json, ...] = (*NUMBERS, 4, 65, 99.5, 100, 5400)
POOLS: Mapping[str, tuple[Json, ...]] = {
    "number": NUMBERS,
    "boolean": (True, False),
    "date": DAYS,
    "datetime": INSTANTS,
    "time": CLOCKS,
    **dict.fromkeys(("duration", "rating", "progress"), AMOUNTS),
}


@dataclass(frozen=True)
class Drawn:
    """An entity with its form."""

    compiled: CompiledEntity
    form: CompiledForm


@dataclass(frozen=True)
class Case:
    """What one person enters. `stored`: the values of the record; None: it is new."""

    drawn: Drawn
    rights: Rights
    stored: Values | None
    held: Mapping[str, Json]


def everything() -> Drawn:
    """An entity with computed fields of every type, through rows, sums and conditions."""
    return _compiled(HERE / "everything.json", HERE / "everything_form.json")


def templates() -> Iterator[Drawn]:
    """Every form of the library."""
    for path in sorted(LIBRARY.glob("*/*/forms/*.json")):
        entity = json.loads(path.read_text(encoding="utf-8"))["entity"]
        yield _compiled(path.parents[1] / "entities" / f"{entity}.json", path)


def _compiled(entity: Path, form: Path) -> Drawn:
    compiled = compile_entity(Entity.model_validate_json(entity.read_bytes()))
    return Drawn(compiled, compile_form(Form.model_validate_json(form.read_bytes()), compiled))


@dataclass(frozen=True)
class Making:
    """Makes cases from a seed."""

    random: Random
    context: Context

    def case(self, drawn: Drawn) -> Case:
        """A person with his rights, at a new form or at a record."""
        rights = resolve_rights(drawn.compiled, self._authored(drawn.compiled))
        hidden = hidden_paths(rights)
        stored = None if self.random.random() < 0.5 else self._stored(drawn)
        shown = {} if stored is None else _dumped(drawn.compiled, mask(stored, hidden))
        held = {**shown}
        for field in drawn.compiled.entity.fields:
            if field.key not in hidden and self.random.random() < (0.8 if stored is None else 0.3):
                held |= self._changed(field, shown.get(field.key), rights)
        return Case(drawn, rights, stored, held)

    def _authored(self, compiled: CompiledEntity) -> Authored:
        found: dict[str, Right] = {"*": "write"}
        rights: tuple[Right, ...] = ("hidden", "read", "required")
        for field in compiled.entity.fields:
            # switches are shown by these, and an answer to one is seen by the others
            if field.key not in {"amount", "flag"} and self.random.random() < 0.08:
                found[field.key] = self.random.choice(rights)
        return found

    def _stored(self, drawn: Drawn) -> Values:
        """Values as they were once entered and computed; some computed ones are of an earlier version."""
        raw = {field.key: self._entered(field) for field in drawn.compiled.entity.fields if field.computed is None}
        entry = read_entry(drawn.compiled, raw, rights=resolve_rights(drawn.compiled, {"*": "write"}))
        values = dict(evaluate(drawn.compiled, entry.values, self.context).values)
        for field in drawn.compiled.entity.fields:
            if field.computed is not None and self.random.random() < 0.2:
                values[field.key] = None
            if isinstance(field, SubformField):
                values[field.key] = _as_stored(field, values.get(field.key))
        return values

    def _changed(self, field: EntityField, shown: Json, rights: Rights) -> dict[str, Json]:
        if not isinstance(field, SubformField):
            is_open = rights[field.key] in WRITABLE and field.computed is None and field.type != "serial"
            return {field.key: self._entered(field)} if is_open else {}
        rows = [dict(row) for row in shown if isinstance(row, dict)] if isinstance(shown, list) else []
        for row in rows:
            for column in field.fields:
                is_open = rights[f"{field.key}.{column.key}"] in WRITABLE and column.computed is None
                if is_open and self.random.random() < 0.3:
                    row[column.key] = self._entered(column)
        if rights[field.key] in WRITABLE:
            rows += [self._row(field, rights) for _ in range(self.random.randrange(3))]
            self.random.shuffle(rows)
            del rows[: self.random.choice((0, 0, 0, 1))]
        return {field.key: [*rows]}

    def _row(self, field: SubformField, rights: Rights | None = None) -> dict[str, Json]:
        return {
            column.key: self._entered(column)
            for column in field.fields
            if column.computed is None and (rights is None or rights[f"{field.key}.{column.key}"] in WRITABLE)
        }

    def _entered(self, field: EntityField) -> Json:
        if isinstance(field, SubformField):
            return [self._row(field) for _ in range(self.random.randrange(4))]
        if self.random.random() < 0.15:
            return self.random.choice((None, ""))
        return self._filled(field)

    def _filled(self, field: EntityField) -> Json:
        choice = self.random.choice
        if field.type in POOLS:
            return choice(POOLS[field.type])
        match field.type:
            case "attachment":
                return [*FILES[: self.random.randrange(3)]]
            case "image" | "signature":
                return [{**file, "media_type": choice(PICTURES)} for file in FILES[: self.random.randrange(3)]]
            case "select" | "multi_select":
                return self._options(field)
            case "date_range" | "address" | "location":
                return self._parts(field)
            case "member" | "department" | "link":
                several = getattr(field, "multiple", False)
                return [*PEOPLE[: self.random.randrange(3)]] if several else choice((*PEOPLE, "nobody"))
            case _:
                return choice(TEXTS)

    def _parts(self, field: EntityField) -> Json:
        """Some of the parts, often such as fit together."""
        if field.type == "date_range" and self.random.random() < 0.6:
            start, end = sorted(self.random.choices(RANGE_DAYS, k=2))
            return {"start": start, "end": end}
        if field.type == "location" and self.random.random() < 0.6:
            return {"longitude": self.random.choice((0, -12.5, "116.397428", 180)), "latitude": 39.90923}
        parts = parts_of(field)
        if self.random.random() < 0.1:
            return self.random.choice(NO_PARTS)
        return {key: self._entered(part) for key, part in parts.items() if self.random.random() < 0.7}

    def _options(self, field: EntityField) -> Json:
        keys: tuple[str, ...] = getattr(field, "option_keys", ())
        if field.type == "multi_select":
            return self.random.sample(keys, self.random.randrange(len(keys) + 1))
        return self.random.choice((*keys, "no_such_option"))


def _dumped(compiled: CompiledEntity, values: Values) -> dict[str, Json]:
    return {key: field.dump(values[key]) for key, field in compiled.entity.by_key.items() if key in values}


def _as_stored(field: SubformField, rows: Value) -> Value:
    """Rows with ids, and a cell for every column."""
    found = tuple(
        Row(f"{number:024x}", {key: row.values.get(key) for key in field.columns})
        for number, row in enumerate(rows_of(rows))
    )
    return found or None
