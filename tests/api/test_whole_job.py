"""The main job over the API: propose, decide, record, on both databases."""

from __future__ import annotations

from tests.world import APP, FORM, RECORDS, World, refusal


async def test_a_large_proposal_is_approved_and_becomes_a_project(world: World) -> None:
    made = await world.submit()
    instance_id, record = made["instance"]["id"], made["record"]
    assert record["values"]["budget"] == 1500000
    assert record["values"]["code"] == "LX-202603-0001"
    assert record["flow_status"] == "running"
    state = await world.act("wang.fang", instance_id)
    assert {node["node_key"] for node in state["current"]} == {"fin", "legal"}
    await world.act("gao.yuan", instance_id, values={"cost_center": "CC-1"})
    state = await world.act("wu.qiang", instance_id)
    assert [node["node_key"] for node in state["current"]] == ["committee"]
    await world.act("chen.jing", instance_id)
    await world.act("sun.li", instance_id)
    state = await world.act("zheng.hao", instance_id)
    assert state["status"] == "approved"
    pmo = await world.person("feng.xue")
    path = f'{RECORDS}/project/records?filter={{"field":"name","op":"eq","value":"Data platform"}}'
    projects = (await pmo.get(path))["items"]
    assert [project["values"]["cost_center"] for project in projects] == ["CC-1"]
    assert projects[0]["values"]["proposal_code"] == record["values"]["code"]
    copied = (await pmo.get("/api/inbox/copied"))["items"]
    assert [item["instance_id"] for item in copied][:1] == [instance_id]


async def test_the_timeline_says_who_when_and_how_long(world: World) -> None:
    made = await world.submit()
    instance_id = made["instance"]["id"]
    world.later(60)
    await world.act("wang.fang", instance_id, comment="Go")
    view = await (await world.person("zhang.wei")).get(f"/api/instances/{instance_id}")
    votes = [entry for entry in view["timeline"] if entry["kind"] == "voted" and entry["node_key"] == "dept"]
    assert [(vote["actor_id"], vote["comment"], vote["waited_ms"]) for vote in votes] == [
        (world.members["wang.fang"], "Go", 61 * 60_000)
    ]
    states = {child["key"]: child["state"] for child in view["tree"]["children"]}
    assert states["dept"] == "passed"
    assert states["by_amount"] == "active"
    assert view["can_withdraw"] is False


async def test_each_open_node_says_since_when_it_waits(world: World) -> None:
    instance_id = (await world.submit())["instance"]["id"]
    state = await world.act("wang.fang", instance_id)
    since = {node["opened_at"] for node in state["current"]}
    assert len(since) == 1
    world.later(60)
    state = await world.act("gao.yuan", instance_id, values={"cost_center": "CC-1"})
    page = await (await world.person("wu.qiang")).get(f"/api/instances/{instance_id}")
    for told in (state, page["instance"]):
        assert [(node["node_key"], node["opened_at"]) for node in told["current"]] == [("legal", *since)]
    await world.act("wu.qiang", instance_id)
    world.later(60)
    await world.act("chen.jing", instance_id)
    page = await (await world.person("wu.qiang")).get(f"/api/instances/{instance_id}")
    [committee] = page["instance"]["current"]
    todo = (await (await world.person("sun.li")).get("/api/inbox/todo"))["items"]
    assert committee["opened_at"] in {item["opened_at"] for item in todo if item["instance_id"] == instance_id}


async def test_a_field_of_a_node_is_asked_for_and_others_refuse_it(world: World) -> None:
    instance_id = (await world.submit())["instance"]["id"]
    await world.act("wang.fang", instance_id)
    finance, legal = await world.person("li.na"), await world.person("wu.qiang")
    task = await world.task("li.na", instance_id)
    answer = await finance.call("POST", f"/api/tasks/{task}/act", {"action": "approve"})
    error = refusal(answer, 422, "invalid")
    assert [(item["code"], item["path"]) for item in error["errors"]] == [("required", "/cost_center")]
    other = await world.task("wu.qiang", instance_id)
    page = await legal.get(f"/api/tasks/{other}")
    assert "cost_center" not in page["record"]["values"]
    assert page["rights"]["cost_center"] == "hidden"
    send = {"action": "approve", "values": {"cost_center": "CC-9"}}
    error = refusal(await legal.call("POST", f"/api/tasks/{other}/act", send), 422, "invalid")
    assert [(item["code"], item["path"]) for item in error["errors"]] == [("field_not_writable", "/cost_center")]


