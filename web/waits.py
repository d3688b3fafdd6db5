"""Puts the parts together that keep how long people waited, and score what they were told of it."""

import contextlib
from collections.abc import AsyncIterator

from carequeue.promise.keeper import PromiseKeeper
from carequeue.state import Place
from carequeue.waited.keeper import WaitedKeeper
from carequeue.waited.wait import About, age_group
from chat.state import Conversation
from core.log.state import State
from web.node import Node


def about(state: State) -> About:
    """The age group of a contact, and the language its patient is to be answered in."""
    chat = state.get(Conversation)
    return About(age_group(chat.age_y, chat.age_m), state.get(Place).lang or chat.lang)


@contextlib.asynccontextmanager
async def look_after_waits(node: Node) -> AsyncIterator[None]:
    """Every node keeps the waits that end by what it commits; those that do the service's own work score promises."""
    works = "worker" in node.settings.roles
    waited = WaitedKeeper(node.log, node.waited, node.deadlines, describe=about)
    promises = PromiseKeeper(node.promises, node.clock)
    node.log.on_commit(waited.heard, of=(Place,))
    waited.start(fills=works)
    if works:
        promises.start()
    try:
        yield
    finally:
        await promises.stop()
        await waited.stop()
