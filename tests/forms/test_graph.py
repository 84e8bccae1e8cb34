"""The dependency graph: order, what a change reaches, cycles, and computing only what a change reaches."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from engine.forms.compile import CompiledEntity, compile_entity
from engine.forms.context import Context
from engine.forms.evaluate import evaluate
from engine.forms.graph import Graph, Place
from engine.model.entities import Entity
from engine.model.values import Row, Value

CONTEXT = Context(datetime(2026, 1, 5, 1, 0, tzinfo=UTC), ZoneInfo("Asia/Shanghai"))
NAMES = [f"f{number}" for number in range(12)]
# every node needs only ones before it, so that there are no cycles; names are shuffled afterwards
ACYCLIC = st.lists(st.sets(st.integers(0, 11)), min_size=12, max_size=12).map(
    lambda rows: [{item for item in needs if item < number} for number, needs in enumerate(rows)]
)


def graph_of(rows: list[set[int]], names: list[str]) -> Graph[str]:
    return Graph({names[number]: frozenset(names[item] for item in needs) for number, needs in enumerate(rows)})


def reachable(graph: Graph[str], changed: set[str]) -> set[str]:
    """By rounds over all edges until nothing is added: slow, and plainly right."""
    found: set[str] = set()
    while True:
        more = {node for node, needs in graph.needs.items() if needs & (found | changed)} - found
        if not more:
            return found
        found |= more


@given(ACYCLIC, st.permutations(NAMES))
def test_everything_stands_behind_what_it_needs(rows: list[set[int]], names: list[str]) -> None:
    graph = graph_of(rows, names)
    places = {node: position for position, node in enumerate(graph.order)}
    assert graph.cycles == ()
    assert places.keys() == graph.needs.keys()
    for node, needs in graph.needs.items():
        assert all(places[needed] < places[node] for needed in needs)


@given(ACYCLIC, st.permutations(NAMES), st.sets(st.sampled_from(NAMES)))
def test_a_change_reaches_what_is_made_of_it_and_nothing_else(
    rows: list[set[int]], names: list[str], changed: set[str]
) -> None:
    graph = graph_of(rows, names)
    reached = graph.reached(changed)
    assert set(reached) == reachable(graph, changed)
    assert list(reached) == [node for node in graph.order if node in set(reached)]


@given(st.lists(st.sets(st.integers(0, 11)), min_size=12, max_size=12))
def test_a_cycle_is_a_way_along_the_edges_and_found_whenever_there_is_one(rows: list[set[int]]) -> None:
    graph = graph_of(rows, NAMES)
    for cycle in graph.cycles:
        assert cycle[0] == cycle[-1]
        assert all(after in graph.needs[before] for before, after in pairwise(cycle))
    assert bool(graph.cycles) == any(node in reachable(graph, {node}) for node in graph.needs)


def test_a_cycle_names_the_whole_way_across_entities() -> None:
    total, budget = Place("proposal", "total"), Place("project", "budget")
    (cycle,) = Graph({total: frozenset([budget]), budget: frozenset([total])}).cycles
    assert " → ".join(map(str, cycle)) == "proposal.total → project.budget → proposal.total"


def test_a_chain_of_as_many_fields_as_an_entity_has_is_ordered() -> None:
    needs = {f"f{number}": frozenset([f"f{number + 1}"]) for number in range(5000)}
    assert Graph(needs).order[0] == "f4999"


def chained(rows: list[set[int]], in_rows: set[int]) -> CompiledEntity:
    """An entity whose fields are computed from each other; some are columns, read by others as sums."""
    columns: list[dict[str, object]] = [{"key": "n", "type": "number", "title": "n", "decimals": 2}]
    fields: list[dict[str, object]] = [{"key": "a", "type": "number", "title": "a", "decimals": 2}]
    for number, needs in enumerate(rows):
        is_column = number in in_rows
        parts = ["{n}" if is_column else "{a}", str(number)]
        for item in sorted(needs):
            inside = item in in_rows
            if is_column or not inside:
                parts.append(f"{{f{item}}}")
            else:
                parts.append(f"SUM({{lines.f{item}}})")
        field = {"key": f"f{number}", "type": "number", "title": "f", "decimals": 2, "computed": "+".join(parts)}
        (columns if is_column else fields).append(field)
    lines = {"key": "lines", "type": "subform", "title": "l", "fields": columns}
    return compile_entity(Entity.model_validate({"key": "e", "title": "e", "fields": [lines, *reversed(fields)]}))


@given(ACYCLIC, st.sets(st.integers(0, 11)), st.integers(-9, 9), st.sampled_from(["a", "n", "both", "rows"]))
def test_computing_what_a_change_reaches_is_computing_everything(
    rows: list[set[int]], in_rows: set[int], value: int, change: str
) -> None:
    compiled = chained([{item for item in needs if item >= number - 4} for number, needs in enumerate(rows)], in_rows)
    held = Row("1" * 24, {"n": Decimal(3)})
    before = evaluate(compiled, {"a": Decimal(1), "lines": (held,)}, CONTEXT).values
    stored = before["lines"]
    assert isinstance(stored, tuple)
    entered: dict[str, Value] = dict(before)
    changed = set()
    if change in {"a", "both"}:
        entered["a"] = Decimal(value)
        changed.add("a")
    if change in {"n", "both"}:
        (row,) = stored
        assert isinstance(row, Row)
        entered["lines"] = (Row(row.id, {**row.values, "n": Decimal(value)}),)
        changed |= {"lines", "lines.n"}
    if change == "rows":
        entered["lines"] = (*stored, Row("2" * 24, {"n": Decimal(value)}))
        changed.add("lines")
    part = evaluate(compiled, entered, CONTEXT, changed=frozenset(changed)).values
    assert part == evaluate(compiled, entered, CONTEXT).values
