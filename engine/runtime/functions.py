"""The functions of the formula language as the editor shows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from engine.formula.functions import FUNCTIONS
from engine.formula.functions.registry import Function, ParameterKind
from engine.formula.signatures import GROUP_TITLES, group_of
from engine.formula.values import Kind, KindName
from engine.model.base import Label, Translated


@dataclass(frozen=True)
class ParameterView:
    """A parameter: what it is called, what its argument is converted to, whether it may be missing or repeats."""

    title: Label
    kind: ParameterKind
    optional: bool
    repeats: bool


@dataclass(frozen=True)
class FunctionView:
    """A function under one of its names. `together`: how many parameters repeat as one. `returns`: null, if any."""

    name: str
    main_name: str
    group: str
    parameters: Sequence[ParameterView]
    together: int
    returns: KindName | None
    uses_clock: bool
    help: Label
    example: str
    result: str


@dataclass(frozen=True)
class FunctionGroup:
    """A group of functions."""

    key: str
    title: Label


@dataclass(frozen=True)
class FunctionList:
    """All functions, by group in the order of the documentation."""

    groups: Sequence[FunctionGroup]
    items: Sequence[FunctionView]


@cache
def list_functions() -> FunctionList:
    """Every function by each of its names."""
    items = [_view(function) for function in FUNCTIONS.values()]
    used = dict.fromkeys(item.group for item in items)
    groups = [FunctionGroup(key, GROUP_TITLES[key]) for key in GROUP_TITLES if key in used]
    return FunctionList(groups, items)


def _view(function: Function) -> FunctionView:
    returns = function.returns
    return FunctionView(
        name=function.name,
        main_name=function.main_name,
        group=group_of(function),
        parameters=[
            ParameterView(parameter.title, parameter.kind, parameter.optional, parameter.repeats)
            for parameter in function.parameters
        ],
        together=function.group,
        returns=returns.name if isinstance(returns, Kind) else None,
        uses_clock=function.uses_clock,
        help=Translated(zh_cn=function.help.zh, en=function.help.en),
        example=function.help.example,
        result=function.help.result,
    )
