"""What it costs to evaluate a formula once, known from its tree: for whoever evaluates it many times."""

from __future__ import annotations

from engine.formula.syntax import BinaryOperation, Call, Node, parts

# operations that take some fifty times as long as a sum
_SLOW = frozenset(
    {"COMBIN", "DISTANCE", "EFFECT", "EXP", "FACT", "FV", "LN", "LOG", "LOG10", "NOMINAL", "NPER", "PMT", "POWER", "PV"}
)
_SLOW_STEPS = 50


def cost_of(tree: Node) -> int:
    """Steps of the budget: one for each part, more for slow ones. Lists and long texts are counted when they come."""
    total, waiting = 0, [tree]
    while waiting:
        node = waiting.pop()
        total += _SLOW_STEPS if _is_slow(node) else 1
        waiting.extend(parts(node))
    return total


def _is_slow(node: Node) -> bool:
    match node:
        case BinaryOperation(operator="^"):
            return True
        case Call(name=name):
            return name in _SLOW
        case _:
            return False
