"""Formulas of an entity for the admins who write them, formulas by which people filter, and the functions."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from engine.api.bodies import CheckConditionBody, CheckFormulaBody, FormulaPlace, SaveFormulaBody, read_body
from engine.api.documented import ERRORS, takes
from engine.api.units import change, show
from engine.forms.formulas import Place
from engine.runtime.calls import Call
from engine.runtime.conditions import ConditionCheck, ConditionNames, check_condition, list_condition_names
from engine.runtime.dependencies import DependencyList, list_dependencies
from engine.runtime.formulas import (
    FormulaChange,
    FormulaCheck,
    FormulaList,
    FormulaSaved,
    check_formula_draft,
    list_formulas,
    save_formula,
)
from engine.runtime.functions import FunctionList, list_functions
from engine.store.database import Tx

router = APIRouter(prefix="/api", tags=["formulas"], responses=ERRORS)
FORMULAS = "/apps/{app_key}/entities/{entity_key}/formulas"
CONDITIONS = "/apps/{app_key}/entities/{entity_key}/conditions"


@router.get("/formula/functions", response_model=FunctionList)
async def get_functions(request: Request) -> Response:
    """Every function of the formula language with its parameters, help and an example."""

    async def work(_tx: Tx, _call: Call) -> FunctionList:
        return list_functions()

    return await show(request, work)


@router.get(FORMULAS, response_model=FormulaList)
async def get_formulas(request: Request, app_key: str, entity_key: str) -> Response:
    """The formulas of an entity and its forms, the places that could have one, what they may name; admins only."""

    async def work(_tx: Tx, call: Call) -> FormulaList:
        return list_formulas(call, app_key, entity_key)

    return await show(request, work)


@router.get("/apps/{app_key}/entities/{entity_key}/dependencies", response_model=DependencyList)
async def get_dependencies(request: Request, app_key: str, entity_key: str) -> Response:
    """Fields with their formulas, what they are made from, and every place that uses them; admins only."""

    async def work(_tx: Tx, call: Call) -> DependencyList:
        return list_dependencies(call, app_key, entity_key)

    return await show(request, work)


@router.post(f"{FORMULAS}/check", response_model=FormulaCheck, openapi_extra=takes(CheckFormulaBody))
async def check_formula(request: Request, app_key: str, entity_key: str) -> Response:
    """What is wrong or doubtful about a draft, and its tree to be interpreted; nothing is stored; admins only."""
    asked = await read_body(request, CheckFormulaBody)
    place = None if asked.place is None else _place(asked.place)

    async def work(_tx: Tx, call: Call) -> FormulaCheck:
        return check_formula_draft(call, app_key, entity_key, place=place, source=asked.source)

    return await show(request, work)


@router.put(FORMULAS, response_model=FormulaSaved, openapi_extra=takes(SaveFormulaBody))
async def put_formula(request: Request, app_key: str, entity_key: str) -> Response:
    """Publish the application with another formula at a place, or with none; admins only."""
    asked = await read_body(request, SaveFormulaBody)
    wanted = FormulaChange(_place(asked.place), asked.source, asked.seen_version, asked.note)

    async def work(tx: Tx, call: Call) -> FormulaSaved:
        return await save_formula(tx, call, app_key, entity_key=entity_key, change=wanted)

    return await change(request, work)


@router.get(f"{CONDITIONS}/names", response_model=ConditionNames)
async def get_condition_names(request: Request, app_key: str, entity_key: str) -> Response:
    """What a formula that filters records may name, of what the caller sees."""

    async def work(_tx: Tx, call: Call) -> ConditionNames:
        return list_condition_names(call, app_key, entity_key)

    return await show(request, work)


@router.post(f"{CONDITIONS}/check", response_model=ConditionCheck, openapi_extra=takes(CheckConditionBody))
async def post_condition_check(request: Request, app_key: str, entity_key: str) -> Response:
    """What is wrong or doubtful about a formula that filters records; fields the caller does not see are unknown."""
    asked = await read_body(request, CheckConditionBody)

    async def work(_tx: Tx, call: Call) -> ConditionCheck:
        return check_condition(call, app_key, entity_key, source=asked.source)

    return await show(request, work)


def _place(given: FormulaPlace) -> Place:
    return Place(given.kind, given.field, given.rule, given.form, given.section)
