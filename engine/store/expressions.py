"""Row conditions as SQL: the meaning is that of `engine.query.match`, on both databases."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import TypeAlias

from engine.model.expressions import (
    EVERYTHING,
    All,
    AnyOf,
    Compare,
    Expression,
    Holds,
    IsReader,
    LinksTo,
    Looked,
    Negated,
    Operator,
)
from engine.model.values import Scalar
from engine.store.columns import MAX_INTEGER, Column, writer
from engine.store.database import Dialect
from engine.store.entities import StoredEntity
from engine.store.parameters import Parameters
from engine.store.terms import Terms

TRUE, FALSE = "1=1", "1=0"


class Conditions:
    """Builds conditions over the columns of one table, whose record is named `row` in the statement.

    `others`: the entities that links may lead to, by key.
    """

    def __init__(
        self, stored: StoredEntity, dialect: Dialect, *, others: Mapping[str, StoredEntity], row: str = "r"
    ) -> None:
        self.table = stored.table
        self.row = row
        self._columns = stored.read_columns
        self._indexes = stored.search_indexes
        self._subforms = {key: subform.table for key, subform in stored.subforms.items()}
        self._rows = stored.subforms
        self._dialect = dialect
        self._others = others
        self.terms = Terms(stored, dialect, row=row, behind=self._behind)

    def _behind(self, entity_key: str) -> Conditions:
        """The conditions of a table behind a link, whose record has a name of its own."""
        return Conditions(self._others[entity_key], self._dialect, others=self._others, row=f"{self.row}l")

    def where(self, conditions: Iterable[Expression], parameters: Parameters) -> str:
        """The clause of a statement for the records that match all of them; empty for all records."""
        parts = [self.build(part, parameters) for part in conditions if part != EVERYTHING]
        return " WHERE " + " AND ".join(parts) if parts else ""

    def build(self, expression: Expression, parameters: Parameters) -> str:
        """SQL that is true for exactly the records that match."""
        match expression:
            case All():
                parts = [self.build(part, parameters) for part in expression.parts]
                return "(" + " AND ".join(parts) + ")" if parts else TRUE
            case AnyOf():
                parts = [self.build(part, parameters) for part in expression.parts]
                return "(" + " OR ".join(parts) + ")" if parts else FALSE
            case Negated():
                # every condition below is two-valued, so NOT means what it says
                return f"NOT ({self.build(expression.part, parameters)})"
            case IsReader():
                place = parameters.add(expression.member_id)
                readers = f"[record_reader] rr WHERE rr.record_id = {self.row}.id"
                return f"EXISTS (SELECT 1 FROM {readers} AND rr.member_id = {place})"
            case Holds():
                return self.terms.write(expression.term, parameters)
            case LinksTo():
                return self._links_to(expression, parameters)
            case Looked():
                found = self._indexes[expression.part.field].records(
                    str(expression.part.values[0]), parameters, self._dialect
                )
                return f"({self.row}.id IN ({found}) AND {self._compare(expression.part, parameters)})"
            case Compare():
                return self._compare(expression, parameters)

    def _links_to(self, expression: LinksTo, parameters: Parameters) -> str:
        """From the linked records, by the index of the link."""
        if not expression.ids:
            return FALSE
        outer, _, name = expression.path.rpartition(".")
        column = self._rows[outer].columns[name] if outer else self._columns[name]
        listed = ", ".join(parameters.add(record_id) for record_id in expression.ids)
        if column.kind == "links":
            found = f"SELECT record_id FROM [{column.index_table}] WHERE target_id IN ({listed})"
        elif outer:
            found = f'SELECT record_id FROM [{self._rows[outer].table}] WHERE "{column.name}" IN ({listed})'
        else:
            own = f'{self.row}."{column.name}"'
            return f"({own} IS NOT NULL AND {own} IN ({listed}))"
        return f"{self.row}.id IN ({found})"

    def _compare(self, compare: Compare, parameters: Parameters) -> str:
        if compare.field in self._subforms:
            table = self._subforms[compare.field]
            exists = f"EXISTS (SELECT 1 FROM [{table}] sf WHERE sf.record_id = {self.row}.id)"
            return exists if compare.op == "not_empty" else f"NOT {exists}"
        column = self._columns[compare.field]
        name = column.sql(self.row, self._dialect)
        if compare.op == "empty":
            return f"{name} IS NULL"
        if compare.op == "not_empty":
            return f"{name} IS NOT NULL"
        values = compare.values
        if column.kind == "integer" or (column.kind == "decimal" and self._dialect == "sqlite"):
            return self._scaled(compare.op, name, column, values=values, parameters=parameters)
        write = writer(column, self._dialect)
        if column.kind == "links":
            return self._linked(compare.op, column, [str(value) for value in values], parameters=parameters)
        if column.kind == "json":
            # one key is stored among others: it is compared as it is
            return self._json(compare.op, name, [str(value) for value in values], parameters=parameters)
        return self._plain(compare.op, name, [write(value) for value in values], parameters=parameters)

    def _plain(self, op: Operator, name: str, values: Sequence[object], *, parameters: Parameters) -> str:
        if op in {"in", "not_in"}:
            listed = ", ".join(parameters.add(value) for value in values)
            if op == "in":
                return f"({name} IS NOT NULL AND {name} IN ({listed}))" if values else FALSE
            return f"({name} IS NULL OR {name} NOT IN ({listed}))" if values else TRUE
        if op == "between":
            low, high = parameters.add(values[0]), parameters.add(values[1])
            return f"({name} IS NOT NULL AND {name} BETWEEN {low} AND {high})"
        return _OPERATORS[op](name, parameters.add(values[0]), self._dialect)

    def _json(self, op: Operator, name: str, keys: Sequence[str], *, parameters: Parameters) -> str:
        if not keys:
            return FALSE if op == "has_any" else f"{name} IS NOT NULL"
        if self._dialect == "postgresql":
            sign = "?|" if op == "has_any" else "?&"
            return f"({name} IS NOT NULL AND {name} {sign} {parameters.add(list(keys))}::text{_ARRAY})"
        wanted = list(dict.fromkeys(keys))
        listed = ", ".join(parameters.add(key) for key in wanted)
        found = f"SELECT count(DISTINCT value) FROM json_each({name}) WHERE value IN ({listed})"
        least = 1 if op == "has_any" else len(wanted)
        return f"({name} IS NOT NULL AND ({found}) >= {least})"

    def _linked(self, op: Operator, column: Column, ids: Sequence[str], *, parameters: Parameters) -> str:
        """By the index of the links, from the records they lead to."""
        wanted = list(dict.fromkeys(ids))
        if not wanted:
            return FALSE if op == "has_any" else f'{self.row}."{column.name}" IS NOT NULL'
        listed = ", ".join(parameters.add(record_id) for record_id in wanted)
        # a record links to another at most once
        all_of = f" GROUP BY record_id HAVING count(*) = {len(wanted)}" if op == "has_all" else ""
        found = f"SELECT record_id FROM [{column.index_table}] WHERE target_id IN ({listed}){all_of}"
        return f"{self.row}.id IN ({found})"

    def _scaled(
        self, op: Operator, name: str, column: Column, *, values: Sequence[Scalar], parameters: Parameters
    ) -> str:
        """Whole numbers, or multiples of the column's last place; a bound between two of them is moved to one."""
        exact = [Decimal(str(value)).scaleb(column.scale) for value in values]
        if op in {"eq", "ne", "in", "not_in"}:
            held = [int(value) for value in exact if value == value.to_integral_value() and abs(value) <= MAX_INTEGER]
            positive: Operator = "in" if op in {"eq", "in"} else "not_in"
            return self._plain(positive, name, held, parameters=parameters)
        rounding = {"gt": ROUND_FLOOR, "le": ROUND_FLOOR, "lt": ROUND_CEILING, "ge": ROUND_CEILING}
        if op == "between":
            bounds = [_whole(exact[0], ROUND_CEILING), _whole(exact[1], ROUND_FLOOR)]
        else:
            bounds = [_whole(exact[0], rounding[op])]
        return self._plain(op, name, bounds, parameters=parameters)


