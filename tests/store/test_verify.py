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
