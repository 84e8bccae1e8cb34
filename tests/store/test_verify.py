"""Each invariant is found when it is broken; whole data gives no finding."""

from __future__ import annotations

import pytest

from engine.commands.upkeep import verify_all
from engine.store.database import Tx
from tests.world import World

RUNNING = "(SELECT id FROM [flow_instance] WHERE status = 'running' ORDER BY id LIMIT 1)"
BREAKAGES = {
    "ended_instance_has_no_open_task": f"UPDATE [flow_instance] SET status = 'approved' WHERE id = {RUNNING}",
    "events_are_without_gaps": f"DELETE FROM [flow_event] WHERE seq = 2 AND instance_id = {RUNNING}",
    "history_is_without_gaps": "DELETE FROM [record_history] WHERE version = 1",
    "closed_tasks_say_when": "UPDATE [task] SET closed_at = 1 WHERE state = 'open'",
    "open_tasks_are_those_of_the_snapshot": "UPDATE [task] SET state = 'cancelled', closed_at = 1 WHERE state = 'open'",
    "a_version_is_what_was_published": "UPDATE [application_version] SET document = replace(document, 'rocket', 'x')",
    "row_says_what_the_snapshot_says": f"UPDATE [flow_instance] SET seq = seq + 1 WHERE id = {RUNNING}",
}


async def test_whole_data_has_no_findings(world: World) -> None:
    await world.act("wang.fang", (await world.submit())["instance"]["id"])
    found = await verify_all(world.backend)
    assert found.findings == ()
    assert found.instances >= 4


@pytest.mark.parametrize("invariant", BREAKAGES)
async def test_a_broken_invariant_is_named(world: World, invariant: str) -> None:
    async def damage(tx: Tx) -> None:
        assert await tx.execute(BREAKAGES[invariant]) > 0

    await world.backend.database.write(damage)
    assert invariant in {finding.invariant for finding in (await verify_all(world.backend)).findings}


def _again(status: str, when: str) -> str:
    """One more instance of the record of one that ended, just before or after it."""
    return (
        "INSERT INTO [flow_instance] (id, application_id, application_version, flow_key, entity_id, record_id,"
        " initiator_id, department_id, title, status, seq, snapshot, started_at, ended_at)"
        " SELECT 'another', application_id, application_version, flow_key, entity_id, record_id, initiator_id,"
        f" department_id, title, '{status}', seq, snapshot, started_at {when}, ended_at FROM [flow_instance]"
        " WHERE status = 'approved' LIMIT 1"
    )


@pytest.mark.parametrize(
    ("statement", "is_found"),
    [
        (_again("rejected", "+ 1"), True),
        (_again("rejected", "+ 0"), True),
        (_again("approved", "+ 1"), False),
        (_again("rejected", "- 1"), False),
        ("UPDATE [flow_instance] SET record_id = 'none', status = 'approved'", True),
    ],
)
async def test_a_record_has_the_status_of_the_last_of_its_instances(
    world: World, statement: str, *, is_found: bool
) -> None:
    made = await world.submit(lines=[{"item": "Server", "qty": 1, "price": 5000}])
    ended = await world.act("wang.fang", made["instance"]["id"])
    assert ended["status"] == "approved"

    async def damage(tx: Tx) -> None:
        assert await tx.execute(statement) > 0

    await world.backend.database.write(damage)
    found = {finding.invariant for finding in (await verify_all(world.backend)).findings}
    assert ("flow_status_is_that_of_the_last_instance" in found) is is_found
