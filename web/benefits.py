"""Puts the figures together: which entries count as what, the rows they are counted from, and a unit's sheet."""

import contextlib
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Protocol

from care.benefits.figure import figures_of
from care.benefits.keeper import BenefitKeeper
from care.benefits.round import Said
from care.benefits.sheet import Column
from care.benefits.spans import Stretch, months, phases
from care.forms.entries import FormSubmitted
from chat.entries import Message
from chat.safety_net.entries import SafetyNetGiven
from chat.waiting.entries import CallTried
from core.clock import from_ms
from core.log.entry import Entry
from core.rollout.functions import Function
from core.zones import ZONES
from rtc.entries import VisitStarted

if TYPE_CHECKING:
    from web.node import Node

REPLIES = (Message, SafetyNetGiven, VisitStarted)
USUAL_MONTHS = 6
"""How many are told where nobody says which."""


class Asked(Protocol):
    """Which stretches of a unit are asked for."""

    @property
    def from_month(self) -> str:
        """The first, such as 2026-06."""
        ...

    @property
    def until_month(self) -> str:
        """The last."""
        ...

    @property
    def function(self) -> Function | None:
        """Set: its phases, and no months."""
        ...


def is_reply(entry: Entry) -> bool:
    """A member of staff has answered: in words, by opening a visit, or by telephone if the patient was reached."""
    if entry.header.author.kind != "staff":
        return False
    reached = isinstance(entry.body, CallTried) and entry.body.outcome == "reached"
    return reached or isinstance(entry.body, REPLIES)


SAID = Said(
    reply=is_reply,
    visit=lambda entry: isinstance(entry.body, VisitStarted),
    form=lambda entry: isinstance(entry.body, FormSubmitted),
)


async def columns_of(node: "Node", unit_id: str, asked: Asked) -> list[Column]:
    """The unit's sheet. Raises `bad_request`."""
    now_ms = node.now_ms()
    found: list[Column] = []
    for stretch in await _stretches(node, unit_id, asked):
        counted = await node.benefits.counted(unit_id, stretch.span, now_ms=now_ms)
        found.append(Column(stretch, tuple(figures_of(counted))))
    return found


async def _stretches(node: "Node", unit_id: str, asked: Asked) -> list[Stretch]:
    zone, now_ms = ZONES[node.settings.country], node.now_ms()
    if asked.function is not None:
        since_ms = await node.benefits.first_ms(unit_id)
        decided = node.functions.of(unit_id, asked.function)
        return [] if since_ms is None else phases(decided, zone, since_ms=since_ms, now_ms=now_ms)
    this = from_ms(now_ms).astimezone(zone)
    until = asked.until_month or f"{this:%Y-%m}"
    back = this.year * 12 + this.month - USUAL_MONTHS
    return months(asked.from_month or f"{back // 12}-{back % 12 + 1:02}", until, zone)


@contextlib.asynccontextmanager
async def look_after_benefits(node: "Node") -> AsyncIterator[None]:
    """Keep the rows the figures are counted from, for as long as the node runs."""
    keeper = BenefitKeeper(node.log, node.benefits, node.deadlines, said=SAID)
    keeper.start()
    try:
        yield
    finally:
        await keeper.stop()
