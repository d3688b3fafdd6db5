"""A guest at one node, the nurse at the other: heard across, and cut off within a second, with Redis and without it."""

import os
import signal
import time
from typing import Any

import pytest

from core.storage.valkey import Valkey
from tests.web.client import RefusedError, Somebody, signed_in
from tests.web.guesting import guest, meeting
from tests.web.test_guests import EVICTED_WITHIN_S, has, is_in, until_out
from tests.web.test_story import opened
from tests.web.test_two_nodes import astrid, nodes, shared

__all__ = ["astrid", "nodes", "shared"]  # two nodes on one PostgreSQL and one Valkey, as their own tests have them


@pytest.mark.parametrize("redis", ["there", "killed"])
async def test_who_is_withdrawn_at_one_node_is_out_of_the_other(
    nodes: Any, valkey: Valkey, astrid: Somebody, redis: str
) -> None:
    (here, _), (there, _) = nodes
    async with signed_in(there, "staff:sara") as sara:
        contact_id = await opened(astrid)
        await sara.call("contact:follow", contact_id=contact_id)
        visit = await meeting(sara, contact_id)
        secrets = await visit.invite()
        async with guest(here, secrets) as leyla:
            me = await leyla.get("/api/guest")
            assert (await leyla.call("visit:enter", **visit.named))["place"] == "lobby"
            await visit.nurse.call("visit:admit", **visit.named, participant=me["participant"])
            await leyla.until("visit", lambda data: has(data, me["participant"], "in"))
            signal_to = {**visit.named, "to": me["participant"], "description": {"type": "offer", "sdp": "v=0"}}
            await sara.call("visit:signal", **signal_to)
            await leyla.until("signal", lambda data: data["description"]["type"] == "offer")
            if redis == "killed":
                os.kill(valkey.pid, signal.SIGKILL)
            await visit.withdraw(secrets["guest_id"])
            assert await until_out(leyla, time.monotonic()) < EVICTED_WITHIN_S
            assert not await is_in(leyla)
            with pytest.raises(RefusedError):
                await sara.call("visit:signal", **signal_to)
