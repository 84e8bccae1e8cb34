"""Who gets what from every route: five people, and values that only some of them may see.

A proposal waits for legal: the applicant, legal (the approver) and admins may see it, each in part; somebody of
another department sees nothing of it. A route that is not in the table fails.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest
from starlette.routing import Route

from engine.app import METHODS, create_routes
from tests.api.publishing import Files, republish
from tests.world import APP, FORM, RECORDS, Client, World

PEOPLE = {"applicant": "zhang.wei", "approver": "wu.qiang", "other": "he.jie", "admin": "admin"}
NAME, GOAL, NOTE, COST = "canary-name", "canary-goal", "canary-note", "canary-cost"
PROJECT, PROJECT_COST, DRAFT, FILE = "canary-project", "canary-pcost", "canary-draft", "canary-file"
# of two more proposals: one that the approver rejected, one that he was copied on
COMMENT, HANDLED, REASON, COPIED = "canary-comment", "canary-handled", "canary-reason", "canary-copied"
# a project that a formula of the permission set for everyone leaves out
WALLED = "canary-walled"
BINNED, BINNED_COST = "canary-binned", "canary-bcost"
CANARIES = (
    BINNED,
    BINNED_COST,
    WALLED,
    NAME,
    GOAL,
    NOTE,
    COST,
    PROJECT,
    PROJECT_COST,
    DRAFT,
    FILE,
    COMMENT,
    HANDLED,
    REASON,
    COPIED,
)
SIGNED_IN = {"out": 401, "other": 200, "applicant": 200, "approver": 200, "admin": 200}
NOT_OTHER = {**SIGNED_IN, "other": 404}
ONLY_APPLICANT = {**SIGNED_IN, "other": 404, "approver": 404, "admin": 404}
ONLY_ADMIN = {"out": 401, "other": 403, "applicant": 403, "approver": 403, "admin": 200}
# what each sees of the proposal outside of tasks, and of projects
OF_PROPOSAL = {"applicant": {NAME, GOAL}, "approver": {NAME, GOAL, NOTE}, "admin": {NAME, GOAL, NOTE, COST}}
OF_PROJECT = {person: {PROJECT} for person in ("other", "applicant", "approver")} | {"admin": {PROJECT, PROJECT_COST}}
OF_PROPOSALS = {person: seen | {HANDLED, COPIED} for person, seen in OF_PROPOSAL.items()}
# an approved proposal has become a project
OF_PROJECTS = {person: seen | {COPIED} for person, seen in OF_PROJECT.items()}
OF_PROJECTS["admin"] |= {WALLED}
NOT_WALLED = {**dict.fromkeys(SIGNED_IN, 404), "out": 401, "admin": 200}
TITLE = {person: {NAME} for person in OF_PROPOSAL}
TIMELINE = {person: {NAME, COMMENT} for person in OF_PROPOSAL}


@dataclass(frozen=True)
class Case:
    """A request with the status each person gets, in this order, and the values each may see in the answer."""

    path: str
    expected: Mapping[str, int]
    sees: Mapping[str, set[str]] = field(default_factory=dict)
    send: object = None
    headers: Mapping[str, str] = field(default_factory=dict)


NAMES = {person: {NAME, HANDLED, COPIED} for person in OF_PROPOSAL}
OF_PROJECTS_BY_NAME = {person: seen - {PROJECT_COST} for person, seen in OF_PROJECTS.items()}
WITH_COST = {"filter": {"field": "cost_center", "op": "not_empty"}}


def _pivot(down: str, across: str) -> dict[str, object]:
    return {"down": [{"field": down}], "across": [{"field": across}]}


PROPOSALS = f"{RECORDS}/proposal/records"
PROJECTS = f"{RECORDS}/project/records"
MATRIX: Mapping[str, list[Case]] = {
    "GET /healthz": [Case("/healthz", {**SIGNED_IN, "out": 200})],
    "GET /readyz": [Case("/readyz", {**SIGNED_IN, "out": 200})],
    "GET /api/openapi.json": [Case("/api/openapi.json", {**SIGNED_IN, "out": 200})],
    **{f"{method} /api/{{rest:path}}": [Case("/api/nothing", dict.fromkeys(SIGNED_IN, 404))] for method in METHODS},
    "GET /{path:path}": [Case("/anything", {**SIGNED_IN, "out": 200})],
    "POST /api/session/link": [Case("/api/session/link", dict.fromkeys(SIGNED_IN, 401), send={"token": "wrong"})],
    "GET /api/session": [Case("/api/session", SIGNED_IN)],
    "POST /api/session/person": [
        Case("/api/session/person", {**dict.fromkeys(SIGNED_IN, 403), "out": 401}, send={"member_id": None})
    ],
    "DELETE /api/session": [Case("/api/session", dict.fromkeys(SIGNED_IN, 204))],
    "GET /api/keys": [Case("/api/keys", SIGNED_IN)],
    "POST /api/keys": [
        Case("/api/keys", {**dict.fromkeys(SIGNED_IN, 201), "out": 401}, send={"title": "mine"}),
        Case(
            "/api/keys",
            {"out": 401, "other": 403, "applicant": 403, "approver": 403, "admin": 201},
            send={"title": "for chen.jing", "member_id": "{chair}"},
        ),
    ],
    "DELETE /api/keys/{key_id}": [
        Case("/api/keys/{key}", {"out": 401, "other": 404, "approver": 404, "admin": 404, "applicant": 204})
    ],
    "GET /api/workspace": [Case("/api/workspace", SIGNED_IN)],
    "PATCH /api/workspace": [Case("/api/workspace", ONLY_ADMIN, send={"title": "T"})],
    "GET /api/calendars": [Case("/api/calendars", SIGNED_IN)],
    "PUT /api/calendars/{calendar_key}": [Case("/api/calendars/factory", ONLY_ADMIN, send={"title": "Factory"})],
    "DELETE /api/calendars/{calendar_key}": [
        Case("/api/calendars/spare", {**ONLY_ADMIN, "admin": 204}),
        Case("/api/calendars/nowhere", {**ONLY_ADMIN, "admin": 404}),
    ],
    "POST /api/calendars/{calendar_key}/holidays": [
        Case("/api/calendars/cn/holidays", ONLY_ADMIN, send={"text": "2027-01-01,off"})
    ],
    "GET /api/directory": [Case("/api/directory", SIGNED_IN)],
    "GET /api/audit": [Case("/api/audit", ONLY_ADMIN, {"admin": {NAME, HANDLED, COPIED}})],
    "GET /api/apps": [Case("/api/apps", SIGNED_IN)],
    "GET /api/apps/{app_key}": [Case(f"/api/apps/{APP}", SIGNED_IN)],
    "GET /api/apps/{app_key}/forms/{form_key}": [
        Case(FORM, SIGNED_IN),
        Case(f"/api/apps/{APP}/forms/project", ONLY_ADMIN),
    ],
    "POST /api/apps/{app_key}/forms/{form_key}/evaluate": [
        Case(f"{FORM}/evaluate", SIGNED_IN, send={"values": {}}),
        Case(
            f"{FORM}/evaluate",
            {"out": 401, "other": 404, "applicant": 404, "admin": 404, "approver": 200},
            {"approver": {NAME, GOAL, NOTE}},
            send={"values": {}, "task_id": "{task}"},
        ),
        Case(
            f"{FORM}/evaluate",
            {"out": 401, "other": 404, "applicant": 403, "approver": 403, "admin": 200},
            {"admin": OF_PROPOSAL["admin"]},
            send={"values": {}, "record_id": "{record}"},
        ),
        Case(
            f"/api/apps/{APP}/forms/project/evaluate",
            ONLY_ADMIN,
            {"admin": {PROJECT, PROJECT_COST}},
            send={"values": {}, "record_id": "{project}"},
        ),
    ],
    "POST /api/apps/{app_key}/forms/{form_key}/submissions": [
        Case(f"{FORM}/submissions", {**dict.fromkeys(SIGNED_IN, 422), "out": 401}, send={"values": {}}),
        Case(f"/api/apps/{APP}/forms/project/submissions", {**ONLY_ADMIN, "admin": 422}, send={"values": {}}),
    ],
    "POST /api/apps/{app_key}/forms/{form_key}/drafts": [
        Case(f"{FORM}/drafts", {**dict.fromkeys(SIGNED_IN, 201), "out": 401}, send={"values": {"name": "mine"}})
    ],
    "GET /api/drafts": [Case("/api/drafts", SIGNED_IN, {"applicant": {DRAFT}})],
    "GET /api/drafts/{draft_id}": [Case("/api/drafts/{draft}", ONLY_APPLICANT, {"applicant": {DRAFT}})],
    "PUT /api/drafts/{draft_id}": [Case("/api/drafts/{draft}", ONLY_APPLICANT, send={"values": {}})],
    "DELETE /api/drafts/{draft_id}": [
        Case("/api/drafts/{draft}", {"out": 401, "other": 404, "approver": 404, "admin": 404, "applicant": 204})
    ],
    "GET /api/apps/{app_key}/entities/{entity_key}/choices": [
        Case(f"{RECORDS}/proposal/choices", SIGNED_IN, {person: {NAME, HANDLED, COPIED} for person in OF_PROPOSAL}),
        Case(f"{RECORDS}/proposal/choices?q=canary-name", SIGNED_IN, TITLE),
        Case(f"{RECORDS}/proposal/choices?ids={{record}}", SIGNED_IN, TITLE),
        Case(
            f"{RECORDS}/project/choices",
            SIGNED_IN,
            {person: OF_PROJECTS[person] - {PROJECT_COST} for person in OF_PROJECTS},
        ),
    ],
    "GET /api/apps/{app_key}/entities/{entity_key}/records": [
        Case(f"{PROPOSALS}?limit=200", SIGNED_IN, OF_PROPOSALS),
        Case(f"{PROPOSALS}?view=all_proposals&sort=-budget", SIGNED_IN, OF_PROPOSALS),
        Case(f"{PROJECTS}?limit=200", SIGNED_IN, OF_PROJECTS),
        Case(f'{PROPOSALS}?filter={{"field":"cost_center","op":"not_empty"}}', ONLY_ADMIN, OF_PROPOSAL),
        Case(f"{PROPOSALS}?sort=cost_center", ONLY_ADMIN, OF_PROPOSALS),
        Case(f"{PROJECTS}?sort=-budget", ONLY_ADMIN, OF_PROJECTS),
        Case(f'{PROJECTS}?sort=[{{"formula":"{{start}}%2B1"}}]', SIGNED_IN, OF_PROJECTS),
        Case(f'{PROJECTS}?sort=[{{"formula":"{{budget}}-1"}}]', ONLY_ADMIN, OF_PROJECTS),
        Case(f'{PROJECTS}?filter={{"formula":"{{finish}}>={{start}}"}}', SIGNED_IN, OF_PROJECTS),
        Case(
            f'{PROJECTS}?filter={{"not":{{"formula":"{{budget}}=0"}}}}',
            ONLY_ADMIN,
            {"admin": {COPIED, *OF_PROJECT["admin"]}},
        ),
        Case(f'{PROPOSALS}?filter={{"formula":"{{cost_center}}<>\\"\\""}}', ONLY_ADMIN, OF_PROPOSAL),
    ],
    "GET /api/apps/{app_key}/entities/{entity_key}/records/count": [
        Case(f"{PROPOSALS}/count", SIGNED_IN),
        Case(f'{PROPOSALS}/count?filter={{"field":"review_note","op":"not_empty"}}', ONLY_ADMIN),
    ],
    "POST /api/apps/{app_key}/entities/{entity_key}/records/query": [
        Case(f"{PROPOSALS}/query", SIGNED_IN, OF_PROPOSALS, send={"limit": 200}),
        Case(f"{PROPOSALS}/query", ONLY_ADMIN, {"admin": {NAME, COST}}, send={"columns": ["cost_center"], **WITH_COST}),
        Case(f"{PROJECTS}/query", SIGNED_IN, OF_PROJECTS, send={"view": "all_projects", "sort": [{"field": "name"}]}),
    ],
    "POST /api/apps/{app_key}/entities/{entity_key}/records/aggregate": [
        Case(f"{PROPOSALS}/aggregate", SIGNED_IN, NAMES, send={"group": [{"field": "name"}]}),
        Case(f"{PROPOSALS}/aggregate", ONLY_ADMIN, {"admin": {COST}}, send={"group": [{"field": "cost_center"}]}),
        Case(f"{PROJECTS}/aggregate", SIGNED_IN, OF_PROJECTS_BY_NAME, send={"group": [{"field": "name"}]}),
    ],
    "POST /api/apps/{app_key}/entities/{entity_key}/records/pivot": [
        Case(f"{PROPOSALS}/pivot", SIGNED_IN, NAMES, send=_pivot("name", "kind")),
        Case(f"{PROPOSALS}/pivot", ONLY_ADMIN, {"admin": {COST}}, send=_pivot("kind", "cost_center")),
    ],
    "POST /api/apps/{app_key}/entities/{entity_key}/records/distinct": [
        Case(f"{PROPOSALS}/distinct", SIGNED_IN, NAMES, send={"of": {"field": "name"}}),
        Case(f"{PROPOSALS}/distinct", ONLY_ADMIN, {"admin": {COST}}, send={"of": {"field": "cost_center"}}),
    ],
    "POST /api/apps/{app_key}/entities/{entity_key}/records": [
        Case(PROJECTS, {**ONLY_ADMIN, "admin": 201}, send={"values": {"name": "new"}}),
        Case(PROPOSALS, {**ONLY_ADMIN, "admin": 422}, send={"values": {}}),
    ],
    "GET /api/apps/{app_key}/entities/{entity_key}/records/{record_id}": [
        Case(f"{PROPOSALS}/{{record}}", NOT_OTHER, OF_PROPOSAL),
        Case(f"{PROJECTS}/{{project}}", SIGNED_IN, OF_PROJECT),
        Case(f"{PROJECTS}/{{walled}}", NOT_WALLED, {"admin": {WALLED, PROJECT}}),
    ],
    "PATCH /api/apps/{app_key}/entities/{entity_key}/records/{record_id}": [
        Case(
            f"{PROPOSALS}/{{record}}",
            ONLY_ADMIN | {"other": 404},
            {"admin": {GOAL, NOTE, COST}},
            send={"values": {"name": "x"}},
            headers={"if_match": '"1"'},
        ),
        Case(
            f"{PROJECTS}/{{project}}",
            ONLY_ADMIN,
            {"admin": {PROJECT_COST}},
            send={"values": {"name": "x"}},
            headers={"if_match": '"1"'},
        ),
        Case(f"{PROJECTS}/{{walled}}", NOT_WALLED, send={"values": {"name": "x"}}, headers={"if_match": '"1"'}),
    ],
    "DELETE /api/apps/{app_key}/entities/{entity_key}/records/{record_id}": [
        Case(f"{PROPOSALS}/{{record}}", ONLY_ADMIN | {"other": 404}, headers={"if_match": "{record_version}"}),
        Case(f"{PROJECTS}/{{walled}}", NOT_WALLED, headers={"if_match": '"1"'}),
    ],
    "GET /api/apps/{app_key}/entities/{entity_key}/records/bin": [
        Case(f"{PROJECTS}/bin", SIGNED_IN, {"admin": {BINNED}}),
    ],
    "POST /api/apps/{app_key}/entities/{entity_key}/records/bin/{record_id}/restore": [
        Case(f"{PROJECTS}/bin/{{binned}}/restore", NOT_WALLED, {"admin": {BINNED, BINNED_COST}}),
    ],
    "DELETE /api/apps/{app_key}/entities/{entity_key}/records/bin/{record_id}": [
        Case(f"{PROJECTS}/bin/{{binned}}", {**ONLY_ADMIN, "admin": 204}),
    ],
    "GET /api/apps/{app_key}/entities/{entity_key}/records/{record_id}/related/{field_key}": [
        Case(f"{PROJECTS}/{{project}}/related/followers", SIGNED_IN, {"admin": {WALLED, PROJECT}}),
        Case(f"{PROJECTS}/{{walled}}/related/followers", NOT_WALLED),
    ],
    "GET /api/apps/{app_key}/entities/{entity_key}/records/{record_id}/related/{field_key}/count": [
        Case(f"{PROJECTS}/{{project}}/related/followers/count", SIGNED_IN),
        Case(f"{PROJECTS}/{{walled}}/related/followers/count", NOT_WALLED),
    ],
    "POST /api/apps/{app_key}/entities/{entity_key}/records/batch": [
        Case(
            f"{PROJECTS}/batch",
            SIGNED_IN,
            send={
                "mode": "each",
                "operations": [
                    {"create": {"values": {"name": "x"}}},
                    {"update": {"id": "{walled}", "version": 1, "values": {"name": WALLED}}},
                    {"delete": {"id": "{walled}", "version": 1}},
                    {"restore": {"id": "{binned}"}},
                ],
            },
        ),
        Case(
            f"{PROJECTS}/batch",
            {**dict.fromkeys(SIGNED_IN, 422), "out": 401},
            send={"mode": "all", "operations": [{"update": {"id": "{walled}", "version": 9, "values": {}}}]},
        ),
    ],
    "POST /api/apps/{app_key}/entities/{entity_key}/records/upsert": [
        Case(
            f"{PROJECTS}/upsert",
            {**dict.fromkeys(SIGNED_IN, 422), "out": 401},
            send={"match": ["name"], "values": {"name": PROJECT}},
        ),
    ],
    "GET /api/apps/{app_key}/entities/{entity_key}/records/{record_id}/history/{version}": [
        Case(
            f"{PROJECTS}/{{edited}}/history/1",
            ONLY_ADMIN,
            {"admin": {PROJECT_COST}},
        ),
        Case(f"{PROJECTS}/{{walled}}/history/1", {**NOT_WALLED, "admin": 404}),
    ],
    "POST /api/apps/{app_key}/entities/{entity_key}/records/{record_id}/restore": [
        Case(
            f"{PROJECTS}/{{edited}}/restore",
            ONLY_ADMIN,
            {"admin": {PROJECT_COST}},
            send={"version": 1},
            headers={"if_match": '"2"'},
        ),
        Case(
            f"{PROJECTS}/{{walled}}/restore",
            {**NOT_WALLED, "admin": 404},
            send={"version": 1},
            headers={"if_match": '"1"'},
        ),
    ],
    "GET /api/apps/{app_key}/entities/{entity_key}/records/{record_id}/history": [
        Case(f"{PROPOSALS}/{{record}}/history", NOT_OTHER, OF_PROPOSAL),
        Case(f"{PROJECTS}/{{project}}/history", SIGNED_IN, OF_PROJECT),
        Case(f"{PROJECTS}/{{walled}}/history", NOT_WALLED, {"admin": {WALLED, PROJECT}}),
    ],
    "GET /api/apps/{app_key}/entities/{entity_key}/records/{record_id}/instances": [
        Case(f"{PROPOSALS}/{{record}}/instances", NOT_OTHER, TITLE),
        Case(f"{PROJECTS}/{{walled}}/instances", NOT_WALLED),
    ],
    "GET /api/formula/functions": [Case("/api/formula/functions", SIGNED_IN)],
    "GET /api/apps/{app_key}/entities/{entity_key}/dependencies": [
        Case(f"{RECORDS}/proposal/dependencies", ONLY_ADMIN)
    ],
    "GET /api/apps/{app_key}/entities/{entity_key}/formulas": [Case(f"{RECORDS}/proposal/formulas", ONLY_ADMIN)],
    "POST /api/apps/{app_key}/entities/{entity_key}/formulas/check": [
        Case(f"{RECORDS}/proposal/formulas/check", ONLY_ADMIN, send={"source": "{name}"})
    ],
    "PUT /api/apps/{app_key}/entities/{entity_key}/formulas": [
        Case(
            f"{RECORDS}/proposal/formulas",
            ONLY_ADMIN,
            send={"place": {"kind": "computed", "field": "budget"}, "source": "1", "seen_version": 2},
        )
    ],
    "GET /api/apps/{app_key}/entities/{entity_key}/conditions/names": [
        Case(f"{RECORDS}/proposal/conditions/names", SIGNED_IN)
    ],
    "POST /api/apps/{app_key}/entities/{entity_key}/conditions/check": [
        Case(f"{RECORDS}/proposal/conditions/check", SIGNED_IN, send={"source": '{cost_center}<>""'})
    ],
    "POST /api/files": [Case("/api/files", {**dict.fromkeys(SIGNED_IN, 422), "out": 401})],
    "GET /api/files/{file_id}": [
        Case("/api/files/{file}", NOT_OTHER, {person: {FILE} for person in ("applicant", "approver", "admin")}),
        Case("/api/files/{loose}", ONLY_APPLICANT, {"applicant": {FILE}}),
    ],
    "GET /api/inbox/counts": [Case("/api/inbox/counts", SIGNED_IN)],
    "GET /api/inbox/{box}": [
        Case("/api/inbox/todo", SIGNED_IN, {"approver": {NAME}}),
        Case("/api/inbox/started", SIGNED_IN, {"applicant": {NAME, HANDLED, COPIED}}),
        Case("/api/inbox/handled", SIGNED_IN, {"approver": {HANDLED}}),
        Case("/api/inbox/copied", SIGNED_IN, {"approver": {COPIED}}),
        Case("/api/inbox/handled?q=canary-name", SIGNED_IN),
    ],
    "GET /api/tasks/{task_id}": [
        Case(
            "/api/tasks/{task}",
            {"out": 401, "other": 404, "applicant": 404, "approver": 200, "admin": 200},
            {"approver": {NAME, GOAL, NOTE, COMMENT}, "admin": {NAME, GOAL, NOTE, COST, COMMENT}},
        ),
        Case(
            "/api/tasks/{closed}",
            {"out": 401, "other": 404, "applicant": 404, "approver": 200, "admin": 200},
            {person: {HANDLED, REASON} for person in ("approver", "admin")},
        ),
    ],
    "POST /api/tasks/{task_id}/act": [
        Case(
            "/api/tasks/{task}/act",
            {"out": 401, "other": 404, "applicant": 404, "admin": 404, "approver": 200},
            {"approver": {NAME}},
            send={"action": "approve"},
        )
    ],
    "GET /api/instances/{instance_id}": [
        Case("/api/instances/{instance}", NOT_OTHER, TIMELINE),
        Case("/api/instances/{handled}", NOT_OTHER, {person: {HANDLED, REASON} for person in OF_PROPOSAL}),
        Case("/api/instances/{copied}", NOT_OTHER, {person: {COPIED} for person in OF_PROPOSAL}),
    ],
    "POST /api/instances/{instance_id}/read": [
        Case("/api/instances/{instance}/read", {**dict.fromkeys(SIGNED_IN, 204), "out": 401, "other": 404})
    ],
    "POST /api/instances/{instance_id}/withdraw": [
        Case(
            "/api/instances/{fresh}/withdraw",
            {"out": 401, "other": 404, "approver": 404, "admin": 403, "applicant": 200},
            send={},
        )
    ],
    "POST /api/instances/{instance_id}/retry": [
        Case("/api/instances/{instance}/retry", {**ONLY_ADMIN, "admin": 409}, send={"activation": 1})
    ],
}


async def upload(client: Client, name: str) -> str:
    """A file of the client, by id."""
    boundary = "----boundary"
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    answer = await client.http.post(
        "/api/files",
        content=f"{head}{FILE} content\r\n--{boundary}--\r\n".encode(),
        headers={"content-type": f"multipart/form-data; boundary={boundary}"},
    )
    assert answer.status_code == 201, answer.text
    found: str = answer.json()["id"]
    return found


async def reject_one(world: World) -> tuple[str, str]:
    """A proposal that the approver rejected, with the task in which he did: both by id."""
    instance_id = (await world.submit(name=HANDLED))["instance"]["id"]
    await world.act("wang.fang", instance_id)
    task_id = await world.task("wu.qiang", instance_id)
    await world.act("wu.qiang", instance_id, "reject", comment=REASON)
    return instance_id, task_id


def wall(files: Files) -> None:
    """Everyone sees projects but for those that are walled off, in which only their owner takes part."""
    rule = {"formula": 'OR({owner} = {current.user}, NOT(CONTAINS({name}, "walled")))'}
    files["permission_sets/project_everyone.json"]["rows"] = rule
    files["entities/project.json"]["fields"] += [
        {"key": "follows", "type": "link", "title": "Follows", "entity": "project"},
        {"key": "followers", "type": "related", "title": "Followers", "entity": "project", "by": "follows"},
    ]


async def set_scene(world: World) -> dict[str, str]:
    """A proposal that waits for legal, a project, a draft, files, a key: their ids by the names in the table."""
    await republish(world, wall)
    applicant, keeper = await world.person("zhang.wei"), await world.person("feng.xue")
    file_id, loose_id = await upload(applicant, "plan.txt"), await upload(applicant, "loose.txt")
    made = await world.submit(name=NAME, goal=GOAL, attachments=[{"id": file_id}])
    instance_id = made["instance"]["id"]
    await world.act("wang.fang", instance_id, comment=COMMENT)
    await world.act("gao.yuan", instance_id, values={"cost_center": COST, "review_note": NOTE})
    handled, closed_id = await reject_one(world)
    lines = [{"item": "Work", "category": "labor", "qty": 1, "price": 5}]
    copied = await world.submit(name=COPIED, lines=lines, stakeholders=[world.members["wu.qiang"]])
    await world.act("wang.fang", copied["instance"]["id"])
    fresh = await world.submit(name="fresh")
    project = await keeper.post(PROJECTS, {"values": {"name": PROJECT, "cost_center": PROJECT_COST, "budget": 5}})
    binned = await keeper.post(PROJECTS, {"values": {"name": BINNED, "cost_center": BINNED_COST}})
    await (await world.person("admin")).call("DELETE", f"{PROJECTS}/{binned['id']}", if_match='"1"')
    edited = await keeper.post(PROJECTS, {"values": {"name": "edited", "cost_center": PROJECT_COST}})
    await keeper.patch(f"{PROJECTS}/{edited['id']}", {"values": {"cost_center": "-"}}, if_match="1")
    current = await applicant.get(f"{PROPOSALS}/{made['record']['id']}")
    follower = {"name": WALLED, "owner": world.members["chen.jing"], "follows": project["id"]}
    walled = await keeper.post(PROJECTS, {"values": follower})
    draft = await applicant.post(f"{FORM}/drafts", {"values": {"name": DRAFT}})
    key = await applicant.post("/api/keys", {"title": "to be revoked"})
    await (await world.person("admin")).call("PUT", "/api/calendars/spare", {"title": "Spare"})
    return {
        "record": made["record"]["id"],
        "instance": instance_id,
        "handled": handled,
        "closed": closed_id,
        "copied": copied["instance"]["id"],
        "fresh": fresh["instance"]["id"],
        "task": await world.task("wu.qiang", instance_id),
        "project": project["id"],
        "walled": walled["id"],
        "binned": binned["id"],
        "edited": edited["id"],
        "record_version": f'"{current["record"]["version"]}"',
        "draft": draft["id"],
        "key": key["key"]["id"],
        "file": file_id,
        "loose": loose_id,
        "chair": world.members["chen.jing"],
    }


def fill(template: object, names: Mapping[str, str]) -> object:
    """The template with ids for names."""
    if isinstance(template, dict):
        return {key: fill(item, names) for key, item in template.items()}
    if isinstance(template, list):
        return [fill(item, names) for item in template]
    if not isinstance(template, str):
        return template
    for name, value in names.items():
        template = template.replace(f"{{{name}}}", value)
    return template


def fill_texts(templates: Mapping[str, str], names: Mapping[str, str]) -> dict[str, str]:
    return {key: str(fill(text, names)) for key, text in templates.items()}


@pytest.mark.parametrize("route", MATRIX)
async def test_each_person_gets_what_he_may_and_nothing_else(world: World, route: str) -> None:
    names = await set_scene(world)
    method = route.partition(" ")[0]
    for case in MATRIX[route]:
        path = str(fill(case.path, names))
        for person, status in case.expected.items():
            client = world.anyone() if person == "out" else await world.person(PEOPLE[person])
            answer = await client.call(method, path, fill(case.send, names), **fill_texts(case.headers, names))
            assert answer.status_code == status, f"{person} {path}: {answer.status_code} {answer.text[:500]}"
            seen = {canary for canary in CANARIES if canary in answer.text}
            allowed = case.sees.get(person, set()) if answer.is_success else set()
            assert seen == allowed, f"{person} {path}"


def test_every_route_is_in_the_table() -> None:
    app = create_routes()
    documented = {f"{method.upper()} {path}" for path, item in app.openapi()["paths"].items() for method in item}
    plain = [route for route in app.routes if isinstance(route, Route)]
    others = {f"{method} {route.path}" for route in plain for method in route.methods or ()}
    assert set(MATRIX) == documented | others
