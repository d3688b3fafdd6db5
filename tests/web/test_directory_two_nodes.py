"""Two administrators at two nodes of one PostgreSQL: what one decides holds at the other, none is judged by itself."""

import asyncio
from typing import Any

from tests.web.client import signed_in
from tests.web.test_directory import approve, change
from tests.web.test_two_nodes import nodes, shared

__all__ = ["nodes", "shared"]  # two nodes on one PostgreSQL and one Valkey, as their own tests have them
WITHIN_S = 10.0


async def test_what_two_decide_holds_at_both_and_of_two_last_nurses_one_stays(nodes: Any) -> None:
    (here, first), (there, _) = nodes
    async with signed_in(here, "staff:adam") as adam, signed_in(there, "staff:ida") as ida:
        before = first.capacity.limit("hamnen")
        await approve(ida, await change(adam, "unit", "hamnen", "capacity", at_once=before + 3))
        async with asyncio.timeout(WITHIN_S):
            while first.capacity.limit("hamnen") != before + 3:
                await asyncio.sleep(0.05)
        for staff_id in ("sara", "jonas"):
            await approve(ida, await change(adam, "staff", staff_id, "staff", skills=["child"]))
        told = await asyncio.gather(
            change(adam, "staff", "sara", "staff", skills=[]), change(ida, "staff", "jonas", "staff", skills=[])
        )
        assert sorted(len(each["waiting"]) for each in told) == [0, 1]
        assert len([member for member in await first.directory.members() if "child" in member.skills]) == 1


async def test_whoever_loses_a_role_is_out_at_the_other_node(nodes: Any) -> None:
    (here, _), (there, second) = nodes
    async with signed_in(here, "staff:adam") as adam, signed_in(there, "staff:jonas") as jonas:
        await jonas.call("board:follow", unit_id="hamnen")
        told = await change(adam, "staff", "jonas", "roles", roles={})
        assert told["waiting"] == []
        async with asyncio.timeout(WITHIN_S):
            while second.staff_on("hamnen"):
                await asyncio.sleep(0.05)
        assert await second.sessions.own("staff:jonas") == []