async def test_a_return_goes_back_and_direct_resumption_forward_again(world: World) -> None:
    instance_id = (await world.submit())["instance"]["id"]
    await world.act("wang.fang", instance_id)
    state = await world.act("wu.qiang", instance_id, "return", to="apply", resume="direct", comment="Say more")
    assert [node["node_key"] for node in state["current"]] == ["apply"]
    state = await world.act("zhang.wei", instance_id, "submit", values={"goal": "Twelve systems, one record"})
    assert {node["node_key"] for node in state["current"]} >= {"legal"}
    record = (await (await world.person("zhang.wei")).get(f"/api/instances/{instance_id}"))["instance"]["record_id"]
    history = await (await world.person("zhang.wei")).get(f"{RECORDS}/proposal/records/{record}/history")
    assert history["items"][0]["changes"]["goal"] == ["One customer record", "Twelve systems, one record"]


async def test_the_initiator_withdraws_until_somebody_decided(world: World) -> None:
    first = (await world.submit())["instance"]["id"]
    applicant = await world.person("zhang.wei")
    assert (await applicant.post(f"/api/instances/{first}/withdraw", {"comment": "Too early"}))["status"] == "withdrawn"
    second = (await world.submit())["instance"]["id"]
    await world.act("wang.fang", second)
    refusal(await applicant.call("POST", f"/api/instances/{second}/withdraw", {}), 409, "withdraw_not_allowed")


async def test_a_task_is_decided_once_and_by_its_owner(world: World) -> None:
    instance_id = (await world.submit())["instance"]["id"]
    task = await world.task("wang.fang", instance_id)
    other = await world.person("zhao.lei")
    refusal(await other.call("POST", f"/api/tasks/{task}/act", {"action": "approve"}), 404, "task_not_found")
    await world.act("wang.fang", instance_id)
    head = await world.person("wang.fang")
    error = refusal(await head.call("POST", f"/api/tasks/{task}/act", {"action": "approve"}), 409, "task_not_open")
    assert "Wang Fang" in error["message"]


async def test_a_repeated_submission_is_made_once(world: World) -> None:
    applicant = await world.person("zhang.wei")
    send = {"values": world.proposal()}
    first = await applicant.post(f"{FORM}/submissions", send, idempotency_key="k1")
    again = await applicant.post(f"{FORM}/submissions", send, idempotency_key="k1")
    assert first == again
    other = {"values": world.proposal(name="Other")}
    answer = await applicant.call("POST", f"{FORM}/submissions", other, idempotency_key="k1")
    refusal(answer, 422, "idempotency_key_reused")


async def test_a_client_may_choose_the_id(world: World) -> None:
    keeper = await world.person("feng.xue")
    path, chosen = f"{RECORDS}/project/records", "a" * 24
    made = await keeper.post(path, {"id": chosen, "values": {"name": "Own id"}})
    assert made["id"] == chosen
    assert await keeper.post(path, {"id": chosen, "values": {"name": "Own id"}}) == made
    refusal(await keeper.call("POST", path, {"id": chosen, "values": {"name": "Else"}}), 409, "id_taken")
    other = await world.person("zheng.hao")
    refusal(await other.call("POST", path, {"id": chosen, "values": {"name": "Own id"}}), 409, "id_taken")


