"""An order form with ten computed fields, its rules written three times: as formulas, for simpleeval, by hand."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, localcontext

from simpleeval import EvalWithCompoundTypes  # type: ignore[import-untyped]

from engine.forms.compile import CompiledEntity, compile_entity
from engine.formula.coercion import EPOCH, plain
from engine.formula.values import CONTEXT
from engine.model.entities import Entity
from engine.model.values import Row, Scalar, Values

ZERO = Decimal(0)
Outcome = dict[str, object]

FORMULAS: Mapping[str, str] = {
    "lines.amount": "ROUND({qty}*{price},2)",
    "subtotal": "SUM({lines.amount})",
    "discount": "IF({subtotal}>=10000,{subtotal}*8%,IF({subtotal}>=5000,{subtotal}*5%,0))",
    "net": "ROUND({subtotal}-{discount},2)",
    "tax": "ROUND({net}*{tax_rate}%,2)",
    "total": "{net}+{tax}+{freight}",
    "days": "{due}-{ordered}",
    "devices": 'COUNTIF({lines.kind},"device")',
    "status": 'IF({paid}>={total},"paid",IF({paid}>0,"partly paid","open"))',
    "title": '{customer}&" · "&{total}&" · "&{status}',
}


PLACES = dict.fromkeys(("subtotal", "discount", "net", "tax", "total"), 2) | {"days": 0, "devices": 0}


def _number(key: str, **members: object) -> dict[str, object]:
    return {"key": key, "type": "number", "title": key, "decimals": 2, **members}


def entity() -> CompiledEntity:
    """The form as an entity, compiled."""
    days = [{"key": key, "type": "date", "title": key} for key in ("ordered", "due")]
    kinds = [{"key": key, "title": key} for key in ("device", "furniture", "service")]
    columns = [
        {"key": "kind", "type": "select", "title": "kind", "options": kinds},
        _number("qty"),
        _number("price"),
        _number("amount", computed=FORMULAS["lines.amount"]),
    ]
    made = [_number(key, computed=FORMULAS[key], decimals=places) for key, places in PLACES.items()]
    texts = [{"key": key, "type": "text", "title": key, "computed": FORMULAS[key]} for key in ("status", "title")]
    entered = [_number(key) for key in ("tax_rate", "freight", "paid")]
    customer = {"key": "customer", "type": "text", "title": "customer"}
    lines = {"key": "lines", "type": "subform", "title": "lines", "fields": columns}
    return compile_entity(
        Entity.model_validate(
            {"key": "order", "title": "Order", "fields": [customer, *days, *entered, lines, *made, *texts]}
        )
    )


def record(rows: int = 5) -> Values:
    """An order as it is stored."""
    kinds = ("device", "furniture", "service")
    lines: list[dict[str, Scalar]] = [
        {"kind": kinds[row % 3], "qty": Decimal(row + 1), "price": Decimal("199.95") * (row + 1)} for row in range(rows)
    ]
    return {
        "customer": "Acme",
        "ordered": date(2026, 1, 5),
        "due": date(2026, 2, 14),
        "tax_rate": Decimal(13),
        "freight": Decimal("49.90"),
        "paid": Decimal(5000),
        "lines": tuple(Row(f"{row:024x}", line) for row, line in enumerate(lines)),
    }


def round_half_up(value: Decimal, places: int) -> Decimal:
    """Half away from zero."""
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP, context=CONTEXT)


def total_of(values: Sequence[Decimal | None]) -> Decimal:
    """Sum of what is there."""
    return sum((value for value in values if value is not None), ZERO)


def days_between(first: date | None, last: date | None) -> Decimal:
    """Days from one to the other; an empty day is day 0, as in Excel."""
    return Decimal(((last or EPOCH) - (first or EPOCH)).days)


def count_equal(values: Sequence[object], wanted: str) -> Decimal:
    """How many are that text."""
    return Decimal(sum(value == wanted for value in values))


# the same rules as Python expressions; `or zero` is what an empty field counts as
EXPRESSIONS: Mapping[str, str] = {
    "lines.amount": "round_half_up((qty or zero) * (price or zero), 2)",
    "subtotal": "total_of(amounts)",
    "discount": "subtotal * 8 / 100 if subtotal >= 10000 else (subtotal * 5 / 100 if subtotal >= 5000 else zero)",
    "net": "round_half_up((subtotal or zero) - (discount or zero), 2)",
    "tax": "round_half_up((net or zero) * (tax_rate or zero) / 100, 2)",
    "total": "(net or zero) + (tax or zero) + (freight or zero)",
    "days": "days_between(ordered, due)",
    "devices": "count_equal(kinds, 'device')",
    "status": "'paid' if (paid or zero) >= (total or zero) else ('partly paid' if (paid or zero) > 0 else 'open')",
    "title": "(customer or '') + ' · ' + plain(total or zero) + ' · ' + (status or '')",
}


def with_amounts(rows: Sequence[Row], amounts: Sequence[object]) -> tuple[Row, ...]:
    """The rows with what was computed for each."""
    return tuple(
        Row(row.id, {**row.values, "amount": amount})  # type: ignore[dict-item]  # numbers
        for row, amount in zip(rows, amounts, strict=True)
    )


@dataclass(frozen=True)
class WithSimpleeval:
    """The form evaluated by simpleeval, from texts or from trees that were parsed before."""

    evaluator: EvalWithCompoundTypes
    trees: Mapping[str, ast.expr] | None

    @classmethod
    def build(cls, *, parsed_before: bool) -> WithSimpleeval:
        """An evaluator with the functions that the expressions need."""
        functions: dict[str, object] = {
            "zero": ZERO,  # where a name is looked for last
            "round_half_up": round_half_up,
            "total_of": total_of,
            "days_between": days_between,
            "count_equal": count_equal,
            "plain": plain,
        }
        evaluator = EvalWithCompoundTypes(functions=functions)
        trees = {path: evaluator.parse(source) for path, source in EXPRESSIONS.items()} if parsed_before else None
        return cls(evaluator, trees)

    def value(self, path: str, names: Mapping[str, object]) -> object:
        """One expression."""
        self.evaluator.names = names
        return self.evaluator.eval(EXPRESSIONS[path], self.trees[path] if self.trees else None)

    def run(self, values: Values) -> Outcome:
        """All computed values."""
        names: Outcome = dict(values)
        rows: Sequence[Row] = values["lines"] or ()  # type: ignore[assignment]
        with localcontext(CONTEXT):
            amounts = [self.value("lines.amount", row.values) for row in rows]
            columns = {"amounts": amounts, "kinds": [row.values["kind"] for row in rows]}
            names |= columns
            for path in EXPRESSIONS:
                if path != "lines.amount":
                    found = self.value(path, names)
                    # a form keeps numbers to the decimals of its fields
                    names[path] = round_half_up(found, PLACES[path]) if isinstance(found, Decimal) else found
        for column in columns:
            del names[column]
        return {**names, "lines": with_amounts(rows, amounts)}


def by_hand(values: Values) -> Outcome:
    """The same rules as somebody would write them in Python for this one form."""
    with localcontext(CONTEXT):
        return _computed(values)


def _computed(values: Values) -> Outcome:
    rows: Sequence[Row] = values["lines"] or ()  # type: ignore[assignment]
    amounts = [_amount(row.values["qty"], row.values["price"]) for row in rows]  # type: ignore[arg-type]
    subtotal = total_of(amounts)
    discount = _discount(subtotal)
    net = round_half_up(subtotal - discount, 2)
    rate, freight, paid = (_filled(values[key]) for key in ("tax_rate", "freight", "paid"))
    tax = round_half_up(net * rate / 100, 2)
    total = round_half_up(net + tax + freight, 2)
    status = "paid" if paid >= total else "partly paid" if paid > 0 else "open"
    return {
        **values,
        "lines": with_amounts(rows, amounts),
        "subtotal": subtotal,
        "discount": discount,
        "net": net,
        "tax": tax,
        "total": total,
        "days": days_between(values["ordered"], values["due"]),  # type: ignore[arg-type]
        "devices": count_equal([row.values["kind"] for row in rows], "device"),
        "status": status,
        "title": f"{values['customer'] or ''} · {plain(total)} · {status}",
    }


def _filled(value: object) -> Decimal:
    return value if isinstance(value, Decimal) else ZERO


def _amount(qty: Decimal | None, price: Decimal | None) -> Decimal:
    return round_half_up((qty or ZERO) * (price or ZERO), 2)


def _discount(subtotal: Decimal) -> Decimal:
    if subtotal >= 10000:  # noqa: PLR2004
        return round_half_up(subtotal * 8 / 100, 2)
    if subtotal >= 5000:  # noqa: PLR2004
        return round_half_up(subtotal * 5 / 100, 2)
    return ZERO
