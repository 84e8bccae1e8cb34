"""The comparison of formulas compares like with like."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bench import order
from bench.formula import CONTEXT, compile_times, main
from engine.forms.evaluate import evaluate
from engine.model.values import Row, Values

EMPTY_PRICE: Values = {
    **order.record(2),
    "paid": None,
    "lines": (Row("1" * 24, {"kind": None, "qty": Decimal(2), "price": None}),),
}


@pytest.mark.parametrize("values", [order.record(5), order.record(0), {**order.record(1), "due": None}, EMPTY_PRICE])
def test_all_contenders_come_to_the_same_values(values: Values) -> None:
    ours = evaluate(order.entity(), values, CONTEXT).values
    assert order.by_hand(values) == ours
    for flag in (True, False):
        assert order.WithSimpleeval.build(parsed_before=flag).run(values) == ours


def test_the_form_has_ten_computed_fields_of_typical_kinds() -> None:
    assert len(order.entity().steps) == 10


def test_the_comparison_runs(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["bench", "--seconds", "0.001", "--rounds", "1"])
    main()
    shown = capsys.readouterr().out
    assert "form / simpleeval, from texts" in shown
    assert "parse and check" in shown
    assert len(compile_times()) > 15
