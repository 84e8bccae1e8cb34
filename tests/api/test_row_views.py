"""Lists show every record exactly as it is shown by itself."""

from __future__ import annotations

import pytest

from tests.world import RECORDS, World


@pytest.mark.parametrize("entity", ["project", "proposal"])
async def test_a_list_shows_its_records_as_they_are_shown_alone(world: World, entity: str) -> None:
    seen = 0
    for account in world.members:
        person = await world.person(account)
        page = await person.get(f"{RECORDS}/{entity}/records?limit=4")
        for item in page["items"]:
            alone = await person.get(f"{RECORDS}/{entity}/records/{item['id']}")
            assert alone["record"] == item
            seen += 1
    assert seen > 0
