"""Puts the parts together that see to it that nobody waits unheard where nobody is on duty."""

import contextlib
from collections.abc import AsyncIterator

from carequeue.duty.entries import OnCallAlerted
from carequeue.duty.keeper import OnCallKeeper
from carequeue.duty.kinds import ON_CALL
from core.notices.notices import LEASE_MS
from core.outbox.store import OutboxRows
from core.outbox.worker import OutboxWorker
from core.storage.sql import Database
from web.node import Node


@contextlib.asynccontextmanager
async def look_after_duty(node: Node, database: Database) -> AsyncIterator[None]:
    """Who is on duty is known on every node; alerts are the workers'. Raises `settings_invalid`."""
    await node.duties.start()
    await node.steerings.start()
    async with _alerting(node, database) if "worker" in node.settings.roles else contextlib.nullcontext():
        yield
    await node.trials.stop()
    await node.steerings.stop()
    await node.duties.stop()
    await node.outbound.close()


@contextlib.asynccontextmanager
async def _alerting(node: Node, database: Database) -> AsyncIterator[None]:
    keeper = OnCallKeeper(
        node.log, node.places, node.duties, on_call=node.on_call, units=node.unit_names, clock=node.clock
    )
    telling = OutboxWorker(OutboxRows(database), {ON_CALL: keeper.tell}, clock=node.clock, lease_ms=LEASE_MS)

    node.log.on_commit(lambda _: telling.wake(), of=(OnCallAlerted,))
    keeper.start()
    telling.start()
    yield
    await telling.stop()
    await keeper.stop()