async def test_a_wrong_form_says_everything_that_is_wrong_in_the_callers_language(world: World) -> None:
    applicant, started = await world.person("zhang.wei", "zh-CN"), "/api/inbox/started?limit=200"
    before = (await applicant.get(started))["items"]
    values = world.proposal(name="", finish="2026-03-01", lines=[{"item": "", "qty": 1.234, "price": "x"}], nope=1)
    answer = await applicant.call("POST", f"{FORM}/submissions", {"values": values})
    error = refusal(answer, 422, "invalid")
    found = {item["path"]: item["message"] for item in error["errors"]}
    assert found["/name"] == "必填"
    assert found["/nope"] == "没有字段 “nope”"
    assert set(found) == {"/name", "/nope", "/finish", "/lines/0/item", "/lines/0/qty", "/lines/0/price"}
    assert (await applicant.get(started))["items"] == before
    # the next one takes the first serial number, and is in the list that was unchanged so far
    made = await world.submit()
    assert made["record"]["values"]["code"] == "LX-202603-0001"
    after = (await applicant.get(started))["items"]
    assert [item["instance_id"] for item in after[: len(after) - len(before)]] == [made["instance"]["id"]]


async def test_a_cross_field_rule_speaks_for_itself(world: World) -> None:
    applicant = await world.person("zhang.wei")
    answer = await applicant.call("POST", f"{FORM}/submissions", {"values": world.proposal(finish="2026-03-01")})
    error = refusal(answer, 422, "invalid")
    assert [(item["path"], item["message"]) for item in error["errors"]] == [
        ("/finish", "The planned finish is before the planned start")
    ]


async def test_evaluation_computes_and_hides_as_the_form_says(world: World) -> None:
    applicant = await world.person("zhang.wei")
    values = {"lines": [{"qty": 2, "price": 10.5}], "outsourced": True}
    found = await applicant.post(f"{FORM}/evaluate", {"values": values})
    assert found["values"]["lines"][0]["amount"] == 21
    assert found["values"]["budget"] == 21
    assert "vendor" in found["required"]
    assert "vendor" not in found["hidden"]
    found = await applicant.post(f"{FORM}/evaluate", {"values": {"outsourced": False}})
    assert "vendor" in found["hidden"]


async def test_a_stale_version_is_a_conflict_with_both_sides_and_disjoint_edits_merge(world: World) -> None:
    keeper = await world.person("feng.xue")
    path = f"{RECORDS}/project/records"
    made = await keeper.post(path, {"values": {"name": "One", "budget": 5}})
    one = f"{path}/{made['id']}"
    await keeper.patch(one, {"values": {"name": "Two"}}, if_match='"1"')
    answer = await keeper.call("PATCH", one, {"values": {"name": "Three"}}, if_match='"1"')
    error = refusal(answer, 409, "version_conflict")
    assert error["params"] == {"seen": 1, "current": 2}
    assert error["errors"][0]["params"] == {"theirs": '"Two"', "yours": '"Three"', "base": '"One"'}
    merged = await keeper.patch(one, {"values": {"budget": 6}}, if_match='"1"')
    assert (merged["values"]["name"], merged["values"]["budget"], merged["version"]) == ("Two", 6, 3)
    refusal(await keeper.call("PATCH", one, {"values": {"name": "X"}}), 428, "version_missing")


async def test_pages_follow_each_other_without_gaps(world: World) -> None:
    keeper = await world.person("feng.xue")
    path = f"{RECORDS}/project/records"
    for number in range(7):
        await keeper.post(path, {"values": {"name": f"P{number}", "budget": number % 3 or None}})
    for order in ("budget", "-budget", "-budget,name", "name"):
        seen: list[str] = []
        cursor = ""
        while True:
            page = await keeper.get(f"{path}?sort={order}&limit=3{cursor}")
            seen += [item["id"] for item in page["items"]]
            if page["next"] is None:
                break
            cursor = f"&cursor={page['next']}"
        assert len(seen) == len(set(seen)) == 10
        assert (await keeper.get(f"{path}/count"))["count"] == 10


async def test_apps_and_forms_show_what_the_person_may_use(world: World) -> None:
    applicant = await world.person("zhang.wei")
    assert [item["key"] for item in (await applicant.get("/api/apps"))["items"]] == [APP]
    view = await applicant.get(f"/api/apps/{APP}")
    keys = [field["key"] for field in view["entities"]["project"]["fields"]]
    assert "budget" not in keys
    form = await applicant.get(FORM)
    assert "cost_center" not in [field["key"] for field in form["entity"]["fields"]]
    assert form["rights"]["budget"] == "read"