_ARRAY = "[]"


def _whole(value: Decimal, rounding: str) -> int:
    return max(-MAX_INTEGER, min(MAX_INTEGER, int(value.to_integral_value(rounding=rounding))))


def _contains(name: str, place: str, dialect: Dialect) -> str:
    return f"{'instr' if dialect == 'sqlite' else 'strpos'}({name}, {place}) > 0"


_Text: TypeAlias = Callable[[str, str, Dialect], str]
_OPERATORS: Mapping[Operator, _Text] = {
    "eq": lambda name, place, _: f"({name} IS NOT NULL AND {name} = {place})",
    "ne": lambda name, place, _: f"({name} IS NULL OR {name} <> {place})",
    "lt": lambda name, place, _: f"({name} IS NOT NULL AND {name} < {place})",
    "le": lambda name, place, _: f"({name} IS NOT NULL AND {name} <= {place})",
    "gt": lambda name, place, _: f"({name} IS NOT NULL AND {name} > {place})",
    "ge": lambda name, place, _: f"({name} IS NOT NULL AND {name} >= {place})",
    "contains": lambda name, place, dialect: f"({name} IS NOT NULL AND {_contains(name, place, dialect)})",
    "not_contains": lambda name, place, dialect: f"({name} IS NULL OR NOT {_contains(name, place, dialect)})",
    "starts_with": lambda name, place, dialect: (
        f"({name} IS NOT NULL AND substr({name}, 1, length({place})) = {place})"
        if dialect == "sqlite"
        else f"({name} IS NOT NULL AND starts_with({name}, {place}))"
    ),
}
