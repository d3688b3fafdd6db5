"""Puts the parts of follow-up at home together: the commands a node has, and the contact that an alarm opens."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import care.followup.kinds
import chat.followup.kinds
from care.followup.entries import Words
from care.followup.programme import Programme
from care.followup.records import FollowUps
from care.followup.state import Record
from care.followup.store import FollowUpRows
from chat.followup.kinds import FollowUpOpened
from core.clock import Clock
from core.log.log import Log
from core.settings import Country
from core.storage.sql import Database
from core.zones import ZONES

if TYPE_CHECKING:
    from web.node import Node

OF_FOLLOW_UPS = (*care.followup.kinds.KINDS, *chat.followup.kinds.KINDS)
"""The kinds of entry of records, and of the contacts they open."""


def make_follow_ups(
    log: Log, database: Database, programmes: Mapping[str, Programme], *, clock: Clock, country: Country
) -> FollowUps:
    """The commands of a node."""
    return FollowUps(log, FollowUpRows(database), programmes, clock=clock, zone=ZONES[country])


async def opening_of(node: "Node", part: Record, programme: Words) -> FollowUpOpened:
    """The first entry of a contact about what this patient has measured."""
    person = await node.directory.person(part.person_id)
    if person is None:
        return FollowUpOpened(programme=programme, lang=part.lang)
    return FollowUpOpened(
        programme=programme,
        lang=part.lang,
        age_y=person.age_y(node.today()),
        age_m=person.age_m(node.today()),
        sex=person.sex if person.sex in ("f", "m") else None,  # type: ignore[arg-type]  # one of the two
    )
